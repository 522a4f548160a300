// Inside the io room: wrapped, indented, coloured lines.
#pragma once

#include <crosscut/io/tables.hpp>

#include <string>
#include <string_view>

namespace crosscut::io {

class text_block {
public:
  explicit text_block(const text_style& style) : style_(style) {}

  /// A heading, after an empty line unless it is the first.
  void heading(std::string_view text);
  /// `label` at column `indent`, then `text` wrapped to the width with its later lines aligned with its
  /// first. Neither is escaped here.
  void line(std::size_t indent, std::string_view label, std::string_view text);
  void line(std::size_t indent, std::string_view text) { line(indent, {}, text); }
  void empty_line() { out_ += '\n'; }

  std::string strong(std::string_view text) const { return paint("1", text); }
  std::string faint(std::string_view text) const { return paint("2", text); }
  std::string alarming(std::string_view text) const { return paint("31", text); }

  std::string finish() { return std::move(out_); }

private:
  std::string paint(std::string_view code, std::string_view text) const;
  void drop_trailing_spaces();

  text_style style_;
  std::string out_;
};

/// Columns that a text takes: code points, without ANSI sequences. East Asian width is not looked at.
std::size_t columns(std::string_view text) noexcept;
/// Padded with spaces on the left to `width` columns.
std::string right_aligned(std::string_view text, std::size_t width);
/// "1 step", "2 steps".
std::string counted(std::uint64_t n, std::string_view noun);

} // namespace crosscut::io

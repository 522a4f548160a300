#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut::json {

enum class layout {
  compact, ///< No white space at all.
  pretty   ///< Two spaces a level, one member or element a line; empty arrays and objects stay `[]` and `{}`.
};

/// Writes one JSON document, piece by piece, in the order of the calls. Text is escaped by escape_for_json,
/// so the result is UTF-8 and safe to view; numbers are the shortest that read back as the same value (a
/// double always with '.', or 'e', so that it stays a double).
///
/// Wrong use throws: std::invalid_argument for NaN and infinity, std::logic_error for calls that would not be
/// JSON (a value where a name is due, an end without its begin). Same name twice is not noticed: the caller
/// knows its names. Thread-safety: none; one writer, one thread.
class writer {
public:
  /// Appends to `out`, which must outlive the writer.
  explicit writer(std::string& out, layout style = layout::compact);
  /// Writes to `out` in pieces of about 64 KiB; `finish()` writes the rest. `out` must outlive the writer.
  explicit writer(std::ostream& out, layout style = layout::compact);
  writer(const writer&) = delete;
  writer& operator=(const writer&) = delete;

  writer& begin_object() { return begin('{'); }
  writer& end_object() { return end('}'); }
  writer& begin_array() { return begin('['); }
  writer& end_array() { return end(']'); }
  writer& key(std::string_view name);

  writer& value(std::string_view text);
  writer& value(const char* text) { return value(std::string_view(text)); }
  writer& value(double number);
  writer& value(bool truth) { return raw(truth ? "true" : "false"); }
  template <std::integral Int>
    requires(!std::same_as<Int, bool> && !std::same_as<Int, char>)
  writer& value(Int number) {
    if constexpr (std::signed_integral<Int>)
      return signed_value(number);
    else
      return unsigned_value(number);
  }
  writer& null() { return raw("null"); }
  /// `text` is one JSON value already.
  writer& raw(std::string_view text);

  template <class T> writer& member(std::string_view name, const T& v) { return key(name).value(v); }

  /// True when one whole value has been written.
  bool complete() const noexcept { return open_.empty() && started_; }
  /// Ends the document: throws std::logic_error unless it is complete. To a stream, writes what is left;
  /// pretty adds a newline.
  void finish();

private:
  writer& begin(char bracket);
  writer& end(char bracket);
  writer& signed_value(std::int64_t number);
  writer& unsigned_value(std::uint64_t number);
  void before_value();
  void separate();
  void flush_if_large();

  struct level {
    char close;
    bool empty;
  };
  std::string own_; // what goes to the stream next
  std::string* out_;
  std::ostream* stream_ = nullptr;
  layout style_;
  std::vector<level> open_;
  bool after_key_ = false;
  bool started_ = false;
};

} // namespace crosscut::json

#include "text_block.hpp"

#include <algorithm>

namespace crosscut::io {

std::size_t columns(std::string_view text) noexcept {
  std::size_t n = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      while (i < text.size() && text[i] != 'm') ++i;
      continue;
    }
    n += (static_cast<unsigned char>(text[i]) & 0xc0) != 0x80;
  }
  return n;
}

std::string right_aligned(std::string_view text, std::size_t width) {
  const auto taken = columns(text);
  return std::string(taken < width ? width - taken : 0, ' ') + std::string(text);
}

std::string counted(std::uint64_t n, std::string_view noun) {
  return std::to_string(n) + ' ' + std::string(noun) + (n == 1 ? "" : "s");
}

void text_block::heading(std::string_view text) {
  if (!out_.empty()) out_ += '\n';
  out_ += strong(text) + '\n';
}

void text_block::line(std::size_t indent, std::string_view label, std::string_view text) {
  const std::size_t width = std::clamp(style_.width, 40u, 400u);
  std::size_t column = indent + columns(label);
  // Later lines hang below the text, unless the label is so long that little would fit there.
  const std::size_t start = column <= width / 2 ? column : indent + 4;
  out_ += std::string(indent, ' ').append(label);
  bool first = true;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    const auto word = text.substr(0, end);
    const auto size = columns(word);
    if (word.empty() && column >= width) { // the second of two spaces does not begin a line
      text.remove_prefix(std::min(end + 1, text.size()));
      continue;
    }
    if (!first && column + 1 + size > width) {
      drop_trailing_spaces();
      out_ += '\n' + std::string(start, ' ');
      column = start;
    } else if (!first) {
      out_ += ' ';
      ++column;
    }
    out_ += word;
    column += size;
    first = false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  drop_trailing_spaces();
  out_ += '\n';
}

void text_block::drop_trailing_spaces() {
  while (!out_.empty() && out_.back() == ' ') out_.pop_back();
}

std::string text_block::paint(std::string_view code, std::string_view text) const {
  if (!style_.colour) return std::string(text);
  return "\x1b[" + std::string(code) + 'm' + std::string(text) + "\x1b[0m";
}

} // namespace crosscut::io

#include <crosscut/base/escape.hpp>

#include <cstdint>

namespace crosscut {

namespace {

struct decoded {
  char32_t code = 0;
  unsigned length = 0; // bytes taken; 1 for a byte that is not UTF-8
  bool valid = false;
};

decoded decode(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return {first, 1, true};
  const unsigned length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return {first, 1, false};
  char32_t code = first & (0xff >> (length + 1));
  for (unsigned i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {first, 1, false};
    code = code << 6 | (byte(i) & 0x3f);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < smallest[length] || code > 0x10ffff || surrogate) return {first, 1, false};
  return {code, length, true};
}

// Characters that change what a reader sees without being seen: controls, separators, bidirectional marks and overrides,
// zero-width characters, variation selectors, tags, annotation marks. Unicode 15, chapters 23.2 to 23.9.
bool is_invisible(char32_t c) noexcept {
  const auto in = [c](char32_t low, char32_t high) { return c >= low && c <= high; };
  return c < 0x20 || in(0x7f, 0x9f) || c == 0xad || c == 0x34f || c == 0x61c || in(0x115f, 0x1160) ||
         in(0x17b4, 0x17b5) || in(0x180b, 0x180f) || in(0x200b, 0x200f) || in(0x2028, 0x202e) ||
         in(0x2060, 0x206f) || c == 0x3164 || in(0xfe00, 0xfe0f) || c == 0xfeff || c == 0xffa0 ||
         in(0xfff0, 0xfffb) || in(0x1bca0, 0x1bca3) || in(0x1d173, 0x1d17a) || in(0xe0000, 0xe0fff);
}

void append_hex(std::string& out, std::uint32_t value, int min_digits) {
  constexpr char digits[] = "0123456789abcdef";
  for (int shift = 28; shift >= 0; shift -= 4)
    if (shift / 4 < min_digits || value >> shift) out += digits[value >> shift & 15];
}

void append_json_escape(std::string& out, char32_t c) {
  switch (c) {
  case '\b': out += "\\b"; return;
  case '\f': out += "\\f"; return;
  case '\n': out += "\\n"; return;
  case '\r': out += "\\r"; return;
  case '\t': out += "\\t"; return;
  default: break;
  }
  const auto unit = [&](std::uint32_t u) { out += "\\u", append_hex(out, u, 4); };
  if (c < 0x10000) return unit(c);
  unit(0xd800 + ((c - 0x10000) >> 10));
  unit(0xdc00 + ((c - 0x10000) & 0x3ff));
}

} // namespace

std::string escape_for_terminal(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto d = decode(text);
    if (!d.valid)
      out += "\\x", append_hex(out, d.code, 2);
    else if (is_invisible(d.code))
      out += "\\u{", append_hex(out, d.code, 1), out += '}';
    else
      out += text.substr(0, d.length);
    text.remove_prefix(d.length);
  }
  return out;
}

std::string quoted(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return '"' + escape_for_terminal(text) + '"';
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return '"' + escape_for_terminal(text.substr(0, end)) + "…\" (" + std::to_string(text.size()) + " bytes)";
}

std::string escape_for_json(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto d = decode(text);
    if (!d.valid)
      out += "\xef\xbf\xbd";
    else if (d.code == '"')
      out += "\\\"";
    else if (d.code == '\\')
      out += "\\\\";
    else if (is_invisible(d.code))
      append_json_escape(out, d.code);
    else
      out += text.substr(0, d.length);
    text.remove_prefix(d.length);
  }
  return out;
}

bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const auto d = decode(text);
    if (!d.valid) return false;
    text.remove_prefix(d.length);
  }
  return true;
}

} // namespace crosscut

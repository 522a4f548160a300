#include "string_check.hpp"

#include <cstdint>

namespace crosscut::json {

namespace {

int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

struct code_unit {
  string_state state;
  std::uint32_t value = 0;
};

// The \uXXXX that begins at `i`.
code_unit read_unit(std::string_view text, std::size_t i) noexcept {
  std::uint32_t value = 0;
  for (std::size_t k = i + 2; k < i + 6; ++k) {
    if (k >= text.size()) return {{string_problem::incomplete, i}, 0};
    const int digit = hex_value(text[k]);
    if (digit < 0) return {{string_problem::hex_digit, k}, 0};
    value = value << 4 | static_cast<std::uint32_t>(digit);
  }
  return {{}, value};
}

// A step over one escape or character at `i`: `offset` is where the next begins when nothing is wrong.
string_state step_unicode(std::string_view text, std::size_t i) noexcept {
  const auto first = read_unit(text, i);
  if (first.state.problem != string_problem::none) return first.state;
  if (first.value < 0xd800 || first.value > 0xdfff) return {string_problem::none, i + 6};
  if (first.value > 0xdbff) return {string_problem::surrogate, i};
  constexpr std::string_view next = "\\u";
  for (std::size_t k = 0; k < next.size(); ++k) {
    if (i + 6 + k >= text.size()) return {string_problem::incomplete, i};
    if (text[i + 6 + k] != next[k]) return {string_problem::surrogate, i};
  }
  const auto second = read_unit(text, i + 6);
  if (second.state.problem == string_problem::incomplete) return {string_problem::incomplete, i};
  if (second.state.problem != string_problem::none) return second.state;
  if (second.value < 0xdc00 || second.value > 0xdfff) return {string_problem::surrogate, i};
  return {string_problem::none, i + 12};
}

string_state step_escape(std::string_view text, std::size_t i) noexcept {
  if (i + 1 >= text.size()) return {string_problem::incomplete, i};
  if (text[i + 1] == 'u') return step_unicode(text, i);
  if (std::string_view("\"\\/bfnrt").find(text[i + 1]) == std::string_view::npos)
    return {string_problem::escape, i + 1};
  return {string_problem::none, i + 2};
}

string_state step_utf8(std::string_view text, std::size_t i) noexcept {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  const unsigned lead = byte(i);
  if (lead < 0xc2 || lead > 0xf4) return {string_problem::utf8, i};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  // The second byte excludes overlong forms, surrogates and what is above U+10FFFF.
  const unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  for (std::size_t k = 1; k < length; ++k) {
    if (i + k >= text.size()) return {string_problem::incomplete, i};
    const bool fits = k == 1 ? byte(i + 1) >= low && byte(i + 1) <= high : (byte(i + k) & 0xc0) == 0x80;
    if (!fits) return {string_problem::utf8, i};
  }
  return {string_problem::none, i + length};
}

} // namespace

string_state check_string(std::string_view text) noexcept {
  std::size_t i = 0;
  while (i < text.size() && text[i] != '"') {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20) return {string_problem::control, i};
    if (c != '\\' && c < 0x80) {
      ++i;
      continue;
    }
    const auto step = c == '\\' ? step_escape(text, i) : step_utf8(text, i);
    if (step.problem != string_problem::none) return step;
    i = step.offset;
  }
  return {string_problem::none, i};
}

} // namespace crosscut::json

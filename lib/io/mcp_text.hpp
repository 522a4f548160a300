// ASCII helpers of the MCP readers. Names of programs, schemes and hosts are ASCII; everything else passes
// through unchanged.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace crosscut::io::mcp {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) noexcept { return is_upper(c) || (c >= 'a' && c <= 'z'); }
constexpr bool is_alnum(char c) noexcept { return is_letter(c) || is_digit(c); }
constexpr bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

inline std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (is_upper(c)) c = static_cast<char>(c + 32);
  return out;
}

inline std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// What follows the last '/' or '\'.
inline std::string_view base_name(std::string_view path) noexcept {
  const auto at = path.find_last_of("/\\");
  return at == path.npos ? path : path.substr(at + 1);
}

/// "/x", "~/x", "C:/x", and the same with backslashes: the same in every folder of one machine.
inline bool is_absolute_path(std::string_view path) noexcept {
  return path.starts_with('/') || path.starts_with('~') || path.starts_with('\\') ||
         (path.size() > 2 && is_letter(path[0]) && path[1] == ':');
}

inline bool all_of(std::string_view text, bool (*holds)(char) noexcept) noexcept {
  return std::ranges::all_of(text, holds);
}

} // namespace crosscut::io::mcp

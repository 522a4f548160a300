#pragma once

#include <cstddef>
#include <string_view>

namespace crosscut::json {

enum class string_problem { none, incomplete, control, escape, hex_digit, surrogate, utf8 };

/// The first thing wrong inside a string as written, from a place where no escape or character is half done.
struct string_state {
  string_problem problem = string_problem::none;
  std::size_t offset =
      0; ///< Of the offending byte; for `incomplete` and `surrogate` of the first byte of the sequence.
};

/// Reads up to the closing quote or the end of `text`. `none`: nothing is wrong so far; `incomplete`: `text`
/// ends inside an escape or a character. Used only to explain an error and where a string is cut in two, so
/// it is plain rather than fast. O(n).
string_state check_string(std::string_view text) noexcept;

} // namespace crosscut::json

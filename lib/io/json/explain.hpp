#pragma once

#include "location.hpp"

#include <crosscut/base/diagnostic.hpp>

#include <string_view>

namespace crosscut::json {

/// A syntax error in words: what was found and what would be right. The parser only says about where it gave
/// up; the rest is read off the text, so that the answer is the same however the input was cut into segments.
/// `file` and `pointer` are left to the caller.
///
/// \pre `at` is in the segment that `where` is at.
diagnostic explain_error(location& where, const char* at);
/// The input (or the line, with `what` = "line") ends too early, at the end of the segment.
diagnostic explain_end(location& where, std::string_view what);

} // namespace crosscut::json

// Inside the io room: a guess at what a misspelt name was meant to be.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace crosscut::io {

/// The known name that `wrong` is most likely a slip of: at most a third of its letters (one at least)
/// inserted, left out, replaced or swapped with their neighbour; case does not count. Empty where none is
/// that near. The first of equals.
std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> known);

/// "did you mean \"hijacked\"?", else "known: a, b, c" (cut after a few), else nothing.
std::string did_you_mean(std::string_view wrong, std::span<const std::string_view> known);

} // namespace crosscut::io

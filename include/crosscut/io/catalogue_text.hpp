#pragma once

#include <crosscut/attack/catalogue.hpp>
#include <crosscut/io/tables.hpp>

#include <string>

namespace crosscut::io {

/// One technique for a person: what it says, when it applies, how likely and why, what weakens it, which fixes there are, references.
std::string to_text(const technique&, const catalogue&, const text_style& = {});

} // namespace crosscut::io

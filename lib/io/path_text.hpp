// Inside the io room: one path as a story.
#pragma once

#include "text_block.hpp"

#include <string_view>
#include <vector>

namespace crosscut::io {

/// The head line, the entries, each step as a sentence with its probability, and the controls on it, and the
/// numbers of the whole.
void write_story(text_block& out, const path_report& path, std::size_t number);

/// The basis of every probability in these paths, each once.
void write_basis(text_block& out, const std::vector<path_report>& paths);

/// "mail (tainted)", escaped; with its display name where that is another: "Inbound mail, mail (tainted)".
std::string fact_text(const fact_ref& fact, std::string_view name = {});

} // namespace crosscut::io

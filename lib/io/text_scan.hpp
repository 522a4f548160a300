// What a text tries to do to whoever reads it: hide a part of itself, or give orders to a model.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace crosscut::io {

/// How a text hides something from a person while a model still reads it.
enum class hidden_text : std::uint8_t {
  none,
  unicode_tags,  ///< U+E0000 to U+E007F outside a flag: an invisible copy of ASCII.
  bidi_controls, ///< Embeddings, overrides and isolates: what is shown is not the order that is read.
  zero_width,    ///< Two zero-width characters in a row, or many in one text. A single joiner is ordinary in
                 ///< emoji and in Persian.
  variation_selectors, ///< Two in a row: they can carry bytes.
  control_characters ///< C0 (but tab and line ends) and C1: a terminal acts on them instead of showing them.
};

/// "unicode-tags", "bidi-controls", …; empty for none.
std::string_view to_string(hidden_text) noexcept;

/// The first that `text` does. \pre well-formed UTF-8, as the JSON layer guarantees. O(n).
hidden_text find_hidden_text(std::string_view text) noexcept;

/// The phrase by which `text` addresses the model that reads it ("do not tell the user"), or nothing. Upper
/// and lower case, white space and invisible characters do not matter, and text in Unicode tags counts as
/// what it spells. A short list of phrases, so a finding and never a proof of absence. The view is of the
/// constant list. O(n · phrases).
std::string_view find_instruction(std::string_view text);

/// At most `max_bytes` of `text` and "…", cut between characters.
std::string cut_text(std::string_view text, std::size_t max_bytes);

} // namespace crosscut::io

#pragma once

#include <string>
#include <string_view>

namespace crosscut {

/// Text from an inventory is written by whoever can name a tool: an attacker. These make it safe to show.

/// For a terminal or a log line: C0 and C1 controls, DEL, line and paragraph separators, bidirectional overrides, Unicode
/// tags and other invisible format characters, and bytes that are not UTF-8 become \xNN or \u{N}; everything else is
/// kept. The result has no line break. O(n).
std::string escape_for_terminal(std::string_view text);

/// `"…"` around escape_for_terminal(text), cut after `max_bytes` (at a character boundary) with "…" and the length said.
std::string quoted(std::string_view text, std::size_t max_bytes = 120);

/// For the inside of a JSON string: quotes, backslashes and controls escaped as RFC 8259 says; also U+2028, U+2029, DEL, C1, bidirectional
/// and invisible characters as \uXXXX, so that a report can be viewed raw. Bytes that are not UTF-8 become U+FFFD. O(n).
std::string escape_for_json(std::string_view text);

/// True where `text` is well-formed UTF-8 (no surrogates, no overlong forms, up to U+10FFFF).
bool is_utf8(std::string_view text) noexcept;

} // namespace crosscut

// What an input is, by its content.
#pragma once

#include "reader.hpp"

#include <array>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace crosscut::io {

/// The formats that read_inventory knows, by the names of read_options::format.
inline constexpr std::array<std::string_view, 3> known_formats{"opengraph", "mcp-config", "tools-list"};
/// "opengraph, mcp-config, tools-list"
std::string format_list();

/// What the first object of the input says: the members of a whole OpenGraph document, or those of a node or
/// an edge. Nothing where it says neither. Reads no further than it must, and 16 MiB at most.
std::optional<opengraph_form> detect_opengraph(std::istream& in);

/// "mcp-config", "tools-list", or nothing.
std::string_view detect_document(const json::node& document);

/// Why a JSON document is none of the known formats: what was found.
diagnostic unknown_document(const std::string& file, const json::node& document);
/// The same for an input that is not JSON, if it begins like nothing that JSON begins with.
std::optional<diagnostic> not_json(const std::string& file, std::string_view beginning);

} // namespace crosscut::io

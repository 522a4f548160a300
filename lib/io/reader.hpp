// Inside the io room: what every reader gets, and the list of readers.
#pragma once

#include <crosscut/io/read.hpp>
#include <crosscut/model/inventory_builder.hpp>

#include <iosfwd>
#include <string>

namespace crosscut::json {
class node; // a parsed document with positions, lib/io/json/document.hpp
}

namespace crosscut::io {

/// One file being read. A reader adds to `out` and reports into `messages` (with `file` filled in); it returns false where the file had errors.
struct reader_context {
  std::string file;
  inventory_builder& out;
  diagnostics& messages;
  const read_options& options;
};

// opengraph_reader.cpp: the native form, streamed.
enum class opengraph_form {
  whole, // one document {"metadata": …, "graph": {"nodes": […], "edges": […]}}
  lines  // one node or edge object a line, in any order
};
bool read_opengraph(std::istream& in, opengraph_form form, reader_context& context);

// mcp_config_reader.cpp: MCP client configurations (JSON and JSON with comments).
bool looks_like_mcp_config(const json::node& document);
bool read_mcp_config(const json::node& document, reader_context& context);

// tools_list_reader.cpp: results of the MCP request tools/list, in their wrappings.
bool looks_like_tools_list(const json::node& document);
bool read_tools_list(const json::node& document, reader_context& context);

} // namespace crosscut::io

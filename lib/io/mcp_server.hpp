// One server as a client's configuration declares it.
#pragma once

#include "json/document.hpp"
#include "reader.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut::io::mcp {

struct named_value {
  std::string name, value;
  source_position where;
};

struct server_entry {
  std::string name, pointer;
  source_position where;
  std::string command; ///< Empty for a remote server.
  std::vector<std::string> arguments;
  std::string folder;         ///< `cwd`; empty where none is given.
  std::string url;            ///< Empty for a local server.
  std::string extension;      ///< Of the editor: no command of its own.
  std::string_view transport; ///< "stdio", "http", "sse"; empty where the entry does not say.
  std::vector<named_value> environment, headers, authentication;
  std::vector<std::string> auto_approved; ///< Names of tools.
  bool approves_all = false;              ///< Every tool runs without asking.
  bool disabled = false;
  bool authenticates = false; ///< Has settings for authentication.
};

/// Reads one entry. Nothing where it is none, or was refused with a diagnostic.
std::optional<server_entry> read_server(const json::member& entry, const std::string& pointer,
                                        reader_context& context);

} // namespace crosscut::io::mcp

// Where the clients of the Model Context Protocol keep their servers.
#pragma once

#include "json/document.hpp"
#include "reader.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crosscut::io::mcp {

/// One object of servers by name.
struct server_section {
  const json::node* servers = nullptr;
  std::string pointer;
  std::string project; ///< The folder that the servers are for; empty: all.
};

struct config_shape {
  std::string client; ///< "VS Code", "Zed", …; empty where the shape is that of many clients.
  bool known = false; ///< Something in the document belongs to an MCP client.
  std::vector<server_section> sections;
  std::vector<std::string> sensitive_inputs; ///< Ids of inputs that say `"password": true`, sorted.
};

/// True where read_shape would know the document. Reports nothing.
bool is_known_shape(const json::node& document);

/// Finds the servers, and reports what stands where servers should be.
config_shape read_shape(const json::node& document, reader_context& context);

/// The client whose file this is, going by its name and that of its folder; empty where they say nothing.
std::string_view client_of_file(std::string_view file);

} // namespace crosscut::io::mcp

// What the tests of the MCP readers share: read a text, and say in lines what came out.
#pragma once

#include "io/json/document.hpp"
#include "io/reader.hpp"

#include <crosscut/io/read.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut::test {

using lines = std::vector<std::string>;

inline io::read_result read_text(const std::string& text, const std::string& name,
                                 const std::string& format = {}) {
  std::istringstream in(text);
  io::read_options options;
  options.format = format;
  return io::read_inventory(in, name, options);
}

/// Ids end in hashes that say nothing to a reader of a test: "mcp/server#0123456789abcdef" becomes
/// "mcp/server#".
inline std::string without_hashes(std::string_view id) {
  std::string out;
  for (std::size_t i = 0; i < id.size(); ++i) {
    out += id[i];
    if (id[i] == '#') i += std::min<std::size_t>(16, id.size() - i - 1);
  }
  return out;
}

inline std::string properties_text(const property_graph& g, bool edge, index_t i, bool hashes) {
  std::string out;
  const auto keys = edge ? g.edge_key_count() : g.node_key_count();
  for (index_t k = 0; k < keys; ++k) {
    const auto p = edge ? g.edge_property(i, k) : g.node_property(i, k);
    if (p.missing()) continue;
    out += " " + std::string(edge ? g.edge_key_name(k) : g.node_key_name(k)) + "=" + to_text(p.value);
  }
  return hashes ? out : without_hashes(out);
}

/// "ID Kind name=value …", in the order of the graph.
inline lines nodes_of(const property_graph& g, std::string_view kind = {}) {
  lines out;
  for (index_t v = 0; v < g.node_count(); ++v) {
    const auto of = g.kind_name(g.primary_kind(v));
    if (kind.empty() || of == kind)
      out.push_back(without_hashes(g.node_id(v)) + " " + std::string(of) +
                    properties_text(g, false, v, false));
  }
  return out;
}

/// "ID -Kind-> ID name=value …".
inline lines edges_of(const property_graph& g, std::string_view kind = {}) {
  lines out;
  for (index_t e = 0; e < g.edge_count(); ++e) {
    const auto of = g.kind_name(g.edge_kind(e));
    if (kind.empty() || of == kind)
      out.push_back(without_hashes(g.node_id(g.source(e))) + " -" + std::string(of) + "-> " +
                    without_hashes(g.node_id(g.target(e))) + properties_text(g, true, e, false));
  }
  return out;
}

/// "severity code line:column pointer".
inline lines problems_of(const diagnostics& d) {
  lines out;
  for (const auto& p : d.items())
    out.push_back(std::string(to_string(p.level)) + " " + p.code + " " + std::to_string(p.position.line) +
                  ":" + std::to_string(p.position.column) + (p.pointer.empty() ? "" : " " + p.pointer));
  return out;
}

inline index_t count_kind(const property_graph& g, std::string_view kind) {
  index_t n = 0;
  for (index_t v = 0; v < g.node_count(); ++v) n += g.kind_name(g.primary_kind(v)) == kind;
  return n;
}

/// Everything that the inventory and the messages say, to look for what they must not.
inline std::string everything(const io::read_result& r) {
  std::string out;
  for (const auto& d : r.messages.items()) out += to_string(d) + "\n";
  if (!r.inventory) return out;
  const auto& g = *r.inventory;
  for (index_t v = 0; v < g.node_count(); ++v)
    out += std::string(g.node_id(v)) + properties_text(g, false, v, true) + "\n";
  for (index_t e = 0; e < g.edge_count(); ++e) out += properties_text(g, true, e, true) + "\n";
  return out;
}

} // namespace crosscut::test

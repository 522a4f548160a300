// Small inventories in few words, for tests.
#pragma once

#include <crosscut/model/inventory_builder.hpp>

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut::test {

using properties = std::vector<property_view>;
using kind_names = std::vector<std::string_view>;

struct node_text {
  std::string id;
  kind_names kinds;
  properties with{};
};

struct edge_text {
  std::string kind, source, target;
  properties with{};
};

inline void add(inventory_builder& b, const node_text& n, source_position where = {}) {
  b.add_node(n.id, n.kinds, n.with, where);
}
inline void add(inventory_builder& b, const edge_text& e, source_position where = {}) {
  b.add_edge(e.kind, e.source, e.target, e.with, where);
}

/// The graph of a builder from which no problem is expected.
inline property_graph frozen(inventory_builder b) {
  diagnostics problems;
  auto g = std::move(b).freeze(problems);
  for (const auto& d : problems.items()) INFO(to_string(d));
  REQUIRE(g.has_value());
  CHECK(problems.items().empty());
  return std::move(*g);
}

inline std::vector<std::string> codes(const diagnostics& problems) {
  std::vector<std::string> result;
  for (const auto& d : problems.items()) result.push_back(d.code);
  return result;
}

} // namespace crosscut::test

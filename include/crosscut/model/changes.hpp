#pragma once

#include <crosscut/base/diagnostic.hpp>
#include <crosscut/model/property_graph.hpp>

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace crosscut {

/// A value that a change sets; monostate takes the property away.
using change_value = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string,
                                  std::vector<std::string>>;
using change_properties = std::vector<std::pair<std::string, change_value>>;

/// Picks an edge by its ends; `properties` (matched exactly) picks one of parallel edges, without them all are meant.
struct edge_selector {
  std::string kind, source, target;
  change_properties properties;
};

/// One change to an inventory.
struct change {
  enum class operation : std::uint8_t { add_node, add_edge, set_node, set_edge, remove_node, remove_edge };

  operation op = operation::add_node;
  std::string node;               ///< add_node, set_node, remove_node: the id.
  std::vector<std::string> kinds; ///< add_node.
  edge_selector edge;             ///< add_edge (its properties are ignored), set_edge, remove_edge.
  change_properties properties;   ///< add_node, add_edge, set_node, set_edge.
};

/// The inventory after the changes, frozen anew: additions and settings in the order given, removals last. Adding merges as a file does (the
/// change wins); setting what does not exist is an error, removing it is not; removing a node removes its edges. Nothing where `out`
/// got an error. O(size of the inventory). Thread-safe.
std::optional<property_graph> apply_changes(const property_graph& graph, std::span<const change> changes,
                                            diagnostics& out);

} // namespace crosscut

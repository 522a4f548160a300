#pragma once

#include <crosscut/model/property_graph.hpp>

#include <iosfwd>

namespace crosscut::io {

struct write_inventory_options {
  /// One node or edge a line, nodes first, instead of one document.
  bool lines = false;
  /// For BloodHound CE, which refuses ids with a colon: such an id (and one that begins with "xc-") is
  /// written as "xc-" and 16 hex digits, and the real id as property `crosscut_id`, from which read_inventory
  /// restores it. A property of that name that the node has already is not written.
  bool bloodhound_ids = false;
};

/// Writes an inventory as OpenGraph JSON that read_inventory reads back to a graph of the same content. Nodes
/// and edges in the graph's order, properties by name, numbers exact: the same graph gives the same bytes.
/// Texts are escaped so that the file is safe to look at. Whether writing worked says the stream's state.
///
/// Everything is written as it is, also what BloodHound would refuse (more than three kinds, a property
/// `objectid`). A graph that no reader made may hold what the format cannot say: a kind with characters
/// beyond [A-Za-z0-9_] on an edge, NaN or infinity (\throws std::invalid_argument). O(nodes + edges +
/// properties). Thread-safe.
void write_inventory(std::ostream& out, const property_graph& inventory,
                     const write_inventory_options& options = {});

} // namespace crosscut::io

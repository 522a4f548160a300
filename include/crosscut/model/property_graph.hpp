#pragma once

#include <crosscut/base/index.hpp>
#include <crosscut/model/schema.hpp>
#include <crosscut/model/string_pool.hpp>
#include <crosscut/model/value.hpp>

#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut {

class inventory_builder;

/// A property of one node or edge, as techniques see it. Every fact about the world is three-valued: a missing value, or one outside the
/// property's vocabulary or range, is *not assessed*, never safe.
struct property_fact {
  value_view value;
  bool in_vocabulary = true;

  bool missing() const noexcept { return value.index() == 0; }
  bool assessed() const noexcept { return !missing() && in_vocabulary; }
};

/// The values of one property over all nodes or all edges. Internal layout: dense (one slot an element) where more than half of the
/// elements have it, else sorted element numbers with binary search.
class property_column {
public:
  enum class tag : std::uint8_t { none, boolean, int64, uint64, real, text, list };
  static constexpr std::uint8_t out_of_vocabulary = 0x80;

  index_t name = no_index; ///< In the graph's strings.

private:
  friend class property_graph;
  friend class inventory_builder;
  std::vector<index_t> elements_; // empty: dense
  std::vector<std::uint8_t> tags_;
  std::vector<std::uint64_t> bits_;
};

/// Which properties each node (or edge) has: the columns turned into rows, for those who copy or print whole elements. Asking every column
/// about every element would cost elements times columns, which an inventory with many rare properties makes very large.
class property_rows {
public:
  /// The keys that `element` has a value for, ascending.
  std::span<const index_t> keys(index_t element) const noexcept {
    return std::span(keys_).subspan(offsets_[element], offsets_[element + 1] - offsets_[element]);
  }

private:
  friend class property_graph;
  std::vector<std::size_t> offsets_{0};
  std::vector<index_t> keys_;
};

/// An inventory, frozen: immutable, canonical and compact.
///
/// Nodes are numbered in the byte order of their ids, edges in the order (source, kind, target, key), kinds and keys in the byte order of their
/// names. So the numbering does not depend on the order in which things were read, and comparing two numbers is comparing two names.
///
/// Compressed sparse rows in both directions, 32-bit indices, interned strings, properties in columns.
/// Thread-safety: const members are thread-safe. Views and spans live as long as the graph and survive moving it.
class property_graph {
public:
  using kind_index = std::uint16_t;
  static constexpr kind_index no_kind = 0xffff;

  property_graph() = default;
  property_graph(property_graph&&) noexcept = default;
  property_graph& operator=(property_graph&&) noexcept = default;

  index_t node_count() const noexcept { return static_cast<index_t>(node_ids_.size()); }
  index_t edge_count() const noexcept { return static_cast<index_t>(targets_.size()); }

  // Nodes.
  std::string_view node_id(index_t node) const noexcept { return ids_[node_ids_[node]]; }
  /// The node with this id, or no_index. O(log n).
  index_t find_node(std::string_view id) const noexcept;
  /// All kinds, the primary one first. Empty for a node that is known only from edges.
  std::span<const kind_index> node_kinds(index_t node) const noexcept;
  /// kinds[0], the one that every rule looks at; no_kind where there is none.
  kind_index primary_kind(index_t node) const noexcept { return primary_kinds_[node]; }
  layer node_layer(index_t node) const noexcept { return layers_[node]; }
  /// Property `name` where it is a text, else the id.
  std::string_view display_name(index_t node) const noexcept;

  // Edges.
  index_t source(index_t edge) const noexcept { return sources_[edge]; }
  index_t target(index_t edge) const noexcept { return targets_[edge]; }
  kind_index edge_kind(index_t edge) const noexcept { return edge_kinds_[edge]; }
  /// The property `key`, which tells parallel edges apart; empty where there is none.
  std::string_view edge_key(index_t edge) const noexcept;
  /// Edges that leave a node, ascending: a contiguous range of edge numbers.
  auto out_edges(index_t node) const noexcept {
    return std::views::iota(out_offsets_[node], out_offsets_[node + 1]);
  }
  /// Edges that enter a node, ascending.
  std::span<const index_t> in_edges(index_t node) const noexcept {
    return std::span(in_edges_).subspan(in_offsets_[node], in_offsets_[node + 1] - in_offsets_[node]);
  }
  /// All edges of one kind, ascending.
  std::span<const index_t> edges_of_kind(kind_index kind) const noexcept;

  // Kinds: nodes and edges share one table, in byte order of names.
  kind_index kind_count() const noexcept { return static_cast<kind_index>(kind_names_.size()); }
  std::string_view kind_name(kind_index kind) const noexcept {
    return kind == no_kind ? std::string_view{} : strings_[kind_names_[kind]];
  }
  kind_index find_kind(std::string_view name) const noexcept;

  // Properties. Keys number the columns, in byte order of names.
  index_t node_key_count() const noexcept { return static_cast<index_t>(node_columns_.size()); }
  index_t edge_key_count() const noexcept { return static_cast<index_t>(edge_columns_.size()); }
  std::string_view node_key_name(index_t key) const noexcept { return strings_[node_columns_[key].name]; }
  std::string_view edge_key_name(index_t key) const noexcept { return strings_[edge_columns_[key].name]; }
  /// The column of a property name, or no_index: then no node (edge) has it.
  index_t find_node_key(std::string_view name) const noexcept { return find_key(node_columns_, name); }
  index_t find_edge_key(std::string_view name) const noexcept { return find_key(edge_columns_, name); }
  /// \pre key is no_index (gives a missing value) or a valid key. O(1) or O(log n).
  property_fact node_property(index_t node, index_t key) const noexcept {
    return read(node_columns_, node, key);
  }
  property_fact edge_property(index_t edge, index_t key) const noexcept {
    return read(edge_columns_, edge, key);
  }
  property_fact node_property(index_t node, std::string_view name) const noexcept {
    return node_property(node, find_node_key(name));
  }
  property_fact edge_property(index_t edge, std::string_view name) const noexcept {
    return edge_property(edge, find_edge_key(name));
  }
  /// O(elements + values).
  property_rows node_property_rows() const { return rows_of(node_columns_, node_count()); }
  property_rows edge_property_rows() const { return rows_of(edge_columns_, edge_count()); }
  /// True where the node says `collected: true`: then a missing edge means that there is none.
  bool collected(index_t node) const noexcept;

  /// 16 hex digits that depend on the whole content and on nothing else (not on file names or reading order).
  const std::string& content_fingerprint() const noexcept { return fingerprint_; }
  /// Bytes held. O(columns).
  std::size_t memory_usage() const noexcept;

private:
  friend class inventory_builder;
  index_t find_key(const std::vector<property_column>& columns, std::string_view name) const noexcept;
  property_fact read(const std::vector<property_column>& columns, index_t element,
                     index_t key) const noexcept;
  static property_rows rows_of(const std::vector<property_column>& columns, index_t elements);

  string_pool ids_;     // node ids
  string_pool strings_; // kinds, property names and texts, edge keys
  std::vector<index_t> node_ids_;
  std::vector<kind_index> primary_kinds_;
  std::vector<layer> layers_;
  std::vector<std::vector<kind_index>> kind_lists_; // distinct lists; almost always one kind each
  std::vector<index_t> node_kind_lists_;

  std::vector<index_t> out_offsets_{0}, in_offsets_{0};
  std::vector<index_t> sources_, targets_, in_edges_;
  std::vector<kind_index> edge_kinds_;
  std::vector<index_t> kind_offsets_, edges_by_kind_;
  std::vector<index_t> keyed_edges_, edge_keys_; // only edges that have a key

  std::vector<index_t> kind_names_;
  std::vector<property_column> node_columns_, edge_columns_;
  std::vector<index_t> list_offsets_{0};
  std::vector<scalar_view> list_elements_;
  index_t name_key_ = no_index, collected_key_ = no_index;
  std::string fingerprint_;
};

} // namespace crosscut

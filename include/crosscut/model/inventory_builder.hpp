#pragma once

#include <crosscut/base/diagnostic.hpp>
#include <crosscut/model/chunked_vector.hpp>
#include <crosscut/model/property_graph.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut {

struct freeze_options {
  /// Make nodes that only edges mention, without kinds and with a warning, instead of refusing them.
  bool keep_going = false;
};

/// Takes what readers find, file after file, and freezes it into a property graph.
///
/// Records about the same node (by id) or edge (by kind, source, target and property `key`) are merged. Between files the later value of a
/// property wins, with a warning that names both; inside one file two different values are an error. `observed` adds up, `first_seen` and
/// `last_seen` take the extremes, kinds unite in order. Missing values (monostate) are ignored.
///
/// Everything is appended to logs and resolved in freeze(), so that adding is O(size of the record), memory stays near that of the
/// graph, and a file that turns out to be broken can be taken back.
/// Thread-safety: none; one thread at a time.
class inventory_builder {
public:
  inventory_builder();

  /// Later records belong to this file, until the next call. The name is for diagnostics.
  void begin_file(std::string name);
  /// Takes back everything since the last begin_file(), and that file.
  void drop_file();

  void add_node(std::string_view id, std::span<const std::string_view> kinds,
                std::span<const property_view> properties, source_position where = {});
  void add_edge(std::string_view kind, std::string_view source, std::string_view target,
                std::span<const property_view> properties, source_position where = {});

  /// Records of the current file so far.
  std::size_t nodes_in_file() const noexcept;
  std::size_t edges_in_file() const noexcept;

  /// The graph, or nothing where `out` got an error: an edge to a node that no file defines, two values for one property
  /// in one file, a probability outside [0, 1], more than 2^32 − 2 nodes or edges or 65,534 kinds. All problems are
  /// reported, not the first. Warnings: values outside a property's vocabulary (not assessed), known edge kinds between
  /// endpoints outside the table, values overridden by a later file. The builder is used up.
  /// O(n log n + m log m + properties).
  std::optional<property_graph> freeze(diagnostics& out, freeze_options options = {}) &&;

private:
  class freezer;

  struct input_file {
    std::string name;
    std::size_t first_node = 0, first_edge = 0;
  };
  struct node_record {
    index_t node;
    index_t kinds;
  };
  struct edge_record {
    index_t source, target;
    index_t kind; // in names_
  };
  struct edge_key { // few edges have one
    index_t record;
    index_t key; // in strings_
  };
  // Names come again and again: the one that was looked up last among those alike is found without hashing.
  class recent_names {
  public:
    index_t intern(string_pool& names, std::string_view name);

  private:
    std::array<index_t, 64> last_{};
  };
  // One property of nodes or of edges: which record said what.
  struct property_log {
    index_t name;
    chunked_vector<index_t> records;
    chunked_vector<std::uint8_t> tags;
    chunked_vector<std::uint64_t> bits;
  };
  struct property_logs {
    std::vector<property_log> logs;
    std::vector<index_t> of_name; // by index in names_

    property_log& at(index_t name);
    void truncate(index_t first_record);
  };

  void append(property_logs&, index_t record, std::span<const property_view>);
  std::pair<property_column::tag, std::uint64_t> store(const value_view&);
  scalar_view keep(const scalar_view&);
  void look_up_ends();
  index_t kind_list(std::span<const std::string_view> kinds);

  std::vector<input_file> files_;
  string_pool ids_, names_, strings_;
  recent_names recent_kinds_, recent_properties_;
  // Ends of edges are looked up some at a time (string_pool::prefetch); many edges have the source of the one before.
  struct waiting_edge {
    index_t record;
    bool same_source;
    std::uint32_t source_size, target_size;
    string_pool::hashes source, target;
  };
  std::vector<waiting_edge> waiting_;
  std::string waiting_texts_, last_source_text_;
  index_t last_source_ = no_index;
  chunked_vector<node_record> nodes_;
  chunked_vector<edge_record> edges_;
  // Apart from the records, as these are given back first.
  chunked_vector<source_position> node_positions_, edge_positions_;
  chunked_vector<edge_key> edge_keys_;
  property_logs node_properties_, edge_properties_;
  std::vector<std::vector<index_t>> kind_lists_; // of indices in names_
  std::map<std::vector<index_t>, index_t> kind_list_of_;
  index_t last_kind_list_ = no_index;
  std::vector<index_t> kind_scratch_;
  std::vector<std::uint64_t> kind_in_list_; // by index in names_: the last list that it was put into
  std::uint64_t kind_lists_seen_ = 0;
  std::vector<index_t> list_offsets_{0};
  std::vector<scalar_view> list_elements_;
};

} // namespace crosscut

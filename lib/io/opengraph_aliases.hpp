// The way back from the ids that an export for BloodHound writes ("xc-…", with the real one in property
// `crosscut_id`).
#pragma once

#include "opengraph_record.hpp"

#include <crosscut/model/inventory_builder.hpp>
#include <crosscut/model/string_pool.hpp>

#include <deque>
#include <optional>
#include <string_view>
#include <vector>

namespace crosscut::io::opengraph {

constexpr std::string_view alias_prefix = "xc-";
constexpr std::string_view alias_property = "crosscut_id";

/// The aliases of one file. An alias is known once its node was read; edges that come before it wait. An end
/// whose alias no node of the file declares is an id like any other.
class aliases {
public:
  static bool looks_like(std::string_view id) noexcept { return id.starts_with(alias_prefix); }

  /// False: `alias` stands for another id already.
  bool declare(std::string_view alias, std::string_view id);
  /// What `id` stands for, itself where it is no alias. Nothing: not known yet.
  std::optional<std::string_view> resolve(std::string_view id) const;

  /// Keeps an edge until all nodes are known. Memory grows with the edges that wait.
  void hold(record& edge);
  void add_held(inventory_builder& out) const;

private:
  struct edge {
    std::string_view kind, source, target;
    std::vector<property_view> properties;
    source_position where;
  };
  value_view keep(const value_view& value);
  scalar_view keep(const scalar_view& value);

  string_pool known_, ids_;
  std::vector<index_t> id_of_; // by index in known_
  std::vector<edge> held_;
  text_arena texts_;
  std::deque<std::vector<scalar_view>> lists_;
};

} // namespace crosscut::io::opengraph

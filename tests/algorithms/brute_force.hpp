#pragma once

#include "oracle/dice.hpp"

#include <crosscut/algorithms/csr_graph.hpp>
#include <crosscut/algorithms/k_shortest_simple_paths.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// Slow answers that share nothing with the algorithms under test, and the small graphs to ask them about.
namespace brute_force {

using namespace crosscut;
using oracle::dice;

/// A graph, and a question about it. `costs` and `kept` are by arc of `graph`.
struct instance {
  static_graph graph;
  std::vector<cost_t> costs;
  std::vector<bool> kept;
  std::vector<start_point> sources;
  std::vector<index_t> targets;

  auto cost() const {
    return [this](index_t arc) { return costs[arc]; };
  }
  auto keep() const {
    return [this](index_t arc) { return static_cast<bool>(kept[arc]); };
  }
};

/// All simple paths, in the total order that k_shortest_simple_paths promises.
std::vector<simple_path> all_simple_paths(const instance&);

/// The first `count` of them, and all that tie with the last: best first over prefixes. For graphs too large
/// to list all.
std::vector<simple_path> first_simple_paths(const instance&, std::size_t count);

/// Shortest lengths by relaxing every arc until nothing changes (Bellman–Ford).
std::vector<path_length> lengths(const instance&, std::span<const start_point> starts, direction towards);

/// A random digraph with loops and parallel arcs, costs below `cost_range`, a few sources and targets.
instance random_instance(dice& d, index_t vertices, index_t arcs, index_t cost_range);

/// The instance as text, for a failing test's message.
std::string describe(const instance&);

} // namespace brute_force

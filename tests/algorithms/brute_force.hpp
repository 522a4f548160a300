#pragma once

#include <crosscut/algorithms/csr_graph.hpp>
#include <crosscut/algorithms/k_shortest_simple_paths.hpp>

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <vector>

/// Slow answers that share nothing with the algorithms under test, and the small graphs to ask them about.
namespace brute_force {

using namespace crosscut;

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

/// Reproducible on every standard library: no distribution of <random> is.
class dice {
public:
  explicit dice(std::uint64_t seed) : engine_(seed) {}
  /// Uniform in [0, n), up to a bias of 2^-32 for small n.
  index_t below(index_t n) { return static_cast<index_t>(engine_() % n); }
  bool one_in(index_t n) { return below(n) == 0; }

private:
  std::mt19937_64 engine_;
};

/// A random digraph with loops and parallel arcs, costs below `cost_range`, a few sources and targets.
instance random_instance(dice& d, index_t vertices, index_t arcs, index_t cost_range);

/// The instance as text, for a failing test's message.
std::string describe(const instance&);

} // namespace brute_force

#pragma once

#include <crosscut/algorithms/graph_concept.hpp>
#include <crosscut/base/cost.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <queue>
#include <ranges>
#include <span>
#include <vector>

namespace crosscut {

/// A directed hypergraph, that is an AND/OR graph: a step leads from all of its preconditions together (at
/// least one, none twice) to its conclusion. Facts and steps are the dense indices 0 … count − 1. A step's
/// index is also its rank: among proofs of equal length, smaller steps come first. All calls are O(1).
template <class Graph>
concept hypergraph = requires(const Graph& g, index_t fact, index_t step) {
  { g.fact_count() } -> std::convertible_to<index_t>;
  { g.step_count() } -> std::convertible_to<index_t>;
  { g.steps_into(fact) } -> arc_range;
  { g.steps_from(fact) } -> arc_range;
  { g.preconditions(step) } -> arc_range;
  { g.conclusion(step) } -> std::convertible_to<index_t>;
};

namespace detail {

/// An item of a queue that serves the shortest first, the smallest index among equals.
struct queued {
  path_length length;
  index_t index;

  friend bool operator>(const queued& a, const queued& b) noexcept {
    return a.length != b.length ? a.length > b.length : a.index > b.index;
  }
};
using shortest_first = std::priority_queue<queued, std::vector<queued>, std::greater<>>;

} // namespace detail

/// See proof_heights().
struct heights {
  std::vector<path_length> fact;
  std::vector<index_t> hardest; ///< By step; `no_index` where some precondition cannot be derived.
};

/// For each fact the least of its ways, where an entry has its cost and a step has its own length plus the
/// largest height among its preconditions, but at least `floor(step)` (Knuth 1977). No proof of the fact is
/// shorter, because each contains a proof of every precondition. A step's hardest precondition is the one of
/// largest height: with no floors, heights are distances in the graph where each step is one arc from there.
///
/// O(facts log facts + preconditions). \pre Entries are facts, their costs in [0, infinite_cost).
template <hypergraph Graph, arc_cost Cost, arc_mask Keep, class Floor>
heights proof_heights(const Graph& graph, const Cost& cost, const Keep& keep,
                      std::span<const start_point> entries, const Floor& floor) {
  heights all{std::vector<path_length>(graph.fact_count(), no_path),
              std::vector<index_t>(graph.step_count(), no_index)};
  std::vector<index_t> waiting_for(graph.step_count());
  for (index_t s = 0; s < graph.step_count(); ++s)
    waiting_for[s] = static_cast<index_t>(std::ranges::distance(graph.preconditions(s)));
  detail::shortest_first queue;
  const auto offer = [&](index_t fact, path_length length) {
    if (length < all.fact[fact]) queue.push({all.fact[fact] = length, fact});
  };
  for (const start_point& e : entries) offer(e.vertex, {e.cost, 0});
  while (!queue.empty()) {
    const auto [length, fact] = queue.top();
    queue.pop();
    if (length != all.fact[fact]) continue; // a shorter one came first
    for (const index_t s : graph.steps_from(fact)) {
      if (!keep(s) || --waiting_for[s] != 0) continue;
      all.hardest[s] = fact; // heights are settled in ascending order
      offer(graph.conclusion(s), std::max(length, floor(s)) + path_length{cost(s), 1});
    }
  }
  return all;
}

} // namespace crosscut

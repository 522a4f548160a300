#pragma once

#include <crosscut/algorithms/bit_set.hpp>
#include <crosscut/algorithms/graph_concept.hpp>

#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace crosscut {

namespace detail {

template <direction D, arc_graph Graph, arc_mask Keep>
bit_set closure(const Graph& graph, std::span<const index_t> starts, const Keep& keep) {
  const index_t n = graph.vertex_count();
  bit_set reached(n);
  std::vector<index_t> open; // reached, arcs not yet looked at
  for (const index_t v : starts) {
    if (v >= n) throw std::out_of_range("reachability: no vertex " + std::to_string(v));
    if (reached.insert(v)) open.push_back(v);
  }
  while (!open.empty()) {
    const index_t v = open.back();
    open.pop_back();
    for_each_arc<D>(graph, keep, v, [&](index_t, index_t w) {
      if (reached.insert(w)) open.push_back(w);
    });
  }
  return reached;
}

} // namespace detail

/// The vertices that some walk of kept arcs reaches from `starts` (forward), or that reach one of them
/// (backward); the starts themselves among them. O(vertices / 64 + arcs of what is reached). Throws
/// std::out_of_range for a start that is no vertex.
template <arc_graph Graph, arc_mask Keep = every_arc>
bit_set reachable(const Graph& graph, std::span<const index_t> starts, direction towards = direction::forward,
                  const Keep& keep = {}) {
  return towards == direction::forward ? detail::closure<direction::forward>(graph, starts, keep)
                                       : detail::closure<direction::backward>(graph, starts, keep);
}

/// The vertices that lie on a walk from `sources` to `targets`: every path between them stays inside.
template <arc_graph Graph, arc_mask Keep = every_arc>
bit_set between(const Graph& graph, std::span<const index_t> sources, std::span<const index_t> targets,
                const Keep& keep = {}) {
  bit_set both = reachable(graph, sources, direction::forward, keep);
  both &= reachable(graph, targets, direction::backward, keep);
  return both;
}

} // namespace crosscut

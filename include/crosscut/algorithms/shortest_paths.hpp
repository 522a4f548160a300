#pragma once

#include <crosscut/algorithms/graph_concept.hpp>
#include <crosscut/algorithms/radix_queue.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace crosscut {

namespace detail {

inline void check_start(const start_point& start, index_t vertex_count, const char* who) {
  if (start.vertex >= vertex_count)
    throw std::out_of_range(std::string(who) + ": no vertex " + std::to_string(start.vertex));
  if (start.cost < 0 || start.cost >= infinite_cost)
    throw std::invalid_argument(std::string(who) + ": start cost " + std::to_string(start.cost));
}

/// Width of a bucket as a power of two: a fraction of the mean cost of some 256 arcs. Too wide makes labels
/// be corrected again and again, too narrow makes buckets nearly empty; no choice changes an answer.
template <arc_graph Graph, arc_cost Cost> unsigned bucket_shift(const Graph& graph, const Cost& cost) {
  constexpr index_t samples = 256;
  const index_t arcs = graph.arc_count();
  const index_t stride = std::max<index_t>(1, arcs / samples);
  std::uint64_t sum = 0, count = 0;
  for (std::uint64_t arc = 0; arc < arcs; arc += stride, ++count)
    sum += static_cast<std::uint64_t>(cost(static_cast<index_t>(arc)) >> 12); // the sum stays below 2^64
  const std::uint64_t mean = count == 0 ? 0 : (sum / count) << 12;
  return mean == 0 ? 0 : static_cast<unsigned>(std::max(1, static_cast<int>(std::bit_width(mean)) - 2));
}

/// Tentative lengths by vertex. Costs lie apart from hops, which count only where costs tie: half the cache
/// lines.
class length_labels {
public:
  explicit length_labels(index_t vertices) : cost_(vertices, no_path.cost), hops_(vertices, no_path.hops) {}

  /// True if the length is an improvement.
  bool improve(index_t v, path_length length) noexcept {
    if (length.cost > cost_[v] || (length.cost == cost_[v] && length.hops >= hops_[v])) return false;
    cost_[v] = length.cost;
    hops_[v] = length.hops;
    return true;
  }
  bool is(index_t v, path_length length) const noexcept {
    return cost_[v] == length.cost && hops_[v] == length.hops;
  }
  std::vector<path_length> together() const {
    std::vector<path_length> lengths(cost_.size());
    for (std::size_t v = 0; v < lengths.size(); ++v) lengths[v] = {cost_[v], hops_[v]};
    return lengths;
  }

private:
  std::vector<cost_t> cost_;
  std::vector<std::uint32_t> hops_;
};

template <direction D, arc_graph Graph, arc_cost Cost, arc_mask Keep>
std::vector<path_length> shortest_lengths(const Graph& graph, std::span<const start_point> starts,
                                          const Cost& cost, const Keep& keep) {
  length_labels best(graph.vertex_count());
  radix_queue queue(bucket_shift(graph, cost));
  for (const start_point& start : starts) {
    check_start(start, graph.vertex_count(), "shortest_lengths");
    if (best.improve(start.vertex, {start.cost, 0})) queue.push({start.cost, 0}, start.vertex);
  }
  // Buckets serve unsorted, so a vertex may be scanned more than once. Costs that make this happen often (an
  // adversary can choose them) are met by an exact order: from then on no vertex is scanned twice.
  std::uint64_t relaxed = 0, allowed = 3 * std::uint64_t{graph.arc_count()};
  while (!queue.empty()) {
    const auto next = queue.pop();
    if (!best.is(next.vertex, next.length())) continue; // a shorter one came first
    for_each_arc<D>(graph, keep, next.vertex, [&](index_t arc, index_t far) {
      ++relaxed;
      const path_length length = next.length() + path_length{cost(arc), 1};
      if (best.improve(far, length)) queue.push(length, far);
    });
    if (relaxed > allowed) {
      queue.refine();
      allowed = ~std::uint64_t{0};
    }
  }
  return best.together();
}

} // namespace detail

/// The length of the shortest path of kept arcs from any of `starts` to each vertex (forward), or from each
/// vertex to any of them (backward): first the integer cost, start cost included, then the number of arcs.
/// `no_path` where there is none.
///
/// Exact. O(arcs + vertices · 96) after at most three times the arcs spent in buckets; memory 16 bytes a
/// vertex plus the queue. Throws std::out_of_range for a start that is no vertex, std::invalid_argument for a
/// start cost outside [0, infinite_cost). Sums saturate at infinite_cost (probabilities below e^-262144);
/// where they do, lengths still name a path, but not always the shortest. Dijkstra 1959 over a radix heap
/// that starts as delta-stepping's buckets (radix_queue.hpp).
template <arc_graph Graph, arc_cost Cost, arc_mask Keep = every_arc>
std::vector<path_length> shortest_lengths(const Graph& graph, std::span<const start_point> starts,
                                          const Cost& cost, direction towards = direction::forward,
                                          const Keep& keep = {}) {
  return towards == direction::forward
             ? detail::shortest_lengths<direction::forward>(graph, starts, cost, keep)
             : detail::shortest_lengths<direction::backward>(graph, starts, cost, keep);
}

/// The arcs of the shortest path from `v` along backward lengths (`shortest_lengths(…, direction::backward)`,
/// same graph, cost and mask): among paths of equal length the one whose sequence of arc indices is smallest.
/// Empty where v is itself the end of the path, or where there is no path. O(out-arcs of the vertices
/// passed).
template <arc_graph Graph, arc_cost Cost, arc_mask Keep = every_arc>
std::vector<index_t> shortest_path_from(const Graph& graph, index_t v, std::span<const path_length> lengths,
                                        const Cost& cost, const Keep& keep = {}) {
  std::vector<index_t> path;
  while (lengths[v] != no_path && lengths[v].hops != 0) {
    index_t best = no_index;
    for_each_arc<direction::forward>(graph, keep, v, [&](index_t arc, index_t far) {
      const bool tight = lengths[far] != no_path && lengths[far] + path_length{cost(arc), 1} == lengths[v];
      if (tight) best = std::min(best, arc);
    });
    path.push_back(best);
    v = graph.head(best);
  }
  return path;
}

} // namespace crosscut

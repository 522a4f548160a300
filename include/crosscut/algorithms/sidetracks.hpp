#pragma once

#include <crosscut/algorithms/graph_concept.hpp>
#include <crosscut/algorithms/shortest_paths.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace crosscut {

/// The move of a path that ends at the target it has come to.
inline constexpr index_t stop_here = no_index;

/// A way to go on from a vertex, and the length of the shortest walk to a target that begins so.
struct sidetrack {
  path_length length;
  index_t move; ///< An arc; or `stop_here`; or, at the root, a source's position.

  friend bool operator<(const sidetrack& a, const sidetrack& b) noexcept {
    return a.length != b.length ? a.length < b.length : a.move < b.move;
  }
};

/// The shortest-path tree towards a set of targets, and for each vertex its moves ranked by (length, move).
/// The move of rank 0 is the tree's: following it from any vertex gives, of the shortest paths to a target,
/// the one whose arc sequence is smallest.
///
/// A vertex's moves are listed when they are first asked for and sorted only as far as they are asked for, so
/// that a hub of 10^5 arcs costs one scan, not a sort at every visit. A virtual vertex `root()` stands before
/// the sources; its moves are theirs.
template <arc_graph Graph, arc_cost Cost, arc_mask Keep> class sidetracks {
public:
  /// Sources of one vertex count as the cheapest of them. Throws as `shortest_lengths` does. Copies the
  /// functors; the graph must outlive this.
  sidetracks(const Graph& graph, Cost cost, Keep keep, std::span<const start_point> sources,
             std::span<const index_t> targets)
      : graph_(&graph),
        cost_(std::move(cost)),
        keep_(std::move(keep)),
        sources_(distinct(sources)),
        list_of_(std::size_t{graph.vertex_count()} + 1, no_index) {
    for (const start_point& s : sources_) detail::check_start(s, graph.vertex_count(), "sources");
    std::vector<start_point> ends;
    for (const index_t t : targets) ends.push_back({t, 0});
    distance_ = shortest_lengths(graph, ends, cost_, direction::backward, keep_);
  }

  index_t root() const noexcept { return static_cast<index_t>(distance_.size()); }
  /// Sources by position, ascending by vertex.
  const start_point& source(index_t position) const { return sources_[position]; }
  /// Length of the shortest path from v to a target.
  path_length distance(index_t v) const noexcept { return distance_[v]; }
  bool is_target(index_t v) const noexcept { return distance_[v] == path_length{}; }

  /// The move of the given rank at v (or at the root), or null where there are not so many. Moves from which
  /// no target can be reached are left out. The pointer stays valid. First call for v: O(out-arcs of v); then
  /// O(log) a rank.
  const sidetrack* find(index_t v, index_t rank) {
    if (list_of_[v] == no_index) make_list(v);
    move_list& list = lists_[list_of_[v]];
    if (rank >= list.moves.size()) return nullptr;
    while (list.sorted <= static_cast<std::ptrdiff_t>(rank)) {
      std::pop_heap(list.moves.begin(), list.moves.end() - list.sorted, later);
      ++list.sorted;
    }
    return &list.moves[list.moves.size() - 1 - rank];
  }

  /// The move of the shortest-path tree. \pre v reaches a target.
  index_t tree_move(index_t v) { return find(v, 0)->move; }

  std::uint64_t memory_in_use() const noexcept { return memory_; }

private:
  /// A min-heap in front, and behind it what has been popped: rank 0 is last.
  struct move_list {
    std::vector<sidetrack> moves;
    std::ptrdiff_t sorted = 0;
  };

  static bool later(const sidetrack& a, const sidetrack& b) { return b < a; }

  static std::vector<start_point> distinct(std::span<const start_point> sources) {
    std::vector<start_point> all(sources.begin(), sources.end());
    std::sort(all.begin(), all.end(), [](const start_point& a, const start_point& b) {
      return a.vertex != b.vertex ? a.vertex < b.vertex : a.cost < b.cost;
    });
    const auto same = [](const start_point& a, const start_point& b) { return a.vertex == b.vertex; };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
    return all;
  }

  void make_list(index_t v) {
    std::vector<sidetrack> moves;
    if (v == root())
      list_sources(moves);
    else
      list_arcs(v, moves);
    std::make_heap(moves.begin(), moves.end(), later);
    memory_ += moves.capacity() * sizeof(sidetrack) + sizeof(move_list);
    list_of_[v] = static_cast<index_t>(lists_.size());
    lists_.push_back({std::move(moves), 0});
  }

  void list_sources(std::vector<sidetrack>& moves) const {
    for (index_t i = 0; i < sources_.size(); ++i) {
      const path_length rest = distance_[sources_[i].vertex];
      if (rest != no_path) moves.push_back({path_length{sources_[i].cost, 0} + rest, i});
    }
  }

  void list_arcs(index_t v, std::vector<sidetrack>& moves) const {
    if (is_target(v)) moves.push_back({{}, stop_here});
    for_each_arc<direction::forward>(*graph_, keep_, v, [&](index_t arc, index_t far) {
      if (distance_[far] != no_path) moves.push_back({path_length{cost_(arc), 1} + distance_[far], arc});
    });
  }

  const Graph* graph_;
  Cost cost_;
  Keep keep_;
  std::vector<start_point> sources_;
  std::vector<path_length> distance_;
  std::vector<index_t> list_of_; // by vertex, the root last; no_index: not listed yet
  std::vector<move_list> lists_;
  std::uint64_t memory_ = 0;
};

} // namespace crosscut

#pragma once

#include <crosscut/algorithms/graph_concept.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace crosscut {

/// The shortest path from one vertex to a target that avoids given vertices, by A* (Hart, Nilsson & Raphael
/// 1968) with a lower bound of the rest that is exact where nothing is avoided: only what lies within the
/// detour's own length is looked at. Among paths of equal length, the one whose arc sequence is smallest.
///
/// Work arrays are kept between searches (24 bytes a vertex, allocated by the first) and not cleared: a stamp
/// tells this search's entries.
template <arc_graph Graph> class detour_search {
public:
  enum class outcome {
    found,   ///< `arcs` is the path, `length` its length, that of the start included.
    none,    ///< There is no path.
    beyond,  ///< No path is as short as the ceiling, none shorter than `length`.
    stopped, ///< `go_on` said no: nothing new is known.
  };
  struct result {
    outcome what;
    path_length length{};
    std::vector<index_t> arcs{};
  };

  explicit detour_search(const Graph& graph) : graph_(&graph) {}

  /// `rest(v)`: length of the shortest path from v to a target when nothing is avoided; zero at targets,
  /// `no_path` where there is none. `avoid(v)`: true where the path must not go (it is not asked for `from`).
  /// `go_on()` is called for every vertex expanded. `ceiling`: the search may end when it has shown that the
  /// path is longer.
  template <arc_cost Cost, arc_mask Keep, class Rest, class Avoid, class GoOn>
  result operator()(index_t from, path_length start, path_length ceiling, const Cost& cost, const Keep& keep,
                    const Rest& rest, const Avoid& avoid, const GoOn& go_on) {
    begin(from, start, rest(from));
    path_length found = no_path;
    std::vector<index_t> ends; // targets at length `found`
    // The search goes on through ties of the best path, so that every vertex of every best path has its exact
    // length.
    while (!open_.empty() && open_.front().bound <= found) {
      const auto [bound, v] = open_.front();
      if (bound > ceiling && found == no_path) return {outcome::beyond, bound};
      std::pop_heap(open_.begin(), open_.end(), later);
      open_.pop_back();
      if (reached_[v].length + rest(v) != bound) continue; // a shorter way came first
      if (!go_on()) return {outcome::stopped};
      if (rest(v) == path_length{}) {
        found = bound;
        ends.push_back(v);
      }
      for_each_arc<direction::forward>(*graph_, keep, v, [&](index_t arc, index_t far) {
        if (avoid(far) || rest(far) == no_path) return;
        const path_length length = reached_[v].length + path_length{cost(arc), 1};
        if (!is_reached(far) || length < reached_[far].length) reach(far, length, rest(far));
      });
    }
    if (found == no_path) return {outcome::none};
    mark_best(ends, from, cost, keep);
    return {outcome::found, found, smallest_best_path(from, ends, cost, keep)};
  }

  std::uint64_t memory_in_use() const noexcept {
    return reached_.capacity() * sizeof(label) + open_.capacity() * sizeof(open_vertex);
  }

private:
  struct label {
    path_length length;
    std::uint32_t stamp = 0; // stamp_: reached by this search; stamp_ + 1: lies on a best path
  };
  struct open_vertex {
    path_length bound;
    index_t vertex;
  };

  static bool later(const open_vertex& a, const open_vertex& b) { return a.bound > b.bound; }

  void begin(index_t from, path_length start, path_length rest) {
    if (reached_.empty() || stamp_ > ~std::uint32_t{0} - 4) {
      reached_.assign(graph_->vertex_count(), {});
      stamp_ = 0;
    }
    stamp_ += 2;
    open_.clear();
    if (rest != no_path) reach(from, start, rest);
  }

  void reach(index_t v, path_length length, path_length rest) {
    reached_[v] = {length, stamp_};
    open_.push_back({length + rest, v});
    std::push_heap(open_.begin(), open_.end(), later);
  }

  bool is_reached(index_t v) const { return reached_[v].stamp >= stamp_; }
  bool is_best(index_t v) const { return reached_[v].stamp == stamp_ + 1; }

  template <class Cost> bool is_tight(index_t arc, index_t tail, index_t head, const Cost& cost) const {
    return reached_[tail].length + path_length{cost(arc), 1} == reached_[head].length;
  }

  /// Marks the vertices from which tight arcs lead to an end, backwards from the ends.
  template <class Cost, class Keep>
  void mark_best(const std::vector<index_t>& ends, index_t from, const Cost& cost, const Keep& keep) {
    std::vector<index_t> todo = ends;
    for (const index_t v : ends) ++reached_[v].stamp;
    while (!todo.empty()) {
      const index_t v = todo.back();
      todo.pop_back();
      if (v == from) continue;
      for_each_arc<direction::backward>(*graph_, keep, v, [&](index_t arc, index_t far) {
        if (reached_[far].stamp != stamp_ || !is_tight(arc, far, v, cost)) return;
        ++reached_[far].stamp;
        todo.push_back(far);
      });
    }
  }

  template <class Cost, class Keep>
  std::vector<index_t> smallest_best_path(index_t v, const std::vector<index_t>& ends, const Cost& cost,
                                          const Keep& keep) const {
    std::vector<index_t> arcs;
    while (std::find(ends.begin(), ends.end(), v) == ends.end()) {
      index_t best = no_index;
      for_each_arc<direction::forward>(*graph_, keep, v, [&](index_t arc, index_t far) {
        if (is_best(far) && is_tight(arc, v, far, cost)) best = std::min(best, arc);
      });
      arcs.push_back(best);
      v = graph_->head(best);
    }
    return arcs;
  }

  const Graph* graph_;
  std::vector<label> reached_; // by vertex
  std::vector<open_vertex> open_;
  std::uint32_t stamp_ = 0;
};

} // namespace crosscut

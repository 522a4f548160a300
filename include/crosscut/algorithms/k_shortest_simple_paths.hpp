#pragma once

#include <crosscut/algorithms/detour_search.hpp>
#include <crosscut/algorithms/graph_concept.hpp>
#include <crosscut/algorithms/shortest_paths.hpp>
#include <crosscut/algorithms/sidetracks.hpp>
#include <crosscut/base/limits.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

namespace crosscut {

/// A path without repeated vertices. `arcs` is empty where source and target are one vertex.
struct simple_path {
  path_length length; ///< Source cost plus the arcs' costs; number of arcs.
  index_t source = no_index;
  index_t target = no_index;
  std::vector<index_t> arcs;

  friend bool operator==(const simple_path&, const simple_path&) = default;
};

/// Enumerates the simple paths from any of `sources` to any of `targets`, the shortest first, one per call of
/// `next`:
///
///     k_shortest_simple_paths paths(graph, cost, keep, sources, targets);
///     limit_watch watch(my_limits, "expansions", 1'000'000, 0);
///     while (auto path = paths.next(watch)) show(*path);
///     if (watch.hit()) say_that_there_may_be_more_beyond(paths.lower_bound());
///
/// The order is total, so the sequence is a function of the graph alone: by integer cost (source cost
/// included), then number of arcs, then source vertex, then the arc indices compared as a sequence. Parallel
/// arcs make separate paths. A path may run through other sources and other targets on its way, but never
/// twice through a vertex. A source that is a target is a path of no arcs. A source given twice counts with
/// its least cost.
///
/// How. One backward search from the targets gives each vertex its exact distance, hence a lower bound for
/// every prefix, and a tree of canonical continuations. Paths not yet returned are kept as disjoint classes
/// (Lawler 1972, Yen 1971): a prefix, and the arcs that may follow it, ranked by the bound they give. The
/// best class is looked at when it comes to the top, not before (Kurz & Mutzel 2016; Al Zoobi, Coudert &
/// Nisse 2020). If the canonical continuation avoids the prefix, it is the class's first path; else an A*
/// search that avoids the prefix finds it, or shows that the class can wait. A path is returned when no class
/// that is still open could hold one before it. Why the order is exact:
/// docs/algorithms/k-shortest-simple-paths.md.
///
/// Complexity: construction is one `shortest_lengths`. A path of h arcs opens h + 1 classes; each costs O(h)
/// plus, the first time a vertex is passed, a scan of its out-arcs; and, only where tree and prefix meet, a
/// search of the part of the graph that is within the bound. Worst case: one search for every arc that leaves
/// a returned path.
///
/// Memory: 24 bytes a vertex, as much again once a detour was searched, 24 an arc of the vertices passed, 32
/// a class.
///
/// Thread-safety: one enumerator, one thread; the graph may be shared. Graph and functors are held by
/// reference and by value respectively: the graph must outlive the enumerator.
template <arc_graph Graph, arc_cost Cost, arc_mask Keep = every_arc> class k_shortest_simple_paths {
public:
  /// Throws std::out_of_range for an end that is no vertex, std::invalid_argument for a source cost outside
  /// [0, infinite_cost).
  k_shortest_simple_paths(const Graph& graph, Cost cost, Keep keep, std::span<const start_point> sources,
                          std::span<const index_t> targets)
      : graph_(&graph),
        cost_(std::move(cost)),
        keep_(std::move(keep)),
        tracks_(graph, cost_, keep_, sources, targets),
        detour_(graph),
        on_prefix_(graph.vertex_count(), 0) {
    prefixes_.push_back({no_index, no_index, tracks_.root(), 0, {}});
    open_branch(root_prefix, 0, stop_here); // every source, that is: the root is no place to stop
  }

  k_shortest_simple_paths(const k_shortest_simple_paths&) = delete;
  k_shortest_simple_paths& operator=(const k_shortest_simple_paths&) = delete;

  /// The next path, or nothing: when there is none, or when a limit was hit, which `watch` then says. After a
  /// limit another call with a fresh watch goes on where this one stopped.
  std::optional<simple_path> next(limit_watch& watch) {
    while (!open_.empty() && (ready_.empty() || open_.front().bound <= ready_.front().length)) {
      if (!watch.step(memory_in_use())) return std::nullopt;
      if (!look_at(pop(open_, later_class), watch)) return std::nullopt;
    }
    if (ready_.empty()) return std::nullopt;
    return emit(pop(ready_, later_path));
  }

  /// No path that `next` has yet to return is shorter than this; `no_path` when all have been returned.
  path_length lower_bound() const noexcept {
    const path_length open = open_.empty() ? no_path : open_.front().bound;
    const path_length ready = ready_.empty() ? no_path : ready_.front().length;
    return std::min(open, ready);
  }

private:
  using prefix_id = std::uint32_t;
  static constexpr prefix_id root_prefix = 0;
  static constexpr index_t detour_rank = no_index;

  /// A prefix is a link to the prefix that is one move shorter. The root is the empty prefix, before any
  /// source was chosen; its moves are the sources, all other moves are arcs.
  struct prefix {
    prefix_id parent;
    index_t move;
    index_t vertex; // where it ends
    std::uint32_t depth;
    path_length length;
  };

  /// Paths not emitted. A branch: those that go on from the prefix by a move of at least this rank, other
  /// than `excluded`. A detour (of rank `detour_rank`): all that extend the prefix, the canonical one being
  /// blocked.
  struct path_class {
    path_length bound;
    prefix_id start;
    index_t rank;
    index_t excluded;

    bool is_detour() const noexcept { return rank == detour_rank; }
  };

  /// The first path of a class, and the branch that stays at the class's prefix once it is emitted.
  struct ready_path {
    path_length length;
    std::vector<index_t> moves;
    prefix_id start;
    index_t rest_rank;
    index_t rest_excluded;
  };

  static bool later_class(const path_class& a, const path_class& b) { return a.bound > b.bound; }
  static bool later_path(const ready_path& a, const ready_path& b) {
    return a.length != b.length ? a.length > b.length : a.moves > b.moves; // sources are ranked by vertex
  }

  template <class Item, class Later> static Item pop(std::vector<Item>& heap, Later later) {
    std::pop_heap(heap.begin(), heap.end(), later);
    Item item = std::move(heap.back());
    heap.pop_back();
    return item;
  }
  template <class Item, class Later> static void push(std::vector<Item>& heap, Item item, Later later) {
    heap.push_back(std::move(item));
    std::push_heap(heap.begin(), heap.end(), later);
  }

  /// Puts the branch among the open classes unless no move of that rank is left. No path that is left is
  /// shorter than the last one, even where the tree, which does not see the prefix, promises one.
  void open_branch(prefix_id start, index_t rank, index_t excluded) {
    const prefix& at = prefixes_[start];
    const sidetrack* track = tracks_.find(at.vertex, rank);
    if (track != nullptr && track->move == excluded) track = tracks_.find(at.vertex, ++rank);
    if (track == nullptr) return;
    const path_length bound = std::max(at.length + track->length, last_);
    push(open_, path_class{bound, start, rank, excluded}, later_class);
  }

  /// False: a limit was hit, and the class is open again.
  bool look_at(const path_class& c, limit_watch& watch) {
    mark_prefix(c.start);
    if (c.is_detour()) return search_detour(c, watch);
    follow_branch(c);
    return true;
  }

  /// Finds the branch's first path where the tree leads past the prefix. Moves are ranked by (length, move),
  /// so that path comes before all others of the branch, those of equal length included, and the rest can
  /// wait until it is emitted.
  void follow_branch(const path_class& c) {
    const index_t move = tracks_.find(prefixes_[c.start].vertex, c.rank)->move;
    std::vector<index_t> rest; // from the move on
    bool is_free = true;
    if (move != stop_here) {
      rest.push_back(move);
      const index_t next = head(c.start, move);
      if (is_on_prefix(next)) return open_branch(c.start, c.rank + 1, c.excluded);
      is_free = append_tree_path(next, rest);
    }
    if (is_free) return make_ready(c.bound, c.start, rest, c.rank + 1, c.excluded);
    push(open_, path_class{c.bound, extend(c.start, move), detour_rank, stop_here}, later_class);
    open_branch(c.start, c.rank + 1, c.excluded);
  }

  /// A search that is cut off at the next class's bound often suffices to send the class back behind many
  /// others. Each time it comes up again the search may go twice as far, so that all of them cost little more
  /// than the last.
  bool search_detour(const path_class& c, limit_watch& watch) {
    using outcome = typename detour_search<Graph>::outcome;
    const prefix from = prefixes_[c.start];
    const auto result = detour_(
        from.vertex, from.length,
        std::max(lower_bound(), further(from.length + tracks_.distance(from.vertex), c.bound)), cost_, keep_,
        [this](index_t v) { return tracks_.distance(v); }, [this](index_t v) { return is_on_prefix(v); },
        [&] { return watch.step(memory_in_use()); });
    if (result.what == outcome::found)
      make_ready(result.length, c.start, result.arcs, 0,
                 result.arcs.empty() ? stop_here : result.arcs.front());
    else if (result.what == outcome::beyond)
      push(open_, path_class{result.length, c.start, detour_rank, stop_here}, later_class);
    else if (result.what == outcome::stopped)
      push(open_, c, later_class);
    return result.what != outcome::stopped;
  }

  /// As far beyond `bound` as that is beyond `first`.
  static path_length further(path_length first, path_length bound) {
    if (bound.cost == first.cost) return {bound.cost, bound.hops + (bound.hops - first.hops)};
    return {add_costs(bound.cost, bound.cost - first.cost), no_path.hops};
  }

  void make_ready(path_length length, prefix_id start, const std::vector<index_t>& rest, index_t rest_rank,
                  index_t rest_excluded) {
    std::vector<index_t> moves(prefixes_[start].depth);
    moves.reserve(moves.size() + rest.size());
    for (prefix_id p = start; p != root_prefix; p = prefixes_[p].parent)
      moves[prefixes_[p].depth - 1] = prefixes_[p].move;
    moves.insert(moves.end(), rest.begin(), rest.end());
    ready_moves_ += moves.size();
    push(ready_, ready_path{length, std::move(moves), start, rest_rank, rest_excluded}, later_path);
  }

  /// Returns the path and opens the classes that share each of its prefixes and then leave it.
  simple_path emit(ready_path path) {
    ready_moves_ -= path.moves.size();
    last_ = path.length;
    prefix_id at = path.start;
    open_branch(at, path.rest_rank, path.rest_excluded);
    for (std::size_t i = prefixes_[at].depth; i < path.moves.size(); ++i) {
      at = extend(at, path.moves[i]);
      open_branch(at, 0, i + 1 < path.moves.size() ? path.moves[i + 1] : stop_here);
    }
    simple_path result{path.length, tracks_.source(path.moves.front()).vertex, prefixes_[at].vertex, {}};
    result.arcs.assign(path.moves.begin() + 1, path.moves.end());
    return result;
  }

  prefix_id extend(prefix_id start, index_t move) {
    if (prefixes_.size() >= no_index) throw std::length_error("k_shortest_simple_paths: 2^32 prefixes");
    const path_length step =
        start == root_prefix ? path_length{tracks_.source(move).cost, 0} : path_length{cost_(move), 1};
    const prefix& from = prefixes_[start];
    const prefix longer{start, move, head(start, move), from.depth + 1, from.length + step};
    prefixes_.push_back(longer);
    return static_cast<prefix_id>(prefixes_.size() - 1);
  }

  index_t head(prefix_id start, index_t move) const {
    return start == root_prefix ? tracks_.source(move).vertex : static_cast<index_t>(graph_->head(move));
  }

  void mark_prefix(prefix_id end) {
    if (++mark_ == 0) std::fill(on_prefix_.begin(), on_prefix_.end(), mark_++);
    for (; end != root_prefix; end = prefixes_[end].parent) on_prefix_[prefixes_[end].vertex] = mark_;
  }
  bool is_on_prefix(index_t v) const { return on_prefix_[v] == mark_; }

  /// Follows the tree from v to its target. False where it meets the prefix.
  bool append_tree_path(index_t v, std::vector<index_t>& moves) {
    for (index_t move = tracks_.tree_move(v); move != stop_here; move = tracks_.tree_move(v)) {
      v = graph_->head(move);
      if (is_on_prefix(v)) return false;
      moves.push_back(move);
    }
    return true;
  }

  std::uint64_t memory_in_use() const noexcept {
    return prefixes_.size() * sizeof(prefix) + open_.size() * sizeof(path_class) +
           ready_.size() * sizeof(ready_path) + ready_moves_ * sizeof(index_t) +
           on_prefix_.size() * (sizeof(std::uint32_t) + sizeof(path_length) + sizeof(index_t)) +
           tracks_.memory_in_use() + detour_.memory_in_use();
  }

  const Graph* graph_;
  Cost cost_;
  Keep keep_;
  sidetracks<Graph, Cost, Keep> tracks_;
  detour_search<Graph> detour_;
  std::vector<prefix> prefixes_;
  std::vector<path_class> open_;  // heap by bound
  std::vector<ready_path> ready_; // heap by the order of paths
  std::uint64_t ready_moves_ = 0;
  path_length last_;                     // of the path emitted last
  std::vector<std::uint32_t> on_prefix_; // by vertex: mark_ where the prefix at hand passes
  std::uint32_t mark_ = 0;
};

} // namespace crosscut

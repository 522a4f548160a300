#pragma once

#include <crosscut/base/cost.hpp>
#include <crosscut/base/index.hpp>

#include <concepts>
#include <ranges>

/// The least a graph must be so that the algorithms of this folder run on it.
///
/// A graph is directed; vertices and arcs are the dense indices 0 … count − 1. Loops, cycles and parallel
/// arcs are legal. An algorithm takes the graph, a functor `cost(arc)` and, to leave arcs out, a functor
/// `keep(arc)`: the same frozen graph serves every question, and nothing is copied to change a cost or to
/// take an arc away.
namespace crosscut {

template <class Range>
concept arc_range =
    std::ranges::input_range<Range> && std::convertible_to<std::ranges::range_reference_t<Range>, index_t>;

/// `out_arcs(v)` are the arcs whose `tail` is v, `in_arcs(v)` those whose `head` is v, each once, in any
/// order. All six calls are O(1), do not throw for indices in range, and may run on several threads at once.
///
/// An arc's index is also its rank: among paths of equal length, algorithms prefer smaller arcs. A graph
/// whose answers must not depend on how it was built therefore numbers its arcs by something the user can
/// see.
template <class Graph>
concept arc_graph = requires(const Graph& g, index_t v, index_t arc) {
  { g.vertex_count() } -> std::convertible_to<index_t>;
  { g.arc_count() } -> std::convertible_to<index_t>;
  { g.out_arcs(v) } -> arc_range;
  { g.in_arcs(v) } -> arc_range;
  { g.tail(arc) } -> std::convertible_to<index_t>;
  { g.head(arc) } -> std::convertible_to<index_t>;
};

/// Integer cost of an arc: 0 <= cost < infinite_cost. Called many times for one arc; must always say the
/// same.
template <class Cost>
concept arc_cost = std::regular_invocable<const Cost&, index_t> &&
                   std::convertible_to<std::invoke_result_t<const Cost&, index_t>, cost_t>;

/// True for the arcs that are there. Must always say the same.
template <class Keep>
concept arc_mask = std::predicate<const Keep&, index_t>;

/// The mask that leaves nothing out.
struct every_arc {
  constexpr bool operator()(index_t) const noexcept { return true; }
};

/// Along the arcs, or against them.
enum class direction { forward, backward };

/// Calls `visit(arc, far_end)` for every kept arc that leaves v in direction D.
template <direction D, arc_graph Graph, arc_mask Keep, class Visit>
constexpr void for_each_arc(const Graph& graph, const Keep& keep, index_t v, Visit&& visit) {
  if constexpr (D == direction::forward) {
    for (const index_t arc : graph.out_arcs(v))
      if (keep(arc)) visit(arc, static_cast<index_t>(graph.head(arc)));
  } else {
    for (const index_t arc : graph.in_arcs(v))
      if (keep(arc)) visit(arc, static_cast<index_t>(graph.tail(arc)));
  }
}

/// A vertex where a search begins, and what it costs to begin there (0 <= cost < infinite_cost).
struct start_point {
  index_t vertex = 0;
  cost_t cost = 0;

  friend bool operator==(const start_point&, const start_point&) = default;
};

} // namespace crosscut

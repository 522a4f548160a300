#pragma once

/// Opt-in: makes the frozen graphs models of Boost.Graph's concepts, so that any BGL algorithm runs on them.
///
/// - property_graph: VertexListGraph, EdgeListGraph, BidirectionalGraph, AdjacencyGraph. Vertices are nodes,
/// edges are edges.
/// - attack_graph: VertexListGraph, IncidenceGraph, AdjacencyGraph. Vertices are facts; a step stands as one
/// edge from each of its
///   preconditions (the OR relaxation: an algorithm that follows it sees a step as taken when any one
///   precondition holds).
///
/// Interior maps: boost::vertex_index for both, boost::edge_index for property_graph. Include this header
/// before the algorithms' own.
/// \code
/// #include <crosscut/bgl.hpp>
/// #include <boost/graph/strong_components.hpp>
/// std::vector<int> part(graph.node_count());
/// const auto parts = boost::strong_components(graph, boost::make_iterator_property_map(part.begin(),
/// get(boost::vertex_index, graph)));
/// \endcode
/// This is the only public header that needs Boost. Nothing is copied; descriptors are valid as long as the
/// graph.

#include <crosscut/attack/attack_graph.hpp>
#include <crosscut/model/property_graph.hpp>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>

#include <compare>
#include <cstddef>
#include <functional>
#include <utility>

namespace crosscut {
namespace bgl {

/// An edge of a property graph, as BGL sees it.
struct edge {
  index_t index = no_index;
  friend auto operator<=>(const edge&, const edge&) = default;
};

/// A step of an attack graph, taken from one of its preconditions.
struct step {
  index_t index = no_index, from = no_index;
  friend auto operator<=>(const step&, const step&) = default;
};

inline index_t source(edge e, const property_graph& g) { return g.source(e.index); }
inline index_t target(edge e, const property_graph& g) { return g.target(e.index); }
inline index_t source(step s, const attack_graph&) { return s.from; }
inline index_t target(step s, const attack_graph& g) { return g.conclusion(s.index); }

struct to_edge {
  edge operator()(index_t i) const noexcept { return {i}; }
};
struct to_step {
  index_t from = no_index;
  step operator()(index_t s) const noexcept { return {s, from}; }
};
struct to_edge_target {
  const property_graph* graph = nullptr;
  index_t operator()(index_t e) const noexcept { return graph->target(e); }
};
struct to_conclusion {
  const attack_graph* graph = nullptr;
  index_t operator()(index_t s) const noexcept { return graph->conclusion(s); }
};

using vertex_iterator = boost::counting_iterator<index_t>;
using edge_iterator = boost::transform_iterator<to_edge, boost::counting_iterator<index_t>>;
using in_edge_iterator = boost::transform_iterator<to_edge, const index_t*>;
using out_step_iterator = boost::transform_iterator<to_step, const index_t*>;
using neighbour_iterator = boost::transform_iterator<to_edge_target, boost::counting_iterator<index_t>>;
using conclusion_iterator = boost::transform_iterator<to_conclusion, const index_t*>;

struct property_graph_category : boost::bidirectional_graph_tag,
                                 boost::vertex_list_graph_tag,
                                 boost::edge_list_graph_tag,
                                 boost::adjacency_graph_tag {};
struct attack_graph_category : boost::incidence_graph_tag,
                               boost::vertex_list_graph_tag,
                               boost::adjacency_graph_tag {};

template <class Graph, class Edge, class Category> struct traits {
  using vertex_descriptor = index_t;
  using edge_descriptor = Edge;
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = Category;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  static constexpr index_t null_vertex() noexcept { return no_index; }
};

/// Edge -> its number.
struct edge_index_map {
  using value_type = std::size_t;
  using reference = std::size_t;
  using key_type = edge;
  using category = boost::readable_property_map_tag;
  friend std::size_t get(const edge_index_map&, const edge& e) noexcept { return e.index; }
  std::size_t operator[](const edge& e) const noexcept { return e.index; }
};

} // namespace bgl
} // namespace crosscut

namespace boost {

template <>
struct graph_traits<crosscut::property_graph>
    : crosscut::bgl::traits<crosscut::property_graph, crosscut::bgl::edge,
                            crosscut::bgl::property_graph_category> {
  using vertex_iterator = crosscut::bgl::vertex_iterator;
  using edge_iterator = crosscut::bgl::edge_iterator;
  using out_edge_iterator = crosscut::bgl::edge_iterator;
  using in_edge_iterator = crosscut::bgl::in_edge_iterator;
  using adjacency_iterator = crosscut::bgl::neighbour_iterator;
};
template <>
struct graph_traits<crosscut::attack_graph>
    : crosscut::bgl::traits<crosscut::attack_graph, crosscut::bgl::step,
                            crosscut::bgl::attack_graph_category> {
  using vertex_iterator = crosscut::bgl::vertex_iterator;
  using out_edge_iterator = crosscut::bgl::out_step_iterator;
  using adjacency_iterator = crosscut::bgl::conclusion_iterator;
  using edge_iterator = void;
  using in_edge_iterator = void;
};
template <> struct graph_traits<const crosscut::property_graph> : graph_traits<crosscut::property_graph> {};
template <> struct graph_traits<const crosscut::attack_graph> : graph_traits<crosscut::attack_graph> {};

template <> struct property_map<crosscut::property_graph, vertex_index_t> {
  using type = typed_identity_property_map<crosscut::index_t>;
  using const_type = type;
};
template <> struct property_map<crosscut::property_graph, edge_index_t> {
  using type = crosscut::bgl::edge_index_map;
  using const_type = type;
};
template <> struct property_map<crosscut::attack_graph, vertex_index_t> {
  using type = typed_identity_property_map<crosscut::index_t>;
  using const_type = type;
};

} // namespace boost

namespace crosscut {

// Found by argument-dependent look-up, with the meanings that BGL's documentation gives them.

inline auto vertices(const property_graph& g) {
  return std::pair{bgl::vertex_iterator(0), bgl::vertex_iterator(g.node_count())};
}
inline std::size_t num_vertices(const property_graph& g) { return g.node_count(); }
inline std::size_t num_edges(const property_graph& g) { return g.edge_count(); }
inline auto edges(const property_graph& g) {
  using counter = boost::counting_iterator<index_t>;
  return std::pair{bgl::edge_iterator(counter(0)), bgl::edge_iterator(counter(g.edge_count()))};
}
inline auto out_edges(index_t v, const property_graph& g) {
  using counter = boost::counting_iterator<index_t>;
  const auto range = g.out_edges(v);
  return std::pair{bgl::edge_iterator(counter(*range.begin())), bgl::edge_iterator(counter(*range.end()))};
}
inline std::size_t out_degree(index_t v, const property_graph& g) { return g.out_edges(v).size(); }
inline auto in_edges(index_t v, const property_graph& g) {
  const auto list = g.in_edges(v);
  return std::pair{bgl::in_edge_iterator(list.data()), bgl::in_edge_iterator(list.data() + list.size())};
}
inline std::size_t in_degree(index_t v, const property_graph& g) { return g.in_edges(v).size(); }
inline std::size_t degree(index_t v, const property_graph& g) { return in_degree(v, g) + out_degree(v, g); }
inline auto adjacent_vertices(index_t v, const property_graph& g) {
  using counter = boost::counting_iterator<index_t>;
  const auto range = g.out_edges(v);
  return std::pair{bgl::neighbour_iterator(counter(*range.begin()), {&g}),
                   bgl::neighbour_iterator(counter(*range.end()), {&g})};
}
inline boost::typed_identity_property_map<index_t> get(boost::vertex_index_t, const property_graph&) {
  return {};
}
inline index_t get(boost::vertex_index_t, const property_graph&, index_t v) { return v; }
inline bgl::edge_index_map get(boost::edge_index_t, const property_graph&) { return {}; }
inline std::size_t get(boost::edge_index_t, const property_graph&, bgl::edge e) { return e.index; }

inline auto vertices(const attack_graph& g) {
  return std::pair{bgl::vertex_iterator(0), bgl::vertex_iterator(g.fact_count())};
}
inline std::size_t num_vertices(const attack_graph& g) { return g.fact_count(); }
inline auto out_edges(index_t f, const attack_graph& g) {
  const auto list = g.steps_from(f);
  return std::pair{bgl::out_step_iterator(list.data(), {f}),
                   bgl::out_step_iterator(list.data() + list.size(), {f})};
}
inline std::size_t out_degree(index_t f, const attack_graph& g) { return g.steps_from(f).size(); }
inline auto adjacent_vertices(index_t f, const attack_graph& g) {
  const auto list = g.steps_from(f);
  return std::pair{bgl::conclusion_iterator(list.data(), {&g}),
                   bgl::conclusion_iterator(list.data() + list.size(), {&g})};
}
inline boost::typed_identity_property_map<index_t> get(boost::vertex_index_t, const attack_graph&) {
  return {};
}
inline index_t get(boost::vertex_index_t, const attack_graph&, index_t f) { return f; }

} // namespace crosscut

template <> struct std::hash<crosscut::bgl::edge> {
  std::size_t operator()(const crosscut::bgl::edge& e) const noexcept { return e.index; }
};
template <> struct std::hash<crosscut::bgl::step> {
  std::size_t operator()(const crosscut::bgl::step& s) const noexcept {
    return std::size_t{s.index} << 32 | s.from;
  }
};

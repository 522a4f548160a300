// Boost.Graph's own concept checks, and algorithms of four kinds, on the frozen graphs.
#include <crosscut/algorithms/shortest_paths.hpp>
#include <crosscut/bgl.hpp>
#include <crosscut/model/inventory_builder.hpp>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <doctest/doctest.h>

#include <array>
#include <random>
#include <string>

using namespace crosscut;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<property_graph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<property_graph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<property_graph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<property_graph>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<attack_graph>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<attack_graph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<attack_graph>));

namespace {

struct edge_text {
  const char *from, *to;
  double probability;
};

property_graph make_graph(std::initializer_list<const char*> nodes, std::initializer_list<edge_text> edges) {
  inventory_builder builder;
  for (const auto* id : nodes) builder.add_node(id, {}, {});
  for (const auto& e : edges) {
    const std::array properties{property_view{"probability", e.probability}};
    builder.add_edge("Feeds", e.from, e.to, properties);
  }
  diagnostics messages;
  auto graph = std::move(builder).freeze(messages);
  REQUIRE(graph);
  return std::move(*graph);
}

std::shared_ptr<const catalogue> every_edge() {
  catalogue c;
  c.name = "test";
  c.states = {"controlled"};
  technique t;
  t.id = "edge";
  t.edge = "*";
  t.from = {{anchor::source, "controlled", {}}};
  t.to = {anchor::target, "controlled", {}};
  t.probability.property = "probability";
  c.techniques = {t};
  return std::make_shared<const catalogue>(std::move(c));
}

} // namespace

//     a -> b <-> c      d -> a
TEST_CASE("strong components, breadth-first search and topological order of an inventory") {
  const auto g =
      make_graph({"a", "b", "c", "d"}, {{"a", "b", 1}, {"b", "c", 1}, {"c", "b", 1}, {"d", "a", 1}});
  std::vector<int> part(g.node_count());
  CHECK(boost::strong_components(
            g, boost::make_iterator_property_map(part.begin(), get(boost::vertex_index, g))) == 3);
  CHECK(part[1] == part[2]);
  CHECK(part[0] != part[1]);

  std::vector<int> distance(g.node_count(), -1);
  const auto distances = boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, g));
  distance[3] = 0;
  boost::breadth_first_search(
      g, index_t{3},
      boost::visitor(boost::make_bfs_visitor(boost::record_distances(distances, boost::on_tree_edge()))));
  CHECK(distance == std::vector{1, 2, 3, 0});

  const auto dag = make_graph({"a", "b", "c"}, {{"c", "a", 1}, {"a", "b", 1}});
  std::vector<index_t> order;
  boost::topological_sort(dag, std::back_inserter(order));
  CHECK(order == std::vector<index_t>{1, 0, 2}); // reverse: b, a, c
}

TEST_CASE("BGL's Dijkstra on an attack graph gives the best path costs") {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> probability(0.05, 1);
  inventory_builder builder;
  std::vector<std::string> ids;
  for (int i = 0; i < 300; ++i) ids.push_back("n" + std::to_string(1000 + i));
  for (const auto& id : ids) builder.add_node(id, {}, {});
  for (int i = 0; i < 1500; ++i) {
    const std::string key = std::to_string(i);
    const std::array properties{property_view{"probability", probability(random)},
                                property_view{"key", std::string_view(key)}};
    builder.add_edge("Feeds", ids[random() % 300], ids[random() % 300], properties);
  }
  diagnostics messages;
  const auto inventory =
      std::make_shared<const property_graph>(std::move(*std::move(builder).freeze(messages)));
  const auto graph = compile(inventory, every_edge(), {}, messages);
  REQUIRE(graph);
  REQUIRE(graph->step_count() > 1400);

  std::vector<cost_t> distance(graph->fact_count());
  const auto weight =
      boost::make_function_property_map<bgl::step>([&](const bgl::step& s) { return graph->cost(s.index); });
  boost::dijkstra_shortest_paths(
      *graph, index_t{0},
      boost::weight_map(weight)
          .distance_map(boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, *graph)))
          .distance_inf(infinite_cost));
  const std::array sources{start_point{0, 0}};
  const auto ours = shortest_lengths(*graph, sources, [&](index_t s) { return graph->cost(s); });
  for (index_t f = 0; f < graph->fact_count(); ++f) CHECK(distance[f] == ours[f].cost);
}

#include "brute_force.hpp"

#include <crosscut/algorithms/shortest_paths.hpp>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <doctest/doctest.h>

#include <limits>
#include <stdexcept>
#include <vector>

using namespace crosscut;

namespace {

struct weight {
  cost_t cost;
};
using boost_graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, weight>;

std::vector<cost_t> boost_costs(const brute_force::instance& question, index_t source) {
  std::vector<std::pair<index_t, index_t>> ends;
  std::vector<weight> weights;
  for (index_t arc = 0; arc < question.graph.arc_count(); ++arc) {
    if (!question.kept[arc]) continue;
    ends.emplace_back(question.graph.tail(arc), question.graph.head(arc));
    weights.push_back({question.costs[arc]});
  }
  const boost_graph g(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), weights.begin(),
                      question.graph.vertex_count());
  std::vector<cost_t> cost(question.graph.vertex_count());
  const auto index = get(boost::vertex_index, g);
  boost::dijkstra_shortest_paths(g, source,
                                 boost::weight_map(get(&weight::cost, g))
                                     .distance_map(make_iterator_property_map(cost.begin(), index))
                                     .distance_inf(infinite_cost));
  return cost;
}

} // namespace

TEST_CASE("lengths count hops where costs tie") {
  //  0 -0-> 1 -0-> 2 ; 0 -0-> 2 : two ways of cost 0, the shorter counts
  const static_graph g(4, std::vector<arc_ends>{{0, 1}, {1, 2}, {0, 2}});
  const auto free = [](index_t) { return cost_t{0}; };
  const auto lengths = shortest_lengths(g, std::vector<start_point>{{0, 5}}, free);
  CHECK(lengths == std::vector<path_length>{{5, 0}, {5, 1}, {5, 1}, no_path});
}

TEST_CASE("costs agree with Boost.Graph on random graphs of 1,000 vertices") {
  brute_force::dice d(20);
  for (const index_t range : {index_t{2}, index_t{100}, index_t{2'000'000'000}}) {
    for (const index_t arcs : {index_t{1'500}, index_t{8'000}}) {
      auto question = brute_force::random_instance(d, 1'000, arcs, range);
      for (cost_t& cost : question.costs) cost *= range; // up to 2^62 / 1000, so that nothing saturates
      for (auto& cost : question.costs) cost /= 1'000;
      const index_t source = question.sources[0].vertex;
      const auto expected = boost_costs(question, source);
      const auto lengths = shortest_lengths(question.graph, std::vector<start_point>{{source, 0}},
                                            question.cost(), direction::forward, question.keep());
      for (index_t v = 0; v < 1'000; ++v) REQUIRE(lengths[v].cost == expected[v]);
    }
  }
}

TEST_CASE("lengths agree with relaxation, both ways, from several starts") {
  brute_force::dice d(21);
  for (int round = 0; round < 2'000; ++round) {
    const index_t range = round % 3 == 0 ? 1 : round % 3 == 1 ? 4 : 1'000'000;
    const auto question = brute_force::random_instance(d, 1 + d.below(30), d.below(120), range);
    for (const direction towards : {direction::forward, direction::backward}) {
      const auto expected = brute_force::lengths(question, question.sources, towards);
      const auto found =
          shortest_lengths(question.graph, question.sources, question.cost(), towards, question.keep());
      INFO(brute_force::describe(question));
      REQUIRE(found == expected);
    }
  }
}

TEST_CASE("costs that make buckets correct labels again and again are still exact") {
  // Each rung's dear short cut is found first and corrected later, so that labels behind it change 2^rungs
  // times in a queue without order; the huge cost of the last arc makes buckets wide.
  constexpr index_t rungs = 30;
  std::vector<arc_ends> ends;
  std::vector<cost_t> by_given;
  for (index_t i = 0; i < rungs; ++i) {
    ends.insert(ends.end(), {{2 * i, 2 * i + 2}, {2 * i, 2 * i + 1}, {2 * i + 1, 2 * i + 2}});
    by_given.insert(by_given.end(), {(cost_t{1} << (rungs - i)) + 2, 1, 0});
  }
  ends.push_back({2 * rungs, 2 * rungs + 1});
  by_given.push_back(cost_t{1} << 50);
  const static_graph g(2 * rungs + 2, ends);
  std::vector<cost_t> costs;
  for (index_t arc = 0; arc < g.arc_count(); ++arc) costs.push_back(by_given[g.given(arc)]);

  std::uint64_t calls = 0;
  const auto counting = [&](index_t arc) { return ++calls, costs[arc]; };
  const auto lengths = shortest_lengths(g, std::vector<start_point>{{0, 0}}, counting);
  CHECK(lengths[2 * rungs] == path_length{rungs, 2 * rungs});
  CHECK(calls < 20 * std::uint64_t{g.arc_count()});
}

TEST_CASE("the path along backward lengths is the smallest of the shortest") {
  brute_force::dice d(22);
  for (int round = 0; round < 2'000; ++round) {
    auto question = brute_force::random_instance(d, 2 + d.below(6), d.below(16), 1 + d.below(3));
    question.sources.resize(1);
    question.sources[0].cost = 0;
    std::vector<start_point> ends;
    for (const index_t t : question.targets) ends.push_back({t, 0});
    const auto lengths =
        shortest_lengths(question.graph, ends, question.cost(), direction::backward, question.keep());
    const auto paths = brute_force::all_simple_paths(question);
    const index_t source = question.sources[0].vertex;
    REQUIRE((lengths[source] == no_path) == paths.empty());
    const auto arcs = shortest_path_from(question.graph, source, lengths, question.cost(), question.keep());
    if (!paths.empty()) REQUIRE(arcs == paths[0].arcs);
  }
}

TEST_CASE("bad starts are refused") {
  const static_graph g(2, std::vector<arc_ends>{{0, 1}});
  const auto free = [](index_t) { return cost_t{0}; };
  CHECK_THROWS_AS(shortest_lengths(g, std::vector<start_point>{{2, 0}}, free), std::out_of_range);
  CHECK_THROWS_AS(shortest_lengths(g, std::vector<start_point>{{0, -1}}, free), std::invalid_argument);
  CHECK_THROWS_AS(shortest_lengths(g, std::vector<start_point>{{0, infinite_cost}}, free),
                  std::invalid_argument);
}

TEST_CASE("a path too improbable for a double is still a path") {
  constexpr index_t length = 1'000;
  std::vector<arc_ends> ends;
  for (index_t i = 0; i < length; ++i) ends.push_back({i, i + 1});
  const static_graph g(length + 1, ends);
  const auto dear = [](index_t) { return cost_of(std::numeric_limits<double>::denorm_min()); };
  const auto lengths = shortest_lengths(g, std::vector<start_point>{{0, 0}}, dear);
  CHECK(lengths[length] == path_length{infinite_cost, length});
}

#include <crosscut/algorithms/csr_graph.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

using namespace crosscut;

TEST_CASE("arcs are numbered by head, then in the order given") {
  //   0 --> 1 --> 2      given: 1->2, 0->1, 0->2, 0->1 (parallel), 2->2 (loop)
  //    \_________/
  const std::vector<arc_ends> given{{1, 2}, {0, 1}, {0, 2}, {0, 1}, {2, 2}};
  const static_graph g(3, given);

  REQUIRE(g.vertex_count() == 3);
  REQUIRE(g.arc_count() == 5);
  std::vector<index_t> order;
  for (index_t arc = 0; arc < g.arc_count(); ++arc) order.push_back(g.given(arc));
  CHECK(order == std::vector<index_t>{1, 3, 0, 2, 4});
  for (index_t arc = 0; arc < g.arc_count(); ++arc) {
    CHECK(g.tail(arc) == given[g.given(arc)].tail);
    CHECK(g.head(arc) == given[g.given(arc)].head);
  }
}

TEST_CASE("rows hold each arc once, at its tail and at its head") {
  const static_graph g(4, std::vector<arc_ends>{{3, 0}, {0, 3}, {3, 1}, {3, 1}, {1, 1}});
  std::vector<int> seen_out(g.arc_count()), seen_in(g.arc_count());
  for (index_t v = 0; v < g.vertex_count(); ++v) {
    for (const index_t arc : g.out_arcs(v)) {
      CHECK(g.tail(arc) == v);
      ++seen_out[arc];
    }
    for (const index_t arc : g.in_arcs(v)) {
      CHECK(g.head(arc) == v);
      ++seen_in[arc];
    }
    CHECK(std::is_sorted(g.out_arcs(v).begin(), g.out_arcs(v).end()));
  }
  CHECK(seen_out == std::vector<int>(5, 1));
  CHECK(seen_in == std::vector<int>(5, 1));
}

TEST_CASE("an empty graph, and ends that are no vertices") {
  CHECK(static_graph().vertex_count() == 0);
  CHECK(static_graph(7, {}).out_arcs(6).empty());
  CHECK_THROWS_AS(static_graph(2, std::vector<arc_ends>{{0, 2}}), std::out_of_range);
  CHECK_THROWS_AS(static_graph(2, std::vector<arc_ends>{{2, 0}}), std::out_of_range);
}

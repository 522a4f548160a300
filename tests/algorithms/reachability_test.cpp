#include "brute_force.hpp"

#include <crosscut/algorithms/reachability.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace crosscut;

namespace {

std::vector<index_t> members(const bit_set& set) {
  std::vector<index_t> all;
  set.for_each([&](index_t i) { all.push_back(i); });
  return all;
}

} // namespace

TEST_CASE("a bit set counts, lists and combines its members") {
  bit_set a(130), b(130);
  CHECK(a.empty());
  CHECK(a.insert(0));
  CHECK(a.insert(64));
  CHECK(a.insert(129));
  CHECK_FALSE(a.insert(129));
  b.insert(64), b.insert(7);
  CHECK(members(a) == std::vector<index_t>{0, 64, 129});
  bit_set both = a;
  both &= b;
  CHECK(members(both) == std::vector<index_t>{64});
  bit_set either = a;
  either |= b;
  CHECK(either.count() == 4);
  either.erase(0);
  CHECK(members(either) == std::vector<index_t>{7, 64, 129});
  CHECK(a != b);
}

TEST_CASE("reachability stops at masked arcs and at the graph's end") {
  //  0 -> 1 -> 2 -> 0    3 -> 2    4
  const static_graph g(5, std::vector<arc_ends>{{0, 1}, {1, 2}, {2, 0}, {3, 2}});
  CHECK(members(reachable(g, std::vector<index_t>{1})) == std::vector<index_t>{0, 1, 2});
  CHECK(members(reachable(g, std::vector<index_t>{0}, direction::backward)) ==
        std::vector<index_t>{0, 1, 2, 3});
  const auto cut = [&](index_t arc) { return g.given(arc) != 1; };
  CHECK(members(reachable(g, std::vector<index_t>{0, 4}, direction::forward, cut)) ==
        std::vector<index_t>{0, 1, 4});
  CHECK(reachable(g, {}).empty());
  CHECK(members(between(g, std::vector<index_t>{3}, std::vector<index_t>{1})) ==
        std::vector<index_t>{0, 1, 2, 3});
  CHECK_THROWS_AS(reachable(g, std::vector<index_t>{5}), std::out_of_range);
}

TEST_CASE("reachability agrees with shortest lengths by relaxation") {
  brute_force::dice d(11);
  for (int round = 0; round < 500; ++round) {
    const auto question = brute_force::random_instance(d, 2 + d.below(12), d.below(30), 3);
    for (const direction towards : {direction::forward, direction::backward}) {
      const auto lengths = brute_force::lengths(question, question.sources, towards);
      std::vector<index_t> starts;
      for (const auto& s : question.sources) starts.push_back(s.vertex);
      const bit_set reached = reachable(question.graph, starts, towards, question.keep());
      for (index_t v = 0; v < question.graph.vertex_count(); ++v)
        REQUIRE(reached.contains(v) == (lengths[v] != no_path));
    }
  }
}

#include "brute_force.hpp"

#include <crosscut/algorithms/k_shortest_simple_paths.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <stop_token>
#include <vector>

using namespace crosscut;
using brute_force::describe;
using brute_force::dice;
using brute_force::instance;

namespace {

limit_watch watch_without_limits() {
  static const limits none;
  return {none, "expansions", 0, 0};
}

/// Everything the enumerator returns; its lower bound is checked on the way.
std::vector<simple_path> enumerate(const instance& question) {
  k_shortest_simple_paths paths(question.graph, question.cost(), question.keep(), question.sources,
                                question.targets);
  limit_watch watch = watch_without_limits();
  std::vector<simple_path> all;
  path_length bound = paths.lower_bound();
  while (auto path = paths.next(watch)) {
    REQUIRE(bound <= path->length);
    REQUIRE(path->length <= paths.lower_bound());
    bound = paths.lower_bound();
    all.push_back(std::move(*path));
  }
  REQUIRE_FALSE(watch.hit());
  REQUIRE(paths.lower_bound() == no_path);
  REQUIRE_FALSE(paths.next(watch));
  return all;
}

void check(const instance& question) {
  const auto expected = brute_force::all_simple_paths(question);
  const auto found = enumerate(question);
  if (found == expected) return; // keeps the message, which is costly, out of a million passes
  FAIL(describe(question), "expected ", expected.size(), " paths, found ", found.size());
}

/// Costs by a rule, every arc kept.
template <class Rule> instance make(index_t vertices, const std::vector<arc_ends>& ends, Rule rule) {
  instance question;
  question.graph = static_graph(vertices, ends);
  for (index_t arc = 0; arc < question.graph.arc_count(); ++arc) question.costs.push_back(rule(arc));
  question.kept.assign(ends.size(), true);
  return question;
}

void check_ends(instance& question, std::vector<start_point> sources, std::vector<index_t> targets) {
  question.sources = std::move(sources);
  question.targets = std::move(targets);
  check(question);
}

/// The questions asked of every small graph: one pair, several sources with costs, several targets,
/// overlapping ends.
void check_questions(instance& question) {
  const index_t last = question.graph.vertex_count() - 1;
  check_ends(question, {{0, 0}}, {last});
  check_ends(question, {{0, 1}, {last, 0}}, {last / 2});
  check_ends(question, {{0, 0}}, {last, last / 2});
  check_ends(question, {{last, 0}, {0, 0}, {0, 2}}, {0, last});
}

template <class Visit> void for_each_cost_pattern(Visit&& visit) {
  visit([](index_t) { return cost_t{0}; });                         // p = 1 everywhere
  visit([](index_t) { return cost_t{1}; });                         // all alike
  visit([](index_t arc) { return static_cast<cost_t>(arc % 3); });  // zeros, ones and twos
  visit([](index_t arc) { return cost_t{1} << ((5 * arc) % 13); }); // all sums distinct
}

} // namespace

TEST_CASE("every digraph on up to four vertices") {
  for (index_t n = 1; n <= 4; ++n) {
    std::vector<arc_ends> pairs;
    for (index_t u = 0; u < n; ++u)
      for (index_t v = 0; v < n; ++v)
        if (u != v) pairs.push_back({u, v});
    for (std::uint32_t chosen = 0; chosen < (1u << pairs.size()); ++chosen) {
      std::vector<arc_ends> ends;
      for (std::size_t i = 0; i < pairs.size(); ++i)
        if ((chosen >> i) & 1) ends.push_back(pairs[i]);
      for_each_cost_pattern([&](auto rule) {
        instance question = make(n, ends, rule);
        check_questions(question);
      });
    }
  }
}

TEST_CASE("every multigraph on three vertices with up to two parallel arcs and loops") {
  std::vector<arc_ends> pairs;
  for (index_t u = 0; u < 3; ++u)
    for (index_t v = 0; v < 3; ++v)
      if (u != v) pairs.push_back({u, v});
  for (int chosen = 0; chosen < 729; ++chosen) {
    std::vector<arc_ends> ends{{1, 1}};
    int digits = chosen;
    for (const arc_ends& pair : pairs) {
      ends.insert(ends.end(), static_cast<std::size_t>(digits % 3), pair);
      digits /= 3;
    }
    for_each_cost_pattern([&](auto rule) {
      instance question = make(3, ends, rule);
      check_questions(question);
    });
  }
}

TEST_CASE("random graphs of five to nine vertices") {
  dice d(30);
  for (int round = 0; round < 6'000; ++round) {
    const index_t vertices = 5 + d.below(5);
    const index_t range = round % 4 == 0 ? 1 : round % 4 == 1 ? 2 : round % 4 == 2 ? 10 : 1'000'000;
    check(brute_force::random_instance(d, vertices, vertices + d.below(2 * vertices), range));
  }
}

namespace {

/// Lattice of side x side vertices, arcs both ways between neighbours: nearly every deviation runs into its
/// own prefix.
instance lattice(dice& d, index_t side, index_t cost_range) {
  std::vector<arc_ends> ends;
  for (index_t v = 0; v < side * side; ++v) {
    if (v % side + 1 < side) ends.insert(ends.end(), {{v, v + 1}, {v + 1, v}});
    if (v + side < side * side) ends.insert(ends.end(), {{v, v + side}, {v + side, v}});
  }
  instance question =
      make(side * side, ends, [&](index_t) { return static_cast<cost_t>(d.below(cost_range)); });
  question.sources = {{0, 0}, {side - 1, d.below(cost_range)}};
  question.targets = {side * side - 1, side * side / 2};
  return question;
}

void check_first(const instance& question, std::size_t count) {
  const auto expected = brute_force::first_simple_paths(question, count);
  k_shortest_simple_paths paths(question.graph, question.cost(), question.keep(), question.sources,
                                question.targets);
  limit_watch watch = watch_without_limits();
  for (const simple_path& path : expected) {
    const auto found = paths.next(watch);
    if (found != path) FAIL(describe(question));
  }
  if (expected.size() < count) REQUIRE_FALSE(paths.next(watch));
}

} // namespace

TEST_CASE("the first paths of graphs too large to list all") {
  dice d(32);
  for (int round = 0; round < 40; ++round) {
    check_first(lattice(d, 6, round % 2 == 0 ? 1'000 : 4), 100);
    check_first(brute_force::random_instance(d, 60, 150, round % 2 == 0 ? 100'000 : 2), 200);
  }
}

TEST_CASE("the tie at hub and prefix: order is by source, then arcs, not by discovery") {
  //        0 ---> 2 ---> 4     all costs 0. The tree from 0 and from 1 runs through 2, whose tree path is
  //        free; 1 ---> 3 ---> 4     the ways through 3 tie with them.
  instance question =
      make(5, {{0, 2}, {1, 3}, {2, 4}, {3, 4}, {0, 3}, {1, 2}, {2, 4}}, [](index_t) { return cost_t{0}; });
  check_ends(question, {{1, 0}, {0, 0}}, {4});
  const auto paths = enumerate(question);
  REQUIRE(paths.size() == 6);
  CHECK(paths.front().source == 0);
  CHECK(paths.back().source == 1);
}

TEST_CASE("a path may pass through a target and through another source") {
  //  0 -> 1 -> 2 -> 3 with sources 0, 1 and targets 2, 3
  instance question = make(4, {{0, 1}, {1, 2}, {2, 3}}, [](index_t) { return cost_t{1}; });
  question.sources = {{0, 0}, {1, 10}};
  question.targets = {2, 3};
  const auto paths = enumerate(question);
  REQUIRE(paths.size() == 4);
  CHECK(paths[0] == simple_path{{2, 2}, 0, 2, {0, 1}});
  CHECK(paths[1] == simple_path{{3, 3}, 0, 3, {0, 1, 2}});
  CHECK(paths[2] == simple_path{{11, 1}, 1, 2, {1}});
  CHECK(paths[3] == simple_path{{12, 2}, 1, 3, {1, 2}});
}

TEST_CASE("no source, no target, no path") {
  instance question = make(3, {{0, 1}}, [](index_t) { return cost_t{1}; });
  question.targets = {1};
  CHECK(enumerate(question).empty());
  question.sources = {{0, 0}};
  question.targets = {};
  CHECK(enumerate(question).empty());
  question.targets = {2};
  CHECK(enumerate(question).empty());
}

TEST_CASE("bad ends are refused") {
  const instance question = make(2, {{0, 1}}, [](index_t) { return cost_t{1}; });
  const auto enumerator = [&](std::vector<start_point> sources, std::vector<index_t> targets) {
    k_shortest_simple_paths(question.graph, question.cost(), every_arc{}, sources, targets);
  };
  CHECK_NOTHROW(enumerator({{0, 0}}, {1}));
  CHECK_THROWS_AS(enumerator({{2, 0}}, {1}), std::out_of_range);
  CHECK_THROWS_AS(enumerator({{0, -1}}, {1}), std::invalid_argument);
  CHECK_THROWS_AS(enumerator({{0, 0}}, {2}), std::out_of_range);
}

TEST_CASE("a limit stops the search at any point, and a fresh watch resumes it") {
  dice d(31);
  for (int round = 0; round < 300; ++round) {
    const auto question = brute_force::random_instance(d, 7, 20, 3);
    const auto expected = brute_force::all_simple_paths(question);
    k_shortest_simple_paths paths(question.graph, question.cost(), question.keep(), question.sources,
                                  question.targets);
    limits few;
    few.max_expansions = 1;
    std::vector<simple_path> found;
    for (std::uint64_t stops = 0; stops < 100'000;) {
      limit_watch watch(few, "expansions", 0, 0);
      const path_length bound = paths.lower_bound();
      if (auto path = paths.next(watch)) {
        REQUIRE(bound <= path->length);
        found.push_back(*path);
      } else if (watch.hit()) {
        REQUIRE(watch.hit()->name == "expansions");
        few.max_expansions = 1 + ++stops % 40; // a detour needs more than one expansion in one call
      } else
        break;
    }
    REQUIRE(found == expected);
  }
}

TEST_CASE("stop token, timeout and memory are heeded") {
  // A complete digraph of 40 vertices has more simple paths than anyone can list.
  std::vector<arc_ends> ends;
  for (index_t u = 0; u < 40; ++u)
    for (index_t v = 0; v < 40; ++v)
      if (u != v) ends.push_back({u, v});
  instance question = make(40, ends, [](index_t arc) { return static_cast<cost_t>(arc % 7); });
  question.sources = {{0, 0}};
  question.targets = {39};
  const auto run_until_stopped = [&](const limits& l) {
    k_shortest_simple_paths paths(question.graph, question.cost(), question.keep(), question.sources,
                                  question.targets);
    limit_watch watch(l, "expansions", 0, 0);
    while (paths.next(watch)) {
    }
    REQUIRE(paths.lower_bound() != no_path);
    return watch.hit().value().name;
  };
  std::stop_source source;
  source.request_stop();
  limits l;
  l.stop = source.get_token();
  CHECK(run_until_stopped(l) == "interrupted");
  l = {};
  l.timeout = std::chrono::milliseconds(20);
  CHECK(run_until_stopped(l) == "timeout");
  l = {};
  l.max_memory = 1'000'000;
  CHECK(run_until_stopped(l) == "memory");
}

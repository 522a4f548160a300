#include "oracle/and_or_graph.hpp"
#include "oracle/proofs.hpp"

#include <crosscut/algorithms/csr_graph.hpp>
#include <crosscut/algorithms/proof_search.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace crosscut;
using oracle::and_or_graph;
using oracle::describe;
using oracle::dice;

namespace {

auto cost_of(const and_or_graph& g) {
  return [&g](index_t s) { return g.cost(s); };
}

limit_watch watch_without_limits() {
  static const limits none;
  return {none, "expansions", 0, 0};
}

/// Everything the search returns; its lower bound is checked on the way.
std::vector<proof> enumerate(const and_or_graph& g) {
  proof_search proofs(g, cost_of(g), every_arc{}, g.entries, g.targets);
  limit_watch watch = watch_without_limits();
  std::vector<proof> all;
  path_length bound = proofs.lower_bound();
  while (auto p = proofs.next(watch)) {
    if (bound > p->length || p->length > proofs.lower_bound()) FAIL(describe(g), "a lower bound is none");
    bound = proofs.lower_bound();
    all.push_back(std::move(*p));
  }
  REQUIRE_FALSE(watch.hit());
  REQUIRE(proofs.lower_bound() == no_path);
  return all;
}

std::string describe(const std::vector<proof>& proofs) {
  std::string text;
  for (const proof& p : proofs) {
    text += "\n  " + std::to_string(p.length.cost) + '/' + std::to_string(p.length.hops) + " target " +
            std::to_string(p.target) + " entries";
    for (const index_t e : p.entries) text += ' ' + std::to_string(e);
    text += " steps";
    for (const index_t s : p.steps) text += ' ' + std::to_string(s);
  }
  return text;
}

/// How many proofs there were.
std::size_t check(const and_or_graph& g) {
  const auto expected = oracle::all_proofs(g);
  const auto found = enumerate(g);
  if (found != expected) // keeps the message, which is costly, out of the passes
    FAIL(describe(g), "\nexpected", describe(expected), "\nfound", describe(found));
  return expected.size();
}

std::vector<index_t> draw_preconditions(dice& d, index_t facts, index_t most) {
  std::set<index_t> chosen;
  const index_t wanted = d.one_in(2) ? 1 : 1 + d.below(most);
  while (chosen.size() < wanted) chosen.insert(d.below(facts));
  return {chosen.begin(), chosen.end()};
}

/// Cycles, steps that need their own conclusion, parallel steps, repeated entries: all happen.
and_or_graph random_graph(dice& d, index_t facts, index_t steps, index_t most_preconditions,
                          index_t cost_range) {
  and_or_graph g(facts);
  for (index_t i = 0; i < steps; ++i) {
    auto preconditions = draw_preconditions(d, facts, most_preconditions);
    g.add(std::move(preconditions), d.below(facts), d.below(cost_range));
  }
  for (index_t i = 1 + d.below(4); i-- > 0;) g.entries.push_back({d.below(facts), d.below(cost_range)});
  for (index_t i = 1 + d.below(2); i-- > 0;) g.targets.push_back(d.below(facts));
  return g;
}

/// All steps over few facts: every set of one to `most` preconditions, every conclusion outside it.
std::vector<oracle::and_or_step> all_steps(index_t facts, int most) {
  std::vector<oracle::and_or_step> all;
  for (unsigned set = 1; set < 1u << facts; ++set) {
    std::vector<index_t> preconditions;
    for (index_t f = 0; f < facts; ++f)
      if (set >> f & 1) preconditions.push_back(f);
    if (static_cast<int>(preconditions.size()) > most) continue;
    for (index_t c = 0; c < facts; ++c)
      if (!(set >> c & 1)) all.push_back({preconditions, c, 0});
  }
  return all;
}

/// The cost patterns under which a small graph is asked: all ties, hops only, some ties, no ties.
template <class Visit> void for_each_cost_pattern(Visit&& visit) {
  visit([](index_t) { return cost_t{0}; });
  visit([](index_t i) { return static_cast<cost_t>(i % 3); });
  visit([](index_t i) { return cost_t{1} << ((5 * i) % 13); });
}

} // namespace

TEST_CASE("a step that serves two branches counts once") {
  // 0 -> 1 -> 2, 1 -> 3, (2 and 3) -> 4: the step 0 -> 1 is shared. The way around it, 5 -> 2 and 5 -> 3, is
  // cheaper as a tree of derivations, and dearer as a set of steps.
  and_or_graph g(6);
  g.add({0}, 1, 10);
  g.add({1}, 2, 1);
  g.add({1}, 3, 1);
  g.add({2, 3}, 4, 1);
  g.add({5}, 2, 9);
  g.add({5}, 3, 9);
  g.entries = {{0, 0}, {5, 0}};
  g.targets = {4};
  const auto found = enumerate(g);
  REQUIRE(found.size() == 4);
  CHECK(found[0] == proof{{13, 4}, 4, {0}, {0, 1, 2, 3}});
  CHECK(found[1] == proof{{19, 3}, 4, {5}, {4, 5, 3}});
}

TEST_CASE("a target that is an entry is a proof without steps, and may be derived as well") {
  and_or_graph g(3);
  g.add({0, 1}, 2, 5);
  g.entries = {{0, 1}, {1, 1}, {2, 7}};
  g.targets = {2, 2};
  CHECK(enumerate(g) == std::vector<proof>{{{7, 0}, 2, {2}, {}}, {{7, 1}, 2, {0, 1}, {0}}});
}

TEST_CASE("proofs are exact on every graph of three facts and up to five steps") {
  const auto steps = all_steps(3, 2);
  std::size_t proofs = 0, graphs = 0;
  for (unsigned set = 0; set < 1u << steps.size(); ++set) {
    if (std::popcount(set) > 5) continue;
    for_each_cost_pattern([&](auto cost) {
      and_or_graph g(3);
      for (index_t i = 0; i < steps.size(); ++i)
        if (set >> i & 1) g.add(steps[i].preconditions, steps[i].conclusion, cost(i));
      g.entries = {{0, 0}, {1, cost(7)}};
      g.targets = {2};
      proofs += check(g);
      g.entries = {{0, cost(4)}};
      g.targets = {1, 2};
      proofs += check(g);
      ++graphs;
    });
  }
  CHECK(graphs == 3 * 382);
  CHECK(proofs > graphs);
}

TEST_CASE("proofs are exact on graphs of four facts with an AND step and any three more steps") {
  const auto steps = all_steps(4, 3);
  std::size_t graphs = 0, proofs = 0;
  dice d(11);
  for (index_t i = 0; i < steps.size(); ++i)
    for (index_t j = i; j < steps.size(); ++j)
      for (index_t k = j; k < steps.size(); ++k) {
        if (!d.one_in(3)) continue;
        and_or_graph g(4);
        const cost_t range = static_cast<cost_t>(d.below(4));
        const auto any_cost = [&] {
          return range == 0 ? 0 : static_cast<cost_t>(d.below(static_cast<index_t>(range)));
        };
        g.add({1, 2}, 3, any_cost());
        for (const index_t s : {i, j, k}) g.add(steps[s].preconditions, steps[s].conclusion, any_cost());
        g.entries = {{0, 0}};
        if (d.one_in(2)) g.entries.push_back({1 + d.below(3), any_cost()});
        g.targets = {3};
        proofs += check(g);
        ++graphs;
      }
  CHECK(graphs > 1000);
  CHECK(proofs > graphs / 4);
}

TEST_CASE("proofs are exact on random graphs of five to seven facts") {
  dice d(2);
  std::size_t proofs = 0, with_and = 0;
  for (int i = 0; i < 6000; ++i) {
    const index_t facts = 5 + d.below(3);
    const and_or_graph g =
        random_graph(d, facts, 6 + d.below(9), 1 + d.below(3), 1 + d.below(4) * d.below(6));
    proofs += check(g);
    for (const auto& s : g.steps())
      if (s.preconditions.size() > 1) {
        ++with_and;
        break;
      }
  }
  CHECK(proofs > 10000);
  CHECK(with_and > 3000);
}

TEST_CASE("proofs are exact on dense graphs of six facts") {
  dice d(3);
  std::size_t most = 0;
  for (int i = 0; i < 60; ++i) most = std::max(most, check(random_graph(d, 6, 22, 3, i % 2 ? 1 : 50)));
  CHECK(most > 100);
}

TEST_CASE("without AND steps the sequence is that of the simple paths") {
  dice d(4);
  for (int i = 0; i < 300; ++i) {
    const and_or_graph g = random_graph(d, 8, 20, 1, i % 3 ? 1 + d.below(20) : 1);
    std::vector<arc_ends> arcs;
    for (const auto& s : g.steps()) arcs.push_back({s.preconditions[0], s.conclusion});
    const static_graph plain(g.fact_count(), arcs);
    // Its arcs are renumbered, by head; so are the steps of this copy.
    and_or_graph h(g.fact_count());
    for (index_t a = 0; a < plain.arc_count(); ++a)
      h.add({plain.tail(a)}, plain.head(a), g.cost(plain.given(a)));
    h.entries = g.entries;
    h.targets = g.targets;
    k_shortest_simple_paths paths(plain, cost_of(h), every_arc{}, h.entries, h.targets);
    limit_watch watch = watch_without_limits();
    for (const proof& p : enumerate(h)) {
      const auto path = paths.next(watch);
      REQUIRE(path);
      CHECK(p == proof{path->length, path->target, {path->source}, path->arcs});
    }
    CHECK_FALSE(paths.next(watch));
  }
}

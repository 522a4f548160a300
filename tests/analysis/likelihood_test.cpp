// P(target) against the definition, its bounds, and laws that must hold whatever the numbers are.
#include "attack/worlds.hpp"
#include "random_estate.hpp"

#include <crosscut/analysis/likelihood.hpp>
#include <crosscut/analysis/paths.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace crosscut;
using namespace estate_test;

namespace {

question own_question(const attack_graph& g) { return resolve_question(g, {}, {}).asked; }

bool has_void_step(const attack_graph& g, const question& q) {
  for (index_t s = 0; s < g.step_count(); ++s)
    for (const auto& e : q.entries)
      if (e.fact == g.conclusion(s) && e.probability == 1) return true;
  return false;
}

} // namespace

TEST_CASE("exact likelihood is that of all worlds, and lies within its bounds") {
  const auto rules = random_catalogue();
  std::size_t compared = 0;
  for (unsigned seed = 1000; seed < 1300; ++seed) {
    const auto g = compiled(random_estate(seed, 5 + seed % 9), rules);
    const auto q = own_question(g);
    if (has_void_step(g, q)) continue;
    INFO("seed " << seed << "\n" << describe(g));
    const auto report = find_likelihood(g, q);
    CHECK(report.head.exact);
    REQUIRE(report.targets.size() == q.targets.size());
    double total = 0;
    for (const auto& t : report.targets) {
      const auto f = fact(g, t.target.node, t.target.state);
      const double wanted = probability_of(g, q.entries, f);
      CHECK(t.probability.value() == doctest::Approx(wanted).epsilon(1e-12));
      total += t.impact * wanted;
      compared += wanted > 0;
    }
    CHECK(report.total_risk.value() == doctest::Approx(total).epsilon(1e-12));

    likelihood_options bounds_only;
    bounds_only.max_uncertain = 0;
    for (const auto& t : find_likelihood(g, q, bounds_only).targets) {
      const double p = probability_of(g, q.entries, fact(g, t.target.node, t.target.state));
      CHECK(t.lower <= p);
      CHECK(p <= t.upper);
      CHECK(t.lower >= 0);
      CHECK(t.upper <= 1);
      if (p == 0) CHECK(t.upper == 0);
    }
  }
  CHECK(compared > 200);
}

TEST_CASE("the lower bound without AND steps is the best path, to within rounding") {
  const auto rules = random_catalogue();
  for (unsigned seed = 0; seed < 100; ++seed) {
    const auto g = compiled(random_estate(seed, 6), rules);
    if (g.has_and_steps()) continue;
    const auto q = own_question(g);
    paths_options one;
    one.k = 1;
    one.per_target = true;
    likelihood_options bounds_only;
    bounds_only.max_uncertain = 0;
    const auto likelihood = find_likelihood(g, q, bounds_only);
    for (const auto& p : find_paths(g, q, one).paths) {
      const auto t = std::ranges::find(likelihood.targets, p.target, &target_likelihood::target);
      if (!t->exact) CHECK(t->lower == doctest::Approx(p.probability).epsilon(1e-9));
    }
  }
}

TEST_CASE("adding an edge never lowers a likelihood; a control never raises one") {
  const auto rules = random_catalogue();
  for (unsigned seed = 0; seed < 200; ++seed) {
    auto e = random_estate(seed, 6);
    const auto before = find_likelihood(compiled(e, rules), own_question(compiled(e, rules)));
    auto guarded = e;
    guarded.node("new", "Control", R"({"control": "wall", "mode": "enforce"})").edge("Guards", "new", "n2");
    const auto with_control = compiled(guarded, rules);
    const auto lower = find_likelihood(with_control, own_question(with_control));
    e.edge("x", "n" + std::to_string(seed % 6), "n" + std::to_string(seed / 6 % 6),
           R"({"probability": 0.5, "key": "added"})");
    const auto with_edge = compiled(e, rules);
    const auto higher = find_likelihood(with_edge, own_question(with_edge));
    for (std::size_t i = 0; i < before.targets.size(); ++i) {
      CHECK(higher.targets[i].probability.value() >= before.targets[i].probability.value() - 1e-12);
      CHECK(lower.targets[i].probability.value() <= before.targets[i].probability.value() + 1e-12);
    }
  }
}

TEST_CASE("a scope of many uncertain steps gets bounds and says that it is not exact") {
  estate e;
  e.node("s", "E").node("t", "T");
  for (int i = 0; i < 15; ++i) {
    const auto id = "m" + std::to_string(i);
    e.node(id, "N")
        .edge("x", "s", id, R"({"probability": 0.1})")
        .edge("x", id, "t", R"({"probability": 0.1})");
  }
  const auto g = compiled(e, random_catalogue());
  const auto report = find_likelihood(g, own_question(g));
  const auto& t = report.targets.at(0);
  CHECK_FALSE(report.head.exact);
  CHECK_FALSE(t.probability);
  CHECK_FALSE(report.total_risk);
  CHECK(t.lower == doctest::Approx(0.01).epsilon(1e-9));
  CHECK(t.upper ==
        doctest::Approx(1 - std::pow(0.99, 15)).epsilon(1e-6)); // disjoint paths: noisy-OR is exact
  CHECK_THROWS_AS(find_likelihood(g, own_question(g), {25, {}}), std::invalid_argument);
}

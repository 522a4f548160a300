// find_paths against plain enumeration of all minimal proofs, and what verify says of it.
#include "attack/worlds.hpp"
#include "random_estate.hpp"

#include <crosscut/analysis/paths.hpp>
#include <crosscut/analysis/verify.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace crosscut;
using namespace estate_test;

namespace {

question own_question(const attack_graph& g) { return resolve_question(g, {}, {}).asked; }

paths_report all_paths(const attack_graph& g, paths_options options = {}) {
  options.k = 1'000'000;
  return find_paths(g, own_question(g), options);
}

// The void steps of the question: into certain entries.
bool certain_entry(const question& q, index_t fact) {
  return std::ranges::any_of(q.entries, [&](const entry& e) { return e.fact == fact && e.probability == 1; });
}

std::vector<double> expected(const attack_graph& g) {
  const auto q = own_question(g);
  std::vector<double> all;
  for (const auto& t : q.targets) {
    const auto proofs = proofs_of(g, q.entries, t.fact);
    all.insert(all.end(), proofs.begin(), proofs.end());
  }
  std::ranges::sort(all, std::greater<>{});
  return all;
}

} // namespace

TEST_CASE("the paths are all minimal proofs, the most probable first; verify agrees; order of input does not "
          "matter") {
  const auto rules = random_catalogue();
  std::size_t with_and = 0, paths = 0;
  for (unsigned seed = 0; seed < 1200; ++seed) {
    const auto e = random_estate(seed, 6 + seed % 9);
    const auto g = compiled(e, rules);
    const auto q = own_question(g);
    bool has_void_step = false; // the oracle knows no void steps
    for (index_t s = 0; s < g.step_count(); ++s)
      has_void_step = has_void_step || certain_entry(q, g.conclusion(s));
    if (has_void_step) continue;
    INFO("seed " << seed << "\n" << describe(g));
    const auto report = all_paths(g);
    const auto wanted = expected(g);
    REQUIRE(report.paths.size() == wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
      CHECK(report.paths[i].probability == doctest::Approx(wanted[i]).epsilon(1e-12));
    CHECK(report.head.complete);
    CHECK_FALSE(report.more);
    CHECK(verify(report, g.inventory(), g.rules()) == std::vector<std::string>{});
    paths += wanted.size();
    for (const auto& p : report.paths)
      with_and += std::ranges::any_of(p.steps, [](const step_report& s) { return s.from.size() > 1; });

    const auto again = all_paths(compiled(e.shuffled(seed + 1), rules));
    REQUIRE(again.paths.size() == report.paths.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      CHECK(again.paths[i].sources == report.paths[i].sources);
      REQUIRE(again.paths[i].steps.size() == report.paths[i].steps.size());
      for (std::size_t s = 0; s < report.paths[i].steps.size(); ++s)
        CHECK(again.paths[i].steps[s].evidence == report.paths[i].steps[s].evidence);
    }
  }
  CHECK(paths > 1000);
  CHECK(with_and > 100);
}

TEST_CASE("k cuts the list and bounds the rest; per target counts for each; groups keep their best") {
  const auto rules = random_catalogue();
  for (unsigned seed = 0; seed < 150; ++seed) {
    const auto g = compiled(random_estate(seed, 10), rules);
    INFO("seed " << seed);
    const auto all = all_paths(g).paths;
    paths_options options;
    for (const std::size_t k : {1u, 2u, 5u}) {
      options.k = k;
      const auto some = find_paths(g, own_question(g), options);
      REQUIRE(some.paths.size() == std::min<std::size_t>(k, all.size()));
      CHECK(some.more == (all.size() > k));
      CHECK(some.rest_at_most == (all.size() > k ? all[k].probability : 0));
    }
    options.k = 1'000'000;
    options.per_target = true;
    CHECK(find_paths(g, own_question(g), options).paths.size() == all.size());
    options.per_target = false;
    options.by = distinct::pairs;
    std::set<std::pair<std::vector<fact_ref>, fact_ref>> pairs;
    std::vector<double> best_of_each;
    for (const auto& p : all)
      if (pairs.insert({p.sources, p.target}).second) best_of_each.push_back(p.probability);
    const auto grouped = find_paths(g, own_question(g), options);
    REQUIRE(grouped.paths.size() == best_of_each.size());
    std::uint64_t variants = 0;
    for (std::size_t i = 0; i < best_of_each.size(); ++i) {
      CHECK(grouped.paths[i].probability == best_of_each[i]);
      variants += grouped.paths[i].variants;
    }
    CHECK(variants == all.size());
  }
}

TEST_CASE("filters select exactly the paths that a reader of the full list would") {
  const auto rules = random_catalogue();
  for (unsigned seed = 0; seed < 150; ++seed) {
    const auto g = compiled(random_estate(seed, 9), rules);
    const auto all = all_paths(g).paths;
    const auto node = g.inventory().find_node("n2");
    const auto passes = [](const path_report& p, std::string_view id) {
      const auto at = [&](const fact_ref& f) { return f.node == id; };
      return std::ranges::any_of(p.sources, at) || std::ranges::any_of(p.steps, [&](const step_report& s) {
               return at(s.to) || s.evidence[0].edge->source == id || s.evidence[0].edge->target == id;
             });
    };
    const auto count = [&](auto keep) { return static_cast<std::size_t>(std::ranges::count_if(all, keep)); };
    paths_options options;
    options.via = {{node}};
    CHECK(all_paths(g, options).paths.size() == count([&](const auto& p) { return passes(p, "n2"); }));
    options = {};
    options.avoid = {{node}};
    CHECK(all_paths(g, options).paths.size() == count([&](const auto& p) { return !passes(p, "n2"); }));
    options = {};
    options.max_hops = 2;
    CHECK(all_paths(g, options).paths.size() == count([](const auto& p) { return p.hops <= 2; }));
    options = {};
    options.min_probability = 0.2;
    CHECK(all_paths(g, options).paths.size() == count([](const auto& p) { return p.probability >= 0.2; }));
    options = {};
    options.techniques = {"join"};
    CHECK(all_paths(g, options).paths.size() == count([](const auto& p) {
            return std::ranges::any_of(p.steps, [](const step_report& s) { return s.technique == "join"; });
          }));
  }
}

TEST_CASE("verify finds every planted fault") {
  const auto rules = random_catalogue();
  attack_graph g = compiled(random_estate(3, 10), rules);
  paths_report good;
  for (unsigned seed = 3; good.paths.empty() || good.paths[0].steps.size() < 2; ++seed) {
    g = compiled(random_estate(seed, 10), rules);
    good = all_paths(g);
  }
  REQUIRE(verify(good, g.inventory(), g.rules()).empty());
  const auto bad = [&](auto change) {
    auto r = good;
    change(r.paths[0]);
    return !verify(r, g.inventory(), g.rules()).empty();
  };
  CHECK(bad([](path_report& p) { p.probability *= 0.5; }));
  CHECK(bad([](path_report& p) { p.cost += 1; }));
  auto disordered = good;
  disordered.paths.push_back(good.paths[0]);
  disordered.paths.back().steps.clear(); // whatever else is wrong with it, it is said to be shorter
  disordered.paths.back().cost = disordered.paths.back().hops = 0;
  const auto said = verify(disordered, g.inventory(), g.rules());
  CHECK(std::ranges::any_of(
      said, [](const std::string& s) { return s.ends_with("is shorter than one before it"); }));
  CHECK(bad([](path_report& p) { p.hops += 1; }));
  CHECK(bad([](path_report& p) { p.layers.clear(); }));
  CHECK(bad([](path_report& p) { p.steps[0].technique = "magic"; }));
  CHECK(bad([](path_report& p) { p.steps[0].to.state = "d"; }));
  CHECK(bad([](path_report& p) { p.steps[0].from[0].node = "n9"; }));
  CHECK(bad([](path_report& p) { p.steps[0].evidence[0].edge->kind = "y0"; }));
  CHECK(bad([](path_report& p) { p.steps.erase(p.steps.begin()); }));
  CHECK(bad([](path_report& p) { p.steps.push_back(p.steps[0]); }));
  CHECK(bad([](path_report& p) { std::swap(p.steps[0], p.steps[1]); }));
  CHECK(bad([](path_report& p) { p.target = {"n3", "a"}; }));
  CHECK(bad([](path_report& p) {
    p.steps[0].probability = p.steps[0].probability == 0.75 ? 0.5 : 0.75;
    p.steps[0].from.push_back({"n3", "b"});
  }));
}

TEST_CASE("limits and the stop token end a search that would not end, and the report says so") {
  estate e;
  const auto id = [](int i) { return "n" + std::to_string(i + 10); };
  for (int i = 0; i < 14; ++i) e.node(id(i), i == 0 ? "E" : i == 13 ? "T" : "N");
  for (int i = 0; i < 14; ++i)
    for (int j = 0; j < 14; ++j)
      if (i != j) e.edge("x", id(i), id(j), R"({"probability": 0.9})");
  const auto g = compiled(e, random_catalogue());
  paths_options options;
  options.k = 1'000'000'000;
  options.bounds.max_expansions = 5000;
  const auto report = find_paths(g, own_question(g), options);
  CHECK_FALSE(report.head.complete);
  REQUIRE(report.head.limit);
  CHECK(report.head.limit->name == "expansions");
  CHECK(report.more);
  CHECK(report.rest_at_most >= report.paths.back().probability * 0.5);
  CHECK(report.rest_at_most <= report.paths.back().probability * (1 + 1e-6));
  std::stop_source stop;
  stop.request_stop();
  options.bounds.stop = stop.get_token();
  CHECK(find_paths(g, own_question(g), options).head.limit->name == "interrupted");
  options.min_probability = 2;
  CHECK_THROWS_AS(find_paths(g, own_question(g), options), std::invalid_argument);
}

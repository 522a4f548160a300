// What the catalogue's fixes are, and that their figures are those of the change made by hand.
#include "attack/estate.hpp"

#include <crosscut/analysis/fixes.hpp>
#include <crosscut/analysis/likelihood.hpp>
#include <crosscut/analysis/scan.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace crosscut;
using namespace estate_test;

namespace {

// mail -0.5-> bot -1-> pay: two edges, a filter (adaptive 0.5) that could stand at bot.
std::shared_ptr<const catalogue> rules() {
  auto c = *catalogue_with(
      R"([{"id": "go", "name": "go", "sentence": "{source} reaches {target}", "edge": "x", "from": {"at": "source", "state": "a"},
           "to": {"at": "target", "state": "a"}, "probability": {"value": 1, "property": "probability"}, "controls": ["filter"]}])",
      R"([{"state": "a", "kinds": ["In"]}])",
      R"([{"state": "a", "kinds": ["Out"], "impact": {"property": "impact", "default": 5}}])");
  fix_rule cut, filter, set;
  cut.id = "cut", cut.name = "Cut {target} from {source}", cut.for_techniques = {"go"}, cut.cost = 3;
  filter.id = "filter", filter.name = "Filter at {target}", filter.for_techniques = {"go"}, filter.cost = 2;
  filter.op = fix_rule::operation::add_control, filter.control = "filter", filter.kinds = {"Agent"};
  set.id = "slow", set.name = "Slow {source}", set.for_techniques = {"go"},
  set.op = fix_rule::operation::set_edge;
  set.properties = {{"probability", 0.25}};
  c.fixes = {cut, filter, set};
  return std::make_shared<const catalogue>(std::move(c));
}

estate desk() {
  estate e;
  e.node("mail", "In", R"({"name": "Mail {target}"})").node("bot", "Agent", R"({"owner": "team-a"})");
  e.node("pay", "Out", R"({"impact": 8})")
      .edge("x", "mail", "bot", R"({"probability": 0.5})")
      .edge("x", "bot", "pay");
  return e;
}

} // namespace

TEST_CASE("fixes have stable ids, names that names cannot spoil, and owners") {
  const auto g = compiled(desk(), rules());
  const auto fixes = propose_fixes(g, resolve_question(g, {}, {}).asked);
  std::vector<std::string> ids;
  for (const auto& f : fixes) ids.push_back(f.id);
  CHECK(ids == std::vector<std::string>{"cut@x:bot>pay", "cut@x:mail>bot", "filter@bot", "slow@x:bot>pay",
                                        "slow@x:mail>bot"});
  CHECK(fixes[1].name == "Cut bot from Mail {target}");
  CHECK(fixes[1].owner == "team-a");
  CHECK(fixes[2].changes.size() == 2);
}

TEST_CASE("fixes are ranked by the risk that they really remove") {
  const auto g = compiled(desk(), rules());
  const auto report = rank_fixes(g, {}, {});
  REQUIRE(report.fixes.size() == 5);
  // 8 · 0.5 = 4 before; cutting: 0; slowing bot to pay: 8 · 0.5 · 0.25 = 1; slowing mail to bot: 8 · 0.25 = 2.
  // A filter at bot acts on both steps, since it guards an end of either: 8 · 0.25 · 0.5 = 1.
  const auto after = [&](std::string_view id) {
    return std::ranges::find(report.fixes, id, &ranked_fix::id)->risk_after;
  };
  CHECK(after("cut@x:mail>bot") == doctest::Approx(0));
  CHECK(after("cut@x:bot>pay") == doctest::Approx(0));
  CHECK(after("filter@bot") == doctest::Approx(1));
  CHECK(after("slow@x:bot>pay") == doctest::Approx(1));
  CHECK(after("slow@x:mail>bot") == doctest::Approx(2));
  for (std::size_t i = 1; i < report.fixes.size(); ++i)
    CHECK(report.fixes[i - 1].risk_removed() >= report.fixes[i].risk_removed());
  CHECK(report.fixes[0].risk_before == doctest::Approx(4));
  CHECK(report.head.complete);
  CHECK(report.head.exact);
}

TEST_CASE("a control that already enforces is not offered again") {
  auto e = desk();
  e.node("f", "Control", R"({"control": "filter", "mode": "enforce"})").edge("Guards", "f", "bot");
  const auto g = compiled(e, rules());
  for (const auto& f : propose_fixes(g, resolve_question(g, {}, {}).asked)) CHECK(f.id != "filter@bot");
}

TEST_CASE("more fixes than may be tried: the ranking says so") {
  const auto g = compiled(desk(), rules());
  fix_ranking_options options;
  options.max_fixes = 2;
  const auto report = rank_fixes(g, {}, {}, options);
  CHECK(report.offered == 5);
  CHECK(report.fixes.size() == 2);
  CHECK_FALSE(report.head.complete);
  REQUIRE(report.head.limit);
}

TEST_CASE("scan joins its parts") {
  const auto g = compiled(desk(), rules());
  const auto report = scan(g, {}, {});
  CHECK(report.nodes == 3);
  CHECK(report.agents.size() == 1);
  CHECK(report.agents[0].node == "bot");
  CHECK(report.agents[0].autonomy.empty());
  CHECK(report.paths.paths.size() == 1);
  CHECK(report.likelihood.total_risk.value() == doctest::Approx(4));
  CHECK(report.fixes.fixes.size() == 5);
  CHECK(report.head.complete);
}

#include "estate.hpp"

#include <doctest/doctest.h>

using namespace estate_test;

namespace {

constexpr auto payment =
    R"([{"id": "t", "edge": "Performs", "from": {"at": "source", "state": "a"}, "to": {"at": "target", "state": "b"},
  "where": {"source": {"@kind": ["Tool"], "approval": ["never"]}, "target": {"effect": ["money"]}, "ends": {"tenant": "same"}},
  "all": [{"at": "target", "edge": "Approves", "kinds": ["Agent"], "where": {"claim": ["verified"]}, "state": "c"}],
  "probability": {"value": 0.5, "low": 0.25, "high": 0.75, "property": "probability", "basis": "a study",
    "by": [{"where": {"target": {"impact": {"at_least": 8}}}, "value": 0.4, "basis": "another study"}]},
  "controls": ["filter", "gate"]}])";

} // namespace

TEST_CASE("a step tells its evidence, controls, numbers and how much of it was assessed") {
  estate e;
  e.node("tool", "Tool", R"({"tenant": "red"})")
      .node("pay", "Action", R"({"effect": "money", "impact": 2, "tenant": "red"})")
      .node("v", "Agent");
  e.edge("Performs", "tool", "pay").edge("Approves", "v", "pay", R"({"claim": "verified"})");
  e.node("f1", "Control", R"({"control": "filter", "mode": "enforce"})").edge("Guards", "f1", "tool");
  e.node("f2", "Control", R"({"control": "filter", "mode": "enforce"})").edge("Guards", "f2", "pay");
  e.node("g", "Control", R"({"control": "gate", "mode": "log"})").edge("Guards", "g", "pay");
  const auto graph = compiled(e, catalogue_with(payment));
  const auto why = explainer(graph).step(0);

  REQUIRE(why.evidence.size() == 2);
  CHECK(graph.inventory().kind_name(graph.inventory().edge_kind(why.evidence[0])) ==
        "Performs"); // the trigger first
  CHECK(graph.inventory().kind_name(graph.inventory().edge_kind(why.evidence[1])) == "Approves");
  REQUIRE(why.controls.size() == 3); // by node, the ineffective ones with effect 1
  CHECK(why.controls[0].effect == 0.5);
  CHECK(why.controls[1].effect == 1);
  CHECK(why.controls[2].effect == 1);
  CHECK(graph.probability(0) == 0.25);
  CHECK(why.base_probability == 0.5);
  CHECK(why.basis == "a study");
  CHECK(why.low == 0.25);
  CHECK(why.high == 0.75);
  CHECK(why.conditions == 5); // @kind, approval, effect, tenant, the demand
  CHECK(why.assessed == 4);   // all but approval
}

TEST_CASE("a row's basis, the inventory's, and a demand whose edges nobody collected") {
  estate e;
  e.node("tool", "Tool")
      .node("pay", "Action", R"({"impact": 9})")
      .node("sure", "Action", R"({"impact": 9, "collected": true})");
  e.edge("Performs", "tool", "pay").edge("Performs", "tool", "sure", R"({"probability": 0.9})");
  const auto graph = compiled(e, catalogue_with(payment));
  const explainer explain(graph);
  const auto row = explain.step(graph.steps_into(fact(graph, "pay", "b"))[0]);
  CHECK(row.base_probability == 0.4);
  CHECK(row.basis == "another study");
  CHECK_FALSE(row.low);
  CHECK(row.assessed == 1); // @kind alone
  const auto own = explain.step(graph.steps_into(fact(graph, "sure", "b"))[0]);
  CHECK(own.base_probability == 0.9);
  CHECK(own.basis == "inventory");
  CHECK(own.assessed == 2); // and that no approval exists
}

TEST_CASE("in a twin the bypassed control has no effect") {
  estate e;
  e.node("tool", "Tool").node("pay", "Action").edge("Performs", "tool", "pay").edge("Writes", "tool", "f");
  e.node("f", "Control", R"({"control": "filter", "mode": "enforce"})").edge("Guards", "f", "pay");
  const auto c = catalogue_with(R"([
    {"id": "t", "edge": "Performs", "from": {"at": "source", "state": "a"}, "to": {"at": "target", "state": "b"}, "probability": 0.5, "controls": ["filter"]},
    {"id": "u", "edge": "Writes", "from": {"at": "source", "state": "a"}, "to": {"at": "target", "state": "bypassed"}, "probability": 1}])");
  const auto graph = compiled(e, c);
  const auto steps = steps_of(graph, "t");
  REQUIRE(steps.size() == 2);
  const explainer explain(graph);
  CHECK(explain.step(steps[0]).controls[0].effect == 0.5);
  CHECK(explain.step(steps[1]).controls[0].effect == 1);
  CHECK(explain.step(steps[1]).base_probability == 0.5);
}

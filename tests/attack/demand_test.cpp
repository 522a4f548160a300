#include "estate.hpp"

#include <doctest/doctest.h>

using namespace estate_test;

namespace {

constexpr auto performs = R"([{"id": "act", "edge": "Performs", "from": {"at": "source", "state": "a"},
  "to": {"at": "target", "state": "b"},
  "all": [{"at": "target", "edge": "Approves", "direction": "in", "kinds": ["Agent"], "where": {"claim": ["verified"]},
           "state": "c"}],
  "probability": 0.5}])";

estate payment() {
  estate e;
  e.node("tool", "Tool").node("pay", "Action").node("v", "Agent").node("w", "Agent").node("boss", "Person");
  return e.edge("Performs", "tool", "pay");
}

} // namespace

TEST_CASE("no such edge, no demand") {
  CHECK(describe(compiled(payment(), catalogue_with(performs))) == "tool:a -> pay:b 0.5 by act\n");
}

TEST_CASE("every edge that fits is a demand of its own") {
  auto e = payment();
  e.edge("Approves", "v", "pay", R"({"claim": "verified"})")
      .edge("Approves", "w", "pay", R"({"claim": "verified"})");
  const auto g = compiled(e, catalogue_with(performs));
  CHECK(describe(g) == "tool:a + v:c + w:c -> pay:b 0.5 by act\n"); // by (node id, state)
  CHECK(g.has_and_steps());
}

TEST_CASE("a far node of another kind, and a claim that is only carried, demand nothing") {
  auto e = payment();
  e.edge("Approves", "v", "pay", R"({"claim": "carried"})")
      .edge("Approves", "boss", "pay", R"({"claim": "verified"})");
  const auto g = compiled(e, catalogue_with(performs));
  CHECK(describe(g) == "tool:a -> pay:b 0.5 by act\n");
  CHECK_FALSE(g.has_and_steps());
}

TEST_CASE("an unknown claim demands nothing in the worst case, and does in the best") {
  auto e = payment();
  e.edge("Approves", "v", "pay");
  CHECK(describe(compiled(e, catalogue_with(performs))) == "tool:a -> pay:b 0.5 by act\n");
  CHECK(describe(compiled(e, catalogue_with(performs), best)) == "tool:a + v:c -> pay:b 0.5 by act\n");
}

TEST_CASE("direction is seen from the anchor") {
  estate e;
  e.node("x", "Agent")
      .node("y", "Tool")
      .node("z", "Identity")
      .edge("Calls", "x", "y")
      .edge("RunsAs", "y", "z");
  const auto outwards =
      catalogue_with(R"([{"id": "t", "edge": "Calls", "from": {"at": "source", "state": "a"},
    "to": {"at": "target", "state": "b"}, "probability": 1,
    "all": [{"at": "target", "edge": "RunsAs", "direction": "out", "state": "c"}]}])");
  CHECK(describe(compiled(e, outwards)) == "x:a + z:c -> y:b 1 by t\n");
  const auto inwards =
      catalogue_with(R"([{"id": "t", "edge": "RunsAs", "from": {"at": "target", "state": "a"},
    "to": {"at": "target", "state": "b"}, "probability": 1,
    "all": [{"at": "source", "edge": "Calls", "direction": "in", "state": "c"}]}])");
  CHECK(describe(compiled(e, inwards)) == "x:c + z:a -> z:b 1 by t\n");
}

TEST_CASE("a technique without edge demands around its node") {
  estate e;
  e.node("x", "Agent").node("m", "Model").edge("Uses", "x", "m");
  const auto c =
      catalogue_with(R"([{"id": "t", "from": {"state": "a", "kinds": ["Agent"]}, "to": {"state": "b"},
    "all": [{"edge": "Uses", "direction": "out", "state": "c"}], "probability": 0.25}])");
  CHECK(describe(compiled(e, c)) == "m:c + x:a -> x:b 0.25 by t\n");
}

TEST_CASE("a demand that asks for the conclusion makes the step impossible") {
  estate e;
  e.node("v", "Agent").node("pay", "Action");
  e.edge("Performs", "v", "pay").edge("Approves", "v", "pay", R"({"claim": "verified"})");
  const auto c = catalogue_with(R"([{"id": "t", "edge": "Performs", "from": {"at": "target", "state": "a"},
    "to": {"at": "source", "state": "c"}, "probability": 1,
    "all": [{"at": "target", "edge": "Approves", "state": "c"}]}])");
  CHECK(compiled(e, c).step_count() == 0);
}

TEST_CASE("a demanded fact that is a precondition already counts once") {
  estate e;
  e.node("v", "Agent").node("pay", "Action");
  e.edge("Performs", "v", "pay").edge("Approves", "v", "pay", R"({"claim": "verified"})");
  const auto c = catalogue_with(R"([{"id": "t", "edge": "Performs", "from": {"at": "source", "state": "c"},
    "to": {"at": "target", "state": "b"}, "probability": 1,
    "all": [{"at": "target", "edge": "Approves", "state": "c"}]}])");
  const auto g = compiled(e, c);
  CHECK(describe(g) == "v:c -> pay:b 1 by t\n");
  CHECK_FALSE(g.has_and_steps());
}

TEST_CASE("demands that multiply at a hub are refused before they exhaust memory") {
  estate e;
  e.node("hub", "T");
  for (int i = 0; i < 5000; ++i) {
    const auto id = "n" + std::to_string(i);
    e.node(id, "N").edge("x", id, "hub").edge("v", id, "hub");
  }
  const auto rules = catalogue_with(
      R"([{"id": "go", "name": "go", "sentence": "{source} to {target}", "edge": "x", "from": {"at": "source", "state": "a"},
           "to": {"at": "target", "state": "b"},
           "all": [{"at": "target", "edge": "v", "direction": "in", "where": {}, "state": "a"}],
           "probability": {"value": 0.5}, "controls": []}])");
  diagnostics problems;
  CHECK_FALSE(compile(e.freeze(), rules, {}, problems)); // 5,000 · 5,000 preconditions
  REQUIRE(problems.items().size() == 1);
  CHECK(problems.items()[0].code == "too-large");
}

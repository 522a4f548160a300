#include "estate.hpp"

#include <doctest/doctest.h>

using namespace estate_test;

namespace {

std::string one(std::string_view id, std::string_view rest) {
  return "{\"id\": \"" + std::string(id) + "\", " + std::string(rest) + ", \"probability\": 0.5}";
}

std::string list(std::initializer_list<std::string> techniques) {
  std::string text = "[";
  for (const auto& t : techniques) text += (text.size() > 1 ? "," : "") + t;
  return text + "]";
}

const auto forwards =
    std::string(R"("from": {"at": "source", "state": "a"}, "to": {"at": "target", "state": "a"})");

} // namespace

TEST_CASE("parallel edges, and two techniques on one edge, are separate steps") {
  estate e;
  e.node("x", "Agent").node("y", "Tool");
  e.edge("Calls", "x", "y", R"({"key": "second"})")
      .edge("Calls", "x", "y", R"({"key": "first"})")
      .edge("Calls", "x", "y");
  const auto g = compiled(e, catalogue_with(list({one("u", R"("edge": "Calls", )" + forwards),
                                                  one("t", R"("edge": "Calls", )" + forwards)})));
  REQUIRE(g.step_count() == 6);
  CHECK(g.step_technique(0).id == "t");
  CHECK(g.inventory().edge_key(g.trigger(0)).empty());
  CHECK(g.inventory().edge_key(g.trigger(1)) == "first");
  CHECK(g.inventory().edge_key(g.trigger(2)) == "second");
  CHECK(g.step_technique(3).id == "u");
}

TEST_CASE("a step whose conclusion is its precondition does not exist") {
  estate e;
  e.node("x", "Agent").edge("DelegatesTo", "x", "x");
  CHECK(compiled(e, catalogue_with(list({one("t", R"("edge": "DelegatesTo", )" + forwards)}))).step_count() ==
        0);
}

TEST_CASE("star is every edge kind but Guards and Monitors") {
  estate e;
  e.node("x", "Control", R"({"control": "filter", "mode": "enforce"})")
      .node("y", "Agent")
      .node("z", "Monitor")
      .node("w", "Person");
  e.edge("Guards", "x", "y").edge("Monitors", "z", "y").edge("Likes", "w", "y").edge("Approves", "x", "y");
  const auto g = compiled(e, catalogue_with(list({one("t", R"("edge": "*", )" + forwards)})));
  CHECK(describe(g) == "x:a -> y:a 0.5 by t\nw:a -> y:a 0.5 by t\n"); // Approves, Likes
}

TEST_CASE("from and to may both be at one end, and the other end is evidence") {
  estate e;
  e.node("x", "Agent").node("y", "DataStore").edge("Reads", "x", "y");
  const auto c = catalogue_with(list({one(
      "t",
      R"("edge": "Reads", "from": {"at": "source", "state": "a"}, "to": {"at": "source", "state": "b"})")}));
  const auto g = compiled(e, c);
  CHECK(describe(g) == "x:a -> x:b 0.5 by t\n");
  CHECK(g.inventory().node_id(g.inventory().target(g.trigger(0))) == "y");
}

TEST_CASE("a list of facts must hold together") {
  estate e;
  e.node("x", "Agent").node("y", "Tool").edge("Calls", "x", "y");
  const auto c = catalogue_with(list(
      {one("t", R"("edge": "Calls", "from": [{"at": "target", "state": "b"}, {"at": "source", "state": "a"}],
    "to": {"at": "target", "state": "c"})")}));
  const auto g = compiled(e, c);
  CHECK(describe(g) == "x:a + y:b -> y:c 0.5 by t\n");
  CHECK(g.has_and_steps());
  CHECK(g.steps_from(fact(g, "x", "a")).size() == 1);
  CHECK(g.steps_from(fact(g, "y", "b")).size() == 1);
}

TEST_CASE("kinds decide by the primary kind alone") {
  estate e;
  e.node("x", "Agent")
      .node("y", "Tool")
      .node("z", "McpServer")
      .edge("Calls", "x", "y")
      .edge("Calls", "x", "z");
  const auto c = catalogue_with(
      list({one("t", R"("edge": "Calls", "from": {"at": "source", "state": "a", "kinds": ["Agent"]},
    "to": {"at": "target", "state": "b", "kinds": ["McpServer"]})")}));
  CHECK(describe(compiled(e, c)) == "x:a -> z:b 0.5 by t\n");
}

TEST_CASE("a technique without edge acts at every node of its kinds") {
  estate e;
  e.node("x", "Agent", R"({"size": "big"})")
      .node("y", "Agent", R"({"size": "small"})")
      .node("z", "Tool", R"({"size": "big"})");
  const auto c = catalogue_with(list({one(
      "t",
      R"("from": {"state": "a", "kinds": ["Agent"]}, "to": {"state": "b"}, "where": {"node": {"size": "big"}})")}));
  CHECK(describe(compiled(e, c)) == "x:a -> x:b 0.5 by t\n");
}

TEST_CASE("steps are numbered by conclusion, technique, kind of trigger, source, target and key") {
  estate e;
  e.node("m", "Agent").node("a", "Agent").node("z", "Agent").node("b", "Agent");
  e.edge("DelegatesTo", "z", "m")
      .edge("DelegatesTo", "a", "m")
      .edge("Calls", "z", "m")
      .edge("DelegatesTo", "m", "b");
  const auto g = compiled(e, catalogue_with(list({one("t", R"("edge": "*", )" + forwards)})));
  CHECK(describe(g) == "m:a -> b:a 0.5 by t\n"
                       "z:a -> m:a 0.5 by t\n" // Calls before DelegatesTo
                       "a:a -> m:a 0.5 by t\n"
                       "z:a -> m:a 0.5 by t\n");
}

TEST_CASE("the same bytes whatever the order of nodes and edges") {
  estate e;
  for (int i = 0; i < 12; ++i) e.node("n" + std::to_string(i), i % 3 == 0 ? "Tool" : "Agent");
  for (int i = 0; i < 12; ++i) {
    e.edge("DelegatesTo", "n" + std::to_string(i), "n" + std::to_string((i * 5 + 1) % 12),
           R"({"probability": 0.25})");
    e.edge("Calls", "n" + std::to_string(i), "n" + std::to_string((i * 7 + 3) % 12));
  }
  e.node("c", "Control", R"({"control": "filter", "mode": "enforce"})")
      .edge("Guards", "c", "n3")
      .edge("Calls", "n1", "c");
  const auto c = catalogue_with(R"([
    {"id": "t", "edge": "*", "from": {"at": "source", "state": "a"}, "to": {"at": "target", "state": "a"},
     "probability": {"value": 0.5, "property": "probability"}, "controls": ["filter"]},
    {"id": "u", "edge": "Calls", "from": {"at": "source", "state": "a"}, "to": {"at": "target", "state": "bypassed", "kinds": ["Control"]},
     "probability": 0.5}])");
  const auto g = compiled(e, c);
  const auto expected = describe(g);
  CHECK(g.step_count() > 20);
  for (unsigned seed = 0; seed < 20; ++seed) {
    const auto other = compiled(e.shuffled(seed), c);
    CHECK(describe(other) == expected);
    CHECK(other.inventory().content_fingerprint() == g.inventory().content_fingerprint());
  }
}

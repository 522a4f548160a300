#include "estate.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace estate_test;

namespace {

// Rows that exclude each other, largest last.
constexpr auto rows = R"([{"id": "t", "edge": "Calls", "from": {"at": "source", "state": "a"},
  "to": {"at": "target", "state": "b"},
  "probability": {"value": 0.3, "low": 0.2, "high": 0.4, "property": "probability", "basis": "otherwise",
    "by": [{"where": {"source": {"autonomy": ["suggest"]}}, "value": 0.1, "basis": "first"},
           {"where": {"source": {"autonomy": ["supervised"]}, "edge": {"approval": ["never"]}}, "value": 0.6, "basis": "second"},
           {"where": {"source": {"autonomy": ["autonomous"]}}, "value": 0.9, "low": 0.8, "high": 1, "basis": "third"}]}}])";

double probability_of(std::string_view agent, std::string_view edge, compile_options options = {}) {
  estate e;
  e.node("x", "Agent", agent).node("y", "Tool").edge("Calls", "x", "y", edge);
  return compiled(e, catalogue_with(rows), options).probability(0);
}

} // namespace

TEST_CASE("the first row that holds decides, else the value") {
  CHECK(probability_of(R"({"autonomy": "suggest"})", "{}") == 0.1);
  CHECK(probability_of(R"({"autonomy": "supervised"})", R"({"approval": "never"})") == 0.6);
  CHECK(probability_of(R"({"autonomy": "supervised"})", R"({"approval": "always"})") == 0.3);
  CHECK(probability_of(R"({"autonomy": "autonomous"})", "{}") == 0.9);
}

TEST_CASE("where unknowns leave several rows possible, the largest of them") {
  CHECK(probability_of("{}", "{}") == 0.9);
  CHECK(probability_of("{}", R"({"approval": "always"})") == 0.9);
  CHECK(probability_of(R"({"autonomy": "supervised"})", "{}") == 0.6);  // second row, or the value
  CHECK(probability_of(R"({"autonomy": "half-asleep"})", "{}") == 0.9); // outside the vocabulary
}

TEST_CASE("rows after one that holds are not possible, and the value then neither") {
  // The first row is decided by autonomy alone, whatever the others are.
  CHECK(probability_of(R"({"autonomy": "suggest"})", R"({"approval": "never"})") == 0.1);
}

TEST_CASE("in the best case an unknown row does not apply") {
  CHECK(probability_of("{}", "{}", best) == 0.3);
  CHECK(probability_of(R"({"autonomy": "supervised"})", "{}", best) == 0.3);
}

TEST_CASE("the trigger's own number wins over every row") {
  CHECK(probability_of(R"({"autonomy": "suggest"})", R"({"probability": 0.77})") == 0.77);
  CHECK(probability_of("{}", R"({"probability": 1})") == 1.0);
}

TEST_CASE("a step of probability 0 does not exist") {
  estate e;
  e.node("x", "Agent").node("y", "Tool").edge("Calls", "x", "y", R"({"probability": 0})");
  const auto g = compiled(e, catalogue_with(rows));
  CHECK(g.step_count() == 0);
  CHECK(g.fact_count() == 0);
}

TEST_CASE("a technique that names no property does not read one") {
  estate e;
  e.node("x", "Agent").node("y", "Tool").edge("Calls", "x", "y", R"({"probability": 0.77})");
  const auto c = catalogue_with(R"([{"id": "t", "edge": "Calls", "from": {"at": "source", "state": "a"},
    "to": {"at": "target", "state": "b"}, "probability": 0.5}])");
  CHECK(compiled(e, c).probability(0) == 0.5);
}

TEST_CASE("a number outside [0, 1] in a property that a technique reads is bad input") {
  estate e;
  e.node("x", "Agent").node("y", "Tool").edge("Calls", "x", "y", R"({"odds": 1.5})");
  const auto c = catalogue_with(R"([{"id": "t", "edge": "Calls", "from": {"at": "source", "state": "a"},
    "to": {"at": "target", "state": "b"}, "probability": {"value": 0.5, "property": "odds"}}])");
  diagnostics messages;
  CHECK_FALSE(compile(e.freeze(), c, {}, messages));
  REQUIRE(messages.items().size() == 1);
  CHECK(messages.items()[0].code == "probability-range");
  CHECK(messages.items()[0].message.find("\"odds\"") != std::string::npos);
}

TEST_CASE("a technique without edge reads its node's own number") {
  estate e;
  e.node("x", "Agent", R"({"odds": 0.125})").node("y", "Agent");
  const auto c = catalogue_with(R"([{"id": "t", "from": {"state": "a"}, "to": {"state": "b"},
    "probability": {"value": 0.5, "property": "odds"}}])");
  CHECK(describe(compiled(e, c)) == "x:a -> x:b 0.125 by t\ny:a -> y:b 0.5 by t\n");
}

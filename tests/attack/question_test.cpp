#include "estate.hpp"

#include <crosscut/attack/question.hpp>

#include <doctest/doctest.h>

using namespace estate_test;

namespace {

constexpr auto calls =
    R"([{"id": "t", "edge": "Calls", "from": {"at": "source", "state": "a"}, "to": {"at": "target", "state": "b"}, "probability": 0.5}])";
constexpr auto entry_rules =
    R"([{"state": "a", "kinds": ["Agent"], "where": {"trust": ["untrusted"]}, "unknown": "no", "probability": 0.25}])";
constexpr auto target_rules =
    R"([{"state": "b", "kinds": ["Tool"], "impact": {"property": "impact", "default": 4}}])";

struct asked {
  attack_graph graph;
  question_result result;
};

asked ask(std::vector<std::string> from, std::vector<std::string> to) {
  estate e;
  e.node("arn:x", "Agent", R"({"trust": "untrusted"})")
      .node("n", "Agent", R"({"impact": 7})")
      .node("n:a", "Agent", R"({"trust": "untrusted"})");
  e.node("tool", "Tool", R"({"impact": 8})")
      .edge("Calls", "arn:x", "tool")
      .edge("Calls", "n", "tool")
      .edge("Calls", "n:a", "tool");
  asked a{compiled(e, catalogue_with(calls, entry_rules, target_rules)), {}};
  a.result = resolve_question(a.graph, from, to);
  return a;
}

} // namespace

TEST_CASE("nothing asked: the catalogue's entries and targets") {
  const auto a = ask({}, {});
  CHECK(a.result.errors.empty());
  REQUIRE(a.result.asked.entries.size() == 2);
  CHECK(a.result.asked.entries[0].fact == fact(a.graph, "arn:x", "a"));
  CHECK(a.result.asked.entries[0].probability == 0.25);
  REQUIRE(a.result.asked.targets.size() == 1);
  CHECK(a.result.asked.targets[0].impact == 8);
}

TEST_CASE("a source with a state is certain; without, it stands for the catalogue's entry there") {
  const auto stated = ask({"arn:x:a"}, {}), plain = ask({"arn:x"}, {});
  REQUIRE(stated.result.asked.entries.size() == 1);
  CHECK(stated.result.asked.entries[0].probability == 1);
  REQUIRE(plain.result.asked.entries.size() == 1);
  CHECK(plain.result.asked.entries[0].probability == 0.25);
}

TEST_CASE("a text is split at its last colon only where a state follows") {
  const auto a = ask({"arn:x"}, {"tool:b"});
  CHECK(a.result.errors.empty());
  CHECK(a.graph.fact_node(a.result.asked.entries[0].fact) == a.graph.inventory().find_node("arn:x"));
  CHECK(a.result.asked.targets[0].fact == fact(a.graph, "tool", "b"));
}

TEST_CASE("an id that ends in a colon and a state: split if that gives a node, with the state twice it is "
          "the longer id") {
  const auto split = ask({"n:a"}, {}), twice = ask({"n:a:a"}, {});
  REQUIRE(split.result.asked.entries.size() == 1);
  CHECK(split.result.asked.entries[0].fact == fact(split.graph, "n", "a"));
  CHECK(split.result.asked.entries[0].probability == 1);
  REQUIRE(twice.result.asked.entries.size() == 1);
  CHECK(twice.result.asked.entries[0].fact == fact(twice.graph, "n:a", "a"));
}

TEST_CASE("a node where the catalogue has no entry needs a state") {
  const auto a = ask({"n"}, {});
  REQUIRE(a.result.errors.size() == 1);
  CHECK(a.result.errors[0].why == selector_error::reason::no_such_state);
  CHECK(a.result.errors[0].hint.find("states there: a") != std::string::npos);
}

TEST_CASE("an id that nothing has is named") {
  const auto a = ask({"nobody:a", "arn:y"}, {"tool:c"});
  REQUIRE(a.result.errors.size() == 2);
  CHECK(a.result.errors[0].why == selector_error::reason::unknown_node);
  CHECK(a.result.errors[0].message.find("\"nobody\"") != std::string::npos);
  CHECK(a.result.errors[1].message.find("\"arn:y\"") != std::string::npos);
  REQUIRE(a.result.asked.lone_targets.size() == 1); // (tool, c): a state that no step is about
  CHECK(a.result.asked.lone_targets[0].impact == 8);
}

TEST_CASE("a target keeps its rule's impact, else its own, else 1") {
  const auto a = ask({}, {"tool", "n:a", "arn:x:a"});
  REQUIRE(a.result.asked.targets.size() == 3);
  CHECK(a.result.asked.targets[0].impact == 1); // arn:x
  CHECK(a.result.asked.targets[1].impact == 7); // (n, a)
  CHECK(a.result.asked.targets[2].impact == 8); // tool
}

TEST_CASE("the same source twice counts once, as the likelier") {
  const auto a = ask({"arn:x", "arn:x:a", "arn:x"}, {});
  REQUIRE(a.result.asked.entries.size() == 1);
  CHECK(a.result.asked.entries[0].probability == 1);
}

TEST_CASE("a catalogue with one state needs no state in a selector") {
  estate e;
  e.node("x", "Agent").node("y", "Agent").node("z", "Agent").edge("Knows", "x", "y");
  const auto c = catalogue_of(
      R"({"schema": "crosscut.catalogue/1", "name": "one", "states": ["controlled"], "techniques": [
    {"id": "t", "edge": "*", "from": {"at": "source", "state": "controlled"}, "to": {"at": "target", "state": "controlled"}, "probability": 1}]})");
  const auto g = compiled(e, c);
  const std::vector<std::string> from{"x", "z"}, to{"y"};
  const auto result = resolve_question(g, from, to);
  CHECK(result.errors.empty());
  REQUIRE(result.asked.entries.size() == 1);
  CHECK(result.asked.entries[0] == entry{fact(g, "x", "controlled"), 1});
  REQUIRE(result.asked.lone_sources.size() == 1); // no edge touches z
  CHECK(result.asked.lone_sources[0].state == "controlled");
  CHECK(result.asked.targets[0].impact == 1);
}

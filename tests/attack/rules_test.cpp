#include "estate.hpp"

#include <doctest/doctest.h>

using namespace estate_test;

namespace {

constexpr auto none = R"([])";

std::string entries_of(const attack_graph& g) {
  std::string text;
  for (const auto& [f, p] : g.entries())
    text += std::string(g.inventory().node_id(g.fact_node(f))) + ':' + std::string(g.fact_state_name(f)) +
            ' ' + std::to_string(p).substr(0, 4) + '\n';
  return text;
}

std::string targets_of(const attack_graph& g) {
  std::string text;
  for (const auto& [f, impact] : g.targets())
    text += std::string(g.inventory().node_id(g.fact_node(f))) + ':' + std::string(g.fact_state_name(f)) +
            ' ' + std::to_string(impact).substr(0, 3) + '\n';
  return text;
}

estate inputs() {
  estate e;
  e.node("open", "InputSource", R"({"trust": "untrusted"})")
      .node("own", "InputSource", R"({"trust": "internal"})");
  return e.node("unsaid", "InputSource")
      .node("odd", "InputSource", R"({"trust": "perhaps"})")
      .node("agent", "Agent");
}

} // namespace

TEST_CASE("an entry without trust is an entry in the worst case, not in the best") {
  const auto c = catalogue_with(
      none,
      R"([{"state": "a", "kinds": ["InputSource"], "where": {"trust": ["untrusted"]}, "probability": 0.5}])");
  CHECK(entries_of(compiled(inputs(), c)) == "odd:a 0.50\nopen:a 0.50\nunsaid:a 0.50\n");
  CHECK(entries_of(compiled(inputs(), c, best)) == "open:a 0.50\n");
}

TEST_CASE("unless its rule says so") {
  const auto c = catalogue_with(
      none,
      R"([{"state": "a", "kinds": ["InputSource"], "where": {"trust": ["untrusted"]}, "unknown": "no"}])");
  CHECK(entries_of(compiled(inputs(), c)) == "open:a 1.00\n");
}

TEST_CASE("of several rules for one fact the largest counts; one of probability 0 is none") {
  const auto c = catalogue_with(none, R"([
    {"state": "a", "kinds": ["InputSource"], "where": {"trust": ["untrusted"]}, "unknown": "no", "probability": 0.25},
    {"state": "a", "kinds": ["InputSource"], "where": {"trust": ["untrusted", "internal"]}, "unknown": "no", "probability": 0.75},
    {"state": "b", "kinds": ["Agent"], "probability": 0}])");
  CHECK(entries_of(compiled(inputs(), c)) == "open:a 0.75\nown:a 0.75\n");
}

TEST_CASE("a target's impact is its property, where that is assessed, else the default") {
  estate e;
  e.node("big", "Action", R"({"impact": 9})")
      .node("small", "Action", R"({"impact": 2})")
      .node("unsaid", "Action")
      .node("odd", "Action", R"({"impact": 12})");
  const auto c =
      catalogue_with(none, none, R"([{"state": "b", "kinds": ["Action"], "where": {"impact": {"at_least": 5}},
    "impact": {"property": "impact", "default": 6}}])");
  CHECK(targets_of(compiled(e, c)) == "big:b 9.0\nodd:b 6.0\nunsaid:b 6.0\n");
  CHECK(targets_of(compiled(e, c, best)) == "big:b 9.0\n");
}

TEST_CASE("of several target rules for one fact the largest impact counts") {
  estate e;
  e.node("x", "Action");
  const auto c = catalogue_with(
      none, none,
      R"([{"state": "b", "impact": 3}, {"state": "b", "kinds": ["Action"], "impact": 7}, {"state": "b"}])");
  CHECK(targets_of(compiled(e, c)) == "x:b 7.0\n");
}

TEST_CASE("explaining a rule counts its conditions and those that were assessed") {
  const auto c = catalogue_with(
      none,
      R"([{"state": "a", "kinds": ["InputSource"], "where": {"trust": ["untrusted"], "session": ["other"]}}])",
      R"([{"state": "b", "kinds": ["Agent"], "where": {"impact": {"at_least": 5}}}])");
  auto e = inputs();
  const auto g = compiled(e, c);
  const explainer why(g);
  CHECK(why.entry(fact(g, "open", "a")).conditions == 2);
  CHECK(why.entry(fact(g, "open", "a")).assessed == 1);
  CHECK(why.entry(fact(g, "odd", "a")).assessed == 0);
  CHECK(why.target(fact(g, "agent", "b")).conditions == 1);
  CHECK(why.target(fact(g, "agent", "b")).assessed == 0);
  CHECK(why.target(fact(g, "open", "a")).conditions == 0); // no target
}

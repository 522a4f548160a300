#include "estate.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace estate_test;

namespace {

// Does a technique with this condition on the edge's target fire, worst and best? "ny": not in the worst
// case, but in the best.
std::string verdict(std::string_view condition, std::string_view properties,
                    std::string_view kind = "DataStore") {
  estate e;
  e.node("x", "Agent").node("y", kind, properties).edge("Reads", "x", "y");
  const auto c = catalogue_with(fmt::format(
      R"([{{"id": "t", "edge": "Reads", "from": {{"at": "source", "state": "a"}}, "to": {{"at": "target", "state": "b"}},
           "where": {{"target": {{{}}}}}, "probability": 0.5}}])",
      condition));
  const auto fires = [&](compile_options o) { return compiled(e, c, o).step_count() == 1 ? 'y' : 'n'; };
  return {fires({}), fires(best)};
}

} // namespace

TEST_CASE("accepted values: a list, and a scalar that equals") {
  CHECK(verdict(R"("size": ["big", "huge"])", R"({"size": "huge"})") == "yy");
  CHECK(verdict(R"("size": ["big", "huge"])", R"({"size": "small"})") == "nn");
  CHECK(verdict(R"("size": "big")", R"({"size": "big"})") == "yy");
  CHECK(verdict(R"("size": {"equals": "big"})", R"({"size": "BIG"})") == "nn"); // case counts
}

TEST_CASE("a missing property is not assessed: it matches in the worst case and not in the best") {
  CHECK(verdict(R"("size": ["big"])", "{}") == "yn");
  CHECK(verdict(R"("size": {"at_least": 3})", "{}") == "yn");
}

TEST_CASE("numbers compare as numbers, whatever their form, and nothing else is converted") {
  CHECK(verdict(R"("size": 1)", R"({"size": 1.0})") == "yy");
  CHECK(verdict(R"("size": 1)", R"({"size": "1"})") == "nn");
  CHECK(verdict(R"("size": true)", R"({"size": 1})") == "nn");
  CHECK(verdict(R"("size": 9007199254740993)", R"({"size": 9007199254740992})") ==
        "nn"); // not equal as integers
}

TEST_CASE("bounds are inclusive, join with each other, and hold for no text") {
  CHECK(verdict(R"("size": {"at_least": 5})", R"({"size": 5})") == "yy");
  CHECK(verdict(R"("size": {"at_least": 5})", R"({"size": 4.999})") == "nn");
  CHECK(verdict(R"("size": {"at_most": 5})", R"({"size": 5.0})") == "yy");
  CHECK(verdict(R"("size": {"at_most": 5})", R"({"size": 5.001})") == "nn");
  CHECK(verdict(R"("size": {"at_least": 2, "at_most": 4})", R"({"size": 3})") == "yy");
  CHECK(verdict(R"("size": {"at_least": 2, "at_most": 4})", R"({"size": 5})") == "nn");
  CHECK(verdict(R"("size": {"at_least": 0})", R"({"size": "7"})") == "nn");
}

TEST_CASE("a list matches by any element") {
  CHECK(verdict(R"("size": ["big"])", R"({"size": ["small", "big"]})") == "yy");
  CHECK(verdict(R"("size": ["big"])", R"({"size": ["small"]})") == "nn");
  CHECK(verdict(R"("size": ["big"])", R"({"size": []})") == "nn");
}

TEST_CASE("a value outside the vocabulary is not assessed, not different") {
  CHECK(verdict(R"("sensitivity": ["restricted"])", R"({"sensitivity": "top-secret"})") == "yn");
  CHECK(verdict(R"("sensitivity": ["restricted"])", R"({"sensitivity": "public"})") == "nn");
  CHECK(verdict(R"("impact": {"at_least": 5})", R"({"impact": 11})") == "yn"); // outside 0 to 10
}

TEST_CASE("an element outside the vocabulary may be the one, unless another is") {
  CHECK(verdict(R"("capabilities": ["deletes"])", R"({"capabilities": ["reads_private", "teleports"]})",
                "Tool") == "yn");
  CHECK(verdict(R"("capabilities": ["deletes"])", R"({"capabilities": ["deletes", "teleports"]})", "Tool") ==
        "yy");
}

TEST_CASE("absent asks about knowledge itself, and is never resolved as unknown") {
  CHECK(verdict(R"("size": {"absent": true})", "{}") == "yy");
  CHECK(verdict(R"("size": {"absent": true})", R"({"size": 1})") == "nn");
  CHECK(verdict(R"("size": {"absent": false})", R"({"size": 1})") == "yy");
  CHECK(verdict(R"("size": {"absent": false})", "{}") == "nn");
  CHECK(verdict(R"("sensitivity": {"absent": true})", R"({"sensitivity": "top-secret"})") == "yy");
  CHECK(verdict(R"("size": {"equals": "big", "absent": false})", "{}") == "nn"); // known, and big
}

TEST_CASE("@kind reads the primary kind") {
  CHECK(verdict(R"("@kind": ["DataStore", "Memory"])", "{}") == "yy");
  CHECK(verdict(R"("@kind": ["Memory"])", "{}") == "nn");
}

TEST_CASE("several conditions: one that fails beats one that is unknown") {
  CHECK(verdict(R"("size": "big", "colour": "red")", R"({"size": "big"})") == "yn");
  CHECK(verdict(R"("size": "big", "colour": "red")", R"({"size": "small"})") == "nn");
}

namespace {

std::string model_verdict(std::string_view condition, std::string_view agent_properties, bool uses) {
  estate e;
  e.node("x", "Agent", agent_properties).node("y", "DataStore").edge("Reads", "x", "y");
  e.node("gpt", "Model", R"({"name": "gpt-4o"})");
  if (uses) e.edge("Uses", "x", "gpt");
  const auto c = catalogue_with(fmt::format(
      R"([{{"id": "t", "edge": "Reads", "from": {{"at": "target", "state": "a"}}, "to": {{"at": "source", "state": "b"}},
           "where": {{"source": {{"@model": {}}}}}, "probability": 0.5}}])",
      condition));
  const auto fires = [&](compile_options o) { return compiled(e, c, o).step_count() == 1 ? 'y' : 'n'; };
  return {fires({}), fires(best)};
}

} // namespace

TEST_CASE("@model reads the models an agent uses, by id or by name") {
  CHECK(model_verdict(R"(["gpt"])", "{}", true) == "yy");
  CHECK(model_verdict(R"(["gpt-4o"])", "{}", true) == "yy");
  CHECK(model_verdict(R"(["claude"])", "{}", true) == "nn");
  CHECK(model_verdict(R"(["gpt-4o"])", "{}", false) == "yn"); // not known which
  CHECK(model_verdict(R"(["gpt-4o"])", R"({"collected": true})", false) == "nn");
  CHECK(model_verdict(R"({"equals": ["gpt-4o"], "absent": false})", "{}", false) == "nn");
  CHECK(model_verdict(R"({"equals": ["gpt-4o"], "absent": false})", "{}", true) == "yy");
  CHECK(model_verdict(R"({"absent": true})", "{}", false) == "yy");
}

namespace {

std::string ends_verdict(std::string_view word, std::string_view left, std::string_view right) {
  estate e;
  e.node("x", "Agent", left).node("y", "DataStore", right).edge("Reads", "x", "y");
  const auto c = catalogue_with(fmt::format(
      R"([{{"id": "t", "edge": "Reads", "from": {{"at": "source", "state": "a"}}, "to": {{"at": "target", "state": "b"}},
           "where": {{"ends": {{"tenant": "{}"}}}}, "probability": 0.5}}])",
      word));
  const auto fires = [&](compile_options o) { return compiled(e, c, o).step_count() == 1 ? 'y' : 'n'; };
  return {fires({}), fires(best)};
}

} // namespace

TEST_CASE("ends compares a property of the two endpoints") {
  CHECK(ends_verdict("differs", R"({"tenant": "red"})", R"({"tenant": "blue"})") == "yy");
  CHECK(ends_verdict("differs", R"({"tenant": "red"})", R"({"tenant": "red"})") == "nn");
  CHECK(ends_verdict("same", R"({"tenant": "red"})", R"({"tenant": "red"})") == "yy");
  CHECK(ends_verdict("same", R"({"tenant": 1})", R"({"tenant": 1.0})") == "yy");
  CHECK(ends_verdict("same", R"({"tenant": "red"})", R"({"tenant": "blue"})") == "nn");
  CHECK(ends_verdict("same", R"({"tenant": "red"})", "{}") == "yn");
  CHECK(ends_verdict("differs", "{}", "{}") == "yn");
}

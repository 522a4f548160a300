#include "estate.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace estate_test;

namespace {

constexpr auto call =
    R"([{"id": "t", "edge": "Calls", "from": {"at": "source", "state": "a"}, "to": {"at": "target", "state": "b"},
  "probability": 0.5, "controls": ["filter", "gate"]}])";

estate agent_and_tool() {
  estate e;
  return e.node("x", "Agent").node("y", "Tool").edge("Calls", "x", "y");
}

estate& add_control(estate& e, std::string_view id, std::string_view kind, std::string_view mode,
                    std::string_view guarded, std::string_view guards = "{}") {
  const auto quoted_mode = mode.empty() ? std::string() : fmt::format(R"(, "mode": "{}")", mode);
  e.node(id, "Control", fmt::format(R"({{"control": "{}"{}}})", kind, quoted_mode));
  return e.edge("Guards", id, guarded, guards);
}

double probability(const estate& e, compile_options options = {}) {
  return compiled(e, catalogue_with(call), options).probability(0);
}

double with_control(std::string_view kind, std::string_view mode, std::string_view guarded,
                    std::string_view guards = "{}", compile_options options = {}) {
  auto e = agent_and_tool();
  return probability(add_control(e, "c", kind, mode, guarded, guards), options);
}

} // namespace

TEST_CASE("a control that enforces acts at either endpoint of the trigger") {
  CHECK(with_control("filter", "enforce", "x") == 0.25);
  CHECK(with_control("filter", "enforce", "y") == 0.25);
}

TEST_CASE("the adversary decides which effect counts") {
  CHECK(with_control("filter", "enforce", "x", "{}", against_static) == doctest::Approx(0.1).epsilon(1e-15));
}

TEST_CASE("log and unknown modes reduce nothing; in the best case an unknown one enforces") {
  CHECK(with_control("filter", "log", "x") == 0.5);
  CHECK(with_control("filter", "unknown", "x") == 0.5);
  CHECK(with_control("filter", "", "x") == 0.5);
  CHECK(with_control("filter", "maybe", "x") == 0.5);
  CHECK(with_control("filter", "log", "x", "{}", best) == 0.5);
  CHECK(with_control("filter", "unknown", "x", "{}", best) == 0.25);
  CHECK(with_control("filter", "", "x", "{}", best) == 0.25);
}

TEST_CASE("a control of a kind that the technique does not list does nothing") {
  CHECK(with_control("wall", "enforce", "x") == 0.5);
  CHECK(with_control("moat", "enforce", "x") == 0.5); // a kind that the catalogue does not know
}

TEST_CASE("edge_kind and end narrow a control") {
  CHECK(with_control("filter", "enforce", "x", R"({"edge_kind": "Calls"})") == 0.25);
  CHECK(with_control("filter", "enforce", "x", R"({"edge_kind": "Reads"})") == 0.5);
  CHECK(with_control("filter", "enforce", "x", R"({"end": "source"})") == 0.25);
  CHECK(with_control("filter", "enforce", "x", R"({"end": "target"})") == 0.5);
  CHECK(with_control("filter", "enforce", "y", R"({"end": "target"})") == 0.25);
  CHECK(with_control("filter", "enforce", "y", R"({"edge_kind": "Calls", "end": "source"})") == 0.5);
}

TEST_CASE("a narrowing that cannot be read covers nothing in the worst case, all in the best") {
  CHECK(with_control("filter", "enforce", "x", R"({"end": "left"})") == 0.5);
  CHECK(with_control("filter", "enforce", "x", R"({"end": "left"})", best) == 0.25);
}

TEST_CASE("a narrowed control leaves techniques without edge alone") {
  const auto c =
      catalogue_with(R"([{"id": "t", "from": {"state": "a", "kinds": ["Agent"]}, "to": {"state": "b"},
    "probability": 0.5, "controls": ["filter"]}])");
  estate open, narrowed;
  open.node("x", "Agent"), narrowed.node("x", "Agent");
  CHECK(compiled(add_control(open, "c", "filter", "enforce", "x"), c).probability(0) == 0.25);
  CHECK(compiled(add_control(narrowed, "c", "filter", "enforce", "x", R"({"end": "source"})"), c)
            .probability(0) == 0.5);
}

TEST_CASE("of one kind the strongest counts, different kinds multiply") {
  auto e = agent_and_tool();
  add_control(e, "c1", "filter", "enforce", "x");
  add_control(e, "c2", "filter", "enforce", "y");
  CHECK(probability(e) == 0.25); // not 0.125
  add_control(e, "c3", "gate", "enforce", "y");
  CHECK(probability(e) == doctest::Approx(0.5 * 0.5 * 0.8).epsilon(1e-15));
}

TEST_CASE("a control that guards both endpoints acts once") {
  auto e = agent_and_tool();
  add_control(e, "c", "filter", "enforce", "x").edge("Guards", "c", "y");
  CHECK(probability(e) == 0.25);
  const auto g = compiled(e, catalogue_with(call));
  CHECK(explainer(g).step(0).controls.size() == 1);
}

// --- controls that can be switched off

namespace {

constexpr auto call_and_bypass = R"([
  {"id": "t", "edge": "Calls", "from": {"at": "source", "state": "a"}, "to": {"at": "target", "state": "b"},
   "probability": 0.5, "controls": ["filter", "gate"]},
  {"id": "u", "edge": "Writes", "from": {"at": "source", "state": "a"}, "to": {"at": "target", "state": "bypassed", "kinds": ["Control"]},
   "probability": 0.25}])";

std::string bypass_steps(estate e) { return describe(compiled(e, catalogue_with(call_and_bypass))); }

} // namespace

TEST_CASE("a step that a control weakens has a twin that needs the control bypassed") {
  auto e = agent_and_tool();
  add_control(e, "c", "filter", "enforce", "x").edge("Writes", "x", "c");
  CHECK(bypass_steps(e) == "x:a -> c:bypassed 0.25 by u\n"
                           "x:a -> y:b 0.25 by t\n"
                           "c:bypassed + x:a -> y:b 0.5 by t\n");
}

TEST_CASE("no twin where nothing bypasses the control, or the control does nothing") {
  auto unreached = agent_and_tool();
  CHECK(bypass_steps(add_control(unreached, "c", "filter", "enforce", "x")) == "x:a -> y:b 0.25 by t\n");
  auto logging = agent_and_tool();
  add_control(logging, "c", "filter", "log", "x").edge("Writes", "x", "c");
  CHECK(bypass_steps(logging) == "x:a -> c:bypassed 0.25 by u\nx:a -> y:b 0.5 by t\n");
}

TEST_CASE("the weaker control of a kind takes over where the stronger one is bypassed") {
  auto e = agent_and_tool();
  add_control(e, "c1", "filter", "enforce", "x").edge("Writes", "x", "c1");
  add_control(e, "c2", "filter", "enforce", "x");
  // Without c1, c2 of the same kind still acts: a twin would be no more probable, so there is none.
  CHECK(bypass_steps(e) == "x:a -> c1:bypassed 0.25 by u\nx:a -> y:b 0.25 by t\n");
}

TEST_CASE("two controls of different kinds: a twin for each and one for both") {
  auto e = agent_and_tool();
  add_control(e, "f", "filter", "enforce", "x").edge("Writes", "x", "f");
  add_control(e, "g", "gate", "enforce", "x").edge("Writes", "x", "g");
  CHECK(bypass_steps(e) == "x:a -> f:bypassed 0.25 by u\n"
                           "x:a -> g:bypassed 0.25 by u\n"
                           "x:a -> y:b 0.2 by t\n"              // 0.5 · 0.5 · 0.8
                           "f:bypassed + x:a -> y:b 0.4 by t\n" // 0.5 · 0.8
                           "f:bypassed + g:bypassed + x:a -> y:b 0.5 by t\n"
                           "g:bypassed + x:a -> y:b 0.25 by t\n"); // 0.5 · 0.5
}

TEST_CASE("two controls of one kind that can both be bypassed: one twin, without both") {
  auto e = agent_and_tool();
  add_control(e, "c1", "filter", "enforce", "x").edge("Writes", "x", "c1");
  add_control(e, "c2", "filter", "enforce", "y").edge("Writes", "x", "c2");
  const auto g = compiled(e, catalogue_with(call_and_bypass));
  const auto steps = steps_of(g, "t");
  REQUIRE(steps.size() == 2);
  CHECK(describe(g, steps[1]) == "c1:bypassed + c2:bypassed + x:a -> y:b 0.5 by t");
  CHECK(g.bypassed(steps[0]).empty());
  CHECK(g.bypassed(steps[1]).size() == 2);
}

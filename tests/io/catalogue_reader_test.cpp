#include <crosscut/io/catalogue.hpp>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

using namespace crosscut;

namespace {

std::vector<diagnostic> problems_of(const std::string& text) {
  diagnostics messages;
  const auto c = io::read_catalogue(text, "c.json", messages);
  CHECK(c.has_value() == !messages.has_errors());
  for (const auto& m : messages.items()) CHECK(m.file == "c.json");
  return messages.items();
}

// A catalogue whose parts are given as JSON; what is not given is the smallest that is right.
struct parts {
  std::string
      entries = "[]",
      targets = "[]", controls = R"([{"kind": "filter", "effect": 0.5}])", fixes = "[]",
      techniques =
          R"([{"id": "t", "edge": "Calls", "from": {"at": "source", "state": "a"}, "to": {"at": "target", "state": "b"}, "probability": 0.5}])";

  std::string text() const {
    return fmt::format(
        R"({{"schema": "crosscut.catalogue/1", "name": "n", "states": ["a", "b", "hijacked"], "entries": {}, "targets": {}, "controls": {}, "fixes": {}, "techniques": {}}})",
        entries, targets, controls, fixes, techniques);
  }
};

std::string one_technique(const std::string& more,
                          const std::string& from = R"({"at": "source", "state": "a"})",
                          const std::string& to = R"({"at": "target", "state": "b"})",
                          const std::string& edge = R"("edge": "Calls",)") {
  return fmt::format(R"([{{"id": "t", {} "from": {}, "to": {}{}{}}}])", edge, from, to,
                     more.empty() ? "" : ", ", more);
}

// Exactly one problem, with this code at this place; its hint or message holds `word`.
void one_problem(const std::string& text, std::string_view code, std::string_view pointer,
                 std::string_view word = "", severity level = severity::error) {
  const auto found = problems_of(text);
  CAPTURE(text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].level == level);
  CHECK(found[0].code == code);
  CHECK(found[0].pointer == pointer);
  CHECK(found[0].position.line >= 1);
  CHECK(found[0].position.column > 1);
  const auto said = found[0].message + '\n' + found[0].hint;
  CAPTURE(said);
  CHECK(said.find(word) != said.npos);
}

void in_techniques(const std::string& list, std::string_view code, std::string_view pointer,
                   std::string_view word = "", severity level = severity::error) {
  parts p;
  p.techniques = list;
  one_problem(p.text(), code, pointer, word, level);
}

const std::string p5 = R"("probability": 0.5)";

} // namespace

TEST_CASE("what is right has no problems, and comes out as it went in") {
  parts p;
  p.entries =
      R"([{"state": "a", "kinds": ["InputSource"], "where": {"trust": ["untrusted"]}, "unknown": "no", "probability": 0.25, "low": 0.125, "high": 1, "basis": "x"}])";
  p.targets =
      R"([{"state": "b", "impact": {"property": "impact", "default": 7}}, {"state": "a", "impact": 3, "unknown": "yes"}])";
  p.controls =
      R"([{"kind": "filter", "name": "Filter", "effect": {"static": 0.25, "adaptive": 0.75}, "cost": 2, "mitigation": "AML.M0020", "basis": "b"}])";
  p.fixes =
      R"([{"id": "f", "name": "F", "for": ["t"], "op": "add_control", "cost": 4, "control": "filter", "at": "source", "kinds": ["Agent"]},
                {"id": "g", "for": ["t"], "op": "set_edge", "properties": {"returns": false, "n": 3}}])";
  p.techniques = one_technique(
      R"("name": "N", "description": "D", "sentence": "{source} calls {target}", "controls": ["filter"], "maestro": ["T2"], "atlas": ["AML.T0053"], "owasp": ["ASI02"],
    "where": {"edge": {"approval": "never"}, "source": {"@kind": ["Agent"], "@model": ["m"]}, "target": {"impact": {"at_least": 2, "at_most": 9}}, "ends": {"tenant": "differs"}},
    "all": [{"at": "target", "edge": "Approves", "direction": "out", "kinds": ["Agent"], "where": {"claim": ["verified"]}, "state": "hijacked"}],
    "probability": {"value": 0.5, "low": 0.25, "high": 0.75, "property": "odds", "basis": "B", "by": [{"where": {"source": {"autonomy": {"equals": "suggest", "absent": false}}}, "value": 0.1}]})",
      R"([{"at": "source", "state": "a"}, {"at": "target", "state": "a", "kinds": ["Tool"]}])");
  CHECK(problems_of(p.text()).empty());
  diagnostics messages;
  const auto c = io::read_catalogue(p.text(), "c", messages);
  REQUIRE(c);
  CHECK(c->entries[0].probability == 0.25);
  CHECK(c->entries[0].low == 0.125);
  CHECK_FALSE(c->entries[0].unknown_matches);
  CHECK(c->targets[0].impact_property == "impact");
  CHECK(c->targets[1].impact_default == 3);
  CHECK(c->controls[0].adaptive_effect == 0.75);
  CHECK(c->fixes[0].op == fix_rule::operation::add_control);
  CHECK(c->fixes[0].at == anchor::source);
  CHECK(c->fixes[1].properties.size() == 2);
  const auto& t = c->techniques[0];
  CHECK(t.from.size() == 2);
  CHECK(t.from[1].kinds == std::vector<std::string>{"Tool"});
  CHECK(t.where.edge[0].accepted[0] == catalogue_value(std::string("never")));
  CHECK(t.where.target[0].at_least == 2.0);
  CHECK(t.where.ends[0].differs);
  CHECK_FALSE(t.all[0].incoming);
  CHECK(t.probability.otherwise.high == 0.75);
  CHECK(t.probability.by[0].where.source[0].absent == false);
}

TEST_CASE("a catalogue may be read from a stream, and has a title") {
  std::istringstream in(parts().text());
  diagnostics messages;
  const auto c = io::read_catalogue(in, "c", messages);
  REQUIRE(c);
  CHECK(c->title() == "n");
}

TEST_CASE("a problem knows its line and column") {
  diagnostics messages;
  CHECK_FALSE(io::read_catalogue("{\n  \"schema\": \"crosscut.catalogue/1\",\n  \"name\": 5,\n  \"states\": "
                                 "[],\n  \"techniques\": []\n}",
                                 "c", messages));
  REQUIRE(messages.items().size() == 2);
  CHECK(messages.items()[0].position == source_position{3, 11});
  CHECK(messages.items()[0].pointer == "/name");
  CHECK(messages.items()[1].pointer == "/states"); // an empty list
}

TEST_CASE("all problems are reported, not the first") {
  parts p;
  p.techniques =
      R"([{"id": "t", "edge": "Calls", "frm": 1, "to": {"at": "target", "state": "z"}, "probability": 2}])";
  p.targets = R"([{"state": "b", "impact": 11}])";
  std::vector<std::string> codes;
  for (const auto& m : problems_of(p.text())) codes.push_back(m.code + ' ' + m.pointer);
  std::ranges::sort(codes);
  CHECK(codes ==
        std::vector<std::string>{"catalogue-key /techniques/0/frm", "catalogue-missing /techniques/0",
                                 "catalogue-name /techniques/0/to/state", "catalogue-range /targets/0/impact",
                                 "catalogue-range /techniques/0/probability"});
}

TEST_CASE("the document's head") {
  CHECK(problems_of("[]")[0].code == "catalogue-type");
  CHECK(problems_of("{")[0].code == "json-syntax");
  const auto missing = problems_of("{}");
  CHECK(missing.size() == 4); // schema, name, states, techniques
  const auto with_schema = [](std::string_view name) {
    return fmt::format(R"({{"schema": "{}", "name": "n", "states": ["a"], "techniques": []}})", name);
  };
  one_problem(with_schema("crosscut.catalogue/2"), "catalogue-schema", "/schema", "version");
  one_problem(with_schema("something else"), "catalogue-schema", "/schema", "not a catalogue");
}

TEST_CASE("unknown keys, with a guess") {
  in_techniques(one_technique(p5 + R"(, "contols": [])"), "catalogue-key", "/techniques/0/contols",
                "\"controls\"");
  in_techniques(one_technique(p5, R"({"at": "source", "state": "a", "kind": []})"), "catalogue-key",
                "/techniques/0/from/kind", "\"kinds\"");
  in_techniques(one_technique(p5 + R"(, "where": {"node": {}})"), "catalogue-key", "/techniques/0/where/node",
                "known: edge");
  in_techniques(one_technique(p5 + R"(, "where": {"source": {"size": {"atleast": 3, "at_most": 4}}})"),
                "catalogue-key", "/techniques/0/where/source/size/atleast", "\"at_least\"");
}

TEST_CASE("unknown names, with a guess") {
  in_techniques(one_technique(p5, R"({"at": "source", "state": "hijaked"})"), "catalogue-name",
                "/techniques/0/from/state", "did you mean \"hijacked\"?");
  in_techniques(one_technique(p5, R"({"at": "sorce", "state": "a"})"), "catalogue-name",
                "/techniques/0/from/at", "\"source\"");
  in_techniques(one_technique(p5 + R"(, "controls": ["fliter"])"), "catalogue-name",
                "/techniques/0/controls/0", "\"filter\"");
  in_techniques(one_technique(p5 + R"(, "where": {"ends": {"tenant": "difers"}})"), "catalogue-name",
                "/techniques/0/where/ends/tenant", "\"differs\"");
  in_techniques(one_technique(p5 + R"(, "where": {"source": {"@kid": ["Agent"]}})"), "catalogue-name",
                "/techniques/0/where/source/@kid", "\"@kind\"");
  parts p;
  p.fixes = R"([{"id": "f", "for": ["u"], "op": "remove_edge"}])";
  one_problem(p.text(), "catalogue-name", "/fixes/0/for/0", "\"t\"");
  p.fixes = R"([{"id": "f", "for": ["t"], "op": "remove_egde"}])";
  one_problem(p.text(), "catalogue-name", "/fixes/0/op", "\"remove_edge\"");
  p.fixes = R"([{"id": "f", "for": ["t"], "op": "add_control", "control": "filtre"}])";
  one_problem(p.text(), "catalogue-name", "/fixes/0/control", "\"filter\"");
  p = {};
  p.entries = R"([{"state": "c", "unknown": "never"}])";
  CHECK(problems_of(p.text()).size() == 2);
}

TEST_CASE("wrong types and missing fields") {
  in_techniques(one_technique(R"("probability": "high")"), "catalogue-type", "/techniques/0/probability",
                "expected an object");
  in_techniques(one_technique(""), "catalogue-missing", "/techniques/0", "\"probability\"");
  in_techniques(one_technique(R"("probability": {"low": 0.1})"), "catalogue-missing",
                "/techniques/0/probability", "\"value\"");
  in_techniques(one_technique(p5, R"({"state": "a"})"), "catalogue-missing", "/techniques/0/from", "\"at\"");
  in_techniques(one_technique(p5, R"("a")"), "catalogue-type", "/techniques/0/from");
  in_techniques(one_technique(p5 + R"(, "where": {"source": {"size": null}})"), "catalogue-type",
                "/techniques/0/where/source/size", "found null");
  in_techniques(one_technique(p5 + R"(, "where": {"source": {"size": [["x"]]}})"), "catalogue-type",
                "/techniques/0/where/source/size/0");
  in_techniques(one_technique(p5 + R"(, "where": {"source": {"size": {"at_least": "5"}}})"), "catalogue-type",
                "/techniques/0/where/source/size/at_least", "a number");
  in_techniques(one_technique(p5 + R"(, "all": [{"at": "target", "state": "a"}])"), "catalogue-missing",
                "/techniques/0/all/0", "\"edge\"");
  in_techniques(R"({"t": 1})", "catalogue-type", "/techniques", "a list");
}

TEST_CASE("probabilities, effects and impacts have their ranges") {
  in_techniques(one_technique(R"("probability": 1.5)"), "catalogue-range", "/techniques/0/probability",
                "from 0");
  in_techniques(one_technique(R"("probability": {"value": -0.1})"), "catalogue-range",
                "/techniques/0/probability/value");
  in_techniques(one_technique(R"("probability": {"value": 0.5, "low": 0.6})"), "catalogue-range",
                "/techniques/0/probability", "low <= value <= high");
  in_techniques(one_technique(R"("probability": {"value": 0.5, "high": 0.4})"), "catalogue-range",
                "/techniques/0/probability", "interval");
  in_techniques(
      one_technique(
          R"("probability": {"value": 0.5, "by": [{"where": {"source": {"x": 1}}, "value": 0.5, "low": 0.7, "high": 0.9}]})"),
      "catalogue-range", "/techniques/0/probability/by/0");
  in_techniques(one_technique(p5 + R"(, "where": {"source": {"size": {"at_least": 5, "at_most": 4}}})"),
                "catalogue-range", "/techniques/0/where/source/size");
  parts p;
  p.controls = R"([{"kind": "filter", "effect": {"static": 0.5, "adaptive": 1.2}}])";
  one_problem(p.text(), "catalogue-range", "/controls/0/effect/adaptive");
  p.controls = R"([{"kind": "filter", "effect": 0.5, "cost": -1}])";
  one_problem(p.text(), "catalogue-range", "/controls/0/cost");
  p = {};
  p.targets = R"([{"state": "b", "impact": {"property": "impact", "default": 10.5}}])";
  one_problem(p.text(), "catalogue-range", "/targets/0/impact/default", "to 10");
  p = {};
  p.entries = R"([{"state": "a", "probability": 0.5, "low": 0.6, "high": 0.8}])";
  one_problem(p.text(), "catalogue-range", "/entries/0", "low <= probability <= high");
}

TEST_CASE("duplicates") {
  parts p;
  p.controls = R"([{"kind": "filter", "effect": 0.5}, {"kind": "filter", "effect": 0.4}])";
  one_problem(p.text(), "catalogue-duplicate", "/controls/1/kind", "\"filter\"");
  p = {};
  p.fixes =
      R"([{"id": "f", "for": ["t"], "op": "remove_edge"}, {"id": "f", "for": ["t"], "op": "remove_edge"}])";
  one_problem(p.text(), "catalogue-duplicate", "/fixes/1/id");
  p.fixes = R"([{"id": "f", "for": ["t", "t"], "op": "remove_edge"}])";
  one_problem(p.text(), "catalogue-duplicate", "/fixes/0/for/1");
  auto twice = one_technique(p5);
  twice.insert(twice.size() - 1, "," + twice.substr(1, twice.size() - 2));
  in_techniques(twice, "catalogue-duplicate", "/techniques/1/id", "\"t\"");
  one_problem(R"({"schema": "crosscut.catalogue/1", "name": "n", "states": ["a", "a"], "techniques": []})",
              "catalogue-duplicate", "/states/1");
  in_techniques(one_technique(p5 + R"(, "controls": ["filter", "filter"])"), "catalogue-duplicate",
                "/techniques/0/controls/1");
}

TEST_CASE("empty lists accept nothing") {
  in_techniques(one_technique(p5, "[]"), "catalogue-empty", "/techniques/0/from");
  in_techniques(one_technique(p5, R"({"at": "source", "state": "a", "kinds": []})"), "catalogue-empty",
                "/techniques/0/from/kinds");
  in_techniques(one_technique(p5 + R"(, "where": {"source": {"size": []}})"), "catalogue-empty",
                "/techniques/0/where/source/size");
  in_techniques(one_technique(p5 + R"(, "where": {"source": {"size": {}}})"), "catalogue-empty",
                "/techniques/0/where/source/size");
  in_techniques(one_technique(R"("probability": {"value": 0.5, "by": [{"where": {}, "value": 0.1}]})"),
                "catalogue-empty", "/techniques/0/probability/by/0/where");
  parts p;
  p.fixes = R"([{"id": "f", "for": [], "op": "remove_edge"}])";
  one_problem(p.text(), "catalogue-empty", "/fixes/0/for");
}

TEST_CASE("a technique without edge has one place, and one with edge has two") {
  const auto at = [](std::string_view place) {
    return fmt::format(R"({{"at": "{}", "state": "a"}})", place);
  };
  in_techniques(one_technique(p5, at("source"), R"({"state": "b"})", ""), "catalogue-name",
                "/techniques/0/from/at", "known: node");
  in_techniques(one_technique(p5, at("node"), R"({"at": "target", "state": "b"})"), "catalogue-name",
                "/techniques/0/from/at", "source");
  in_techniques(
      one_technique(p5 + R"(, "where": {"source": {"x": 1}})", R"({"state": "a"})", R"({"state": "b"})", ""),
      "catalogue-key", "/techniques/0/where/source", "node");
  in_techniques(
      one_technique(p5 + R"(, "sentence": "{source} falls")", R"({"state": "a"})", R"({"state": "b"})", ""),
      "catalogue-sentence", "/techniques/0/sentence", "node");
  parts p;
  p.techniques = one_technique(p5, R"({"state": "a"})", R"({"state": "b"})", "");
  CHECK(problems_of(p.text()).empty());
  p.fixes = R"([{"id": "f", "for": ["t"], "op": "remove_edge"}])";
  one_problem(p.text(), "catalogue-place", "/fixes/0", "no edge");
  p.fixes = R"([{"id": "f", "for": ["t"], "op": "set_node", "at": "target", "properties": {"x": 1}}])";
  one_problem(p.text(), "catalogue-place", "/fixes/0", "no \"target\"");
  p.fixes = R"([{"id": "f", "for": ["t"], "op": "set_node", "at": "node", "properties": {"x": 1}}])";
  CHECK(problems_of(p.text()).empty());
}

TEST_CASE("sentences name the ends that there are") {
  in_techniques(one_technique(p5 + R"(, "sentence": "{sorce} calls {target}")"), "catalogue-sentence",
                "/techniques/0/sentence", "{sorce}");
  in_techniques(one_technique(p5 + R"(, "sentence": "{node} falls")"), "catalogue-sentence",
                "/techniques/0/sentence", "{node}");
  in_techniques(one_technique(p5 + R"(, "sentence": "{source calls")"), "catalogue-sentence",
                "/techniques/0/sentence", "closed");
}

TEST_CASE("the name of a fix may name the ends too") {
  parts p;
  p.fixes = R"([{"id": "f", "name": "Take {target} away from {source}", "for": ["t"], "op": "remove_edge"}])";
  CHECK(problems_of(p.text()).empty());
  p.fixes = R"([{"id": "f", "name": "Take {tool} away", "for": ["t"], "op": "remove_edge"}])";
  one_problem(p.text(), "catalogue-sentence", "/fixes/0/name", "{tool}");
}

TEST_CASE("a conclusion among the preconditions") {
  in_techniques(one_technique(p5, R"({"at": "source", "state": "a"})", R"({"at": "source", "state": "a"})"),
                "catalogue-place", "/techniques/0/to", "no step");
}

TEST_CASE("@kind and @model where they make no sense") {
  in_techniques(one_technique(p5 + R"(, "where": {"edge": {"@kind": ["Calls"]}})"), "catalogue-place",
                "/techniques/0/where/edge/@kind");
  in_techniques(one_technique(p5 + R"(, "where": {"edge": {"@model": ["m"]}})"), "catalogue-place",
                "/techniques/0/where/edge/@model");
  in_techniques(one_technique(p5 + R"(, "where": {"ends": {"@kind": "same"}})"), "catalogue-place",
                "/techniques/0/where/ends/@kind");
  in_techniques(one_technique(p5 + R"(, "where": {"source": {"@kind": {"at_least": 3}}})"), "catalogue-place",
                "/techniques/0/where/source/@kind");
  in_techniques(one_technique(p5 + R"(, "where": {"source": {"@model": [7]}})"), "catalogue-place",
                "/techniques/0/where/source/@model");
  in_techniques(one_technique(R"("probability": {"value": 0.5, "property": "@kind"})"), "catalogue-place",
                "/techniques/0/probability");
  in_techniques(
      one_technique(
          p5 +
          R"(, "all": [{"at": "target", "edge": "Approves", "where": {"@kind": ["Approves"]}, "state": "a"}])"),
      "catalogue-place", "/techniques/0/all/0/where/@kind");
  parts p;
  p.techniques =
      one_technique(p5 + R"(, "where": {"edge": {"@kind": ["Calls"]}})", R"({"at": "source", "state": "a"})",
                    R"({"at": "target", "state": "b"})", R"("edge": "*",)");
  CHECK(problems_of(p.text()).empty());
}

TEST_CASE("keys that mean nothing for a fix's operation") {
  parts p;
  p.fixes = R"([{"id": "f", "for": ["t"], "op": "remove_edge", "properties": {"x": 1}}])";
  one_problem(p.text(), "catalogue-place", "/fixes/0/properties");
  p.fixes = R"([{"id": "f", "for": ["t"], "op": "set_edge"}])";
  one_problem(p.text(), "catalogue-missing", "/fixes/0", "\"properties\"");
  p.fixes = R"([{"id": "f", "for": ["t"], "op": "add_control"}])";
  one_problem(p.text(), "catalogue-missing", "/fixes/0", "\"control\"");
}

TEST_CASE("warnings: legal, but probably not meant") {
  in_techniques(one_technique(p5, R"({"at": "source", "state": "a"})", R"({"at": "target", "state": "b"})",
                              R"("edge": "Cals",)"),
                "catalogue-kind", "/techniques/0/edge", "\"Calls\"", severity::warning);
  in_techniques(one_technique(p5, R"({"at": "source", "state": "a", "kinds": ["Agnet"]})"), "catalogue-kind",
                "/techniques/0/from/kinds", "\"Agent\"", severity::warning);
  in_techniques(one_technique(p5 + R"(, "where": {"edge": {"approval": ["nevr"]}})"), "catalogue-value",
                "/techniques/0/where/edge/approval", "one of", severity::warning);
  in_techniques(one_technique(p5 + R"(, "where": {"source": {"autonomi": ["suggest"]}})"),
                "catalogue-property", "/techniques/0/where/source/autonomi", "\"autonomy\"",
                severity::warning);
  in_techniques(one_technique(p5, R"({"at": "source", "state": "a", "kinds": ["Secret"]})",
                              R"({"at": "target", "state": "b", "kinds": ["Tool"]})"),
                "catalogue-ends", "/techniques/0", "Calls", severity::warning);
  parts p;
  p.controls = R"([{"kind": "filter", "effect": {"static": 0, "adaptive": 0.5}}])";
  one_problem(p.text(), "catalogue-proof", "/controls/0", "proof", severity::warning);
  p.controls = R"([{"kind": "filter", "effect": 0, "proof": "shown"}])";
  CHECK(problems_of(p.text()).empty());
}

TEST_CASE("text from a document is escaped in messages") {
  const auto found = problems_of(parts{.techniques = one_technique(p5 + R"(, "\u001b[31m": 1)")}.text());
  REQUIRE(found.size() == 1);
  CHECK(found[0].message.find('\x1b') == std::string::npos);
  CHECK(found[0].pointer.find('\x1b') == std::string::npos);
}

TEST_CASE("a guess is a small slip, or none") {
  in_techniques(one_technique(p5, R"({"at": "source", "state": "hijakced"})"), "catalogue-name",
                "/techniques/0/from/state", "did you mean \"hijacked\"?"); // neighbours swapped
  in_techniques(one_technique(p5, R"({"at": "source", "state": "HIJACKED"})"), "catalogue-name",
                "/techniques/0/from/state", "did you mean \"hijacked\"?");
  in_techniques(one_technique(p5, R"({"at": "source", "state": "destroyed"})"), "catalogue-name",
                "/techniques/0/from/state", "known: a, b, hijacked");
}

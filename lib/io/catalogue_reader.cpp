#include "catalogue_value.hpp"
#include "did_you_mean.hpp"

#include <crosscut/base/escape.hpp>
#include <crosscut/io/catalogue.hpp>

#include <algorithm>
#include <istream>
#include <limits>
#include <map>

namespace crosscut::io {

namespace {

using value_reader = catalogue_value_reader;

constexpr double unbounded = std::numeric_limits<double>::max();
constexpr std::size_t most_of_a_kind = 65'534; // the attack graph numbers states and techniques in 16 bits
constexpr std::string_view schema_name = "crosscut.catalogue/1";

// --- names, before anything refers to them

// Texts at `key` of every object in a list. Whatever is malformed is reported when it is read.
std::vector<std::string_view> names_in(const json::node& document, std::string_view list,
                                       std::string_view key) {
  std::vector<std::string_view> result;
  const auto* found = document.find(list);
  if (!found) return result;
  for (const auto& e : found->elements()) {
    const auto* named = key.empty() ? &e : e.find(key);
    if (!named) continue;
    if (const auto name = named->as_string()) result.push_back(*name);
  }
  return result;
}

template <class Rule>
void refuse_duplicates(const value_reader& document, std::string_view list, std::string_view key,
                       const std::vector<Rule>& rules, std::string Rule::* name) {
  const auto found = document.find(list);
  if (!found || !found->node().is_array()) return;
  std::map<std::string_view, bool> seen;
  const auto elements = found->elements();
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (!(rules[i].*name).empty() && !seen.try_emplace(rules[i].*name, true).second)
      elements[i]
          .find(key)
          .value_or(elements[i])
          .error("catalogue-duplicate", "a second " + quoted(rules[i].*name) + " in " + quoted(list));
}

// --- the parts

bool read_unknown(const value_reader& value) {
  static constexpr std::string_view words[] = {"yes", "no"};
  return value.name_of("answer", words) != "no";
}

template <class Rule> void read_rule_head(const value_reader& value, Rule& rule) {
  if (const auto v = value.need("state")) rule.state = v->name_of("state", value.context().states);
  if (const auto v = value.find("kinds")) rule.kinds = read_node_kinds(*v);
  if (const auto v = value.find("where")) rule.where = read_conditions(*v, {rule.kinds});
  if (const auto v = value.find("unknown")) rule.unknown_matches = read_unknown(*v);
}

entry_rule read_entry(const value_reader& value) {
  entry_rule rule;
  if (!value.is_object_of({"state", "kinds", "where", "unknown", "probability", "low", "high", "basis"}))
    return rule;
  read_rule_head(value, rule);
  if (const auto v = value.find("probability")) rule.probability = v->number_in(0, 1);
  if (const auto v = value.find("low")) rule.low = v->number_in(0, 1);
  if (const auto v = value.find("high")) rule.high = v->number_in(0, 1);
  if (const auto v = value.find("basis")) rule.basis = v->text();
  if (rule.low.value_or(0) > rule.probability || rule.high.value_or(1) < rule.probability)
    value.error("catalogue-range", "the probability lies outside its interval", "low <= probability <= high");
  return rule;
}

void read_impact(const value_reader& value, target_rule& rule) {
  if (value.node().is_number()) {
    rule.impact_default = value.number_in(0, 10);
    return;
  }
  if (!value.is_object_of({"property", "default"})) return;
  if (const auto v = value.find("property")) rule.impact_property = v->non_empty_text();
  if (const auto v = value.need("default")) rule.impact_default = v->number_in(0, 10);
}

target_rule read_target(const value_reader& value) {
  target_rule rule;
  if (!value.is_object_of({"state", "kinds", "where", "unknown", "impact"})) return rule;
  read_rule_head(value, rule);
  if (const auto v = value.find("impact")) read_impact(*v, rule);
  return rule;
}

void read_effect(const value_reader& value, control_rule& rule) {
  if (value.node().is_number()) {
    rule.static_effect = rule.adaptive_effect = value.number_in(0, 1);
    return;
  }
  if (!value.is_object_of({"static", "adaptive"})) return;
  if (const auto v = value.need("static")) rule.static_effect = v->number_in(0, 1);
  if (const auto v = value.need("adaptive")) rule.adaptive_effect = v->number_in(0, 1);
}

control_rule read_control(const value_reader& value) {
  control_rule rule;
  const auto errors_before = value.context().out.count(severity::error);
  if (!value.is_object_of({"kind", "name", "effect", "cost", "mitigation", "basis", "proof"})) return rule;
  if (const auto v = value.need("kind")) rule.kind = v->non_empty_text();
  if (const auto v = value.find("name")) rule.name = v->text();
  if (const auto v = value.need("effect")) read_effect(*v, rule);
  if (const auto v = value.find("cost")) rule.cost = v->number_in(0, unbounded);
  if (const auto v = value.find("mitigation")) rule.mitigation = v->text();
  if (const auto v = value.find("basis")) rule.basis = v->text();
  if (const auto v = value.find("proof")) rule.proof = v->text();
  const bool sound = value.context().out.count(severity::error) == errors_before;
  if (sound && rule.proof.empty() && (rule.static_effect == 0 || rule.adaptive_effect == 0))
    value.warn("catalogue-proof", "an effect of 0 says that the attack cannot succeed, and nothing proves it",
               "give `proof`, or an effect above 0");
  return rule;
}

fix_rule::operation read_operation(const value_reader& value) {
  static constexpr std::string_view words[] = {"remove_edge", "add_control", "set_node", "set_edge"};
  const auto found = std::ranges::find(words, value.name_of("operation", words));
  return found == std::end(words) ? fix_rule::operation::remove_edge
                                  : static_cast<fix_rule::operation>(found - std::begin(words));
}

// Changes take a property away by null, which a catalogue value cannot say: fixes set, they do not remove.
void read_properties(const value_reader& value, fix_rule& rule) {
  if (!value.node().is_object()) return value.wrong_type("an object of values by property");
  for (const auto& [name, v] : value.members())
    if (auto scalar = v.scalar()) rule.properties.emplace_back(std::string(name), std::move(*scalar));
  if (rule.properties.empty()) value.error("catalogue-empty", "this fix sets nothing");
}

// Techniques of the document that a fix is for, to check where it acts.
bool has_anchor(const json::node& document, std::string_view technique_id, anchor at) {
  const auto* list = document.find("techniques");
  if (!list) return true;
  for (const auto& t : list->elements()) {
    const auto* id = t.find("id");
    if (id && id->as_string() == technique_id) return (t.find("edge") != nullptr) == (at != anchor::node);
  }
  return true;
}

void check_anchors(const value_reader& value, const fix_rule& rule, const json::node& document) {
  const bool on_edge =
      rule.op == fix_rule::operation::remove_edge || rule.op == fix_rule::operation::set_edge;
  for (const auto& id : rule.for_techniques)
    if (!has_anchor(document, id, on_edge ? anchor::source : rule.at))
      value.error("catalogue-place",
                  on_edge ? "technique " + quoted(id) + " has no edge to change"
                          : "technique " + quoted(id) + " has no " + quoted(to_string(rule.at)),
                  "a technique without `edge` acts at its node; others at source or target");
}

void read_fix_details(const value_reader& value, fix_rule& rule) {
  using operation = fix_rule::operation;
  static constexpr std::string_view ends[] = {"source", "target", "node"};
  const auto forbid = [&](std::string_view key, bool fits) {
    if (const auto v = value.find(key); v && !fits)
      v->error("catalogue-place", quoted(key) + " means nothing for this operation");
  };
  const bool sets = rule.op == operation::set_node || rule.op == operation::set_edge;
  const bool at_node = rule.op == operation::set_node || rule.op == operation::add_control;
  forbid("control", rule.op == operation::add_control);
  forbid("properties", sets);
  forbid("at", at_node || value.find("kinds").has_value());
  if (rule.op == operation::add_control)
    if (const auto v = value.need("control")) rule.control = v->name_of("control", value.context().controls);
  if (sets)
    if (const auto v = value.need("properties")) read_properties(*v, rule);
  if (const auto v = value.find("at")) {
    const auto name = v->name_of("end", ends);
    rule.at = name == "source" ? anchor::source : name == "node" ? anchor::node : anchor::target;
  }
  if (const auto v = value.find("kinds")) rule.kinds = read_node_kinds(*v);
}

fix_rule read_fix(const value_reader& value, const json::node& document) {
  fix_rule rule;
  if (!value.is_object_of({"id", "name", "for", "op", "cost", "control", "at", "kinds", "properties"}))
    return rule;
  if (const auto v = value.need("id")) rule.id = v->non_empty_text();
  if (const auto v = value.find("name")) rule.name = v->text();
  if (const auto v = value.need("for")) {
    rule.for_techniques = v->names();
    for (const auto& e : v->node().is_array() ? v->elements() : std::vector<value_reader>{})
      e.name_of("technique", value.context().techniques);
  }
  if (const auto v = value.find("cost")) rule.cost = v->number_in(0, unbounded);
  if (const auto v = value.need("op")) {
    rule.op = read_operation(*v);
    read_fix_details(value, rule);
    check_anchors(value, rule, document);
    if (const auto name = value.find("name")) check_sentence(*name, rule.name, rule.at != anchor::node);
  }
  return rule;
}

// --- the document

template <class Rule, class Read>
std::vector<Rule> read_list(const value_reader& document, std::string_view key, Read read) {
  std::vector<Rule> result;
  const auto list = document.find(key);
  if (!list) return result;
  const auto elements = list->elements();
  if (elements.size() > most_of_a_kind) {
    list->error("catalogue-size", "too many " + std::string(key),
                "at most " + std::to_string(most_of_a_kind));
    return result;
  }
  for (const auto& e : elements) result.push_back(read(e));
  return result;
}

void check_schema(const value_reader& document) {
  const auto v = document.need("schema");
  if (!v) return;
  const auto name = v->text();
  if (!v->node().is_string() || name == schema_name) return;
  v->error("catalogue-schema",
           name.starts_with("crosscut.catalogue/") ? "version of the schema not supported: " + quoted(name)
                                                   : "not a catalogue: " + quoted(name),
           "\"" + std::string(schema_name) + '"');
}

std::vector<std::string> read_states(const value_reader& document) {
  const auto v = document.need("states");
  if (!v) return {};
  auto states = v->names();
  if (states.size() > most_of_a_kind) v->error("catalogue-size", "too many states");
  for (const auto& s : states)
    if (s.find(':') != s.npos)
      v->error("catalogue-name", "state " + quoted(s) + " has a colon", "ID:STATE is split at one");
  return states;
}

catalogue read_document(const value_reader& document) {
  catalogue c;
  if (!document.is_object_of(
          {"schema", "name", "version", "states", "entries", "targets", "controls", "fixes", "techniques"}))
    return c;
  check_schema(document);
  if (const auto v = document.need("name")) c.name = v->non_empty_text();
  if (const auto v = document.find("version")) c.version = v->text();
  c.states = read_states(document);
  c.entries = read_list<entry_rule>(document, "entries", read_entry);
  c.targets = read_list<target_rule>(document, "targets", read_target);
  c.controls = read_list<control_rule>(document, "controls", read_control);
  c.fixes = read_list<fix_rule>(document, "fixes",
                                [&](const value_reader& v) { return read_fix(v, document.node()); });
  if (document.need("techniques"))
    c.techniques = read_list<technique>(document, "techniques", read_technique);
  refuse_duplicates(document, "controls", "kind", c.controls, &control_rule::kind);
  refuse_duplicates(document, "fixes", "id", c.fixes, &fix_rule::id);
  refuse_duplicates(document, "techniques", "id", c.techniques, &technique::id);
  return c;
}

template <class Input>
std::optional<catalogue> read(Input& input, const std::string& name, diagnostics& out) {
  json::document_options options;
  options.read.file = name;
  options.max_bytes = std::uint64_t{16} << 20;
  const auto errors_before = out.count(severity::error);
  const auto document = json::parse_document(input, options, out);
  if (!document) return std::nullopt;
  catalogue_context context{name, out, names_in(*document, "states", ""),
                            names_in(*document, "controls", "kind"), names_in(*document, "techniques", "id")};
  auto c = read_document(value_reader(*document, "", context));
  if (out.count(severity::error) != errors_before) return std::nullopt;
  return c;
}

} // namespace

std::optional<catalogue> read_catalogue(std::string_view text, const std::string& name, diagnostics& out) {
  return read(text, name, out);
}

std::optional<catalogue> read_catalogue(std::istream& in, const std::string& name, diagnostics& out) {
  return read(in, name, out);
}

} // namespace crosscut::io

#include "catalogue_value.hpp"
#include "did_you_mean.hpp"

#include <crosscut/base/escape.hpp>
#include <crosscut/model/schema.hpp>

#include <algorithm>
#include <array>

namespace crosscut::io {

namespace {

using value_reader = catalogue_value_reader;

fact_pattern read_fact(const value_reader& value, bool on_edge) {
  fact_pattern f;
  f.at = on_edge ? anchor::source : anchor::node;
  if (!value.is_object_of({"at", "state", "kinds"})) return f;
  if (const auto at = on_edge ? value.need("at") : value.find("at")) f.at = read_anchor(*at, on_edge);
  if (const auto state = value.need("state")) f.state = state->name_of("state", value.context().states);
  if (const auto kinds = value.find("kinds")) f.kinds = read_node_kinds(*kinds);
  return f;
}

// One fact, or a list of facts that must all hold.
std::vector<fact_pattern> read_from(const value_reader& value, bool on_edge) {
  std::vector<fact_pattern> result;
  if (value.node().is_object()) return {read_fact(value, on_edge)};
  if (!value.node().is_array()) {
    value.wrong_type("a fact or a list of facts");
    return result;
  }
  for (const auto& e : value.elements()) result.push_back(read_fact(e, on_edge));
  if (result.empty())
    value.error("catalogue-empty", "a technique needs a fact to start from",
                "what an attacker has from the start is an entry");
  return result;
}

// The node kinds that a technique's facts leave possible at one end.
std::vector<std::string> kinds_at(const technique& t, anchor at) {
  if (t.to.at == at && !t.to.kinds.empty()) return t.to.kinds;
  for (const auto& f : t.from)
    if (f.at == at && !f.kinds.empty()) return f.kinds;
  return {};
}

where_clause read_where(const value_reader& value, const technique& t) {
  where_clause w;
  if (t.edge.empty()) {
    if (!value.is_object_of({"node"})) return w;
    if (const auto part = value.find("node")) w.node = read_conditions(*part, {kinds_at(t, anchor::node)});
    return w;
  }
  if (!value.is_object_of({"edge", "source", "target", "ends"})) return w;
  const bool any_kind = t.edge == "*";
  const auto edge_kinds = any_kind ? std::vector<std::string>{} : std::vector{t.edge};
  if (const auto part = value.find("edge"))
    w.edge = read_conditions(*part, {edge_kinds, true, any_kind, false});
  if (const auto part = value.find("source"))
    w.source = read_conditions(*part, {kinds_at(t, anchor::source)});
  if (const auto part = value.find("target"))
    w.target = read_conditions(*part, {kinds_at(t, anchor::target)});
  if (const auto part = value.find("ends")) w.ends = read_ends(*part);
  return w;
}

demand read_demand(const value_reader& value, const technique& t) {
  static constexpr std::string_view directions[] = {"in", "out"};
  demand d;
  const bool on_edge = !t.edge.empty();
  d.at = on_edge ? anchor::target : anchor::node;
  if (!value.is_object_of({"at", "edge", "direction", "kinds", "where", "state"})) return d;
  if (const auto at = on_edge ? value.need("at") : value.find("at")) d.at = read_anchor(*at, on_edge);
  if (const auto edge = value.need("edge")) d.edge = read_edge_kind(*edge);
  if (d.edge == "*")
    value.error("catalogue-place", "a demand looks at one kind of edge", "the name of an edge kind");
  if (const auto direction = value.find("direction"))
    d.incoming = direction->name_of("direction", directions) != "out";
  if (const auto kinds = value.find("kinds")) d.kinds = read_node_kinds(*kinds);
  if (const auto where = value.find("where"))
    d.where = read_conditions(*where, {{d.edge}, true, false, false});
  if (const auto state = value.need("state")) d.state = state->name_of("state", value.context().states);
  return d;
}

// The keys of an estimate; the object may have others.
estimate read_estimate(const value_reader& value) {
  estimate e;
  if (const auto v = value.need("value")) e.value = v->number_in(0, 1);
  if (const auto v = value.find("low")) e.low = v->number_in(0, 1);
  if (const auto v = value.find("high")) e.high = v->number_in(0, 1);
  if (const auto v = value.find("basis")) e.basis = v->text();
  if (e.low.value_or(e.value) > e.value || e.high.value_or(e.value) < e.value)
    value.error("catalogue-range", "the value lies outside its interval", "low <= value <= high");
  return e;
}

probability_row read_row(const value_reader& value, const technique& t) {
  probability_row row;
  if (!value.is_object_of({"where", "value", "low", "high", "basis"})) return row;
  if (const auto where = value.need("where")) {
    row.where = read_where(*where, t);
    if (row.where.empty() && where->node().is_object())
      where->error("catalogue-empty", "this row applies always, so no row after it counts",
                   "put the number into `value`");
  }
  row.p = read_estimate(value);
  return row;
}

step_probability read_probability(const value_reader& value, const technique& t) {
  step_probability p;
  if (value.node().is_number()) {
    p.otherwise.value = value.number_in(0, 1);
    return p;
  }
  if (!value.is_object_of({"value", "low", "high", "basis", "property", "by"})) return p;
  p.otherwise = read_estimate(value);
  if (const auto v = value.find("property")) p.property = v->non_empty_text();
  if (p.property.starts_with('@'))
    value.error("catalogue-place", quoted(p.property) + " is no number", "the name of a property");
  if (const auto by = value.find("by"))
    for (const auto& row : by->elements()) p.by.push_back(read_row(row, t));
  return p;
}

std::vector<std::string> read_controls(const value_reader& list) {
  auto names = list.elements();
  std::vector<std::string> result;
  for (const auto& e : names) {
    auto kind = e.name_of("control", list.context().controls);
    if (std::ranges::find(result, kind) != result.end())
      e.error("catalogue-duplicate", quoted(kind) + " stands twice in this list");
    else
      result.push_back(std::move(kind));
  }
  return result;
}

void read_texts(const value_reader& value, technique& t) {
  if (const auto v = value.need("id")) t.id = v->non_empty_text();
  if (const auto v = value.find("name")) t.name = v->text();
  if (const auto v = value.find("description")) t.description = v->text();
  if (const auto v = value.find("maestro")) t.maestro = v->texts();
  if (const auto v = value.find("atlas")) t.atlas = v->texts();
  if (const auto v = value.find("owasp")) t.owasp = v->texts();
}

void read_facts(const value_reader& value, technique& t) {
  const bool on_edge = !t.edge.empty();
  if (const auto v = value.need("from")) t.from = read_from(*v, on_edge);
  const auto to = value.need("to");
  if (!to) return;
  t.to = read_fact(*to, on_edge);
  const auto repeats = [&](const fact_pattern& f) { return f.at == t.to.at && f.state == t.to.state; };
  if (std::ranges::any_of(t.from, repeats) && !t.to.state.empty())
    to->error("catalogue-place", "the conclusion is among the preconditions: no step can come of it");
}

void check_ends(const value_reader& value, const technique& t) {
  const auto sources = kinds_at(t, anchor::source), targets = kinds_at(t, anchor::target);
  const auto joins = [&](const std::string& from, const std::string& to) {
    return schema::allows(t.edge, from, to);
  };
  const bool some = sources.empty() || targets.empty() || std::ranges::any_of(sources, [&](const auto& from) {
                      return std::ranges::any_of(targets, [&](const auto& to) { return joins(from, to); });
                    });
  if (!some)
    value.warn("catalogue-ends", "no " + quoted(t.edge) + " edge of the schema joins these kinds of nodes");
}

} // namespace

// A sentence is a template: {source} and {target}, or {node}, stand for display names.
void check_sentence(const value_reader& value, std::string_view text, bool on_edge) {
  static constexpr std::string_view of_edge[] = {"source", "target"}, of_node[] = {"node"};
  const std::span<const std::string_view> known =
      on_edge ? std::span(of_edge) : std::span<const std::string_view>(of_node);
  for (std::size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    const auto close = text.find('}', open);
    if (close == text.npos) return value.error("catalogue-sentence", "a brace is not closed", "{source}");
    const auto name = text.substr(open + 1, close - open - 1);
    if (std::ranges::find(known, name) == known.end())
      value.error("catalogue-sentence", "unknown placeholder {" + escape_for_terminal(name) + '}',
                  did_you_mean(name, known));
  }
}

anchor read_anchor(const value_reader& value, bool on_edge) {
  static constexpr std::array<std::string_view, 2> of_edge{"source", "target"};
  static constexpr std::array<std::string_view, 1> of_node{"node"};
  const auto name = on_edge ? value.name_of("end", of_edge) : value.name_of("place", of_node);
  if (!on_edge) return anchor::node;
  return name == "target" ? anchor::target : anchor::source;
}

technique read_technique(const value_reader& value) {
  technique t;
  if (!value.is_object_of({"id", "name", "description", "sentence", "edge", "from", "to", "where", "all",
                           "probability", "controls", "maestro", "atlas", "owasp"}))
    return t;
  read_texts(value, t);
  if (const auto v = value.find("edge")) t.edge = read_edge_kind(*v);
  read_facts(value, t);
  check_ends(value, t);
  if (const auto v = value.find("sentence")) check_sentence(*v, t.sentence = v->text(), !t.edge.empty());
  if (const auto v = value.find("where")) t.where = read_where(*v, t);
  if (const auto v = value.find("all"))
    for (const auto& e : v->elements()) t.all.push_back(read_demand(e, t));
  if (const auto v = value.need("probability")) t.probability = read_probability(*v, t);
  if (const auto v = value.find("controls")) t.controls = read_controls(*v);
  return t;
}

} // namespace crosscut::io

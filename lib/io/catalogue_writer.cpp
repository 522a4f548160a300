#include "json/writer.hpp"

#include <crosscut/io/catalogue.hpp>

#include <string_view>

namespace crosscut::io {

namespace {

// What equals its default is left out, so that a written document reads like one that a person wrote.
class catalogue_writer {
public:
  explicit catalogue_writer(std::string& out) : w_(out, json::layout::pretty) {}

  void write(const catalogue& c) {
    w_.begin_object().member("schema", "crosscut.catalogue/1").member("name", c.name);
    text("version", c.version);
    texts("states", c.states, true);
    list("entries", c.entries);
    list("targets", c.targets);
    list("controls", c.controls);
    list("fixes", c.fixes);
    w_.key("techniques").begin_array();
    for (const auto& t : c.techniques) item(t);
    w_.end_array().end_object().finish();
  }

private:
  template <class Rule> void list(std::string_view key, const std::vector<Rule>& rules) {
    if (rules.empty()) return;
    w_.key(key).begin_array();
    for (const auto& r : rules) item(r);
    w_.end_array();
  }

  void text(std::string_view key, const std::string& value) {
    if (!value.empty()) w_.member(key, value);
  }

  void texts(std::string_view key, const std::vector<std::string>& values, bool always = false) {
    if (values.empty() && !always) return;
    w_.key(key).begin_array();
    for (const auto& v : values) w_.value(v);
    w_.end_array();
  }

  void number(std::string_view key, const std::optional<double>& value) {
    if (value) w_.member(key, *value);
  }

  void value(const catalogue_value& v) {
    std::visit([this](const auto& x) { w_.value(x); }, v);
  }

  // --- conditions

  void accepted(const condition& c) {
    w_.begin_array();
    for (const auto& v : c.accepted) value(v);
    w_.end_array();
  }

  void item(const condition& c) {
    w_.key(c.property);
    if (!c.at_least && !c.at_most && !c.absent && !c.accepted.empty()) return accepted(c);
    w_.begin_object();
    number("at_least", c.at_least);
    number("at_most", c.at_most);
    if (!c.accepted.empty()) {
      w_.key("equals");
      accepted(c);
    }
    if (c.absent) w_.member("absent", *c.absent);
    w_.end_object();
  }

  void conditions(std::string_view key, const std::vector<condition>& all) {
    if (all.empty()) return;
    w_.key(key).begin_object();
    for (const auto& c : all) item(c);
    w_.end_object();
  }

  void where(const where_clause& w, bool always) {
    if (w.empty() && !always) return;
    w_.key("where").begin_object();
    conditions("edge", w.edge);
    conditions("source", w.source);
    conditions("target", w.target);
    conditions("node", w.node);
    if (!w.ends.empty()) {
      w_.key("ends").begin_object();
      for (const auto& e : w.ends) w_.member(e.property, e.differs ? "differs" : "same");
      w_.end_object();
    }
    w_.end_object();
  }

  // --- rules

  void item(const entry_rule& r) {
    w_.begin_object().member("state", r.state);
    texts("kinds", r.kinds);
    conditions("where", r.where);
    if (!r.unknown_matches) w_.member("unknown", "no");
    w_.member("probability", r.probability);
    number("low", r.low);
    number("high", r.high);
    text("basis", r.basis);
    w_.end_object();
  }

  void item(const target_rule& r) {
    w_.begin_object().member("state", r.state);
    texts("kinds", r.kinds);
    conditions("where", r.where);
    if (!r.unknown_matches) w_.member("unknown", "no");
    w_.key("impact").begin_object();
    text("property", r.impact_property);
    w_.member("default", r.impact_default).end_object().end_object();
  }

  void item(const control_rule& r) {
    w_.begin_object().member("kind", r.kind);
    text("name", r.name);
    w_.key("effect")
        .begin_object()
        .member("static", r.static_effect)
        .member("adaptive", r.adaptive_effect)
        .end_object();
    w_.member("cost", r.cost);
    text("mitigation", r.mitigation);
    text("basis", r.basis);
    text("proof", r.proof);
    w_.end_object();
  }

  void item(const fix_rule& r) {
    static constexpr const char* operations[] = {"remove_edge", "add_control", "set_node", "set_edge"};
    using operation = fix_rule::operation;
    w_.begin_object().member("id", r.id);
    text("name", r.name);
    texts("for", r.for_techniques, true);
    w_.member("op", operations[static_cast<std::size_t>(r.op)]).member("cost", r.cost);
    text("control", r.control);
    if (r.op == operation::add_control || r.op == operation::set_node || !r.kinds.empty())
      w_.member("at", to_string(r.at));
    texts("kinds", r.kinds);
    if (!r.properties.empty()) {
      w_.key("properties").begin_object();
      for (const auto& [name, v] : r.properties) {
        w_.key(name);
        value(v);
      }
      w_.end_object();
    }
    w_.end_object();
  }

  // --- techniques

  void item(const fact_pattern& f) {
    w_.begin_object().member("at", to_string(f.at)).member("state", f.state);
    texts("kinds", f.kinds);
    w_.end_object();
  }

  void item(const demand& d) {
    w_.begin_object().member("at", to_string(d.at)).member("edge", d.edge);
    w_.member("direction", d.incoming ? "in" : "out");
    texts("kinds", d.kinds);
    conditions("where", d.where);
    w_.member("state", d.state).end_object();
  }

  void members(const estimate& e) {
    w_.member("value", e.value);
    number("low", e.low);
    number("high", e.high);
    text("basis", e.basis);
  }

  void item(const step_probability& p) {
    w_.begin_object();
    members(p.otherwise);
    text("property", p.property);
    if (!p.by.empty()) {
      w_.key("by").begin_array();
      for (const auto& row : p.by) {
        w_.begin_object();
        where(row.where, true);
        members(row.p);
        w_.end_object();
      }
      w_.end_array();
    }
    w_.end_object();
  }

  void from(const std::vector<fact_pattern>& facts) {
    w_.key("from");
    if (facts.size() == 1) return item(facts.front());
    w_.begin_array();
    for (const auto& f : facts) item(f);
    w_.end_array();
  }

  void item(const technique& t) {
    w_.begin_object().member("id", t.id);
    text("name", t.name);
    text("description", t.description);
    text("sentence", t.sentence);
    text("edge", t.edge);
    from(t.from);
    w_.key("to");
    item(t.to);
    where(t.where, false);
    list("all", t.all);
    w_.key("probability");
    item(t.probability);
    texts("controls", t.controls);
    texts("maestro", t.maestro);
    texts("atlas", t.atlas);
    texts("owasp", t.owasp);
    w_.end_object();
  }

  json::writer w_;
};

} // namespace

std::string write_catalogue(const catalogue& c) {
  std::string out;
  catalogue_writer(out).write(c);
  return out;
}

} // namespace crosscut::io

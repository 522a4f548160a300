#include "text_block.hpp"

#include <crosscut/base/escape.hpp>
#include <crosscut/io/catalogue_text.hpp>
#include <crosscut/model/value.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace crosscut::io {

namespace {

std::string joined(const std::vector<std::string>& list, std::string_view between = ", ") {
  std::string text;
  for (const auto& item : list)
    text += (text.empty() ? "" : std::string(between)) + escape_for_terminal(item);
  return text;
}

std::string value_text(const catalogue_value& v) {
  return std::visit([](const auto& x) { return crosscut::to_text(value_view{x}); }, v);
}

std::string condition_text(const condition& c, std::string_view whose) {
  auto text = std::string(whose) + escape_for_terminal(c.property);
  std::vector<std::string> parts;
  if (!c.accepted.empty()) {
    std::string values;
    for (const auto& v : c.accepted) values += (values.empty() ? "" : " or ") + value_text(v);
    parts.push_back("is " + values);
  }
  if (c.at_least) parts.push_back(fmt::format("is at least {:g}", *c.at_least));
  if (c.at_most) parts.push_back(fmt::format("is at most {:g}", *c.at_most));
  if (c.absent) parts.emplace_back(*c.absent ? "is not assessed" : "is known");
  return text + ' ' + joined(parts, " and ");
}

std::string where_text(const where_clause& w) {
  std::vector<std::string> parts;
  const auto add = [&](const std::vector<condition>& list, std::string_view whose) {
    for (const auto& c : list) parts.push_back(condition_text(c, whose));
  };
  add(w.edge, "the edge's ");
  add(w.source, "the source's ");
  add(w.target, "the target's ");
  add(w.node, "its ");
  for (const auto& e : w.ends)
    parts.push_back(escape_for_terminal(e.property) + (e.differs ? " differs" : " is the same") +
                    " at both ends");
  return joined(parts, "; ");
}

std::string fact_text(const fact_pattern& f) {
  const auto who = f.kinds.empty() ? std::string("any node") : joined(f.kinds, " or ");
  return fmt::format("{} ({}) is {}", who, to_string(f.at), escape_for_terminal(f.state));
}

std::string demand_text(const demand& d) {
  auto text = fmt::format("for every {} edge {} the {}", escape_for_terminal(d.edge),
                          d.incoming ? "into" : "out of", to_string(d.at));
  if (!d.kinds.empty()) text += (d.incoming ? " from " : " to ") + joined(d.kinds, " or ");
  if (!d.where.empty()) {
    std::vector<std::string> conditions;
    for (const auto& c : d.where) conditions.push_back(condition_text(c, ""));
    text += " whose " + joined(conditions, " and ");
  }
  return text + ", the far node must be " + escape_for_terminal(d.state) + " too";
}

std::string estimate_text(const estimate& e) {
  auto text = percent(e.value);
  if (e.low && e.high) text += fmt::format(" ({} to {})", percent(*e.low), percent(*e.high));
  return e.basis.empty() ? text : text + ": " + escape_for_terminal(e.basis);
}

void write_when(text_block& out, const technique& t) {
  out.heading("When");
  out.line(2, t.edge.empty()  ? "within one node"
              : t.edge == "*" ? "on every edge"
                              : "on every " + escape_for_terminal(t.edge) + " edge");
  for (const auto& f : t.from) out.line(2, "if   ", fact_text(f));
  for (const auto& d : t.all) out.line(2, "and  ", demand_text(d));
  if (!t.where.empty()) out.line(2, "and  ", where_text(t.where));
  out.line(2, "then ", fact_text(t.to));
}

void write_likelihood(text_block& out, const technique& t) {
  out.heading("How likely");
  const auto& p = t.probability;
  if (!p.property.empty())
    out.line(2, "the trigger's own property \"" + escape_for_terminal(p.property) +
                    "\", where it has one; else");
  for (const auto& row : p.by) out.line(2, "where " + where_text(row.where) + ": ", estimate_text(row.p));
  out.line(2, p.by.empty() ? "" : "else ", estimate_text(p.otherwise));
}

void write_controls(text_block& out, const technique& t, const catalogue& c) {
  out.heading("What weakens it");
  if (t.controls.empty()) out.line(2, "no control of this catalogue");
  for (const auto& kind : t.controls)
    if (const auto* rule = c.find_control(kind))
      out.line(
          2, escape_for_terminal(kind) + ": ",
          fmt::format(
              "×{:g} against an adaptive attacker, ×{:g} against one who does not know it; cost {:g}{}{}",
              rule->adaptive_effect, rule->static_effect, rule->cost,
              rule->mitigation.empty() ? "" : ", " + escape_for_terminal(rule->mitigation),
              rule->basis.empty() ? "" : ". " + escape_for_terminal(rule->basis)));
  for (const auto& f : c.fixes)
    if (std::ranges::find(f.for_techniques, t.id) != f.for_techniques.end())
      out.line(2, "fix " + escape_for_terminal(f.id) + ": ",
               escape_for_terminal(f.name) + fmt::format(" (cost {:g})", f.cost));
}

} // namespace

std::string to_text(const technique& t, const catalogue& c, const text_style& style) {
  text_block out(style);
  out.heading(escape_for_terminal(t.name) + "  [" + escape_for_terminal(t.id) + ']');
  out.line(2, escape_for_terminal(t.sentence));
  if (!t.description.empty()) out.line(2, escape_for_terminal(t.description));
  write_when(out, t);
  write_likelihood(out, t);
  write_controls(out, t, c);
  out.heading("References");
  if (!t.maestro.empty()) out.line(2, "MAESTRO threats  ", joined(t.maestro));
  if (!t.atlas.empty()) out.line(2, "MITRE ATLAS      ", joined(t.atlas));
  if (!t.owasp.empty()) out.line(2, "OWASP            ", joined(t.owasp));
  out.line(2, "Catalogue        ", escape_for_terminal(c.title()));
  return out.finish();
}

} // namespace crosscut::io

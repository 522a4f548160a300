#include "path_text.hpp"

#include <crosscut/base/escape.hpp>

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <utility>

namespace crosscut::io {

namespace {

constexpr std::size_t number_width = 3, percent_width = 9;

std::string layers_text(const path_report& p) {
  std::string text;
  layer last = layer::none;
  bool first = true;
  for (const auto l : p.layers) {
    if (!first && l == last) continue; // L7 → L3 → L3 → L7 reads as L7 → L3 → L7
    if (!first) text += " → ";
    text += l == layer::none ? "?" : to_string(l);
    last = l;
    first = false;
  }
  return text;
}

std::string controls_text(const step_report& s) {
  std::string text;
  for (const auto& c : s.controls) {
    text += text.empty() ? "" : "; ";
    text += escape_for_terminal(c.kind) + ' ' + quoted(c.node);
    if (c.effect < 1)
      text += fmt::format(" (×{:.3g})", c.effect);
    else if (c.mode != "enforce")
      text += " has no effect (mode " + escape_for_terminal(c.mode) + ')';
    else
      text += " adds nothing here";
  }
  return text;
}

std::string summary(const path_report& p) {
  auto text = counted(p.hops, "step") + ", " + counted(p.crossings, "layer crossing");
  text += fmt::format(", {:.0f} % of its conditions assessed", std::floor(100 * p.assessed));
  if (p.monitored_steps != 0) text += fmt::format(", {} of {} steps monitored", p.monitored_steps, p.hops);
  if (p.variants > 1) text += fmt::format(", {} variants", p.variants);
  if (!p.exact) text += ", not proved to be the best";
  return text;
}

void write_step(text_block& out, const step_report& s) {
  out.line(0, right_aligned(percent(s.probability), percent_width + number_width + 1) + "  ",
           escape_for_terminal(s.sentence.empty() ? s.technique : s.sentence) + "  " +
               out.faint('[' + escape_for_terminal(s.technique) + ']'));
  const std::size_t indent = percent_width + number_width + 3;
  if (!s.controls.empty())
    out.line(indent,
             "controls: ", controls_text(s) + ", from " + percent(s.base_probability) + " without them");
  if (s.basis == "inventory") out.line(indent, out.faint("the inventory's own probability"));
}

} // namespace

std::string fact_text(const fact_ref& f, std::string_view name) {
  const auto id = escape_for_terminal(f.node) + " (" + escape_for_terminal(f.state) + ')';
  return name.empty() || name == f.node ? id : escape_for_terminal(name) + ", " + id;
}

void write_story(text_block& out, const path_report& p, std::size_t number) {
  const auto chance = percent(p.probability);
  out.line(0, right_aligned(std::to_string(number), number_width) + ' ',
           right_aligned(p.probability >= 0.1 ? out.alarming(chance) : chance, percent_width) + "  " +
               out.strong(fact_text(p.target, p.target_name)) + fmt::format("  impact {:g}  ", p.impact) +
               layers_text(p));
  for (std::size_t i = 0; i < p.sources.size(); ++i)
    out.line(0, right_aligned(percent(p.source_probabilities[i]), percent_width + number_width + 1) + "  ",
             fact_text(p.sources[i], p.source_names[i]) + ": where the attacker starts");
  for (const auto& s : p.steps) write_step(out, s);
  out.line(percent_width + number_width + 3, summary(p));
}

void write_basis(text_block& out, const std::vector<path_report>& paths) {
  std::map<std::pair<std::string, double>, std::string>
      basis; // technique, probability -> where it comes from
  for (const auto& p : paths)
    for (const auto& s : p.steps)
      if (s.basis != "inventory" && !s.basis.empty()) basis[{s.technique, s.base_probability}] = s.basis;
  if (basis.empty()) return;
  out.heading("Where the numbers come from");
  for (const auto& [key, text] : basis)
    out.line(2, escape_for_terminal(key.first) + ' ' + percent(key.second) + "  ", escape_for_terminal(text));
}

} // namespace crosscut::io

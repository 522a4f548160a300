#include "path_text.hpp"

#include <crosscut/base/escape.hpp>
#include <crosscut/io/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace crosscut::io {

namespace {

void write_head(text_block& out, std::string_view title, const report_head& h) {
  out.heading(title);
  out.line(0, out.faint(escape_for_terminal(fmt::format("catalogue {} · adversary {} · unknown {}",
                                                        h.catalogue, h.adversary, h.unknown))));
}

void write_limit(text_block& out, const report_head& h) {
  if (!h.limit) return;
  out.empty_line();
  out.line(0, out.alarming("Not complete: "),
           fmt::format("the limit \"{}\" ({:g}) stopped the work after {}.", h.limit->name, h.limit->value,
                       h.limit->reached));
}

void write_rest(text_block& out, const paths_report& r) {
  if (r.paths.empty())
    out.line(0, "No path from these entries to these targets.");
  else if (r.more)
    out.line(0, "There are more paths; none of them is more probable than " + percent(r.rest_at_most) + '.');
  else
    out.line(0, "There are no other paths.");
}

void write_stories(text_block& out, const std::vector<path_report>& paths) {
  for (std::size_t i = 0; i < paths.size(); ++i) {
    out.empty_line();
    write_story(out, paths[i], i + 1);
  }
  if (!paths.empty()) out.empty_line();
}

// --- scan

template <class List, class Text> std::string listed(const List& list, Text text_of, std::size_t most = 3) {
  std::string text;
  for (std::size_t i = 0; i < std::min(list.size(), most); ++i) text += (i ? ", " : "") + text_of(list[i]);
  if (list.size() > most) text += fmt::format(" and {} more", list.size() - most);
  return text.empty() ? "nothing" : text;
}

std::string plain_fact(const fact_ref& f) { return fact_text(f); }

std::string node_text(const std::string& id, const std::string& name) {
  const auto shown = escape_for_terminal(name);
  return name == id ? shown : shown + " (" + escape_for_terminal(id) + ')';
}

// The first error of a file: why it was left out.
std::string reason_of(const file_summary& f, const diagnostics& messages) {
  for (const auto& d : messages.items()) {
    if (d.level != severity::error || d.file != f.file) continue;
    const auto line = d.position.line == 0 ? "" : "line " + std::to_string(d.position.line) + ": ";
    return ": " + line + d.message;
  }
  return {};
}

void write_files(text_block& out, std::span<const file_summary> files, const diagnostics& messages) {
  if (files.empty()) return;
  out.heading("Files");
  for (const auto& f : files) {
    const auto what =
        f.used ? fmt::format("{}: {}, {}", f.format, counted(f.nodes, "node"), counted(f.edges, "edge"))
               : out.alarming("left out") + reason_of(f, messages);
    out.line(2, escape_for_terminal(f.file) + "  ", what);
  }
}

void write_inventory(text_block& out, const scan_report& r) {
  out.heading("What exists");
  std::vector<std::string> kinds;
  for (const auto& [kind, n] : r.kinds)
    kinds.push_back(fmt::format("{} {}", n, kind.empty() ? "without kind" : escape_for_terminal(kind)));
  out.line(2, fmt::format("{} and {}: ", counted(r.nodes, "node"), counted(r.edges, "edge")),
           listed(kinds, [](const std::string& s) { return s; }, 30));
  for (const auto& a : r.agents) {
    out.line(2, "Agent ",
             out.strong(node_text(a.node, a.name)) +
                 (a.autonomy.empty() ? ", autonomy not assessed" : ", " + escape_for_terminal(a.autonomy)));
    out.line(4, "exposed to  ", listed(a.exposed_to, plain_fact));
    out.line(4, "can do      ", listed(a.can_do, plain_fact));
    out.line(4, "can reach   ", listed(a.can_reach, plain_fact));
  }
}

void write_parts(text_block& out, const scan_report& r) {
  const auto text = [](const node_summary& n) { return node_text(n.node, n.name); };
  for (const auto& s : r.servers) out.line(2, "Server ", text(s));
  for (const auto& t : r.tools) out.line(2, "Tool   ", text(t));
  for (const auto& s : r.secrets) {
    const auto how = !s.literal   ? "how is not assessed"
                     : *s.literal ? out.alarming("in the clear")
                                  : std::string("by reference");
    out.line(2, "Secret ",
             node_text(s.node, s.name) + " held by " + escape_for_terminal(s.holder) +
                 (s.as.empty() ? "" : " as " + escape_for_terminal(s.as)) + ", " + how);
  }
  if (r.more_agents || r.more_nodes) out.line(2, "… the lists were cut; --top N shows more");
}

std::string risk_text(const likelihood_report& l) {
  if (l.total_risk) return fmt::format("{:.4g}", *l.total_risk);
  return fmt::format("between {:.4g} and {:.4g}", l.risk_at_least, l.risk_at_most);
}

void write_likelihood(text_block& out, const likelihood_report& l) {
  out.heading("How likely");
  auto targets = l.targets;
  std::ranges::stable_sort(targets, std::greater<>{}, [](const target_likelihood& t) {
    return t.impact * t.probability.value_or(t.upper);
  });
  std::erase_if(targets, [](const target_likelihood& t) { return t.upper == 0; });
  const auto shown = targets.size();
  targets.resize(std::min<std::size_t>(shown, 10));
  std::vector<std::string> chances;
  std::size_t width = 9;
  for (const auto& t : targets) {
    chances.push_back(t.probability ? percent(*t.probability) : percent(t.lower) + " to " + percent(t.upper));
    width = std::max(width, columns(chances.back()));
  }
  for (std::size_t i = 0; i < targets.size(); ++i)
    out.line(2, right_aligned(chances[i], width) + "  ",
             fact_text(targets[i].target, targets[i].name) + fmt::format("  impact {:g}", targets[i].impact));
  if (shown > 10) out.line(2, fmt::format("… and {} more", shown - 10));
  out.line(2, "Total risk ",
           out.strong(risk_text(l)) +
               fmt::format(" (impact × probability, summed over {}; steps taken as independent)",
                           counted(l.targets.size(), "target")));
}

void write_fixes(text_block& out, const fixes_report& f) {
  out.heading("What to fix first");
  if (f.fixes.empty()) out.line(2, "The catalogue offers no fix for these paths.");
  std::size_t shown = 0;
  for (const auto& x : f.fixes) {
    if (x.risk_removed() <= 0 || shown == 10) break;
    out.line(2, right_aligned(std::to_string(++shown), 2) + "  ",
             out.strong(escape_for_terminal(x.name)) +
                 fmt::format("  risk {:.4g} → {:.4g} (−{:.0f} %), cost {:g}", x.risk_before, x.risk_after,
                             100 * x.risk_removed() / x.risk_before, x.cost) +
                 (x.owner.empty() ? "" : ", owner " + escape_for_terminal(x.owner)) + "  " +
                 out.faint(escape_for_terminal(x.id)));
  }
  const auto rest = f.fixes.size() - std::min(shown, f.fixes.size());
  if (rest > 0) out.line(2, fmt::format("… and {} more that remove less, or nothing on their own", rest));
  if (f.targets_counted < f.targets_total)
    out.line(2, fmt::format("Ranked by the risk of the {} of {} targets that can be computed exactly.",
                            f.targets_counted, f.targets_total));
}

void write_unknowns(text_block& out, const scan_report& r) {
  out.empty_line();
  const auto open = r.assessed.conditions - r.assessed.assessed;
  if (open == 0)
    out.line(0, fmt::format("Assessed: all {} that these paths ask about.",
                            counted(r.assessed.conditions, "condition")));
  else
    out.line(0, fmt::format("Not assessed: {} of {} that these paths ask about. Unknown is never taken as "
                            "safe; --unknown best shows the other "
                            "extreme.",
                            open, counted(r.assessed.conditions, "condition")));
}

} // namespace

std::string percent(double p) {
  if (p == 0) return "0 %";
  if (p >= 1) return "100 %";
  const double hundredfold = 100 * p;
  if (hundredfold < 0.001) return fmt::format("{:.1e}", p);
  if (hundredfold > 99.9)
    return fmt::format("{:.4g} %", std::floor(hundredfold * 1e4) / 1e4); // never rounded up to certainty
  return fmt::format("{:.3g} %", hundredfold);
}

std::string to_text(const paths_report& r, const text_style& style) {
  text_block out(style);
  write_head(out, "Worst paths", r.head);
  write_stories(out, r.paths);
  write_rest(out, r);
  write_basis(out, r.paths);
  write_limit(out, r.head);
  return out.finish();
}

std::string to_text(const scan_report& r, std::span<const file_summary> files, const diagnostics& messages,
                    const text_style& style) {
  text_block out(style);
  write_head(out, "Crosscut scan", r.head);
  write_files(out, files, messages);
  write_inventory(out, r);
  write_parts(out, r);
  out.heading("Worst paths");
  write_stories(out, r.paths.paths);
  write_rest(out, r.paths);
  write_likelihood(out, r.likelihood);
  write_fixes(out, r.fixes);
  write_basis(out, r.paths.paths);
  write_limit(out, r.head);
  if (messages.count(severity::warning) + messages.count(severity::error) > 0) {
    out.heading("Read with doubts");
    out.line(2, fmt::format("{} and {}; see the messages, or `crosscut validate`.",
                            counted(messages.count(severity::error), "error"),
                            counted(messages.count(severity::warning), "warning")));
  }
  write_unknowns(out, r);
  return out.finish();
}

std::string to_text(const diagnostics& messages, const text_style& style) {
  text_block out(style);
  for (const auto& d : messages.items()) {
    const auto text = to_string(d);
    out.line(0, d.level == severity::error ? out.alarming(text) : text);
  }
  for (const auto& [key, n] : messages.suppressed())
    out.line(0,
             fmt::format("{}: {} more of \"{}\" not shown", escape_for_terminal(key.first), n, key.second));
  return out.finish();
}

} // namespace crosscut::io

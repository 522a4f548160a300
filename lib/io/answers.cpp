#include "json/writer.hpp"

#include <crosscut/io/answers.hpp>

#include <algorithm>
#include <optional>

namespace crosscut::io {

namespace {

// One answer being written: its head first, then what the caller adds.
class answer {
public:
  explicit answer(std::string_view schema) : w_(text_, json::layout::pretty) {
    w_.begin_object();
    w_.member("schema", schema);
  }

  void head(const report_head& h) {
    w_.member("complete", h.complete).member("exact", h.exact).key("limit");
    limit(h.limit);
    w_.member("catalogue", h.catalogue).member("adversary", h.adversary).member("unknown", h.unknown);
    w_.key("samples"), number(h.samples);
    w_.key("seed"), number(h.seed);
    w_.member("inventory", h.inventory);
  }

  void limit(const std::optional<limit_hit>& l) {
    if (!l) {
      w_.null();
      return;
    }
    w_.begin_object()
        .member("name", l->name)
        .member("value", l->value)
        .member("reached", l->reached)
        .end_object();
  }

  template <class T> void number(const std::optional<T>& n) {
    if (n)
      w_.value(*n);
    else
      w_.null();
  }

  void texts(std::string_view name, const std::vector<std::string>& list) {
    w_.key(name).begin_array();
    for (const auto& text : list) w_.value(text);
    w_.end_array();
  }

  void fact(const fact_ref& f) {
    w_.begin_object().member("node", f.node).member("state", f.state).end_object();
  }

  void facts(std::string_view name, const std::vector<fact_ref>& list) {
    w_.key(name).begin_array();
    for (const auto& f : list) fact(f);
    w_.end_array();
  }

  std::string finish() {
    w_.end_object();
    w_.finish();
    if (text_.empty() || text_.back() != '\n') text_ += '\n';
    return std::move(text_);
  }

  json::writer& out() { return w_; }

private:
  std::string text_;
  json::writer w_;
};

void write(answer& a, const evidence_ref& e) {
  auto& w = a.out();
  w.begin_object();
  if (!e.edge) {
    w.member("node", e.node);
  } else {
    w.member("kind", e.edge->kind).member("source", e.edge->source).member("target", e.edge->target);
    if (!e.edge->key.empty()) w.member("key", e.edge->key);
  }
  w.end_object();
}

void write(answer& a, const control_ref& c) {
  a.out()
      .begin_object()
      .member("node", c.node)
      .member("kind", c.kind)
      .member("mode", c.mode)
      .member("effect", c.effect)
      .end_object();
}

void write(answer& a, const step_report& s) {
  auto& w = a.out();
  w.begin_object().member("technique", s.technique);
  a.facts("from", s.from);
  w.key("to");
  a.fact(s.to);
  w.member("probability", s.probability)
      .member("base_probability", s.base_probability)
      .member("basis", s.basis);
  w.member("sentence", s.sentence);
  w.key("evidence").begin_array();
  for (const auto& e : s.evidence) write(a, e);
  w.end_array().key("controls").begin_array();
  for (const auto& c : s.controls) write(a, c);
  w.end_array();
  a.texts("atlas", s.atlas);
  a.texts("owasp", s.owasp);
  a.texts("maestro", s.maestro);
  w.end_object();
}

void write(answer& a, const path_report& p) {
  auto& w = a.out();
  w.begin_object().member("probability", p.probability).member("cost", nats(p.cost)).member("hops", p.hops);
  w.member("crossings", p.crossings).key("layers").begin_array();
  for (const auto l : p.layers) l == layer::none ? w.null() : w.value(to_string(l));
  w.end_array().member("assessed", p.assessed).member("monitored", p.monitored()).member("exact", p.exact);
  w.member("impact", p.impact).member("variants", p.variants);
  a.facts("sources", p.sources);
  w.key("target");
  a.fact(p.target);
  w.key("steps").begin_array();
  for (const auto& s : p.steps) write(a, s);
  w.end_array().end_object();
}

void write_paths(answer& a, const std::vector<path_report>& paths) {
  a.out().key("paths").begin_array();
  for (const auto& p : paths) write(a, p);
  a.out().end_array();
}

void write(answer& a, const target_likelihood& t) {
  auto& w = a.out();
  w.begin_object()
      .member("node", t.target.node)
      .member("state", t.target.state)
      .member("impact", t.impact)
      .key("probability");
  a.number(t.probability);
  w.member("exact", t.exact).key("interval").null();
  w.key("bounds").begin_object().member("lower", t.lower).member("upper", t.upper).end_object().key("risk");
  a.number(t.risk());
  w.end_object();
}

void write_targets(answer& a, const likelihood_report& r) {
  a.out().key("targets").begin_array();
  for (const auto& t : r.targets) write(a, t);
  a.out().end_array();
}

void write_total_risk(answer& a, const likelihood_report& r) {
  auto& w = a.out();
  w.key("total_risk");
  a.number(r.total_risk);
  w.key("total_risk_bounds")
      .begin_object()
      .member("lower", r.risk_at_least)
      .member("upper", r.risk_at_most)
      .end_object();
}

void write(answer& a, const diagnostic& d) {
  auto& w = a.out();
  w.begin_object().member("severity", to_string(d.level)).member("code", d.code).member("file", d.file);
  const auto position = [&](std::string_view name, std::uint32_t n) {
    w.key(name);
    a.number(n == 0 ? std::optional<std::uint32_t>() : std::optional(n));
  };
  position("line", d.position.line);
  position("column", d.position.column);
  w.member("pointer", d.pointer).member("message", d.message).member("hint", d.hint).end_object();
}

void write_diagnostics(answer& a, const diagnostics& messages) {
  auto& w = a.out();
  w.key("diagnostics").begin_array();
  for (const auto& d : messages.items()) write(a, d);
  w.end_array().key("not_shown").begin_array();
  for (const auto& [key, n] : messages.suppressed())
    w.begin_object().member("file", key.first).member("code", key.second).member("count", n).end_object();
  w.end_array();
}

void write_files(answer& a, std::span<const file_summary> files) {
  auto& w = a.out();
  w.key("files").begin_array();
  for (const auto& f : files)
    w.begin_object()
        .member("file", f.file)
        .member("format", f.format)
        .member("used", f.used)
        .member("nodes", f.nodes)
        .member("edges", f.edges)
        .end_object();
  w.end_array();
}

// --- scan

void write(answer& a, const agent_summary& s) {
  auto& w = a.out();
  w.begin_object().member("node", s.node).member("name", s.name).key("autonomy");
  a.number(s.autonomy.empty() ? std::optional<std::string_view>()
                              : std::optional<std::string_view>(s.autonomy));
  a.facts("can_do", s.can_do);
  a.facts("can_reach", s.can_reach);
  a.facts("exposed_to", s.exposed_to);
  w.end_object();
}

void write_nodes(answer& a, std::string_view name, const std::vector<node_summary>& nodes) {
  auto& w = a.out();
  w.key(name).begin_array();
  for (const auto& n : nodes) w.begin_object().member("node", n.node).member("name", n.name).end_object();
  w.end_array();
}

void write_secrets(answer& a, const std::vector<secret_summary>& secrets) {
  auto& w = a.out();
  w.key("secrets").begin_array();
  for (const auto& s : secrets) {
    w.begin_object()
        .member("node", s.node)
        .member("name", s.name)
        .member("holder", s.holder)
        .member("as", s.as)
        .key("literal");
    a.number(s.literal);
    w.end_object();
  }
  w.end_array();
}

void write_counts(answer& a, const scan_report& r) {
  auto& w = a.out();
  w.key("counts")
      .begin_object()
      .member("nodes", r.nodes)
      .member("edges", r.edges)
      .member("facts", r.facts)
      .member("steps", r.steps)
      .member("entries", r.entries)
      .key("kinds")
      .begin_object();
  for (const auto& [kind, n] : r.kinds) w.member(kind.empty() ? "(none)" : kind, n);
  w.end_object().end_object();
}

void write_fixes(answer& a, const fixes_report& r) {
  auto& w = a.out();
  w.key("fixes").begin_object().member("complete", r.head.complete).key("limit");
  a.limit(r.head.limit);
  w.member("offered", r.offered)
      .member("targets_counted", r.targets_counted)
      .member("targets_total", r.targets_total);
  w.key("ranked").begin_array();
  for (const auto& f : r.fixes)
    w.begin_object()
        .member("id", f.id)
        .member("name", f.name)
        .member("owner", f.owner)
        .member("cost", f.cost)
        .member("risk_before", f.risk_before)
        .member("risk_after", f.risk_after)
        .member("risk_removed", f.risk_removed())
        .end_object();
  w.end_array().end_object();
}

} // namespace

std::string to_json(const paths_report& r) {
  answer a("crosscut.paths/1");
  a.head(r.head);
  a.out().member("more", r.more).member("rest_at_most", r.rest_at_most);
  write_paths(a, r.paths);
  return a.finish();
}

std::string to_json(const likelihood_report& r) {
  answer a("crosscut.likelihood/1");
  a.head(r.head);
  write_total_risk(a, r);
  write_targets(a, r);
  return a.finish();
}

std::string to_json(const scan_report& r, std::span<const file_summary> files, const diagnostics& messages) {
  answer a("crosscut.scan/1");
  auto& w = a.out();
  a.head(r.head);
  write_files(a, files);
  write_counts(a, r);
  w.member("assessed", r.assessed.share())
      .member("more_agents", r.more_agents)
      .member("more_nodes", r.more_nodes);
  w.key("agents").begin_array();
  for (const auto& s : r.agents) write(a, s);
  w.end_array();
  write_nodes(a, "servers", r.servers);
  write_nodes(a, "tools", r.tools);
  write_secrets(a, r.secrets);
  w.member("more", r.paths.more).member("rest_at_most", r.paths.rest_at_most);
  write_paths(a, r.paths.paths);
  w.key("likelihood").begin_object();
  write_targets(a, r.likelihood);
  w.end_object();
  write_total_risk(a, r.likelihood);
  write_fixes(a, r.fixes);
  write_diagnostics(a, messages);
  return a.finish();
}

std::string to_json(const diagnostics& messages, std::span<const file_summary> files) {
  answer a("crosscut.diagnostics/1");
  auto& w = a.out();
  w.member("errors", messages.count(severity::error)).member("warnings", messages.count(severity::warning));
  write_files(a, files);
  write_diagnostics(a, messages);
  return a.finish();
}

void note_left_out(report_head& head, std::span<const file_summary> files) {
  const auto left_out = std::ranges::count(files, false, &file_summary::used);
  if (left_out == 0) return;
  head.complete = false;
  if (!head.limit)
    head.limit = limit_hit{"keep-going", static_cast<double>(left_out),
                           std::to_string(files.size() - static_cast<std::size_t>(left_out)) + " of " +
                               std::to_string(files.size()) + " files"};
}

} // namespace crosscut::io

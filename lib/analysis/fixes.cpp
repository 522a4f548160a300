#include "describe.hpp"

#include <crosscut/analysis/fixes.hpp>
#include <crosscut/analysis/likelihood.hpp>
#include <crosscut/analysis/scope.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace crosscut {

namespace {

change_value value_of(const catalogue_value& v) {
  return std::visit([](const auto& x) -> change_value { return x; }, v);
}

class fix_maker {
public:
  fix_maker(const attack_graph& a, const question& q) : a_(a), g_(a.inventory()), in_(find_scope(a, q)) {}

  std::vector<fix> run() {
    for (index_t s = 0; s < a_.step_count(); ++s)
      if (in_.step[s])
        for (const auto& rule : a_.rules().fixes)
          if (std::ranges::find(rule.for_techniques, a_.step_technique(s).id) != rule.for_techniques.end())
            consider(rule, s);
    std::vector<fix> fixes;
    for (auto& [id, f] : fixes_) fixes.push_back(std::move(f));
    return fixes;
  }

private:
  using operation = fix_rule::operation;

  bool on_edge(index_t step) const { return !a_.step_technique(step).edge.empty(); }

  index_t node_at(anchor at, index_t step) const {
    const auto t = a_.trigger(step);
    if (!on_edge(step)) return t;
    return at == anchor::source ? g_.source(t) : g_.target(t);
  }

  void consider(const fix_rule& rule, index_t step) {
    switch (rule.op) {
    case operation::remove_edge:
      if (on_edge(step)) change_edge(rule, step, change::operation::remove_edge);
      return;
    case operation::set_edge:
      if (on_edge(step)) change_edge(rule, step, change::operation::set_edge);
      return;
    case operation::add_control: return add_control(rule, step);
    case operation::set_node: return set_node(rule, step);
    }
  }

  void change_edge(const fix_rule& rule, index_t step, change::operation op) {
    const auto e = a_.trigger(step);
    auto ref = detail::edge_of(g_, e);
    const auto id = rule.id + '@' + ref.kind + ':' + ref.source + '>' + ref.target +
                    (ref.key.empty() ? "" : '#' + ref.key);
    change c;
    c.op = op;
    c.edge = {ref.kind, ref.source, ref.target, {}};
    if (!ref.key.empty()) c.edge.properties.emplace_back("key", ref.key);
    c.properties = properties_of(rule);
    add(id, rule, step, g_.target(e), {std::move(c)});
  }

  void set_node(const fix_rule& rule, index_t step) {
    const auto v = node_at(rule.at, step);
    if (!kind_fits(rule, v)) return;
    change c;
    c.op = change::operation::set_node;
    c.node = g_.node_id(v);
    c.properties = properties_of(rule);
    add(rule.id + '@' + c.node, rule, step, v, {c});
  }

  void add_control(const fix_rule& rule, index_t step) {
    const auto v = node_at(rule.at, step);
    // Each place once: a hub is the end of many steps, and looking for its guards scans its edges.
    if (!kind_fits(rule, v) || !guarded_places_.emplace(rule.id, v).second || is_guarded(v, rule.control))
      return;
    const std::string guarded(g_.node_id(v)), control = "control/" + rule.control + '@' + guarded;
    change node, edge;
    node.op = change::operation::add_node;
    node.node = control;
    node.kinds = {"Control"};
    node.properties = {{"control", rule.control}, {"mode", std::string("enforce")}};
    edge.op = change::operation::add_edge;
    edge.edge = {"Guards", control, guarded, {}};
    add(rule.id + '@' + guarded, rule, step, v, {node, edge});
  }

  bool kind_fits(const fix_rule& rule, index_t v) const {
    return rule.kinds.empty() ||
           std::ranges::find(rule.kinds, g_.kind_name(g_.primary_kind(v))) != rule.kinds.end();
  }

  // A control of this kind that already enforces there cannot be introduced again.
  bool is_guarded(index_t v, std::string_view control) const {
    return std::ranges::any_of(g_.in_edges(v), [&](index_t e) {
      const auto guard = g_.source(e);
      return g_.kind_name(g_.edge_kind(e)) == "Guards" &&
             as_text(g_.node_property(guard, "control").value) == control &&
             as_text(g_.node_property(guard, "mode").value) == "enforce" &&
             g_.edge_property(e, "edge_kind").missing() && g_.edge_property(e, "end").missing();
    });
  }

  static change_properties properties_of(const fix_rule& rule) {
    change_properties p;
    for (const auto& [name, value] : rule.properties) p.emplace_back(name, value_of(value));
    return p;
  }

  void add(std::string id, const fix_rule& rule, index_t step, index_t owned, std::vector<change> changes) {
    if (fixes_.contains(id)) return;
    fix f{id, name_of(rule, step), {}, rule.cost, std::move(changes)};
    f.owner = as_text(g_.node_property(owned, "owner").value).value_or("");
    fixes_.emplace(std::move(id), std::move(f));
  }

  std::string name_of(const fix_rule& rule, index_t step) const {
    std::string text = rule.name;
    const auto fill = [&](std::string_view placeholder, anchor at) {
      const auto found = text.find(placeholder);
      if (found != text.npos) text.replace(found, placeholder.size(), g_.display_name(node_at(at, step)));
    };
    // The later placeholder first, so that a name that contains one is not filled again.
    if (text.find("{source}") < text.find("{target}"))
      fill("{target}", anchor::target), fill("{source}", anchor::source);
    else
      fill("{source}", anchor::source), fill("{target}", anchor::target);
    fill("{node}", anchor::node);
    return text;
  }

  const attack_graph& a_;
  const property_graph& g_;
  scope in_;
  std::map<std::string, fix> fixes_;
  std::set<std::pair<std::string_view, index_t>> guarded_places_; // that were looked at, by rule
};

// Risk over the targets that `counted` names.
double risk_of(const likelihood_report& r, const std::vector<fact_ref>& counted) {
  double risk = 0;
  for (const auto& t : r.targets)
    if (std::ranges::binary_search(counted, t.target)) risk += t.impact * t.probability.value_or(t.upper);
  return risk;
}

} // namespace

std::vector<fix> propose_fixes(const attack_graph& graph, const question& asked) {
  return fix_maker(graph, asked).run();
}

namespace {

// The risk that is left when `f` is made; nothing where it cannot be made or `bounds` stopped the assessment.
std::optional<double> risk_after(const attack_graph& graph, const fix& f,
                                 std::span<const std::string> sources, std::span<const std::string> targets,
                                 const std::vector<fact_ref>& counted, const limits& bounds) {
  diagnostics ignored;
  auto changed = apply_changes(graph.inventory(), f.changes, ignored);
  if (!changed) return std::nullopt;
  const auto inventory = std::make_shared<const property_graph>(std::move(*changed));
  const auto after = compile(inventory, graph.shared_rules(), graph.options(), ignored);
  if (!after) return std::nullopt;
  likelihood_options options;
  options.bounds = bounds;
  const auto likelihood = find_likelihood(*after, resolve_question(*after, sources, targets).asked, options);
  return likelihood.head.complete ? std::optional(risk_of(likelihood, counted)) : std::nullopt;
}

} // namespace

fixes_report rank_fixes(const attack_graph& graph, std::span<const std::string> sources,
                        std::span<const std::string> targets, const fix_ranking_options& options) {
  fixes_report report;
  report.head = detail::head_of(graph);
  limit_watch watch(options.bounds, "fixes", 0, 0, 1);
  const auto asked = resolve_question(graph, sources, targets).asked;
  likelihood_options likelihood;
  likelihood.bounds = options.bounds;
  const auto before = find_likelihood(graph, asked, likelihood);
  std::vector<fact_ref> counted;
  for (const auto& t : before.targets)
    if (t.exact) counted.push_back(t.target);
  report.targets_total = before.targets.size();
  report.targets_counted = counted.size();
  const auto fixes = propose_fixes(graph, asked);
  report.offered = fixes.size();
  const double risk_before = risk_of(before, counted);
  for (std::size_t i = 0; i < std::min(fixes.size(), options.max_fixes) && watch.step(); ++i) {
    const auto& f = fixes[i];
    if (const auto risk = risk_after(graph, f, sources, targets, counted, options.bounds))
      report.fixes.push_back({f.id, f.name, f.owner, f.cost, risk_before, *risk});
  }
  std::ranges::sort(report.fixes, [](const ranked_fix& l, const ranked_fix& r) {
    if (l.risk_removed() != r.risk_removed()) return l.risk_removed() > r.risk_removed();
    return l.cost != r.cost ? l.cost < r.cost : l.id < r.id;
  });
  report.head.limit = watch.hit();
  if (!report.head.limit && fixes.size() > options.max_fixes)
    report.head.limit =
        limit_hit{"fixes", static_cast<double>(options.max_fixes),
                  std::to_string(options.max_fixes) + " of " + std::to_string(fixes.size()) + " fixes"};
  report.head.complete = !report.head.limit;
  report.head.exact = report.head.complete && report.targets_counted == report.targets_total;
  return report;
}

} // namespace crosscut

#include "matcher.hpp"

#include <algorithm>

namespace crosscut::detail {

namespace {

attack_graph::state_index find_state(const std::vector<std::string_view>& states, std::string_view name) {
  return static_cast<attack_graph::state_index>(std::ranges::lower_bound(states, name) - states.begin());
}

} // namespace

bound_technique::bound_technique(const property_graph& g, const catalogue& c, const technique& t,
                                 const compile_options& options, const std::vector<std::string_view>& states,
                                 const condition_evaluator& evaluator, const incident_edges& edges)
    : g_(g),
      catalogue_(c),
      rule_(&t),
      options_(options),
      evaluator_(evaluator),
      edges_(edges),
      where_(bind(t.where)),
      to_{t.to.at, find_state(states, t.to.state), kind_filter(g, t.to.kinds)},
      guards_(g.find_kind("Guards")),
      control_key_(g.find_node_key("control")),
      mode_key_(g.find_node_key("mode")),
      edge_kind_key_(g.find_edge_key("edge_kind")),
      end_key_(g.find_edge_key("end")) {
  for (const auto& f : t.from) from_.push_back({f.at, find_state(states, f.state), kind_filter(g, f.kinds)});
  for (const auto& d : t.all)
    all_.push_back({d.at, g.find_kind(d.edge), d.incoming, kind_filter(g, d.kinds), evaluator.bind(d.where),
                    find_state(states, d.state)});
  for (const auto& row : t.probability.by) rows_.push_back(bind(row.where));
  if (!t.probability.property.empty())
    probability_key_ =
        on_edges() ? g.find_edge_key(t.probability.property) : g.find_node_key(t.probability.property);
}

bound_technique::bound_where bound_technique::bind(const where_clause& w) const {
  bound_where b{evaluator_.bind(w.edge),
                evaluator_.bind(w.source),
                evaluator_.bind(w.target),
                evaluator_.bind(w.node),
                {}};
  for (const auto& c : w.ends) b.ends.emplace_back(&c, g_.find_node_key(c.property));
  return b;
}

index_t bound_technique::node_at(anchor a, index_t trigger) const noexcept {
  if (!on_edges()) return trigger;
  return a == anchor::source ? g_.source(trigger) : g_.target(trigger);
}

bool bound_technique::kinds_fit(index_t trigger) const noexcept {
  const auto fits = [&](const bound_pattern& p) {
    return p.kinds.accepts(g_.primary_kind(node_at(p.at, trigger)));
  };
  return fits(to_) && std::ranges::all_of(from_, fits);
}

truth bound_technique::ends_hold(const ends_condition& c, index_t key, index_t edge) const {
  const auto a = g_.node_property(g_.source(edge), key), b = g_.node_property(g_.target(edge), key);
  if (!a.assessed() || !b.assessed()) return truth::unknown;
  return same_value(a.value, b.value) != c.differs ? truth::yes : truth::no;
}

truth bound_technique::holds(const bound_where& w, index_t trigger, tally* count) const {
  if (!on_edges()) return evaluator_.all_on_node(w.node, trigger, count);
  truth result = evaluator_.all_on_edge(w.edge, trigger, count);
  result = both(result, evaluator_.all_on_node(w.source, g_.source(trigger), count));
  result = both(result, evaluator_.all_on_node(w.target, g_.target(trigger), count));
  for (const auto& [rule, key] : w.ends) {
    const auto t = ends_hold(*rule, key, trigger);
    if (count) count->add(t != truth::unknown);
    result = both(result, t);
  }
  return result;
}

bool bound_technique::match(index_t trigger, technique_match& out, std::optional<double>& bad) const {
  if (!kinds_fit(trigger)) return false;
  out = {};
  const auto applies = holds(where_, trigger, &out.count);
  if (applies == truth::no || (applies == truth::unknown && options_.unknown == unknowns::best)) return false;
  out.conclusion = {node_at(to_.at, trigger), to_.state};
  for (const auto& f : from_) out.preconditions.push_back({node_at(f.at, trigger), f.state});
  if (on_edges()) out.evidence.push_back(trigger);
  add_demands(trigger, out);
  std::ranges::sort(out.preconditions);
  out.preconditions.erase(std::ranges::unique(out.preconditions).begin(), out.preconditions.end());
  if (std::ranges::binary_search(out.preconditions, out.conclusion)) return false;
  if (!choose_probability(trigger, out, bad)) return false;
  collect_controls(trigger, out);
  return true;
}

// An unknown condition on a found edge resolves to fewer demands in the worst case: more paths. The item
// counts as assessed where its edges are known (some were found, or the node says that all were collected)
// and their conditions were.
void bound_technique::add_demands(index_t trigger, technique_match& out) const {
  for (const auto& d : all_) {
    const auto here = node_at(d.at, trigger);
    bool found = false, assessed = true;
    const auto consider = [&](index_t edge) {
      const auto far = d.incoming ? g_.source(edge) : g_.target(edge);
      if (!d.kinds.accepts(g_.primary_kind(far))) return;
      found = true;
      const auto t = evaluator_.all_on_edge(d.where, edge);
      assessed = assessed && t != truth::unknown;
      if (t == truth::no || (t == truth::unknown && options_.unknown == unknowns::worst)) return;
      out.preconditions.push_back({far, d.state});
      out.evidence.push_back(edge);
    };
    if (d.incoming)
      std::ranges::for_each(edges_.into(here, d.edge), consider);
    else
      std::ranges::for_each(edges_.out_of(here, d.edge), consider);
    out.count.add(assessed && (found || g_.collected(here)));
  }
}

bool bound_technique::choose_probability(index_t trigger, technique_match& out,
                                         std::optional<double>& bad) const {
  const auto own =
      on_edges() ? g_.edge_property(trigger, probability_key_) : g_.node_property(trigger, probability_key_);
  if (const auto p = as_number(own.value)) {
    if (!(*p >= 0 && *p <= 1)) {
      bad = p;
      return false;
    }
    out.base_probability = *p;
    return true;
  }
  const estimate* best = nullptr;
  const auto consider = [&](const estimate& e) {
    if (!best || e.value > best->value) best = &e;
  };
  bool decided = false;
  for (std::size_t i = 0; i < rows_.size() && !decided; ++i) {
    const auto t = holds(rows_[i], trigger, nullptr);
    decided = t == truth::yes;
    if (decided || (t == truth::unknown && options_.unknown == unknowns::worst))
      consider(rule_->probability.by[i].p);
  }
  if (!decided) consider(rule_->probability.otherwise);
  out.chosen = best;
  out.base_probability = best->value;
  return true;
}

// --- controls

void bound_technique::collect_controls(index_t trigger, technique_match& out) const {
  if (guards_ == property_graph::no_kind || rule_->controls.empty()) return;
  if (on_edges()) {
    collect_guards(g_.source(trigger), trigger, anchor::source, out);
    collect_guards(g_.target(trigger), trigger, anchor::target, out);
  } else {
    collect_guards(trigger, trigger, anchor::node, out);
  }
  std::ranges::sort(out.controls, {}, &control_effect::control);
  // A control that guards both endpoints acts once.
  const auto repeated = std::ranges::unique(out.controls, {}, &control_effect::control);
  out.controls.erase(repeated.begin(), repeated.end());
}

void bound_technique::collect_guards(index_t guarded, index_t trigger, anchor end,
                                     technique_match& out) const {
  for (const auto e : edges_.into(guarded, guards_)) {
    if (!guard_covers(e, trigger, end)) continue;
    const auto control = g_.source(e);
    const auto kind = as_text(g_.node_property(control, control_key_).value);
    if (!kind || std::ranges::find(rule_->controls, *kind) == rule_->controls.end()) continue;
    out.controls.push_back({control, control_strength(control)});
  }
}

// `edge_kind` and `end` on the Guards edge narrow what it covers; a narrowing that cannot be read covers
// nothing in the worst case.
bool bound_technique::guard_covers(index_t guard, index_t trigger, anchor end) const {
  const auto kind = g_.edge_property(guard, edge_kind_key_), side = g_.edge_property(guard, end_key_);
  if (kind.missing() && side.missing()) return true;
  if (!on_edges()) return false;
  const bool lenient = options_.unknown == unknowns::best;
  const auto covers = [&](const property_fact& p, std::string_view wanted) {
    if (p.missing()) return true;
    const auto text = as_text(p.value);
    return text && p.in_vocabulary ? *text == wanted : lenient;
  };
  return covers(kind, g_.kind_name(g_.edge_kind(trigger))) && covers(side, to_string(end));
}

double bound_technique::control_strength(index_t control) const {
  const auto mode = g_.node_property(control, mode_key_);
  const auto text = as_text(mode.value);
  const bool unknown = !mode.assessed() || text == "unknown";
  const bool enforces = unknown ? options_.unknown == unknowns::best : text == "enforce";
  const auto* rule = catalogue_.find_control(*as_text(g_.node_property(control, control_key_).value));
  if (!enforces || !rule) return 1;
  return options_.against == adversary::adaptive ? rule->adaptive_effect : rule->static_effect;
}

// Of several controls of one kind the strongest counts, the first of them where they are equal; bypassed ones
// do not.
std::vector<double> bound_technique::strengths(const technique_match& m,
                                               std::span<const index_t> bypassed) const {
  std::vector<double> result(m.controls.size(), 1.0);
  std::vector<std::pair<std::string_view, std::size_t>> strongest;
  for (std::size_t i = 0; i < m.controls.size(); ++i) {
    if (std::ranges::binary_search(bypassed, m.controls[i].control)) continue;
    const auto kind = *as_text(g_.node_property(m.controls[i].control, control_key_).value);
    const auto found = std::ranges::find(strongest, kind, &std::pair<std::string_view, std::size_t>::first);
    if (found == strongest.end())
      strongest.emplace_back(kind, i);
    else if (m.controls[i].effect < m.controls[found->second].effect)
      found->second = i;
  }
  for (const auto& [kind, i] : strongest) result[i] = m.controls[i].effect;
  return result;
}

double bound_technique::probability(const technique_match& m, std::span<const index_t> bypassed) const {
  auto factors = strengths(m, bypassed);
  factors.push_back(m.base_probability);
  return product_of(factors);
}

std::vector<control_effect> bound_technique::effects(const technique_match& m,
                                                     std::span<const index_t> bypassed) const {
  const auto factors = strengths(m, bypassed);
  auto result = m.controls;
  for (std::size_t i = 0; i < result.size(); ++i) result[i].effect = factors[i];
  return result;
}

bound_catalogue::bound_catalogue(const property_graph& g, const catalogue& c, const compile_options& options)
    : states(c.states.begin(), c.states.end()), edges(g, c), evaluator(g, edges) {
  std::ranges::sort(states);
  std::vector<const technique*> ordered;
  for (const auto& t : c.techniques) ordered.push_back(&t);
  std::ranges::sort(ordered, {}, [](const technique* t) -> std::string_view { return t->id; });
  for (const auto* t : ordered) techniques.emplace_back(g, c, *t, options, states, evaluator, edges);
}

} // namespace crosscut::detail

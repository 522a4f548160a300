#include "rules.hpp"

#include <crosscut/attack/attack_graph.hpp>

#include <algorithm>

namespace crosscut {

index_t attack_graph::find_fact(index_t node, std::string_view state) const noexcept {
  for (const auto f : facts_at(node))
    if (fact_state_name(f) == state) return f;
  return no_index;
}

std::span<const index_t> attack_graph::bypassed(index_t step) const noexcept {
  const auto found =
      std::ranges::lower_bound(bypassed_, step, {}, [](const auto& entry) { return entry.first; });
  if (found == bypassed_.end() || found->first != step) return {};
  return found->second;
}

struct explainer::bound {
  explicit bound(const attack_graph& g)
      : graph(g),
        rules(g.inventory(), g.rules(), g.options()),
        entries(detail::matching_entries(g.inventory(), g.rules(), rules, g.options().unknown)),
        targets(detail::matching_targets(g.inventory(), g.rules(), rules, g.options().unknown)) {}

  const attack_graph& graph;
  detail::bound_catalogue rules;
  std::vector<detail::rule_match> entries, targets;
};

explainer::explainer(const attack_graph& graph) : bound_(std::make_unique<bound>(graph)) {}
explainer::~explainer() = default;
explainer::explainer(explainer&&) noexcept = default;

step_details explainer::step(index_t step) const {
  const auto& graph = bound_->graph;
  const auto& technique = bound_->rules.techniques[graph.step_techniques_[step]];
  detail::technique_match m;
  std::optional<double> bad;
  technique.match(graph.trigger(step), m, bad);
  step_details d;
  d.evidence = std::move(m.evidence);
  d.controls = technique.effects(m, graph.bypassed(step));
  d.base_probability = m.base_probability;
  d.basis = m.chosen ? std::string_view(m.chosen->basis) : "inventory";
  if (m.chosen) d.low = m.chosen->low, d.high = m.chosen->high;
  d.conditions = m.count.conditions;
  d.assessed = m.count.assessed;
  return d;
}

namespace {

assessed_count find_count(const std::vector<detail::rule_match>& rules, detail::fact_key key) {
  const auto found = std::ranges::lower_bound(rules, key, {}, &detail::rule_match::fact);
  if (found == rules.end() || found->fact != key) return {};
  return {found->count.conditions, found->count.assessed};
}

} // namespace

assessed_count explainer::entry(index_t fact) const {
  return find_count(bound_->entries, {bound_->graph.fact_node(fact), bound_->graph.fact_state(fact)});
}

assessed_count explainer::target(index_t fact) const {
  return find_count(bound_->targets, {bound_->graph.fact_node(fact), bound_->graph.fact_state(fact)});
}

} // namespace crosscut

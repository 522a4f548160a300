#include "rules.hpp"

#include <algorithm>

namespace crosscut::detail {

namespace {

// Calls `found(node, count)` for every node that the rule names.
template <class Rule, class Found>
void for_each_match(const property_graph& g, const Rule& rule, const bound_catalogue& bound, unknowns unknown,
                    Found found) {
  const kind_filter kinds(g, rule.kinds);
  const auto where = bound.evaluator.bind(rule.where);
  for (index_t v = 0; v < g.node_count(); ++v) {
    if (!kinds.accepts(g.primary_kind(v))) continue;
    tally count;
    const auto t = bound.evaluator.all_on_node(where, v, &count);
    const bool unknown_counts = rule.unknown_matches && unknown == unknowns::worst;
    if (t == truth::yes || (t == truth::unknown && unknown_counts)) found(v, count);
  }
}

attack_graph::state_index state_of(const bound_catalogue& bound, std::string_view name) {
  return static_cast<attack_graph::state_index>(std::ranges::lower_bound(bound.states, name) -
                                                bound.states.begin());
}

std::vector<rule_match> largest_of_each(std::vector<rule_match> all) {
  std::ranges::stable_sort(all, [](const rule_match& l, const rule_match& r) {
    return l.fact != r.fact ? l.fact < r.fact : l.number > r.number;
  });
  all.erase(std::ranges::unique(all, {}, &rule_match::fact).begin(), all.end());
  return all;
}

double impact_of(const property_graph& g, const target_rule& rule, index_t node) {
  if (rule.impact_property.empty()) return rule.impact_default;
  const auto own = g.node_property(node, rule.impact_property);
  return own.assessed() ? as_number(own.value).value_or(rule.impact_default) : rule.impact_default;
}

} // namespace

std::vector<rule_match> matching_entries(const property_graph& g, const catalogue& c,
                                         const bound_catalogue& bound, unknowns unknown) {
  std::vector<rule_match> all;
  for (const auto& rule : c.entries)
    for_each_match(g, rule, bound, unknown, [&](index_t v, const tally& count) {
      all.push_back({{v, state_of(bound, rule.state)}, rule.probability, count});
    });
  return largest_of_each(std::move(all));
}

std::vector<rule_match> matching_targets(const property_graph& g, const catalogue& c,
                                         const bound_catalogue& bound, unknowns unknown) {
  std::vector<rule_match> all;
  for (const auto& rule : c.targets)
    for_each_match(g, rule, bound, unknown, [&](index_t v, const tally& count) {
      all.push_back({{v, state_of(bound, rule.state)}, impact_of(g, rule, v), count});
    });
  return largest_of_each(std::move(all));
}

} // namespace crosscut::detail

#include "describe.hpp"

#include <algorithm>

namespace crosscut::detail {

report_head head_of(const attack_graph& graph) {
  report_head head;
  head.catalogue = graph.rules().title();
  head.adversary = to_string(graph.options().against);
  head.unknown = to_string(graph.options().unknown);
  head.inventory = graph.inventory().content_fingerprint();
  return head;
}

fact_ref fact_of(const attack_graph& graph, index_t fact) {
  return {std::string(graph.inventory().node_id(graph.fact_node(fact))),
          std::string(graph.fact_state_name(fact))};
}

edge_ref edge_of(const property_graph& g, index_t edge) {
  return {std::string(g.kind_name(g.edge_kind(edge))), std::string(g.node_id(g.source(edge))),
          std::string(g.node_id(g.target(edge))), std::string(g.edge_key(edge))};
}

path_describer::path_describer(const attack_graph& graph)
    : a_(graph), g_(graph.inventory()), explain_(graph), monitors_(g_.find_kind("Monitors")) {}

path_report path_describer::describe(const raw_path& path, const question& asked) const {
  path_report r;
  std::vector<double> factors;
  assessed_count count = explain_.target(path.target);
  const auto add = [&](std::uint32_t conditions, std::uint32_t assessed) {
    count.conditions += conditions;
    count.assessed += assessed;
  };
  for (const auto fact : path.entries) {
    const auto e = std::ranges::lower_bound(asked.entries, fact, {}, &entry::fact);
    factors.push_back(e->probability);
    r.source_probabilities.push_back(e->probability);
    r.sources.push_back(fact_of(a_, fact));
    r.source_names.emplace_back(g_.display_name(a_.fact_node(fact)));
    r.layers.push_back(g_.node_layer(a_.fact_node(fact)));
    const auto c = explain_.entry(fact);
    add(c.conditions, c.assessed);
  }
  for (const auto step : path.steps) {
    const auto why = explain_.step(step);
    r.steps.push_back(describe_step(step, why));
    factors.push_back(a_.probability(step));
    r.layers.push_back(g_.node_layer(a_.fact_node(a_.conclusion(step))));
    r.crossings += crosses(step);
    r.monitored_steps += is_monitored(step);
    add(why.conditions, why.assessed);
  }
  r.probability = product_of(factors);
  r.cost = path.length.cost;
  r.hops = path.length.hops;
  r.assessed = count.conditions == 0 ? 1.0 : static_cast<double>(count.assessed) / count.conditions;
  r.target = fact_of(a_, path.target);
  r.target_name = g_.display_name(a_.fact_node(path.target));
  r.impact = std::ranges::lower_bound(asked.targets, path.target, {}, &target::fact)->impact;
  return r;
}

step_report path_describer::describe_step(index_t step, const step_details& why) const {
  const auto& rule = a_.step_technique(step);
  step_report s;
  s.technique = rule.id;
  for (const auto f : a_.preconditions(step)) s.from.push_back(fact_of(a_, f));
  s.to = fact_of(a_, a_.conclusion(step));
  s.probability = a_.probability(step);
  s.base_probability = why.base_probability;
  s.basis = why.basis;
  s.cost = a_.cost(step);
  for (const auto e : why.evidence) s.evidence.push_back({edge_of(g_, e), {}});
  if (rule.edge.empty())
    s.evidence.insert(s.evidence.begin(), {std::nullopt, std::string(g_.node_id(a_.trigger(step)))});
  for (const auto& c : why.controls) {
    const auto text = [&](std::string_view property) {
      return std::string(as_text(g_.node_property(c.control, property).value).value_or("unknown"));
    };
    s.controls.push_back({std::string(g_.node_id(c.control)), text("control"), text("mode"), c.effect});
  }
  s.atlas = rule.atlas;
  s.owasp = rule.owasp;
  s.maestro = rule.maestro;
  s.sentence = sentence(step);
  return s;
}

std::string path_describer::sentence(index_t step) const {
  const auto& rule = a_.step_technique(step);
  const auto trigger = a_.trigger(step);
  const auto name_of = [&](std::string_view placeholder) -> std::optional<std::string_view> {
    if (rule.edge.empty())
      return placeholder == "node" ? std::optional(g_.display_name(trigger)) : std::nullopt;
    if (placeholder == "source") return g_.display_name(g_.source(trigger));
    if (placeholder == "target") return g_.display_name(g_.target(trigger));
    return std::nullopt;
  };
  std::string out;
  std::string_view rest = rule.sentence;
  while (true) {
    const auto open = rest.find('{');
    const auto close = open == rest.npos ? rest.npos : rest.find('}', open);
    if (close == rest.npos) return out.append(rest);
    const auto name = name_of(rest.substr(open + 1, close - open - 1));
    out.append(rest.substr(0, open)).append(name ? *name : rest.substr(open, close - open + 1));
    rest.remove_prefix(close + 1);
  }
}

bool path_describer::is_monitored_node(index_t node) const {
  return std::ranges::any_of(g_.in_edges(node), [this](index_t e) { return g_.edge_kind(e) == monitors_; });
}

bool path_describer::is_monitored(index_t step) const {
  if (monitors_ == property_graph::no_kind) return false;
  const auto trigger = a_.trigger(step);
  if (a_.step_technique(step).edge.empty()) return is_monitored_node(trigger);
  return is_monitored_node(g_.source(trigger)) || is_monitored_node(g_.target(trigger));
}

bool path_describer::crosses(index_t step) const {
  const auto layer_at = [this](index_t fact) { return g_.node_layer(a_.fact_node(fact)); };
  const auto here = layer_at(a_.conclusion(step));
  return here != layer::none && std::ranges::any_of(a_.preconditions(step), [&](index_t f) {
           return layer_at(f) != layer::none && layer_at(f) != here;
         });
}

} // namespace crosscut::detail

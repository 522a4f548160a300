#include "matcher.hpp"

#include <algorithm>

namespace crosscut::detail {

namespace {

bool accepts(const catalogue_value& wanted, const scalar_view& value) {
  const auto as_view = [](const auto& v) -> scalar_view { return v; };
  return same_value(std::visit(as_view, wanted), value);
}

bool satisfies(const condition& c, const scalar_view& value) {
  if (!c.accepted.empty() &&
      std::ranges::none_of(c.accepted, [&](const auto& wanted) { return accepts(wanted, value); }))
    return false;
  if (!c.at_least && !c.at_most) return true;
  const auto number = as_number(value);
  return number && (!c.at_least || *number >= *c.at_least) && (!c.at_most || *number <= *c.at_most);
}

bool asks_only_knowledge(const condition& c) noexcept {
  return c.absent && c.accepted.empty() && !c.at_least && !c.at_most;
}

truth of_property(const condition& c, const property_fact& p) {
  if (c.absent && *c.absent == p.assessed()) return truth::no;
  if (asks_only_knowledge(c)) return truth::yes;
  if (p.missing()) return truth::unknown;
  if (const auto one = to_scalar(p.value)) {
    if (!p.in_vocabulary) return truth::unknown;
    return satisfies(c, *one) ? truth::yes : truth::no;
  }
  const auto list = std::get<std::span<const scalar_view>>(p.value);
  if (std::ranges::any_of(list, [&](const scalar_view& v) { return satisfies(c, v); })) return truth::yes;
  return p.in_vocabulary ? truth::no : truth::unknown; // an element nobody understands may be the one
}

truth of_kind(const condition& c, std::string_view kind) {
  return satisfies(c, scalar_view{kind}) ? truth::yes : truth::no;
}

template <class Evaluate>
truth all_of(const std::vector<bound_condition>& list, tally* count, Evaluate evaluate) {
  truth result = truth::yes;
  for (const auto& c : list) {
    const auto t = evaluate(c);
    if (count) count->add(t != truth::unknown);
    result = both(result, t);
  }
  return result;
}

} // namespace

incident_edges::incident_edges(const property_graph& g, const catalogue& c) : g_(g) {
  prepare(g.find_kind("Guards"));
  for (const auto& t : c.techniques)
    for (const auto& d : t.all)
      if (d.incoming) prepare(g.find_kind(d.edge));
}

void incident_edges::prepare(property_graph::kind_index kind) {
  if (kind == property_graph::no_kind || by_target_.contains(kind)) return;
  const auto edges = g_.edges_of_kind(kind);
  std::vector<index_t> sorted(edges.begin(), edges.end());
  std::ranges::stable_sort(sorted, {}, [this](index_t e) { return g_.target(e); });
  by_target_.emplace(kind, std::move(sorted));
}

std::span<const index_t> incident_edges::into(index_t node, property_graph::kind_index kind) const {
  const auto found = by_target_.find(kind);
  if (found == by_target_.end()) return {};
  const auto range =
      std::ranges::equal_range(found->second, node, {}, [this](index_t e) { return g_.target(e); });
  return {range.begin(), range.end()};
}

std::ranges::subrange<std::ranges::iterator_t<std::ranges::iota_view<index_t, index_t>>>
incident_edges::out_of(index_t node, property_graph::kind_index kind) const {
  return std::ranges::equal_range(g_.out_edges(node), kind, {},
                                  [this](index_t e) { return g_.edge_kind(e); });
}

condition_evaluator::condition_evaluator(const property_graph& g, const incident_edges& edges)
    : g_(g), edges_(edges), uses_(g.find_kind("Uses")), name_key_(g.find_node_key("name")) {}

bound_condition condition_evaluator::bind(const condition& c) const {
  using reads = bound_condition::reads;
  if (c.property == "@kind") return {&c, reads::kind, no_index, no_index};
  if (c.property == "@model") return {&c, reads::model, no_index, no_index};
  return {&c, reads::property, g_.find_node_key(c.property), g_.find_edge_key(c.property)};
}

std::vector<bound_condition> condition_evaluator::bind(const std::vector<condition>& list) const {
  std::vector<bound_condition> bound;
  for (const auto& c : list) bound.push_back(bind(c));
  return bound;
}

truth condition_evaluator::on_node(const bound_condition& c, index_t node) const {
  switch (c.what) {
  case bound_condition::reads::kind: return of_kind(*c.rule, g_.kind_name(g_.primary_kind(node)));
  case bound_condition::reads::model: return of_models(*c.rule, node);
  case bound_condition::reads::property: break;
  }
  return of_property(*c.rule, g_.node_property(node, c.node_key));
}

truth condition_evaluator::on_edge(const bound_condition& c, index_t edge) const {
  if (c.what == bound_condition::reads::kind) return of_kind(*c.rule, g_.kind_name(g_.edge_kind(edge)));
  if (c.what == bound_condition::reads::model) return of_models(*c.rule, g_.source(edge));
  return of_property(*c.rule, g_.edge_property(edge, c.edge_key));
}

// The models that a node Uses, by id or by name. Without Uses edges they are unknown, unless the node says
// that all its edges were collected.
truth condition_evaluator::of_models(const condition& c, index_t node) const {
  const auto uses = edges_.out_of(node, uses_);
  const bool assessed = !uses.empty() || g_.collected(node);
  if (c.absent && *c.absent == assessed) return truth::no;
  if (asks_only_knowledge(c)) return truth::yes;
  if (!assessed) return truth::unknown;
  const auto fits = [&](index_t model) {
    if (satisfies(c, scalar_view{g_.node_id(model)})) return true;
    const auto name = as_text(g_.node_property(model, name_key_).value);
    return name && satisfies(c, scalar_view{*name});
  };
  return std::ranges::any_of(uses, [&](index_t e) { return fits(g_.target(e)); }) ? truth::yes : truth::no;
}

truth condition_evaluator::all_on_node(const std::vector<bound_condition>& list, index_t node,
                                       tally* count) const {
  return all_of(list, count, [&](const bound_condition& c) { return on_node(c, node); });
}

truth condition_evaluator::all_on_edge(const std::vector<bound_condition>& list, index_t edge,
                                       tally* count) const {
  return all_of(list, count, [&](const bound_condition& c) { return on_edge(c, edge); });
}

kind_filter::kind_filter(const property_graph& g, const std::vector<std::string>& names)
    : any_(names.empty()) {
  for (const auto& name : names)
    if (const auto kind = g.find_kind(name); kind != property_graph::no_kind) kinds_.push_back(kind);
}

bool kind_filter::accepts(property_graph::kind_index kind) const noexcept {
  return any_ || (kind != property_graph::no_kind && std::ranges::find(kinds_, kind) != kinds_.end());
}

} // namespace crosscut::detail

#include "catalogue_value.hpp"
#include "did_you_mean.hpp"

#include <crosscut/base/escape.hpp>
#include <crosscut/model/schema.hpp>

#include <algorithm>
#include <limits>

namespace crosscut::io {

namespace {

constexpr double unbounded = std::numeric_limits<double>::max();

template <class Table> std::vector<std::string_view> names_of(const Table& table) {
  std::vector<std::string_view> result;
  for (const auto& row : table) result.push_back(row.name);
  return result;
}

void accept(condition& c, const catalogue_value_reader& value) {
  if (auto v = value.scalar()) c.accepted.push_back(std::move(*v));
}

void accept_each(condition& c, const catalogue_value_reader& list) {
  const auto elements = list.elements();
  if (elements.empty())
    list.error("catalogue-empty", "an empty list accepts nothing",
               "leave the condition out to accept everything");
  for (const auto& e : elements) accept(c, e);
}

void read_equals(condition& c, const catalogue_value_reader& value) {
  if (value.node().is_array())
    accept_each(c, value);
  else
    accept(c, value);
}

void read_comparison(condition& c, const catalogue_value_reader& value) {
  value.is_object_of({"at_least", "at_most", "equals", "absent"});
  if (value.node().members().empty())
    value.error("catalogue-empty", "this condition asks nothing", "one of at_least, at_most, equals, absent");
  if (const auto v = value.find("at_least")) c.at_least = v->number_in(-unbounded, unbounded);
  if (const auto v = value.find("at_most")) c.at_most = v->number_in(-unbounded, unbounded);
  if (c.at_least && c.at_most && *c.at_least > *c.at_most)
    value.error("catalogue-range", "no number is at least the one and at most the other");
  if (const auto v = value.find("equals")) read_equals(c, *v);
  if (const auto v = value.find("absent")) c.absent = v->boolean();
}

// "@kind" and "@model" stand for names, and only in some places; a kind is always known.
void check_special(const condition& c, const catalogue_value_reader& value, const condition_place& place) {
  static constexpr std::string_view special[] = {"@kind", "@model"};
  if (std::ranges::find(special, c.property) == std::end(special))
    return value.error("catalogue-name", "unknown special property " + quoted(c.property),
                       did_you_mean(c.property, special));
  const bool kind = c.property == "@kind";
  if (!(kind ? place.may_ask_kind : place.may_ask_model))
    value.error("catalogue-place", quoted(c.property) + " makes no sense here",
                kind ? "the technique's `edge` names the kind already"
                     : "models are asked of an agent or tool, not of an edge");
  const auto is_text = [](const catalogue_value& v) { return std::holds_alternative<std::string>(v); };
  if (c.at_least || c.at_most || (kind && c.absent) || !std::ranges::all_of(c.accepted, is_text))
    value.error("catalogue-place", quoted(c.property) + " is a name, compared with names only",
                "a list of names");
  if (kind && !place.on_edge) {
    const auto known = names_of(schema::node_kinds());
    for (const auto& v : c.accepted)
      if (const auto* name = std::get_if<std::string>(&v); name && !schema::find_node_kind(*name))
        value.warn("catalogue-kind", "no node kind of the schema is " + quoted(*name),
                   did_you_mean(*name, known));
  }
}

value_view view_of(const catalogue_value& v) {
  return std::visit([](const auto& x) -> value_view { return x; }, v);
}

// The schema's rules for this property at the kinds that the condition reads; empty where some kind has none.
std::vector<const schema::property*> rules_for(const condition& c, const condition_place& place) {
  std::vector<const schema::property*> rules;
  for (const auto& kind : place.kinds) {
    const auto* rule = schema::find_property(c.property, kind);
    if (!rule) return {};
    rules.push_back(rule);
  }
  return rules;
}

// A list in the inventory matches by its elements.
bool can_be(const schema::property& rule, const catalogue_value& v) {
  if (rule.type != schema::value_type::choice_list) return schema::in_vocabulary(rule, view_of(v));
  const auto* text = std::get_if<std::string>(&v);
  return text && std::ranges::find(rule.choices, *text) != rule.choices.end();
}

void check_vocabulary(const condition& c, const catalogue_value_reader& value, const condition_place& place) {
  const auto known = names_of(schema::properties());
  if (std::ranges::find(known, c.property) == known.end()) {
    if (const auto guess = nearest_name(c.property, known); !guess.empty())
      value.warn("catalogue-property", "the schema has no property " + quoted(c.property),
                 "did you mean " + quoted(guess) + "?");
    return;
  }
  const auto rules = rules_for(c, place);
  if (rules.empty()) return;
  for (const auto& v : c.accepted)
    if (std::ranges::none_of(rules, [&](const auto* rule) { return can_be(*rule, v); }))
      value.warn("catalogue-value", "property " + quoted(c.property) + " is never " + to_text(view_of(v)),
                 schema::describe(*rules.front()));
}

} // namespace

std::vector<condition> read_conditions(const catalogue_value_reader& list, const condition_place& place) {
  std::vector<condition> result;
  if (!list.node().is_object()) {
    list.wrong_type("an object of conditions by property");
    return result;
  }
  for (const auto& [name, value] : list.members()) {
    condition c;
    c.property = name;
    if (value.node().is_array())
      accept_each(c, value);
    else if (value.node().is_object())
      read_comparison(c, value);
    else
      accept(c, value);
    if (name.starts_with('@'))
      check_special(c, value, place);
    else
      check_vocabulary(c, value, place);
    result.push_back(std::move(c));
  }
  return result;
}

std::vector<ends_condition> read_ends(const catalogue_value_reader& list) {
  static constexpr std::string_view words[] = {"differs", "same"};
  std::vector<ends_condition> result;
  if (!list.node().is_object()) {
    list.wrong_type("an object of \"same\" or \"differs\" by property");
    return result;
  }
  for (const auto& [name, value] : list.members()) {
    if (name.starts_with('@'))
      value.error("catalogue-place", quoted(name) + " makes no sense here", "`ends` compares properties");
    result.push_back({std::string(name), value.name_of("comparison", words) == "differs"});
  }
  return result;
}

std::vector<std::string> read_node_kinds(const catalogue_value_reader& list) {
  auto kinds = list.names();
  for (const auto& kind : kinds)
    if (!schema::find_node_kind(kind))
      list.warn("catalogue-kind", "no node kind of the schema is " + quoted(kind),
                did_you_mean(kind, names_of(schema::node_kinds())));
  return kinds;
}

std::string read_edge_kind(const catalogue_value_reader& value) {
  auto kind = value.non_empty_text();
  if (!kind.empty() && kind != "*" && !schema::find_edge_kind(kind))
    value.warn("catalogue-kind", "no edge kind of the schema is " + quoted(kind),
               did_you_mean(kind, names_of(schema::edge_kinds())));
  return kind;
}

} // namespace crosscut::io

#include "opengraph_aliases.hpp"

namespace crosscut::io::opengraph {

bool aliases::declare(std::string_view alias, std::string_view id) {
  const auto i = known_.intern(alias), real = ids_.intern(id);
  if (i == id_of_.size()) id_of_.push_back(real);
  return id_of_[i] == real;
}

std::optional<std::string_view> aliases::resolve(std::string_view id) const {
  if (!looks_like(id)) return id;
  const auto i = known_.find(id);
  return i == no_index ? std::nullopt : std::optional(ids_[id_of_[i]]);
}

void aliases::hold(record& e) {
  edge held{texts_.copy(e.kind), texts_.copy(e.source), texts_.copy(e.target), {}, e.where};
  for (const auto& p : e.properties()) held.properties.push_back({texts_.copy(p.name), keep(p.value)});
  held_.push_back(std::move(held));
}

void aliases::add_held(inventory_builder& out) const {
  for (const auto& e : held_)
    out.add_edge(e.kind, resolve(e.source).value_or(e.source), resolve(e.target).value_or(e.target),
                 e.properties, e.where);
}

value_view aliases::keep(const value_view& value) {
  if (const auto one = to_scalar(value)) return to_value(keep(*one));
  const auto* list = std::get_if<std::span<const scalar_view>>(&value);
  if (!list) return value;
  auto& kept = lists_.emplace_back();
  for (const auto& element : *list) kept.push_back(keep(element));
  return std::span<const scalar_view>(kept);
}

scalar_view aliases::keep(const scalar_view& value) {
  const auto* text = std::get_if<std::string_view>(&value);
  return text ? scalar_view{texts_.copy(*text)} : value;
}

} // namespace crosscut::io::opengraph

#include "estate.hpp"

#include <crosscut/io/catalogue.hpp>
#include <crosscut/io/read.hpp>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <sstream>

namespace estate_test {

estate& estate::node(std::string_view id, std::string_view kind, std::string_view properties) {
  nodes_.push_back(fmt::format(R"({{"id": "{}", "kinds": ["{}"], "properties": {}}})", id, kind, properties));
  return *this;
}

estate& estate::edge(std::string_view kind, std::string_view source, std::string_view target,
                     std::string_view properties) {
  edges_.push_back(fmt::format(
      R"({{"kind": "{}", "start": {{"value": "{}"}}, "end": {{"value": "{}"}}, "properties": {}}})", kind,
      source, target, properties));
  return *this;
}

std::shared_ptr<const property_graph> estate::freeze() const {
  std::istringstream in(fmt::format(R"({{"graph": {{"nodes": [{}], "edges": [{}]}}}})",
                                    fmt::join(nodes_, ","), fmt::join(edges_, ",")));
  auto result = io::read_inventory(in, "estate");
  for (const auto& m : result.messages.items())
    if (m.level == severity::error) FAIL(to_string(m));
  REQUIRE(result.inventory);
  return result.inventory;
}

estate estate::shuffled(unsigned seed) const {
  auto other = *this;
  std::mt19937 random(seed);
  std::ranges::shuffle(other.nodes_, random);
  std::ranges::shuffle(other.edges_, random);
  return other;
}

std::shared_ptr<const catalogue> catalogue_of(std::string_view text) {
  diagnostics messages;
  auto c = io::read_catalogue(text, "test", messages);
  if (!c) FAIL(to_string(messages.items().front()));
  return std::make_shared<const catalogue>(std::move(*c));
}

std::shared_ptr<const catalogue> catalogue_with(std::string_view techniques, std::string_view entries,
                                                std::string_view targets) {
  return catalogue_of(fmt::format(R"({{"schema": "crosscut.catalogue/1", "name": "small",
    "states": ["a", "b", "c", "d", "bypassed"], "entries": {}, "targets": {},
    "controls": [{{"kind": "filter", "effect": {{"static": 0.2, "adaptive": 0.5}}}},
                 {{"kind": "gate", "effect": {{"static": 0.4, "adaptive": 0.8}}}},
                 {{"kind": "wall", "effect": 0.1}}],
    "techniques": {}}})",
                                  entries, targets, techniques));
}

attack_graph compiled(const estate& e, std::shared_ptr<const catalogue> c, compile_options options) {
  diagnostics messages;
  auto graph = compile(e.freeze(), std::move(c), options, messages);
  if (!graph) FAIL(to_string(messages.items().front()));
  return std::move(*graph);
}

index_t fact(const attack_graph& g, std::string_view node, std::string_view state) {
  const auto n = g.inventory().find_node(node);
  return n == no_index ? no_index : g.find_fact(n, state);
}

std::vector<index_t> steps_of(const attack_graph& g, std::string_view technique) {
  std::vector<index_t> result;
  for (index_t s = 0; s < g.step_count(); ++s)
    if (g.step_technique(s).id == technique) result.push_back(s);
  return result;
}

namespace {

std::string name_of(const attack_graph& g, index_t f) {
  return fmt::format("{}:{}", g.inventory().node_id(g.fact_node(f)), g.fact_state_name(f));
}

} // namespace

std::string describe(const attack_graph& g, index_t step) {
  std::string from;
  for (const auto f : g.preconditions(step)) from += (from.empty() ? "" : " + ") + name_of(g, f);
  return fmt::format("{} -> {} {:.6g} by {}", from, name_of(g, g.conclusion(step)), g.probability(step),
                     g.step_technique(step).id);
}

std::string describe(const attack_graph& g) {
  std::string all;
  for (index_t s = 0; s < g.step_count(); ++s) all += describe(g, s) + '\n';
  return all;
}

} // namespace estate_test

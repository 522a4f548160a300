#pragma once

#include "oracle/dice.hpp"

#include <crosscut/algorithms/proof_heights.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

/// Slow answers that share nothing with the algorithms under test, and small graphs to ask them about.
namespace oracle {

using namespace crosscut;

struct and_or_step {
  std::vector<index_t> preconditions;
  index_t conclusion;
  cost_t cost;
};

/// A hypergraph in plain lists, and a question about it.
class and_or_graph {
public:
  std::vector<start_point> entries;
  std::vector<index_t> targets;

  explicit and_or_graph(index_t facts) : into_(facts), from_(facts) {}

  void add(std::vector<index_t> preconditions, index_t conclusion, cost_t cost) {
    const auto s = static_cast<index_t>(steps_.size());
    for (const index_t p : preconditions) from_[p].push_back(s);
    into_[conclusion].push_back(s);
    steps_.push_back({std::move(preconditions), conclusion, cost});
  }

  const std::vector<and_or_step>& steps() const { return steps_; }
  cost_t cost(index_t step) const { return steps_[step].cost; }

  index_t fact_count() const { return static_cast<index_t>(into_.size()); }
  index_t step_count() const { return static_cast<index_t>(steps_.size()); }
  std::span<const index_t> steps_into(index_t fact) const { return into_[fact]; }
  std::span<const index_t> steps_from(index_t fact) const { return from_[fact]; }
  std::span<const index_t> preconditions(index_t step) const { return steps_[step].preconditions; }
  index_t conclusion(index_t step) const { return steps_[step].conclusion; }

private:
  std::vector<and_or_step> steps_;
  std::vector<std::vector<index_t>> into_, from_;
};

static_assert(hypergraph<and_or_graph>);

/// The graph and the question as text, for a failing test's message.
inline std::string describe(const and_or_graph& g) {
  std::string text = std::to_string(g.fact_count()) + " facts;";
  for (const auto& s : g.steps()) {
    for (const index_t p : s.preconditions) text += ' ' + std::to_string(p);
    text += "->" + std::to_string(s.conclusion) + " cost " + std::to_string(s.cost) + ';';
  }
  for (const auto& e : g.entries)
    text += " entry " + std::to_string(e.vertex) + " cost " + std::to_string(e.cost) + ';';
  for (const index_t t : g.targets) text += " target " + std::to_string(t) + ';';
  return text;
}

} // namespace oracle

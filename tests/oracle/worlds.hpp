#pragma once

#include <crosscut/algorithms/proof_heights.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

/// The exact probability of every fact by its definition: every world of the uncertain steps and entries, and
/// what is true in it.
namespace oracle {

using namespace crosscut;

/// A fact that the attacker starts with.
struct chance {
  index_t fact;
  double probability;
};

/// The least set of facts that contains `start` and is closed under the steps for which `holds(step)`.
template <hypergraph Graph, class Holds>
std::vector<bool> closure(const Graph& graph, std::vector<bool> facts, const Holds& holds) {
  for (bool changed = true; changed;) {
    changed = false;
    for (index_t s = 0; s < static_cast<index_t>(graph.step_count()); ++s) {
      if (facts[graph.conclusion(s)] || !holds(s)) continue;
      bool ready = true;
      for (const index_t p : graph.preconditions(s)) ready = ready && facts[p];
      if (!ready) continue;
      facts[graph.conclusion(s)] = true;
      changed = true;
    }
  }
  return facts;
}

/// P(fact) for every fact. `step_probability` is by step; of several entries at one fact each is a chance of
/// its own. Throws std::invalid_argument beyond 20 uncertain steps and entries. O(2^uncertain · steps ·
/// facts).
template <hypergraph Graph>
std::vector<double> fact_probabilities(const Graph& graph, std::span<const double> step_probability,
                                       std::span<const chance> entries) {
  constexpr std::size_t sure = ~std::size_t{0}, never = sure - 1;
  std::vector<double> coins;
  const auto coin_of = [&](double p) {
    if (p >= 1) return sure;
    if (p <= 0) return never;
    coins.push_back(p);
    return coins.size() - 1;
  };
  std::vector<std::size_t> step_coin, entry_coin;
  for (const double p : step_probability) step_coin.push_back(coin_of(p));
  for (const chance& e : entries) entry_coin.push_back(coin_of(e.probability));
  if (coins.size() > 20) throw std::invalid_argument("oracle: too many uncertain steps and entries");

  std::vector<double> result(graph.fact_count(), 0);
  for (std::uint32_t world = 0; world < std::uint32_t{1} << coins.size(); ++world) {
    double weight = 1;
    for (std::size_t i = 0; i < coins.size(); ++i) weight *= world >> i & 1 ? coins[i] : 1 - coins[i];
    const auto holds = [&](std::size_t coin) {
      return coin == sure || (coin != never && (world >> coin & 1));
    };
    std::vector<bool> start(graph.fact_count(), false);
    for (std::size_t i = 0; i < entries.size(); ++i)
      if (holds(entry_coin[i])) start[entries[i].fact] = true;
    const auto facts = closure(graph, start, [&](index_t s) { return holds(step_coin[s]); });
    for (std::size_t f = 0; f < facts.size(); ++f)
      if (facts[f]) result[f] += weight;
  }
  return result;
}

} // namespace oracle

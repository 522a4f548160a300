#include "worlds.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>

namespace estate_test {

namespace {

// A step or an entry: what may or may not succeed.
struct chance {
  std::vector<index_t> needs;
  index_t gives;
  double p;
};

std::vector<chance> all_chances(const attack_graph& g, std::span<const entry> entries) {
  std::vector<chance> all;
  for (const auto& e : entries) all.push_back({{}, e.fact, e.probability});
  for (index_t s = 0; s < g.step_count(); ++s) {
    const bool is_void = std::ranges::any_of(
        entries, [&](const entry& e) { return e.fact == g.conclusion(s) && e.probability >= 1; });
    const auto needs = g.preconditions(s);
    if (!is_void) all.push_back({{needs.begin(), needs.end()}, g.conclusion(s), g.probability(s)});
  }
  return all;
}

std::vector<bool> closure(index_t facts, const std::vector<chance>& all,
                          const std::function<bool(std::size_t)>& holds) {
  std::vector<bool> known(facts);
  for (bool grows = true; grows;) {
    grows = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (known[all[i].gives] || !holds(i)) continue;
      if (!std::ranges::all_of(all[i].needs, [&](index_t f) { return known[f]; })) continue;
      known[all[i].gives] = true;
      grows = true;
    }
  }
  return known;
}

// Those whose needs can be met at all, and whose conclusion leads to the target.
std::vector<chance> that_matter(index_t facts, const std::vector<chance>& all, index_t target) {
  const auto reached = closure(facts, all, [](std::size_t) { return true; });
  std::vector<bool> wanted(facts);
  wanted[target] = true;
  for (std::size_t round = 0; round < all.size(); ++round)
    for (const auto& c : all)
      if (wanted[c.gives])
        for (const auto f : c.needs) wanted[f] = true;
  std::vector<chance> result;
  for (const auto& c : all)
    if (wanted[c.gives] && std::ranges::all_of(c.needs, [&](index_t f) { return reached[f]; }))
      result.push_back(c);
  return result;
}

} // namespace

double probability_of(const attack_graph& g, std::span<const entry> entries, index_t target) {
  const auto all = that_matter(g.fact_count(), all_chances(g, entries), target);
  std::vector<std::size_t> number(all.size(), 0); // bit of each uncertain one
  std::size_t uncertain = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].p < 1) number[i] = uncertain++;
  REQUIRE(uncertain <= 20);
  double total = 0;
  for (std::uint64_t world = 0; world < std::uint64_t{1} << uncertain; ++world) {
    const auto holds = [&](std::size_t i) { return all[i].p >= 1 || (world >> number[i] & 1); };
    if (!closure(g.fact_count(), all, holds)[target]) continue;
    double p = 1;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i].p < 1) p *= holds(i) ? all[i].p : 1 - all[i].p;
    total += p;
  }
  return total;
}

std::vector<double> proofs_of(const attack_graph& g, std::span<const entry> entries, index_t target) {
  const auto all = that_matter(g.fact_count(), all_chances(g, entries), target);
  REQUIRE(all.size() <= 18);
  const auto derives = [&](std::uint64_t set) {
    return closure(g.fact_count(), all, [&](std::size_t i) { return set >> i & 1; })[target] == true;
  };
  std::vector<double> result;
  for (std::uint64_t set = 0; set < std::uint64_t{1} << all.size(); ++set) {
    if (!derives(set)) continue;
    bool minimal = true;
    double p = 1;
    for (std::size_t i = 0; i < all.size() && minimal; ++i)
      if (set >> i & 1) minimal = !derives(set & ~(std::uint64_t{1} << i)), p *= all[i].p;
    if (minimal) result.push_back(p);
  }
  std::ranges::sort(result, std::greater{});
  return result;
}

} // namespace estate_test

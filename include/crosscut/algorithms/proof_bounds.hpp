#pragma once

#include <crosscut/algorithms/proof_graph.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

namespace crosscut::detail {

/// Up to five facts that a tree has to reach, ascending; unused places hold `no_index`.
class goal_set {
public:
  static constexpr std::size_t capacity = 5;

  goal_set() { facts_.fill(no_index); }
  /// Those facts whose bit is set. \pre At most `capacity`, all different.
  explicit goal_set(std::span<const index_t> facts, unsigned bits = ~0u) : goal_set() {
    std::size_t n = 0;
    for (std::size_t i = 0; i < facts.size(); ++i)
      if (bits >> i & 1) facts_[n++] = facts[i];
    std::sort(facts_.begin(), facts_.end());
  }
  std::span<const index_t> facts() const {
    return {facts_.begin(), std::find(facts_.begin(), facts_.end(), no_index)};
  }
  friend auto operator<=>(const goal_set&, const goal_set&) = default;

private:
  std::array<index_t, capacity> facts_;
};

/// Lower bounds for partial proofs, each computed when it is first asked for.
class proof_bounds {
public:
  explicit proof_bounds(const proof_graph& graph)
      : graph_(&graph), floor_(graph.step_count()), has_floor_(graph.step_count(), false) {
    find_only_ways();
    refresh_chains();
  }

  /// By fact: the length of the shortest tree of spines that grows from there to all goals, exact
  /// (Dreyfus & Wagner 1971, each layer closed by one Dijkstra as in Erickson, Monma & Veinott 1987). The
  /// last item is the length of the shortest forest that grows from any entries. O(steps + facts log facts) a
  /// set of goals and each of its subsets, then O(log).
  const std::vector<path_length>& trees_to(const goal_set& goals) {
    const auto known = trees_.find(goals);
    return known != trees_.end() ? known->second : trees_.emplace(goals, grow(goals)).first->second;
  }
  /// False where a new set of goals would take more memory than bounds are allowed to.
  bool has_room_for(const goal_set& goals) const {
    return trees_.contains(goals) || memory_in_use() < most_memory;
  }

  /// No proof of the step's preconditions is shorter. \pre is_and(step).
  path_length floor(index_t step) const { return std::max(floor_[step], hardest_height(step)); }
  bool has_floor(index_t step) const { return has_floor_[step]; }
  /// For each subset of the goals in `within`, by its bits: the shortest forest that grows to them from
  /// entries and from those facts of `roots` for which `may_carry(fact, subset)`.
  template <class MayCarry>
  std::vector<path_length> forests_to(std::span<const index_t> goals, unsigned within,
                                      std::span<const index_t> roots, const MayCarry& may_carry) {
    std::vector<path_length> least(std::size_t{1} << goals.size());
    for (unsigned set = 1; set < least.size(); ++set) {
      if (set & ~within) continue;
      const auto& trees = trees_to(goal_set(goals, set));
      least[set] = trees.back();
      for (const index_t f : roots)
        if (may_carry(f, set)) least[set] = std::min(least[set], trees[f]);
      for (unsigned part = (set - 1) & set; part != 0; part = (part - 1) & set)
        if (least[part] != no_path && least[set & ~part] != no_path)
          least[set] = std::min(least[set], least[part] + least[set & ~part]);
    }
    return least;
  }

  /// Sharpens floor(step), and the chains that depend on it: the branches of its preconditions now add up.
  /// O(steps + facts log facts) for each set of goals.
  void sharpen(index_t step) {
    std::vector<index_t> goals(graph_->preconditions(step).begin(), graph_->preconditions(step).end());
    std::vector<index_t> forced;
    replace_forced(goals, forced);
    std::sort(goals.begin(), goals.end(), [&](index_t a, index_t b) { return is_harder(a, b); });
    goals.resize(std::min(goals.size(), goal_set::capacity));
    while (goals.size() > 1 && !has_room_for(goal_set(goals))) goals.pop_back();
    floor_[step] = forests_to(goals, ~0u, forced, [](index_t, unsigned) { return true; }).back();
    for (const index_t f : forced) floor_[step] = floor_[step] + graph_->length(only_way(f));
    has_floor_[step] = true;
    if (floor_[step] > hardest_height(step)) refresh_chains();
  }

  /// The fact's only way, if that is a step, and is an AND step or has a precondition of which this holds in
  /// its turn; else `no_index`. Such a fact leaves no choice but the goals behind it.
  index_t only_way(index_t fact) const { return only_way_[fact]; }

  /// The goal to prove first, because little is left to guess once it is proven.
  bool is_harder(index_t a, index_t b) const {
    return graph_->height(a) != graph_->height(b) ? graph_->height(a) > graph_->height(b) : a < b;
  }

  /// Backwards from the fact through steps with one precondition to a step with several, that step and its
  /// floor included: the least such length.
  path_length chain(index_t fact) const { return chains_[fact]; }
  /// The part of chain(fact) that ends at the fact itself; `no_path` where no step with several concludes it.
  path_length chain_end(index_t fact) const {
    path_length least = no_path;
    for (const index_t s : graph_->steps_into(fact))
      if (graph_->is_and(s)) least = std::min(least, graph_->length(s) + floor(s));
    return least;
  }

  std::uint64_t memory_in_use() const noexcept {
    return trees_.size() * (graph_->fact_count() + 1) * sizeof(path_length) +
           (chains_.size() + proven_.size() + floor_.size()) * sizeof(path_length);
  }

private:
  static constexpr std::uint64_t most_memory = std::uint64_t{512} << 20;

  path_length hardest_height(index_t step) const {
    path_length most;
    for (const index_t p : graph_->preconditions(step)) most = std::max(most, proven_[p]);
    return most;
  }

  /// Replaces goals by the preconditions of their only ways, as long as they have such.
  void replace_forced(std::vector<index_t>& goals, std::vector<index_t>& forced) const {
    std::vector<index_t> leaves;
    const auto is_in = [](const std::vector<index_t>& facts, index_t f) {
      return std::find(facts.begin(), facts.end(), f) != facts.end();
    };
    while (!goals.empty()) {
      const index_t f = goals.back();
      goals.pop_back();
      if (is_in(forced, f) || is_in(leaves, f)) continue;
      if (only_way(f) == no_index) {
        leaves.push_back(f);
        continue;
      }
      forced.push_back(f);
      const auto preconditions = graph_->preconditions(only_way(f));
      goals.insert(goals.end(), preconditions.begin(), preconditions.end());
    }
    goals = std::move(leaves);
  }

  /// In the order of heights: preconditions of an only way lie lower than its conclusion.
  void find_only_ways() {
    only_way_.assign(graph_->fact_count(), no_index);
    std::vector<index_t> order(graph_->fact_count());
    std::iota(order.begin(), order.end(), index_t{0});
    std::sort(order.begin(), order.end(), [&](index_t a, index_t b) { return is_harder(b, a); });
    for (const index_t f : order) {
      if (graph_->is_entry(f) || graph_->steps_into(f).size() != 1) continue;
      const index_t s = graph_->steps_into(f).front();
      if (graph_->is_and(s) || only_way_[graph_->hardest(s)] != no_index) only_way_[f] = s;
    }
  }

  std::vector<path_length> grow(const goal_set& goals) {
    std::vector<path_length> least(graph_->fact_count() + 1, no_path);
    if (goals.facts().size() == 1) least[goals.facts().front()] = {};
    join_subtrees(goals.facts(), least);
    extend_to_parents(least);
    for (const start_point& e : graph_->entries())
      if (least[e.vertex] != no_path)
        least.back() = std::min(least.back(), least[e.vertex] + path_length{e.cost, 0});
    return least;
  }

  void join_subtrees(std::span<const index_t> goals, std::vector<path_length>& least) {
    const unsigned all = (1u << goals.size()) - 1;
    for (unsigned part = 1; part < all; part += 2) { // with the first goal: each split once
      const auto& one = trees_to(goal_set(goals, part));
      const auto& other = trees_to(goal_set(goals, all & ~part));
      for (std::size_t f = 0; f < least.size(); ++f)
        if (one[f] != no_path && other[f] != no_path) least[f] = std::min(least[f], one[f] + other[f]);
    }
  }

  void extend_to_parents(std::vector<path_length>& least) const {
    std::vector<queued> roots;
    for (index_t f = 0; f < graph_->fact_count(); ++f)
      if (least[f] != no_path) roots.push_back({least[f], f});
    shortest_first queue(std::greater<>{}, std::move(roots));
    while (!queue.empty()) {
      const auto [length, fact] = queue.top();
      queue.pop();
      if (length != least[fact]) continue;
      for (const index_t s : graph_->steps_into(fact)) {
        const path_length longer = length + graph_->length(s);
        if (longer < least[graph_->hardest(s)])
          queue.push({least[graph_->hardest(s)] = longer, graph_->hardest(s)});
      }
    }
  }

  void refresh_chains() {
    const auto cost = [&](index_t s) { return graph_->length(s).cost; };
    proven_ = proof_heights(*graph_, cost, every_arc{}, graph_->entries(), [&](index_t s) {
                return floor_[s];
              }).fact;
    chains_.assign(graph_->fact_count(), no_path);
    shortest_first queue;
    const auto offer = [&](index_t fact, path_length length) {
      if (length < chains_[fact]) queue.push({chains_[fact] = length, fact});
    };
    for (index_t s = 0; s < graph_->step_count(); ++s)
      if (graph_->is_and(s)) offer(graph_->conclusion(s), graph_->length(s) + floor(s));
    while (!queue.empty()) {
      const auto [length, fact] = queue.top();
      queue.pop();
      if (length != chains_[fact]) continue;
      for (const index_t s : graph_->steps_from(fact))
        if (!graph_->is_and(s)) offer(graph_->conclusion(s), length + graph_->length(s));
    }
  }

  const proof_graph* graph_;
  std::map<goal_set, std::vector<path_length>> trees_;
  std::vector<index_t> only_way_;
  std::vector<path_length> floor_; // by step, from trees
  std::vector<bool> has_floor_;
  std::vector<path_length> proven_; // by fact: no proof is shorter, floors considered
  std::vector<path_length> chains_; // by fact
};

} // namespace crosscut::detail

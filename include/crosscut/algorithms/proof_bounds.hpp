#pragma once

#include <crosscut/algorithms/proof_graph.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace crosscut::detail {

/// Up to three facts that a tree has to reach, ascending; unused places hold `no_index`.
class goal_set {
public:
  static constexpr std::size_t capacity = 3;

  goal_set() { facts_.fill(no_index); }
  /// \pre At most `capacity` facts.
  explicit goal_set(std::span<const index_t> facts) : goal_set() {
    std::copy(facts.begin(), facts.end(), facts_.begin());
    std::sort(facts_.begin(), facts_.end());
  }
  std::size_t size() const {
    return static_cast<std::size_t>(std::find(facts_.begin(), facts_.end(), no_index) - facts_.begin());
  }
  /// The goals at the positions whose bit is set.
  goal_set subset(unsigned bits) const {
    std::array<index_t, capacity> chosen{};
    std::size_t n = 0;
    for (std::size_t i = 0; i < capacity; ++i)
      if (bits >> i & 1) chosen[n++] = facts_[i];
    return goal_set(std::span(chosen).first(n));
  }
  index_t operator[](std::size_t i) const { return facts_[i]; }
  friend auto operator<=>(const goal_set&, const goal_set&) = default;

private:
  std::array<index_t, capacity> facts_;
};

/// Lower bounds for partial proofs, each computed when it is first asked for.
class proof_bounds {
public:
  explicit proof_bounds(const proof_graph& graph)
      : graph_(&graph), floor_(graph.step_count()), has_floor_(graph.step_count(), false) {
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
  /// Sharpens floor(step), and the chains that depend on it: the branches of its preconditions now add up.
  /// O(steps + facts log facts) each.
  void sharpen(index_t step) {
    std::vector<index_t> goals(graph_->preconditions(step).begin(), graph_->preconditions(step).end());
    std::sort(goals.begin(), goals.end(), [&](index_t a, index_t b) { return is_harder(a, b); });
    goals.resize(std::min(goals.size(), goal_set::capacity));
    floor_[step] = trees_to(goal_set(goals)).back();
    has_floor_[step] = true;
    if (floor_[step] > hardest_height(step)) refresh_chains();
  }

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

  std::vector<path_length> grow(const goal_set& goals) {
    std::vector<path_length> least(graph_->fact_count() + 1, no_path);
    if (goals.size() == 1) least[goals[0]] = {};
    join_subtrees(goals, least);
    extend_to_parents(least);
    for (const start_point& e : graph_->entries())
      if (least[e.vertex] != no_path)
        least.back() = std::min(least.back(), least[e.vertex] + path_length{e.cost, 0});
    return least;
  }

  void join_subtrees(const goal_set& goals, std::vector<path_length>& least) {
    const unsigned all = (1u << goals.size()) - 1;
    for (unsigned part = 1; part < all; ++part) {
      if (!(part & 1)) continue; // each split once
      const auto& one = trees_to(goals.subset(part));
      const auto& other = trees_to(goals.subset(all & ~part));
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
  std::vector<path_length> floor_; // by step, from trees
  std::vector<bool> has_floor_;
  std::vector<path_length> proven_; // by fact: no proof is shorter, floors considered
  std::vector<path_length> chains_; // by fact
};

} // namespace crosscut::detail

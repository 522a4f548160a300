#pragma once

#include <crosscut/algorithms/proof_graph.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <span>
#include <utility>
#include <vector>

namespace crosscut::detail {

/// The way of a fact that is an entry.
inline constexpr index_t by_entry = no_index;

/// A partial proof laid open: the facts decided so far, each with its way (a step, or `by_entry`).
class proof_partial {
public:
  explicit proof_partial(const proof_graph& graph) : graph_(&graph), at_(graph.fact_count()) {}

  void clear() {
    decided_.clear();
    if (++stamp_ != 0) return;
    std::fill(at_.begin(), at_.end(), place{});
    stamp_ = 1;
  }
  /// \pre Not decided yet.
  void decide(index_t fact, index_t way) {
    decided_.push_back(fact);
    at_[fact] = {stamp_, way, 0};
  }

  std::span<const index_t> decided() const noexcept { return decided_; }
  bool is_decided(index_t fact) const noexcept { return at_[fact].stamp == stamp_; }

  /// From now on needs(fact) has bit i where the decided fact depends on goals[i]. The goals are not decided.
  /// O(preconditions of decided facts) a pass; passes run both ways, so that few are needed.
  void find_needs(std::span<const index_t> goals) {
    for (const index_t f : decided_) at_[f].needs = 0;
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = decided_.size(); i-- > 0;) changed |= update_needs(decided_[i], goals);
      for (std::size_t i = 0; changed && i < decided_.size(); ++i) update_needs(decided_[i], goals);
    }
  }
  unsigned needs(index_t fact) const noexcept { return at_[fact].needs; }

  /// True if a precondition of the step is the fact, or depends on it.
  bool is_circular(index_t step, index_t fact) const {
    std::vector<index_t> todo{step};
    std::vector<index_t> seen;
    while (!todo.empty()) {
      const index_t s = todo.back();
      todo.pop_back();
      for (const index_t p : graph_->preconditions(s)) {
        if (p == fact) return true;
        if (!is_decided(p) || at_[p].way == by_entry || std::find(seen.begin(), seen.end(), p) != seen.end())
          continue;
        seen.push_back(p);
        todo.push_back(at_[p].way);
      }
    }
    return false;
  }

  /// Facts that are entries here, ascending.
  std::vector<index_t> entries() const {
    std::vector<index_t> all;
    for (const index_t f : decided_)
      if (at_[f].way == by_entry) all.push_back(f);
    std::sort(all.begin(), all.end());
    return all;
  }

  /// The steps, each after those it needs, the smallest ready one first (Kahn 1962). \pre The proof is
  /// complete.
  std::vector<index_t> steps_in_order() const {
    std::vector<index_t> shown;
    std::vector<std::pair<index_t, index_t>> users;       // precondition, step
    std::vector<std::pair<index_t, std::size_t>> waiting; // step, preconditions not derived yet
    for (const index_t f : decided_) {
      if (at_[f].way == by_entry) continue;
      const auto preconditions = graph_->preconditions(at_[f].way);
      waiting.emplace_back(at_[f].way, preconditions.size());
      for (const index_t p : preconditions) users.emplace_back(p, at_[f].way);
    }
    std::sort(users.begin(), users.end());
    std::sort(waiting.begin(), waiting.end());
    std::priority_queue<index_t, std::vector<index_t>, std::greater<>> ready;
    const auto derive = [&](index_t f) {
      for (auto u = std::lower_bound(users.begin(), users.end(), std::pair{f, index_t{0}});
           u != users.end() && u->first == f; ++u) {
        const auto w = std::lower_bound(waiting.begin(), waiting.end(), std::pair{u->second, std::size_t{0}});
        if (--w->second == 0) ready.push(w->first);
      }
    };
    for (const index_t f : entries()) derive(f);
    for (; !ready.empty(); derive(graph_->conclusion(shown.back()))) {
      shown.push_back(ready.top());
      ready.pop();
    }
    return shown;
  }

  std::uint64_t memory_in_use() const noexcept { return at_.size() * sizeof(place); }

private:
  struct place {
    std::uint32_t stamp = 0; // stamp_: decided
    index_t way = 0;
    unsigned needs = 0;
  };

  bool update_needs(index_t fact, std::span<const index_t> goals) {
    if (at_[fact].way == by_entry) return false;
    unsigned needs = at_[fact].needs;
    for (const index_t p : graph_->preconditions(at_[fact].way)) {
      if (is_decided(p)) {
        needs |= at_[p].needs;
        continue;
      }
      for (std::size_t i = 0; i < goals.size(); ++i)
        if (goals[i] == p) needs |= 1u << i;
    }
    return std::exchange(at_[fact].needs, needs) != needs;
  }

  const proof_graph* graph_;
  std::vector<place> at_; // by fact
  std::vector<index_t> decided_;
  std::uint32_t stamp_ = 0;
};

} // namespace crosscut::detail

#pragma once

#include "oracle/and_or_graph.hpp"

#include <crosscut/algorithms/proof_search.hpp>

#include <algorithm>
#include <optional>
#include <vector>

/// All minimal proofs by their definition: every fact is given every way, none included; what is a proof
/// stays.
namespace oracle {

/// A fact's way: `none`, by entry, or a step.
struct way {
  enum class kind { none, entry, step } by = kind::none;
  cost_t cost = 0;
  index_t step = no_index;
};

class proof_enumerator {
public:
  explicit proof_enumerator(const and_or_graph& graph) : graph_(graph), ways_(graph.fact_count()) {
    for (auto& ways : ways_) ways.push_back({});
    for (const auto& e : graph.entries) add_entry(e);
    for (index_t s = 0; s < graph.step_count(); ++s)
      ways_[graph.conclusion(s)].push_back({way::kind::step, graph.cost(s), s});
  }

  /// In the order of proofs. O(product over facts of ways + 1).
  std::vector<proof> all() {
    std::vector<proof> found;
    std::vector<index_t> targets = graph_.targets;
    std::sort(targets.begin(), targets.end());
    targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    chosen_.assign(graph_.fact_count(), 0);
    do {
      for (const index_t t : targets)
        if (is_proof_of(t)) found.push_back(as_proof(t));
    } while (next_choice());
    std::sort(found.begin(), found.end());
    return found;
  }

private:
  void add_entry(const start_point& e) {
    for (auto& w : ways_[e.vertex])
      if (w.by == way::kind::entry) {
        w.cost = std::min(w.cost, e.cost);
        return;
      }
    ways_[e.vertex].push_back({way::kind::entry, e.cost, no_index});
  }

  bool next_choice() {
    for (index_t f = 0; f < graph_.fact_count(); ++f) {
      if (++chosen_[f] < ways_[f].size()) return true;
      chosen_[f] = 0;
    }
    return false;
  }

  const way& way_of(index_t f) const { return ways_[f][chosen_[f]]; }
  bool has(index_t f) const { return way_of(f).by != way::kind::none; }

  bool is_proof_of(index_t target) const { return has(target) && is_derivable() && is_all_needed(target); }

  /// Every fact of the set can be derived by its way from facts derived before it.
  bool is_derivable() const {
    std::vector<bool> derived(graph_.fact_count(), false);
    for (bool changed = true; changed;) {
      changed = false;
      for (index_t f = 0; f < graph_.fact_count(); ++f) {
        if (derived[f] || !has(f)) continue;
        bool ready = true;
        if (way_of(f).by == way::kind::step)
          for (const index_t p : graph_.preconditions(way_of(f).step)) ready = ready && derived[p];
        derived[f] = ready;
        changed = changed || ready;
      }
    }
    for (index_t f = 0; f < graph_.fact_count(); ++f)
      if (has(f) && !derived[f]) return false;
    return true;
  }

  bool is_all_needed(index_t target) const {
    std::vector<bool> needed(graph_.fact_count(), false);
    needed[target] = true;
    for (index_t round = 0; round < graph_.fact_count(); ++round)
      for (index_t f = 0; f < graph_.fact_count(); ++f)
        if (needed[f] && way_of(f).by == way::kind::step)
          for (const index_t p : graph_.preconditions(way_of(f).step)) needed[p] = true;
    for (index_t f = 0; f < graph_.fact_count(); ++f)
      if (has(f) && !needed[f]) return false;
    return true;
  }

  proof as_proof(index_t target) const {
    proof p{{}, target, {}, {}};
    std::vector<bool> derived(graph_.fact_count(), false);
    for (index_t f = 0; f < graph_.fact_count(); ++f) {
      if (!has(f)) continue;
      p.length = p.length + path_length{way_of(f).cost, way_of(f).by == way::kind::step ? 1u : 0u};
      if (way_of(f).by != way::kind::entry) continue;
      p.entries.push_back(f);
      derived[f] = true;
    }
    while (const auto s = smallest_ready(derived)) {
      p.steps.push_back(*s);
      derived[graph_.conclusion(*s)] = true;
    }
    return p;
  }

  std::optional<index_t> smallest_ready(const std::vector<bool>& derived) const {
    std::optional<index_t> least;
    for (index_t f = 0; f < graph_.fact_count(); ++f) {
      if (derived[f] || way_of(f).by != way::kind::step) continue;
      bool ready = true;
      for (const index_t p : graph_.preconditions(way_of(f).step)) ready = ready && derived[p];
      if (ready && (!least || way_of(f).step < *least)) least = way_of(f).step;
    }
    return least;
  }

  const and_or_graph& graph_;
  std::vector<std::vector<way>> ways_;
  std::vector<std::size_t> chosen_; // by fact
};

inline std::vector<proof> all_proofs(const and_or_graph& graph) { return proof_enumerator(graph).all(); }

} // namespace oracle

#pragma once

#include <crosscut/algorithms/proof_heights.hpp>
#include <crosscut/algorithms/shortest_paths.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace crosscut::detail {

/// Rows of indices, compressed.
class index_rows {
public:
  index_rows() = default;
  /// `each_pair(visit)` calls visit(row, item) for every item, the same both times it is called.
  template <class EachPair> index_rows(std::size_t rows, const EachPair& each_pair) : first_(rows + 1) {
    each_pair([&](index_t row, index_t) { ++first_[row + 1]; });
    for (std::size_t i = 0; i < rows; ++i) first_[i + 1] += first_[i];
    items_.resize(first_.back());
    std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
    each_pair([&](index_t row, index_t item) { items_[next[row]++] = item; });
  }
  std::span<const index_t> operator[](index_t row) const noexcept {
    return {items_.data() + first_[row], items_.data() + first_[row + 1]};
  }
  std::uint64_t memory_in_use() const noexcept {
    return first_.size() * sizeof(std::size_t) + items_.size() * sizeof(index_t);
  }

private:
  std::vector<std::size_t> first_{0};
  std::vector<index_t> items_;
};

/// The part of a hypergraph that a proof of a target can be made of, renumbered in the order given: facts
/// that can be derived and that a target may need, and the steps between them.
///
/// Each step has a spine: the arc from its hardest precondition to its conclusion. In a proof every fact has
/// one way, so the spines of a proof are a forest that grows from its entries; and no forest that reaches the
/// same facts is shorter than the shortest one. That makes the graph of spines a relaxation of the hypergraph
/// in which bounds are ordinary shortest paths and trees.
///
/// It is a hypergraph; and, for the steps with one precondition, an arc_graph.
class proof_graph {
public:
  /// O(facts log facts + preconditions). Throws std::out_of_range for an entry or target that is no fact,
  /// std::invalid_argument for an entry cost outside [0, infinite_cost). A fact given twice as an entry
  /// counts with its least cost, twice as a target once.
  template <hypergraph Graph, arc_cost Cost, arc_mask Keep>
  proof_graph(const Graph& given, const Cost& cost, const Keep& keep, std::span<const start_point> entries,
              std::span<const index_t> targets) {
    for (const start_point& e : entries) check_start(e, given.fact_count(), "proof_search entries");
    for (const index_t t : targets) check_start({t, 0}, given.fact_count(), "proof_search targets");
    const heights all = proof_heights(given, cost, keep, entries, [](index_t) { return path_length{}; });
    const std::vector<index_t> number = choose_facts(given, all, targets);
    choose_steps(given, cost, all, number);
    link(given, number);
    entry_cost_.assign(fact_count(), no_entry);
    for (const start_point& e : entries) {
      if (number[e.vertex] == no_index) continue;
      cost_t& known = entry_cost_[number[e.vertex]];
      known = known == no_entry ? e.cost : std::min(known, e.cost);
    }
    for (index_t f = 0; f < fact_count(); ++f)
      if (is_entry(f)) entries_.push_back({f, entry_cost_[f]});
    for (const index_t t : targets)
      if (number[t] != no_index) targets_.push_back(number[t]);
    std::sort(targets_.begin(), targets_.end());
    targets_.erase(std::unique(targets_.begin(), targets_.end()), targets_.end());
  }

  index_t fact_count() const noexcept { return static_cast<index_t>(facts_.size()); }
  index_t step_count() const noexcept { return static_cast<index_t>(steps_.size()); }
  std::span<const index_t> steps_into(index_t fact) const noexcept { return into_[fact]; }
  std::span<const index_t> steps_from(index_t fact) const noexcept { return from_[fact]; }
  std::span<const index_t> preconditions(index_t step) const noexcept { return preconditions_[step]; }
  index_t conclusion(index_t step) const noexcept { return conclusions_[step]; }

  bool is_and(index_t step) const noexcept { return preconditions_[step].size() > 1; }
  /// Where the step's spine begins.
  index_t hardest(index_t step) const noexcept { return hardest_[step]; }
  path_length length(index_t step) const noexcept { return {costs_[step], 1}; }
  /// No proof of the fact is shorter.
  path_length height(index_t fact) const noexcept { return heights_[fact]; }

  std::span<const start_point> entries() const noexcept { return entries_; } ///< Ascending, each once.
  std::span<const index_t> targets() const noexcept { return targets_; }     ///< Ascending, each once.
  bool is_entry(index_t fact) const noexcept { return entry_cost_[fact] != no_entry; }
  path_length entry_length(index_t fact) const noexcept {
    return is_entry(fact) ? path_length{entry_cost_[fact], 0} : no_path;
  }
  /// The numbers that the caller knows them by.
  index_t given_fact(index_t fact) const noexcept { return facts_[fact]; }
  index_t given_step(index_t step) const noexcept { return steps_[step]; }

  // The arc_graph; a step with several preconditions must be masked out.
  index_t vertex_count() const noexcept { return fact_count(); }
  index_t arc_count() const noexcept { return step_count(); }
  std::span<const index_t> in_arcs(index_t fact) const noexcept { return into_[fact]; }
  std::span<const index_t> out_arcs(index_t fact) const noexcept { return from_[fact]; }
  index_t tail(index_t step) const noexcept { return hardest_[step]; }
  index_t head(index_t step) const noexcept { return conclusions_[step]; }

  std::uint64_t memory_in_use() const noexcept {
    return into_.memory_in_use() + from_.memory_in_use() + preconditions_.memory_in_use() +
           steps_.size() * (3 * sizeof(index_t) + sizeof(cost_t)) +
           facts_.size() * (sizeof(index_t) + sizeof(path_length) + sizeof(cost_t));
  }

private:
  static constexpr cost_t no_entry = -1;

  /// A step that needs its own conclusion is in no proof.
  template <class Graph> static bool is_usable(const Graph& given, const heights& all, index_t s) {
    if (all.hardest[s] == no_index) return false;
    for (const index_t p : given.preconditions(s))
      if (p == given.conclusion(s)) return false;
    return true;
  }

  /// Backwards from the targets. Returns each chosen fact's new number.
  template <class Graph>
  std::vector<index_t> choose_facts(const Graph& given, const heights& all,
                                    std::span<const index_t> targets) {
    std::vector<index_t> number(given.fact_count(), no_index);
    std::vector<index_t> todo;
    const auto need = [&](index_t f) {
      if (number[f] == 0 || all.fact[f] == no_path) return;
      number[f] = 0;
      todo.push_back(f);
    };
    for (const index_t t : targets) need(t);
    while (!todo.empty()) {
      const index_t f = todo.back();
      todo.pop_back();
      for (const index_t s : given.steps_into(f))
        if (is_usable(given, all, s))
          for (const index_t p : given.preconditions(s)) need(p);
    }
    for (index_t f = 0; f < given.fact_count(); ++f) {
      if (number[f] == no_index) continue;
      number[f] = fact_count();
      facts_.push_back(f);
      heights_.push_back(all.fact[f]);
    }
    return number;
  }

  template <class Graph, class Cost>
  void choose_steps(const Graph& given, const Cost& cost, const heights& all,
                    const std::vector<index_t>& number) {
    for (index_t s = 0; s < given.step_count(); ++s) {
      if (!is_usable(given, all, s) || number[given.conclusion(s)] == no_index) continue;
      steps_.push_back(s);
      costs_.push_back(cost(s));
      conclusions_.push_back(number[given.conclusion(s)]);
      hardest_.push_back(number[all.hardest[s]]);
    }
  }

  template <class Graph> void link(const Graph& given, const std::vector<index_t>& number) {
    const auto each_use = [&](auto&& visit) {
      for (index_t s = 0; s < step_count(); ++s)
        for (const index_t p : given.preconditions(steps_[s])) visit(s, number[p]);
    };
    preconditions_ = index_rows(step_count(), each_use);
    from_ =
        index_rows(fact_count(), [&](auto&& visit) { each_use([&](index_t s, index_t p) { visit(p, s); }); });
    into_ = index_rows(fact_count(), [&](auto&& visit) {
      for (index_t s = 0; s < step_count(); ++s) visit(conclusions_[s], s);
    });
  }

  std::vector<index_t> facts_, steps_; // as given
  std::vector<path_length> heights_;
  std::vector<cost_t> costs_, entry_cost_;
  std::vector<index_t> conclusions_, hardest_;
  index_rows preconditions_, from_, into_;
  std::vector<start_point> entries_;
  std::vector<index_t> targets_;
};

static_assert(hypergraph<proof_graph> && arc_graph<proof_graph>);

} // namespace crosscut::detail

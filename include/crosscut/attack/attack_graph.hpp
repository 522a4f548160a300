#pragma once

#include <crosscut/attack/catalogue.hpp>
#include <crosscut/base/cost.hpp>
#include <crosscut/base/diagnostic.hpp>
#include <crosscut/base/index.hpp>
#include <crosscut/model/property_graph.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <vector>

namespace crosscut {

/// Does the attacker know the defences? `adaptive` takes each control's adaptive effect, `non_adaptive`
/// ("static") the effect measured against attacks that do not know it.
enum class adversary : std::uint8_t { adaptive, non_adaptive };

/// What an unknown condition resolves to: what makes more paths (`worst`), or fewer (`best`).
enum class unknowns : std::uint8_t { worst, best };

std::string_view to_string(adversary) noexcept;
std::string_view to_string(unknowns) noexcept;

struct compile_options {
  adversary against = adversary::adaptive;
  unknowns unknown = unknowns::worst;
};

/// A fact that the attacker starts with.
struct entry {
  index_t fact;
  double probability;

  friend bool operator==(const entry&, const entry&) = default;
};

/// A fact that we must not let happen; impact from 0 to 10.
struct target {
  index_t fact;
  double impact;

  friend bool operator==(const target&, const target&) = default;
};

/// All facts and steps of an inventory under a catalogue: an AND/OR graph, that is a directed hypergraph.
///
/// Facts are numbered by (node id, state), steps by (conclusion, technique, trigger kind, source, target,
/// key, controls bypassed), all in byte order of names: comparing two steps' numbers compares them in the
/// order that answers are sorted by. Immutable; compressed sparse rows both ways. Thread-safety: const
/// members are thread-safe.
///
/// It models the graph concept of algorithms/graph_concept.hpp: vertices are facts, arcs are steps, a step
/// with several preconditions stands as an arc from its first one (see has_and_steps()).
class attack_graph {
public:
  using state_index = std::uint16_t;

  const property_graph& inventory() const noexcept { return *inventory_; }
  const std::shared_ptr<const property_graph>& shared_inventory() const noexcept { return inventory_; }
  const struct catalogue& rules() const noexcept { return *catalogue_; }
  const std::shared_ptr<const struct catalogue>& shared_rules() const noexcept { return catalogue_; }
  const compile_options& options() const noexcept { return options_; }

  // Facts.
  index_t fact_count() const noexcept { return static_cast<index_t>(fact_nodes_.size()); }
  index_t fact_node(index_t fact) const noexcept { return fact_nodes_[fact]; }
  state_index fact_state(index_t fact) const noexcept { return fact_states_[fact]; }
  std::string_view state_name(state_index s) const noexcept { return state_names_[s]; }
  std::string_view fact_state_name(index_t fact) const noexcept { return state_names_[fact_states_[fact]]; }
  /// The fact (node, state), or no_index where no step, entry or target is about it. O(log states).
  index_t find_fact(index_t node, std::string_view state) const noexcept;
  /// All facts at a node, ascending.
  auto facts_at(index_t node) const noexcept {
    return std::views::iota(node_facts_[node], node_facts_[node + 1]);
  }

  // Steps.
  index_t step_count() const noexcept { return static_cast<index_t>(conclusions_.size()); }
  index_t conclusion(index_t step) const noexcept { return conclusions_[step]; }
  /// Ascending, at least one, no duplicates.
  std::span<const index_t> preconditions(index_t step) const noexcept {
    return std::span(preconditions_).subspan(pre_offsets_[step], pre_offsets_[step + 1] - pre_offsets_[step]);
  }
  double probability(index_t step) const noexcept { return probabilities_[step]; }
  cost_t cost(index_t step) const noexcept { return costs_[step]; }
  const technique& step_technique(index_t step) const noexcept {
    return *techniques_[step_techniques_[step]];
  }
  /// The triggering edge, or the node of a technique without edge (`step_technique(step).edge` is empty).
  index_t trigger(index_t step) const noexcept { return triggers_[step]; }
  /// Controls (nodes, ascending) that this step takes as bypassed; their facts are among the preconditions.
  std::span<const index_t> bypassed(index_t step) const noexcept;
  auto steps_into(index_t fact) const noexcept { return std::views::iota(into_[fact], into_[fact + 1]); }
  /// Steps that have this fact among their preconditions, ascending.
  std::span<const index_t> steps_from(index_t fact) const noexcept {
    return std::span(steps_from_).subspan(from_[fact], from_[fact + 1] - from_[fact]);
  }
  /// True where some step has several preconditions.
  bool has_and_steps() const noexcept { return has_and_; }

  // What the catalogue starts from and protects, by fact, each once.
  std::span<const entry> entries() const noexcept { return entries_; }
  std::span<const target> targets() const noexcept { return targets_; }

  // The graph concept.
  index_t vertex_count() const noexcept { return fact_count(); }
  index_t arc_count() const noexcept { return step_count(); }
  auto in_arcs(index_t fact) const noexcept { return steps_into(fact); }
  std::span<const index_t> out_arcs(index_t fact) const noexcept { return steps_from(fact); }
  index_t head(index_t step) const noexcept { return conclusions_[step]; }
  index_t tail(index_t step) const noexcept { return preconditions_[pre_offsets_[step]]; }

private:
  friend class attack_compiler;
  friend class explainer;
  attack_graph() = default;

  std::shared_ptr<const property_graph> inventory_;
  std::shared_ptr<const struct catalogue> catalogue_;
  compile_options options_;
  std::vector<const technique*> techniques_;  // by id
  std::vector<std::string_view> state_names_; // in byte order

  std::vector<index_t> fact_nodes_;
  std::vector<state_index> fact_states_;
  std::vector<index_t> node_facts_{0};

  std::vector<index_t> conclusions_, pre_offsets_{0}, preconditions_, triggers_;
  std::vector<std::uint16_t> step_techniques_;
  std::vector<double> probabilities_;
  std::vector<cost_t> costs_;
  std::vector<index_t> into_{0}, from_{0}, steps_from_;
  std::vector<std::pair<index_t, std::vector<index_t>>> bypassed_; // only steps that bypass something
  bool has_and_ = false;

  std::vector<entry> entries_;
  std::vector<target> targets_;
};

/// Applies every technique of the catalogue to every matching edge or node of the inventory.
/// Nothing where `out` got an error: a probability outside [0, 1] in a property that a technique reads, more
/// than 2^32 − 2 facts or steps. \pre The catalogue is consistent, as read_catalogue() makes sure: every
/// state, control and technique that it names exists. One pass over a kind's edges a technique: O(matches log
/// matches). Thread-safe.
std::optional<attack_graph> compile(std::shared_ptr<const property_graph>, std::shared_ptr<const catalogue>,
                                    const compile_options&, diagnostics& out);

/// A control that guards a step, and what it does to it: 1 where it is ineffective (it only logs, its mode is
/// unknown, another control of its kind is as strong, or the step takes it as bypassed).
struct control_effect {
  index_t control; ///< Node.
  double effect;

  friend bool operator==(const control_effect&, const control_effect&) = default;
};

/// Why a step exists, recomputed from the inventory.
struct step_details {
  std::vector<index_t> evidence; ///< Edges: the trigger first (if it is one), then those matched by `all`.
  std::vector<control_effect> controls; ///< By node.
  double base_probability = 1;          ///< Before controls.
  std::optional<double> low, high; ///< The interval of the base probability, where the catalogue gives one.
  std::string_view basis;          ///< "inventory" where the trigger's own property was used.
  std::uint32_t conditions = 0, assessed = 0;
};

struct assessed_count {
  std::uint32_t conditions = 0, assessed = 0;
};

/// Recomputes from the inventory why steps, entries and targets exist. The graph must outlive it.
/// Thread-safety: const members are thread-safe.
class explainer {
public:
  /// O(Guards edges + edges that demands look at).
  explicit explainer(const attack_graph& graph);
  ~explainer();
  explainer(explainer&&) noexcept;

  /// \pre step < graph.step_count(). Cost: that of matching one trigger.
  step_details step(index_t step) const;
  /// Conditions of the entry rule (target rule) that gives `fact` its probability (impact), and how many of
  /// them were assessed. {0, 0} for a fact that the catalogue does not name.
  assessed_count entry(index_t fact) const;
  assessed_count target(index_t fact) const;

private:
  struct bound;
  std::unique_ptr<bound> bound_;
};

} // namespace crosscut

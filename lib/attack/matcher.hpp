// Inside the attack room: conditions bound to one inventory, and a technique applied to one trigger.
#pragma once

#include <crosscut/attack/attack_graph.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <vector>

namespace crosscut::detail {

enum class truth : std::uint8_t { no, unknown, yes };

inline truth both(truth a, truth b) noexcept { return a < b ? a : b; }

/// A condition with its property looked up once.
struct bound_condition {
  enum class reads : std::uint8_t { property, kind, model };

  const condition* rule = nullptr;
  reads what = reads::property;
  index_t node_key = no_index, edge_key = no_index;
};

struct tally {
  std::uint32_t conditions = 0, assessed = 0;

  void add(bool is_assessed) {
    ++conditions;
    assessed += is_assessed;
  }
};

/// Edges of one kind at one node, in O(log n): a hub must not be scanned once for each of its edges.
class incident_edges {
public:
  incident_edges(const property_graph& g, const catalogue& c);

  /// Ascending. \pre `kind` is Guards or the kind of an incoming demand of the catalogue.
  std::span<const index_t> into(index_t node, property_graph::kind_index kind) const;
  /// Ascending, any kind.
  std::ranges::subrange<std::ranges::iterator_t<std::ranges::iota_view<index_t, index_t>>>
  out_of(index_t node, property_graph::kind_index kind) const;

private:
  void prepare(property_graph::kind_index kind);

  const property_graph& g_;
  std::map<property_graph::kind_index, std::vector<index_t>> by_target_;
};

/// Evaluates conditions against one inventory.
class condition_evaluator {
public:
  condition_evaluator(const property_graph& g, const incident_edges& edges);

  bound_condition bind(const condition& c) const;
  std::vector<bound_condition> bind(const std::vector<condition>& list) const;
  truth on_node(const bound_condition& c, index_t node) const;
  truth on_edge(const bound_condition& c, index_t edge) const;
  truth all_on_node(const std::vector<bound_condition>& list, index_t node, tally* count = nullptr) const;
  truth all_on_edge(const std::vector<bound_condition>& list, index_t edge, tally* count = nullptr) const;

private:
  truth of_models(const condition& c, index_t node) const;

  const property_graph& g_;
  const incident_edges& edges_;
  property_graph::kind_index uses_;
  index_t name_key_;
};

/// Kind names looked up once. Empty list: any kind.
class kind_filter {
public:
  kind_filter() = default;
  kind_filter(const property_graph& g, const std::vector<std::string>& names);
  bool accepts(property_graph::kind_index kind) const noexcept;

private:
  bool any_ = true;
  std::vector<property_graph::kind_index> kinds_;
};

/// (node, state): a fact before facts are numbered.
struct fact_key {
  index_t node;
  attack_graph::state_index state;

  friend auto operator<=>(const fact_key&, const fact_key&) = default;
};

/// What a technique does at one trigger.
struct technique_match {
  fact_key conclusion{};
  std::vector<fact_key> preconditions; // sorted, distinct
  std::vector<index_t> evidence;
  std::vector<control_effect> controls; // effects before anything is bypassed; by node
  double base_probability = 1;
  const estimate* chosen = nullptr; // null: the trigger's own property
  tally count;
};

/// One technique, bound to an inventory and a catalogue.
class bound_technique {
public:
  bound_technique(const property_graph& g, const catalogue& c, const technique& t,
                  const compile_options& options, const std::vector<std::string_view>& state_names,
                  const condition_evaluator& evaluator, const incident_edges& edges);

  const technique& rule() const noexcept { return *rule_; }
  bool on_edges() const noexcept { return !rule_->edge.empty(); }
  /// Fills `out` and returns true where the technique applies. False: no step here. A probability outside [0,
  /// 1] sets `bad_probability`.
  bool match(index_t trigger, technique_match& out, std::optional<double>& bad_probability) const;
  /// The probability with all controls but the bypassed ones (sorted nodes).
  double probability(const technique_match& m, std::span<const index_t> bypassed) const;
  /// The effects with the bypassed ones taken as 1.
  std::vector<control_effect> effects(const technique_match& m, std::span<const index_t> bypassed) const;

private:
  struct bound_where {
    std::vector<bound_condition> edge, source, target, node;
    std::vector<std::pair<const ends_condition*, index_t>> ends;
  };
  struct bound_pattern {
    anchor at;
    attack_graph::state_index state;
    kind_filter kinds;
  };
  struct bound_demand {
    anchor at;
    property_graph::kind_index edge;
    bool incoming;
    kind_filter kinds;
    std::vector<bound_condition> where;
    attack_graph::state_index state;
  };
  struct candidate_control {
    index_t node;
    double effect;
    index_t kind; // position in rule_->controls
  };

  bound_where bind(const where_clause& w) const;
  index_t node_at(anchor a, index_t trigger) const noexcept;
  bool kinds_fit(index_t trigger) const noexcept;
  truth holds(const bound_where& w, index_t trigger, tally* count) const;
  truth ends_hold(const ends_condition& c, index_t key, index_t edge) const;
  void add_demands(index_t trigger, technique_match& out) const;
  bool choose_probability(index_t trigger, technique_match& out, std::optional<double>& bad) const;
  void collect_controls(index_t trigger, technique_match& out) const;
  void collect_guards(index_t guarded, index_t trigger, anchor end, technique_match& out) const;
  bool guard_covers(index_t guard, index_t trigger, anchor end) const;
  double control_strength(index_t control) const;
  std::vector<double> strengths(const technique_match& m, std::span<const index_t> bypassed) const;

  const property_graph& g_;
  const catalogue& catalogue_;
  const technique* rule_;
  compile_options options_;
  const condition_evaluator& evaluator_;
  const incident_edges& edges_;
  bound_where where_;
  std::vector<bound_pattern> from_;
  bound_pattern to_;
  std::vector<bound_demand> all_;
  std::vector<bound_where> rows_;
  index_t probability_key_ = no_index;
  property_graph::kind_index guards_ = property_graph::no_kind;
  index_t control_key_, mode_key_, edge_kind_key_, end_key_;
};

/// Everything of a catalogue bound to one inventory: what compiling and explaining share. Techniques in byte
/// order of id.
struct bound_catalogue {
  bound_catalogue(const property_graph& g, const catalogue& c, const compile_options& options);
  bound_catalogue(const bound_catalogue&) = delete;
  bound_catalogue& operator=(const bound_catalogue&) = delete;

  std::vector<std::string_view> states; // in byte order
  incident_edges edges;
  condition_evaluator evaluator;
  std::vector<bound_technique> techniques;
};

} // namespace crosscut::detail

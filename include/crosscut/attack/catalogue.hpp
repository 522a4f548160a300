#pragma once

#include <crosscut/base/index.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace crosscut {

/// The knowledge that turns an inventory into an attack graph: plain data, read from a JSON document (schema
/// "crosscut.catalogue/1"). The structs mirror the document; docs/catalogue.md explains every field by
/// example.

/// A value that a condition accepts.
using catalogue_value = std::variant<bool, std::int64_t, std::uint64_t, double, std::string>;

/// A condition on one property. Empty optionals ask nothing; all given parts must hold.
struct condition {
  std::string property; ///< A property name, "@kind" (the primary kind) or "@model" (models it Uses).
  std::vector<catalogue_value> accepted; ///< Holds where the value, or an element of a list, is one of these.
  std::optional<double> at_least;        ///< Inclusive.
  std::optional<double> at_most;         ///< Inclusive.
  std::optional<bool> absent;            ///< Asks whether the value is known at all: never itself unknown.
};

/// Compares a property of the two endpoints of the triggering edge.
struct ends_condition {
  std::string property;
  bool differs = false; ///< Else: the same.
};

/// Conditions on the trigger: the edge and its endpoints, or (techniques without edge) the node.
struct where_clause {
  std::vector<condition> edge, source, target, node;
  std::vector<ends_condition> ends;

  bool empty() const noexcept {
    return edge.empty() && source.empty() && target.empty() && node.empty() && ends.empty();
  }
};

/// An endpoint of the triggering edge; `node` for techniques without edge.
enum class anchor : std::uint8_t { source, target, node };

std::string_view to_string(anchor) noexcept;

/// A fact asked for or concluded: (the node at `at`, `state`), if that node is of one of `kinds` (empty:
/// any).
struct fact_pattern {
  anchor at = anchor::source;
  std::string state;
  std::vector<std::string> kinds;
};

/// An AND precondition: for every `edge` edge at the anchor whose far node is of one of `kinds` and which
/// meets `where`, the far node must be in `state` too. No such edge: no demand.
struct demand {
  anchor at = anchor::target;
  std::string edge;
  bool incoming = true; ///< Seen from the anchor.
  std::vector<std::string> kinds;
  std::vector<condition> where;
  std::string state;
};

/// A probability with the interval it may lie in, and where it comes from.
struct estimate {
  double value = 1;
  std::optional<double> low, high; ///< Feed intervals only.
  std::string basis;
};

struct probability_row {
  where_clause where;
  estimate p;
};

/// The trigger's own property wins; else the first row whose conditions hold; else `otherwise`. Where
/// unknowns leave several rows possible: the largest of them.
struct step_probability {
  std::string property;
  std::vector<probability_row> by;
  estimate otherwise;
};

/// A declarative rule: where this edge exists and these conditions hold, these facts lead to that fact with
/// this probability.
struct technique {
  std::string id, name, description;
  std::string sentence; ///< With {source} and {target}, or {node}.
  std::string edge; ///< An edge kind; "*": every kind but Guards and Monitors; empty: acts within one node.
  std::vector<fact_pattern> from; ///< All must hold.
  fact_pattern to;
  where_clause where;
  std::vector<demand> all;
  step_probability probability;
  std::vector<std::string> controls; ///< Control kinds that act on it.
  std::vector<std::string> maestro, atlas, owasp;
};

struct entry_rule {
  std::string state;
  std::vector<std::string> kinds;
  std::vector<condition> where;
  double probability = 1;
  bool unknown_matches = true; ///< `"unknown": "no"` in the document makes it false.
  std::optional<double> low, high;
  std::string basis;
};

struct target_rule {
  std::string state;
  std::vector<std::string> kinds;
  std::vector<condition> where;
  std::string impact_property; ///< Empty: always `impact_default`.
  double impact_default = 5;   ///< 0 to 10.
  bool unknown_matches = true;
};

struct control_rule {
  std::string kind, name;
  double static_effect =
      1; ///< Factor on the probability against attacks that do not know the control, 0 to 1.
  double adaptive_effect = 1; ///< The same against attacks that do.
  double cost = 1;            ///< Of introducing it.
  std::string mitigation;     ///< MITRE ATLAS id.
  std::string basis, proof;
};

/// A template of changes that stop or weaken steps of some techniques.
struct fix_rule {
  enum class operation : std::uint8_t { remove_edge, add_control, set_node, set_edge };

  std::string id, name;
  std::vector<std::string> for_techniques;
  operation op = operation::remove_edge;
  double cost = 1;
  std::string control;            ///< For add_control: the kind.
  anchor at = anchor::target;     ///< For add_control and set_node: which end of the trigger.
  std::vector<std::string> kinds; ///< The node at `at` must be one of these; empty: any.
  std::vector<std::pair<std::string, catalogue_value>> properties; ///< For set_node and set_edge.
};

struct catalogue {
  std::string name, version;
  std::vector<std::string> states;
  std::vector<entry_rule> entries;
  std::vector<target_rule> targets;
  std::vector<control_rule> controls;
  std::vector<fix_rule> fixes;
  std::vector<technique> techniques;

  /// "maestro 1.0": as results name it.
  std::string title() const { return version.empty() ? name : name + ' ' + version; }
  const control_rule* find_control(std::string_view kind) const noexcept;
  const technique* find_technique(std::string_view id) const noexcept;
  bool has_state(std::string_view state) const noexcept;
};

} // namespace crosscut

#pragma once

#include <crosscut/base/cost.hpp>
#include <crosscut/base/limits.hpp>
#include <crosscut/model/schema.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace crosscut {

/// Reports are plain data: they own their texts and outlive the graphs they speak of. docs/answers.md and ANSWERS in the JSON schemas say
/// what each field means.

/// The head of every answer.
struct report_head {
  bool complete = true; ///< False exactly when a limit stopped the work; then `limit`.
  bool exact = true;    ///< Proved.
  std::optional<limit_hit> limit;
  std::string catalogue, adversary, unknown;
  std::optional<std::uint64_t> samples, seed;
  std::string inventory; ///< Fingerprint of its content.
};

struct fact_ref {
  std::string node, state;

  friend auto operator<=>(const fact_ref&, const fact_ref&) = default;
};

/// An edge of the inventory; `key` tells parallel edges apart, empty where there is none.
struct edge_ref {
  std::string kind, source, target, key;

  friend auto operator<=>(const edge_ref&, const edge_ref&) = default;
};

/// What makes a step possible: an edge, or (a technique without edge) a node.
struct evidence_ref {
  std::optional<edge_ref> edge;
  std::string node;

  friend bool operator==(const evidence_ref&, const evidence_ref&) = default;
};

struct control_ref {
  std::string node, kind, mode;
  double effect = 1; ///< Factor on the step's probability; 1 where it is ineffective.

  friend bool operator==(const control_ref&, const control_ref&) = default;
};

struct step_report {
  std::string technique;
  std::vector<fact_ref> from;
  fact_ref to;
  double probability = 1;
  double base_probability = 1; ///< Before controls.
  std::string basis;           ///< Where the base probability comes from; "inventory": the trigger's own property.
  std::vector<evidence_ref> evidence;
  std::vector<control_ref> controls;
  std::vector<std::string> atlas, owasp, maestro;
  std::string sentence; ///< The technique's template filled with display names; not escaped.
  cost_t cost = 0;
};

struct path_report {
  double probability = 1;
  cost_t cost = 0; ///< Integer; nats(cost) is what is shown.
  std::uint32_t hops = 0, crossings = 0, monitored_steps = 0;
  std::vector<layer> layers; ///< Of the sources, then of each step's conclusion.
  double assessed = 1;       ///< Share of conditions that were assessed.
  bool exact = true;
  std::vector<fact_ref> sources;
  std::vector<double> source_probabilities;
  fact_ref target;
  double impact = 1;
  std::vector<step_report> steps; ///< Each after the steps it needs.
  std::uint64_t variants = 1;     ///< Paths of the same group, where the question asked for distinct ones; those seen so far.

  double monitored() const noexcept { return hops == 0 ? 0.0 : static_cast<double>(monitored_steps) / hops; }
};

struct paths_report {
  report_head head;
  bool more = false;       ///< Paths beyond those listed exist (or may exist, where not complete).
  double rest_at_most = 0; ///< No path that is not listed is more probable.
  std::vector<path_report> paths;
};

} // namespace crosscut

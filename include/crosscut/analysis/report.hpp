#pragma once

#include <crosscut/base/cost.hpp>
#include <crosscut/base/limits.hpp>
#include <crosscut/model/schema.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace crosscut {

/// Reports are plain data: they own their texts and outlive the graphs they speak of. docs/answers.md and
/// ANSWERS in the JSON schemas say what each field means.

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
  std::string basis; ///< Where the base probability comes from; "inventory": the trigger's own property.
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
  std::vector<std::string> source_names; ///< Display names; not escaped.
  std::vector<double> source_probabilities;
  fact_ref target;
  std::string target_name;
  double impact = 1;
  std::vector<step_report> steps; ///< Each after the steps it needs.
  std::uint64_t variants =
      1; ///< Paths of the same group, where the question asked for distinct ones; those seen so far.

  double monitored() const noexcept { return hops == 0 ? 0.0 : static_cast<double>(monitored_steps) / hops; }
};

struct paths_report {
  report_head head;
  bool more = false;       ///< Paths beyond those listed exist (or may exist, where not complete).
  double rest_at_most = 0; ///< No path that is not listed is more probable.
  std::vector<path_report> paths;
};

struct target_likelihood {
  fact_ref target;
  std::string name; ///< Display name of the node; not escaped.
  double impact = 1;
  std::optional<double>
      probability; ///< Nothing where the target's scope is too large to be computed exactly.
  bool exact = false;
  double lower = 0, upper = 1; ///< Always lower <= P <= upper.

  std::optional<double> risk() const {
    return probability ? std::optional(impact * *probability) : std::nullopt;
  }
};

struct likelihood_report {
  report_head head;
  std::vector<target_likelihood> targets; ///< Every target, reachable or not, by (node, state).
  std::optional<double>
      total_risk; ///< Sum of impact times probability; nothing where a probability is not known.
  double risk_at_least = 0, risk_at_most = 0;
};

struct ranked_fix {
  std::string id, name, owner;
  double cost = 1;
  double risk_before = 0, risk_after = 0;

  double risk_removed() const noexcept { return risk_before - risk_after; }
};

struct fixes_report {
  report_head head;
  std::size_t offered = 0; ///< Fixes that the catalogue offers; at most these were evaluated.
  std::size_t targets_counted = 0, targets_total = 0; ///< Targets whose risk is known exactly, of all.
  std::vector<ranked_fix> fixes;
};

struct agent_summary {
  std::string node, name, autonomy; ///< Autonomy: empty where not assessed.
  std::vector<fact_ref> exposed_to; ///< Entries from which it can be taken over.
  std::vector<fact_ref> can_do;     ///< What an attacker who has it can invoke and execute.
  std::vector<fact_ref> can_reach;  ///< Data, secrets, identities and runtimes they can get to.
};

struct node_summary {
  std::string node, name, kind;
};

/// A secret that something holds; never its value.
struct secret_summary {
  std::string node, name, holder;
  std::string as;              ///< The variable, header or argument it is stored as; empty where unknown.
  std::optional<bool> literal; ///< In the clear; nothing: not assessed.
};

/// How much of what the catalogue asked about was known.
struct assessed_summary {
  std::uint64_t conditions = 0, assessed = 0;
  double share() const noexcept {
    return conditions == 0 ? 1.0 : static_cast<double>(assessed) / static_cast<double>(conditions);
  }
};

struct scan_report {
  report_head head;
  std::vector<std::pair<std::string, std::uint64_t>> kinds; ///< Nodes by primary kind, by name.
  std::uint64_t nodes = 0, edges = 0, facts = 0, steps = 0, entries = 0;
  std::vector<agent_summary> agents;
  std::vector<node_summary> servers, tools;
  std::vector<secret_summary> secrets;
  bool more_agents = false, more_nodes = false; ///< Lists were cut at the limit asked for.
  paths_report paths;                           ///< One story once, with its variants.
  likelihood_report likelihood;
  fixes_report fixes;
  assessed_summary assessed; ///< Over all steps of the attack graph that matter to the question.
};

} // namespace crosscut

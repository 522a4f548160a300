#pragma once

#include <crosscut/analysis/report.hpp>
#include <crosscut/attack/question.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace crosscut {

/// A place that a path may have to pass or avoid: a node in any state, or one fact. A path passes a node if
/// one of its facts, or an end of a triggering edge, is there.
struct place {
  index_t node;
  index_t fact = no_index; ///< no_index: the node in any state.
};

/// What counts as the same story: paths that share their steps, their facts, the nodes of their facts, or
/// their ends.
enum class distinct : std::uint8_t { steps, facts, nodes, pairs };

struct paths_options {
  std::size_t k = 10; ///< Over all targets together, or for each target.
  bool per_target = false;
  distinct by = distinct::steps;       ///< Only the best path of each group is kept.
  std::vector<place> via, avoid;       ///< All of `via` must be passed, none of `avoid`.
  std::vector<std::string> techniques; ///< Each must be used by the path.
  std::optional<std::uint32_t> max_hops;
  std::optional<double> min_probability;
  limits bounds; ///< max_expansions 0: five million. max_memory 0: 4 GiB.
};

/// The k most probable paths from the question's entries to its targets, in the exact order: integer cost,
/// hops, sources, steps.
///
/// Without AND steps in scope these are the k shortest simple paths; with AND steps, the k cheapest minimal
/// proofs. Filters apply to the enumeration: a path that a filter refuses is passed over, so that a filter
/// that refuses nearly everything can run into a limit; the report then says so. Thread-safe.
/// \throws std::invalid_argument for a min_probability that is not in [0, 1].
paths_report find_paths(const attack_graph& graph, const question& asked, const paths_options& options = {});

/// Places as the caller writes them, `ID[:STATE]`; errors as resolve_question() gives them.
struct places_result {
  std::vector<place> places;
  std::vector<selector_error> errors;
};
places_result resolve_places(const attack_graph& graph, std::span<const std::string> selectors);

} // namespace crosscut

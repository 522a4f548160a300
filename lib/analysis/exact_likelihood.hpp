// Inside the analysis room: P(target) by looking at all worlds.
#pragma once

#include <crosscut/analysis/scope.hpp>

#include <optional>

namespace crosscut::detail {

/// Exactly, or nothing where the target's own scope has more than `max_uncertain` uncertain steps and
/// entries, or is so large that looking at all worlds would take too long. \pre target is in scope.
std::optional<double> exact_probability(const attack_graph& graph, const scope& in, index_t target,
                                        unsigned max_uncertain);

} // namespace crosscut::detail

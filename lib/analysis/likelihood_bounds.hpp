// Inside the analysis room: proven bounds of P(fact) for every fact of a scope.
#pragma once

#include <crosscut/analysis/scope.hpp>

#include <vector>

namespace crosscut::detail {

/// Indexed by fact. 0 outside the scope.
std::vector<double> lower_bounds(const attack_graph& graph, const scope& in);
std::vector<double> upper_bounds(const attack_graph& graph, const scope& in);

} // namespace crosscut::detail

#pragma once

#include <crosscut/analysis/report.hpp>
#include <crosscut/attack/question.hpp>

#include <string>
#include <vector>

namespace crosscut {

/// Checks a paths report against the inventory and the catalogue, path by path, step by step: that each
/// technique exists and applies at its trigger, that its preconditions, demands, controls and probability are
/// what the catalogue says, that every needed fact is derived before it is used and nothing is superfluous,
/// that products, costs, hops, layers and the order of each target's paths are right.
///
/// It re-evaluates the rules with its own code and shares none with compilation or search, so that a slip in
/// either shows. What it cannot show is that no better path was missed; the tests do that against plain
/// enumeration.
/// \returns what is wrong, in words; empty: nothing. Thread-safe.
std::vector<std::string> verify(const paths_report& report, const property_graph& inventory,
                                const catalogue& rules);

} // namespace crosscut

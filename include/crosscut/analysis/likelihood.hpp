#pragma once

#include <crosscut/analysis/report.hpp>
#include <crosscut/attack/question.hpp>

namespace crosscut {

struct likelihood_options {
  /// A target is computed exactly where its own scope has at most this many uncertain steps and entries (0 <
  /// p < 1): all their 2^n worlds are looked at, 64 at a time. At most 24.
  unsigned max_uncertain = 20;
  limits bounds;
};

/// P(target) for every target of the question: the probability of the worlds in which it can be derived,
/// steps succeeding independently. Exact for small scopes; for every other target proven bounds: below, the
/// probability of the best proof that a greedy search finds (without AND steps the best path); above, a fixed
/// point of the noisy-OR equations in which a step with several preconditions counts its least likely one
/// (Harris' inequality; DESIGN 3.3 (a)). O(targets · 2^max_uncertain / 64 · scope). Thread-safe. \throws
/// std::invalid_argument for max_uncertain > 24.
likelihood_report find_likelihood(const attack_graph& graph, const question& asked,
                                  const likelihood_options& = {});

} // namespace crosscut

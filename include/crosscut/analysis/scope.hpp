#pragma once

#include <crosscut/attack/question.hpp>

#include <vector>

namespace crosscut {

/// The part of an attack graph that can matter to a question: facts that can be derived from its entries and
/// that some target needs, and the steps between them. Void steps (that conclude a certain entry: nobody
/// attacks their way to what they already have) are left out.
///
/// `fact` and `step` are indexed like the graph; true: in scope. A step is in scope if its conclusion is, all
/// of its preconditions can be derived, and it is not void.
struct scope {
  std::vector<bool> fact, step;
  std::vector<bool> certain;    ///< Facts that are entries of probability 1.
  std::vector<entry> entries;   ///< In scope.
  std::vector<target> targets;  ///< In scope: those that can be reached.
  index_t steps = 0, facts = 0; ///< How many are in scope.
  bool has_and = false;         ///< Some step in scope has several preconditions.
};

/// What may be passed over: facts and steps that the caller rules out. Empty: nothing. Indexed like the
/// graph.
struct scope_mask {
  std::vector<bool> fact, step;
};

/// O(facts + preconditions). Thread-safe.
scope find_scope(const attack_graph& graph, const question& asked, const scope_mask& without = {});

} // namespace crosscut

#pragma once

#include <crosscut/attack/attack_graph.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut {

/// From where to where: the entries and targets of one question. Built by resolve_question(), or by hand.
struct question {
  std::vector<entry> entries; ///< By fact, each once.
  std::vector<target> targets;

  /// A fact that no step is about cannot be in the attack graph; where the caller names one as source and as
  /// target, the path without steps still exists. Such facts are kept here, as (node, state).
  struct lone_fact {
    index_t node;
    std::string state;
    double impact = 1;

    friend bool operator==(const lone_fact&, const lone_fact&) = default;
  };
  std::vector<lone_fact> lone_sources, lone_targets;
};

/// What went wrong with a selector, and whether it is the caller's slip (a state that is not there) or an id
/// the inventory lacks.
struct selector_error {
  enum class reason { unknown_node, no_such_state } why;
  std::string message, hint;
};

struct question_result {
  question asked;
  std::vector<selector_error> errors;
};

/// Sources and targets as the caller writes them: `ID[:STATE]`, split at the last colon only where a state of
/// the catalogue follows. Empty lists: the catalogue's own entries (targets).
///
/// A source with a state is certain; without, it stands for the catalogue's entries at that node; where there
/// are none and the catalogue has exactly one state, for that state, certain; else it is an error that lists
/// the states there. A target likewise; it keeps its rule's impact, else property `impact`, else 1.
/// Thread-safe. O(sources + targets) look-ups.
question_result resolve_question(const attack_graph& graph, std::span<const std::string> sources,
                                 std::span<const std::string> targets);

} // namespace crosscut

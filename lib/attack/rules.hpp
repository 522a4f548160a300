// Inside the attack room: which facts the catalogue's entry and target rules name.
#pragma once

#include "matcher.hpp"

#include <vector>

namespace crosscut::detail {

/// A fact that a rule names, with the rule's number for it (probability or impact) and its conditions.
struct rule_match {
  fact_key fact;
  double number;
  tally count;
};

/// By fact, each once: of several rules for one fact the one with the largest number, the first where they
/// are equal.
std::vector<rule_match> matching_entries(const property_graph&, const catalogue&, const bound_catalogue&,
                                         unknowns);
std::vector<rule_match> matching_targets(const property_graph&, const catalogue&, const bound_catalogue&,
                                         unknowns);

} // namespace crosscut::detail

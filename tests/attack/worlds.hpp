// The meaning of an attack graph by brute force: every world of the uncertain steps and entries, every
// minimal proof.
#pragma once

#include <crosscut/attack/attack_graph.hpp>

#include <span>
#include <vector>

namespace estate_test {

using namespace crosscut;

/// P(target is true): the probability of the worlds in which it can be derived. 2^n for n uncertain steps and
/// entries that matter.
double probability_of(const attack_graph& g, std::span<const entry> entries, index_t target);

/// The probabilities of all minimal proofs of the target, largest first.
std::vector<double> proofs_of(const attack_graph& g, std::span<const entry> entries, index_t target);

} // namespace estate_test

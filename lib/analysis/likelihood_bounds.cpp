#include "likelihood_bounds.hpp"

#include <algorithm>
#include <cmath>
#include <queue>

namespace crosscut::detail {

namespace {

// Facts in the order in which their cheapest derivation trees are found (Knuth 1977), each with the way that
// gave it.
struct derivations {
  std::vector<index_t> order;
  std::vector<index_t> way; // step; no_index: an entry
};

derivations cheapest_derivations(const attack_graph& a, const scope& in) {
  using item = std::pair<cost_t, index_t>; // cost, fact
  std::priority_queue<item, std::vector<item>, std::greater<>> queue;
  std::vector<cost_t> best(a.fact_count(), infinite_cost);
  std::vector<index_t> waiting_for(a.step_count());
  std::vector<bool> done(a.fact_count());
  derivations d;
  d.way.assign(a.fact_count(), no_index);
  const auto offer = [&](index_t fact, cost_t cost, index_t way) {
    if (cost >= best[fact]) return;
    best[fact] = cost;
    d.way[fact] = way;
    queue.emplace(cost, fact);
  };
  for (index_t s = 0; s < a.step_count(); ++s)
    waiting_for[s] = static_cast<index_t>(a.preconditions(s).size());
  for (const auto& e : in.entries) offer(e.fact, cost_of(e.probability), no_index);
  while (!queue.empty()) {
    const auto [cost, fact] = queue.top();
    queue.pop();
    if (done[fact]) continue;
    done[fact] = true;
    d.order.push_back(fact);
    for (const auto s : a.steps_from(fact)) {
      if (!in.step[s] || --waiting_for[s] != 0) continue;
      cost_t sum = a.cost(s);
      for (const auto pre : a.preconditions(s)) sum = add_costs(sum, best[pre]);
      offer(a.conclusion(s), sum, s);
    }
  }
  return d;
}

// Noisy-OR with the least likely precondition of each step.
class noisy_or {
public:
  noisy_or(const attack_graph& a, const scope& in) : a_(a), in_(in), entry_(a.fact_count()) {
    for (const auto& e : in.entries) entry_[e.fact] = e.probability;
  }

  double operator()(index_t fact, const std::vector<double>& u) const {
    double fails = 1 - entry_[fact];
    for (const auto s : a_.steps_into(fact)) {
      if (!in_.step[s]) continue;
      double weakest = 1;
      for (const auto pre : a_.preconditions(s)) weakest = std::min(weakest, u[pre]);
      fails *= 1 - a_.probability(s) * weakest;
    }
    return 1 - fails;
  }

private:
  const attack_graph& a_;
  const scope& in_;
  std::vector<double> entry_;
};

} // namespace

namespace {

// Walks the derivation of one fact: the product over its distinct steps and entries, given those of the facts before it.
class proof_product {
public:
  proof_product(const attack_graph& a, const derivations& d, const std::vector<double>& entry,
                const std::vector<double>& lower)
      : a_(a), d_(d), entry_(entry), lower_(lower) {}

  double operator()(index_t fact) {
    const auto step = d_.way[fact];
    if (step == no_index) return entry_[fact];
    if (a_.preconditions(step).size() == 1) return a_.probability(step) * lower_[a_.tail(step)];
    return std::max(distinct_product(fact), tree_product(step));
  }

private:
  // A proof larger than this is not walked: its tree, in which a shared step counts as often as it is used, bounds it from below.
  static constexpr std::size_t max_facts = 64;

  double tree_product(index_t step) const {
    double product = a_.probability(step);
    for (const auto pre : a_.preconditions(step)) product *= lower_[pre];
    return product;
  }

  double distinct_product(index_t fact) {
    std::vector<index_t> stack{fact}, seen{fact};
    std::vector<double> factors;
    while (!stack.empty()) {
      const auto f = stack.back();
      stack.pop_back();
      const auto s = d_.way[f];
      factors.push_back(s == no_index ? entry_[f] : a_.probability(s));
      if (s == no_index) continue;
      for (const auto pre : a_.preconditions(s))
        if (std::ranges::find(seen, pre) == seen.end()) seen.push_back(pre), stack.push_back(pre);
      if (seen.size() > max_facts) return 0;
    }
    return product_of(factors);
  }

  const attack_graph& a_;
  const derivations& d_;
  const std::vector<double>& entry_;
  const std::vector<double>& lower_;
};

} // namespace

// The product over the distinct steps and entries of one proof.
std::vector<double> lower_bounds(const attack_graph& a, const scope& in) {
  const auto d = cheapest_derivations(a, in);
  std::vector<double> entry(a.fact_count()), lower(a.fact_count());
  for (const auto& e : in.entries) entry[e.fact] = e.probability;
  proof_product product(a, d, entry, lower);
  for (const auto fact : d.order) lower[fact] = product(fact) * (1 - 1e-12); // rounded down
  return lower;
}

// Iterated from 0, the sequence rises to the least fixed point from below: no bound yet. So it is raised a
// little and checked: any u with F(u) <= u, rounding included, bounds P from above. Facts where the check
// fails are raised until it holds, to 1 at worst.
std::vector<double> upper_bounds(const attack_graph& a, const scope& in) {
  constexpr int max_rounds = 200;
  constexpr double slack = 1e-9;
  const noisy_or f(a, in);
  const auto order = cheapest_derivations(a, in).order;
  std::vector<double> u(a.fact_count());
  for (int round = 0; round < max_rounds; ++round) {
    double moved = 0;
    for (const auto fact : order) {
      const double next = f(fact, u);
      moved = std::max(moved, next - u[fact]);
      u[fact] = next;
    }
    if (moved < slack / 16) break;
  }
  for (const auto fact : order) u[fact] = std::min(1.0, u[fact] + slack);
  for (int round = 0;; ++round) {
    bool holds = true;
    for (const auto fact : order) {
      const double next = std::min(1.0, f(fact, u) + slack / 1024); // more than any rounding in f
      if (next <= u[fact]) continue;
      holds = false;
      u[fact] = round < max_rounds ? std::min(1.0, next + slack) : 1.0;
    }
    if (holds) return u;
  }
}

} // namespace crosscut::detail

#pragma once

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>

namespace crosscut {

/// The integer length of a step or entry of probability p: round(−ln p · 2^44). Sums of integers do not depend on the
/// order of addition, so "the k most probable paths" has one answer on every machine. One unit is 5.7e-14 nats.
using cost_t = std::int64_t;

inline constexpr double cost_scale = 17592186044416.0; // 2^44

/// No path. Also the ceiling of sums: a cost beyond it stands for a probability below e^-262144, far under the smallest double.
inline constexpr cost_t infinite_cost = cost_t{1} << 62;

/// \pre 0 < p <= 1.
inline cost_t cost_of(double p) { return static_cast<cost_t>(std::llround(-std::log(p) * cost_scale)); }

/// Saturating sum of two costs in [0, infinite_cost].
constexpr cost_t add_costs(cost_t a, cost_t b) noexcept {
  return a >= infinite_cost - b ? infinite_cost : a + b;
}

constexpr double nats(cost_t c) noexcept { return static_cast<double>(c) / cost_scale; }

/// A path's length: first its cost, then its number of steps.
struct path_length {
  cost_t cost = 0;
  std::uint32_t hops = 0;

  friend constexpr auto operator<=>(const path_length&, const path_length&) = default;
  friend constexpr path_length operator+(path_length a, path_length b) noexcept {
    return {add_costs(a.cost, b.cost), a.hops + b.hops};
  }
};

inline constexpr path_length no_path{infinite_cost, std::numeric_limits<std::uint32_t>::max()};

/// Product of probabilities, multiplied from the largest to the smallest so that the result does not depend on the order given.
/// Sorts its argument in place. Empty product: 1.
inline double product_of(std::span<double> factors) {
  std::sort(factors.begin(), factors.end(), std::greater<>{});
  double product = 1;
  for (const double f : factors) product *= f;
  return product;
}

} // namespace crosscut

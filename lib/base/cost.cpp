#include <crosscut/base/cost.hpp>

#include <algorithm>
#include <functional>

namespace crosscut {

double product_of(std::span<double> factors) {
  std::sort(factors.begin(), factors.end(), std::greater<>{});
  double product = 1;
  for (const double f : factors) product *= f;
  return product;
}

} // namespace crosscut

#include <crosscut/base/cost.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <vector>

using namespace crosscut;

TEST_CASE("the cost of a probability") {
  CHECK(cost_of(1.0) == 0);
  // ln 2 = 0.693147180559945309417…, times 2^44 and rounded.
  CHECK(cost_of(0.5) == 12193974156573);
  CHECK(nats(cost_of(0.5)) == doctest::Approx(0.6931471805599453).epsilon(1e-13));
  CHECK(cost_of(std::numeric_limits<double>::denorm_min()) < infinite_cost);
  CHECK(cost_of(0.9) < cost_of(0.8));
}

TEST_CASE("sums of costs stop at infinity") {
  CHECK(add_costs(1, 2) == 3);
  CHECK(add_costs(infinite_cost, 0) == infinite_cost);
  CHECK(add_costs(infinite_cost, infinite_cost) == infinite_cost);
  CHECK(add_costs(infinite_cost - 1, 1) == infinite_cost);
  CHECK(add_costs(infinite_cost - 2, 1) == infinite_cost - 1);
}

TEST_CASE("path lengths order by cost, then hops") {
  CHECK(path_length{1, 9} < path_length{2, 0});
  CHECK(path_length{1, 1} < path_length{1, 2});
  CHECK(path_length{1, 2} + path_length{3, 4} == path_length{4, 6});
  CHECK(path_length{infinite_cost - 1, 0} < no_path);
}

TEST_CASE("a product does not depend on the order of its factors") {
  std::vector<double> factors = {0.1, 0.7, 0.3, 0.9, 0.225, 1e-200, 0.6};
  auto copy = factors;
  const double product = product_of(copy);
  CHECK(std::ranges::is_sorted(copy, std::greater<>{}));
  std::ranges::sort(factors);
  do {
    copy = factors;
    REQUIRE(product_of(copy) == product);
  } while (std::ranges::next_permutation(factors).found);
  CHECK(product_of({}) == 1.0);
}

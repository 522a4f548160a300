#pragma once

#include <crosscut/base/index.hpp>

#include <cstdint>
#include <random>

namespace oracle {

/// Reproducible on every standard library: no distribution of <random> is.
class dice {
public:
  explicit dice(std::uint64_t seed) : engine_(seed) {}
  /// Uniform in [0, n), up to a bias of 2^-32 for small n.
  crosscut::index_t below(crosscut::index_t n) { return static_cast<crosscut::index_t>(engine_() % n); }
  bool one_in(crosscut::index_t n) { return below(n) == 0; }

private:
  std::mt19937_64 engine_;
};

} // namespace oracle

#pragma once

#include <crosscut/base/cost.hpp>
#include <crosscut/base/index.hpp>

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

/// A benchmark is a graph, questions about it, kernels that answer them, and a check that no kernel escapes:
/// an answer that is wrong ends the run before any time is printed.
namespace bench {

using crosscut::cost_t;
using crosscut::index_t;

/// What two implementations must agree on, and one line of the table.
struct measurement {
  std::string workload; ///< "W2", "W4"
  std::string kernel;
  std::uint64_t k = 0; ///< Paths asked for; 0 where that means nothing.
  index_t source = 0;
  index_t sink = 0;           ///< The source again where the workload has none.
  std::vector<cost_t> answer; ///< W2: number of vertices reached, and the sum of their costs modulo 2^53. W4:
                              ///< the paths' costs.
  std::vector<double> seconds{}; ///< One a repetition.

  double min() const { return *std::min_element(seconds.begin(), seconds.end()); }
  double max() const { return *std::max_element(seconds.begin(), seconds.end()); }
  double median() const;
};

/// What the times mean. On a machine that others use too, the processor time of a kernel of one thread is the
/// fairer one.
enum class stopwatch { wall, processor };

/// Seconds since some moment.
double now(stopwatch);

/// Runs `kernel` once unmeasured and checks its answer, then `repetitions` times on the clock; `check` sees
/// each answer, off the clock, and throws if it is wrong. Building the answer is inside the clock, freeing it
/// is not.
template <class Kernel, class Check>
void measure(measurement& m, int repetitions, stopwatch watch, const Kernel& kernel, const Check& check) {
  check(kernel());
  for (int i = 0; i < repetitions; ++i) {
    const double start = now(watch);
    const auto answer = kernel();
    m.seconds.push_back(now(watch) - start);
    check(answer);
  }
}

inline void require(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error("wrong answer: " + what);
}

/// Sum modulo 2^53, so that every language can hold it exactly.
inline constexpr cost_t checksum_modulus = cost_t{1} << 53;

/// A table of min, median and max in milliseconds, on standard output.
void print(const std::vector<measurement>&);

/// The same with answers and all times, for run.py and peers.py. Throws std::runtime_error where the file
/// cannot be written.
void write_json(const std::vector<measurement>&, const std::string& graph, const std::string& file);

} // namespace bench

#pragma once

#include "bench_graph.hpp"
#include "harness.hpp"

#include <cstdint>
#include <vector>

namespace bench {

struct settings {
  int questions = 5;
  int repetitions = 7;
  stopwatch watch = stopwatch::wall;
  std::uint64_t seed = 1;
  std::vector<std::uint64_t> k = {10, 100};
};

/// W2: the best path from one source to every vertex. Crosscut, and Boost.Graph's Dijkstra.
std::vector<measurement> best_paths(const bench_graph&, const settings&);

/// W4: the k shortest simple paths from one source to one sink.
std::vector<measurement> k_paths(const bench_graph&, const settings&);

/// SplitMix64 (Steele, Lea & Flood 2014): the questions' coin.
inline std::uint64_t next_random(std::uint64_t& state) {
  std::uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

} // namespace bench

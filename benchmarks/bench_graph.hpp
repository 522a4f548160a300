#pragma once

#include <crosscut/algorithms/csr_graph.hpp>
#include <crosscut/base/cost.hpp>

#include <string>
#include <vector>

namespace bench {

using crosscut::cost_t;
using crosscut::index_t;

/// A benchmark graph, as make_graph.py writes it. Little-endian: four int64 (vertices, arcs, sources, sinks),
/// then int32 tails, int32 heads, float32 probabilities, uint8 arc kinds, uint8 vertex kinds, int32 sources,
/// int32 sinks.
struct bench_graph {
  index_t vertex_count = 0;
  std::vector<crosscut::arc_ends> arcs;
  std::vector<cost_t> costs; ///< By position in `arcs`.
  std::vector<index_t> sources;
  std::vector<index_t> sinks;
};

/// Throws std::runtime_error for a file that is not there, is cut short, or holds numbers out of range.
bench_graph load(const std::string& file);

/// Costs in the graph's own numbering.
std::vector<cost_t> costs_by_arc(const bench_graph& input, const crosscut::static_graph& graph);

} // namespace bench

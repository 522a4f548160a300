#include "workloads.hpp"

#include <crosscut/algorithms/reachability.hpp>
#include <crosscut/algorithms/shortest_paths.hpp>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include <map>
#include <string>

namespace bench {

namespace {

using crosscut::no_path;
using crosscut::path_length;
using crosscut::start_point;

struct weight {
  cost_t cost;
};
using boost_graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, weight,
                                                       boost::no_property, index_t, index_t>;

boost_graph to_boost(const bench_graph& input) {
  std::vector<std::pair<index_t, index_t>> ends;
  std::vector<weight> weights;
  for (const auto& arc : input.arcs) ends.emplace_back(arc.tail, arc.head);
  for (const cost_t cost : input.costs) weights.push_back({cost});
  return {boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), weights.begin(),
          input.vertex_count};
}

std::vector<cost_t> boost_costs(const boost_graph& graph, index_t source) {
  std::vector<cost_t> cost(num_vertices(graph));
  const auto index = get(boost::vertex_index, graph);
  boost::dijkstra_shortest_paths(graph, source,
                                 boost::weight_map(get(&weight::cost, graph))
                                     .distance_map(make_iterator_property_map(cost.begin(), index))
                                     .distance_inf(crosscut::infinite_cost));
  return cost;
}

/// Lengths are right exactly when the source has none, no arc shortens any, and each is reached by an arc
/// that explains it.
void check_lengths(const bench_graph& input, index_t source, const std::vector<path_length>& lengths) {
  std::vector<bool> explained(lengths.size());
  for (std::size_t i = 0; i < input.arcs.size(); ++i) {
    const auto& [tail, head] = input.arcs[i];
    if (lengths[tail] == no_path) continue;
    const path_length through = lengths[tail] + path_length{input.costs[i], 1};
    require(lengths[head] <= through, "an arc shortens a path");
    if (lengths[head] == through) explained[head] = true;
  }
  for (index_t v = 0; v < input.vertex_count; ++v) {
    if (v == source)
      require(lengths[v] == path_length{}, "the source is away from itself");
    else
      require(lengths[v] == no_path || explained[v], "no arc explains a length");
  }
}

std::vector<cost_t> summary(const std::vector<cost_t>& costs) {
  cost_t reached = 0, sum = 0;
  for (const cost_t cost : costs) {
    if (cost == crosscut::infinite_cost) continue;
    ++reached;
    sum = (sum + cost) % checksum_modulus;
  }
  return {reached, sum};
}

/// Sources that reach at least a tenth of the graph: a search that ends at once measures nothing.
std::vector<index_t> choose_sources(const bench_graph& input, const crosscut::static_graph& graph,
                                    const settings& s) {
  std::vector<index_t> chosen;
  std::uint64_t coin = s.seed;
  for (int tries = 0; tries < 1000 && static_cast<int>(chosen.size()) < s.questions; ++tries) {
    const index_t v = input.sources[next_random(coin) % input.sources.size()];
    const bool wide = crosscut::reachable(graph, std::vector<index_t>{v}).count() * 10 >= input.vertex_count;
    if (wide && std::find(chosen.begin(), chosen.end(), v) == chosen.end()) chosen.push_back(v);
  }
  return chosen;
}

} // namespace

std::vector<measurement> best_paths(const bench_graph& input, const settings& s) {
  if (input.sources.empty()) return {};
  // Arcs are numbered by head. The same arcs turned round are numbered by tail, as Boost's are; searching
  // those against the arcs is the same question with the other memory layout.
  const crosscut::static_graph by_head(input.vertex_count, input.arcs);
  std::vector<crosscut::arc_ends> turned;
  for (const auto& [tail, head] : input.arcs) turned.push_back({head, tail});
  const crosscut::static_graph by_tail(input.vertex_count, turned);
  const auto head_costs = costs_by_arc(input, by_head), tail_costs = costs_by_arc(input, by_tail);
  const boost_graph peer = to_boost(input);

  std::vector<measurement> all;
  for (const index_t source : choose_sources(input, by_head, s)) {
    const std::vector<start_point> start{{source, 0}};
    const auto expected = boost_costs(peer, source);
    const auto check = [&](const std::vector<path_length>& lengths) {
      check_lengths(input, source, lengths);
      for (index_t v = 0; v < input.vertex_count; ++v)
        require(lengths[v].cost == expected[v], "costs differ from Boost's");
    };
    const auto add = [&](const char* kernel, const auto& run, const auto& check_answer) {
      measurement m{"W2", kernel, 0, source, source, summary(expected)};
      measure(m, s.repetitions, s.watch, run, check_answer);
      all.push_back(std::move(m));
    };
    add(
        "crosscut",
        [&] {
          return crosscut::shortest_lengths(
              by_tail, start, [&](index_t a) { return tail_costs[a]; }, crosscut::direction::backward);
        },
        check);
    add(
        "crosscut, arcs by head",
        [&] { return crosscut::shortest_lengths(by_head, start, [&](index_t a) { return head_costs[a]; }); },
        check);
    add(
        "Boost.Graph Dijkstra", [&] { return boost_costs(peer, source); },
        [&](const std::vector<cost_t>& costs) { require(costs == expected, "Boost differs from itself"); });
  }
  return all;
}

} // namespace bench

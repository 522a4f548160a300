#include "workloads.hpp"

#include <crosscut/algorithms/k_shortest_simple_paths.hpp>
#include <crosscut/algorithms/reachability.hpp>

#include <algorithm>
#include <string>
#include <tuple>

namespace bench {

namespace {

using crosscut::simple_path;

struct question {
  index_t source;
  index_t sink;
};

/// Pairs of a source and a sink that it reaches.
std::vector<question> choose_pairs(const bench_graph& input, const crosscut::static_graph& graph,
                                   const settings& s) {
  std::vector<question> chosen;
  std::uint64_t coin = s.seed;
  for (int tries = 0; tries < 1000 && static_cast<int>(chosen.size()) < s.questions; ++tries) {
    const question q{input.sources[next_random(coin) % input.sources.size()],
                     input.sinks[next_random(coin) % input.sinks.size()]};
    const bool linked = crosscut::reachable(graph, std::vector<index_t>{q.source}).contains(q.sink);
    const auto same = [&](const question& c) { return c.source == q.source && c.sink == q.sink; };
    if (linked && q.source != q.sink && std::none_of(chosen.begin(), chosen.end(), same)) chosen.push_back(q);
  }
  return chosen;
}

/// Real simple paths of the length they claim, in strictly ascending order. That none is missing is for the
/// peer to confirm.
void check_paths(const crosscut::static_graph& graph, const std::vector<cost_t>& costs, question q,
                 const std::vector<simple_path>& paths) {
  for (std::size_t i = 0; i < paths.size(); ++i) {
    std::vector<index_t> vertices{q.source};
    crosscut::path_length length;
    for (const index_t arc : paths[i].arcs) {
      require(graph.tail(arc) == vertices.back(), "arcs do not join");
      vertices.push_back(graph.head(arc));
      length = length + crosscut::path_length{costs[arc], 1};
    }
    require(vertices.back() == q.sink && length == paths[i].length, "a path is not what it says");
    std::sort(vertices.begin(), vertices.end());
    require(std::adjacent_find(vertices.begin(), vertices.end()) == vertices.end(), "a vertex twice");
    require(i == 0 || std::tie(paths[i - 1].length, paths[i - 1].arcs) < std::tie(length, paths[i].arcs),
            "paths out of order");
  }
}

} // namespace

std::vector<measurement> k_paths(const bench_graph& input, const settings& s) {
  if (input.sources.empty() || input.sinks.empty()) return {};
  const crosscut::static_graph graph(input.vertex_count, input.arcs);
  const auto costs = costs_by_arc(input, graph);
  const auto cost = [&](index_t arc) { return costs[arc]; };
  std::vector<measurement> all;
  for (const question q : choose_pairs(input, graph, s)) {
    const std::vector<crosscut::start_point> sources{{q.source, 0}};
    const std::vector<index_t> targets{q.sink};
    const std::vector<crosscut::start_point> ends{{q.sink, 0}};
    measurement one{"W2", "crosscut, towards the sink", 0, q.source, q.sink, {}};
    measure(
        one, s.repetitions, s.watch,
        [&] { return crosscut::shortest_lengths(graph, ends, cost, crosscut::direction::backward); },
        [&](const auto& lengths) { require(lengths[q.source] != crosscut::no_path, "no path"); });
    all.push_back(std::move(one));
    for (const std::uint64_t k : s.k) {
      measurement m{"W4", "crosscut", k, q.source, q.sink, {}};
      const auto run = [&] {
        crosscut::k_shortest_simple_paths search(graph, cost, crosscut::every_arc{}, sources, targets);
        const crosscut::limits none;
        crosscut::limit_watch watch(none, "expansions", 0, 0);
        std::vector<simple_path> paths;
        while (paths.size() < k) {
          auto path = search.next(watch);
          if (!path) break;
          paths.push_back(std::move(*path));
        }
        return paths;
      };
      measure(m, s.repetitions, s.watch, run, [&](const std::vector<simple_path>& paths) {
        check_paths(graph, costs, q, paths);
        m.answer.clear();
        for (const simple_path& path : paths) m.answer.push_back(path.length.cost);
      });
      all.push_back(std::move(m));
    }
  }
  return all;
}

} // namespace bench

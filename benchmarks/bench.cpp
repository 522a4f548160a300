#include "workloads.hpp"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <exception>
#include <iterator>

/// crosscut_bench GRAPH [--workload W2 W4] [-k 10 100] [--questions N] [--repetitions N] [--seed N] [--json
/// FILE]
int main(int argc, char** argv) {
  CLI::App app("Times Crosscut's algorithms against their peers on one graph; every answer is checked.");
  std::string graph_file, json_file;
  std::vector<std::string> workloads{"W2", "W4"};
  bench::settings settings;
  app.add_option("graph", graph_file, "a file of make_graph.py")->required();
  app.add_option("--workload", workloads, "W2: best paths from one source; W4: k shortest simple paths")
      ->check(CLI::IsMember({"W2", "W4"}));
  app.add_option("-k", settings.k, "paths to ask for")->check(CLI::PositiveNumber);
  app.add_option("--questions", settings.questions)->check(CLI::PositiveNumber);
  app.add_option("--repetitions", settings.repetitions)->check(CLI::PositiveNumber);
  bool processor_time = false;
  app.add_flag("--processor-time", processor_time, "of the process, instead of the wall clock");
  app.add_option("--seed", settings.seed, "of the questions");
  app.add_option("--json", json_file, "write answers and all times here");
  CLI11_PARSE(app, argc, argv);
  if (processor_time) settings.watch = bench::stopwatch::processor;
  try {
    const bench::bench_graph graph = bench::load(graph_file);
    fmt::print("{} vertices, {} arcs, {} sources, {} sinks; one thread\n", graph.vertex_count,
               graph.arcs.size(), graph.sources.size(), graph.sinks.size());
    std::vector<bench::measurement> all;
    for (const std::string& workload : workloads) {
      auto measured = workload == "W2" ? bench::best_paths(graph, settings) : bench::k_paths(graph, settings);
      std::move(measured.begin(), measured.end(), std::back_inserter(all));
    }
    if (all.empty()) throw std::runtime_error(graph_file + ": no question to ask of this graph");
    bench::print(all);
    if (!json_file.empty()) bench::write_json(all, graph_file, json_file);
  } catch (const std::exception& error) {
    fmt::print(stderr, "crosscut_bench: {}\n", error.what());
    return 1;
  }
  return 0;
}

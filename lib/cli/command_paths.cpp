#include "common.hpp"

#include <crosscut/analysis/paths.hpp>
#include <crosscut/base/escape.hpp>
#include <crosscut/io/answers.hpp>

namespace crosscut::cli {

namespace {

struct paths_command {
  common_options common;
  paths_options options;
  std::vector<std::string> via, avoid;
  std::string by = "steps";

  exit_code run() {
    options.bounds = common.bounds();
    options.by = by == "facts"   ? distinct::facts
                 : by == "nodes" ? distinct::nodes
                 : by == "pairs" ? distinct::pairs
                                 : distinct::steps;
    const auto input = read_inputs(common);
    const auto graph = build_attack_graph(common, input);
    const auto asked = ask(common, graph);
    options.via = places(graph, via);
    options.avoid = places(graph, avoid);
    for (const auto& id : options.techniques)
      if (!graph.rules().find_technique(id))
        throw failure{wrong_usage, "the catalogue has no technique " + crosscut::quoted(id) +
                                       "; `crosscut catalogue print` lists them"};
    auto report = find_paths(graph, asked, options);
    io::note_left_out(report.head, input.files);
    write_answer(common,
                 common.format == "json" ? io::to_json(report) : io::to_text(report, style_for(common)));
    return code_for(report.head);
  }

  static std::vector<place> places(const attack_graph& graph, const std::vector<std::string>& selectors) {
    auto [found, errors] = resolve_places(graph, selectors);
    refuse(errors);
    return std::move(found);
  }
};

} // namespace

void add_paths(CLI::App& app, exit_code& result) {
  auto command = std::make_shared<paths_command>();
  auto& o = command->options;
  auto* sub = app.add_subcommand("paths", "The k most probable paths from entries to targets, exactly");
  command->common.add_input(*sub);
  command->common.add_output(*sub, {"table", "json"});
  command->common.add_analysis(*sub);
  sub->add_option("-k", o.k, "How many paths, over all targets together")->capture_default_str();
  sub->add_flag("--per-target", o.per_target, "Count -k for each target");
  sub->add_option("--distinct", command->by, "Keep the best path of each group that shares these")
      ->check(CLI::IsMember({"steps", "facts", "nodes", "pairs"}))
      ->capture_default_str();
  const auto repeated = [&](const char* name, std::vector<std::string>& list, const char* what,
                            const char* type) {
    sub->add_option(name, list, what)->type_name(type)->allow_extra_args(false);
  };
  repeated("--via", command->via, "Only paths that pass this place; may be repeated", "ID[:STATE]");
  repeated("--avoid", command->avoid, "Only paths that do not pass this place; may be repeated",
           "ID[:STATE]");
  repeated("--technique", o.techniques, "Only paths that use this technique; may be repeated", "ID");
  sub->add_option("--max-hops", o.max_hops, "Only paths of at most this many steps");
  sub->add_option("--min-probability", o.min_probability, "Only paths of at least this probability")
      ->check(CLI::Range(0.0, 1.0));
  sub->callback([command, &result] { result = command->run(); });
}

} // namespace crosscut::cli

#include "common.hpp"

#include <crosscut/analysis/scan.hpp>
#include <crosscut/io/answers.hpp>

namespace crosscut::cli {

namespace {

struct scan_command {
  common_options common;
  scan_options options;

  exit_code run() {
    options.bounds = common.bounds();
    const auto input = read_inputs(common);
    const auto graph = build_attack_graph(common, input);
    ask(common, graph);
    auto report = scan(graph, common.sources, common.targets, options);
    io::note_left_out(report.head, input.files);
    write_answer(common, common.format == "json"
                             ? io::to_json(report, input.files, input.messages)
                             : io::to_text(report, input.files, input.messages, style_for(common)));
    return code_for(report.head);
  }
};

} // namespace

void add_scan(CLI::App& app, exit_code& result) {
  auto command = std::make_shared<scan_command>();
  auto* sub =
      app.add_subcommand("scan", "The main job: what exists, the worst paths, how likely, what to fix first");
  command->common.add_input(*sub);
  command->common.add_output(*sub, {"table", "json"});
  command->common.add_analysis(*sub);
  sub->add_option("-k", command->options.k, "How many paths, each story once")->capture_default_str();
  sub->add_option("--top", command->options.top, "Longest list of agents, servers, tools and secrets")
      ->capture_default_str();
  sub->callback([command, &result] { result = command->run(); });
}

} // namespace crosscut::cli

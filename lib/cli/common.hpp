// What the commands share: options, inputs, output, exit codes.
#pragma once

#include <crosscut/analysis/report.hpp>
#include <crosscut/attack/attack_graph.hpp>
#include <crosscut/attack/question.hpp>
#include <crosscut/io/read.hpp>
#include <crosscut/io/tables.hpp>

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace crosscut::cli {

/// The first that applies is the command's exit code (docs/command.md).
enum exit_code : int {
  success = 0,
  not_complete = 4,
  bad_input = 3,
  output_failed = 5,
  interrupted = 130,
  wrong_usage = 2
};

/// Ends a command with a code and a message for standard error (none where everything was said).
struct failure {
  exit_code code;
  std::string message;
};

/// Options that every command that reads inventories has.
struct common_options {
  std::vector<std::string> inventories;
  std::string from, format = "table", output, catalogue = "maestro", against = "adaptive", unknown = "worst";
  std::vector<std::string> sources, targets;
  std::string timeout, max_memory;
  bool keep_going = false;

  void add_input(CLI::App& app);
  void add_output(CLI::App& app, const std::vector<std::string>& formats);
  void add_analysis(CLI::App& app);

  /// \throws failure (wrong_usage) for a value that is none.
  limits bounds() const;
};

/// The inventories of the command, read and merged; diagnostics have been printed. \throws failure
/// (bad_input).
io::read_result read_inputs(const common_options& options);

/// The attack graph of an inventory under the catalogue that the options name. \throws failure.
attack_graph build_attack_graph(const common_options& options, const io::read_result& input);

/// \throws failure: an unknown id is bad input, a state that is not there is wrong usage.
question ask(const common_options& options, const attack_graph& graph);
void refuse(const std::vector<selector_error>& errors);

/// Writes an answer to --output or standard output. \throws failure (output_failed).
void write_answer(const common_options& options, std::string_view text);
io::text_style style_for(const common_options& options);

exit_code code_for(const report_head& head);

void print_diagnostics(const diagnostics& messages);
/// Asked to stop by SIGINT or SIGTERM.
std::stop_token stop_requested();
void install_signal_handlers();

// The commands: each adds itself to `app`; what it returns runs when it was chosen.
void add_scan(CLI::App& app, exit_code& result);
void add_paths(CLI::App& app, exit_code& result);
void add_import(CLI::App& app, exit_code& result);
void add_validate(CLI::App& app, exit_code& result);
void add_catalogue(CLI::App& app, exit_code& result);

} // namespace crosscut::cli

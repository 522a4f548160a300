#include "common.hpp"

#include <crosscut/base/escape.hpp>
#include <crosscut/io/catalogue.hpp>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

namespace crosscut::cli {

namespace {

// A signal handler may only set a flag; the searches look at a stop token. A watcher thread would be heavier
// than a source that a handler may call: request_stop on a source without callbacks only sets an atomic.
std::stop_source* stop_source = nullptr;

extern "C" void on_signal(int) {
  if (stop_source) stop_source->request_stop();
}

// "30", "30s", "500ms", "2m", "1h".
std::optional<std::chrono::steady_clock::duration> parse_duration(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !(number >= 0) || number > 1e9) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const double seconds = unit.empty() || unit == "s" ? 1
                         : unit == "ms"              ? 1e-3
                         : unit == "m"               ? 60
                         : unit == "h"               ? 3600
                                                     : -1;
  if (seconds < 0) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(number * seconds));
}

// "512M", "8G", bytes without a unit.
std::optional<std::uint64_t> parse_size(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !(number > 0) || number > 1e15) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  const double factor = unit.empty()  ? 1
                        : unit == "K" ? 0x1p10
                        : unit == "M" ? 0x1p20
                        : unit == "G" ? 0x1p30
                                      : -1;
  if (factor < 0 || number * factor > 0x1p62) return std::nullopt;
  return static_cast<std::uint64_t>(number * factor);
}

bool is_terminal(const common_options& o) { return o.output.empty() && isatty(STDOUT_FILENO) == 1; }

std::string catalogue_file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw failure{bad_input, crosscut::quoted(path) + ": cannot be opened: " + std::strerror(errno) +
                                 "; a built-in catalogue is one of maestro, generic"};
  return {std::istreambuf_iterator<char>(file), {}};
}

std::shared_ptr<const struct catalogue> find_catalogue(const std::string& name) {
  if (auto built_in = io::builtin_catalogue(name)) return built_in;
  diagnostics messages;
  auto read = io::read_catalogue(catalogue_file_text(name), name, messages);
  print_diagnostics(messages);
  if (!read) throw failure{bad_input, "the catalogue has errors; nothing was analysed"};
  return std::make_shared<const struct catalogue>(std::move(*read));
}

} // namespace

void common_options::add_input(CLI::App& app) {
  app.add_option("INVENTORY", inventories, "Files to read and merge; - is standard input")
      ->required()
      ->type_name("FILE");
  app.add_option("--from", from,
                 "Format of the inputs: opengraph, mcp-config, tools-list (default: detected by content)")
      ->type_name("FORMAT");
  app.add_flag("--keep-going", keep_going,
               "Leave bad files out and say so (exit 4), instead of refusing all (exit 3)");
}

void common_options::add_output(CLI::App& app, const std::vector<std::string>& formats) {
  format = formats.front();
  app.add_option("--format", format, "How to show the answer")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
  app.add_option("--output", output, "Write the answer to this file instead of standard output")
      ->type_name("FILE");
}

void common_options::add_analysis(CLI::App& app) {
  app.add_option("--catalogue", catalogue, "maestro, generic, or a catalogue document")
      ->type_name("NAME|FILE")
      ->capture_default_str();
  app.add_option("--source", sources,
                 "Start from ID[:STATE] instead of the catalogue's entries; may be repeated")
      ->type_name("ID[:STATE]")
      ->allow_extra_args(false);
  app.add_option("--target", targets, "End at ID[:STATE] instead of the catalogue's targets; may be repeated")
      ->type_name("ID[:STATE]")
      ->allow_extra_args(false);
  app.add_option("--adversary", against, "Does the attacker know the controls?")
      ->check(CLI::IsMember({"adaptive", "static"}))
      ->capture_default_str();
  app.add_option("--unknown", unknown, "What an unknown condition counts as")
      ->check(CLI::IsMember({"worst", "best"}))
      ->capture_default_str();
  app.add_option("--timeout", timeout, "Stop searching after this time (30, 500ms, 2m) and say so")
      ->type_name("TIME");
  app.add_option("--max-memory", max_memory, "Bound on the search's memory (512M, 8G)")->type_name("SIZE");
}

limits common_options::bounds() const {
  limits l;
  if (!timeout.empty() && !(l.timeout = parse_duration(timeout)))
    throw failure{wrong_usage,
                  "--timeout " + crosscut::quoted(timeout) + " is no time; write 30, 500ms, 2m or 1h"};
  if (!max_memory.empty()) {
    const auto size = parse_size(max_memory);
    if (!size)
      throw failure{wrong_usage,
                    "--max-memory " + crosscut::quoted(max_memory) + " is no size; write 512M or 8G"};
    l.max_memory = *size;
  }
  l.stop = stop_requested();
  return l;
}

io::read_result read_inputs(const common_options& o) {
  io::read_options options;
  options.format = o.from;
  options.keep_going = o.keep_going;
  auto result = io::read_inventory(o.inventories, options);
  print_diagnostics(result.messages);
  if (!result.inventory)
    throw failure{bad_input,
                  o.keep_going
                      ? "no input could be used; nothing was analysed"
                      : "the input has errors, so nothing was analysed; --keep-going leaves bad files out"};
  return result;
}

attack_graph build_attack_graph(const common_options& o, const io::read_result& input) {
  compile_options options;
  options.against = o.against == "static" ? adversary::non_adaptive : adversary::adaptive;
  options.unknown = o.unknown == "best" ? unknowns::best : unknowns::worst;
  diagnostics messages;
  auto graph = compile(input.inventory, find_catalogue(o.catalogue), options, messages);
  print_diagnostics(messages);
  if (!graph) throw failure{bad_input, "the inventory has errors; nothing was analysed"};
  return std::move(*graph);
}

question ask(const common_options& o, const attack_graph& graph) {
  auto [asked, errors] = resolve_question(graph, o.sources, o.targets);
  refuse(errors);
  return std::move(asked);
}

void refuse(const std::vector<selector_error>& errors) {
  if (errors.empty()) return;
  std::string message;
  bool usage = true;
  for (const auto& e : errors) {
    message += (message.empty() ? "" : "\n") + e.message + (e.hint.empty() ? "" : "; " + e.hint);
    usage = usage && e.why == selector_error::reason::no_such_state;
  }
  throw failure{usage ? wrong_usage : bad_input, message};
}

void write_answer(const common_options& o, std::string_view text) {
  if (o.output.empty()) {
    std::cout << text << std::flush;
    if (!std::cout) throw failure{output_failed, "standard output cannot be written"};
    return;
  }
  std::ofstream file(o.output, std::ios::binary | std::ios::trunc);
  file << text << std::flush;
  if (!file)
    throw failure{output_failed, crosscut::quoted(o.output) + ": cannot be written: " + std::strerror(errno)};
}

io::text_style style_for(const common_options& o) {
  io::text_style style;
  if (!is_terminal(o)) return style;
  const char* no_colour = std::getenv("NO_COLOR");
  style.colour = !no_colour || *no_colour == '\0';
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) style.width = size.ws_col;
  return style;
}

exit_code code_for(const report_head& head) {
  if (stop_requested().stop_requested()) return interrupted;
  return head.complete ? success : not_complete;
}

void print_diagnostics(const diagnostics& messages) {
  io::text_style style;
  style.width = 400; // a terminal wraps by itself, and a log is easier to search unwrapped
  std::cerr << io::to_text(messages, style);
}

std::stop_token stop_requested() {
  static std::stop_source source;
  stop_source = &source;
  return source.get_token();
}

void install_signal_handlers() {
  stop_requested();
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
}

} // namespace crosscut::cli

#include "common.hpp"

#include <crosscut/base/escape.hpp>
#include <crosscut/io/answers.hpp>
#include <crosscut/io/catalogue.hpp>
#include <crosscut/io/catalogue_text.hpp>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

namespace crosscut::cli {

namespace {

struct catalogue_command {
  common_options common;
  std::string name = "maestro", technique;

  // The document: a built-in one as its authors wrote it, or the file.
  std::string text() const {
    if (const auto built_in = io::builtin_catalogue_text(name); !built_in.empty())
      return std::string(built_in);
    std::ifstream file(name, std::ios::binary);
    if (!file)
      throw failure{bad_input, crosscut::quoted(name) + ": cannot be opened: " + std::strerror(errno)};
    return {std::istreambuf_iterator<char>(file), {}};
  }

  exit_code print() const {
    write_answer(common, text());
    return success;
  }

  exit_code check() const {
    diagnostics messages;
    const auto read = io::read_catalogue(text(), name, messages);
    const auto verdict = read ? escape_for_terminal(read->title()) + ": " +
                                    std::to_string(read->techniques.size()) + " techniques, " +
                                    std::to_string(read->controls.size()) + " controls; fit for use\n"
                              : std::string("not fit for use\n");
    write_answer(common, common.format == "json" ? io::to_json(messages)
                                                 : io::to_text(messages, style_for(common)) + verdict);
    return read ? success : bad_input;
  }

  exit_code explain() const {
    diagnostics messages;
    const auto read = io::read_catalogue(text(), name, messages);
    if (!read) {
      print_diagnostics(messages);
      return bad_input;
    }
    const auto* found = read->find_technique(technique);
    if (!found) {
      std::string known;
      for (const auto& t : read->techniques) known += "\n  " + escape_for_terminal(t.id);
      throw failure{wrong_usage,
                    "the catalogue has no technique " + crosscut::quoted(technique) + "; it has:" + known};
    }
    write_answer(common, io::to_text(*found, *read, style_for(common)));
    return success;
  }
};

} // namespace

void add_catalogue(CLI::App& app, exit_code& result) {
  auto command = std::make_shared<catalogue_command>();
  auto* sub = app.add_subcommand("catalogue", "The knowledge behind the answers: print, check or explain it");
  sub->require_subcommand(1);
  const auto add_common = [&](CLI::App* verb, const char* option) {
    verb->add_option(option, command->name, "maestro, generic, or a catalogue document")
        ->type_name("NAME|FILE")
        ->capture_default_str();
    verb->add_option("--output", command->common.output, "Write to this file")->type_name("FILE");
  };
  auto* print =
      sub->add_subcommand("print", "Print a catalogue document, to be edited and used with --catalogue FILE");
  add_common(print, "CATALOGUE");
  print->callback([command, &result] { result = command->print(); });
  auto* check = sub->add_subcommand(
      "check", "Check a catalogue document; every mistake with line, JSON pointer and hint");
  add_common(check, "CATALOGUE");
  check->add_option("--format", command->common.format, "How to show the answer")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  check->callback([command, &result] { result = command->check(); });
  auto* explain = sub->add_subcommand("explain", "Explain one technique");
  explain->add_option("TECHNIQUE", command->technique, "Its id")->required();
  add_common(explain, "--catalogue");
  explain->callback([command, &result] { result = command->explain(); });
}

} // namespace crosscut::cli

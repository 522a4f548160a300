#include "common.hpp"

#include <crosscut/io/answers.hpp>
#include <crosscut/io/write_inventory.hpp>

#include <iostream>
#include <sstream>

namespace crosscut::cli {

namespace {

struct import_command {
  common_options common;

  exit_code run() {
    const auto input = read_inputs(common);
    std::ostringstream text;
    io::write_inventory_options options;
    options.lines = common.format == "jsonl";
    io::write_inventory(text, *input.inventory, options);
    write_answer(common, text.view());
    std::cerr << input.files.size() << (input.files.size() == 1 ? " file, " : " files, ")
              << input.inventory->node_count() << " nodes, " << input.inventory->edge_count() << " edges\n";
    return input.left_out_files() ? not_complete : success;
  }
};

struct validate_command {
  common_options common;

  exit_code run() {
    io::read_options options;
    options.format = common.from;
    options.keep_going = common.keep_going;
    const auto input = io::read_inventory(common.inventories, options);
    write_answer(common, common.format == "json" ? io::to_json(input.messages, input.files) : text(input));
    if (!input.inventory) return bad_input;
    return input.left_out_files() ? not_complete : success;
  }

  std::string text(const io::read_result& input) const {
    std::ostringstream out;
    out << io::to_text(input.messages, style_for(common));
    out << input.messages.count(severity::error) << " errors, " << input.messages.count(severity::warning)
        << " warnings in " << input.files.size() << (input.files.size() == 1 ? " file" : " files");
    if (input.inventory)
      out << "; " << input.inventory->node_count() << " nodes, " << input.inventory->edge_count() << " edges";
    return std::move(out).str() + '\n';
  }
};

} // namespace

void add_import(CLI::App& app, exit_code& result) {
  auto command = std::make_shared<import_command>();
  auto* sub = app.add_subcommand(
      "import", "Read anything that Crosscut can read, write one inventory (OpenGraph JSON)");
  command->common.add_input(*sub);
  command->common.add_output(*sub, {"json", "jsonl"});
  sub->add_option("-o", command->common.output, "Short for --output")->type_name("FILE");
  sub->callback([command, &result] { result = command->run(); });
}

void add_validate(CLI::App& app, exit_code& result) {
  auto command = std::make_shared<validate_command>();
  auto* sub = app.add_subcommand(
      "validate", "Say what is wrong, or doubtful, in inventories: all of it, with file, line and reason");
  command->common.add_input(*sub);
  command->common.add_output(*sub, {"table", "json"});
  sub->callback([command, &result] { result = command->run(); });
}

} // namespace crosscut::cli

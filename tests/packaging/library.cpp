// A product that embeds the whole library: the example of README, which a test holds against this file.
#include <crosscut/analysis/paths.hpp>
#include <crosscut/io/catalogue.hpp>
#include <crosscut/io/read.hpp>
#include <crosscut/version.hpp>

#include <fstream>
#include <iostream>

namespace {

int report(const crosscut::diagnostics& messages) {
  for (const auto& d : messages.items()) std::cerr << to_string(d) << '\n';
  return 1;
}

void show(const crosscut::path_report& path) {
  std::cout << CROSSCUT_VERSION << ": " << path.sources[0].node << " to " << path.target.node << " in "
            << path.hops << " steps\n";
}

void write_inventory() {
  std::ofstream("inventory.json") << R"({"graph": {"nodes": [
    {"id": "mail", "kinds": ["InputSource"], "properties": {"trust": "untrusted", "session": "other"}},
    {"id": "triage", "kinds": ["Agent"], "properties": {"autonomy": "autonomous"}},
    {"id": "refund", "kinds": ["Action"], "properties": {"impact": 8}}], "edges": [
    {"kind": "Feeds", "start": {"value": "mail"}, "end": {"value": "triage"}},
    {"kind": "Performs", "start": {"value": "triage"}, "end": {"value": "refund"}}]}})";
}

int run() {
  const std::vector<std::string> files{"inventory.json"};
  const auto input = crosscut::io::read_inventory(files);
  if (!input.inventory) return report(input.messages);

  crosscut::diagnostics problems;
  const auto graph =
      crosscut::compile(input.inventory, crosscut::io::builtin_catalogue("maestro"), {}, problems);
  if (!graph) return report(problems);
  const auto asked = crosscut::resolve_question(*graph, {}, {}).asked; // the catalogue's entries and targets
  for (const auto& path : crosscut::find_paths(*graph, asked).paths) show(path);
  return 0;
}

} // namespace

int main() {
  write_inventory();
  return run();
}

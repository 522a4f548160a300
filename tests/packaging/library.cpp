// A product that builds an inventory in memory with the whole library.
#include <crosscut/model/inventory_builder.hpp>
#include <crosscut/version.hpp>

#include <array>
#include <iostream>

int main() {
  crosscut::inventory_builder builder;
  builder.begin_file("in memory");
  builder.add_node("mail", std::array<std::string_view, 1>{"InputSource"}, {});
  builder.add_node("triage", std::array<std::string_view, 1>{"Agent"}, {});
  builder.add_edge("Feeds", "mail", "triage", {});
  crosscut::diagnostics problems;
  const auto graph = std::move(builder).freeze(problems);
  if (!graph) return 1;
  std::cout << CROSSCUT_VERSION << ": " << graph->node_count() << " nodes, " << graph->edge_count()
            << " edge\n";
}

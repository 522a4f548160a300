#include "binding.hpp"

#include <crosscut/attack/question.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace crosscut::python {

namespace {

compile_options options_of(const std::string& against, const std::string& unknown) {
  compile_options o;
  if (against == to_string(adversary::non_adaptive))
    o.against = adversary::non_adaptive;
  else if (against != to_string(adversary::adaptive))
    throw std::invalid_argument("adversary is '" + against + "', must be adaptive or static");
  if (unknown == to_string(unknowns::best))
    o.unknown = unknowns::best;
  else if (unknown != to_string(unknowns::worst))
    throw std::invalid_argument("unknown is '" + unknown + "', must be worst or best");
  return o;
}

// (attack graph or None, diagnostics)
py::tuple compile_inventory(const inventory& of, const catalogue_handle& rules, const std::string& against,
                            const std::string& unknown) {
  const auto options = options_of(against, unknown);
  diagnostics messages;
  std::shared_ptr<const attack_graph> graph;
  {
    const py::gil_scoped_release released;
    // The graph outlives this call, and so must what it was read with.
    const std::shared_ptr<const property_graph> nodes(of.read, &of.graph());
    if (auto made = compile(nodes, rules.rules, options, messages))
      graph = std::make_shared<const attack_graph>(std::move(*made));
  }
  return py::make_tuple(graph ? py::cast(attack{graph, of}) : py::object(py::none()),
                        diagnostics_list(messages));
}

py::tuple fact(const attack_graph& a, index_t f) {
  return py::make_tuple(text(a.inventory().node_id(a.fact_node(f))), text(a.fact_state_name(f)));
}

py::list entries_of(const attack& a) {
  py::list result;
  for (const auto& e : a.graph->entries())
    result.append(py::make_tuple(fact(*a.graph, e.fact), e.probability));
  return result;
}

py::list targets_of(const attack& a) {
  py::list result;
  for (const auto& t : a.graph->targets()) result.append(py::make_tuple(fact(*a.graph, t.fact), t.impact));
  return result;
}

} // namespace

void register_attack(py::module_& m) {
  py::class_<catalogue_handle>(m, "Catalogue")
      .def_property_readonly("title", [](const catalogue_handle& c) { return text(c.rules->title()); })
      .def_property_readonly("techniques", [](const catalogue_handle& c) {
        py::list ids;
        for (const auto& t : c.rules->techniques) ids.append(text(t.id));
        return ids;
      });
  py::class_<attack>(m, "AttackGraph")
      .def_property_readonly("fact_count", [](const attack& a) { return a.graph->fact_count(); })
      .def_property_readonly("step_count", [](const attack& a) { return a.graph->step_count(); })
      .def_property_readonly("has_and_steps", [](const attack& a) { return a.graph->has_and_steps(); })
      .def_property_readonly("entries", &entries_of)
      .def_property_readonly("targets", &targets_of);
  m.def("compile", &compile_inventory, py::arg("inventory"), py::arg("catalogue"), py::arg("adversary"),
        py::arg("unknown"));
}

} // namespace crosscut::python

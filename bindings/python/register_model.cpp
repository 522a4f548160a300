#include "binding.hpp"

#include <string>
#include <variant>

namespace crosscut::python {

namespace {

py::object to_python(const value_view& value);

template <class T> py::object scalar(const T& value) {
  if constexpr (std::is_same_v<T, std::monostate>)
    return py::none();
  else if constexpr (std::is_same_v<T, std::string_view>)
    return text(value);
  else
    return py::cast(value);
}

py::object to_python(const value_view& value) {
  const auto* list = std::get_if<std::span<const scalar_view>>(&value);
  if (!list)
    return std::visit(
        [](const auto& v) -> py::object {
          if constexpr (std::is_same_v<std::decay_t<decltype(v)>, std::span<const scalar_view>>)
            return py::list();
          else
            return scalar(v);
        },
        value);
  py::list result;
  for (const auto& element : *list)
    result.append(std::visit([](const auto& v) -> py::object { return scalar(v); }, element));
  return result;
}

// A node is (id, kinds, layer, name, properties), an edge (kind, source, target, key, properties).

py::tuple node_row(const property_graph& g, index_t node, const py::dict& properties) {
  py::list kinds;
  for (const auto k : g.node_kinds(node)) kinds.append(text(g.kind_name(k)));
  return py::make_tuple(text(g.node_id(node)), py::tuple(kinds), text(to_string(g.node_layer(node))),
                        text(g.display_name(node)), properties);
}

py::tuple edge_row(const property_graph& g, index_t edge, const py::dict& properties) {
  return py::make_tuple(text(g.kind_name(g.edge_kind(edge))), text(g.node_id(g.source(edge))),
                        text(g.node_id(g.target(edge))), text(g.edge_key(edge)), properties);
}

template <class Keys> py::dict node_properties(const property_graph& g, index_t node, const Keys& keys) {
  py::dict result;
  for (const auto key : keys)
    if (const auto p = g.node_property(node, key); !p.missing())
      result[text(g.node_key_name(key))] = to_python(p.value);
  return result;
}

template <class Keys> py::dict edge_properties(const property_graph& g, index_t edge, const Keys& keys) {
  py::dict result;
  for (const auto key : keys)
    if (const auto p = g.edge_property(edge, key); !p.missing())
      result[text(g.edge_key_name(key))] = to_python(p.value);
  return result;
}

py::object find_node(const inventory& of, const std::string& id) {
  const auto& g = of.graph();
  const auto node = g.find_node(id);
  if (node == no_index) return py::none();
  return node_row(g, node, node_properties(g, node, std::views::iota(index_t{0}, g.node_key_count())));
}

py::list list_nodes(const inventory& of, const std::optional<std::string>& kind) {
  const auto& g = of.graph();
  py::list result;
  const auto wanted = kind ? g.find_kind(*kind) : property_graph::no_kind;
  if (kind && wanted == property_graph::no_kind) return result;
  const auto rows = g.node_property_rows();
  for (index_t n = 0; n < g.node_count(); ++n)
    if (!kind || std::ranges::find(g.node_kinds(n), wanted) != g.node_kinds(n).end())
      result.append(node_row(g, n, node_properties(g, n, rows.keys(n))));
  return result;
}

// The edges that can be asked for, all of them to be looked at: those of one node where one is named.
template <class Visit>
void each_candidate(const property_graph& g, index_t source, index_t target, Visit visit) {
  if (source != no_index)
    for (const auto e : g.out_edges(source)) visit(e);
  else if (target != no_index)
    for (const auto e : g.in_edges(target)) visit(e);
  else
    for (index_t e = 0; e < g.edge_count(); ++e) visit(e);
}

py::list list_edges(const inventory& of, const std::optional<std::string>& kind,
                    const std::optional<std::string>& source, const std::optional<std::string>& target) {
  const auto& g = of.graph();
  py::list result;
  const auto k = kind ? g.find_kind(*kind) : property_graph::no_kind;
  const auto s = source ? g.find_node(*source) : no_index;
  const auto t = target ? g.find_node(*target) : no_index;
  if ((kind && k == property_graph::no_kind) || (source && s == no_index) || (target && t == no_index))
    return result;
  const auto rows = g.edge_property_rows();
  each_candidate(g, s, t, [&](index_t e) {
    if ((!kind || g.edge_kind(e) == k) && (!target || g.target(e) == t))
      result.append(edge_row(g, e, edge_properties(g, e, rows.keys(e))));
  });
  return result;
}

py::dict count_kinds(const inventory& of) {
  const auto& g = of.graph();
  std::vector<std::size_t> counts(std::size_t{g.kind_count()} + 1);
  for (index_t n = 0; n < g.node_count(); ++n)
    ++counts[std::min<std::size_t>(g.primary_kind(n), g.kind_count())];
  py::dict result;
  for (property_graph::kind_index k = 0; k < g.kind_count(); ++k)
    if (counts[k]) result[text(g.kind_name(k))] = counts[k];
  if (counts.back()) result[py::str("")] = counts.back();
  return result;
}

py::list list_files(const inventory& of) {
  py::list result;
  for (const auto& f : of.read->files)
    result.append(py::make_tuple(file_name(f.file), text(f.format), f.used, f.nodes, f.edges));
  return result;
}

} // namespace

void register_model(py::module_& m) {
  py::class_<inventory>(m, "Inventory")
      .def_property_readonly("node_count", [](const inventory& i) { return i.graph().node_count(); })
      .def_property_readonly("edge_count", [](const inventory& i) { return i.graph().edge_count(); })
      .def_property_readonly("fingerprint",
                             [](const inventory& i) { return i.graph().content_fingerprint(); })
      .def_property_readonly("files", &list_files)
      .def_property_readonly("diagnostics",
                             [](const inventory& i) { return diagnostics_list(i.read->messages); })
      .def("has_node",
           [](const inventory& i, const std::string& id) { return i.graph().find_node(id) != no_index; })
      .def("kinds", &count_kinds)
      .def("node", &find_node, py::arg("id"))
      .def("nodes", &list_nodes, py::arg("kind"))
      .def("edges", &list_edges, py::arg("kind"), py::arg("source"), py::arg("target"));
}

} // namespace crosscut::python

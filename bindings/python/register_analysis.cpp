#include "binding.hpp"

#include <crosscut/analysis/fixes.hpp>
#include <crosscut/analysis/likelihood.hpp>
#include <crosscut/analysis/paths.hpp>
#include <crosscut/analysis/scan.hpp>
#include <crosscut/analysis/verify.hpp>
#include <crosscut/io/answers.hpp>
#include <crosscut/io/tables.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace crosscut::python {

namespace {

using selectors = std::vector<std::string>;

/// A scan's answer also says what became of the files.
struct scan_answer {
  scan_report report;
  inventory of;
};

struct places {
  std::vector<place> list;
};

py::list errors_list(const std::vector<selector_error>& errors) {
  py::list result;
  for (const auto& e : errors)
    result.append(
        py::make_tuple(e.why == selector_error::reason::unknown_node, text(e.message), text(e.hint)));
  return result;
}

distinct distinct_of(const std::string& name) {
  if (name == "steps") return distinct::steps;
  if (name == "facts") return distinct::facts;
  if (name == "nodes") return distinct::nodes;
  if (name == "pairs") return distinct::pairs;
  throw std::invalid_argument("distinct is '" + name + "', must be steps, facts, nodes or pairs");
}

limits bounds_of(std::optional<double> timeout, std::uint64_t max_expansions = 0) {
  limits bounds;
  bounds.timeout = duration(timeout);
  bounds.max_expansions = max_expansions;
  return bounds;
}

// (question, errors)
py::tuple resolve(const attack& a, const selectors& sources, const selectors& targets) {
  auto [asked, errors] = resolve_question(*a.graph, sources, targets);
  return py::make_tuple(std::move(asked), errors_list(errors));
}

// (places, errors)
py::tuple resolve_place_list(const attack& a, const selectors& list) {
  auto [found, errors] = resolve_places(*a.graph, list);
  return py::make_tuple(places{std::move(found)}, errors_list(errors));
}

paths_report ask_paths(const attack& a, const question& asked, std::size_t k, bool per_target,
                       const std::string& by, const places& via, const places& avoid, selectors techniques,
                       std::optional<std::uint32_t> max_hops, std::optional<double> min_probability,
                       std::optional<double> timeout, std::uint64_t max_expansions) {
  paths_options o;
  o.k = k;
  o.per_target = per_target;
  o.by = distinct_of(by);
  o.via = via.list;
  o.avoid = avoid.list;
  o.techniques = std::move(techniques);
  o.max_hops = max_hops;
  o.min_probability = min_probability;
  auto report = long_call(bounds_of(timeout, max_expansions), [&](const limits& bounds) {
    o.bounds = bounds;
    return find_paths(*a.graph, asked, o);
  });
  io::note_left_out(report.head, a.of.read->files);
  return report;
}

likelihood_report ask_likelihood(const attack& a, const question& asked, unsigned max_uncertain,
                                 std::optional<double> timeout) {
  auto report = long_call(bounds_of(timeout), [&](const limits& bounds) {
    return find_likelihood(*a.graph, asked, {max_uncertain, bounds});
  });
  io::note_left_out(report.head, a.of.read->files);
  return report;
}

scan_answer ask_scan(const attack& a, const selectors& sources, const selectors& targets, std::size_t k,
                     std::size_t top, std::optional<double> timeout) {
  auto report = long_call(bounds_of(timeout), [&](const limits& bounds) {
    return scan(*a.graph, sources, targets, {k, top, bounds});
  });
  for (auto* head : {&report.head, &report.paths.head, &report.likelihood.head, &report.fixes.head})
    io::note_left_out(*head, a.of.read->files);
  return {std::move(report), a.of};
}

fixes_report ask_fixes(const attack& a, const selectors& sources, const selectors& targets,
                       std::size_t max_fixes, std::optional<double> timeout) {
  auto report = long_call(bounds_of(timeout), [&](const limits& bounds) {
    return rank_fixes(*a.graph, sources, targets, {max_fixes, bounds});
  });
  io::note_left_out(report.head, a.of.read->files);
  return report;
}

py::list verify_paths(const attack& a, const paths_report& report) {
  std::vector<std::string> problems;
  {
    const py::gil_scoped_release released;
    problems = verify(report, a.graph->inventory(), a.graph->rules());
  }
  return texts(problems);
}

io::text_style style(unsigned width) {
  io::text_style s;
  s.width = width;
  return s;
}

// The rows (id, name, owner, cost, risk before, risk after): fixes have no answer of their own in JSON.
py::list fix_rows(const fixes_report& r) {
  py::list result;
  for (const auto& f : r.fixes)
    result.append(
        py::make_tuple(text(f.id), text(f.name), text(f.owner), f.cost, f.risk_before, f.risk_after));
  return result;
}

py::object limit_row(const report_head& head) {
  if (!head.limit) return py::none();
  return py::make_tuple(text(head.limit->name), head.limit->value, text(head.limit->reached));
}

} // namespace

void register_analysis(py::module_& m) {
  py::class_<question>(m, "Question");
  py::class_<places>(m, "Places");
  py::class_<paths_report>(m, "PathsReport")
      .def("json", [](const paths_report& r) { return text(io::to_json(r)); })
      .def("text", [](const paths_report& r, unsigned width) { return text(io::to_text(r, style(width))); });
  py::class_<likelihood_report>(m, "LikelihoodReport").def("json", [](const likelihood_report& r) {
    return text(io::to_json(r));
  });
  py::class_<scan_answer>(m, "ScanReport")
      .def("json",
           [](const scan_answer& s) {
             return text(io::to_json(s.report, s.of.read->files, s.of.read->messages));
           })
      .def("paths", [](const scan_answer& s) { return s.report.paths; })
      .def("likelihood", [](const scan_answer& s) { return s.report.likelihood; })
      .def("fixes", [](const scan_answer& s) { return s.report.fixes; })
      .def("text", [](const scan_answer& s, unsigned width) {
        return text(io::to_text(s.report, s.of.read->files, s.of.read->messages, style(width)));
      });
  py::class_<fixes_report>(m, "FixesReport")
      .def_property_readonly("rows", &fix_rows)
      .def_property_readonly("complete", [](const fixes_report& r) { return r.head.complete; })
      .def_property_readonly("exact", [](const fixes_report& r) { return r.head.exact; })
      .def_property_readonly("limit", [](const fixes_report& r) { return limit_row(r.head); })
      .def_readonly("offered", &fixes_report::offered)
      .def_readonly("targets_counted", &fixes_report::targets_counted)
      .def_readonly("targets_total", &fixes_report::targets_total);

  m.def("resolve", &resolve, py::arg("graph"), py::arg("sources"), py::arg("targets"));
  m.def("resolve_places", &resolve_place_list, py::arg("graph"), py::arg("selectors"));
  m.def("find_paths", &ask_paths, py::arg("graph"), py::arg("question"), py::kw_only(), py::arg("k"),
        py::arg("per_target"), py::arg("distinct"), py::arg("via"), py::arg("avoid"), py::arg("techniques"),
        py::arg("max_hops"), py::arg("min_probability"), py::arg("timeout"), py::arg("max_expansions"));
  m.def("find_likelihood", &ask_likelihood, py::arg("graph"), py::arg("question"), py::kw_only(),
        py::arg("max_uncertain"), py::arg("timeout"));
  m.def("scan", &ask_scan, py::arg("graph"), py::arg("sources"), py::arg("targets"), py::kw_only(),
        py::arg("k"), py::arg("top"), py::arg("timeout"));
  m.def("rank_fixes", &ask_fixes, py::arg("graph"), py::arg("sources"), py::arg("targets"), py::kw_only(),
        py::arg("max_fixes"), py::arg("timeout"));
  m.def("verify", &verify_paths, py::arg("graph"), py::arg("report"));
}

} // namespace crosscut::python

#include "binding.hpp"

#include <crosscut/base/escape.hpp>
#include <crosscut/io/catalogue.hpp>
#include <crosscut/io/tables.hpp>
#include <crosscut/io/write_inventory.hpp>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace crosscut::python {

namespace {

io::read_options options_of(const std::string& format, bool keep_going) {
  io::read_options o;
  o.format = format;
  o.keep_going = keep_going;
  return o;
}

// (inventory or None, diagnostics)
py::tuple outcome(std::shared_ptr<const io::read_result> result) {
  auto messages = diagnostics_list(result->messages);
  if (!result->inventory) return py::make_tuple(py::none(), messages);
  return py::make_tuple(inventory{std::move(result)}, messages);
}

py::tuple read_files(const std::vector<std::string>& files, const std::string& format, bool keep_going) {
  std::shared_ptr<const io::read_result> result;
  {
    const py::gil_scoped_release released;
    result =
        std::make_shared<const io::read_result>(io::read_inventory(files, options_of(format, keep_going)));
  }
  return outcome(std::move(result));
}

py::tuple read_text(const std::string& document, const std::string& name, const std::string& format) {
  std::shared_ptr<const io::read_result> result;
  {
    const py::gil_scoped_release released;
    std::istringstream in(document);
    result = std::make_shared<const io::read_result>(io::read_inventory(in, name, options_of(format, false)));
  }
  return outcome(std::move(result));
}

// (catalogue or None, diagnostics)
py::tuple read_catalogue_file(const std::string& name) {
  diagnostics messages;
  std::shared_ptr<const catalogue> rules;
  {
    const py::gil_scoped_release released;
    std::ifstream file(name, std::ios::binary);
    if (!file)
      messages.add({severity::error,
                    "cannot-open",
                    name,
                    {},
                    {},
                    quoted(name) + " cannot be read",
                    "a built-in catalogue is one of maestro, generic"});
    else if (auto made = io::read_catalogue(file, name, messages))
      rules = std::make_shared<const catalogue>(std::move(*made));
  }
  return py::make_tuple(rules ? py::cast(catalogue_handle{rules}) : py::object(py::none()),
                        diagnostics_list(messages));
}

py::object builtin(const std::string& name) {
  auto rules = io::builtin_catalogue(name);
  return rules ? py::cast(catalogue_handle{std::move(rules)}) : py::object(py::none());
}

py::str to_opengraph(const inventory& of, bool lines, bool bloodhound_ids) {
  std::ostringstream out;
  {
    const py::gil_scoped_release released;
    io::write_inventory(out, of.graph(), {lines, bloodhound_ids});
  }
  return text(out.view());
}

} // namespace

void register_io(py::module_& m) {
  m.def("read_files", &read_files, py::arg("files"), py::arg("format"), py::arg("keep_going"));
  m.def("read_text", &read_text, py::arg("document"), py::arg("name"), py::arg("format"));
  m.def("builtin_catalogue", &builtin, py::arg("name"));
  m.def("read_catalogue", &read_catalogue_file, py::arg("file"));
  m.def("to_opengraph", &to_opengraph, py::arg("inventory"), py::arg("lines"), py::arg("bloodhound_ids"));
  m.def(
      "escape_for_terminal", [](const std::string& s) { return text(escape_for_terminal(s)); },
      py::arg("text"));
  m.def("percent", &io::percent, py::arg("probability"));
}

} // namespace crosscut::python

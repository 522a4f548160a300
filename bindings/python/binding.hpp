// What the parts of crosscut._core share. The binding converts and nothing else: every answer is computed in
// the library.
#pragma once

#include <crosscut/attack/attack_graph.hpp>
#include <crosscut/base/diagnostic.hpp>
#include <crosscut/base/limits.hpp>
#include <crosscut/io/read.hpp>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

namespace crosscut::python {

namespace py = pybind11;

/// An inventory and what became of the files it was read from. Immutable, so any thread may use it.
struct inventory {
  std::shared_ptr<const io::read_result> read;

  const property_graph& graph() const noexcept { return *read->inventory; }
};

/// An attack graph, which keeps its inventory alive. Immutable, so any thread may use it.
struct attack {
  std::shared_ptr<const attack_graph> graph;
  inventory of;
};

struct catalogue_handle {
  std::shared_ptr<const catalogue> rules;
};

/// UTF-8 as Python text. What is not UTF-8 becomes U+FFFD, so that no input can make showing it fail.
py::str text(std::string_view utf8);
/// A file's name as Python has it (os.fsdecode).
py::str file_name(std::string_view name);
py::list texts(const std::vector<std::string>& list);
py::list diagnostics_list(const diagnostics& messages);

std::optional<std::chrono::steady_clock::duration> duration(std::optional<double> seconds);

/// Runs call(bounds) without the GIL. Ctrl-C (a signal whose Python handler raises) stops it soon and is
/// raised here; the GIL is taken for that look at signals about 20 times a second. Only in the main thread,
/// as Python has it.
template <class Call> auto long_call(limits bounds, Call call) {
  using clock = std::chrono::steady_clock;
  std::stop_source stop;
  bounds.stop = stop.get_token();
  auto last_look = clock::now();
  bounds.on_progress = [&](const progress&) {
    if (stop.stop_requested() || clock::now() - last_look < std::chrono::milliseconds(50)) return;
    last_look = clock::now();
    const py::gil_scoped_acquire gil;
    if (PyErr_CheckSignals() != 0) stop.request_stop();
  };
  auto result = [&] {
    const py::gil_scoped_release released;
    return call(std::as_const(bounds));
  }();
  if (stop.stop_requested()) throw py::error_already_set();
  return result;
}

// One a part, called by module.cpp.
void register_model(py::module_& m);
void register_attack(py::module_& m);
void register_analysis(py::module_& m);
void register_io(py::module_& m);

} // namespace crosscut::python

#include "binding.hpp"

#include <crosscut/version.hpp>

PYBIND11_MODULE(_core, m) {
  m.doc() = "The raw binding of the Crosscut library. Not an interface: use the package crosscut.";
  m.attr("__version__") = CROSSCUT_VERSION;
  crosscut::python::register_model(m);
  crosscut::python::register_attack(m);
  crosscut::python::register_io(m);
  crosscut::python::register_analysis(m);
}

#include "binding.hpp"

namespace crosscut::python {

namespace {

py::str decoded(std::string_view bytes, const char* errors) {
  PyObject* const object = PyUnicode_DecodeUTF8(bytes.data(), static_cast<Py_ssize_t>(bytes.size()), errors);
  if (!object) throw py::error_already_set();
  return py::reinterpret_steal<py::str>(object);
}

py::object position(std::uint32_t n) { return n == 0 ? py::object(py::none()) : py::int_(n); }

} // namespace

py::str text(std::string_view utf8) { return decoded(utf8, "replace"); }

py::str file_name(std::string_view name) { return decoded(name, "surrogateescape"); }

py::list texts(const std::vector<std::string>& list) {
  py::list result;
  for (const auto& t : list) result.append(text(t));
  return result;
}

py::list diagnostics_list(const diagnostics& messages) {
  py::list result;
  for (const auto& d : messages.items())
    result.append(py::make_tuple(text(to_string(d.level)), text(d.code), file_name(d.file),
                                 position(d.position.line), position(d.position.column), text(d.pointer),
                                 text(d.message), text(d.hint)));
  return result;
}

std::optional<std::chrono::steady_clock::duration> duration(std::optional<double> seconds) {
  if (!seconds) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(*seconds));
}

} // namespace crosscut::python

#pragma once

#include "io/json/events.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace crosscut::test {

/// Writes every event down as text, with the position and pointer it was at.
class json_recorder final : public json::sink {
public:
  void document_begin() override { events.push_back("begin"); }
  void document_end() override { events.push_back("end"); }
  void document_failed() override { events.push_back("failed"); }
  void object_begin() override { note("{"); }
  void object_end() override { note("}"); }
  void array_begin() override { note("["); }
  void array_end() override { note("]"); }
  void key(std::string_view name) override { note("key " + std::string(name)); }
  void string(std::string_view value) override { note("string " + std::string(value)); }
  void int64(std::int64_t value) override { note("int64 " + std::to_string(value)); }
  void uint64(std::uint64_t value) override { note("uint64 " + std::to_string(value)); }
  void real(double value) override { note("real " + std::to_string(value)); }
  void boolean(bool value) override { note(value ? "true" : "false"); }
  void null() override { note("null"); }

  std::vector<std::string> events;
  bool with_places = false;
  std::string stop_at;

private:
  void note(std::string event) {
    if (event == stop_at) stop();
    if (with_places) {
      const auto p = position();
      event += " @" + std::to_string(p.line) + ':' + std::to_string(p.column) + ' ' + pointer();
    }
    events.push_back(std::move(event));
  }
};

struct json_outcome {
  json::read_result result;
  std::vector<std::string> events;
  std::vector<std::string> problems; ///< "code line:column pointer"
  friend bool operator==(const json_outcome& a, const json_outcome& b) {
    return a.result.ok == b.result.ok && a.result.documents == b.result.documents && a.events == b.events &&
           a.problems == b.problems;
  }
};

inline json_outcome record(std::string_view input, json::read_options options = {},
                           bool with_places = false) {
  json_recorder r;
  r.with_places = with_places;
  diagnostics d;
  json_outcome o;
  o.result = json::read(input, options, r, d);
  o.events = std::move(r.events);
  for (const auto& x : d.items())
    o.problems.push_back(x.code + ' ' + std::to_string(x.position.line) + ':' +
                         std::to_string(x.position.column) + (x.pointer.empty() ? "" : " " + x.pointer));
  return o;
}

} // namespace crosscut::test

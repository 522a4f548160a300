#include <crosscut/base/diagnostic.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace crosscut;

namespace {

diagnostic make(severity level, std::string code, std::string file = "a.json") {
  diagnostic d;
  d.level = level;
  d.code = std::move(code);
  d.file = std::move(file);
  d.message = "message";
  return d;
}

} // namespace

TEST_CASE("a diagnostic as one line") {
  diagnostic d;
  d.message = "something is wrong";
  CHECK(to_string(d) == "error: something is wrong");
  d.level = severity::warning;
  d.file = "estate.json";
  CHECK(to_string(d) == "estate.json: warning: something is wrong");
  d.position = {3, 0};
  CHECK(to_string(d) == "estate.json:3: warning: something is wrong");
  d.position = {3, 14};
  d.pointer = "/graph/edges/0";
  d.hint = "do it right";
  CHECK(to_string(d) == "estate.json:3:14: warning: something is wrong (at /graph/edges/0); do it right");
  CHECK(to_string(severity::note) == "note");
}

TEST_CASE("diagnostics are kept in order and counted by severity") {
  diagnostics d;
  CHECK_FALSE(d.has_errors());
  d.add(make(severity::warning, "w"));
  d.add(make(severity::note, "n"));
  CHECK_FALSE(d.has_errors());
  d.add(make(severity::error, "e"));
  CHECK(d.has_errors());
  REQUIRE(d.items().size() == 3);
  CHECK(d.items()[0].code == "w");
  CHECK(d.items()[2].code == "e");
  CHECK(d.count(severity::warning) == 1);
}

TEST_CASE("many of one sort are counted, not kept") {
  diagnostics d(2);
  for (int i = 0; i < 5; ++i) d.add(make(severity::error, "e"));
  d.add(make(severity::error, "e", "b.json"));
  d.add(make(severity::warning, "w"));
  CHECK(d.items().size() == 4);
  CHECK(d.count(severity::error) == 6);
  REQUIRE(d.suppressed().size() == 1);
  CHECK(d.suppressed().begin()->first == std::pair<std::string, std::string>("a.json", "e"));
  CHECK(d.suppressed().begin()->second == 3);
}

TEST_CASE("adding up loses no count") {
  diagnostics a(2);
  diagnostics b(2);
  for (int i = 0; i < 4; ++i) b.add(make(severity::error, "e"));
  b.add(make(severity::warning, "w"));
  a.add(make(severity::error, "e"));
  a.add(b);
  CHECK(a.count(severity::error) == 5);
  CHECK(a.count(severity::warning) == 1);
  CHECK(a.items().size() == 3);
  CHECK(a.suppressed().at({"a.json", "e"}) == 3);
}

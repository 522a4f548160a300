#include "json_recorder.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

using namespace crosscut;
using test::record;

namespace {

const std::filesystem::path folder =
    std::filesystem::path(CROSSCUT_TEST_DATA_DIR) / "json_test_suite" / "test_parsing";

// Of the cases that are up to the parser these are accepted: a byte order mark is skipped. All others are
// numbers that do not fit, text that is not UTF-8, or nested deeper than 64.
const std::set<std::string> accepted_by_choice = {"i_structure_UTF-8_BOM_empty_object.json"};
// RFC 8259 leaves what a name that stands twice means to the parser; we refuse it.
const std::set<std::string> refused_by_choice = {"y_object_duplicated_key.json",
                                                 "y_object_duplicated_key_and_value.json"};

std::string content(const std::filesystem::path& p) {
  std::ifstream in(p, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool expected(const std::string& name) {
  if (name[0] == 'i') return accepted_by_choice.contains(name);
  return name[0] == 'y' && !refused_by_choice.contains(name);
}

} // namespace

TEST_CASE("JSONTestSuite: accepted, refused, and decided") {
  std::size_t count[3] = {0, 0, 0};
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    CAPTURE(name);
    const auto o = record(content(entry.path()));
    CHECK(o.result.ok == expected(name));
    CHECK(o.problems.empty() == o.result.ok);
    ++count[name[0] == 'y' ? 0 : name[0] == 'n' ? 1 : 2];
  }
  CHECK(count[0] == 95);
  CHECK(count[1] == 186);
  CHECK(count[2] == 35);
}

TEST_CASE("JSONTestSuite: neither events nor positions depend on how the input is cut") {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    const auto text = content(entry.path());
    const auto whole = record(text, {}, true);
    for (const std::size_t chunk : {1u, 2u, 3u, 7u}) {
      CAPTURE(name);
      CAPTURE(chunk);
      json::read_options options;
      options.chunk = chunk;
      const auto cut = record(text, options, true);
      CHECK(cut.events == whole.events);
      CHECK(cut.problems == whole.problems);
    }
  }
}

TEST_CASE("JSONTestSuite: the two large cases") {
  const auto arrays = record(std::string(100000, '['));
  REQUIRE(arrays.problems.size() == 1);
  std::string pointer; // to the 64th array, which is the first element of 63 others
  for (int i = 0; i < 63; ++i) pointer += "/0";
  CHECK(arrays.problems[0] == "json-depth 1:65 " + pointer);
  std::string mixed;
  for (int i = 0; i < 50000; ++i) mixed += "[{\"\":";
  CHECK(record(mixed).problems.size() == 1);
}

#include <crosscut/io/read.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <set>
#include <sstream>

using namespace crosscut;
using namespace std::string_literals;

namespace {

const std::string folder = CROSSCUT_TEST_DATA_DIR "/opengraph/";

io::read_result read_file(const std::string& name) {
  io::read_options options;
  options.format = "opengraph";
  const std::vector<std::string> files{folder + name};
  return io::read_inventory(files, options);
}

io::read_result read_text(const std::string& text) {
  std::istringstream in(text);
  return io::read_inventory(in, "text");
}

std::vector<diagnostic> only(const io::read_result& r, severity level) {
  std::vector<diagnostic> result;
  for (const auto& d : r.messages.items())
    if (d.level == level) result.push_back(d);
  return result;
}

std::string nodes(const std::string& list) { return R"({"graph": {"nodes": [)" + list + "]}}"; }

// A broken input, and the one error that it gives.
struct defect {
  const char* file;
  const char* code;
  source_position where;
  const char* pointer;
};

// clang-format off
const defect defects[] = {
  {"alias_conflict.json", "opengraph-alias", {2, 2}, "/graph/nodes/1"},
  {"contradiction.json", "contradiction", {2, 2}, ""},
  {"edge_bad_kind.json", "opengraph-kind", {2, 12}, "/graph/edges/0"},
  {"edge_end_text.json", "opengraph-type", {2, 58}, "/graph/edges/0/end"},
  {"edge_no_end.json", "opengraph-missing", {2, 12}, "/graph/edges/0"},
  {"edge_no_kind.json", "opengraph-missing", {2, 12}, "/graph/edges/0"},
  {"edge_null.json", "opengraph-type", {1, 22}, "/graph/edges/0"},
  {"end_empty_value.json", "opengraph-id", {2, 45}, "/graph/edges/0/start/value"},
  {"end_no_value.json", "opengraph-missing", {2, 52}, "/graph/edges/0/start"},
  {"end_number_value.json", "opengraph-type", {2, 45}, "/graph/edges/0/start/value"},
  {"end_twice.json", "opengraph-type", {2, 12}, "/graph/edges/0"},
  {"graph_array.json", "opengraph-type", {1, 27}, "/graph"},
  {"line_edge_no_kind.jsonl", "opengraph-missing", {2, 1}, ""},
  {"line_neither.jsonl", "opengraph-type", {2, 1}, ""},
  {"line_not_object.jsonl", "opengraph-type", {2, 1}, ""},
  {"line_syntax.jsonl", "json-syntax", {2, 23}, "/kinds"},
  {"match_by_name.json", "opengraph-match-by", {2, 48}, "/graph/edges/0/start/match_by"},
  {"match_by_property.json", "opengraph-match-by", {3, 23}, "/graph/edges/0/end/match_by"},
  {"matchers_without_match_by.json", "opengraph-match-by", {2, 96}, "/graph/edges/0/end"},
  {"metadata_text.json", "opengraph-type", {1, 14}, "/metadata"},
  {"neither_nodes_nor_edges.json", "opengraph-missing", {1, 38}, "/graph"},
  {"no_graph.json", "opengraph-missing", {1, 47}, ""},
  {"node_empty_id.json", "opengraph-id", {1, 29}, "/graph/nodes/0/id"},
  {"node_kind_empty.json", "opengraph-kind", {1, 44}, "/graph/nodes/0/kinds/0"},
  {"node_kind_nested.json", "opengraph-type", {1, 44}, "/graph/nodes/0/kinds/0"},
  {"node_kind_number.json", "opengraph-type", {1, 53}, "/graph/nodes/0/kinds/1"},
  {"node_kinds_text.json", "opengraph-type", {1, 43}, "/graph/nodes/0/kinds"},
  {"node_no_id.json", "opengraph-missing", {1, 22}, "/graph/nodes/0"},
  {"node_no_kinds.json", "opengraph-missing", {1, 22}, "/graph/nodes/0"},
  {"node_null_id.json", "opengraph-missing", {1, 22}, "/graph/nodes/0"},
  {"node_number_id.json", "opengraph-type", {1, 29}, "/graph/nodes/0/id"},
  {"node_text.json", "opengraph-type", {1, 22}, "/graph/nodes/0"},
  {"nodes_object.json", "opengraph-type", {1, 21}, "/graph/nodes"},
  {"probability.json", "probability-range", {2, 12}, ""},
  {"properties_list.json", "opengraph-type", {1, 61}, "/graph/nodes/0/properties"},
  {"property_list_in_list.json", "opengraph-property", {1, 68}, "/graph/nodes/0/properties/p/0"},
  {"property_mixed_list.json", "opengraph-property", {1, 71}, "/graph/nodes/0/properties/p/1"},
  {"property_null_in_list.json", "opengraph-property", {1, 73}, "/graph/nodes/0/properties/p/1"},
  {"property_object.json", "opengraph-property", {1, 67}, "/graph/nodes/0/properties/p"},
  {"property_twice.json", "json-duplicate-key", {1, 70}, "/graph/nodes/0/properties/p"},
  {"source_kind_number.json", "opengraph-type", {1, 30}, "/metadata/source_kind"},
  {"top_array.json", "opengraph-type", {1, 1}, ""},
  {"truncated.json", "json-syntax", {2, 1}, "/graph/nodes/0"},
  {"undefined_node.json", "undefined-node", {2, 12}, ""},
};
// clang-format on

} // namespace

TEST_CASE("every broken input gives its one error, with its place") {
  for (const auto& d : defects) {
    CAPTURE(d.file);
    const auto r = read_file("broken/"s + d.file);
    CHECK(r.inventory == nullptr);
    REQUIRE(r.files.size() == 1);
    CHECK_FALSE(r.files[0].used);
    const auto errors = only(r, severity::error);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].code == d.code);
    CHECK(errors[0].file == folder + "broken/" + d.file);
    CHECK(errors[0].position.line == d.where.line);
    CHECK(errors[0].position.column == d.where.column);
    CHECK(errors[0].pointer == d.pointer);
  }
}

TEST_CASE("every broken input on disk is in the table") {
  std::set<std::string> named, there;
  for (const auto& d : defects) named.insert(d.file);
  for (const auto& entry : std::filesystem::directory_iterator(folder + "broken"))
    there.insert(entry.path().filename().string());
  CHECK(named == there);
}

TEST_CASE("a whole document") {
  const auto r = read_file("valid/minimal.json");
  REQUIRE(r.inventory);
  CHECK(r.messages.items().empty());
  const auto& g = *r.inventory;
  REQUIRE(g.node_count() == 2);
  REQUIRE(g.edge_count() == 1);
  CHECK(g.node_id(0) == "mail");
  CHECK(g.kind_name(g.primary_kind(0)) == "InputSource");
  CHECK(as_text(g.node_property(0, "trust").value) == "untrusted");
  CHECK(g.node_id(g.source(0)) == "mail");
  CHECK(g.node_id(g.target(0)) == "triage");
  CHECK(g.kind_name(g.edge_kind(0)) == "Feeds");
  CHECK(r.files[0].nodes == 2);
  CHECK(r.files[0].edges == 1);
  CHECK(r.files[0].format == "opengraph");
}

TEST_CASE("an empty graph is legal") {
  for (const auto* file : {"valid/empty.json", "valid/null_arrays.json"}) {
    CAPTURE(file);
    const auto r = read_file(file);
    REQUIRE(r.inventory);
    CHECK(r.messages.items().empty());
    CHECK(r.inventory->node_count() == 0);
    CHECK(r.inventory->edge_count() == 0);
  }
}

TEST_CASE("a byte order mark is skipped") {
  const auto r = read_file("valid/byte_order_mark.json");
  REQUIRE(r.inventory);
  CHECK(r.messages.items().empty());
  CHECK(r.inventory->find_node("a") == 0);
}

TEST_CASE("lines: nodes and edges in any order, empty lines between") {
  const auto r = read_file("valid/mixed.jsonl");
  REQUIRE(r.inventory);
  CHECK(r.messages.items().empty());
  const auto& g = *r.inventory;
  CHECK(g.node_count() == 2);
  REQUIRE(g.edge_count() == 1);
  CHECK(g.node_id(g.source(0)) == "triage");
  CHECK(as_text(g.node_property(g.find_node("triage"), "autonomy").value) == "supervised");
}

TEST_CASE("every kind of value is kept exactly") {
  const auto r = read_file("valid/all_values.json");
  REQUIRE(r.inventory);
  CHECK(r.messages.items().empty());
  const auto& g = *r.inventory;
  const auto value = [&](std::string_view name) { return g.node_property(g.find_node("A"), name).value; };
  CHECK(g.find_node("A") != g.find_node("a"));
  CHECK(std::get<std::string_view>(value("text")) == "\xc3\xa9\0\xe2\x80\xa8"s);
  CHECK(std::get<bool>(value("yes")));
  CHECK_FALSE(std::get<bool>(value("no")));
  CHECK(std::get<std::int64_t>(value("int")) == std::numeric_limits<std::int64_t>::min());
  CHECK(std::get<std::uint64_t>(value("big")) == std::numeric_limits<std::uint64_t>::max());
  CHECK(std::get<double>(value("real")) == 0.1);
  CHECK(std::get<double>(value("tiny")) == std::numeric_limits<double>::denorm_min());
  CHECK(std::get<double>(value("whole")) == 1.0);
  CHECK(std::signbit(std::get<double>(value("minus"))));
  CHECK(value("missing").index() == 0);
  const auto list = [&](std::string_view name) {
    return std::get<std::span<const scalar_view>>(value(name));
  };
  CHECK(list("none").empty());
  REQUIRE(list("texts").size() == 2);
  CHECK(std::get<std::string_view>(list("texts")[0]) == "a");
  CHECK(std::get<std::string_view>(list("texts")[1]).empty());
  REQUIRE(list("numbers").size() == 3);
  CHECK(std::get<std::int64_t>(list("numbers")[0]) == 1);
  CHECK(std::get<double>(list("numbers")[1]) == 2.5);
  CHECK(std::get<std::uint64_t>(list("numbers")[2]) == std::numeric_limits<std::uint64_t>::max());
  CHECK(list("flags").size() == 2);
  CHECK(g.edge_count() == 3);
}

TEST_CASE("start_id and end_id name the ends too") {
  const auto r = read_file("valid/start_id.json");
  REQUIRE(r.inventory);
  REQUIRE(r.inventory->edge_count() == 1);
  CHECK(r.inventory->node_id(r.inventory->target(0)) == "t");
}

TEST_CASE("ids that an export replaced come back, also where edges come before nodes") {
  const auto r = read_file("valid/aliases.json");
  REQUIRE(r.inventory);
  CHECK(r.messages.items().empty());
  const auto& g = *r.inventory;
  REQUIRE(g.node_count() == 2);
  const auto agent = g.find_node("agent:1");
  REQUIRE(agent != no_index);
  CHECK(g.find_node("xc-plain") != no_index);
  CHECK(g.node_property(agent, "crosscut_id").missing());
  CHECK(as_text(g.node_property(agent, "name").value) == "n");
  REQUIRE(g.edge_count() == 1);
  CHECK(g.source(0) == agent);
  CHECK(as_number(g.edge_property(0, "probability").value) == 0.5);
  const auto list = std::get<std::span<const scalar_view>>(g.edge_property(0, "list").value);
  REQUIRE(list.size() == 1);
  CHECK(std::get<std::string_view>(list[0]) == "q");
}

TEST_CASE("an alias holds in its own file only") {
  const auto r = read_text(R"({"id": "xc-1", "kinds": [], "properties": {"crosscut_id": ""}})"
                           "\n"
                           R"({"id": "plain", "kinds": [], "properties": {"crosscut_id": "other"}})");
  REQUIRE(r.inventory);
  CHECK(r.inventory->find_node("xc-1") != no_index);
  CHECK(r.inventory->find_node("plain") != no_index);
  CHECK(r.inventory->find_node("other") == no_index);
}

TEST_CASE("what is kept or ignored with a warning") {
  const auto r = read_file("valid/warnings.json");
  REQUIRE(r.inventory);
  std::multiset<std::string> codes, pointers;
  for (const auto& d : only(r, severity::warning)) {
    codes.insert(d.code);
    if (d.code == "ignored") pointers.insert(d.pointer);
  }
  CHECK(codes.count("opengraph-kinds") == 1);
  CHECK(codes.count("opengraph-objectid") == 1);
  CHECK(pointers == std::multiset<std::string>{"/version", "/metadata/by", "/graph/nodes/0/label",
                                               "/graph/edges/0/start/kind", "/graph/edges/0/id"});
  CHECK(r.inventory->node_kinds(0).size() == 4);
  CHECK(as_text(r.inventory->node_property(0, "objectid").value) == "a");
}

TEST_CASE("all problems of a file are reported") {
  const auto r = read_text(nodes(R"({"kinds": 1}, {"id": "", "kinds": ["x", 2]}, "n")"));
  CHECK(r.inventory == nullptr);
  std::multiset<std::string> pointers;
  for (const auto& d : only(r, severity::error)) pointers.insert(d.pointer);
  CHECK(pointers == std::multiset<std::string>{"/graph/nodes/0", "/graph/nodes/0/kinds", "/graph/nodes/1/id",
                                               "/graph/nodes/1/kinds/1", "/graph/nodes/2"});
}

TEST_CASE("a broken line does not hide the next one's problem") {
  const auto r = read_text("{\"id\": \"a\", \"kinds\": []}\n{\"id\": }\n{\"id\": 1, \"kinds\": []}\n");
  const auto errors = only(r, severity::error);
  REQUIRE(errors.size() == 2);
  CHECK(errors[0].position.line == 2);
  CHECK(errors[1].position.line == 3);
}

TEST_CASE("a node keeps nothing of the one before it") {
  const auto r = read_text(
      nodes(R"({"id": "a", "kinds": ["K"], "properties": {"p": [1, 2]}}, {"id": "b", "kinds": []})"));
  REQUIRE(r.inventory);
  CHECK(r.inventory->node_kinds(1).empty());
  CHECK(r.inventory->node_property(1, "p").missing());
}

TEST_CASE("long texts and many properties in one record") {
  std::string properties;
  for (int i = 0; i < 500; ++i)
    properties += (i ? ",\"p" : "\"p") + std::to_string(i) + "\": \"" + std::string(1000, 'x') +
                  std::to_string(i) + '"';
  const auto r = read_text(nodes(R"({"id": "a", "kinds": [], "properties": {)" + properties + "}}"));
  REQUIRE(r.inventory);
  CHECK(r.inventory->node_key_count() == 500);
  for (int i = 0; i < 500; ++i)
    CHECK(as_text(r.inventory->node_property(0, "p" + std::to_string(i)).value) ==
          std::string(1000, 'x') + std::to_string(i));
}

TEST_CASE("names that an attacker invents do not fill the memory with warnings") {
  std::string members;
  for (int i = 0; i < 5000; ++i) members += ",\"m" + std::to_string(i) + "\": {}";
  const auto r = read_text(nodes(R"({"id": "a", "kinds": [])" + members + "}"));
  REQUIRE(r.inventory);
  CHECK(r.messages.items().size() == 100);
  CHECK(r.messages.count(severity::warning) == 5000);
}

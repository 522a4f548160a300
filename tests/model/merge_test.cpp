#include "build.hpp"

#include <cmath>
#include <limits>

using namespace crosscut;
using namespace crosscut::test;
using namespace std::string_literals;

namespace {

// One node's property as two records say it, in one file or in two.
struct merged {
  std::optional<property_graph> graph;
  diagnostics problems;
  value_view value(std::string_view name) const { return graph->node_property(0, name).value; }
};

merged merge(const property_view& first, const property_view& second, bool two_files) {
  inventory_builder b;
  b.begin_file("one");
  add(b, node_text{"n", {"Agent"}, {first}}, {1, 1});
  if (two_files) b.begin_file("two");
  add(b, node_text{"n", {"Agent"}, {second}}, {2, 1});
  merged m;
  m.graph = std::move(b).freeze(m.problems);
  return m;
}

} // namespace

TEST_CASE("between files the later value wins, with a warning that names both places") {
  const auto m = merge({"p", "x"}, {"p", std::int64_t{2}}, true);
  REQUIRE(m.graph);
  CHECK(same_value(m.value("p"), value_view{std::int64_t{2}}));
  REQUIRE(codes(m.problems) == std::vector{"overridden"s});
  const auto& d = m.problems.items()[0];
  CHECK(d.level == severity::warning);
  CHECK(d.file == "two");
  CHECK(d.position == source_position{2, 1});
  CHECK(d.message.find("\"one\" line 1") != std::string::npos);
}

TEST_CASE("inside a file two values are an error") {
  const auto m = merge({"p", "x"}, {"p", "y"}, false);
  CHECK_FALSE(m.graph);
  REQUIRE(codes(m.problems) == std::vector{"contradiction"s});
  CHECK(m.problems.items()[0].level == severity::error);
  CHECK(m.problems.items()[0].position == source_position{2, 1});
}

TEST_CASE("the same value twice is nothing, also as another form of the number") {
  for (const bool two_files : {false, true}) {
    CHECK(merge({"p", std::int64_t{1}}, {"p", 1.0}, two_files).problems.items().empty());
    CHECK(merge({"p", std::uint64_t{1}}, {"p", std::int64_t{1}}, two_files).problems.items().empty());
    CHECK(merge({"p", "x"}, {"p", "x"}, two_files).problems.items().empty());
    CHECK(merge({"p", value_view{}}, {"p", "x"}, two_files).problems.items().empty());
    CHECK(merge({"p", "x"}, {"p", value_view{}}, two_files).problems.items().empty());
  }
  CHECK(codes(merge({"p", true}, {"p", "true"}, false).problems) == std::vector{"contradiction"s});
  CHECK(codes(merge({"p", std::int64_t{1}}, {"p", "1"}, false).problems) == std::vector{"contradiction"s});
}

TEST_CASE("every contradiction of many records is told") {
  inventory_builder b;
  for (int i = 0; i < 100; ++i) add(b, node_text{"n" + std::to_string(i), {"K"}, {{"p", std::int64_t{i}}}});
  for (int i = 0; i < 100; ++i)
    add(b, node_text{"n" + std::to_string(i), {"K"}, {{"p", std::int64_t{i % 10}}}});
  diagnostics problems;
  CHECK_FALSE(std::move(b).freeze(problems).has_value());
  CHECK(problems.count(severity::error) == 90);
}

TEST_CASE("observed adds up, exactly, in one file and between files") {
  for (const bool two_files : {false, true}) {
    const auto m = merge({"observed", std::int64_t{3}}, {"observed", std::int64_t{4}}, two_files);
    REQUIRE(m.graph);
    CHECK(m.problems.items().empty());
    CHECK(same_value(m.value("observed"), value_view{std::int64_t{7}}));
  }
  const auto large = merge({"observed", std::int64_t{1} << 60}, {"observed", std::int64_t{1}}, true);
  CHECK(same_value(large.value("observed"), value_view{(std::int64_t{1} << 60) + 1}));
  const auto fraction = merge({"observed", 0.5}, {"observed", std::int64_t{1}}, true);
  CHECK(same_value(fraction.value("observed"), value_view{1.5}));
  const auto most =
      merge({"observed", std::numeric_limits<std::uint64_t>::max()}, {"observed", std::int64_t{1}}, true);
  CHECK(same_value(most.value("observed"), value_view{0x1p64}));
}

TEST_CASE("the same count in two records is two observations") {
  CHECK(
      same_value(merge({"observed", std::int64_t{5}}, {"observed", std::int64_t{5}}, true).value("observed"),
                 value_view{std::int64_t{10}}));
}

TEST_CASE("first_seen and last_seen take the extremes, in either order") {
  for (const bool two_files : {false, true})
    for (const bool turned : {false, true}) {
      const property_view early{"first_seen", "2024-05-01"}, late{"first_seen", "2025-01-01"};
      const auto first = turned ? merge(late, early, two_files) : merge(early, late, two_files);
      CHECK(first.problems.items().empty());
      CHECK(as_text(first.value("first_seen")) == "2024-05-01");
      const property_view before{"last_seen", std::int64_t{9}}, after{"last_seen", std::int64_t{10}};
      const auto last = turned ? merge(after, before, two_files) : merge(before, after, two_files);
      CHECK(as_number(last.value("last_seen")) == 10);
    }
}

TEST_CASE("kinds unite in order, the first is primary") {
  inventory_builder b;
  add(b, node_text{"n", {"Agent", "Bot"}});
  add(b, node_text{"n", {"Bot", "Tool", "Agent"}});
  add(b, node_text{"n", {}});
  add(b, node_text{"m", {}});
  add(b, node_text{"m", {"Tool", "Tool"}});
  const auto g = frozen(std::move(b));
  const auto names = [&](std::string_view id) {
    std::vector<std::string> result;
    for (const auto k : g.node_kinds(g.find_node(id))) result.emplace_back(g.kind_name(k));
    return result;
  };
  CHECK(names("n") == std::vector{"Agent"s, "Bot"s, "Tool"s});
  CHECK(names("m") == std::vector{"Tool"s});
  CHECK(g.kind_name(g.primary_kind(g.find_node("n"))) == "Agent");
}

TEST_CASE("edges merge by kind, source, target and key") {
  inventory_builder b;
  for (const auto* id : {"a", "b"}) add(b, node_text{id, {"K"}});
  b.begin_file("configuration");
  add(b, edge_text{"Calls_", "a", "b", {{"p", std::int64_t{1}}}});
  add(b, edge_text{"Calls_", "a", "b", {{"key", "x"}, {"p", std::int64_t{2}}}});
  add(b, edge_text{"Calls_", "a", "b", {{"key", "y"}}});
  b.begin_file("trace");
  add(b, edge_text{"Calls_", "a", "b", {{"observed", std::int64_t{3}}}});
  add(b, edge_text{"Calls_", "a", "b", {{"key", "x"}, {"observed", std::int64_t{4}}}});
  add(b, edge_text{"Calls_", "a", "b", {{"key", ""}, {"observed", std::int64_t{5}}}});
  const auto g = frozen(std::move(b));
  REQUIRE(g.edge_count() == 3);
  CHECK(g.edge_key(0).empty());
  CHECK(g.edge_key(1) == "x");
  CHECK(g.edge_key(2) == "y");
  CHECK(as_number(g.edge_property(0, "p").value) == 1);
  CHECK(as_number(g.edge_property(0, "observed").value) == 8);
  CHECK(as_number(g.edge_property(1, "observed").value) == 4);
  CHECK(g.edge_property(2, "observed").missing());
}

TEST_CASE("a key that is a number is its text") {
  inventory_builder b;
  add(b, node_text{"a", {"K"}});
  add(b, edge_text{"E", "a", "a", {{"key", std::int64_t{2}}}});
  add(b, edge_text{"E", "a", "a", {{"key", std::int64_t{1}}}});
  const auto g = frozen(std::move(b));
  REQUIRE(g.edge_count() == 2);
  CHECK(g.edge_key(0) == "1");
  CHECK(g.edge_key(1) == "2");
}

TEST_CASE("an edge says its place and its ends in messages") {
  inventory_builder b;
  b.begin_file("f");
  add(b, node_text{"z", {"K"}});
  add(b, node_text{"a", {"K"}});
  add(b, edge_text{"E", "z", "a", {{"p", std::int64_t{1}}}}, {3, 1});
  add(b, edge_text{"E", "a", "z"}, {4, 1});
  add(b, edge_text{"E", "z", "a", {{"p", std::int64_t{2}}}}, {5, 1});
  diagnostics problems;
  CHECK_FALSE(std::move(b).freeze(problems).has_value());
  REQUIRE(problems.items().size() == 1);
  CHECK(problems.items()[0].position == source_position{5, 1});
  CHECK(problems.items()[0].message ==
        R"(property "p" of edge "E" from "z" to "a" is 2 here and 1 in line 3 of the same file)");
}

TEST_CASE("messages stay short, however long the list or text") {
  const std::vector<scalar_view> list(10'000, scalar_view{std::int64_t{1}});
  const std::string text(10'000, 'x');
  const auto m = merge({"p", std::span(list)}, {"p", text}, false);
  REQUIRE(m.problems.items().size() == 1);
  CHECK(m.problems.items()[0].message.size() < 400);
  CHECK(m.problems.items()[0].message.find("9992 more") != std::string::npos);
}

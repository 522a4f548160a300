#include "build.hpp"

#include <limits>
#include <set>

using namespace crosscut;
using namespace crosscut::test;
using namespace std::string_literals;

namespace {

std::string fingerprint_of(const properties& with) {
  inventory_builder b;
  add(b, node_text{"n", {"K"}, with});
  return frozen(std::move(b)).content_fingerprint();
}

} // namespace

TEST_CASE("three-valued facts: missing, not assessed, assessed") {
  inventory_builder b;
  add(b, node_text{"good", {"InputSource"}, {{"trust", "untrusted"}}});
  add(b, node_text{"odd", {"InputSource"}, {{"trust", "sort of"}}});
  add(b, node_text{"silent", {"InputSource"}});
  add(b, node_text{"other", {"Widget"}, {{"trust", "sort of"}}});
  diagnostics problems;
  const auto g = std::move(b).freeze(problems);
  REQUIRE(g.has_value());
  CHECK(codes(problems) == std::vector{"not-in-vocabulary"s});
  const auto fact = [&](std::string_view id) { return g->node_property(g->find_node(id), "trust"); };
  CHECK(fact("good").assessed());
  CHECK_FALSE(fact("odd").assessed());
  CHECK_FALSE(fact("odd").missing());
  CHECK(as_text(fact("odd").value) == "sort of");
  CHECK(fact("silent").missing());
  CHECK_FALSE(fact("silent").assessed());
  CHECK(fact("other").assessed()); // no vocabulary for other kinds
  CHECK(g->node_property(0, "no such").missing());
}

TEST_CASE("a probability outside [0, 1] is an error, one that is no number not assessed") {
  const auto freeze = [](const value_view& p, diagnostics& problems) {
    inventory_builder b;
    add(b, node_text{"a", {"K"}});
    add(b, edge_text{"E", "a", "a", {{"probability", p}}});
    return std::move(b).freeze(problems);
  };
  for (const double bad : {-0.001, 1.001}) {
    diagnostics problems;
    CHECK_FALSE(freeze(bad, problems).has_value());
    CHECK(codes(problems) == std::vector{"probability-range"s});
  }
  for (const double good : {0.0, 1.0}) {
    diagnostics problems;
    CHECK(freeze(good, problems).has_value());
    CHECK(problems.items().empty());
  }
  diagnostics problems;
  const auto g = freeze("likely", problems);
  REQUIRE(g.has_value());
  CHECK_FALSE(g->edge_property(0, "probability").assessed());
}

TEST_CASE("columns give back every value, whether few, half or all have it") {
  constexpr index_t n = 64;
  for (const index_t step : {1u, 2u, 3u, 64u}) {
    CAPTURE(step);
    inventory_builder b;
    const auto id = [](index_t i) {
      return std::string(1, static_cast<char>('A' + i / 8)) + static_cast<char>('a' + i % 8);
    };
    for (index_t i = 0; i < n; ++i)
      add(b, node_text{id(i),
                       {"K"},
                       i % step ? properties{}
                                : properties{{"p", std::int64_t{i}}, {"q", "t" + std::to_string(i)}}});
    const auto g = frozen(std::move(b));
    const auto key = g.find_node_key("p");
    for (index_t i = 0; i < n; ++i) {
      const auto f = g.node_property(g.find_node(id(i)), key);
      if (i % step)
        CHECK(f.missing());
      else
        CHECK(same_value(f.value, value_view{std::int64_t{i}}));
      CHECK(g.node_property(i, "q").missing() == (i % step != 0));
    }
    const auto rows = g.node_property_rows();
    for (index_t v = 0; v < n; ++v) {
      const auto keys = rows.keys(v);
      CHECK(keys.size() == (g.node_property(v, key).missing() ? 0 : 2));
      for (const auto k : keys) CHECK_FALSE(g.node_property(v, k).missing());
    }
  }
}

TEST_CASE("a column of many records that merge into few values") {
  inventory_builder b;
  for (int i = 0; i < 100; ++i) add(b, node_text{"n" + std::to_string(i), {"K"}});
  for (int round = 0; round < 50; ++round)
    for (const auto* id : {"n7", "n3"}) add(b, node_text{id, {"K"}, {{"observed", std::int64_t{1}}}});
  const auto g = frozen(std::move(b));
  const auto key = g.find_node_key("observed");
  CHECK(as_number(g.node_property(g.find_node("n3"), key).value) == 50);
  CHECK(as_number(g.node_property(g.find_node("n7"), key).value) == 50);
  CHECK(g.node_property(g.find_node("n8"), key).missing());
}

TEST_CASE("lists keep their elements and types") {
  const std::vector<scalar_view> mixed{true, std::int64_t{-1}, std::numeric_limits<std::uint64_t>::max(), 0.5,
                                       "text"};
  const std::vector<scalar_view> none;
  inventory_builder b;
  add(b, node_text{"a", {"K"}, {{"l", std::span(mixed)}, {"none", std::span(none)}}});
  add(b, node_text{"b", {"K"}, {{"l", std::span(mixed).first(2)}}});
  const auto g = frozen(std::move(b));
  CHECK(same_value(g.node_property(0, "l").value, value_view{std::span(mixed)}));
  CHECK(same_value(g.node_property(1, "l").value, value_view{std::span(mixed).first(2)}));
  CHECK(std::get<std::span<const scalar_view>>(g.node_property(0, "none").value).empty());
  CHECK_FALSE(g.node_property(0, "none").missing());
}

TEST_CASE("layers: the property before the kind, a broken property not at all") {
  inventory_builder b;
  add(b, node_text{"a", {"Agent"}});
  add(b, node_text{"b", {"Agent"}, {{"layer", "L7"}}});
  add(b, node_text{"c", {"Agent"}, {{"layer", "L9"}}});
  add(b, node_text{"d", {"Widget"}});
  diagnostics problems;
  const auto g = std::move(b).freeze(problems);
  REQUIRE(g.has_value());
  CHECK(g->node_layer(0) == layer::l3);
  CHECK(g->node_layer(1) == layer::l7);
  CHECK(g->node_layer(2) == layer::l3);
  CHECK(g->node_layer(3) == layer::none);
}

TEST_CASE("display names, and which nodes were collected whole") {
  inventory_builder b;
  add(b, node_text{"a", {"Agent"}, {{"name", "The agent"}, {"collected", true}}});
  add(b, node_text{"b", {"Agent"}, {{"name", std::int64_t{5}}, {"collected", false}}});
  add(b, node_text{"c", {"Agent"}});
  const auto g = frozen(std::move(b));
  CHECK(g.display_name(0) == "The agent");
  CHECK(g.display_name(1) == "b");
  CHECK(g.display_name(2) == "c");
  CHECK(g.collected(0));
  CHECK_FALSE(g.collected(1));
  CHECK_FALSE(g.collected(2));
}

TEST_CASE("a known edge kind between other endpoints is a warning, and kept") {
  inventory_builder b;
  b.begin_file("f");
  add(b, node_text{"a", {"Agent"}});
  add(b, node_text{"t", {"Tool"}});
  add(b, node_text{"p", {"Person"}});
  add(b, edge_text{"Calls", "a", "t"}, {1, 1});
  add(b, edge_text{"Calls", "a", "p"}, {2, 1});
  add(b, edge_text{"Calls", "p", "t"}, {3, 1});
  add(b, edge_text{"Anything", "p", "t"}, {4, 1});
  diagnostics problems;
  const auto g = std::move(b).freeze(problems);
  REQUIRE(g.has_value());
  CHECK(g->edge_count() == 4);
  REQUIRE(codes(problems) == std::vector{"edge-endpoints"s, "edge-endpoints"s});
  CHECK(problems.items()[0].position == source_position{2, 1});
  CHECK(problems.items()[1].position == source_position{3, 1});
}

TEST_CASE("views outlive a move of the graph") {
  inventory_builder b;
  add(b, node_text{"some node with a long id",
                   {"Agent"},
                   {{"name", "a name that is long enough not to be kept in place"}}});
  auto g = frozen(std::move(b));
  const auto id = g.node_id(0), name = g.display_name(0);
  const auto moved = std::move(g);
  CHECK(id == "some node with a long id");
  CHECK(name.data() == moved.display_name(0).data());
}

TEST_CASE("the fingerprint tells contents apart") {
  const std::vector<scalar_view> one{std::int64_t{1}}, text{"1"}, two{"a", "b"}, joined{"a, b"};
  const auto text_a = std::string(500, 'x') + "a", text_b = std::string(500, 'x') + "b";
  const std::vector<scalar_view> long_a{text_a}, long_b{text_b};
  std::set<std::string> seen;
  const std::vector<properties> contents{
      {},
      {{"p", true}},
      {{"p", false}},
      {{"p", "true"}},
      {{"p", std::int64_t{1}}},
      {{"p", "1"}},
      {{"p", std::span(one)}},
      {{"p", std::span(text)}},
      {{"p", "[1]"}},
      {{"p", std::span(two)}},
      {{"p", std::span(joined)}},
      {{"p", std::span(long_a)}},
      {{"p", std::span(long_b)}},
      {{"p", std::int64_t{-1}}},
      {{"p", -1.5}},
      {{"p", std::int64_t{9007199254740993}}},
      {{"p", std::int64_t{9007199254740992}}},
      {{"p", std::numeric_limits<std::uint64_t>::max()}},
      {{"p", 0x1p64}},
      {{"q", std::int64_t{1}}},
      {{"p", std::int64_t{1}}, {"q", std::int64_t{1}}},
      {{"p", ""}},
      {{"p", std::span<const scalar_view>{}}},
  };
  for (const auto& c : contents) seen.insert(fingerprint_of(c));
  CHECK(seen.size() == contents.size());
}

TEST_CASE("the fingerprint does not see the form of a number, nor files, nor reading order") {
  CHECK(fingerprint_of({{"p", std::int64_t{1}}}) == fingerprint_of({{"p", 1.0}}));
  CHECK(fingerprint_of({{"p", std::int64_t{-3}}}) == fingerprint_of({{"p", -3.0}}));
  CHECK(fingerprint_of({{"p", std::int64_t{0}}}) == fingerprint_of({{"p", -0.0}}));
  CHECK(fingerprint_of({{"p", value_view{}}}) == fingerprint_of({}));
  inventory_builder one, two;
  one.begin_file("x");
  add(one, node_text{"a", {"K"}}), add(one, node_text{"b", {"K"}});
  two.begin_file("y");
  add(two, node_text{"b", {"K"}});
  two.begin_file("z");
  add(two, node_text{"a", {"K"}});
  CHECK(frozen(std::move(one)).content_fingerprint() == frozen(std::move(two)).content_fingerprint());
}

TEST_CASE("the fingerprint sees kinds, edges and keys") {
  const auto of = [](const kind_names& k, const std::vector<edge_text>& edges) {
    inventory_builder b;
    add(b, node_text{"a", k});
    add(b, node_text{"b", {"K"}});
    for (const auto& e : edges) add(b, e);
    return frozen(std::move(b)).content_fingerprint();
  };
  const std::set<std::string> seen{of({}, {}),
                                   of({"K"}, {}),
                                   of({"L"}, {}),
                                   of({"K", "L"}, {}),
                                   of({"L", "K"}, {}),
                                   of({"K"}, {{"E", "a", "b"}}),
                                   of({"K"}, {{"E", "b", "a"}}),
                                   of({"K"}, {{"F", "a", "b"}}),
                                   of({"K"}, {{"E", "a", "b", {{"key", "x"}}}}),
                                   of({"K"}, {{"E", "a", "b", {{"key", "y"}}}})};
  CHECK(seen.size() == 10);
}

TEST_CASE("memory usage grows with the graph and is of its order") {
  inventory_builder small, large;
  for (int i = 0; i < 10'000; ++i) {
    const auto id = "node-" + std::to_string(i);
    if (i < 100) add(small, node_text{id, {"K"}});
    add(large, node_text{id, {"K"}});
  }
  const auto few = frozen(std::move(small)).memory_usage(), many = frozen(std::move(large)).memory_usage();
  CHECK(many > few);
  CHECK(many < 10'000 * 150);
}

TEST_CASE("many kinds and many property names cost what they are, not their product") {
  inventory_builder b;
  for (int i = 0; i < 60'000; ++i) {
    const auto number = std::to_string(i), kind = "K" + number, property = "p" + number;
    add(b, node_text{number, {kind}, {{property, true}}});
  }
  const auto g = frozen(std::move(b));
  CHECK(g.kind_count() == 60'000);
  CHECK(g.node_key_count() == 60'000);
  const auto v = g.find_node("59999");
  CHECK(as_bool(g.node_property(v, "p59999").value) == true);
  CHECK(g.node_property(v, "p1").missing());
}

#include <crosscut/model/schema.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace crosscut;

TEST_CASE("every node kind is found by name and has a layer") {
  CHECK(schema::node_kinds().size() == 17);
  for (const auto& k : schema::node_kinds()) {
    CAPTURE(k.name);
    CHECK(schema::find_node_kind(k.name) == &k);
    CHECK(k.home != layer::none);
  }
  CHECK(schema::find_node_kind("agent") == nullptr);
  CHECK(schema::find_node_kind("") == nullptr);
  CHECK(schema::find_node_kind("Zebra") == nullptr);
}

TEST_CASE("edge kinds name only node kinds that exist") {
  CHECK(schema::edge_kinds().size() == 21);
  for (const auto& e : schema::edge_kinds()) {
    CAPTURE(e.name);
    CHECK(schema::find_edge_kind(e.name) == &e);
    for (const auto& list : {e.from, e.to, e.not_to})
      for (const auto kind : list) CHECK(schema::find_node_kind(kind) != nullptr);
  }
  CHECK(schema::find_edge_kind("calls") == nullptr);
}

TEST_CASE("which ends the table allows") {
  CHECK(schema::allows("Calls", "Agent", "Tool"));
  CHECK(schema::allows("Calls", "Tool", "McpServer"));
  CHECK_FALSE(schema::allows("Calls", "Person", "Tool"));
  CHECK_FALSE(schema::allows("Calls", "Agent", "Action"));
  CHECK(schema::allows("CanAccess", "Identity", "DataStore"));
  CHECK_FALSE(schema::allows("CanAccess", "Identity", "Person"));
  CHECK_FALSE(schema::allows("CanAccess", "Identity", "InputSource"));
  CHECK(schema::allows("Guards", "Control", "Whatever"));
  CHECK(schema::allows("Holds", "Whatever", "Secret"));
  CHECK(schema::allows("NotInTheTable", "x", "y"));
}

TEST_CASE("properties are read on kinds that exist") {
  for (const auto& p : schema::properties()) {
    CAPTURE(p.name);
    for (const auto kind : p.on)
      CHECK((schema::find_node_kind(kind) != nullptr || schema::find_edge_kind(kind) != nullptr));
    const bool chooses = p.type == schema::value_type::choice || p.type == schema::value_type::choice_list;
    CHECK(chooses == !p.choices.empty());
    CHECK_FALSE(schema::describe(p).empty());
  }
}

TEST_CASE("a rule holds on its kinds only") {
  CHECK(schema::find_property("trust", "InputSource") != nullptr);
  CHECK(schema::find_property("trust", "Action") == nullptr);
  CHECK(schema::find_property("probability", "AnyEdge") != nullptr);
  CHECK(schema::find_property("nonsense", "Agent") == nullptr);
}

TEST_CASE("vocabularies and ranges") {
  const auto ok = [](std::string_view name, std::string_view kind, const value_view& v) {
    const auto* rule = schema::find_property(name, kind);
    REQUIRE(rule != nullptr);
    return schema::in_vocabulary(*rule, v);
  };
  const std::vector<scalar_view> known{"writes", "network"}, partly{"writes", "flies"}, numbers{1.0};
  CHECK(ok("trust", "InputSource", "partner"));
  CHECK_FALSE(ok("trust", "InputSource", "Partner"));
  CHECK_FALSE(ok("trust", "InputSource", std::int64_t{1}));
  CHECK(ok("impact", "Action", std::int64_t{10}));
  CHECK(ok("impact", "Action", 0.0));
  CHECK_FALSE(ok("impact", "Action", 10.5));
  CHECK_FALSE(ok("impact", "Action", "10"));
  CHECK(ok("audience_bound", "Secret", false));
  CHECK_FALSE(ok("audience_bound", "Secret", "false"));
  CHECK(ok("capabilities", "Tool", std::span(known)));
  CHECK(ok("capabilities", "Tool", "writes"));
  CHECK_FALSE(ok("capabilities", "Tool", std::span(partly)));
  CHECK(ok("capabilities", "Tool", std::span<const scalar_view>{}));
  CHECK_FALSE(ok("scopes", "Identity", std::span(numbers)));
  CHECK(ok("scopes", "Identity", std::span(known)));
  CHECK_FALSE(ok("observed", "Calls", std::int64_t{-1}));
}

TEST_CASE("layers by name and back") {
  CHECK(to_string(layer::l1) == "L1");
  CHECK(layer_name(layer::l3) == "Agent Frameworks");
  CHECK(to_string(layer::none).empty());
  for (const auto* text : {"L1", "L2", "L3", "L4", "L5", "L6", "L7"})
    CHECK(to_string(parse_layer(text)) == text);
  for (const auto* text : {"", "L0", "L8", "l1", "L11"}) CHECK(parse_layer(text) == layer::none);
}

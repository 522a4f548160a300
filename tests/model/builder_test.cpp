#include "build.hpp"

#include <algorithm>
#include <random>

using namespace crosscut;
using namespace crosscut::test;
using namespace std::string_literals;

namespace {

// Everything that can be asked of a graph, as text: equal texts, equal graphs.
std::string describe(const property_graph& g) {
  std::string text;
  const auto facts = [&](index_t keys, auto name, auto fact) {
    for (index_t k = 0; k < keys; ++k)
      if (const auto f = fact(k); !f.missing())
        text += " " + std::string(name(k)) + "=" + to_text(f.value) + (f.in_vocabulary ? "" : "?");
    text += '\n';
  };
  for (index_t v = 0; v < g.node_count(); ++v) {
    text +=
        std::to_string(v) + ' ' + std::string(g.node_id(v)) + ' ' + std::string(to_string(g.node_layer(v)));
    for (const auto k : g.node_kinds(v)) text += ' ' + std::to_string(k) + std::string(g.kind_name(k));
    facts(
        g.node_key_count(), [&](index_t k) { return g.node_key_name(k); },
        [&](index_t k) { return g.node_property(v, k); });
  }
  for (index_t e = 0; e < g.edge_count(); ++e) {
    text += std::to_string(e) + ' ' + std::to_string(g.source(e)) + ' ' +
            std::string(g.kind_name(g.edge_kind(e))) + ' ' + std::to_string(g.target(e)) + ' ' +
            std::string(g.edge_key(e));
    facts(
        g.edge_key_count(), [&](index_t k) { return g.edge_key_name(k); },
        [&](index_t k) { return g.edge_property(e, k); });
  }
  return text + g.content_fingerprint();
}

} // namespace

TEST_CASE("an empty builder gives an empty graph") {
  const auto g = frozen({});
  CHECK(g.node_count() == 0);
  CHECK(g.edge_count() == 0);
  CHECK(g.kind_count() == 0);
  CHECK(g.find_node("a") == no_index);
  CHECK(g.find_kind("Agent") == property_graph::no_kind);
  CHECK(g.find_node_key("name") == no_index);
}

TEST_CASE("nodes are numbered by id, edges by source, kind, target and key, bytewise") {
  inventory_builder b;
  for (const auto* id : {"b", "a", "\xc3\xa9", "B", "ab"}) add(b, node_text{id, {"K"}});
  add(b, edge_text{"Z", "a", "b"});
  add(b, edge_text{"Y", "a", "b", {{"key", "2"}}});
  add(b, edge_text{"Y", "a", "b", {{"key", "10"}}});
  add(b, edge_text{"Y", "a", "b"});
  add(b, edge_text{"Y", "a", "ab"});
  add(b, edge_text{"Y", "B", "a"});
  const auto g = frozen(std::move(b));
  REQUIRE(g.node_count() == 5);
  const char* const ids[] = {"B", "a", "ab", "b", "\xc3\xa9"};
  for (index_t v = 0; v < 5; ++v) {
    CHECK(g.node_id(v) == ids[v]);
    CHECK(g.find_node(ids[v]) == v);
  }
  std::vector<std::string> edges;
  for (index_t e = 0; e < g.edge_count(); ++e)
    edges.push_back(std::string(g.node_id(g.source(e))) + ' ' + std::string(g.kind_name(g.edge_kind(e))) +
                    ' ' + std::string(g.node_id(g.target(e))) + ' ' + std::string(g.edge_key(e)));
  CHECK(edges == std::vector<std::string>{"B Y a ", "a Y ab ", "a Y b ", "a Y b 10", "a Y b 2", "a Z b "});
}

TEST_CASE("the order of reading inside a file changes nothing") {
  std::mt19937 random(7);
  const char* const keys[] = {"k0", "k1", "k2"};
  std::vector<node_text> nodes;
  std::vector<edge_text> edges;
  for (int i = 0; i < 40; ++i)
    nodes.push_back({"n" + std::to_string(i),
                     {i % 3 ? "Agent" : "Tool"},
                     i % 4 ? properties{} : properties{{"impact", std::int64_t{i % 7}}}});
  for (int i = 0; i < 200; ++i)
    edges.push_back({i % 2 ? "Knows" : "Likes", "n" + std::to_string(random() % 40),
                     "n" + std::to_string(random() % 40),
                     i % 5 ? properties{} : properties{{"key", keys[i % 3]}}});
  const auto build = [&] {
    inventory_builder b;
    std::size_t n = 0, e = 0;
    while (n < nodes.size() || e < edges.size()) {
      if (n < nodes.size() && (e == edges.size() || random() % 6 == 0))
        add(b, nodes[n++]);
      else
        add(b, edges[e++]);
    }
    return describe(frozen(std::move(b)));
  };
  const auto first = build();
  for (int round = 0; round < 20; ++round) {
    std::ranges::shuffle(nodes, random);
    std::ranges::shuffle(edges, random);
    CHECK(build() == first);
  }
}

TEST_CASE("rows in both directions and by kind hold every edge once, ascending") {
  std::mt19937 random(11);
  inventory_builder b;
  for (int i = 0; i < 30; ++i) add(b, node_text{"n" + std::to_string(i), {"K"}});
  for (int i = 0; i < 300; ++i)
    add(b, edge_text{"E" + std::to_string(random() % 4), "n" + std::to_string(random() % 30),
                     "n" + std::to_string(random() % 30)});
  const auto g = frozen(std::move(b));
  std::vector<int> out(g.edge_count()), in(g.edge_count()), kind(g.edge_count());
  for (index_t v = 0; v < g.node_count(); ++v) {
    for (const auto e : g.out_edges(v)) {
      CHECK(g.source(e) == v);
      ++out[e];
    }
    CHECK(std::ranges::is_sorted(g.in_edges(v)));
    for (const auto e : g.in_edges(v)) {
      CHECK(g.target(e) == v);
      ++in[e];
    }
  }
  for (property_graph::kind_index k = 0; k < g.kind_count(); ++k) {
    CHECK(std::ranges::is_sorted(g.edges_of_kind(k)));
    for (const auto e : g.edges_of_kind(k)) {
      CHECK(g.edge_kind(e) == k);
      ++kind[e];
    }
  }
  const auto once = [](int n) { return n == 1; };
  CHECK(std::ranges::all_of(out, once));
  CHECK(std::ranges::all_of(in, once));
  CHECK(std::ranges::all_of(kind, once));
}

TEST_CASE("an edge to a node that nobody defines is an error, or with keep_going a node without kinds") {
  const auto build = [] {
    inventory_builder b;
    b.begin_file("f");
    add(b, node_text{"a", {"Agent"}});
    add(b, edge_text{"Knows", "a", "x"}, {3, 5});
    add(b, edge_text{"Knows", "x", "a"}, {4, 5});
    add(b, edge_text{"Knows", "y", "a"}, {5, 5});
    return b;
  };
  diagnostics problems;
  CHECK_FALSE(build().freeze(problems).has_value());
  REQUIRE(codes(problems) == std::vector{"undefined-node"s, "undefined-node"s});
  CHECK(problems.items()[0].file == "f");
  CHECK(problems.items()[0].position == source_position{3, 5});
  CHECK(problems.items()[1].position == source_position{5, 5});
  CHECK(problems.count(severity::error) == 2);

  diagnostics warnings;
  const auto g = build().freeze(warnings, {.keep_going = true});
  REQUIRE(g.has_value());
  CHECK(warnings.count(severity::warning) == 2);
  CHECK(warnings.count(severity::error) == 0);
  REQUIRE(g->node_count() == 3);
  CHECK(g->node_kinds(g->find_node("x")).empty());
  CHECK(g->primary_kind(g->find_node("x")) == property_graph::no_kind);
  CHECK(g->node_layer(g->find_node("x")) == layer::none);
}

TEST_CASE("ids are case-sensitive, and any text but the empty one serves") {
  inventory_builder b;
  for (const auto& id : {"A"s, "a"s, "a "s, "\0"s, std::string(100'000, 'x')}) add(b, node_text{id, {"K"}});
  const auto g = frozen(std::move(b));
  CHECK(g.node_count() == 5);
  CHECK(g.find_node(std::string(100'000, 'x')) != no_index);
  CHECK(g.find_node("\0"s) == 0);
}

TEST_CASE("a file that is taken back leaves nothing behind") {
  inventory_builder b;
  b.begin_file("one");
  add(b, node_text{"a", {"Agent"}, {{"name", "A"}}});
  add(b, edge_text{"Knows", "a", "a", {{"key", "k"}, {"probability", 0.5}}});
  b.begin_file("two");
  add(b, node_text{"b", {"Nonsense"}, {{"name", "B"}, {"only_here", true}}});
  add(b, node_text{"a", {"Tool"}, {{"name", "other"}}});
  add(b, edge_text{"Hates", "a", "missing", {{"key", "k2"}, {"probability", 7.0}}});
  CHECK(b.nodes_in_file() == 2);
  CHECK(b.edges_in_file() == 1);
  b.drop_file();
  CHECK(b.nodes_in_file() == 0);
  CHECK(b.edges_in_file() == 0);
  b.begin_file("three");
  add(b, node_text{"c", {"Tool"}, {{"name", "C"}}});
  add(b, edge_text{"Knows", "c", "a", {{"key", "k"}}});
  const auto g = frozen(std::move(b));

  inventory_builder without;
  without.begin_file("one");
  add(without, node_text{"a", {"Agent"}, {{"name", "A"}}});
  add(without, edge_text{"Knows", "a", "a", {{"key", "k"}, {"probability", 0.5}}});
  without.begin_file("three");
  add(without, node_text{"c", {"Tool"}, {{"name", "C"}}});
  add(without, edge_text{"Knows", "c", "a", {{"key", "k"}}});
  CHECK(describe(g) == describe(frozen(std::move(without))));
  CHECK(g.find_node_key("only_here") == no_index);
  CHECK(g.find_kind("Nonsense") == property_graph::no_kind);
}

TEST_CASE("more kinds than can be numbered are refused, in time and memory of their number") {
  std::vector<std::string> names;
  for (int i = 0; i < 300'000; ++i) names.push_back("K" + std::to_string(i));
  inventory_builder many_records, one_record;
  for (const auto& name : names) add(many_records, node_text{"n", {name}});
  add(one_record, node_text{"n", {names.begin(), names.end()}});
  for (auto* b : {&many_records, &one_record}) {
    diagnostics problems;
    CHECK_FALSE(std::move(*b).freeze(problems).has_value());
    CHECK(codes(problems) == std::vector{"too-many-kinds"s});
  }
}

// Changes applied to an inventory: what each does, in what order, and what is refused.
#include "build.hpp"

#include <crosscut/model/changes.hpp>

using namespace crosscut;
using namespace crosscut::test;

namespace {

property_graph estate() {
  inventory_builder b;
  b.begin_file("estate");
  add(b, node_text{"a", {"Agent", "Bot"}, {{"autonomy", "autonomous"}, {"name", "A"}}});
  add(b, node_text{"t", {"Tool"}});
  add(b, edge_text{"Calls", "a", "t", {{"key", "1"}, {"probability", 0.5}}});
  add(b, edge_text{"Calls", "a", "t", {{"key", "2"}}});
  return frozen(std::move(b));
}

change make(change::operation op) {
  change c;
  c.op = op;
  return c;
}

change set_node(std::string id, change_properties p) {
  auto c = make(change::operation::set_node);
  c.node = std::move(id);
  c.properties = std::move(p);
  return c;
}

change on_edge(change::operation op, change_properties selector = {}, change_properties set = {}) {
  auto c = make(op);
  c.edge = {"Calls", "a", "t", std::move(selector)};
  c.properties = std::move(set);
  return c;
}

property_graph applied(const property_graph& g, std::vector<change> changes) {
  diagnostics problems;
  auto result = apply_changes(g, changes, problems);
  REQUIRE(result);
  return std::move(*result);
}

} // namespace

TEST_CASE("no change is the identity, content and all") {
  const auto g = estate();
  CHECK(applied(g, {}).content_fingerprint() == g.content_fingerprint());
}

TEST_CASE("setting a node: new values win, null takes away, the rest stays") {
  const auto g =
      applied(estate(), {set_node("a", {{"autonomy", "suggest"}, {"name", {}}, {"trust", "internal"}})});
  const auto a = g.find_node("a");
  CHECK(as_text(g.node_property(a, "autonomy").value) == "suggest");
  CHECK(g.node_property(a, "name").missing());
  CHECK(as_text(g.node_property(a, "trust").value) == "internal");
  CHECK(g.node_kinds(a).size() == 2);
  CHECK(g.edge_count() == 2);
}

TEST_CASE("later settings of one property win over earlier ones") {
  const auto g = applied(
      estate(), {set_node("a", {{"autonomy", "suggest"}}), set_node("a", {{"autonomy", "supervised"}})});
  CHECK(as_text(g.node_property(g.find_node("a"), "autonomy").value) == "supervised");
}

TEST_CASE("an edge selector without properties means all parallel edges, with properties the one") {
  using enum change::operation;
  CHECK(applied(estate(), {on_edge(remove_edge)}).edge_count() == 0);
  const auto g = applied(estate(), {on_edge(remove_edge, {{"key", "2"}})});
  REQUIRE(g.edge_count() == 1);
  CHECK(g.edge_key(0) == "1");
  const auto both = applied(estate(), {on_edge(set_edge, {}, {{"probability", 0.1}})});
  REQUIRE(both.edge_count() == 2);
  for (const index_t e : {0u, 1u}) CHECK(as_number(both.edge_property(e, "probability").value) == 0.1);
}

TEST_CASE("adding merges as a file does; removals come last whatever their place") {
  auto node = make(change::operation::add_node);
  node.node = "gate", node.kinds = {"Control"}, node.properties = {{"mode", "enforce"}};
  auto edge = make(change::operation::add_edge);
  edge.edge = {"Guards", "gate", "t", {}};
  auto remove = make(change::operation::remove_node);
  remove.node = "gate";
  CHECK(applied(estate(), {node, edge}).edge_count() == 3);
  const auto g = applied(estate(), {remove, node, edge});
  CHECK(g.find_node("gate") == no_index);
  CHECK(g.content_fingerprint() == estate().content_fingerprint());
}

TEST_CASE("a change and its inverse are the identity") {
  const auto g = estate();
  const auto there = applied(g, {set_node("a", {{"autonomy", "suggest"}})});
  CHECK(there.content_fingerprint() != g.content_fingerprint());
  CHECK(applied(there, {set_node("a", {{"autonomy", "autonomous"}})}).content_fingerprint() ==
        g.content_fingerprint());
}

TEST_CASE("setting what is not there is refused, every case reported; removing it is not") {
  diagnostics problems;
  auto edge = on_edge(change::operation::set_edge);
  edge.edge.target = "nowhere";
  const std::vector<change> wrong{set_node("nobody", {{"x", true}}), edge};
  CHECK_FALSE(apply_changes(estate(), wrong, problems));
  CHECK(problems.count(severity::error) == 2);
  auto gone = make(change::operation::remove_node);
  gone.node = "nobody";
  CHECK(applied(estate(), {gone}).node_count() == 2);
}

TEST_CASE("an added edge to a node that is not there is an error") {
  auto edge = make(change::operation::add_edge);
  edge.edge = {"Guards", "ghost", "t", {}};
  diagnostics problems;
  CHECK_FALSE(apply_changes(estate(), std::vector{edge}, problems));
  CHECK(problems.has_errors());
}

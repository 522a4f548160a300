#include <crosscut/base/escape.hpp>
#include <crosscut/model/changes.hpp>
#include <crosscut/model/inventory_builder.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace crosscut {

namespace {

// A change_value as the builder takes it; lists need room for their views.
value_view view_of(const change_value& v, std::vector<scalar_view>& room) {
  const auto view = [&room]<class T>(const T& x) -> value_view {
    if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      room.assign(x.begin(), x.end());
      return std::span<const scalar_view>(room);
    } else if constexpr (std::is_same_v<T, std::string>) {
      return std::string_view(x);
    } else {
      return x;
    }
  };
  return std::visit(view, v);
}

class change_applier {
public:
  change_applier(const property_graph& g, std::span<const change> changes, diagnostics& out)
      : g_(g),
        changes_(changes),
        out_(out),
        node_rows_(g.node_property_rows()),
        edge_rows_(g.edge_property_rows()) {}

  std::optional<property_graph> run() {
    const auto errors_before = out_.count(severity::error);
    for (const auto& c : changes_) plan(c);
    if (out_.count(severity::error) != errors_before) return std::nullopt;
    builder_.begin_file("inventory");
    for (index_t v = 0; v < g_.node_count(); ++v) copy_node(v);
    for (index_t e = 0; e < g_.edge_count(); ++e) copy_edge(e);
    builder_.begin_file("changes");
    for (const auto& c : changes_) add(c);
    diagnostics merging; // "the later value wins" is what a change asks for: not worth a warning
    auto result = std::move(builder_).freeze(merging);
    for (const auto& d : merging.items())
      if (d.level == severity::error) out_.add(d);
    return result;
  }

private:
  using op = change::operation;
  using overrides = std::map<std::string, const change_value*, std::less<>>;

  void plan(const change& c) {
    switch (c.op) {
    case op::add_node: added_.insert(c.node); return;
    case op::add_edge: return;
    case op::set_node: return plan_set_node(c);
    case op::set_edge: return plan_set_edge(c);
    case op::remove_node: removed_nodes_.insert(c.node); return;
    case op::remove_edge:
      for (const auto e : matching(c.edge)) removed_edges_.insert(e);
      removed_selectors_.push_back(&c.edge);
      return;
    }
  }

  void plan_set_node(const change& c) {
    const auto v = g_.find_node(c.node);
    if (v == no_index && !added_.contains(c.node)) return missing("no node " + quoted(c.node) + " to set");
    for (const auto& [name, value] : c.properties) node_values_[c.node][name] = &value;
  }

  void plan_set_edge(const change& c) {
    const auto edges = matching(c.edge);
    if (edges.empty())
      missing("no edge " + quoted(c.edge.kind) + " from " + quoted(c.edge.source) + " to " +
              quoted(c.edge.target) + " to set");
    for (const auto e : edges)
      for (const auto& [name, value] : c.properties) edge_values_[e][name] = &value;
  }

  void missing(std::string message) {
    out_.add({severity::error, "change-of-nothing", {}, {}, {}, std::move(message), "add it first"});
  }

  std::vector<index_t> matching(const edge_selector& s) const {
    std::vector<index_t> found;
    const auto from = g_.find_node(s.source), to = g_.find_node(s.target);
    const auto kind = g_.find_kind(s.kind);
    if (from == no_index || to == no_index || kind == property_graph::no_kind) return found;
    for (const auto e : g_.out_edges(from))
      if (g_.target(e) == to && g_.edge_kind(e) == kind && has_properties(e, s.properties))
        found.push_back(e);
    return found;
  }

  bool has_properties(index_t edge, const change_properties& wanted) const {
    return std::ranges::all_of(wanted, [&](const auto& p) {
      std::vector<scalar_view> room;
      return same_value(g_.edge_property(edge, p.first).value, view_of(p.second, room));
    });
  }

  void copy_node(index_t v) {
    const auto id = g_.node_id(v);
    if (removed_nodes_.contains(id)) return;
    std::vector<std::string_view> kinds;
    for (const auto k : g_.node_kinds(v)) kinds.push_back(g_.kind_name(k));
    const auto set = node_values_.find(id);
    std::vector<property_view> properties;
    for (const auto key : node_rows_.keys(v))
      keep(properties, g_.node_key_name(key), g_.node_property(v, key).value,
           set == node_values_.end() ? nullptr : &set->second);
    builder_.add_node(id, kinds, properties);
  }

  void copy_edge(index_t e) {
    const auto from = g_.node_id(g_.source(e)), to = g_.node_id(g_.target(e));
    if (removed_edges_.contains(e) || removed_nodes_.contains(from) || removed_nodes_.contains(to)) return;
    const auto set = edge_values_.find(e);
    std::vector<property_view> properties;
    for (const auto key : edge_rows_.keys(e))
      keep(properties, g_.edge_key_name(key), g_.edge_property(e, key).value,
           set == edge_values_.end() ? nullptr : &set->second);
    builder_.add_edge(g_.kind_name(g_.edge_kind(e)), from, to, properties);
  }

  static void keep(std::vector<property_view>& properties, std::string_view name, const value_view& value,
                   const overrides* set) {
    if (value.index() != 0 && !(set && set->contains(name))) properties.push_back({name, value});
  }

  // Additions, and the new values of what was set (its old ones were left out above).
  void add(const change& c) {
    switch (c.op) {
    case op::add_node:
    case op::set_node:
      if (!removed_nodes_.contains(c.node)) add_node(c.node, c.kinds, c.properties);
      return;
    case op::add_edge:
      if (!removed_nodes_.contains(c.edge.source) && !removed_nodes_.contains(c.edge.target) && !removed(c))
        add_edge(c.edge.kind, c.edge.source, c.edge.target, c.properties);
      return;
    case op::set_edge:
      for (const auto e : matching(c.edge))
        if (!removed_edges_.contains(e)) set_edge(e, c.properties);
      return;
    case op::remove_node:
    case op::remove_edge: return;
    }
  }

  bool removed(const change& added) const {
    return std::ranges::any_of(removed_selectors_, [&](const edge_selector* s) {
      return s->kind == added.edge.kind && s->source == added.edge.source && s->target == added.edge.target &&
             std::ranges::all_of(s->properties, [&](const auto& p) {
               return std::ranges::find(added.properties, p) != added.properties.end();
             });
    });
  }

  void set_edge(index_t e, const change_properties& set) {
    auto properties = set;
    const auto keyed = std::ranges::any_of(set, [](const auto& p) { return p.first == "key"; });
    if (!g_.edge_key(e).empty() && !keyed) properties.emplace_back("key", std::string(g_.edge_key(e)));
    add_edge(g_.kind_name(g_.edge_kind(e)), g_.node_id(g_.source(e)), g_.node_id(g_.target(e)), properties);
  }

  void add_node(std::string_view id, const std::vector<std::string>& kinds,
                const change_properties& properties) {
    builder_.begin_file("changes"); // each change may override the one before
    const std::vector<std::string_view> views(kinds.begin(), kinds.end());
    with_views(properties, [&](auto list) { builder_.add_node(id, views, list); });
  }

  void add_edge(std::string_view kind, std::string_view source, std::string_view target,
                const change_properties& properties) {
    builder_.begin_file("changes");
    with_views(properties, [&](auto list) { builder_.add_edge(kind, source, target, list); });
  }

  template <class Use> static void with_views(const change_properties& properties, Use use) {
    std::vector<std::vector<scalar_view>> rooms(properties.size());
    std::vector<property_view> views;
    for (std::size_t i = 0; i < properties.size(); ++i)
      views.push_back({properties[i].first, view_of(properties[i].second, rooms[i])});
    use(std::span<const property_view>(views));
  }

  const property_graph& g_;
  std::span<const change> changes_;
  diagnostics& out_;
  property_rows node_rows_, edge_rows_;
  inventory_builder builder_;
  std::set<std::string, std::less<>> added_, removed_nodes_;
  std::set<index_t> removed_edges_;
  std::vector<const edge_selector*> removed_selectors_;
  std::map<std::string, overrides, std::less<>> node_values_;
  std::map<index_t, overrides> edge_values_;
};

} // namespace

std::optional<property_graph> apply_changes(const property_graph& graph, std::span<const change> changes,
                                            diagnostics& out) {
  return change_applier(graph, changes, out).run();
}

} // namespace crosscut

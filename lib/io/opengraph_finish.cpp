// Checks what an OpenGraph document has said once it has said all of it, and hands nodes and edges to the
// builder.
#include "opengraph_sink.hpp"

#include <crosscut/base/escape.hpp>

namespace crosscut::io::opengraph {

namespace {

// BloodHound's rule, ^[A-Za-z0-9_]+$.
bool is_edge_kind(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

constexpr std::size_t most_kinds = 3; // that BloodHound takes

} // namespace

void event_sink::end_document() {
  if (!has_graph_)
    refuse("opengraph-missing", R"(member "graph" is missing)", R"({"graph": {"nodes": [], "edges": []}})");
}

void event_sink::end_graph() {
  if (!has_nodes_ && !has_edges_)
    refuse("opengraph-missing", R"(the graph has neither "nodes" nor "edges")",
           R"(an empty graph is {"nodes": [], "edges": []})");
}

void event_sink::require(field f, std::string_view of, std::string hint) {
  if (record_.has(f)) return;
  refuse_at(record_.where, "opengraph-missing", "the " + std::string(of) + " has no " + quoted(name_of(f)),
            std::move(hint));
}

void event_sink::end_endpoint() {
  if (end_has_matchers_ && end_by_id_)
    refuse("opengraph-match-by", R"("property_matchers" without "match_by": "property")",
           R"(name the node by its id: {"value": "ID"})");
  else if (!end_has_value_ && end_by_id_)
    refuse("opengraph-missing", "the " + std::string(name_of(field_)) + R"( of the edge has no "value")",
           R"(name the node by its id: {"value": "ID"})");
}

bool event_sink::record_is_edge() const noexcept {
  const bool has_end = record_.has(field::start) || record_.has(field::end) || record_.has(field::start_id) ||
                       record_.has(field::end_id);
  return has_end || (record_.has(field::kind) && !record_.has(field::id) && !record_.has(field::kinds));
}

void event_sink::end_record(place p) {
  if (p == place::line) return end_line();
  if (p == place::edge)
    end_edge();
  else
    end_node();
}

void event_sink::end_line() {
  if (record_is_edge()) {
    ignore_members_of_other({field::id, field::kinds});
    end_edge();
  } else if (record_.has(field::id) || record_.has(field::kinds)) {
    ignore_members_of_other({field::kind});
    end_node();
  } else {
    refuse_at(record_.where, "opengraph-type", "the line is neither a node nor an edge",
              R"(a node has "id" and "kinds", an edge "kind", "start" and "end")");
  }
}

void event_sink::ignore_members_of_other(std::initializer_list<field> fields) {
  for (const auto f : fields)
    if (record_.has(f)) ignore_member(name_of(f));
}

void event_sink::end_node() {
  require(field::id, "node", "a node is {\"id\": \"…\", \"kinds\": […], \"properties\": {…}}");
  require(field::kinds, "node", "a node without kinds has \"kinds\": []");
  if (record_.kinds.size() > most_kinds)
    warn_at(record_.where, "opengraph-kinds",
            "the node has " + std::to_string(record_.kinds.size()) + " kinds",
            "kept; BloodHound takes at most 3");
  if (!record_.broken) add_node();
}

void event_sink::add_node() {
  const auto properties = record_.properties();
  const property_view* alias = nullptr;
  for (const auto& p : properties) {
    if (p.name == "objectid")
      warn_at(record_.where, "opengraph-objectid", "the node has a property \"objectid\"",
              "kept; BloodHound refuses it");
    if (p.name == alias_property) alias = &p;
  }
  const auto id = alias ? as_text(alias->value).value_or("") : "";
  if (!aliases::looks_like(record_.id) || id.empty())
    return context_.out.add_node(record_.id, record_.kinds, properties, record_.where);
  if (!aliases_.declare(record_.id, id))
    return refuse_at(record_.where, "opengraph-alias",
                     "id " + quoted(record_.id) + " stands for " + quoted(id) +
                         " here and for another id before",
                     "one property \"crosscut_id\" for one id");
  context_.out.add_node(id, record_.kinds, without_alias(), record_.where);
}

std::span<const property_view> event_sink::without_alias() {
  const auto all = record_.properties();
  properties_.assign(all.begin(), all.end());
  std::erase_if(properties_, [](const property_view& p) { return p.name == alias_property; });
  return properties_;
}

void event_sink::end_edge() {
  const std::string_view form =
      R"(an edge is {"kind": "…", "start": {"value": "ID"}, "end": {"value": "ID"}})";
  require(field::kind, "edge", std::string(form));
  if (!record_.has(field::start_id)) require(field::start, "edge", std::string(form));
  if (!record_.has(field::end_id)) require(field::end, "edge", std::string(form));
  if ((record_.has(field::start) && record_.has(field::start_id)) ||
      (record_.has(field::end) && record_.has(field::end_id)))
    refuse_at(record_.where, "opengraph-type", "the edge names an end twice", std::string(form));
  if (record_.has(field::kind) && !is_edge_kind(record_.kind))
    refuse_at(record_.where, "opengraph-kind", "edge kind " + quoted(record_.kind) + " is not a name",
              "letters, digits and underscores");
  if (!record_.broken) add_edge();
}

void event_sink::add_edge() {
  const auto source = aliases_.resolve(record_.source), target = aliases_.resolve(record_.target);
  if (source && target)
    context_.out.add_edge(record_.kind, *source, *target, record_.properties(), record_.where);
  else
    aliases_.hold(record_);
}

} // namespace crosscut::io::opengraph

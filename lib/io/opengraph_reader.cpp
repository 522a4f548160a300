// Follows the events of an OpenGraph document and fills the record being read.
#include "opengraph_sink.hpp"

#include <crosscut/base/escape.hpp>

namespace crosscut::io {

namespace opengraph {

namespace {

bool is_number(const scalar_view& v) noexcept {
  return !std::holds_alternative<bool>(v) && !std::holds_alternative<std::string_view>(v);
}

// A list is of strings, of booleans, or of numbers of any form.
bool same_type(const scalar_view& a, const scalar_view& b) noexcept {
  return a.index() == b.index() || (is_number(a) && is_number(b));
}

std::string_view type_of(const scalar_view& v) noexcept {
  if (std::holds_alternative<std::string_view>(v)) return "a string";
  return is_number(v) ? "a number" : "true or false";
}

} // namespace

// --- following the document

void event_sink::key(std::string_view name) {
  field_ = field::unknown;
  if (here() == place::ignored) return;
  if (here() == place::properties) {
    name_ = record_.copy(name);
    return;
  }
  const auto f = find_field(name);
  if (!belongs(f)) return ignore_member(name);
  field_ = f;
  has_nodes_ |= f == field::nodes;
  has_edges_ |= f == field::edges;
}

bool event_sink::belongs(field f) const noexcept {
  using enum field;
  const bool of_node = f == id || f == kinds || f == properties;
  const bool of_edge =
      f == kind || f == start || f == field::end || f == start_id || f == end_id || f == properties;
  switch (here()) {
  case place::document: return f == metadata || f == graph;
  case place::metadata: return f == source_kind;
  case place::graph: return f == nodes || f == edges;
  case place::node: return of_node;
  case place::edge: return of_edge;
  case place::line: return of_node || of_edge;
  case place::start:
  case place::end: return f == value || f == match_by || f == property_matchers;
  default: return false;
  }
}

event_sink::place event_sink::object_in() {
  switch (here()) {
  case place::outside: return form_ == opengraph_form::whole ? place::document : place::line;
  case place::nodes: return place::node;
  case place::edges: return place::edge;
  case place::ignored: return place::ignored;
  case place::kinds:
  case place::list:
  case place::properties: break;
  default: return member_object();
  }
  wrong_type("an object");
  return place::ignored;
}

event_sink::place event_sink::member_object() {
  switch (field_) {
  case field::metadata: return place::metadata;
  case field::graph: return place::graph;
  case field::properties: return place::properties;
  case field::start: return place::start;
  case field::end: return place::end;
  case field::unknown: return place::ignored;
  default: wrong_type("an object"); return place::ignored;
  }
}

event_sink::place event_sink::array_in() {
  switch (here()) {
  case place::properties: return place::list;
  case place::ignored: return place::ignored;
  case place::outside:
  case place::nodes:
  case place::edges:
  case place::kinds:
  case place::list: break;
  default: return member_array();
  }
  wrong_type("an array");
  return place::ignored;
}

event_sink::place event_sink::member_array() {
  switch (field_) {
  case field::nodes: return place::nodes;
  case field::edges: return place::edges;
  case field::kinds: return place::kinds;
  case field::property_matchers: end_has_matchers_ = true; return place::ignored;
  case field::unknown: return place::ignored;
  default: wrong_type("an array"); return place::ignored;
  }
}

void event_sink::begin(place p) {
  if (in_record()) record_.see(field_);
  if (open_ < places_.size()) places_[open_] = p;
  ++open_;
  switch (p) {
  case place::graph: has_graph_ = true; break;
  case place::nodes: has_nodes_ = true; break;
  case place::edges: has_edges_ = true; break;
  case place::node:
  case place::edge:
  case place::line:
    record_.clear();
    record_.where = position();
    break;
  case place::list: record_.begin_list(name_); break;
  case place::start:
  case place::end:
    end_has_value_ = end_has_matchers_ = false;
    end_by_id_ = true;
    break;
  default: break;
  }
}

void event_sink::end() {
  const auto p = here();
  --open_;
  switch (p) {
  case place::document: end_document(); break;
  case place::graph: end_graph(); break;
  case place::node:
  case place::edge:
  case place::line: end_record(p); break;
  case place::start:
    field_ = field::start;
    end_endpoint();
    break;
  case place::end:
    field_ = field::end;
    end_endpoint();
    break;
  default: break;
  }
}

// --- values

void event_sink::scalar(const scalar_view& value) {
  const auto* text = std::get_if<std::string_view>(&value);
  switch (here()) {
  case place::ignored: return;
  case place::kinds: return kind_element(value);
  case place::list: return list_element(value);
  case place::properties:
    return record_.add_property(name_, text ? value_view{record_.copy(*text)} : to_value(value));
  case place::outside:
  case place::nodes:
  case place::edges: return wrong_type(type_of(value));
  default: break;
  }
  if (in_record()) record_.see(field_);
  if (field_ == field::unknown) return;
  if (text)
    text_member(*text);
  else
    wrong_type(type_of(value));
}

void event_sink::text_member(std::string_view text) {
  switch (field_) {
  case field::source_kind: return;
  case field::id: return set_id(record_.id, text);
  case field::kind: record_.kind = record_.copy(text); return;
  case field::start_id: return set_id(record_.source, text);
  case field::end_id: return set_id(record_.target, text);
  case field::value: {
    end_has_value_ = true;
    return set_id(here() == place::start ? record_.source : record_.target, text);
  }
  case field::match_by: return set_match_by(text);
  default: wrong_type("a string");
  }
}

void event_sink::set_id(std::string_view& id, std::string_view text) {
  if (text.empty()) return refuse("opengraph-id", "an id is empty", "give every node an id of its own");
  id = record_.copy(text);
}

void event_sink::set_match_by(std::string_view how) {
  if (how == "id") return;
  end_by_id_ = false;
  refuse("opengraph-match-by", "ends of edges matched by " + quoted(how) + " are not supported",
         "name the node by its id: {\"value\": \"ID\", \"match_by\": \"id\"}; matching by name or property "
         "would need "
         "the whole graph");
}

void event_sink::kind_element(const scalar_view& value) {
  const auto* text = std::get_if<std::string_view>(&value);
  if (!text) return wrong_type(type_of(value));
  if (text->empty()) return refuse("opengraph-kind", "a kind is empty", "name the kind, or leave it out");
  record_.kinds.push_back(record_.copy(*text));
}

void event_sink::list_element(const scalar_view& value) {
  const auto before = record_.elements();
  if (!before.empty() && !same_type(before.front(), value))
    return refuse("opengraph-property",
                  "a list mixes " + std::string(type_of(before.front())) + " with " +
                      std::string(type_of(value)),
                  "a list holds only strings, only numbers, or only true and false");
  const auto* text = std::get_if<std::string_view>(&value);
  record_.add_element(text ? scalar_view{record_.copy(*text)} : value);
}

// As if the member was not there, which some producers write for an empty array too.
void event_sink::null() {
  switch (here()) {
  case place::outside:
  case place::nodes:
  case place::edges:
  case place::kinds:
  case place::list: return wrong_type("null");
  case place::graph:
    has_nodes_ |= field_ == field::nodes;
    has_edges_ |= field_ == field::edges;
    return;
  default: return;
  }
}

// --- problems

void event_sink::refuse_at(source_position at, std::string code, std::string message, std::string hint) {
  failed_ = record_.broken = true;
  context_.messages.add(
      {severity::error, std::move(code), context_.file, at, pointer(), std::move(message), std::move(hint)});
}

void event_sink::warn_at(source_position at, std::string code, std::string message, std::string hint) {
  context_.messages.add({severity::warning, std::move(code), context_.file, at, pointer(), std::move(message),
                         std::move(hint)});
}

void event_sink::wrong_type(std::string_view found) {
  end_has_value_ |= field_ == field::value; // one problem, not two
  has_graph_ |= field_ == field::graph;
  const bool property = here() == place::properties || here() == place::list;
  refuse(property ? "opengraph-property" : "opengraph-type",
         std::string(found) + " where " + std::string(expected()) + " is due",
         property ? "properties are flat: a string, a number, true, false, or a list of one of these" : "");
}

std::string_view event_sink::expected() const noexcept {
  switch (here()) {
  case place::outside:
    return form_ == opengraph_form::whole ? R"(an object with the member "graph")"
                                          : "a node or an edge (an object)";
  case place::nodes: return "a node (an object)";
  case place::edges: return "an edge (an object)";
  case place::kinds: return "a kind (a string)";
  case place::properties: return "a flat value";
  case place::list: return "a string, a number, true or false";
  default: break;
  }
  switch (field_) {
  case field::metadata:
  case field::graph:
  case field::properties: return "an object";
  case field::start:
  case field::end: return R"(an object {"value": "ID"})";
  case field::nodes:
  case field::edges:
  case field::property_matchers: return "an array";
  case field::kinds: return "an array of strings";
  default: return "a string";
  }
}

// Once for each name and kind of object. An attacker may invent names without end: remembering stops, the
// diagnostics' own limit takes over.
void event_sink::ignore_member(std::string_view name) {
  constexpr std::size_t most_names = 1000, longest = 200;
  auto known = std::to_string(static_cast<int>(here())) + std::string(name.substr(0, longest));
  if (ignored_.contains(known)) return;
  if (ignored_.size() < most_names) ignored_.insert(std::move(known));
  warn_at(position(), "ignored", "member " + quoted(name) + " is not known here and was ignored",
          in_record() ? "facts about a node or an edge belong into its \"properties\"" : "");
}

} // namespace opengraph

bool read_opengraph(std::istream& in, opengraph_form form, reader_context& context) {
  json::read_options options;
  options.file = context.file;
  options.lines = form == opengraph_form::lines;
  opengraph::event_sink sink(form, context);
  const auto result = json::read(in, options, sink, context.messages);
  sink.finish();
  return result.ok && !sink.failed();
}

} // namespace crosscut::io

// The reader of OpenGraph JSON: events in, records out to the builder. opengraph_reader.cpp follows the
// events through the document; opengraph_finish.cpp checks and hands over what has been read whole.
#pragma once

#include "json/events.hpp"
#include "opengraph_aliases.hpp"
#include "opengraph_record.hpp"
#include "reader.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut::io::opengraph {

class event_sink final : public json::sink {
public:
  event_sink(opengraph_form form, reader_context& context) : form_(form), context_(context) {}

  bool failed() const noexcept { return failed_; }
  /// After the last event: adds the edges that waited for nodes.
  void finish() { aliases_.add_held(context_.out); }

  void document_begin() override { open_ = 0; }
  void document_failed() override { failed_ = true; }
  void key(std::string_view name) override;
  void object_begin() override { begin(object_in()); }
  void array_begin() override { begin(array_in()); }
  void object_end() override { end(); }
  void array_end() override { end(); }
  void string(std::string_view text) override { scalar(text); }
  void int64(std::int64_t number) override { scalar(number); }
  void uint64(std::uint64_t number) override { scalar(number); }
  void real(double number) override { scalar(number); }
  void boolean(bool truth) override { scalar(truth); }
  void null() override;

private:
  // What the innermost open array or object is.
  enum class place : std::uint8_t {
    outside,
    document,
    metadata,
    graph,
    nodes,
    edges,
    node,
    edge,
    line, // a record of the line-delimited form: its members say what it is
    kinds,
    properties,
    list,
    start,
    end,
    ignored
  };

  // Following the document.
  place here() const noexcept {
    return open_ == 0 ? place::outside : places_[std::min(open_, places_.size()) - 1];
  }
  bool in_record() const noexcept {
    return here() == place::node || here() == place::edge || here() == place::line;
  }
  bool belongs(field f) const noexcept;
  place object_in();
  place array_in();
  place member_object();
  place member_array();
  void begin(place p);
  void end();

  // Values.
  void scalar(const scalar_view& value);
  void kind_element(const scalar_view& value);
  void list_element(const scalar_view& value);
  void text_member(std::string_view text);
  void set_id(std::string_view& id, std::string_view text);
  void set_match_by(std::string_view how);

  // What has been read whole.
  void end_document();
  void end_graph();
  void end_endpoint();
  void end_record(place p);
  void end_line();
  void end_node();
  void end_edge();
  void add_node();
  void add_edge();
  std::span<const property_view> without_alias();
  bool record_is_edge() const noexcept;
  void ignore_members_of_other(std::initializer_list<field> fields);

  // Problems.
  void refuse_at(source_position at, std::string code, std::string message, std::string hint);
  void refuse(std::string code, std::string message, std::string hint) {
    refuse_at(position(), std::move(code), std::move(message), std::move(hint));
  }
  void require(field f, std::string_view of, std::string hint);
  void wrong_type(std::string_view found);
  void warn_at(source_position at, std::string code, std::string message, std::string hint);
  void ignore_member(std::string_view name);
  std::string_view expected() const noexcept;

  opengraph_form form_;
  reader_context& context_;
  bool failed_ = false;

  std::array<place, 8>
      places_{}; // no known place lies deeper than 6, so that the last stands for all that are deeper
  std::size_t open_ = 0;
  field field_ = field::unknown; // the member that the next value belongs to
  std::string_view name_;        // of the property
  bool has_graph_ = false, has_nodes_ = false, has_edges_ = false;

  record record_;
  bool end_has_value_ = false, end_has_matchers_ = false, end_by_id_ = true; // of the start or end being read
  aliases aliases_;
  std::vector<property_view> properties_; // scratch
  std::set<std::string, std::less<>> ignored_;
};

} // namespace crosscut::io::opengraph

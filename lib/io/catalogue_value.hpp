// Inside the io room: a value of a catalogue document that knows its place and reports what is wrong with it.
#pragma once

#include "json/document.hpp"

#include <crosscut/attack/catalogue.hpp>
#include <crosscut/base/diagnostic.hpp>

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut::io {

/// What every part of the reader needs: where to report to, and the names that the document defines,
/// collected before anything refers to them.
struct catalogue_context {
  std::string file;
  diagnostics& out;
  std::vector<std::string_view> states, controls, techniques;
};

class catalogue_value_reader {
public:
  using self = catalogue_value_reader;

  catalogue_value_reader(const json::node& node, std::string pointer, catalogue_context& context)
      : node_(&node), pointer_(std::move(pointer)), context_(&context) {}

  catalogue_context& context() const noexcept { return *context_; }
  const json::node& node() const noexcept { return *node_; }

  void error(std::string code, std::string message, std::string hint = {}) const;
  void warn(std::string code, std::string message, std::string hint = {}) const;

  // Objects.
  /// False, with a report, where this is no object. Reports every key that is not in `known`.
  bool is_object_of(std::initializer_list<std::string_view> known) const;
  std::optional<self> find(std::string_view key) const;
  /// Reports where the key is missing. \pre this is an object.
  std::optional<self> need(std::string_view key) const;
  std::vector<std::pair<std::string_view, self>> members() const;

  // Lists. `elements` reports where this is no list.
  std::vector<self> elements() const;
  std::vector<std::string> texts() const;
  /// As `texts`, but an empty list is an error and so is a repeated element.
  std::vector<std::string> names() const;

  // Scalars. Each reports where the value is of another type, or outside its range, and then gives a harmless
  // value.
  std::string text() const;
  std::string non_empty_text() const;
  double number_in(double low, double high) const;
  bool boolean() const;
  std::optional<catalogue_value> scalar() const;
  /// One of `known`; reports with a guess. `what` as in "unknown state".
  std::string name_of(std::string_view what, std::span<const std::string_view> known) const;
  void wrong_type(std::string_view wanted) const;

private:
  void report(severity level, std::string code, std::string message, std::string hint) const;
  void report_at(source_position where, std::string pointer, severity level, std::string code,
                 std::string message, std::string hint) const;

  const json::node* node_;
  std::string pointer_;
  catalogue_context* context_;
};

// catalogue_conditions.cpp

/// Where a list of conditions stands, which decides what it may ask.
struct condition_place {
  std::vector<std::string> kinds; ///< Node (or edge) kinds that it reads; empty: any.
  bool on_edge = false;
  bool may_ask_kind = true;  ///< "@kind" can tell something.
  bool may_ask_model = true; ///< "@model" has an agent to look at.
};

std::vector<condition> read_conditions(const catalogue_value_reader& list, const condition_place& place);
std::vector<ends_condition> read_ends(const catalogue_value_reader& list);
/// Warns where a kind is not one of the schema's: a product may have its own, but most often it is a slip.
std::vector<std::string> read_node_kinds(const catalogue_value_reader& list);
std::string read_edge_kind(const catalogue_value_reader& value);

// catalogue_techniques.cpp
technique read_technique(const catalogue_value_reader& value);
/// Reports placeholders that stand for nothing: those of an edge are {source} and {target}, that of a node {node}.
void check_sentence(const catalogue_value_reader& value, std::string_view text, bool on_edge);
anchor read_anchor(const catalogue_value_reader& value, bool on_edge);

} // namespace crosscut::io

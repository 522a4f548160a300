#include "catalogue_value.hpp"

#include "did_you_mean.hpp"

#include <crosscut/base/escape.hpp>
#include <crosscut/model/value.hpp>

#include <algorithm>

namespace crosscut::io {

using self = catalogue_value_reader;

void self::report_at(source_position where, std::string pointer, severity level, std::string code,
                     std::string message, std::string hint) const {
  context_->out.add({level, std::move(code), context_->file, where, std::move(pointer), std::move(message),
                     std::move(hint)});
}

void self::report(severity level, std::string code, std::string message, std::string hint) const {
  report_at(node_->position(), pointer_, level, std::move(code), std::move(message), std::move(hint));
}

void self::error(std::string code, std::string message, std::string hint) const {
  report(severity::error, std::move(code), std::move(message), std::move(hint));
}

void self::warn(std::string code, std::string message, std::string hint) const {
  report(severity::warning, std::move(code), std::move(message), std::move(hint));
}

void self::wrong_type(std::string_view wanted) const {
  error("catalogue-type",
        "expected " + std::string(wanted) + ", found " + std::string(to_string(node_->what())));
}

bool self::is_object_of(std::initializer_list<std::string_view> known) const {
  if (!node_->is_object()) {
    wrong_type("an object");
    return false;
  }
  for (const auto& m : node_->members())
    if (std::ranges::find(known, m.name) == known.end())
      report_at(m.position, json::pointer_to(pointer_, m.name), severity::error, "catalogue-key",
                "unknown key " + quoted(m.name), did_you_mean(m.name, {known.begin(), known.size()}));
  return true;
}

std::optional<self> self::find(std::string_view key) const {
  const auto* n = node_->find(key);
  if (!n) return std::nullopt;
  return self(*n, json::pointer_to(pointer_, key), *context_);
}

std::optional<self> self::need(std::string_view key) const {
  auto found = find(key);
  if (!found) error("catalogue-missing", "missing key " + quoted(key));
  return found;
}

std::vector<std::pair<std::string_view, self>> self::members() const {
  std::vector<std::pair<std::string_view, self>> result;
  for (const auto& m : node_->members())
    result.emplace_back(m.name, self(m.value, json::pointer_to(pointer_, m.name), *context_));
  return result;
}

std::vector<self> self::elements() const {
  std::vector<self> result;
  if (!node_->is_array()) {
    wrong_type("a list");
    return result;
  }
  for (const auto& e : node_->elements())
    result.emplace_back(e, json::pointer_to(pointer_, std::uint64_t{result.size()}), *context_);
  return result;
}

std::vector<std::string> self::texts() const {
  std::vector<std::string> result;
  for (const auto& e : elements()) result.push_back(e.non_empty_text());
  return result;
}

std::vector<std::string> self::names() const {
  std::vector<std::string> result;
  const auto list = elements();
  if (node_->is_array() && list.empty())
    error("catalogue-empty", "an empty list accepts nothing", "leave the key out to accept everything");
  for (const auto& e : list) {
    auto name = e.non_empty_text();
    if (std::ranges::find(result, name) != result.end())
      e.error("catalogue-duplicate", quoted(name) + " stands twice in this list");
    else if (!name.empty())
      result.push_back(std::move(name));
  }
  return result;
}

std::string self::text() const {
  const auto s = node_->as_string();
  if (!s) wrong_type("a string");
  return std::string(s.value_or(""));
}

std::string self::non_empty_text() const {
  auto s = text();
  if (node_->is_string() && s.empty()) error("catalogue-empty", "this text is empty");
  return s;
}

double self::number_in(double low, double high) const {
  const auto n = node_->as_double();
  if (!n) {
    wrong_type("a number");
  } else if (!(*n >= low && *n <= high)) {
    error("catalogue-range", to_text(value_view{*n}) + " is out of range",
          "a number from " + to_text(value_view{low}) + " to " + to_text(value_view{high}));
  } else {
    return *n;
  }
  return low;
}

bool self::boolean() const {
  const auto b = node_->as_bool();
  if (!b) wrong_type("true or false");
  return b.value_or(false);
}

std::optional<catalogue_value> self::scalar() const {
  switch (node_->what()) {
  case json::kind::boolean: return *node_->as_bool();
  case json::kind::int64: return *node_->as_int64();
  case json::kind::uint64: return *node_->as_uint64();
  case json::kind::real: return *node_->as_double();
  case json::kind::string: return std::string(*node_->as_string());
  case json::kind::null:
  case json::kind::array:
  case json::kind::object: break;
  }
  wrong_type("true, false, a number or a string");
  return std::nullopt;
}

std::string self::name_of(std::string_view what, std::span<const std::string_view> known) const {
  auto name = text();
  if (node_->is_string() && std::ranges::find(known, name) == known.end())
    error("catalogue-name", "unknown " + std::string(what) + ' ' + quoted(name), did_you_mean(name, known));
  return name;
}

} // namespace crosscut::io

#pragma once

#include "events.hpp"
#include "writer.hpp"

#include <crosscut/base/diagnostic.hpp>

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace crosscut::json {

/// In the order of node's alternatives.
enum class kind : std::uint8_t { null, boolean, int64, uint64, real, string, array, object };

/// "an object", "a string", "an integer", …
std::string_view to_string(kind) noexcept;

struct member;

/// A JSON value in memory, with the place where it stood. For configurations and catalogues; an inventory is
/// too large for this and is read as events. About 50 bytes a value.
///
/// A getter answers with nothing when the value is of another kind: no conversion but between number types,
/// and that only where the value stays the same.
class node {
public:
  using array = std::vector<node>;
  struct object {
    std::vector<member> members;
    std::vector<std::uint32_t> by_name; // positions in `members`, sorted by name; empty for small objects
  };

  kind what() const noexcept { return static_cast<kind>(value_.index()); }
  source_position position() const noexcept { return position_; }

  bool is_null() const noexcept { return what() == kind::null; }
  bool is_object() const noexcept { return what() == kind::object; }
  bool is_array() const noexcept { return what() == kind::array; }
  bool is_string() const noexcept { return what() == kind::string; }
  bool is_number() const noexcept { return what() >= kind::int64 && what() <= kind::real; }

  std::optional<bool> as_bool() const noexcept;
  /// Also of a double that is an integer in range.
  std::optional<std::int64_t> as_int64() const noexcept;
  std::optional<std::uint64_t> as_uint64() const noexcept;
  /// Of every number; of an integer the nearest double.
  std::optional<double> as_double() const noexcept;
  std::optional<std::string_view> as_string() const noexcept;
  /// Nothing for other kinds, which looks like an empty array.
  std::span<const node> elements() const noexcept;
  /// In file order. Nothing for other kinds.
  std::span<const member> members() const noexcept;
  /// The member's value; null where there is none, or this is no object. O(log members).
  const node* find(std::string_view name) const noexcept;

  /// Same kinds, values and order of members; places do not count. Doubles compare as numbers.
  friend bool operator==(const node& a, const node& b) noexcept;

private:
  friend class node_builder;
  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, array, object> value_;
  source_position position_;
};

struct member {
  std::string name;
  source_position position; ///< Of the name.
  node value;
};

struct document_options {
  read_options read;
  std::uint64_t max_bytes = std::uint64_t{256} << 20; ///< Larger inputs are refused (json-size).
  std::uint64_t max_nodes = std::uint64_t{8} << 20;   ///< So are inputs of more values.
};

/// Reads one document whole. Nothing when anything is wrong with it: `d` then has an error.
/// `options.read.lines` is ignored.
std::optional<node> parse_document(std::string_view input, const document_options& options, diagnostics& d);
std::optional<node> parse_document(std::istream& input, const document_options& options, diagnostics& d);

/// RFC 6901 pointers to a member or element of what `base` points to, as diagnostics show them: names are
/// escaped for terminals and cut after 200 bytes.
std::string pointer_to(std::string_view base, std::string_view name);
std::string pointer_to(std::string_view base, std::uint64_t index);

/// Writes `n` as one value.
void write(writer& out, const node& n);

} // namespace crosscut::json

#pragma once

#include <crosscut/model/value.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace crosscut {

/// The seven layers of CSA MAESTRO. `none` for nodes of a kind without layer.
enum class layer : std::uint8_t { none, l1, l2, l3, l4, l5, l6, l7 };

/// "L1" … "L7"; empty for none.
std::string_view to_string(layer) noexcept;
/// "Foundation Models", …; empty for none.
std::string_view layer_name(layer) noexcept;
/// The layer that "L1" … "L7" names; none for any other text.
layer parse_layer(std::string_view) noexcept;

/// The vocabulary of inventories: which kinds and properties Crosscut knows, and what values they take. Other kinds and properties
/// are legal: kept, shown, and used by those techniques that name them. All functions are O(log n) in small constant tables and thread-safe.
namespace schema {

struct node_kind {
  std::string_view name;
  layer home; ///< The layer of its nodes unless their `layer` property says otherwise.
};

struct edge_kind {
  std::string_view name;
  std::span<const std::string_view> from; ///< Legal source kinds; empty: any.
  std::span<const std::string_view> to;   ///< Legal target kinds; empty: any but those in `not_to`.
  std::span<const std::string_view> not_to;
};

enum class value_type : std::uint8_t { choice, number, boolean, choice_list, text, text_list, any };

struct property {
  std::string_view name;
  std::span<const std::string_view> on; ///< Node or edge kinds that it is read on; empty: any node or edge.
  value_type type;
  std::span<const std::string_view> choices; ///< For choice and choice_list.
  double low = 0, high = 0;                  ///< Inclusive range, for number.
};

std::span<const node_kind> node_kinds() noexcept;
std::span<const edge_kind> edge_kinds() noexcept;
std::span<const property> properties() noexcept;

const node_kind* find_node_kind(std::string_view name) noexcept;
const edge_kind* find_edge_kind(std::string_view name) noexcept;
/// The rule for property `name` on a node or edge of kind `kind`; null where Crosscut has none (any value is then assessed).
const property* find_property(std::string_view name, std::string_view kind) noexcept;

/// False where the value lies outside the rule's vocabulary or range, wholly or (lists) in part: such a value is not assessed.
bool in_vocabulary(const property&, const value_view&) noexcept;
/// "one of untrusted, external, partner, internal", "a number from 0 to 10": for hints.
std::string describe(const property&);

/// True where the table allows this edge kind between these node kinds, or does not know the edge kind.
bool allows(std::string_view edge, std::string_view from, std::string_view to) noexcept;

} // namespace schema
} // namespace crosscut

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace crosscut {

/// One property value that is not a list. Views, so valid as long as what they point into: a property graph keeps its strings for life.
using scalar_view = std::variant<bool, std::int64_t, std::uint64_t, double, std::string_view>;

/// A property value as OpenGraph allows it: missing (monostate), a scalar, or a list of scalars.
using value_view = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string_view,
                                std::span<const scalar_view>>;

/// A named value, as readers hand them to the builder.
struct property_view {
  std::string_view name;
  value_view value;
};

/// The number as a double (rounded when it is an integer beyond 2^53), or nothing where it is not a number.
std::optional<double> as_number(const scalar_view&) noexcept;
std::optional<double> as_number(const value_view&) noexcept;
std::optional<std::string_view> as_text(const value_view&) noexcept;
std::optional<bool> as_bool(const value_view&) noexcept;

/// Equal as property values: numbers compare exactly as numbers whatever their form (1 = 1.0), nothing else is converted, lists
/// compare element by element in order. O(size).
bool same_value(const scalar_view&, const scalar_view&) noexcept;
bool same_value(const value_view&, const value_view&) noexcept;

/// A scalar as a value, and a value's single scalar (nothing for missing values and lists).
value_view to_value(const scalar_view&) noexcept;
std::optional<scalar_view> to_scalar(const value_view&) noexcept;

/// As it would stand in a JSON file, strings escaped: for messages. O(size).
std::string to_text(const value_view&);

} // namespace crosscut

#include <crosscut/base/escape.hpp>
#include <crosscut/model/value.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace crosscut {

namespace {

template <class T>
constexpr bool is_integer = std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::uint64_t>;

// Exact: an integer equals a double only where the double is that very integer.
template <class Integer> bool equal(Integer i, double d) noexcept {
  if (d != std::floor(d) || d < -0x1p63 || d >= 0x1p64) return false;
  return d < 0 ? std::cmp_equal(i, static_cast<std::int64_t>(d))
               : std::cmp_equal(i, static_cast<std::uint64_t>(d));
}

struct same_scalar {
  template <class A, class B> bool operator()(const A& a, const B& b) const noexcept {
    if constexpr (std::is_same_v<A, B>)
      return a == b;
    else if constexpr (is_integer<A> && is_integer<B>)
      return std::cmp_equal(a, b);
    else if constexpr (is_integer<A> && std::is_same_v<B, double>)
      return equal(a, b);
    else if constexpr (std::is_same_v<A, double> && is_integer<B>)
      return equal(b, a);
    else
      return false;
  }
};

template <class T> std::string number_text(T number) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  return {buffer, end};
}

struct scalar_text {
  std::string operator()(bool b) const { return b ? "true" : "false"; }
  std::string operator()(std::int64_t i) const { return number_text(i); }
  std::string operator()(std::uint64_t u) const { return number_text(u); }
  std::string operator()(double d) const { return number_text(d); }
  std::string operator()(std::string_view s) const { return quoted(s); }
};

} // namespace

std::optional<double> as_number(const scalar_view& v) noexcept {
  if (const auto* i = std::get_if<std::int64_t>(&v)) return static_cast<double>(*i);
  if (const auto* u = std::get_if<std::uint64_t>(&v)) return static_cast<double>(*u);
  if (const auto* d = std::get_if<double>(&v)) return *d;
  return std::nullopt;
}

std::optional<double> as_number(const value_view& v) noexcept {
  const auto s = to_scalar(v);
  return s ? as_number(*s) : std::nullopt;
}

std::optional<std::string_view> as_text(const value_view& v) noexcept {
  if (const auto* s = std::get_if<std::string_view>(&v)) return *s;
  return std::nullopt;
}

std::optional<bool> as_bool(const value_view& v) noexcept {
  if (const auto* b = std::get_if<bool>(&v)) return *b;
  return std::nullopt;
}

bool same_value(const scalar_view& a, const scalar_view& b) noexcept {
  return std::visit(same_scalar{}, a, b);
}

bool same_value(const value_view& a, const value_view& b) noexcept {
  const auto* x = std::get_if<std::span<const scalar_view>>(&a);
  const auto* y = std::get_if<std::span<const scalar_view>>(&b);
  if (x && y)
    return std::ranges::equal(*x, *y, [](const auto& l, const auto& r) { return same_value(l, r); });
  const auto l = to_scalar(a), r = to_scalar(b);
  if (l && r) return same_value(*l, *r);
  return a.index() == 0 && b.index() == 0;
}

value_view to_value(const scalar_view& v) noexcept {
  return std::visit([](auto x) { return value_view{x}; }, v);
}

std::optional<scalar_view> to_scalar(const value_view& v) noexcept {
  return std::visit(
      [](const auto& x) -> std::optional<scalar_view> {
        if constexpr (std::is_constructible_v<scalar_view, decltype(x)> &&
                      !std::is_same_v<std::decay_t<decltype(x)>, std::span<const scalar_view>>)
          return scalar_view{x};
        else
          return std::nullopt;
      },
      v);
}

std::string to_text(const value_view& v) {
  if (const auto s = to_scalar(v)) return std::visit(scalar_text{}, *s);
  const auto* list = std::get_if<std::span<const scalar_view>>(&v);
  if (!list) return "null";
  std::string text = "[";
  for (const auto& element : *list) {
    if (text.size() > 1) text += ", ";
    text += std::visit(scalar_text{}, element);
  }
  return text + "]";
}

} // namespace crosscut

#include <crosscut/model/value.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <vector>

using namespace crosscut;

TEST_CASE("numbers compare exactly, whatever their form") {
  const auto same = [](const scalar_view& a, const scalar_view& b) {
    CHECK(same_value(a, b) == same_value(b, a));
    return same_value(a, b);
  };
  CHECK(same(std::int64_t{1}, 1.0));
  CHECK(same(std::int64_t{1}, std::uint64_t{1}));
  CHECK(same(0.0, -0.0));
  CHECK_FALSE(same(std::int64_t{-1}, std::numeric_limits<std::uint64_t>::max()));
  CHECK_FALSE(same(std::int64_t{9007199254740993}, 9007199254740992.0));
  CHECK(same(std::int64_t{9007199254740992}, 9007199254740992.0));
  CHECK_FALSE(same(std::numeric_limits<std::uint64_t>::max(), 0x1p64));
  CHECK_FALSE(same(std::numeric_limits<std::int64_t>::max(), 0x1p63));
  CHECK(same(std::numeric_limits<std::int64_t>::min(), -0x1p63));
  CHECK_FALSE(same(std::int64_t{0}, 1e300));
  CHECK_FALSE(same(std::int64_t{1}, 1.5));
}

TEST_CASE("nothing else is converted") {
  CHECK_FALSE(same_value(scalar_view{true}, scalar_view{std::int64_t{1}}));
  CHECK_FALSE(same_value(scalar_view{"1"}, scalar_view{std::int64_t{1}}));
  CHECK_FALSE(same_value(scalar_view{"true"}, scalar_view{true}));
  CHECK_FALSE(as_number(value_view{"1"}).has_value());
  CHECK_FALSE(as_number(value_view{true}).has_value());
  CHECK_FALSE(as_text(value_view{std::int64_t{1}}).has_value());
  CHECK_FALSE(as_bool(value_view{std::int64_t{1}}).has_value());
  CHECK_FALSE(as_bool(value_view{}).has_value());
}

TEST_CASE("lists compare in order; a list is no scalar; missing is only missing") {
  const std::vector<scalar_view> a{std::int64_t{1}, "x"}, b{1.0, "x"}, c{"x", std::int64_t{1}},
      one{std::int64_t{1}};
  CHECK(same_value(value_view{std::span(a)}, value_view{std::span(b)}));
  CHECK_FALSE(same_value(value_view{std::span(a)}, value_view{std::span(c)}));
  CHECK_FALSE(same_value(value_view{std::span(a)}, value_view{std::span(a).first(1)}));
  CHECK_FALSE(same_value(value_view{std::span(one)}, value_view{std::int64_t{1}}));
  CHECK(same_value(value_view{}, value_view{}));
  CHECK_FALSE(same_value(value_view{}, value_view{false}));
  CHECK_FALSE(same_value(value_view{}, value_view{std::span<const scalar_view>{}}));
  CHECK_FALSE(to_scalar(value_view{std::span(one)}).has_value());
  CHECK_FALSE(to_scalar(value_view{}).has_value());
}

TEST_CASE("values as text") {
  const std::vector<scalar_view> list{"a\x1b", std::int64_t{-2}, true};
  CHECK(to_text(value_view{}) == "null");
  CHECK(to_text(value_view{0.1}) == "0.1");
  CHECK(to_text(value_view{std::numeric_limits<std::uint64_t>::max()}) == "18446744073709551615");
  CHECK(to_text(value_view{std::span(list)}) == R"(["a\u{1b}", -2, true])");
}

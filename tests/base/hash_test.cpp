#include <crosscut/base/hash.hpp>

#include <doctest/doctest.h>

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <utility>

using namespace crosscut;

// The key 00 01 … 0f and the messages "", 00, 00 01, … of the reference implementation's test vectors; the
// one of 15 bytes is also in the paper (Aumasson & Bernstein 2012, appendix A).
TEST_CASE("SipHash-2-4 agrees with the published vectors") {
  constexpr hash_key key = {0x0706050403020100, 0x0f0e0d0c0b0a0908};
  const std::pair<std::size_t, std::uint64_t> vectors[] = {
      {0, 0x726fdb47dd0e0e31},  {1, 0x74f839c593dc67fd},  {2, 0x0d6c8009d9a94f5a},  {3, 0x85676696d7fb7e2d},
      {4, 0xcf2794e0277187b7},  {5, 0x18765564cd99a68d},  {6, 0xcbc9466e58fee3ce},  {7, 0xab0200f58b01d137},
      {8, 0x93f5f5799a932462},  {9, 0x9e0082df0ba9e4b0},  {10, 0x7a5dbbc594ddb9f3}, {11, 0xf4b32f46226bada7},
      {12, 0x751e8fbc860ee5fb}, {13, 0x14ea5627c0843d90}, {14, 0xf723ca908e7af2ee}, {15, 0xa129ca6149be45e5}};
  for (const auto& [length, expected] : vectors) {
    std::string message;
    for (std::size_t i = 0; i < length; ++i) message += static_cast<char>(i);
    CAPTURE(length);
    CHECK(siphash(message, key) == expected);
  }
  CHECK(siphash("x", {0, 1}) != siphash("x", {0, 0}));
}

TEST_CASE("hex has sixteen digits") {
  CHECK(to_hex(0) == "0000000000000000");
  CHECK(to_hex(0x0123456789abcdef) == "0123456789abcdef");
  CHECK(to_hex(~std::uint64_t{0}) == "ffffffffffffffff");
}

TEST_CASE("a fingerprint depends on every text, its place and where it ends") {
  const auto of = [](std::initializer_list<std::string_view> texts) {
    fingerprint f;
    for (const auto t : texts) f.add(t);
    return f.hex();
  };
  CHECK(of({"ab", "c"}) == of({"ab", "c"}));
  const std::set<std::string> all = {of({}),          of({""}),           of({"", ""}),    of({"ab", "c"}),
                                     of({"a", "bc"}), of({"abc"}),        of({"c", "ab"}), of({"abc", ""}),
                                     of({"", "abc"}), of({"ab", "c", ""})};
  CHECK(all.size() == 10);
  fingerprint one;
  fingerprint two;
  one.add(std::uint64_t{1});
  two.add(std::uint64_t{2});
  CHECK(one.hex() != two.hex());
}

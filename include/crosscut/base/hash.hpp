#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace crosscut {

/// SipHash-2-4 (Aumasson & Bernstein 2012): a keyed hash, safe against an attacker who chooses the text but not the key. O(n).
using hash_key = std::array<std::uint64_t, 2>;
std::uint64_t siphash(std::string_view text, hash_key key) noexcept;

/// 16 lower-case hex digits.
std::string to_hex(std::uint64_t value);

/// Accumulates a content fingerprint over a sequence of texts; each is length-prefixed, so ("ab","c") differs from ("a","bc").
class fingerprint {
public:
  void add(std::string_view text);
  void add(std::uint64_t number);
  std::string hex() const;

private:
  void mix(std::uint64_t word);
  std::uint64_t state_[2] = {0x9e3779b97f4a7c15, 0xd1b54a32d192ed03};
};

} // namespace crosscut

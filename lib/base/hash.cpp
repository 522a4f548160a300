#include <crosscut/base/hash.hpp>

#include <bit>
#include <cstddef>

namespace crosscut {

namespace {

struct sip_state {
  std::uint64_t v0, v1, v2, v3;

  void round() noexcept {
    v0 += v1, v1 = std::rotl(v1, 13), v1 ^= v0, v0 = std::rotl(v0, 32);
    v2 += v3, v3 = std::rotl(v3, 16), v3 ^= v2;
    v0 += v3, v3 = std::rotl(v3, 21), v3 ^= v0;
    v2 += v1, v1 = std::rotl(v1, 17), v1 ^= v2, v2 = std::rotl(v2, 32);
  }
  void absorb(std::uint64_t word) noexcept {
    v3 ^= word;
    round(), round();
    v0 ^= word;
  }
};

// Little-endian on every host, so that fingerprints are the same everywhere.
std::uint64_t load_bytes(const char* p, std::size_t n) noexcept {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < n; ++i) word |= std::uint64_t{static_cast<unsigned char>(p[i])} << (8 * i);
  return word;
}

} // namespace

std::uint64_t siphash(std::string_view text, hash_key key) noexcept {
  sip_state s{key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d, key[0] ^ 0x6c7967656e657261,
              key[1] ^ 0x7465646279746573};
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) s.absorb(load_bytes(text.data() + i, 8));
  s.absorb(std::uint64_t{text.size()} << 56 | load_bytes(text.data() + i, text.size() - i));
  s.v2 ^= 0xff;
  for (int r = 0; r < 4; ++r) s.round();
  return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

std::string to_hex(std::uint64_t value) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) text[i] = digits[value & 15];
  return text;
}

void fingerprint::add(std::string_view text) {
  mix(text.size());
  mix(siphash(text, {0x243f6a8885a308d3, 0x13198a2e03707344}));
}

void fingerprint::add(std::uint64_t number) { mix(number); }

std::string fingerprint::hex() const { return to_hex(siphash({}, {state_[0], state_[1]})); }

// Cheap, since a large inventory adds tens of millions of words; two lanes with different multipliers.
void fingerprint::mix(std::uint64_t word) {
  state_[0] = std::rotl((state_[0] ^ word) * 0x9fb21c651e98df25, 29);
  state_[1] = std::rotl((state_[1] + word) * 0xa0761d6478bd642f, 41) ^ state_[0];
}

} // namespace crosscut

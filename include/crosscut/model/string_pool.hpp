#pragma once

#include <crosscut/base/hash.hpp>
#include <crosscut/base/index.hpp>

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace crosscut {

/// Interns strings: equal texts get one index and are stored once. Views stay valid for the pool's life, moves included.
///
/// Texts are told apart by 96 bits of SipHash under random secret keys, since looking at the texts themselves would cost two more cache misses a
/// look-up: two of 10^6 different texts pass for one with probability 10^-17, two of 4 * 10^9 with 10^-10, and nobody can choose texts that do.
/// Nothing else observable depends on the keys. Thread-safety: const members are thread-safe.
class string_pool {
public:
  /// What a text is known by.
  struct hashes {
    std::uint64_t hash;
    std::uint32_t more_hash;
  };

  string_pool();

  /// The index of `text`, added where it is new. O(size). \throws std::length_error beyond 2^32 − 2 strings. \pre not sealed.
  index_t intern(std::string_view text);
  /// The same in two halves, for many look-ups at a time: the first computes and fetches into the cache, so that by the time of the second the
  /// wait for memory is over. \pre `h` is prefetch(text).
  hashes prefetch(std::string_view text) const noexcept;
  index_t intern(std::string_view text, const hashes& h);
  /// The index of `text`, or no_index. O(size). \pre not sealed.
  index_t find(std::string_view text) const noexcept;

  std::string_view operator[](index_t i) const noexcept { return texts_[i]; }
  index_t size() const noexcept { return static_cast<index_t>(texts_.size()); }
  std::size_t memory_usage() const noexcept;
  /// Gives the look-up table back, for a pool that is only asked by index from now on.
  void seal();

private:
  struct slot : hashes {
    index_t index; // no_index: free
  };
  hashes hashes_of(std::string_view text) const noexcept;
  std::size_t place_of(const hashes& wanted) const noexcept;
  void grow();
  std::string_view store(std::string_view text);

  hash_key key_, second_key_;
  std::vector<std::string_view> texts_;
  std::vector<slot> slots_; // open addressing, power of two
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t chunk_left_ = 0;
  char* chunk_next_ = nullptr;
  std::size_t bytes_ = 0;
};

} // namespace crosscut

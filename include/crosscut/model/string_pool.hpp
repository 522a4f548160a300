#pragma once

#include <crosscut/base/hash.hpp>
#include <crosscut/base/index.hpp>

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace crosscut {

/// Interns strings: equal texts get one index and are stored once. Views stay valid for the pool's life,
/// moves included. The table is keyed with a random SipHash key, so that chosen ids cannot slow it down;
/// nothing observable depends on the key. Thread-safety: const members are thread-safe.
class string_pool {
public:
  string_pool();

  /// The index of `text`, added where it is new. O(size). \throws std::length_error beyond 2^32 − 2 strings.
  index_t intern(std::string_view text);
  /// The index of `text`, or no_index. O(size).
  index_t find(std::string_view text) const noexcept;

  std::string_view operator[](index_t i) const noexcept { return texts_[i]; }
  index_t size() const noexcept { return static_cast<index_t>(texts_.size()); }
  std::size_t memory_usage() const noexcept;
  /// Gives back the look-up table's spare room. Call when no more strings will come.
  void shrink_to_fit();

private:
  std::size_t slot_of(std::string_view text, std::uint64_t hash) const noexcept;
  void grow();
  std::string_view store(std::string_view text);

  hash_key key_;
  std::vector<std::string_view> texts_;
  std::vector<std::uint64_t>
      slots_; // open addressing, power of two: half of the hash, then the index; so growing needs no text
  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t chunk_left_ = 0;
  char* chunk_next_ = nullptr;
  std::size_t bytes_ = 0;
};

} // namespace crosscut

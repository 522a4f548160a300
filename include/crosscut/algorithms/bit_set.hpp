#pragma once

#include <crosscut/base/index.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace crosscut {

/// A set of dense indices below `size()`, one bit each.
class bit_set {
public:
  explicit bit_set(std::size_t size = 0) : size_(size), words_((size + 63) / 64) {}

  std::size_t size() const noexcept { return size_; }
  /// \pre i < size(), here and below.
  bool contains(index_t i) const noexcept { return (words_[i / 64] >> (i % 64)) & 1; }
  /// True if i was not there yet.
  bool insert(index_t i) noexcept {
    const std::uint64_t bit = std::uint64_t{1} << (i % 64);
    const bool added = (words_[i / 64] & bit) == 0;
    words_[i / 64] |= bit;
    return added;
  }
  void erase(index_t i) noexcept { words_[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }

  /// How many are in the set. O(size / 64).
  std::size_t count() const noexcept {
    std::size_t n = 0;
    for (const std::uint64_t word : words_) n += static_cast<std::size_t>(std::popcount(word));
    return n;
  }
  bool empty() const noexcept { return count() == 0; }

  /// Set union and intersection. \pre equal sizes.
  bit_set& operator|=(const bit_set& other) noexcept {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
    return *this;
  }
  bit_set& operator&=(const bit_set& other) noexcept {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= other.words_[w];
    return *this;
  }
  friend bool operator==(const bit_set&, const bit_set&) = default;

  /// Calls visit(i) for every member, ascending.
  template <class Visit> void for_each(Visit&& visit) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
      for (std::uint64_t word = words_[w]; word != 0; word &= word - 1)
        visit(static_cast<index_t>(64 * w + static_cast<std::size_t>(std::countr_zero(word))));
  }

private:
  std::size_t size_;
  std::vector<std::uint64_t> words_; // bits past size_ stay 0
};

} // namespace crosscut

#pragma once

#include <crosscut/base/cost.hpp>
#include <crosscut/base/index.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace crosscut {

/// A monotone priority queue of (length, vertex) for Dijkstra's algorithm: no entry may be pushed whose
/// length is below that of the last one popped.
///
/// A radix heap (Ahuja, Mehlhorn, Orlin & Tarjan 1990): entries lie in buckets by the highest bit in which
/// they differ from the last minimum, and only move to lower buckets, so an entry costs at most 96 moves and
/// in practice two or three. With `shift` > 0 costs are compared without their lowest `shift` bits: entries
/// of one interval come out first-in first-out, as from a bucket of delta-stepping (Meyer & Sanders 2003).
/// That is faster, and right for an algorithm that may correct a label later; `refine()` makes the order
/// exact.
class radix_queue {
public:
  struct entry {
    cost_t cost;
    std::uint32_t hops;
    index_t vertex;

    path_length length() const noexcept { return {cost, hops}; }
  };

  explicit radix_queue(unsigned shift = 0) : shift_(shift) {}

  bool empty() const noexcept { return size_ == 0; }

  void push(path_length length, index_t vertex) {
    put({length.cost, length.hops, vertex});
    ++size_;
  }

  /// \pre not empty.
  entry pop() {
    if (front_ == buckets_[0].size()) refill();
    --size_;
    return buckets_[0][front_++];
  }

  /// From now on entries come out in exact order of length. O(entries).
  void refine() {
    std::vector<entry> all(buckets_[0].begin() + static_cast<std::ptrdiff_t>(front_), buckets_[0].end());
    for (std::size_t b = 1; b < buckets_.size(); ++b)
      all.insert(all.end(), buckets_[b].begin(), buckets_[b].end());
    for (auto& bucket : buckets_) bucket.clear();
    front_ = 0;
    occupied_ = {};
    shift_ = 0;
    move_down(all);
  }

private:
  static constexpr std::size_t hop_bits = 32;

  /// 0: as the last minimum; then 1 … 32 for the highest differing bit of hops; then that of costs.
  std::size_t bucket_of(const entry& e) const noexcept {
    const auto differing = static_cast<std::uint64_t>(e.cost ^ last_.cost) >> shift_;
    if (differing != 0) return hop_bits + static_cast<std::size_t>(std::bit_width(differing));
    return shift_ != 0 ? 0 : static_cast<std::size_t>(std::bit_width(e.hops ^ last_.hops));
  }

  void put(const entry& e) {
    const std::size_t b = bucket_of(e);
    buckets_[b].push_back(e);
    occupied_[b / 64] |= std::uint64_t{1} << (b % 64);
  }

  void move_down(std::vector<entry>& entries) {
    if (entries.empty()) return;
    const auto least = std::min_element(entries.begin(), entries.end(), [](const entry& a, const entry& b) {
      return a.length() < b.length();
    });
    last_ = least->length();
    for (const entry& e : entries) put(e);
  }

  void refill() {
    buckets_[0].clear();
    front_ = 0;
    occupied_[0] &= ~std::uint64_t{1};
    const std::size_t b = occupied_[0] != 0 ? static_cast<std::size_t>(std::countr_zero(occupied_[0]))
                                            : 64 + static_cast<std::size_t>(std::countr_zero(occupied_[1]));
    occupied_[b / 64] &= ~(std::uint64_t{1} << (b % 64));
    moving_.swap(buckets_[b]);
    move_down(moving_);
    moving_.clear();
  }

  unsigned shift_;
  path_length last_{}; // the minimum when bucket 0 was last filled
  std::array<std::vector<entry>, hop_bits + 65> buckets_;
  std::array<std::uint64_t, 2> occupied_{}; // a bit per bucket that may hold entries
  std::vector<entry> moving_;
  std::size_t front_ = 0; // bucket 0 up to here has been popped
  std::size_t size_ = 0;
};

} // namespace crosscut

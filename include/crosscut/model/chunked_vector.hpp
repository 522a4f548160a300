#pragma once

#include <bit>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace crosscut {

/// A sequence that grows without moving what it holds, in chunks each as large as all before it: nothing is
/// copied, and what it holds is never there twice. The unused part of the last chunk is not touched, so that
/// it costs addresses rather than memory. Most of a large sequence lies in chunks so large that the system
/// gets their memory back at once when they go. For trivially copyable records in large logs. Access is O(1).
/// Thread-safety: as std::vector.
template <class T> class chunked_vector {
  // Small, since an inventory may have a log for each of a million property names.
  static constexpr std::size_t first_chunk = 16;

public:
  void push_back(const T& value) {
    const auto [chunk, offset] = place(size_);
    if (chunk == chunks_.size()) chunks_.push_back(std::make_unique_for_overwrite<T[]>(elements_in(chunk)));
    chunks_[chunk][offset] = value;
    ++size_;
  }
  T& operator[](std::size_t i) noexcept {
    const auto [chunk, offset] = place(i);
    return chunks_[chunk][offset];
  }
  const T& operator[](std::size_t i) const noexcept {
    const auto [chunk, offset] = place(i);
    return chunks_[chunk][offset];
  }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  const T& back() const noexcept { return (*this)[size_ - 1]; }

  /// \pre n <= size().
  void truncate(std::size_t n) {
    size_ = n;
    chunks_.resize(n == 0 ? 0 : place(n - 1).first + 1);
  }
  /// Gives the memory back.
  void clear() {
    size_ = 0;
    chunks_.clear();
    chunks_.shrink_to_fit();
  }

private:
  static std::pair<std::size_t, std::size_t> place(std::size_t i) noexcept {
    const auto chunk = static_cast<std::size_t>(std::bit_width(i / first_chunk));
    return {chunk, chunk == 0 ? i : i - elements_in(chunk)};
  }
  // For a chunk but the first this is also how many elements lie before it.
  static constexpr std::size_t elements_in(std::size_t chunk) noexcept {
    return chunk == 0 ? first_chunk : first_chunk << (chunk - 1);
  }

  std::vector<std::unique_ptr<T[]>> chunks_;
  std::size_t size_ = 0;
};

} // namespace crosscut

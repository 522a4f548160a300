#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace crosscut {

/// A sequence that grows without moving what it holds: no doubling, so that its memory is never more than a chunk over its size.
/// For trivially copyable records in large logs. Thread-safety: as std::vector.
template <class T> class chunked_vector {
  static constexpr std::size_t chunk_elements = std::size_t{1} << 14;

public:
  void push_back(const T& value) {
    if (size_ == chunks_.size() * chunk_elements)
      chunks_.push_back(std::make_unique_for_overwrite<T[]>(chunk_elements));
    (*this)[size_++] = value;
  }
  T& operator[](std::size_t i) noexcept { return chunks_[i / chunk_elements][i % chunk_elements]; }
  const T& operator[](std::size_t i) const noexcept { return chunks_[i / chunk_elements][i % chunk_elements]; }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  const T& back() const noexcept { return (*this)[size_ - 1]; }

  /// \pre n <= size().
  void truncate(std::size_t n) {
    size_ = n;
    chunks_.resize((n + chunk_elements - 1) / chunk_elements);
  }
  /// Gives the memory back.
  void clear() { truncate(0); chunks_.shrink_to_fit(); }

private:
  std::vector<std::unique_ptr<T[]>> chunks_;
  std::size_t size_ = 0;
};

} // namespace crosscut

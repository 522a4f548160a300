#include <crosscut/model/string_pool.hpp>

#include <algorithm>
#include <cstring>
#include <random>
#include <stdexcept>

namespace crosscut {

namespace {

constexpr std::size_t chunk_size = std::size_t{1} << 16;

hash_key random_key() {
  std::random_device device;
  const auto word = [&] { return std::uint64_t{device()} << 32 | device(); };
  return {word(), word()};
}

} // namespace

string_pool::string_pool() : key_(random_key()), slots_(64, no_index) {}

std::size_t string_pool::slot_of(std::string_view text, std::uint64_t hash) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = (hash >> 32) & mask;; slot = (slot + 1) & mask) {
    const index_t i = slots_[slot];
    if (i == no_index) return slot;
    if (hashes_[i] == static_cast<std::uint32_t>(hash >> 32) && texts_[i] == text) return slot;
  }
}

index_t string_pool::find(std::string_view text) const noexcept {
  return slots_[slot_of(text, siphash(text, key_))];
}

index_t string_pool::intern(std::string_view text) {
  const auto hash = siphash(text, key_);
  auto slot = slot_of(text, hash);
  if (slots_[slot] != no_index) return slots_[slot];
  if (texts_.size() >= no_index) throw std::length_error("more than 2^32 - 2 different strings");
  if ((texts_.size() + 1) * 4 > slots_.size() * 3) {
    grow();
    slot = slot_of(text, hash);
  }
  const auto i = static_cast<index_t>(texts_.size());
  texts_.push_back(store(text));
  hashes_.push_back(static_cast<std::uint32_t>(hash >> 32));
  slots_[slot] = i;
  return i;
}

void string_pool::grow() {
  slots_.assign(slots_.size() * 2, no_index);
  const std::size_t mask = slots_.size() - 1;
  for (index_t i = 0; i < size(); ++i) {
    std::size_t slot = hashes_[i] & mask;
    while (slots_[slot] != no_index) slot = (slot + 1) & mask;
    slots_[slot] = i;
  }
}

std::string_view string_pool::store(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > chunk_left_) {
    const auto size = std::max(chunk_size, text.size());
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    bytes_ += size;
    chunk_next_ = chunks_.back().get();
    chunk_left_ = size;
  }
  char* const start = chunk_next_;
  std::memcpy(start, text.data(), text.size());
  chunk_next_ += text.size();
  chunk_left_ -= text.size();
  return {start, text.size()};
}

std::size_t string_pool::memory_usage() const noexcept {
  return bytes_ + texts_.capacity() * sizeof(texts_[0]) + hashes_.capacity() * sizeof(hashes_[0]) +
         slots_.capacity() * sizeof(slots_[0]);
}

void string_pool::shrink_to_fit() {
  texts_.shrink_to_fit();
  hashes_.shrink_to_fit();
}

} // namespace crosscut

#include <crosscut/model/string_pool.hpp>

#include <algorithm>
#include <cstring>
#include <random>
#include <stdexcept>

namespace crosscut {

namespace {

constexpr std::size_t chunk_size = std::size_t{1} << 16;
constexpr std::uint64_t free_slot = ~std::uint64_t{0}; // no_index in the lower half: no string has that

constexpr index_t index_in(std::uint64_t slot) noexcept {
  return static_cast<index_t>(slot);
}
constexpr std::size_t hash_in(std::uint64_t slot) noexcept {
  return static_cast<std::size_t>(slot >> 32);
}

hash_key random_key() {
  std::random_device device;
  const auto word = [&] { return std::uint64_t{device()} << 32 | device(); };
  return {word(), word()};
}

} // namespace

string_pool::string_pool() : key_(random_key()), slots_(64, free_slot) {}

std::size_t string_pool::slot_of(std::string_view text, std::uint64_t hash) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash_in(hash) & mask;; slot = (slot + 1) & mask) {
    const auto entry = slots_[slot];
    if (entry == free_slot) return slot;
    if (hash_in(entry) == hash_in(hash) && texts_[index_in(entry)] == text) return slot;
  }
}

index_t string_pool::find(std::string_view text) const noexcept {
  return index_in(slots_[slot_of(text, siphash(text, key_))]);
}

index_t string_pool::intern(std::string_view text) {
  const auto hash = siphash(text, key_);
  auto slot = slot_of(text, hash);
  if (slots_[slot] != free_slot) return index_in(slots_[slot]);
  if (texts_.size() >= no_index) throw std::length_error("more than 2^32 - 2 different strings");
  if ((texts_.size() + 1) * 4 > slots_.size() * 3) {
    grow();
    slot = slot_of(text, hash);
  }
  const auto i = static_cast<index_t>(texts_.size());
  texts_.push_back(store(text));
  slots_[slot] = std::uint64_t{hash >> 32} << 32 | i;
  return i;
}

void string_pool::grow() {
  std::vector<std::uint64_t> larger(slots_.size() * 2, free_slot);
  const std::size_t mask = larger.size() - 1;
  for (const auto entry : slots_) {
    if (entry == free_slot) continue;
    std::size_t slot = hash_in(entry) & mask;
    while (larger[slot] != free_slot) slot = (slot + 1) & mask;
    larger[slot] = entry;
  }
  slots_ = std::move(larger);
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
  return bytes_ + texts_.capacity() * sizeof(texts_[0]) + slots_.capacity() * sizeof(slots_[0]);
}

void string_pool::shrink_to_fit() {
  texts_.shrink_to_fit();
}

} // namespace crosscut

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

string_pool::string_pool()
    : key_(random_key()), second_key_(random_key()), slots_(64, slot{{0, 0}, no_index}) {}

string_pool::hashes string_pool::hashes_of(std::string_view text) const noexcept {
  return {siphash(text, key_), static_cast<std::uint32_t>(siphash(text, second_key_))};
}

string_pool::hashes string_pool::prefetch(std::string_view text) const noexcept {
  const auto h = hashes_of(text);
#if defined(__GNUC__)
  __builtin_prefetch(&slots_[h.hash & (slots_.size() - 1)]);
#endif
  return h;
}

// Where the text lies, or the free slot where it would.
std::size_t string_pool::place_of(const hashes& wanted) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = wanted.hash & mask;; i = (i + 1) & mask) {
    const auto& s = slots_[i];
    if (s.index == no_index || (s.hash == wanted.hash && s.more_hash == wanted.more_hash)) return i;
  }
}

index_t string_pool::find(std::string_view text) const noexcept {
  return slots_[place_of(hashes_of(text))].index;
}

index_t string_pool::intern(std::string_view text) { return intern(text, hashes_of(text)); }

index_t string_pool::intern(std::string_view text, const hashes& h) {
  auto place = place_of(h);
  if (slots_[place].index != no_index) return slots_[place].index;
  if (texts_.size() >= no_index) throw std::length_error("more than 2^32 - 2 different strings");
  if ((texts_.size() + 1) * 4 > slots_.size() * 3) {
    grow();
    place = place_of(h);
  }
  const index_t i = size();
  texts_.push_back(store(text));
  slots_[place] = {h, i};
  return i;
}

void string_pool::grow() {
  std::vector<slot> old(slots_.size() * 2, slot{{0, 0}, no_index});
  old.swap(slots_);
  for (const auto& s : old)
    if (s.index != no_index) slots_[place_of(s)] = s;
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

void string_pool::seal() {
  texts_.shrink_to_fit();
  std::vector<slot>().swap(slots_);
}

} // namespace crosscut

#include "names.hpp"

#include <crosscut/base/hash.hpp>

#include <chrono>
#include <exception>
#include <random>

namespace crosscut::json {

namespace {

std::uint64_t secret_word() {
  try {
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
  } catch (const std::exception&) {
    // No entropy source: the clock is the next best that an author of inputs does not know.
    return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  }
}

} // namespace

// The secret decides only how fast a name is found, never what is found.
name_stack::name_stack() {
  static const std::uint64_t secret[2] = {secret_word(), secret_word()};
  key_[0] = secret[0];
  key_[1] = secret[1];
}

void name_stack::push_copy(std::string_view text, std::uint32_t sketch) {
  keep();
  name n;
  n.offset = store_.size();
  n.size = static_cast<std::uint32_t>(text.size());
  n.sketch = sketch;
  store_ += text;
  names_.push_back(n);
  kept_ = names_.size();
}

// The name just pushed is the object's (count + 1)-th.
bool name_stack::add_to_table(std::size_t first, std::size_t count, std::size_t depth) {
  if (tables_.size() <= depth) tables_.resize(depth + 1);
  auto& t = tables_[depth];
  const std::size_t last = names_.size() - 1;
  if (count == small || 2 * (count + 1) > t.size()) rebuild(t, first, last);
  return insert(t, first, last);
}

bool name_stack::insert(table& t, std::size_t first, std::size_t i) const {
  const std::size_t mask = t.size() - 1;
  const auto text = at(i);
  for (std::size_t slot = siphash(text, {key_[0], key_[1]}) & mask;; slot = (slot + 1) & mask) {
    if (t[slot] == 0) {
      t[slot] = static_cast<std::uint32_t>(i - first + 1);
      return true;
    }
    const std::size_t other = first + t[slot] - 1;
    if (names_[other].sketch == names_[i].sketch && at(other) == text) return false;
  }
}

void name_stack::rebuild(table& t, std::size_t first, std::size_t end) const {
  std::size_t capacity = 4 * small;
  while (capacity < 4 * (end - first)) capacity *= 2;
  t.assign(capacity, 0);
  for (std::size_t i = first; i < end; ++i) insert(t, first, i);
}

void name_stack::keep() {
  for (; kept_ < names_.size(); ++kept_) {
    auto& n = names_[kept_];
    const char* text = n.text;
    n.offset = store_.size();
    store_.append(text, n.size);
  }
}

} // namespace crosscut::json

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut::json {

/// The member names of all objects that are open, as one stack: finds duplicates and says which member an
/// object is at.
///
/// Names that lie in the chunk being parsed are not copied; `keep()` copies those still needed before the
/// chunk goes away. Up to `small` names of an object are compared one by one; beyond, a hash table with a
/// secret key finds them, so that nobody can choose names that make this quadratic.
class name_stack {
public:
  name_stack();

  /// Number of names on the stack: what an object remembers when it opens.
  std::size_t size() const noexcept { return names_.size(); }
  std::string_view at(std::size_t i) const noexcept {
    const auto& n = names_[i];
    return {i < kept_ ? store_.data() + n.offset : n.text, n.size};
  }

  /// Adds `name` to the object whose names begin at `first` and that lies `depth` levels deep. `stable`: the
  /// text stays where it is until the next `keep()`. False: the object has this name already (it is added all
  /// the same). Expected O(|name|).
  bool add(std::string_view text, bool stable, std::size_t first, std::size_t depth) {
    const std::uint32_t sketch = sketch_of(text);
    const std::size_t count = names_.size() - first;
    const bool is_new = count > small || !found_in_row(text, sketch, first);
    push(text, stable, sketch);
    return count < small ? is_new : add_to_table(first, count, depth) && is_new;
  }
  /// Takes away the names from `first` on: their object has closed.
  void shrink(std::size_t first) noexcept {
    if (first < kept_) {
      store_.resize(names_[first].offset);
      kept_ = first;
    }
    names_.erase(names_.begin() + static_cast<std::ptrdiff_t>(first), names_.end());
  }
  /// Copies the names that still lie in the chunk.
  void keep();
  /// Bytes in use, about: a name costs something even when it is empty.
  std::size_t memory() const noexcept { return names_.size() * 2 * sizeof(name) + store_.size(); }

private:
  static constexpr std::size_t small = 16;
  struct name {
    union {
      const char* text;
      std::size_t offset;
    };
    std::uint32_t size;
    std::uint32_t sketch;
  };
  // Open addressing over positions in names_ + 1; 0 is empty.
  using table = std::vector<std::uint32_t>;

  // Tells most names apart without reading them.
  static std::uint32_t sketch_of(std::string_view s) noexcept {
    const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(s[i])}; };
    if (s.empty()) return 0;
    return static_cast<std::uint32_t>(s.size()) << 24 ^ byte(0) << 16 ^ byte(s.size() / 2) << 8 ^
           byte(s.size() - 1);
  }
  bool found_in_row(std::string_view text, std::uint32_t sketch, std::size_t first) const noexcept {
    for (std::size_t i = first; i < names_.size(); ++i)
      if (names_[i].sketch == sketch && at(i) == text) return true;
    return false;
  }
  void push(std::string_view text, bool stable, std::uint32_t sketch) {
    if (!stable) return push_copy(text, sketch);
    name n;
    n.text = text.data();
    n.size = static_cast<std::uint32_t>(text.size());
    n.sketch = sketch;
    names_.push_back(n);
  }
  void push_copy(std::string_view text, std::uint32_t sketch);
  bool add_to_table(std::size_t first, std::size_t count, std::size_t depth);
  bool insert(table& t, std::size_t first, std::size_t i) const;
  void rebuild(table& t, std::size_t first, std::size_t end) const;

  std::vector<name> names_;
  std::size_t kept_ = 0; // names_[0, kept_) lie in store_, in this order
  std::string store_;
  std::vector<table> tables_; // by depth
  std::uint64_t key_[2];
};

} // namespace crosscut::json

// One node or edge of an OpenGraph input while it is being read. One record is reused for all, so that a
// large input costs no allocation a record.
#pragma once

#include <crosscut/base/diagnostic.hpp>
#include <crosscut/model/value.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut::io::opengraph {

/// Copies of texts that stay where they are until clear(), which keeps one block for the next record.
class text_arena {
public:
  std::string_view copy(std::string_view text);
  void clear();

private:
  static constexpr std::size_t block_size = std::size_t{64} << 10;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

/// The members that records, and the objects around and in them, may have.
enum class field : std::uint8_t {
  unknown,
  metadata,
  graph,
  source_kind,
  nodes,
  edges,
  id,
  kinds,
  kind,
  properties,
  start,
  end,
  start_id,
  end_id,
  value,
  match_by,
  property_matchers
};
field find_field(std::string_view name) noexcept;
std::string_view name_of(field) noexcept;

/// Names, texts and lists point into the record itself.
class record {
public:
  void clear();
  bool has(field f) const noexcept { return (seen_ & bit(f)) != 0; }
  void see(field f) noexcept { seen_ |= bit(f); }

  std::string_view copy(std::string_view text) { return texts_.copy(text); }
  void add_property(std::string_view name, const value_view& value);
  void begin_list(std::string_view name);
  void add_element(const scalar_view& element) { elements_.push_back(element); }
  /// Of the list begun last.
  std::span<const scalar_view> elements() const noexcept { return std::span(elements_).subspan(list_begin_); }
  /// What was added, in order. Valid until the next change.
  std::span<const property_view> properties();

  source_position where;
  bool broken = false; ///< A problem was reported: not to be added.
  std::string_view id, kind, source, target;
  std::vector<std::string_view> kinds;

private:
  static constexpr std::uint32_t bit(field f) noexcept { return 1u << static_cast<unsigned>(f); }
  void end_list() noexcept;

  struct list {
    std::size_t property, begin, size;
  };
  std::uint32_t seen_ = 0;
  text_arena texts_;
  std::vector<property_view> properties_;
  std::vector<list> lists_; // bound to their properties at the end, as elements_ moves when it grows
  std::vector<scalar_view> elements_;
  std::size_t list_begin_ = 0;
};

} // namespace crosscut::io::opengraph

#include "opengraph_record.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace crosscut::io::opengraph {

namespace {

// In the order of field's values.
constexpr std::array<std::string_view, 17> field_names{"",
                                                       "metadata",
                                                       "graph",
                                                       "source_kind",
                                                       "nodes",
                                                       "edges",
                                                       "id",
                                                       "kinds",
                                                       "kind",
                                                       "properties",
                                                       "start",
                                                       "end",
                                                       "start_id",
                                                       "end_id",
                                                       "value",
                                                       "match_by",
                                                       "property_matchers"};

} // namespace

// Called for every member of every record: most names are told apart without comparing them whole.
field find_field(std::string_view name) noexcept {
  for (std::size_t f = 1; f < field_names.size(); ++f) {
    const auto known = field_names[f];
    if (known.size() == name.size() && known.front() == name.front() && known == name)
      return static_cast<field>(f);
  }
  return field::unknown;
}

std::string_view name_of(field f) noexcept { return field_names[static_cast<std::size_t>(f)]; }

std::string_view text_arena::copy(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > left_) {
    left_ = std::max(block_size, text.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    next_ = blocks_.back().get();
  }
  char* const start = next_;
  std::memcpy(start, text.data(), text.size());
  next_ += text.size();
  left_ -= text.size();
  return {start, text.size()};
}

void text_arena::clear() {
  if (blocks_.empty()) return;
  if (blocks_.size() > 1) { // the first may be of any size: start again from nothing
    blocks_.clear();
    next_ = nullptr;
    left_ = 0;
    return;
  }
  left_ += static_cast<std::size_t>(next_ - blocks_[0].get());
  next_ = blocks_[0].get();
}

void record::clear() {
  seen_ = 0;
  broken = false;
  id = kind = source = target = {};
  kinds.clear();
  texts_.clear();
  properties_.clear();
  lists_.clear();
  elements_.clear();
}

void record::add_property(std::string_view name, const value_view& value) {
  properties_.push_back({name, value});
}

void record::begin_list(std::string_view name) {
  end_list();
  list_begin_ = elements_.size();
  lists_.push_back({properties_.size(), list_begin_, 0});
  properties_.push_back({name, {}});
}

void record::end_list() noexcept {
  if (!lists_.empty()) lists_.back().size = elements_.size() - lists_.back().begin;
}

std::span<const property_view> record::properties() {
  end_list();
  for (const auto& l : lists_)
    properties_[l.property].value = std::span<const scalar_view>(elements_).subspan(l.begin, l.size);
  return properties_;
}

} // namespace crosscut::io::opengraph

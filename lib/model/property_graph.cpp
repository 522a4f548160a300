#include <crosscut/model/property_graph.hpp>

#include <algorithm>
#include <bit>
#include <numeric>

namespace crosscut {

namespace {

template <class T> std::size_t bytes(const std::vector<T>& v) noexcept { return v.capacity() * sizeof(T); }

} // namespace

index_t property_graph::find_node(std::string_view id) const noexcept {
  const auto text = [this](index_t i) { return ids_[i]; };
  const auto found = std::ranges::lower_bound(node_ids_, id, {}, text);
  if (found == node_ids_.end() || text(*found) != id) return no_index;
  return static_cast<index_t>(found - node_ids_.begin());
}

std::span<const property_graph::kind_index> property_graph::node_kinds(index_t node) const noexcept {
  return kind_lists_[node_kind_lists_[node]];
}

std::string_view property_graph::display_name(index_t node) const noexcept {
  return as_text(node_property(node, name_key_).value).value_or(node_id(node));
}

std::string_view property_graph::edge_key(index_t edge) const noexcept {
  const auto found = std::ranges::lower_bound(keyed_edges_, edge);
  if (found == keyed_edges_.end() || *found != edge) return {};
  return strings_[edge_keys_[static_cast<std::size_t>(found - keyed_edges_.begin())]];
}

std::span<const index_t> property_graph::edges_of_kind(kind_index kind) const noexcept {
  if (kind == no_kind) return {};
  return std::span(edges_by_kind_)
      .subspan(kind_offsets_[kind], kind_offsets_[kind + 1] - kind_offsets_[kind]);
}

property_graph::kind_index property_graph::find_kind(std::string_view name) const noexcept {
  const auto text = [this](index_t i) { return strings_[i]; };
  const auto found = std::ranges::lower_bound(kind_names_, name, {}, text);
  if (found == kind_names_.end() || text(*found) != name) return no_kind;
  return static_cast<kind_index>(found - kind_names_.begin());
}

index_t property_graph::find_key(const std::vector<property_column>& columns,
                                 std::string_view name) const noexcept {
  const auto text = [this](const property_column& c) { return strings_[c.name]; };
  const auto found = std::ranges::lower_bound(columns, name, {}, text);
  if (found == columns.end() || text(*found) != name) return no_index;
  return static_cast<index_t>(found - columns.begin());
}

property_fact property_graph::read(const std::vector<property_column>& columns, index_t element,
                                   index_t key) const noexcept {
  if (key == no_index) return {};
  const auto& column = columns[key];
  std::size_t slot = element;
  if (!column.elements_.empty()) {
    const auto found = std::ranges::lower_bound(column.elements_, element);
    if (found == column.elements_.end() || *found != element) return {};
    slot = static_cast<std::size_t>(found - column.elements_.begin());
  }
  using tag = property_column::tag;
  const std::uint64_t bits = column.bits_[slot];
  const bool known = !(column.tags_[slot] & property_column::out_of_vocabulary);
  switch (static_cast<tag>(column.tags_[slot] & ~property_column::out_of_vocabulary)) {
  case tag::none: return {};
  case tag::boolean: return {bits != 0, known};
  case tag::int64: return {static_cast<std::int64_t>(bits), known};
  case tag::uint64: return {bits, known};
  case tag::real: return {std::bit_cast<double>(bits), known};
  case tag::text: return {strings_[static_cast<index_t>(bits)], known};
  case tag::list: break;
  }
  const auto first = list_offsets_[bits], last = list_offsets_[bits + 1];
  return {std::span<const scalar_view>(list_elements_).subspan(first, last - first), known};
}

property_rows property_graph::rows_of(const std::vector<property_column>& columns, index_t elements) {
  const auto for_each_value = [&](auto use) {
    for (index_t key = 0; key < columns.size(); ++key) {
      const auto& c = columns[key];
      for (index_t i = 0; i < c.tags_.size(); ++i)
        if (c.tags_[i] != 0) use(c.elements_.empty() ? i : c.elements_[i], key);
    }
  };
  property_rows rows;
  rows.offsets_.assign(elements + std::size_t{1}, 0);
  for_each_value([&](index_t element, index_t) { ++rows.offsets_[element + std::size_t{1}]; });
  std::partial_sum(rows.offsets_.begin(), rows.offsets_.end(), rows.offsets_.begin());
  rows.keys_.resize(rows.offsets_.back());
  auto next = rows.offsets_;
  for_each_value([&](index_t element, index_t key) { rows.keys_[next[element]++] = key; });
  return rows;
}

bool property_graph::collected(index_t node) const noexcept {
  return as_bool(node_property(node, collected_key_).value).value_or(false);
}

std::size_t property_graph::memory_usage() const noexcept {
  std::size_t total = ids_.memory_usage() + strings_.memory_usage() + bytes(node_ids_) +
                      bytes(primary_kinds_) + bytes(layers_) + bytes(node_kind_lists_) + bytes(out_offsets_) +
                      bytes(in_offsets_) + bytes(sources_) + bytes(targets_) + bytes(in_edges_) +
                      bytes(edge_kinds_) + bytes(kind_offsets_) + bytes(edges_by_kind_) +
                      bytes(keyed_edges_) + bytes(edge_keys_) + bytes(list_offsets_) + bytes(list_elements_);
  for (const auto* columns : {&node_columns_, &edge_columns_})
    for (const auto& c : *columns) total += bytes(c.elements_) + bytes(c.tags_) + bytes(c.bits_);
  return total;
}

} // namespace crosscut

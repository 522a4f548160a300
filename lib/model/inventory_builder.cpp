#include <crosscut/model/inventory_builder.hpp>

#include <algorithm>
#include <bit>
#include <utility>

namespace crosscut {

namespace {

constexpr std::size_t batch =
    32; // look-ups under way at a time: enough to hide the memory, few enough to stay in the cache

} // namespace

inventory_builder::inventory_builder() { begin_file({}); }

void inventory_builder::begin_file(std::string name) {
  if (!files_.empty() && files_.back().first_node == nodes_.size() &&
      files_.back().first_edge == edges_.size())
    files_.pop_back();
  files_.push_back({std::move(name), nodes_.size(), edges_.size()});
}

void inventory_builder::drop_file() {
  look_up_ends();
  nodes_.truncate(files_.back().first_node);
  edges_.truncate(files_.back().first_edge);
  node_positions_.truncate(nodes_.size());
  edge_positions_.truncate(edges_.size());
  std::size_t keys = edge_keys_.size();
  while (keys > 0 && edge_keys_[keys - 1].record >= edges_.size()) --keys;
  edge_keys_.truncate(keys);
  node_properties_.truncate(static_cast<index_t>(nodes_.size()));
  edge_properties_.truncate(static_cast<index_t>(edges_.size()));
}

std::size_t inventory_builder::nodes_in_file() const noexcept {
  return nodes_.size() - files_.back().first_node;
}
std::size_t inventory_builder::edges_in_file() const noexcept {
  return edges_.size() - files_.back().first_edge;
}

void inventory_builder::add_node(std::string_view id, std::span<const std::string_view> kinds,
                                 std::span<const property_view> properties, source_position where) {
  const auto record = static_cast<index_t>(nodes_.size());
  nodes_.push_back({ids_.intern(id), kind_list(kinds)});
  node_positions_.push_back(where);
  append(node_properties_, record, properties);
}

void inventory_builder::add_edge(std::string_view kind, std::string_view source, std::string_view target,
                                 std::span<const property_view> properties, source_position where) {
  const auto record = static_cast<index_t>(edges_.size());
  edges_.push_back({no_index, no_index, recent_kinds_.intern(names_, kind)});
  const bool same_source = source == last_source_text_ && record != 0;
  waiting_.push_back({record, same_source, static_cast<std::uint32_t>(source.size()),
                      static_cast<std::uint32_t>(target.size()),
                      same_source ? string_pool::hashes{} : ids_.prefetch(source), ids_.prefetch(target)});
  if (!same_source) last_source_text_ = source;
  (waiting_texts_ += source) += target;
  if (waiting_.size() == batch) look_up_ends();
  edge_positions_.push_back(where);
  for (const auto& p : properties)
    if (p.name == "key" && p.value.index() != 0)
      edge_keys_.push_back(
          {record, strings_.intern(as_text(p.value) ? std::string(*as_text(p.value)) : to_text(p.value))});
  append(edge_properties_, record, properties);
}

void inventory_builder::look_up_ends() {
  std::string_view texts = waiting_texts_;
  const auto next = [&texts](std::size_t size) {
    const auto text = texts.substr(0, size);
    texts.remove_prefix(size);
    return text;
  };
  for (const auto& w : waiting_) {
    const auto source = next(w.source_size), target = next(w.target_size);
    if (!w.same_source) last_source_ = ids_.intern(source, w.source);
    edges_[w.record].source = last_source_;
    edges_[w.record].target = ids_.intern(target, w.target);
  }
  waiting_.clear();
  waiting_texts_.clear();
}

void inventory_builder::append(property_logs& all, index_t record,
                               std::span<const property_view> properties) {
  for (const auto& p : properties) {
    if (p.value.index() == 0) continue;
    auto& log = all.at(recent_properties_.intern(names_, p.name));
    const auto [tag, bits] = store(p.value);
    log.records.push_back(record);
    log.tags.push_back(static_cast<std::uint8_t>(tag));
    log.bits.push_back(bits);
  }
}

std::pair<property_column::tag, std::uint64_t> inventory_builder::store(const value_view& value) {
  using tag = property_column::tag;
  struct visitor {
    inventory_builder& self;
    std::pair<tag, std::uint64_t> operator()(std::monostate) const { return {tag::none, 0}; }
    std::pair<tag, std::uint64_t> operator()(bool b) const { return {tag::boolean, b}; }
    std::pair<tag, std::uint64_t> operator()(std::int64_t i) const {
      return {tag::int64, static_cast<std::uint64_t>(i)};
    }
    std::pair<tag, std::uint64_t> operator()(std::uint64_t u) const { return {tag::uint64, u}; }
    std::pair<tag, std::uint64_t> operator()(double d) const {
      return {tag::real, std::bit_cast<std::uint64_t>(d)};
    }
    std::pair<tag, std::uint64_t> operator()(std::string_view s) const {
      return {tag::text, self.strings_.intern(s)};
    }
    std::pair<tag, std::uint64_t> operator()(std::span<const scalar_view> list) const {
      for (const auto& element : list) self.list_elements_.push_back(self.keep(element));
      self.list_offsets_.push_back(static_cast<index_t>(self.list_elements_.size()));
      return {tag::list, self.list_offsets_.size() - 2};
    }
  };
  return std::visit(visitor{*this}, value);
}

scalar_view inventory_builder::keep(const scalar_view& v) {
  const auto* text = std::get_if<std::string_view>(&v);
  return text ? scalar_view{strings_[strings_.intern(*text)]} : v;
}

index_t inventory_builder::kind_list(std::span<const std::string_view> kinds) {
  auto& list = kind_scratch_;
  list.clear();
  ++kind_lists_seen_;
  for (const auto kind : kinds) {
    const auto i = recent_kinds_.intern(names_, kind);
    if (i >= kind_in_list_.size()) kind_in_list_.resize(i + std::size_t{1});
    if (std::exchange(kind_in_list_[i], kind_lists_seen_) != kind_lists_seen_) list.push_back(i);
  }
  if (last_kind_list_ != no_index && kind_lists_[last_kind_list_] == list) return last_kind_list_;
  const auto [found, added] = kind_list_of_.try_emplace(list, static_cast<index_t>(kind_lists_.size()));
  if (added) kind_lists_.push_back(list);
  return last_kind_list_ = found->second;
}

index_t inventory_builder::recent_names::intern(string_pool& names, std::string_view name) {
  const auto byte = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(name[i])}; };
  const std::size_t slot =
      name.empty() ? 0
                   : (name.size() * 7 + byte(0) * 5 + byte(name.size() / 2) * 3 + byte(name.size() - 1)) %
                         last_.size();
  auto& last = last_[slot];
  if (last >= names.size() || names[last] != name) last = names.intern(name);
  return last;
}

inventory_builder::property_log& inventory_builder::property_logs::at(index_t name) {
  if (name >= of_name.size()) of_name.resize(name + 1, no_index);
  if (of_name[name] == no_index) {
    of_name[name] = static_cast<index_t>(logs.size());
    logs.push_back({name, {}, {}, {}});
  }
  return logs[of_name[name]];
}

void inventory_builder::property_logs::truncate(index_t first_record) {
  for (auto& log : logs) {
    std::size_t n = log.records.size();
    while (n > 0 && log.records[n - 1] >= first_record) --n;
    log.records.truncate(n);
    log.tags.truncate(n);
    log.bits.truncate(n);
  }
}

} // namespace crosscut

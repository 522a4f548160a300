#include "draft.hpp"

#include "text_scan.hpp"

#include <crosscut/base/escape.hpp>

#include <algorithm>

namespace crosscut::io {

const draft::value* draft::record::find(std::string_view name) const noexcept {
  const auto found = std::ranges::find(properties_, name, &std::pair<std::string_view, value>::first);
  return found == properties_.end() ? nullptr : &found->second;
}

draft::record& draft::record::set(std::string_view name, value v) {
  if (!find(name)) properties_.emplace_back(name, std::move(v));
  return *this;
}

bool draft::record::append(std::string_view name, std::string_view element, std::size_t most) {
  auto found = std::ranges::find(properties_, name, &std::pair<std::string_view, value>::first);
  if (found == properties_.end()) found = properties_.insert(found, {name, std::vector<std::string>()});
  auto& elements = std::get<std::vector<std::string>>(found->second);
  if (std::ranges::find(elements, element) != elements.end()) return true;
  if (elements.size() >= most) return false;
  elements.emplace_back(element);
  return true;
}

draft::record& draft::node(std::string_view id, std::string_view kind, source_position where) {
  const auto i = node_ids_.intern(id);
  if (i < nodes_.size()) return nodes_[i];
  auto& n = nodes_.emplace_back();
  n.id_ = id;
  n.kind_ = kind;
  n.where_ = where;
  return n;
}

draft::record& draft::edge(std::string_view kind, std::string_view source, std::string_view target,
                           std::string_view key, source_position where) {
  std::string name;
  for (const auto part : {kind, source, target, key})
    name += std::to_string(part.size()) + ':' + std::string(part);
  const auto i = edge_ids_.intern(name);
  if (i < edges_.size()) return edges_[i];
  auto& e = edges_.emplace_back();
  e.kind_ = kind;
  e.id_ = source;
  e.target_ = target;
  e.where_ = where;
  if (!key.empty()) e.text("key", key);
  return e;
}

namespace {

// Views of one record's properties at a time.
class property_views {
public:
  std::span<const property_view> of(std::span<const std::pair<std::string_view, draft::value>> properties) {
    views_.clear();
    lists_.clear();
    for (const auto& [name, v] : properties) views_.push_back({name, view(v)});
    return views_;
  }

private:
  value_view view(const draft::value& v) {
    if (const auto* b = std::get_if<bool>(&v)) return *b;
    if (const auto* i = std::get_if<std::int64_t>(&v)) return *i;
    if (const auto* s = std::get_if<std::string>(&v)) return std::string_view(*s);
    auto& list = lists_.emplace_back();
    for (const auto& element : std::get<std::vector<std::string>>(v))
      list.emplace_back(std::string_view(element));
    return std::span<const scalar_view>(list);
  }

  std::vector<property_view> views_;
  std::deque<std::vector<scalar_view>> lists_;
};

} // namespace

void draft::write(inventory_builder& out) const {
  property_views views;
  for (const auto& n : nodes_) {
    const std::string_view kinds[]{n.kind_};
    out.add_node(n.id_, kinds, views.of(n.properties_), n.where_);
  }
  for (const auto& e : edges_) out.add_edge(e.kind_, e.id_, e.target_, views.of(e.properties_), e.where_);
}

std::string make_id(std::string_view prefix, std::string_view text, hash_key key, slashes s) {
  constexpr std::size_t longest = 160;
  constexpr std::string_view refused = ":#\\\"'{}<>";
  auto form = escape_for_terminal(text.substr(0, longest + 1));
  for (auto& c : form)
    if (refused.find(c) != refused.npos || c == ' ' || (c == '/' && s == slashes::replace)) c = '_';
  if (form != text || form.size() > longest || form.empty())
    form = cut_text(form, longest) + '#' + to_hex(siphash(text, key));
  return std::string(prefix) + form;
}

} // namespace crosscut::io

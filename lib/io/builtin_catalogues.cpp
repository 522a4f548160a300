#include "builtin_catalogues.hpp"

#include <crosscut/io/catalogue.hpp>

#include <map>
#include <vector>

namespace crosscut::io {

namespace {

using shared_catalogue = std::shared_ptr<const catalogue>;

std::map<std::string_view, shared_catalogue> read_all() {
  std::map<std::string_view, shared_catalogue> result;
  for (const auto& [name, text] : embedded_catalogues()) {
    diagnostics messages;
    auto c = read_catalogue(text, std::string(name), messages);
    result.emplace(name, c ? std::make_shared<const catalogue>(std::move(*c)) : nullptr);
  }
  return result;
}

} // namespace

std::span<const std::string_view> builtin_catalogue_names() noexcept {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> result;
    for (const auto& c : embedded_catalogues()) result.push_back(c.name);
    return result;
  }();
  return names;
}

std::string_view builtin_catalogue_text(std::string_view name) noexcept {
  for (const auto& c : embedded_catalogues())
    if (c.name == name) return c.text;
  return {};
}

std::shared_ptr<const catalogue> builtin_catalogue(std::string_view name) {
  static const auto all = read_all();
  const auto found = all.find(name);
  return found == all.end() ? nullptr : found->second;
}

} // namespace crosscut::io

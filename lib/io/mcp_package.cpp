// Package names with versions, as the package managers write them.
#include "mcp_launch.hpp"
#include "mcp_text.hpp"
#include "mcp_url.hpp"

#include <array>

namespace crosscut::io::mcp {

namespace {

using namespace std::string_view_literals;

// All of major.minor.patch, which names one release: "1.2.3", "1.2.3-rc.1+build".
bool is_exact_npm_version(std::string_view v) noexcept {
  for (int part = 0; part < 3; ++part) {
    const auto digits = std::min(v.find_first_not_of("0123456789"), v.size());
    if (digits == 0) return false;
    v.remove_prefix(digits);
    if (part < 2) {
      if (!v.starts_with('.')) return false;
      v.remove_prefix(1);
    }
  }
  const auto in_suffix = [](char c) noexcept { return is_alnum(c) || c == '.' || c == '-' || c == '+'; };
  return v.empty() || ((v.front() == '-' || v.front() == '+') && all_of(v, in_suffix));
}

// Of a release, not of a range or tag: "1.2", "2024.1.post1".
bool is_exact_python_version(std::string_view v) noexcept {
  return !v.empty() && is_digit(v.front()) &&
         all_of(v, [](char c) noexcept { return is_alnum(c) || c == '.' || c == '+' || c == '!'; });
}

bool is_commit(std::string_view v) noexcept {
  const auto hex = [](char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'f'); };
  return (v.size() == 40 || v.size() == 64) && all_of(v, hex);
}

// "git+https://host/owner/repo.git" is host/owner/repo; credentials are not part of it.
std::string repository_name(std::string_view text) {
  if (text.starts_with("git+")) text.remove_prefix(4);
  const auto u = parse_url(text);
  auto name = u ? label(*u) : std::string(text);
  if (name.ends_with(".git")) name.resize(name.size() - 4);
  return name;
}

void set_repository(launch& out, std::string_view where, std::string_view revision) {
  out.from = origin::git;
  out.package = repository_name(where);
  out.version = revision;
  out.pinned = is_commit(revision);
}

void set_local(launch& out, std::string_view path) {
  out.from = origin::local;
  out.package = path;
  out.relative = !is_absolute_path(path);
}

bool is_file_path(std::string_view text) noexcept {
  return text.starts_with('.') || text.starts_with('/') || text.starts_with('~') || text.starts_with("file:");
}

// PEP 503: case and runs of "-_." do not tell names apart.
std::string normal_python_name(std::string_view name) {
  std::string out;
  for (const char c : lower(name)) {
    const bool separator = c == '-' || c == '_' || c == '.';
    if (!separator)
      out += c;
    else if (out.empty() || out.back() != '-')
      out += '-';
  }
  return out;
}

} // namespace

std::string_view to_string(origin o) noexcept {
  constexpr std::array names{"npm"sv, "pypi"sv, "oci"sv, "git"sv, "python-module"sv, "local"sv};
  return names[static_cast<std::size_t>(o)];
}

void read_npm_package(std::string_view text, launch& out) {
  text = trim(text);
  if (text.empty()) return;
  const auto hash = text.find('#');
  const auto revision = hash == text.npos ? ""sv : text.substr(hash + 1);
  if (text.starts_with("github:"))
    return set_repository(out, "github.com/" + std::string(text.substr(7, hash - 7)), revision);
  if (text.find("://") != text.npos) return set_repository(out, text.substr(0, hash), revision);
  if (is_file_path(text)) return set_local(out, text.starts_with("file:") ? text.substr(5) : text);
  if (!text.starts_with('@') && text.find('/') != text.npos && text.find('@') == text.npos)
    return set_repository(out, "github.com/" + std::string(text.substr(0, hash)), revision);
  if (text.starts_with("npm:")) text.remove_prefix(4);
  const auto at = text.find('@', 1);
  out.from = origin::npm;
  out.package = text.substr(0, at);
  if (at != text.npos) out.version = text.substr(at + 1);
  out.pinned = is_exact_npm_version(out.version);
}

void read_python_package(std::string_view text, launch& out) {
  text = trim(text);
  if (text.empty()) return;
  if (const auto direct = text.find(" @ "); direct != text.npos) text = trim(text.substr(direct + 3));
  if (text.find("://") != text.npos) {
    const auto at = text.rfind('@');
    const bool revision = at != text.npos && text.find('/', at) == text.npos;
    return set_repository(out, text.substr(0, revision ? at : text.npos),
                          revision ? text.substr(at + 1) : ""sv);
  }
  if (is_file_path(text)) return set_local(out, text.starts_with("file:") ? text.substr(5) : text);
  const auto name_end = text.find_first_of("=<>!~@[; ");
  out.from = origin::pypi;
  out.package = normal_python_name(text.substr(0, name_end));
  auto rest = name_end == text.npos ? ""sv : text.substr(name_end);
  if (rest.starts_with('[')) rest = rest.substr(std::min(rest.find(']'), rest.size() - 1) + 1);
  rest = trim(rest.substr(0, rest.find(';')));
  const bool exact = rest.starts_with("==") || rest.starts_with('@');
  out.version =
      trim(exact ? rest.substr(rest.find_first_not_of("=@") == rest.npos ? rest.size()
                                                                         : rest.find_first_not_of("=@"))
                 : rest);
  out.pinned = exact && is_exact_python_version(out.version);
}

void read_image(std::string_view text, launch& out) {
  text = trim(text);
  if (text.empty()) return;
  out.from = origin::oci;
  const auto at = text.find('@');
  const auto digest = at == text.npos ? ""sv : text.substr(at + 1);
  auto name = text.substr(0, at);
  const auto colon = name.rfind(':');
  const bool has_tag = colon != name.npos && name.find('/', colon) == name.npos;
  const auto tag = has_tag ? name.substr(colon + 1) : ""sv;
  out.package = name.substr(0, has_tag ? colon : name.npos);
  out.version = digest.empty() ? tag : digest;
  if (digest.starts_with("sha256:") || digest.starts_with("sha512:"))
    out.pinned = true;
  else if (tag.empty() || tag == "latest")
    out.pinned = false;
  // Images of another host may be anybody's own; without a host they come from the public hub.
  const auto host = out.package.substr(0, std::min(out.package.find('/'), out.package.size()));
  out.other_registry =
      host.size() != out.package.size() && (host.find_first_of(".:") != host.npos || host == "localhost");
}

} // namespace crosscut::io::mcp

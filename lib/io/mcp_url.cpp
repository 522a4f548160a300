#include "mcp_url.hpp"

#include "mcp_secret.hpp"
#include "mcp_text.hpp"

#include <array>
#include <charconv>

namespace crosscut::io::mcp {

namespace {

using namespace std::string_view_literals;

bool is_scheme(std::string_view text) noexcept {
  return !text.empty() && is_letter(text.front()) &&
         std::ranges::all_of(text, [](char c) { return is_alnum(c) || c == '+' || c == '.' || c == '-'; });
}

std::string_view default_port(std::string_view scheme) noexcept {
  if (scheme == "http" || scheme == "ws") return "80";
  if (scheme == "https" || scheme == "wss") return "443";
  return {};
}

void set_user(url& u, std::string_view text) {
  const auto colon = text.find(':');
  u.has_user = colon != 0 && !text.empty();
  u.user = text.substr(0, colon);
  u.has_password = colon != text.npos;
  if (u.has_password) u.password = percent_decode(text.substr(colon + 1));
}

void set_host(url& u, std::string_view text) {
  const bool placeholder = text.find_first_of("${}<>%") != text.npos;
  const auto bracket = text.starts_with('[') ? text.find(']') : text.npos;
  const auto colon = placeholder ? text.npos : text.find(':', bracket == text.npos ? 0 : bracket);
  u.host = lower(text.substr(0, colon));
  if (colon != text.npos) u.port = text.substr(colon + 1);
  if (u.port == default_port(u.scheme)) u.port.clear();
  u.host_known = !placeholder && !u.host.empty() && all_of(u.port, is_digit);
}

void set_query(url& u, std::string_view text) {
  while (!text.empty()) {
    const auto pair = text.substr(0, text.find('&'));
    const auto equals = pair.find('=');
    const auto value = equals == pair.npos ? ""sv : pair.substr(equals + 1);
    u.query.emplace_back(percent_decode(pair.substr(0, equals)), percent_decode(value));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
  }
}

// Where the authority ends, of which placeholders may be part.
std::size_t authority_end(std::string_view text, std::size_t from = 0) noexcept {
  std::size_t depth = 0;
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && depth > 0) --depth;
    if (depth == 0 && (text[i] == '/' || text[i] == '?' || text[i] == '#')) return i;
  }
  return text.size();
}

// "user:p/ss@host": a password that was not escaped would pass for host, port and path, and be shown.
bool cuts_password(std::string_view text, std::size_t end) noexcept {
  const auto authority = text.substr(0, end);
  const auto colon = authority.find(':');
  return colon != authority.npos && authority.find_first_of("@[{") == authority.npos &&
         !all_of(authority.substr(colon + 1), is_digit) && text.find('@', end) != text.npos;
}

// Long, of letters and digits: a key that some services put into the path.
bool looks_like_key(std::string_view segment) noexcept {
  constexpr std::size_t long_enough = 20;
  return segment.size() >= long_enough && std::ranges::any_of(segment, is_digit) &&
         std::ranges::any_of(segment, is_letter);
}

std::string shown_path(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const auto end = std::min(path.find('/', 1), path.size());
    const auto segment = path.substr(0, end);
    const bool masked = looks_like_key(segment.substr(1)) || is_known_secret(segment.substr(1)) ||
                        segment.find_first_of("${}<>") != segment.npos ||
                        segment.find('@', 2) != segment.npos;
    out += masked ? "/…" : std::string(segment);
    path.remove_prefix(end);
  }
  return out == "/" ? "" : out;
}

using address = std::array<unsigned, 4>;

std::optional<address> ipv4(std::string_view host) noexcept {
  address a{};
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto [end, failed] = std::from_chars(host.data(), host.data() + host.size(), a[i]);
    if (failed != std::errc{} || a[i] > 255) return std::nullopt;
    host.remove_prefix(static_cast<std::size_t>(end - host.data()));
    if (i == 3) break;
    if (!host.starts_with('.')) return std::nullopt;
    host.remove_prefix(1);
  }
  return host.empty() ? std::optional(a) : std::nullopt;
}

// RFC 1918, loopback, link-local (RFC 3927), shared (RFC 6598) and "this host" addresses.
bool is_private(const address& a) noexcept {
  return a[0] == 0 || a[0] == 10 || a[0] == 127 || (a[0] == 172 && a[1] >= 16 && a[1] < 32) ||
         (a[0] == 192 && a[1] == 168) || (a[0] == 169 && a[1] == 254) ||
         (a[0] == 100 && a[1] >= 64 && a[1] < 128);
}

// Loopback, unspecified, unique local (fc00::/7), link-local (fe80::/10).
bool is_private_v6(std::string_view host) noexcept {
  host = host.substr(1, host.size() - 2);
  if (host == "::1" || host == "::") return true;
  if (host.starts_with("::ffff:"))
    if (const auto mapped = ipv4(host.substr(7))) return is_private(*mapped);
  return host.starts_with("fc") || host.starts_with("fd") || host.starts_with("fe8") ||
         host.starts_with("fe9") || host.starts_with("fea") || host.starts_with("feb");
}

// Special-use names (RFC 6761, 6762, 8375) and names without a dot, which public DNS does not serve.
bool is_local_name(std::string_view host) noexcept {
  while (host.ends_with('.')) host.remove_suffix(1);
  constexpr std::array ends{".localhost"sv, ".local"sv, ".internal"sv, ".home.arpa"sv, ".lan"sv};
  return host.find('.') == host.npos || std::ranges::any_of(ends, [&](auto e) { return host.ends_with(e); });
}

} // namespace

std::string percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ptr == text.data() + i + 3) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::optional<url> parse_url(std::string_view text) {
  text = trim(text);
  const auto colon = text.find("://");
  if (colon == text.npos || !is_scheme(text.substr(0, colon))) return std::nullopt;
  url u;
  u.scheme = lower(text.substr(0, colon));
  text.remove_prefix(colon + 3);
  auto end = authority_end(text);
  if (cuts_password(text, end)) end = authority_end(text, text.find('@', end));
  const auto authority = text.substr(0, end);
  auto rest = text.substr(end);
  const auto at = authority.rfind('@');
  if (at != authority.npos) set_user(u, authority.substr(0, at));
  set_host(u, at == authority.npos ? authority : authority.substr(at + 1));
  rest = rest.substr(0, rest.find('#'));
  const auto question = rest.find('?');
  u.path = rest.substr(0, question);
  if (question != rest.npos) set_query(u, rest.substr(question + 1));
  return u;
}

std::string shown(const url& u) {
  const auto host = u.host_known ? u.host + (u.port.empty() ? "" : ":" + u.port) : std::string("…");
  return u.scheme + "://" + host + shown_path(u.path);
}

std::string label(const url& u) {
  if (!u.host_known) return u.scheme;
  auto host = u.host;
  std::ranges::replace(host, ':', '-');
  return host + (u.port.empty() ? "" : "-" + u.port) + shown_path(u.path);
}

std::string_view network_of(const url& u) noexcept {
  if (!u.host_known) return {};
  const auto v4 = ipv4(u.host);
  const bool v6 = u.host.size() > 2 && u.host.front() == '[' && u.host.back() == ']';
  const bool is_local = v4 ? is_private(*v4) : v6 ? is_private_v6(u.host) : is_local_name(u.host);
  return is_local ? "private" : "public";
}

} // namespace crosscut::io::mcp

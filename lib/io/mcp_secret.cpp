#include "mcp_secret.hpp"

#include "mcp_text.hpp"
#include "mcp_url.hpp"

#include <array>

namespace crosscut::io::mcp {

namespace {

using namespace std::string_view_literals;
using segments = std::vector<std::string>;

// "myApiKey-v2" is MY, API, KEY, V2.
segments split_name(std::string_view name) {
  segments out;
  bool inside = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_alnum(c)) {
      inside = false;
      continue;
    }
    const bool hump = inside && is_upper(c) && !is_upper(name[i - 1]);
    if (!inside || hump) out.emplace_back();
    inside = true;
    out.back() += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  return out;
}

// A name that ends so says where a credential is, or something about it.
constexpr std::array about_names{
    "FILE"sv,     "PATH"sv,   "DIR"sv,    "DIRECTORY"sv, "FOLDER"sv, "URL"sv,      "URI"sv,
    "ENDPOINT"sv, "HOST"sv,   "PORT"sv,   "NAME"sv,      "ID"sv,     "TYPE"sv,     "LIMIT"sv,
    "TTL"sv,      "COUNT"sv,  "SIZE"sv,   "LENGTH"sv,    "BUDGET"sv, "REGION"sv,   "MODE"sv,
    "PREFIX"sv,   "HEADER"sv, "EXPIRY"sv, "TIMEOUT"sv,   "ALIAS"sv,  "ENABLED"sv,  "VERSION"sv,
    "COMMAND"sv,  "HELPER"sv, "ENV"sv,    "STORE"sv,     "VAULT"sv,  "PROVIDER"sv, "SOURCE"sv};
constexpr std::array anywhere{"PASSWORD"sv, "PASSWD"sv, "PASSPHRASE"sv, "SECRET"sv, "CREDENTIAL"sv};
constexpr std::array at_the_end{"TOKEN"sv, "APIKEY"sv, "APIKEYS"sv, "ACCESSKEY"sv, "PRIVATEKEY"sv};
constexpr std::array exactly{"KEY"sv, "KEYS"sv, "PAT"sv, "PASS"sv, "AUTHORIZATION"sv, "COOKIE"sv};

bool is_secret_segment(std::string_view s) noexcept {
  return std::ranges::any_of(anywhere, [&](auto w) { return s.find(w) != s.npos; }) ||
         std::ranges::any_of(at_the_end, [&](auto w) { return s.ends_with(w); }) ||
         std::ranges::find(exactly, s) != exactly.end();
}

bool is_name_char(char c) noexcept { return is_alnum(c) || c == '_'; }
bool is_key_char(char c) noexcept {
  return is_alnum(c) || c == '_' || c == '-' || c == '.' || c == '/' || c == '+' || c == '=';
}

struct known_form {
  std::string_view prefix;
  std::size_t least; // characters after the prefix
};
constexpr std::array known_forms{
    known_form{"sk_live_", 8}, known_form{"sk_test_", 8},   known_form{"rk_live_", 8},
    known_form{"ghp_", 8},     known_form{"gho_", 8},       known_form{"ghu_", 8},
    known_form{"ghs_", 8},     known_form{"ghr_", 8},       known_form{"github_pat_", 8},
    known_form{"xoxb-", 8},    known_form{"xoxp-", 8},      known_form{"xoxa-", 8},
    known_form{"xapp-", 8},    known_form{"AKIA", 16},      known_form{"ASIA", 16},
    known_form{"AIza", 30},    known_form{"glpat-", 8},     known_form{"hf_", 20},
    known_form{"npm_", 30},    known_form{"dckr_pat_", 16}, known_form{"ya29.", 20},
    known_form{"SG.", 30}};

bool has_known_form(std::string_view v) noexcept {
  return std::ranges::any_of(known_forms, [&](const known_form& f) {
    return v.starts_with(f.prefix) && v.size() >= f.prefix.size() + f.least && all_of(v, is_key_char);
  });
}

// "sk-…" with a digit: "sk-learn-contrib" is a name.
bool is_sk_key(std::string_view v) noexcept {
  return v.starts_with("sk-") && v.size() >= 11 && all_of(v, is_key_char) && std::ranges::any_of(v, is_digit);
}

// Three base64url parts, of which the first is a JSON object.
bool is_jwt(std::string_view v) noexcept {
  return v.starts_with("eyJ") && v.size() >= 20 && std::ranges::count(v, '.') == 2 && all_of(v, is_key_char);
}

bool is_path(std::string_view v) noexcept {
  if (v.starts_with("~/") || v.starts_with("./") || v.starts_with("../")) return true;
  if (v.size() > 2 && is_letter(v[0]) && v[1] == ':' && (v[2] == '\\' || v[2] == '/')) return true;
  // "/usr/…" is one; a base64 text may begin with '/' too, but hardly ever with a word and another '/'.
  if (!v.starts_with('/')) return false;
  const auto end = v.find('/', 1);
  const auto first = v.substr(1, end == v.npos ? end : end - 1);
  return end != v.npos && first.size() > 1 &&
         (first == "Users" || all_of(first, [](char c) noexcept { return c >= 'a' && c <= 'z'; }));
}

bool is_setting(std::string_view v) {
  constexpr std::array words{"true"sv, "false"sv, "yes"sv,  "no"sv, "on"sv,
                             "off"sv,  "none"sv,  "null"sv, "0"sv,  "1"sv};
  const auto text = lower(v);
  return std::ranges::find(words, text) != words.end() || is_path(v) || parse_url(v);
}

// "Bearer abc" and "abc" are the same credential.
std::string_view without_scheme(std::string_view v) {
  constexpr std::array schemes{"bearer "sv, "basic "sv, "token "sv, "apikey "sv};
  const auto start = lower(v.substr(0, 7));
  for (const auto s : schemes) {
    if (std::string_view(start).starts_with(s)) return trim(v.substr(s.size()));
    if (v.size() + 1 == s.size() && s.starts_with(start)) return {};
  }
  return v;
}

constexpr auto by_name = "inferred:secret-name"sv, by_form = "inferred:secret-form"sv,
               by_url = "inferred:url-credential"sv, by_input = "inferred:password-input"sv;

void add_literal(std::string_view key, std::string_view value, std::string_view basis, source_position where,
                 credentials& out) {
  out.push_back({std::string(key), true, std::string(value), {}, basis, where});
}

void add_reference(std::string_view key, std::string reference, std::string_view basis, source_position where,
                   credentials& out) {
  out.push_back({std::string(key), false, {}, std::move(reference), basis, where});
}

// A credential by its place: literal, or what stands for it.
void add_value(std::string_view key, std::string_view value, std::string_view basis, source_position where,
               credentials& out) {
  const auto p = find_placeholder(value);
  if (p && p->fallback)
    add_literal(key, *p->fallback, basis, where, out);
  else if (p)
    add_reference(key, p->reference, basis, where, out);
  else
    add_literal(key, value, basis, where, out);
}

bool is_sensitive_input(std::string_view reference, std::span<const std::string> inputs) noexcept {
  return reference.starts_with("input:") && std::ranges::binary_search(inputs, reference.substr(6));
}

// References are shown, so only those that are made as references are.
bool is_reference_name(std::string_view text) noexcept {
  constexpr std::size_t longest = 64;
  return !text.empty() && text.size() <= longest &&
         all_of(text, [](char c) noexcept { return is_name_char(c) || c == '.' || c == '-'; });
}

std::string env_reference(std::string_view name) {
  return is_reference_name(name) ? "env:" + std::string(name) : std::string();
}

placeholder dollar_braces(std::string_view inside) {
  placeholder p;
  const auto fallback = inside.find(":-");
  if (fallback != inside.npos && fallback + 2 < inside.size() &&
      !inside.substr(fallback + 2).starts_with("${"))
    p.fallback = inside.substr(fallback + 2);
  inside = trim(inside.substr(0, fallback));
  const auto colon = inside.find(':');
  const auto name = colon == inside.npos ? inside : inside.substr(colon + 1);
  const auto kind = colon == inside.npos ? "env"sv : inside.substr(0, colon);
  if (is_reference_name(kind) && is_reference_name(name))
    p.reference = std::string(kind) + ":" + std::string(name);
  return p;
}

std::optional<std::string_view> between(std::string_view text, std::string_view open,
                                        std::string_view close) noexcept {
  const auto at = text.find(open);
  if (at == text.npos) return std::nullopt;
  const auto end = text.find(close, at + open.size());
  return end == text.npos ? std::nullopt
                          : std::optional(text.substr(at + open.size(), end - at - open.size()));
}

bool is_unfilled(std::string_view v) {
  if (v.empty() || (v.size() > 2 && v.front() == '<' && v.back() == '>')) return true;
  const auto text = lower(v.substr(0, 5));
  return (text == "your-" || text == "your_" || text == "your ") && v.find_first_of("0123456789") == v.npos;
}

} // namespace

bool is_secret_name(std::string_view name) {
  constexpr std::size_t longest = 256; // nothing longer is a name
  const auto parts = split_name(name.substr(0, longest));
  if (parts.empty()) return false;
  if (std::ranges::find(about_names, parts.back()) != about_names.end()) return false;
  if (std::ranges::find(parts, "PUBLIC") != parts.end()) return false;
  const bool pwd = parts.size() > 1 && parts.back() == "PWD"; // alone it is the working directory
  return pwd || std::ranges::any_of(parts, is_secret_segment);
}

bool is_known_secret(std::string_view value) noexcept {
  return has_known_form(value) || is_sk_key(value) || is_jwt(value) ||
         (value.starts_with("-----BEGIN ") && value.find("PRIVATE KEY-----") != value.npos);
}

std::optional<placeholder> find_placeholder(std::string_view value) {
  value = trim(value);
  if (is_unfilled(value)) return placeholder{};
  if (const auto inside = between(value, "{{", "}}")) {
    const auto name = trim(*inside);
    return placeholder{is_reference_name(name) ? "{{" + std::string(name) + "}}" : "", {}};
  }
  if (const auto inside = between(value, "${", "}")) return dollar_braces(*inside);
  if (value.size() > 1 && value.front() == '$' && !is_digit(value[1]) &&
      all_of(value.substr(1), is_name_char))
    return placeholder{env_reference(value.substr(1)), {}};
  if (value.size() > 2 && value.front() == '%' && value.back() == '%' &&
      all_of(value.substr(1, value.size() - 2), is_name_char))
    return placeholder{env_reference(value.substr(1, value.size() - 2)), {}};
  return std::nullopt;
}

void find_in_url(std::string_view name, std::string_view value, source_position where, credentials& out) {
  const auto u = parse_url(value);
  if (!u) return;
  const bool web = u->scheme == "http" || u->scheme == "https";
  if (u->has_password) add_value(name, u->password, by_url, where, out);
  if (u->has_user && (is_known_secret(u->user) || (web && !u->has_password)))
    add_value(name, u->user, by_url, where, out);
  for (const auto& [parameter, text] : u->query)
    if (is_secret_name(parameter) || is_known_secret(text)) add_value(parameter, text, by_url, where, out);
  auto path = std::string_view(u->path);
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    if (is_known_secret(segment)) add_literal(name, segment, by_url, where, out);
    path.remove_prefix(segment.size());
  }
}

std::string common_form(const url& u) {
  auto out = u.scheme + "://" + u.host + ":" + u.port;
  auto path = std::string_view(u.path);
  while (!path.empty()) {
    const auto segment = path.substr(0, path.find('/', 1));
    out += is_known_secret(segment.substr(1)) ? "/*" : std::string(segment);
    path.remove_prefix(segment.size());
  }
  for (const auto& [name, text] : u.query)
    out += "&" + name + "=" + (is_secret_name(name) || is_known_secret(text) ? "*" : text);
  return out;
}

void find_in_value(std::string_view name, std::string_view value,
                   std::span<const std::string> sensitive_inputs, source_position where, credentials& out) {
  const auto before = out.size();
  find_in_url(name, value, where, out);
  if (out.size() != before) return;
  const auto bare = without_scheme(trim(value));
  if (is_known_secret(bare)) return add_literal(name, bare, by_form, where, out);
  if (is_secret_name(name) && !is_setting(bare)) return add_value(name, bare, by_name, where, out);
  const auto p = find_placeholder(bare);
  if (p && is_sensitive_input(p->reference, sensitive_inputs))
    add_reference(name, p->reference, by_input, where, out);
}

namespace {

class argument_scanner {
public:
  argument_scanner(std::span<const std::string> inputs, source_position where, credentials& out)
      : inputs_(inputs), where_(where), out_(out) {}

  std::string scan(const std::string& argument) {
    if (!flag_.empty()) {
      const auto flag = std::exchange(flag_, {});
      if (flag == "header") return header(argument);
      if (!argument.starts_with('-')) return named(flag, argument) ? "*" : alone(argument);
    }
    const auto equals = argument.find('=');
    const auto name = std::string_view(argument).substr(0, equals);
    const bool assignment = equals != argument.npos && is_option_name(name);
    if (!assignment && argument.starts_with('-')) return set_flag(argument), argument;
    if (!assignment) return alone(argument);
    const auto value = argument.substr(equals + 1);
    const auto bare = name.substr(std::min(name.find_first_not_of('-'), name.size()));
    return std::string(name) + "=" +
           (bare == "header"     ? header(value)
            : named(bare, value) ? "*"
                                 : alone(value));
  }

private:
  static bool is_option_name(std::string_view name) noexcept {
    return !name.empty() &&
           all_of(name, [](char c) noexcept { return is_name_char(c) || c == '-' || c == '.'; });
  }

  void set_flag(std::string_view argument) {
    const auto name = argument.substr(std::min(argument.find_first_not_of('-'), argument.size()));
    if (name == "header" || argument == "-H")
      flag_ = "header";
    else if (is_secret_name(name))
      flag_ = name;
  }

  bool named(std::string_view name, std::string_view value) {
    if (!is_secret_name(name) || is_setting(value)) return false;
    add_value(name, without_scheme(trim(value)), by_name, where_, out_);
    return true;
  }

  std::string header(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == text.npos) return alone(text);
    const auto before = out_.size();
    find_in_value(std::string_view(text).substr(0, colon), std::string_view(text).substr(colon + 1), inputs_,
                  where_, out_);
    return out_.size() == before ? text : text.substr(0, colon) + ":*";
  }

  std::string alone(const std::string& value) {
    constexpr auto name = "argument"sv;
    const auto before = out_.size();
    find_in_value(name, value, inputs_, where_, out_);
    if (out_.size() == before) return value;
    const auto u = parse_url(value);
    return u ? common_form(*u) : "*";
  }

  std::span<const std::string> inputs_;
  source_position where_;
  credentials& out_;
  std::string flag_; // the next argument is its value
};

} // namespace

std::vector<std::string> find_in_arguments(std::span<const std::string> arguments,
                                           std::span<const std::string> sensitive_inputs,
                                           source_position where, credentials& out) {
  argument_scanner scanner(sensitive_inputs, where, out);
  std::vector<std::string> masked;
  masked.reserve(arguments.size());
  for (const auto& a : arguments) masked.push_back(scanner.scan(a));
  return masked;
}

} // namespace crosscut::io::mcp

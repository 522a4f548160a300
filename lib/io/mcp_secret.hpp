// What in a configuration is a credential. Values are compared by keyed hash and never kept.
#pragma once

#include "mcp_url.hpp"

#include <crosscut/base/diagnostic.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut::io::mcp {

/// A variable, header, flag or query parameter whose value is a credential, going by its name:
/// "GITHUB_TOKEN", "X-Api-Key", "--password", "apiKey". Not those that say where one is or how much of it:
/// "TOKEN_URL", "KEY_FILE", "MAX_TOKENS".
bool is_secret_name(std::string_view name);

/// A value that is a credential by its own form: "sk-…", "ghp_…", "AKIA…", a JSON Web Token, a private key.
bool is_known_secret(std::string_view value) noexcept;

/// A value that stands for another one, to be filled in where the client runs.
struct placeholder {
  /// What it refers to: "env:NAME", "input:id", "{{x}}"; empty where it refers to nothing ("<your-key>", an
  /// empty text).
  std::string reference;
  /// `${NAME:-text}` has a value after all.
  std::optional<std::string> fallback;
};
/// `${input:x}`, `${env:X}`, `${X}`, `$X`, `%X%`, `{{x}}`, alone or within a text; `<…>`, `YOUR_…` and the
/// empty text. O(n).
std::optional<placeholder> find_placeholder(std::string_view value);

/// A credential that a configuration holds, or refers to.
struct credential {
  std::string key;      ///< Name of the variable, header, flag or parameter. Never the value.
  bool literal = false; ///< In the clear.
  std::string value;    ///< Where literal: what its identity is the hash of (without "Bearer " and the like).
  std::string reference;  ///< Where not: see placeholder.
  std::string_view basis; ///< The rule that found it, "inferred:secret-name", …
  source_position where;
};
using credentials = std::vector<credential>;

/// Looks at one named value. `sensitive_inputs` are the ids of prompts that say `"password": true`, sorted.
void find_in_value(std::string_view name, std::string_view value,
                   std::span<const std::string> sensitive_inputs, source_position where, credentials& out);

/// The credentials in a URL or connection string: its password, a user name that is one, query parameters.
void find_in_url(std::string_view name, std::string_view value, source_position where, credentials& out);

/// A URL without its user and with "*" for every credential: the same for everybody who uses it.
std::string common_form(const url&);

/// Looks at arguments (`--token X`, `--token=X`, `TOKEN=X`, `--header "Name: X"`, URLs, known forms). Returns
/// the arguments with every credential replaced by "*": what they have in common for everybody who runs the
/// same server.
std::vector<std::string> find_in_arguments(std::span<const std::string> arguments,
                                           std::span<const std::string> sensitive_inputs,
                                           source_position where, credentials& out);

} // namespace crosscut::io::mcp

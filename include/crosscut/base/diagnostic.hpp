#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace crosscut {

/// How bad a diagnostic is. An `error` makes the input unusable; a `warning` says that something was read otherwise
/// than its author may have meant; a `note` informs.
enum class severity { note, warning, error };

std::string_view to_string(severity) noexcept;

/// A place in a file: 1-based line, 1-based column in bytes. 0 means not known.
struct source_position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend bool operator==(const source_position&, const source_position&) = default;
};

/// One thing that is wrong, or worth knowing, about an input: where, what, and what would be right.
struct diagnostic {
  severity level = severity::error;
  std::string code;         ///< Stable, machine-readable: "json-syntax", "undefined-node", …
  std::string file;         ///< As the caller named it; empty when no file is concerned.
  source_position position; ///< Where in the file.
  std::string pointer;      ///< RFC 6901 JSON pointer, where one is known.
  std::string message;      ///< What is wrong. Quotes input text escaped (see escape.hpp).
  std::string hint;         ///< What would be right; may be empty.

  friend bool operator==(const diagnostic&, const diagnostic&) = default;
};

/// Collects diagnostics in order. An input can be wrong in a million places, so at most `max_per_code` of one (file, code)
/// are kept in full; the rest are counted, and `suppressed()` says how many, so that nothing is lost silently.
class diagnostics {
public:
  explicit diagnostics(std::size_t max_per_code = 100) : max_per_code_(max_per_code) {}

  void add(diagnostic d);
  void add(const diagnostics& other);

  const std::vector<diagnostic>& items() const noexcept { return items_; }
  std::uint64_t count(severity level) const noexcept { return counts_[static_cast<std::size_t>(level)]; }
  bool has_errors() const noexcept { return count(severity::error) != 0; }
  /// Diagnostics that were counted but not kept, by (file, code).
  const std::map<std::pair<std::string, std::string>, std::uint64_t>& suppressed() const noexcept {
    return suppressed_;
  }

private:
  std::size_t max_per_code_;
  std::vector<diagnostic> items_;
  std::uint64_t counts_[3] = {0, 0, 0};
  std::map<std::pair<std::string, std::string>, std::uint64_t> kept_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> suppressed_;
};

/// "estate.json:3:14: error: edge ends at a node that no file defines: \"x\" (/graph/edges/0) — hint".
std::string to_string(const diagnostic&);

} // namespace crosscut

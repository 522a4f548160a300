#include <crosscut/base/diagnostic.hpp>
#include <crosscut/base/escape.hpp>

namespace crosscut {

std::string_view to_string(severity level) noexcept {
  switch (level) {
  case severity::note: return "note";
  case severity::warning: return "warning";
  case severity::error: return "error";
  }
  return "error";
}

void diagnostics::add(diagnostic d) {
  ++counts_[static_cast<std::size_t>(d.level)];
  const auto key = std::pair{d.file, d.code};
  if (kept_[key] == max_per_code_) {
    ++suppressed_[key];
    return;
  }
  ++kept_[key];
  items_.push_back(std::move(d));
}

void diagnostics::add(const diagnostics& other) {
  for (const auto& d : other.items_) add(d);
  for (const auto& [key, n] : other.suppressed_) suppressed_[key] += n;
  // What `other` counted but did not keep still counts here, whatever its severity was.
  for (std::size_t i = 0; i < 3; ++i) {
    std::uint64_t kept = 0;
    for (const auto& d : other.items_) kept += static_cast<std::size_t>(d.level) == i;
    counts_[i] += other.counts_[i] - kept;
  }
}

std::string to_string(const diagnostic& d) {
  std::string text = escape_for_terminal(d.file);
  if (d.position.line != 0) {
    text += ':' + std::to_string(d.position.line);
    if (d.position.column != 0) text += ':' + std::to_string(d.position.column);
  }
  if (!text.empty()) text += ": ";
  text += to_string(d.level);
  text += ": " + d.message;
  if (!d.pointer.empty()) text += " (at " + escape_for_terminal(d.pointer) + ")";
  if (!d.hint.empty()) text += "; " + d.hint;
  return text;
}

} // namespace crosscut

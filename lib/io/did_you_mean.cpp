#include "did_you_mean.hpp"

#include <crosscut/base/escape.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace crosscut::io {

namespace {

constexpr std::size_t longest_name = 64; // longer texts are no slips of a name, and the work is quadratic
constexpr std::size_t names_listed = 12;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Optimal string alignment distance: Levenshtein's, with swaps of neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      const bool swapped =
          i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(now);
  }
  return last[b.size()];
}

} // namespace

std::string_view nearest_name(std::string_view wrong, std::span<const std::string_view> known) {
  if (wrong.size() > longest_name) return {};
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, wrong.size() / 3) + 1;
  for (const auto name : known) {
    if (name.size() > longest_name) continue;
    const auto d = distance(wrong, name);
    if (d < best_distance) best = name, best_distance = d;
  }
  return best;
}

std::string did_you_mean(std::string_view wrong, std::span<const std::string_view> known) {
  if (const auto guess = nearest_name(wrong, known); !guess.empty())
    return "did you mean " + quoted(guess) + "?";
  if (known.empty()) return {};
  std::string list = "known:";
  for (std::size_t i = 0; i < std::min(known.size(), names_listed); ++i)
    list += (i == 0 ? " " : ", ") + escape_for_terminal(known[i]);
  return known.size() > names_listed ? list + ", …" : list;
}

} // namespace crosscut::io

#pragma once

#include <crosscut/algorithms/graph_concept.hpp>
#include <crosscut/base/cost.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace crosscut::detail {

/// The length of the shortest way from a vertex to an end, by A* (Hart, Nilsson & Raphael 1968). Where the
/// lower bound is exact and nothing is in the way, it looks at little more than that way itself.
///
/// Work arrays are kept between searches and not cleared: a stamp tells this search's entries.
class proof_detour {
public:
  struct result {
    path_length length = no_path; ///< `no_path`: there is no way.
    bool stopped = false;         ///< `go_on` said no: nothing is known.
  };

  explicit proof_detour(index_t vertices) : reached_(vertices) {}

  /// `each_arc(v, visit)` calls visit(w, length) for every arc that may be taken from v; `end(v)`: the length
  /// of ending at v, or `no_path`; `rest(v)`: a lower bound of the way from v, or `no_path`; `go_on()`:
  /// called for every vertex looked at.
  template <class EachArc, class End, class Rest, class GoOn>
  result operator()(index_t from, const EachArc& each_arc, const End& end, const Rest& rest,
                    const GoOn& go_on) {
    begin();
    path_length found = no_path;
    reach(from, {}, rest(from));
    while (!open_.empty() && open_.front().bound < found) {
      std::pop_heap(open_.begin(), open_.end(), later);
      const open_vertex next = open_.back();
      open_.pop_back();
      if (reached_[next.vertex].length != next.length) continue; // a shorter way came first
      if (!go_on()) return {no_path, true};
      if (const path_length last = end(next.vertex); last != no_path)
        found = std::min(found, next.length + last);
      each_arc(next.vertex, [&](index_t w, path_length arc) { reach(w, next.length + arc, rest(w)); });
    }
    return {found, false};
  }

  std::uint64_t memory_in_use() const noexcept {
    return reached_.size() * sizeof(label) + open_.capacity() * sizeof(open_vertex);
  }

private:
  struct label {
    path_length length;
    std::uint32_t stamp = 0;
  };
  struct open_vertex {
    path_length bound, length;
    index_t vertex;
  };

  /// Among equal bounds the longest way comes first: it has the least left to guess.
  static bool later(const open_vertex& a, const open_vertex& b) {
    return a.bound != b.bound ? a.bound > b.bound : a.length < b.length;
  }

  void begin() {
    open_.clear();
    if (++stamp_ != 0) return;
    std::fill(reached_.begin(), reached_.end(), label{});
    stamp_ = 1;
  }

  void reach(index_t v, path_length length, path_length rest) {
    if (rest == no_path || (reached_[v].stamp == stamp_ && reached_[v].length <= length)) return;
    reached_[v] = {length, stamp_};
    open_.push_back({length + rest, length, v});
    std::push_heap(open_.begin(), open_.end(), later);
  }

  std::vector<label> reached_; // by vertex
  std::vector<open_vertex> open_;
  std::uint32_t stamp_ = 0;
};

} // namespace crosscut::detail

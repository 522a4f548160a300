#pragma once

#include <crosscut/algorithms/graph_concept.hpp>

#include <cstddef>
#include <ranges>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace crosscut {

struct arc_ends {
  index_t tail = 0;
  index_t head = 0;
};

/// An immutable graph in compressed sparse rows, both ways: 16 bytes an arc and 8 a vertex.
///
/// Arcs are renumbered: sorted by head, and in the order given among arcs of one head. So `in_arcs(v)` is an
/// interval of indices, a search against the arcs reads memory in order, and `given(arc)` finds an arc in the
/// caller's list.
///
///     static_graph g(3, std::vector<arc_ends>{{0, 1}, {1, 2}, {0, 2}});
///     // g.out_arcs(0) are {0, 2}: the arcs to 1 and to 2; g.given(2) == 2
///
/// Thread-safety: immutable after construction.
class static_graph {
public:
  static_graph() : static_graph(0, {}) {}

  /// O(vertices + arcs). Throws std::out_of_range for an end that is no vertex, std::length_error beyond 2^32
  /// − 2 arcs.
  static_graph(index_t vertex_count, std::span<const arc_ends> arcs)
      : vertex_count_(vertex_count),
        in_first_(std::size_t{vertex_count} + 1),
        out_first_(std::size_t{vertex_count} + 1),
        tail_(arcs.size()),
        head_(arcs.size()),
        given_(arcs.size()),
        out_arcs_(arcs.size()) {
    check(arcs);
    for (const auto& [tail, head] : arcs) ++in_first_[head + 1], ++out_first_[tail + 1];
    for (std::size_t v = 0; v < vertex_count; ++v) {
      in_first_[v + 1] += in_first_[v];
      out_first_[v + 1] += out_first_[v];
    }
    number_by_head(arcs);
    list_by_tail();
  }

  index_t vertex_count() const noexcept { return vertex_count_; }
  index_t arc_count() const noexcept { return static_cast<index_t>(tail_.size()); }
  auto in_arcs(index_t v) const noexcept { return std::views::iota(in_first_[v], in_first_[v + 1]); }
  /// Ascending.
  std::span<const index_t> out_arcs(index_t v) const noexcept {
    return {out_arcs_.data() + out_first_[v], out_arcs_.data() + out_first_[v + 1]};
  }
  index_t tail(index_t arc) const noexcept { return tail_[arc]; }
  index_t head(index_t arc) const noexcept { return head_[arc]; }
  /// The arc's position in the list that the graph was built from.
  index_t given(index_t arc) const noexcept { return given_[arc]; }

private:
  void check(std::span<const arc_ends> arcs) const {
    if (arcs.size() >= no_index) throw std::length_error("static_graph: more than 2^32 - 2 arcs");
    for (const auto& [tail, head] : arcs)
      if (tail >= vertex_count_ || head >= vertex_count_)
        throw std::out_of_range("static_graph: arc " + std::to_string(tail) + " -> " + std::to_string(head) +
                                " in a graph of " + std::to_string(vertex_count_) + " vertices");
  }

  void number_by_head(std::span<const arc_ends> arcs) {
    std::vector<index_t> next(in_first_.begin(), in_first_.end() - 1);
    for (std::size_t i = 0; i < arcs.size(); ++i) {
      const index_t arc = next[arcs[i].head]++;
      tail_[arc] = arcs[i].tail;
      head_[arc] = arcs[i].head;
      given_[arc] = static_cast<index_t>(i);
    }
  }

  void list_by_tail() {
    std::vector<index_t> next(out_first_.begin(), out_first_.end() - 1);
    for (index_t arc = 0; arc < arc_count(); ++arc) out_arcs_[next[tail_[arc]]++] = arc;
  }

  index_t vertex_count_;
  std::vector<index_t> in_first_, out_first_; // offsets, one more than vertices
  std::vector<index_t> tail_, head_, given_;  // by arc
  std::vector<index_t> out_arcs_;             // arcs, by tail
};

static_assert(arc_graph<static_graph>);

} // namespace crosscut

// Inside the analysis room: a path as the searches give it, and where paths come from.
#pragma once

#include <crosscut/analysis/scope.hpp>
#include <crosscut/base/limits.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace crosscut::detail {

struct raw_path {
  path_length length;
  std::vector<index_t> entries; // facts, ascending
  index_t target = no_index;    // fact
  std::vector<index_t> steps;   // each after those it needs
};

/// Paths in the order of DESIGN 3.3, one a call.
class path_stream {
public:
  virtual ~path_stream() = default;
  /// Nothing: no more, or a limit was hit, as the watch says.
  virtual std::optional<raw_path> next(limit_watch& watch) = 0;
  /// No path still to come is shorter; no_path where there are none.
  virtual path_length lower_bound() const = 0;
};

/// Simple paths where no step in scope has several preconditions, else minimal proofs. Graph and scope must
/// outlive the stream.
std::unique_ptr<path_stream> open_paths(const attack_graph& graph, const scope& in,
                                        std::vector<target> targets);

} // namespace crosscut::detail

#pragma once

#include <crosscut/analysis/report.hpp>
#include <crosscut/attack/question.hpp>

#include <span>
#include <string>

namespace crosscut {

struct scan_options {
  std::size_t k = 10;   ///< Worst paths.
  std::size_t top = 50; ///< Longest list of agents, servers, tools, secrets.
  limits bounds;        ///< For each part.
};

/// The main job: what exists, the worst paths from untrusted inputs to sensitive actions, how likely the
/// targets are, and which fix of the catalogue removes most risk. `sources` and `targets` as for
/// resolve_question(); \pre they resolve without errors. Thread-safe.
scan_report scan(const attack_graph& graph, std::span<const std::string> sources,
                 std::span<const std::string> targets, const scan_options& options = {});

} // namespace crosscut

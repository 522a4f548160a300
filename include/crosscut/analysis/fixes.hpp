#pragma once

#include <crosscut/analysis/report.hpp>
#include <crosscut/attack/question.hpp>
#include <crosscut/model/changes.hpp>

#include <span>
#include <string>
#include <vector>

namespace crosscut {

/// One change to the inventory that the catalogue offers against steps of this attack graph, with its cost.
struct fix {
  std::string id;    ///< Stable between runs: `unlink-tool@Calls:agent>tool`, `require-approval@refund`.
  std::string name;  ///< In words, with display names; not escaped.
  std::string owner; ///< Property `owner` of what changes; empty where unknown.
  double cost = 1;
  std::vector<change> changes;
};

/// The fixes that the catalogue's templates offer against the steps in scope, by id. O(steps · templates).
/// Thread-safe.
std::vector<fix> propose_fixes(const attack_graph& graph, const question& asked);

struct fix_ranking_options {
  std::size_t max_fixes = 200; ///< More are not evaluated; the report then says so.
  limits bounds;
};

/// What each fix does to the risk, by risk removed (largest first), then cost, then id. Each fix is applied
/// to the inventory, which is compiled and assessed again, so that the figure is that of the real change.
/// Risk is summed over the targets whose probability is exact; those are the same before and after, since a
/// fix of the catalogue adds no uncertainty. `sources` and `targets` as for resolve_question(). O(fixes ·
/// (inventory + exact likelihood)). Thread-safe.
fixes_report rank_fixes(const attack_graph& graph, std::span<const std::string> sources,
                        std::span<const std::string> targets, const fix_ranking_options& options = {});

} // namespace crosscut

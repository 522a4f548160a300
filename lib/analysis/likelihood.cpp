#include "describe.hpp"
#include "exact_likelihood.hpp"
#include "likelihood_bounds.hpp"

#include <crosscut/analysis/likelihood.hpp>

#include <algorithm>
#include <stdexcept>

namespace crosscut {

namespace {

constexpr unsigned most_uncertain = 24; // 2^24 worlds: a quarter of a million words a fact

void add_to_totals(likelihood_report& r, const target_likelihood& t) {
  r.risk_at_least += t.impact * t.lower;
  r.risk_at_most += t.impact * t.upper;
  if (r.total_risk && t.probability)
    *r.total_risk += t.impact * *t.probability;
  else
    r.total_risk.reset();
}

target_likelihood lone_target(const attack_graph& a, const question& q, const question::lone_fact& t) {
  const bool given = std::ranges::any_of(
      q.lone_sources, [&](const auto& s) { return s.node == t.node && s.state == t.state; });
  const double p = given ? 1 : 0;
  return {{std::string(a.inventory().node_id(t.node)), t.state},
          std::string(a.inventory().display_name(t.node)),
          t.impact,
          p,
          true,
          p,
          p};
}

} // namespace

likelihood_report find_likelihood(const attack_graph& graph, const question& asked,
                                  const likelihood_options& options) {
  if (options.max_uncertain > most_uncertain)
    throw std::invalid_argument("max_uncertain is " + std::to_string(options.max_uncertain) +
                                ", must be at most 24");
  likelihood_report report;
  report.head = detail::head_of(graph);
  report.total_risk = 0;
  const auto in = find_scope(graph, asked);
  const auto lower = detail::lower_bounds(graph, in), upper = detail::upper_bounds(graph, in);
  limit_watch watch(options.bounds, "targets", 0, 0, 1);
  for (const auto& t : asked.targets) {
    target_likelihood l{detail::fact_of(graph, t.fact),
                        std::string(graph.inventory().display_name(graph.fact_node(t.fact))),
                        t.impact,
                        std::nullopt,
                        true,
                        lower[t.fact],
                        upper[t.fact]};
    if (!in.fact[t.fact])
      l.probability = l.lower = l.upper = 0;
    else if (watch.step())
      l.probability = detail::exact_probability(graph, in, t.fact, options.max_uncertain);
    l.exact = l.probability.has_value();
    if (l.exact) l.lower = std::min(l.lower, *l.probability), l.upper = std::max(l.upper, *l.probability);
    report.head.exact = report.head.exact && l.exact;
    report.targets.push_back(std::move(l));
  }
  for (const auto& t : asked.lone_targets) report.targets.push_back(lone_target(graph, asked, t));
  std::ranges::sort(report.targets, {}, &target_likelihood::target);
  for (const auto& t : report.targets) add_to_totals(report, t);
  report.head.limit = watch.hit();
  report.head.complete = !watch.hit();
  return report;
}

} // namespace crosscut

#include "describe.hpp"

#include <crosscut/analysis/fixes.hpp>
#include <crosscut/analysis/likelihood.hpp>
#include <crosscut/analysis/paths.hpp>
#include <crosscut/analysis/scan.hpp>
#include <crosscut/analysis/scope.hpp>

#include <algorithm>
#include <map>

namespace crosscut {

namespace {

bool takes_over(std::string_view state) {
  return state == "hijacked" || state == "prompted" || state == "persistent";
}

class scanner {
public:
  scanner(const attack_graph& a, const question& q, const scan_options& o)
      : a_(a), g_(a.inventory()), q_(q), o_(o) {}

  void fill(scan_report& r) {
    count(r);
    for (const auto v : of_kind("Agent", r.more_agents)) r.agents.push_back(summarise_agent(v));
    for (const auto v : of_kind("McpServer", r.more_nodes)) r.servers.push_back(summarise(v));
    for (const auto v : of_kind("Tool", r.more_nodes)) r.tools.push_back(summarise(v));
    collect_secrets(r);
    count_assessed(r);
  }

private:
  void count(scan_report& r) {
    std::map<std::string, std::uint64_t> kinds;
    for (index_t v = 0; v < g_.node_count(); ++v) ++kinds[std::string(g_.kind_name(g_.primary_kind(v)))];
    r.kinds.assign(kinds.begin(), kinds.end());
    r.nodes = g_.node_count();
    r.edges = g_.edge_count();
    r.facts = a_.fact_count();
    r.steps = a_.step_count();
    r.entries = q_.entries.size() + q_.lone_sources.size();
  }

  std::vector<index_t> of_kind(std::string_view name, bool& more) const {
    std::vector<index_t> nodes;
    const auto kind = g_.find_kind(name);
    if (kind == property_graph::no_kind) return nodes;
    for (index_t v = 0; v < g_.node_count(); ++v) {
      if (g_.primary_kind(v) != kind) continue;
      if (nodes.size() == o_.top) {
        more = true;
        break;
      }
      nodes.push_back(v);
    }
    return nodes;
  }

  node_summary summarise(index_t v) const {
    return {std::string(g_.node_id(v)), std::string(g_.display_name(v)),
            std::string(g_.kind_name(g_.primary_kind(v)))};
  }

  agent_summary summarise_agent(index_t v) const {
    agent_summary s{std::string(g_.node_id(v)), std::string(g_.display_name(v)), {}, {}, {}, {}};
    const auto autonomy = g_.node_property(v, "autonomy");
    if (autonomy.assessed()) s.autonomy = as_text(autonomy.value).value_or("");
    question taken, taking{q_.entries, {}, {}, {}};
    for (const auto f : a_.facts_at(v))
      if (takes_over(a_.fact_state_name(f))) {
        taken.entries.push_back({f, 1.0});
        taking.targets.push_back({f, 1.0});
      }
    if (taken.entries.empty()) return s;
    for (const auto& e : find_scope(a_, taking).entries) s.exposed_to.push_back(detail::fact_of(a_, e.fact));
    for (const auto f : derivable(taken)) add_ability(s, f);
    return s;
  }

  // Everything that follows from the facts given: a question whose targets are all facts.
  std::vector<index_t> derivable(question q) const {
    for (index_t f = 0; f < a_.fact_count(); ++f) q.targets.push_back({f, 1.0});
    std::vector<index_t> facts;
    for (const auto& t : find_scope(a_, q).targets) facts.push_back(t.fact);
    return facts;
  }

  void add_ability(agent_summary& s, index_t fact) const {
    const auto kind = g_.kind_name(g_.primary_kind(a_.fact_node(fact)));
    const auto state = a_.fact_state_name(fact);
    if ((kind == "Tool" || kind == "Action") && (state == "invoked" || state == "executed"))
      s.can_do.push_back(detail::fact_of(a_, fact));
    if (kind == "DataStore" || kind == "Memory" || kind == "Secret" || kind == "Identity" ||
        kind == "Runtime")
      s.can_reach.push_back(detail::fact_of(a_, fact));
  }

  void collect_secrets(scan_report& r) const {
    for (const auto e : g_.edges_of_kind(g_.find_kind("Holds"))) {
      if (r.secrets.size() == o_.top) {
        r.more_nodes = true;
        return;
      }
      const auto secret = g_.target(e);
      const auto literal = g_.edge_property(e, "literal");
      r.secrets.push_back({std::string(g_.node_id(secret)), std::string(g_.display_name(secret)),
                           std::string(g_.node_id(g_.source(e))), std::string(g_.edge_key(e)),
                           as_bool(literal.value)});
    }
  }

  void count_assessed(scan_report& r) const {
    const auto in = find_scope(a_, q_);
    const explainer explain(a_);
    const auto add = [&](std::uint32_t conditions, std::uint32_t assessed) {
      r.assessed.conditions += conditions;
      r.assessed.assessed += assessed;
    };
    for (index_t s = 0; s < a_.step_count(); ++s) {
      if (!in.step[s]) continue;
      const auto d = explain.step(s);
      add(d.conditions, d.assessed);
    }
    for (const auto& e : in.entries) add(explain.entry(e.fact).conditions, explain.entry(e.fact).assessed);
    for (const auto& t : in.targets) add(explain.target(t.fact).conditions, explain.target(t.fact).assessed);
  }

  const attack_graph& a_;
  const property_graph& g_;
  const question& q_;
  const scan_options& o_;
};

void join(report_head& whole, const report_head& part) {
  whole.complete = whole.complete && part.complete;
  whole.exact = whole.exact && part.exact;
  if (!whole.limit) whole.limit = part.limit;
}

} // namespace

scan_report scan(const attack_graph& graph, std::span<const std::string> sources,
                 std::span<const std::string> targets, const scan_options& options) {
  const auto asked = resolve_question(graph, sources, targets).asked;
  scan_report r;
  r.head = detail::head_of(graph);
  scanner(graph, asked, options).fill(r);
  paths_options paths;
  paths.k = options.k;
  paths.by = distinct::nodes;
  paths.bounds = options.bounds;
  r.paths = find_paths(graph, asked, paths);
  likelihood_options likelihood;
  likelihood.bounds = options.bounds;
  r.likelihood = find_likelihood(graph, asked, likelihood);
  fix_ranking_options fixes;
  fixes.bounds = options.bounds;
  r.fixes = rank_fixes(graph, sources, targets, fixes);
  for (const auto* part : {&r.paths.head, &r.likelihood.head, &r.fixes.head}) join(r.head, *part);
  return r;
}

} // namespace crosscut

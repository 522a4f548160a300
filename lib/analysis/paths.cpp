#include "describe.hpp"

#include <crosscut/analysis/paths.hpp>
#include <crosscut/base/escape.hpp>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace crosscut {

namespace {

constexpr std::uint64_t default_expansions = 5'000'000;
constexpr std::uint64_t default_memory = std::uint64_t{4} << 30;

// Facts and steps at the places to be avoided.
scope_mask mask_of(const attack_graph& a, const std::vector<place>& avoid) {
  scope_mask mask;
  if (avoid.empty()) return mask;
  const auto& g = a.inventory();
  mask.fact.assign(a.fact_count(), false);
  mask.step.assign(a.step_count(), false);
  std::vector<bool> node(g.node_count());
  for (const auto& p : avoid) {
    if (p.fact != no_index)
      mask.fact[p.fact] = true;
    else
      node[p.node] = true;
  }
  for (index_t f = 0; f < a.fact_count(); ++f)
    if (node[a.fact_node(f)]) mask.fact[f] = true;
  for (index_t s = 0; s < a.step_count(); ++s) {
    const auto t = a.trigger(s);
    mask.step[s] = a.step_technique(s).edge.empty() ? node[t] : node[g.source(t)] || node[g.target(t)];
  }
  return mask;
}

// Facts of a path: its entries and its steps' conclusions, ascending.
std::vector<index_t> facts_of(const attack_graph& a, const detail::raw_path& path) {
  std::vector<index_t> facts = path.entries;
  for (const auto s : path.steps) facts.push_back(a.conclusion(s));
  std::ranges::sort(facts);
  return facts;
}

class path_filter {
public:
  path_filter(const attack_graph& a, const paths_options& o) : a_(a), o_(o) {}

  bool accepts(const detail::raw_path& path) const {
    return (!o_.max_hops || path.length.hops <= *o_.max_hops) &&
           std::ranges::all_of(o_.via, [&](const place& p) { return passes(path, p); }) &&
           std::ranges::all_of(o_.techniques, [&](const std::string& t) { return uses(path, t); });
  }

private:
  bool passes(const detail::raw_path& path, const place& p) const {
    const auto facts = facts_of(a_, path);
    if (p.fact != no_index) return std::ranges::binary_search(facts, p.fact);
    return std::ranges::any_of(facts, [&](index_t f) { return a_.fact_node(f) == p.node; }) ||
           std::ranges::any_of(path.steps, [&](index_t s) { return touches(s, p.node); });
  }

  bool touches(index_t step, index_t node) const {
    const auto t = a_.trigger(step);
    if (a_.step_technique(step).edge.empty()) return t == node;
    return a_.inventory().source(t) == node || a_.inventory().target(t) == node;
  }

  bool uses(const detail::raw_path& path, std::string_view technique) const {
    return std::ranges::any_of(path.steps, [&](index_t s) { return a_.step_technique(s).id == technique; });
  }

  const attack_graph& a_;
  const paths_options& o_;
};

// The group that a path belongs to, as a sortable key.
std::vector<index_t> group_of(const attack_graph& a, const detail::raw_path& path, distinct by) {
  std::vector<index_t> key;
  switch (by) {
  case distinct::steps: key = path.steps; break;
  case distinct::facts: key = facts_of(a, path); break;
  case distinct::nodes:
    for (const auto f : facts_of(a, path)) key.push_back(a.fact_node(f));
    key.erase(std::ranges::unique(key).begin(), key.end());
    break;
  case distinct::pairs: key = path.entries; break;
  }
  key.push_back(by == distinct::nodes ? a.fact_node(path.target) : path.target);
  return key;
}

class path_finder {
public:
  path_finder(const attack_graph& a, const question& q, const paths_options& o)
      : a_(a),
        q_(q),
        o_(o),
        mask_(mask_of(a, o.avoid)),
        scope_(find_scope(a, q, mask_)),
        filter_(a, o),
        describe_(a),
        watch_(o.bounds, "expansions", default_expansions, default_memory) {
    if (o.min_probability && !(*o.min_probability >= 0 && *o.min_probability <= 1))
      throw std::invalid_argument("min_probability is " + std::to_string(*o.min_probability) +
                                  ", must be from 0 to 1");
  }

  paths_report run() {
    report_.head = detail::head_of(a_);
    if (o_.per_target)
      for (const auto& t : scope_.targets) search({t});
    else if (!scope_.targets.empty())
      search(scope_.targets);
    add_lone_paths();
    report_.head.limit = watch_.hit();
    report_.head.complete = !watch_.hit();
    report_.head.exact = !watch_.hit();
    return std::move(report_);
  }

private:
  void search(std::vector<target> targets) {
    const auto stream = detail::open_paths(a_, scope_, std::move(targets));
    std::map<std::vector<index_t>, std::size_t> groups; // -> position in report_.paths
    std::size_t found = 0;
    while (found < o_.k) {
      const auto path = next_accepted(*stream);
      if (!path) break;
      const auto [group, is_new] = groups.try_emplace(group_of(a_, *path, o_.by), report_.paths.size());
      if (!is_new) {
        ++report_.paths[group->second].variants;
        continue;
      }
      report_.paths.push_back(describe_.describe(*path, q_));
      ++found;
    }
    bound_rest(*stream, found);
  }

  std::optional<detail::raw_path> next_accepted(detail::path_stream& stream) {
    while (auto path = stream.next(watch_)) {
      if (o_.min_probability && !probable_enough(*path)) return std::nullopt;
      if (filter_.accepts(*path)) return path;
    }
    return std::nullopt;
  }

  bool probable_enough(const detail::raw_path& path) const {
    return *o_.min_probability == 0 || path.length.cost <= cost_of(*o_.min_probability);
  }

  // One path more says whether there are others, and how probable the next one is. Where a limit comes first
  // the search's bound says it.
  void bound_rest(detail::path_stream& stream, std::size_t found) {
    if (watch_.hit() || o_.k == 0) return add_rest(probability_bound(stream));
    if (found < o_.k) return; // the stream ended, or fell below min_probability
    limits peek = o_.bounds;
    peek.max_expansions = peek_expansions;
    limit_watch watch(peek, "expansions", 0, 0);
    while (auto path = stream.next(watch)) {
      if (o_.min_probability && !probable_enough(*path)) return;
      if (filter_.accepts(*path)) return add_rest(describe_.describe(*path, q_).probability);
    }
    if (watch.hit()) add_rest(probability_bound(stream));
  }

  // Costs are rounded to 2^-44 nats a step, so the bound leaves room for that.
  static double probability_bound(const detail::path_stream& stream) {
    const auto bound = stream.lower_bound();
    return bound == no_path ? 0.0 : std::min(1.0, std::exp(-nats(bound.cost)) * (1 + 1e-9));
  }

  void add_rest(double at_most) {
    if (at_most == 0) return;
    report_.more = true;
    report_.rest_at_most = std::max(report_.rest_at_most, at_most);
  }

  void add_lone_paths() {
    for (const auto& s : q_.lone_sources)
      for (const auto& t : q_.lone_targets)
        if (s.node == t.node && s.state == t.state && report_.paths.size() < o_.k) {
          path_report r;
          r.sources = {{std::string(a_.inventory().node_id(s.node)), s.state}};
          r.source_probabilities = {1.0};
          r.source_names = {std::string(a_.inventory().display_name(s.node))};
          r.target = r.sources[0];
          r.target_name = r.source_names[0];
          r.impact = t.impact;
          r.layers = {a_.inventory().node_layer(s.node)};
          report_.paths.insert(report_.paths.begin(), std::move(r));
        }
  }

  static constexpr std::uint64_t peek_expansions = 100'000;

  const attack_graph& a_;
  const question& q_;
  const paths_options& o_;
  scope_mask mask_;
  scope scope_;
  path_filter filter_;
  detail::path_describer describe_;
  limit_watch watch_;
  paths_report report_;
};

} // namespace

paths_report find_paths(const attack_graph& graph, const question& asked, const paths_options& options) {
  return path_finder(graph, asked, options).run();
}

places_result resolve_places(const attack_graph& graph, std::span<const std::string> selectors) {
  const auto& g = graph.inventory();
  places_result result;
  for (const std::string_view text : selectors) {
    const auto colon = text.rfind(':');
    const bool stated = colon != text.npos && graph.rules().has_state(text.substr(colon + 1));
    const auto node = stated ? g.find_node(text.substr(0, colon)) : no_index;
    if (node != no_index) {
      const auto fact = graph.find_fact(node, text.substr(colon + 1));
      if (fact == no_index)
        result.errors.push_back(
            {selector_error::reason::no_such_state, "no step is about " + quoted(text), {}});
      else
        result.places.push_back({node, fact});
    } else if (const auto whole = g.find_node(text); whole != no_index) {
      result.places.push_back({whole, no_index});
    } else {
      result.errors.push_back({selector_error::reason::unknown_node, "no node has the id " + quoted(text),
                               "ids are case-sensitive"});
    }
  }
  return result;
}

} // namespace crosscut

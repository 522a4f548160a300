// Deliberately naive, and without a line of the code it checks: conditions, demands, controls and
// probabilities are evaluated here anew, by scanning.
#include <crosscut/analysis/verify.hpp>
#include <crosscut/base/escape.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace crosscut {

namespace {

enum class answer { no, unknown, yes };

class path_verifier {
public:
  path_verifier(const paths_report& r, const property_graph& g, const catalogue& c)
      : report_(r), g_(g), c_(c), worst_(r.head.unknown != "best"), adaptive_(r.head.adversary != "static") {}

  std::vector<std::string> run() {
    for (std::size_t i = 0; i < report_.paths.size(); ++i) {
      where_ = "path " + std::to_string(i);
      check_path(report_.paths[i]);
    }
    check_order();
    return std::move(problems_);
  }

private:
  // Target by target, since a report may list each target's paths in turn.
  void check_order() {
    std::map<fact_ref, std::pair<cost_t, std::uint32_t>> last;
    for (std::size_t i = 0; i < report_.paths.size(); ++i) {
      const auto& p = report_.paths[i];
      const std::pair length{p.cost, p.hops};
      const auto [before, first] = last.try_emplace(p.target, length);
      if (!first && length < before->second)
        problems_.push_back("path " + std::to_string(i) + " is shorter than one before it");
      before->second = length;
    }
  }

  void fail(const std::string& what) { problems_.push_back(where_ + ": " + what); }
  void require(bool holds, const std::string& what) {
    if (!holds) fail(what);
  }

  // --- one path

  void check_path(const path_report& p) {
    check_structure(p);
    std::vector<double> factors = p.source_probabilities;
    cost_t cost = 0;
    for (const double s : p.source_probabilities) cost += std::llround(-std::log(s) * 17592186044416.0);
    for (const auto& s : p.steps) {
      check_step(s);
      factors.push_back(s.probability);
      cost += std::llround(-std::log(s.probability) * 17592186044416.0);
    }
    std::ranges::sort(factors, std::greater<>{});
    double product = 1;
    for (const double f : factors) product *= f;
    require(product == p.probability, "its probability is not the product of its factors");
    require(cost == p.cost, "its cost is not the sum of its parts");
    require(p.hops == p.steps.size(), "hops is not the number of steps");
    require(p.layers.size() == p.sources.size() + p.steps.size(), "layers do not match sources and steps");
  }

  // Every fact is derived once, before it is used; every fact but the target is used.
  void check_structure(const path_report& p) {
    std::set<fact_ref> known(p.sources.begin(), p.sources.end()), used{p.target};
    require(known.size() == p.sources.size(), "a source stands twice");
    for (const auto& s : p.steps) {
      for (const auto& f : s.from) {
        require(known.contains(f), "step " + s.technique + " needs a fact that nothing before it gives");
        used.insert(f);
      }
      require(known.insert(s.to).second, "a fact is derived twice");
    }
    require(known.contains(p.target), "the target is not derived");
    require(known == used, "a step or source is not needed");
  }

  // --- one step

  void check_step(const step_report& s) {
    const technique* rule = nullptr;
    for (const auto& t : c_.techniques)
      if (t.id == s.technique) rule = &t;
    if (!rule) return fail("no technique " + quoted(s.technique));
    if (s.evidence.empty()) return fail("step without evidence");
    const auto at = locate(s.evidence[0], *rule);
    if (!at) return fail("the trigger of " + s.technique + " is not in the inventory");
    check_trigger(*rule, *at);
    check_facts(*rule, *at, s);
    check_probability(*rule, *at, s);
  }

  // Where a technique is tried: an edge with its ends, or a node.
  struct place_of {
    index_t edge, source, target;
    index_t node(anchor a) const { return a == anchor::target ? target : source; }
  };

  std::optional<place_of> locate(const evidence_ref& e, const technique& rule) const {
    if (rule.edge.empty()) {
      const auto v = g_.find_node(e.node);
      return v == no_index ? std::nullopt : std::optional(place_of{no_index, v, v});
    }
    if (!e.edge) return std::nullopt;
    for (index_t i = 0; i < g_.edge_count(); ++i) // by scanning, on purpose
      if (g_.kind_name(g_.edge_kind(i)) == e.edge->kind && g_.node_id(g_.source(i)) == e.edge->source &&
          g_.node_id(g_.target(i)) == e.edge->target && g_.edge_key(i) == e.edge->key)
        return place_of{i, g_.source(i), g_.target(i)};
    return std::nullopt;
  }

  void check_trigger(const technique& rule, const place_of& at) {
    if (at.edge != no_index) {
      const auto kind = g_.kind_name(g_.edge_kind(at.edge));
      require(rule.edge == kind || (rule.edge == "*" && kind != "Guards" && kind != "Monitors"),
              rule.id + " is not triggered by " + std::string(kind));
    }
    const auto a = where(rule.where, at);
    require(a == answer::yes || (a == answer::unknown && worst_),
            "the conditions of " + rule.id + " do not hold");
  }

  void check_facts(const technique& rule, const place_of& at, const step_report& s) {
    std::set<fact_ref> expected;
    for (const auto& f : rule.from) {
      require(kind_in(f.kinds, at.node(f.at)), rule.id + " does not start from this kind of node");
      expected.insert({std::string(g_.node_id(at.node(f.at))), f.state});
    }
    require(kind_in(rule.to.kinds, at.node(rule.to.at)), rule.id + " does not end at this kind of node");
    require(s.to == fact_ref{std::string(g_.node_id(at.node(rule.to.at))), rule.to.state},
            rule.id + " does not conclude this fact");
    for (const auto& d : rule.all)
      for (const auto& [edge, far] : demanded(d, at))
        expected.insert({std::string(g_.node_id(far)), d.state});
    std::set<fact_ref> stated(s.from.begin(), s.from.end()), extra;
    std::ranges::set_difference(stated, expected, std::inserter(extra, extra.end()));
    require(std::ranges::includes(stated, expected), rule.id + " needs facts that the step does not state");
    for (const auto& f : extra) // a twin: it needs the controls it goes around switched off
      require(f.state == "bypassed" && guards(at, rule).contains(g_.find_node(f.node)),
              rule.id + " states a fact that it does not need");
  }

  std::vector<std::pair<index_t, index_t>> demanded(const demand& d, const place_of& at) const {
    std::vector<std::pair<index_t, index_t>> found;
    for (index_t e = 0; e < g_.edge_count(); ++e) {
      const auto near = d.incoming ? g_.target(e) : g_.source(e),
                 far = d.incoming ? g_.source(e) : g_.target(e);
      if (near != at.node(d.at) || g_.kind_name(g_.edge_kind(e)) != d.edge || !kind_in(d.kinds, far))
        continue;
      const auto a = all_of(d.where, [&](const condition& c) { return of_edge(c, e); });
      if (a == answer::yes || (a == answer::unknown && !worst_)) found.emplace_back(e, far);
    }
    return found;
  }

  void check_probability(const technique& rule, const place_of& at, const step_report& s) {
    const double base = base_probability(rule, at);
    std::map<std::string, double> best; // kind -> strongest factor
    for (const auto& [control, factor] : guards(at, rule)) {
      const bool off = std::ranges::any_of(
          s.from, [&](const fact_ref& f) { return f.state == "bypassed" && f.node == g_.node_id(control); });
      const auto kind = std::string(as_text(g_.node_property(control, "control").value).value_or(""));
      if (!off) best[kind] = std::min(best.contains(kind) ? best[kind] : 1.0, factor);
    }
    std::vector<double> factors{base};
    for (const auto& [kind, factor] : best) factors.push_back(factor);
    std::ranges::sort(factors, std::greater<>{});
    double p = 1;
    for (const double f : factors) p *= f;
    require(std::abs(p - s.probability) <= 1e-15, "the probability of " + rule.id + " is " +
                                                      to_text(value_view{s.probability}) +
                                                      ", the rules give " + to_text(value_view{p}));
  }

  double base_probability(const technique& rule, const place_of& at) const {
    const auto& own = rule.probability.property;
    if (!own.empty()) {
      const auto p = at.edge == no_index ? g_.node_property(at.source, own) : g_.edge_property(at.edge, own);
      if (const auto number = as_number(p.value)) return *number;
    }
    std::optional<double> best;
    for (const auto& row : rule.probability.by) {
      const auto a = where(row.where, at);
      if (a == answer::yes || (a == answer::unknown && worst_))
        best = std::max(best.value_or(0), row.p.value);
      if (a == answer::yes) return *best;
    }
    return std::max(best.value_or(0), rule.probability.otherwise.value);
  }

  // Controls that guard the trigger, of a kind that the technique lists, with their factor.
  std::map<index_t, double> guards(const place_of& at, const technique& rule) const {
    std::map<index_t, double> found;
    for (index_t e = 0; e < g_.edge_count(); ++e) {
      if (g_.kind_name(g_.edge_kind(e)) != "Guards") continue;
      for (const auto end : {anchor::source, anchor::target}) {
        if (g_.target(e) != at.node(end) || !covers(e, at, end)) continue;
        const auto control = g_.source(e);
        const auto kind = as_text(g_.node_property(control, "control").value);
        if (kind && std::ranges::find(rule.controls, *kind) != rule.controls.end())
          found[control] = factor(control, *kind);
      }
    }
    return found;
  }

  bool covers(index_t guard, const place_of& at, anchor end) const {
    const auto kind = g_.edge_property(guard, "edge_kind"), side = g_.edge_property(guard, "end");
    if (at.edge == no_index) return kind.missing() && side.missing();
    const auto fits = [&](const property_fact& p, std::string_view wanted) {
      if (p.missing()) return true;
      if (!as_text(p.value) || !p.in_vocabulary) return !worst_;
      return *as_text(p.value) == wanted;
    };
    return fits(kind, g_.kind_name(g_.edge_kind(at.edge))) &&
           fits(side, end == anchor::source ? "source" : "target");
  }

  double factor(index_t control, std::string_view kind) const {
    const auto mode = as_text(g_.node_property(control, "mode").value).value_or("unknown");
    const bool on = mode == "enforce" || (mode != "log" && !worst_);
    for (const auto& r : c_.controls)
      if (on && r.kind == kind) return adaptive_ ? r.adaptive_effect : r.static_effect;
    return 1;
  }

  // --- conditions

  bool kind_in(const std::vector<std::string>& kinds, index_t node) const {
    return kinds.empty() || std::ranges::find(kinds, g_.kind_name(g_.primary_kind(node))) != kinds.end();
  }

  template <class Each> static answer all_of(const std::vector<condition>& list, Each each) {
    answer result = answer::yes;
    for (const auto& c : list) result = std::min(result, each(c));
    return result;
  }

  answer where(const where_clause& w, const place_of& at) const {
    if (at.edge == no_index) return all_of(w.node, [&](const condition& c) { return of_node(c, at.source); });
    answer result = all_of(w.edge, [&](const condition& c) { return of_edge(c, at.edge); });
    result = std::min(result, all_of(w.source, [&](const condition& c) { return of_node(c, at.source); }));
    result = std::min(result, all_of(w.target, [&](const condition& c) { return of_node(c, at.target); }));
    for (const auto& ends : w.ends) {
      const auto a = g_.node_property(at.source, ends.property),
                 b = g_.node_property(at.target, ends.property);
      const bool known = a.assessed() && b.assessed();
      result = std::min(result, !known                                         ? answer::unknown
                                : same_value(a.value, b.value) == ends.differs ? answer::no
                                                                               : answer::yes);
    }
    return result;
  }

  answer of_node(const condition& c, index_t node) const {
    if (c.property == "@kind") return text_is(c, g_.kind_name(g_.primary_kind(node)));
    if (c.property != "@model") return of_value(c, g_.node_property(node, c.property));
    answer result = g_.collected(node) ? answer::no : answer::unknown;
    for (const auto e : g_.out_edges(node)) {
      if (g_.kind_name(g_.edge_kind(e)) != "Uses") continue;
      if (result == answer::unknown) result = answer::no;
      const auto model = g_.target(e);
      result = std::max(result, text_is(c, g_.node_id(model)));
      if (const auto name = as_text(g_.node_property(model, "name").value))
        result = std::max(result, text_is(c, *name));
    }
    return result;
  }

  answer of_edge(const condition& c, index_t edge) const {
    if (c.property == "@kind") return text_is(c, g_.kind_name(g_.edge_kind(edge)));
    if (c.property == "@model") return of_node(c, g_.source(edge));
    return of_value(c, g_.edge_property(edge, c.property));
  }

  static answer text_is(const condition& c, std::string_view text) {
    return meets(c, scalar_view{text}) ? answer::yes : answer::no;
  }

  static bool meets(const condition& c, const scalar_view& v) {
    bool listed = c.accepted.empty();
    for (const auto& wanted : c.accepted)
      listed = listed || same_value(std::visit([](const auto& w) { return scalar_view{w}; }, wanted), v);
    const auto n = as_number(v);
    return listed && (!c.at_least || (n && *n >= *c.at_least)) && (!c.at_most || (n && *n <= *c.at_most));
  }

  static answer of_value(const condition& c, const property_fact& p) {
    const bool known = p.assessed();
    if (c.absent && *c.absent == known) return answer::no;
    if (c.absent && c.accepted.empty() && !c.at_least && !c.at_most) return answer::yes;
    if (const auto* list = std::get_if<std::span<const scalar_view>>(&p.value)) {
      for (const auto& v : *list)
        if (meets(c, v)) return answer::yes;
      return known ? answer::no : answer::unknown;
    }
    if (!known) return answer::unknown;
    return meets(c, *to_scalar(p.value)) ? answer::yes : answer::no;
  }

  const paths_report& report_;
  const property_graph& g_;
  const catalogue& c_;
  bool worst_, adaptive_;
  std::string where_;
  std::vector<std::string> problems_;
};

} // namespace

std::vector<std::string> verify(const paths_report& report, const property_graph& inventory,
                                const catalogue& rules) {
  return path_verifier(report, inventory, rules).run();
}

} // namespace crosscut

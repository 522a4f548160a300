#include "matcher.hpp"
#include "rules.hpp"

#include <crosscut/base/escape.hpp>

#include <algorithm>
#include <bit>
#include <numeric>

namespace crosscut {

using detail::bound_technique;
using detail::fact_key;
using detail::technique_match;

std::string_view to_string(adversary a) noexcept { return a == adversary::adaptive ? "adaptive" : "static"; }
std::string_view to_string(unknowns u) noexcept { return u == unknowns::worst ? "worst" : "best"; }

class attack_compiler {
public:
  attack_compiler(std::shared_ptr<const property_graph> inventory, std::shared_ptr<const catalogue> rules,
                  const compile_options& options, diagnostics& out)
      : g_(*inventory), out_(out), bound_(g_, *rules, options) {
    result_.inventory_ = std::move(inventory);
    result_.catalogue_ = std::move(rules);
    result_.options_ = options;
    result_.state_names_ = bound_.states;
    for (const auto& t : bound_.techniques) result_.techniques_.push_back(&t.rule());
    const auto bypassed = std::ranges::lower_bound(bound_.states, std::string_view("bypassed"));
    if (bypassed != bound_.states.end() && *bypassed == "bypassed")
      bypassed_state_ = static_cast<attack_graph::state_index>(bypassed - bound_.states.begin());
  }

  std::optional<attack_graph> run() {
    const auto errors_before = out_.count(severity::error);
    apply_techniques();
    collect_rules();
    if (bypassed_state_) add_twins();
    if (out_.count(severity::error) != errors_before) return std::nullopt;
    std::erase_if(steps_, [](const raw_step& s) { return s.probability <= 0; });
    if (!number_facts()) return std::nullopt;
    sort_steps();
    write_steps();
    write_rules();
    return std::move(result_);
  }

private:
  using state_index = attack_graph::state_index;

  struct raw_step {
    fact_key conclusion;
    std::uint16_t technique;
    index_t trigger;
    double probability;
    index_t first_precondition, precondition_count; // in preconditions_
    index_t bypassed = no_index;                    // in bypass_lists_
  };
  // A step that controls weaken, kept to make its twins.
  struct weakened {
    std::uint16_t technique;
    index_t trigger;
  };

  // --- techniques

  void apply_techniques() {
    for (std::uint16_t t = 0; t < static_cast<std::uint16_t>(bound_.techniques.size()); ++t) {
      const auto& rule = bound_.techniques[t].rule();
      if (rule.edge.empty()) {
        for (index_t v = 0; v < g_.node_count(); ++v) apply(t, v);
      } else if (rule.edge == "*") {
        apply_to_every_kind(t);
      } else {
        for (const auto e : g_.edges_of_kind(g_.find_kind(rule.edge))) apply(t, e);
      }
    }
  }

  void apply_to_every_kind(std::uint16_t t) {
    const auto guards = g_.find_kind("Guards"), monitors = g_.find_kind("Monitors");
    for (index_t e = 0; e < g_.edge_count(); ++e)
      if (g_.edge_kind(e) != guards && g_.edge_kind(e) != monitors) apply(t, e);
  }

  void apply(std::uint16_t t, index_t trigger) {
    if (matched_ > max_matched()) return;
    std::optional<double> bad;
    const auto& technique = bound_.techniques[t];
    if (!technique.match(trigger, match_, bad)) {
      if (bad) report_probability(technique, trigger, *bad);
      return;
    }
    matched_ += match_.preconditions.size() + match_.controls.size();
    if (matched_ > max_matched()) return report_too_large(technique);
    const double p = technique.probability(match_, {});
    append(t, trigger, match_, p, {});
    if (p < match_.base_probability) weakened_.push_back({t, trigger});
  }

  void append(std::uint16_t t, index_t trigger, const technique_match& m, double p,
              std::span<const index_t> bypassed) {
    raw_step s{m.conclusion,
               t,
               trigger,
               p,
               static_cast<index_t>(preconditions_.size()),
               static_cast<index_t>(m.preconditions.size()),
               no_index};
    preconditions_.insert(preconditions_.end(), m.preconditions.begin(), m.preconditions.end());
    if (!bypassed.empty()) {
      s.bypassed = static_cast<index_t>(bypass_lists_.size());
      bypass_lists_.emplace_back(bypassed.begin(), bypassed.end());
    }
    steps_.push_back(s);
  }

  // Demands and controls at hubs multiply: a thousand approvers of an action that a thousand tools perform make a million
  // preconditions. Real estates stay far below this; a made-up one must not exhaust memory.
  std::size_t max_matched() const {
    return 16 * (std::size_t{g_.node_count()} + g_.edge_count()) + (std::size_t{1} << 24);
  }

  void report_too_large(const bound_technique& t) {
    out_.add({severity::error,
              "too-large",
              {},
              {},
              {},
              "technique " + quoted(t.rule().id) + " finds more than " + std::to_string(max_matched()) +
                  " preconditions and controls together with those before it",
              "look for nodes with very many approvals or controls"});
  }

  void report_probability(const bound_technique& t, index_t trigger, double p) {
    const auto where = t.on_edges() ? "edge " + quoted(g_.kind_name(g_.edge_kind(trigger))) + " from " +
                                          quoted(g_.node_id(g_.source(trigger))) + " to " +
                                          quoted(g_.node_id(g_.target(trigger)))
                                    : "node " + quoted(g_.node_id(trigger));
    out_.add({severity::error,
              "probability-range",
              {},
              {},
              {},
              "property " + quoted(t.rule().probability.property) + " of " + where + " is " +
                  to_text(value_view{p}) + ", read as a probability by technique " + quoted(t.rule().id),
              "must be a number from 0 to 1"});
  }

  // --- twins

  // Where (control, bypassed) can be derived, every step that the control weakens has a twin without it,
  // which needs that fact too. Of several such controls: every set that raises the probability and has no
  // smaller set that raises it as far.
  void add_twins() {
    std::vector<index_t> controls;
    for (const auto& s : steps_)
      if (s.conclusion.state == *bypassed_state_) controls.push_back(s.conclusion.node);
    for (const auto& [key, p] : entries_)
      if (key.state == *bypassed_state_) controls.push_back(key.node);
    std::ranges::sort(controls);
    controls.erase(std::ranges::unique(controls).begin(), controls.end());
    if (controls.empty()) return;
    for (const auto& w : weakened_) add_twins_of(w, controls);
  }

  void add_twins_of(const weakened& w, const std::vector<index_t>& can_be_bypassed) {
    const auto& technique = bound_.techniques[w.technique];
    std::optional<double> bad;
    technique_match m;
    technique.match(w.trigger, m, bad);
    std::vector<index_t> candidates;
    for (const auto& c : m.controls)
      if (c.effect < 1 && std::ranges::binary_search(can_be_bypassed, c.control))
        candidates.push_back(c.control);
    if (candidates.size() > max_bypassed_controls) {
      report_too_many_controls(technique, w.trigger, candidates.size());
      return;
    }
    std::vector<double> p(std::size_t{1} << candidates.size());
    for (std::size_t set = 0; set < p.size(); ++set)
      p[set] = technique.probability(m, members(candidates, set));
    for (std::size_t set = 1; set < p.size(); ++set)
      if (every_member_matters(p, set, candidates.size()))
        append_twin(w, m, p[set], members(candidates, set));
  }

  static std::vector<index_t> members(const std::vector<index_t>& all, std::size_t set) {
    std::vector<index_t> result;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (set >> i & 1) result.push_back(all[i]);
    return result;
  }

  static bool every_member_matters(const std::vector<double>& p, std::size_t set, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i)
      if (set >> i & 1 && p[set & ~(std::size_t{1} << i)] >= p[set]) return false;
    return true;
  }

  void append_twin(const weakened& w, technique_match m, double p, const std::vector<index_t>& bypassed) {
    for (const auto c : bypassed) m.preconditions.push_back({c, *bypassed_state_});
    std::ranges::sort(m.preconditions);
    m.preconditions.erase(std::ranges::unique(m.preconditions).begin(), m.preconditions.end());
    if (!std::ranges::binary_search(m.preconditions, m.conclusion))
      append(w.technique, w.trigger, m, p, bypassed);
  }

  void report_too_many_controls(const bound_technique& t, index_t trigger, std::size_t n) {
    out_.add({severity::error,
              "too-many-controls",
              {},
              {},
              {},
              "technique " + quoted(t.rule().id) + " at " +
                  quoted(g_.node_id(t.on_edges() ? g_.target(trigger) : trigger)) + " is weakened by " +
                  std::to_string(n) + " controls that can each be switched off",
              "at most " + std::to_string(max_bypassed_controls) + " on one step are supported"});
  }

  // --- entries and targets

  void collect_rules() {
    for (const auto& r : detail::matching_entries(g_, result_.rules(), bound_, result_.options_.unknown))
      entries_.emplace_back(r.fact, r.number);
    for (const auto& r : detail::matching_targets(g_, result_.rules(), bound_, result_.options_.unknown))
      targets_.emplace_back(r.fact, r.number);
  }

  // --- facts

  bool number_facts() {
    std::vector<fact_key> keys;
    for (const auto& s : steps_) {
      keys.push_back(s.conclusion);
      for (index_t i = 0; i < s.precondition_count; ++i)
        keys.push_back(preconditions_[s.first_precondition + i]);
      if (keys.size() > compact_at_) compact(keys);
    }
    for (const auto& [key, p] : entries_) keys.push_back(key);
    for (const auto& [key, impact] : targets_) keys.push_back(key);
    compact(keys);
    if (keys.size() >= no_index || steps_.size() >= no_index || preconditions_.size() >= no_index) {
      out_.add({severity::error,
                "too-large",
                {},
                {},
                {},
                "more than 2^32 - 2 facts or steps",
                "narrow the inventory"});
      return false;
    }
    result_.node_facts_.assign(g_.node_count() + std::size_t{1}, 0);
    for (const auto& key : keys) {
      result_.fact_nodes_.push_back(key.node);
      result_.fact_states_.push_back(key.state);
      ++result_.node_facts_[key.node + std::size_t{1}];
    }
    std::partial_sum(result_.node_facts_.begin(), result_.node_facts_.end(), result_.node_facts_.begin());
    return true;
  }

  void compact(std::vector<fact_key>& keys) {
    std::ranges::sort(keys);
    keys.erase(std::ranges::unique(keys).begin(), keys.end());
    compact_at_ = std::max(compact_at_, keys.size() * 2);
  }

  index_t number_of(fact_key key) const {
    const auto& states = result_.fact_states_;
    index_t f = result_.node_facts_[key.node];
    while (states[f] != key.state) ++f;
    return f;
  }

  // --- steps

  void sort_steps() {
    const auto kind = [this](const raw_step& s) {
      return bound_.techniques[s.technique].on_edges() ? g_.edge_kind(s.trigger) : property_graph::no_kind;
    };
    std::ranges::sort(steps_, [&](const raw_step& l, const raw_step& r) {
      if (l.conclusion != r.conclusion) return l.conclusion < r.conclusion;
      if (l.technique != r.technique) return l.technique < r.technique;
      if (kind(l) != kind(r)) return kind(l) < kind(r);
      if (l.trigger != r.trigger) return l.trigger < r.trigger;
      return bypass_list(l) < bypass_list(r);
    });
  }

  const std::vector<index_t>& bypass_list(const raw_step& s) const {
    static const std::vector<index_t> none;
    return s.bypassed == no_index ? none : bypass_lists_[s.bypassed];
  }

  void write_steps() {
    auto& r = result_;
    const auto facts = r.fact_count();
    r.into_.assign(facts + std::size_t{1}, 0);
    for (const auto& s : steps_) {
      const auto step = static_cast<index_t>(r.conclusions_.size());
      const auto conclusion = number_of(s.conclusion);
      r.conclusions_.push_back(conclusion);
      ++r.into_[conclusion + std::size_t{1}];
      for (index_t i = 0; i < s.precondition_count; ++i)
        r.preconditions_.push_back(number_of(preconditions_[s.first_precondition + i]));
      r.pre_offsets_.push_back(static_cast<index_t>(r.preconditions_.size()));
      r.has_and_ = r.has_and_ || s.precondition_count > 1;
      r.triggers_.push_back(s.trigger);
      r.step_techniques_.push_back(s.technique);
      r.probabilities_.push_back(s.probability);
      r.costs_.push_back(cost_of(s.probability));
      if (s.bypassed != no_index) r.bypassed_.emplace_back(step, bypass_lists_[s.bypassed]);
    }
    std::partial_sum(r.into_.begin(), r.into_.end(), r.into_.begin());
    index_steps_by_precondition();
  }

  void index_steps_by_precondition() {
    auto& r = result_;
    r.from_.assign(r.fact_count() + std::size_t{1}, 0);
    for (const auto f : r.preconditions_) ++r.from_[f + std::size_t{1}];
    std::partial_sum(r.from_.begin(), r.from_.end(), r.from_.begin());
    r.steps_from_.resize(r.preconditions_.size());
    auto next = r.from_;
    for (index_t s = 0; s < r.step_count(); ++s)
      for (const auto f : r.preconditions(s)) r.steps_from_[next[f]++] = s;
  }

  void write_rules() {
    for (const auto& [key, p] : entries_)
      if (p > 0) result_.entries_.push_back({number_of(key), p});
    for (const auto& [key, impact] : targets_) result_.targets_.push_back({number_of(key), impact});
  }

  static constexpr std::size_t max_bypassed_controls = 8; // 2^8 twins of one step

  const property_graph& g_;
  diagnostics& out_;
  detail::bound_catalogue bound_;
  std::optional<state_index> bypassed_state_;
  technique_match match_;
  std::vector<raw_step> steps_;
  std::vector<fact_key> preconditions_;
  std::size_t matched_ = 0; // preconditions and controls so far
  std::vector<std::vector<index_t>> bypass_lists_;
  std::vector<weakened> weakened_;
  std::vector<std::pair<fact_key, double>> entries_, targets_;
  std::size_t compact_at_ = std::size_t{1} << 20;
  attack_graph result_;
};

std::optional<attack_graph> compile(std::shared_ptr<const property_graph> inventory,
                                    std::shared_ptr<const catalogue> rules, const compile_options& options,
                                    diagnostics& out) {
  return attack_compiler(std::move(inventory), std::move(rules), options, out).run();
}

} // namespace crosscut

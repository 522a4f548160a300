#include <crosscut/attack/question.hpp>
#include <crosscut/base/escape.hpp>

#include <algorithm>
#include <optional>

namespace crosscut {

namespace {

struct selector {
  index_t node;
  std::optional<std::string_view> state;
};

class resolver {
public:
  explicit resolver(const attack_graph& graph) : a_(graph), g_(graph.inventory()) {}

  question_result run(std::span<const std::string> sources, std::span<const std::string> targets) {
    if (sources.empty()) q().entries.assign(a_.entries().begin(), a_.entries().end());
    if (targets.empty()) q().targets.assign(a_.targets().begin(), a_.targets().end());
    for (const auto& text : sources)
      if (const auto s = parse(text)) add_source(*s, text);
    for (const auto& text : targets)
      if (const auto s = parse(text)) add_target(*s, text);
    std::ranges::sort(q().entries, [](const entry& l, const entry& r) {
      return l.fact != r.fact ? l.fact < r.fact : l.probability > r.probability;
    });
    erase_repeated(q().entries, &entry::fact);
    std::ranges::sort(q().targets, {}, &target::fact);
    erase_repeated(q().targets, &target::fact);
    return std::move(result_);
  }

private:
  question& q() { return result_.asked; }

  template <class List, class Key> static void erase_repeated(List& list, Key key) {
    const auto repeated = std::ranges::unique(list, {}, key);
    list.erase(repeated.begin(), repeated.end());
  }

  std::optional<selector> parse(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon != text.npos && a_.rules().has_state(text.substr(colon + 1)))
      if (const auto node = g_.find_node(text.substr(0, colon)); node != no_index)
        return selector{node, text.substr(colon + 1)};
    // An id may itself end in ":state".
    if (const auto node = g_.find_node(text); node != no_index) return selector{node, std::nullopt};
    const bool stated = colon != text.npos && a_.rules().has_state(text.substr(colon + 1));
    const auto id = stated ? text.substr(0, colon) : text;
    result_.errors.push_back({selector_error::reason::unknown_node, "no node has the id " + quoted(id),
                              "ids are case-sensitive; `crosscut scan` lists them"});
    return std::nullopt;
  }

  void add_source(const selector& s, std::string_view text) {
    if (s.state) return add_certain(s.node, *s.state);
    bool found = false;
    for (const auto& e : a_.entries())
      if (a_.fact_node(e.fact) == s.node) q().entries.push_back(e), found = true;
    if (found) return;
    if (a_.rules().states.size() == 1)
      add_certain(s.node, a_.rules().states[0]);
    else
      no_state(s.node, text, "entry");
  }

  void add_certain(index_t node, std::string_view state) {
    const auto fact = a_.find_fact(node, state);
    if (fact != no_index)
      q().entries.push_back({fact, 1.0});
    else
      add_lone(q().lone_sources, {node, std::string(state), 1});
  }

  void add_target(const selector& s, std::string_view text) {
    if (s.state) return add_target_state(s.node, *s.state);
    bool found = false;
    for (const auto& t : a_.targets())
      if (a_.fact_node(t.fact) == s.node) q().targets.push_back(t), found = true;
    if (found) return;
    if (a_.rules().states.size() == 1)
      add_target_state(s.node, a_.rules().states[0]);
    else
      no_state(s.node, text, "target");
  }

  void add_target_state(index_t node, std::string_view state) {
    const auto fact = a_.find_fact(node, state);
    if (fact == no_index) return add_lone(q().lone_targets, {node, std::string(state), own_impact(node)});
    const auto named = std::ranges::find(a_.targets(), fact, &target::fact);
    q().targets.push_back({fact, named != a_.targets().end() ? named->impact : own_impact(node)});
  }

  double own_impact(index_t node) const {
    const auto own = g_.node_property(node, "impact");
    return own.assessed() ? as_number(own.value).value_or(1) : 1;
  }

  static void add_lone(std::vector<question::lone_fact>& list, question::lone_fact f) {
    if (std::ranges::find(list, f) == list.end()) list.push_back(std::move(f));
  }

  void no_state(index_t node, std::string_view text, std::string_view what) {
    std::string states;
    for (const auto f : a_.facts_at(node))
      states += (states.empty() ? "" : ", ") + std::string(a_.fact_state_name(f));
    result_.errors.push_back({selector_error::reason::no_such_state,
                              "the catalogue has no " + std::string(what) + " at " + quoted(g_.node_id(node)),
                              states.empty()
                                  ? "no technique touches this node"
                                  : "write " + std::string(text) + ":STATE; states there: " + states});
  }

  const attack_graph& a_;
  const property_graph& g_;
  question_result result_;
};

} // namespace

question_result resolve_question(const attack_graph& graph, std::span<const std::string> sources,
                                 std::span<const std::string> targets) {
  return resolver(graph).run(sources, targets);
}

} // namespace crosscut

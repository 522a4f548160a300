// Compiles random inventories a second time, from DESIGN's words alone: plain loops over all nodes and edges,
// no index, no code in common with the compiler but the property look-up.
#include "estate.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <set>

using namespace estate_test;

namespace {

enum class answer { no, unknown, yes };

constexpr auto rules = R"([
  {"id": "call", "edge": "Calls", "from": {"at": "source", "state": "a", "kinds": ["Agent"]}, "to": {"at": "target", "state": "b"},
   "where": {"source": {"autonomy": ["autonomous"]}, "ends": {"tenant": "same"}},
   "all": [{"at": "target", "edge": "Approves", "kinds": ["Agent"], "where": {"claim": ["verified"]}, "state": "c"}],
   "probability": {"value": 0.5, "property": "probability", "by": [
      {"where": {"edge": {"approval": ["always"]}}, "value": 0.25}, {"where": {"target": {"approval": ["never"]}}, "value": 0.75}]},
   "controls": ["filter", "gate"]},
  {"id": "any", "edge": "*", "from": {"at": "target", "state": "b"}, "to": {"at": "source", "state": "c"}, "probability": 0.125, "controls": ["gate"]}])";

struct random_estate {
  estate e;
  std::mt19937 random;

  explicit random_estate(unsigned seed) : random(seed) {
    for (int i = 0; i < 5; ++i)
      e.node(fmt::format("n{}", i), pick({"Agent", "Agent", "Tool"}),
             properties({maybe("autonomy", {"\"autonomous\"", "\"suggest\"", "\"asleep\""}),
                         maybe("tenant", {"1", "2"}), maybe("approval", {"\"never\"", "\"always\""})}));
    for (int i = 0; i < 3; ++i) {
      e.node(fmt::format("c{}", i), "Control",
             properties({maybe("control", {"\"filter\"", "\"gate\""}),
                         maybe("mode", {"\"enforce\"", "\"enforce\"", "\"log\""})}));
      e.edge("Guards", fmt::format("c{}", i), node(),
             properties({maybe("edge_kind", {"\"Calls\"", "\"Reads\""}),
                         maybe("end", {"\"source\"", "\"target\""})}));
    }
    for (int i = 0; i < 8; ++i)
      e.edge("Calls", node(), node(),
             properties({fmt::format("\"key\": \"{}\"", i), maybe("approval", {"\"always\"", "\"never\""}),
                         maybe("probability", {"0.0625", "0"})}));
    for (int i = 0; i < 3; ++i)
      e.edge(
          "Approves", node(), node(),
          properties({fmt::format("\"key\": \"{}\"", i), maybe("claim", {"\"verified\"", "\"carried\""})}));
  }

  std::string pick(std::vector<std::string> from) { return from[random() % from.size()]; }
  std::string node() { return fmt::format("n{}", random() % 5); }
  std::string maybe(std::string name, std::vector<std::string> values) {
    return random() % 3 == 0 ? "" : fmt::format("\"{}\": {}", name, pick(values));
  }
  static std::string properties(std::vector<std::string> list) {
    std::erase(list, "");
    return fmt::format("{{{}}}", fmt::join(list, ", "));
  }
};

// --- the second compiler

struct naive {
  const property_graph& g;
  bool worst;

  std::string id(index_t v) const { return std::string(g.node_id(v)); }
  std::string_view kind(index_t v) const { return g.kind_name(g.primary_kind(v)); }

  static answer is(const property_fact& p, std::string_view wanted) {
    if (!p.assessed()) return answer::unknown;
    return as_text(p.value) == wanted ? answer::yes : answer::no;
  }
  bool resolve(answer a) const { return a == answer::yes || (a == answer::unknown && worst); }

  double guard(index_t e, std::vector<std::string> listed) const {
    double factor = 1;
    for (const auto& k : listed) {
      double strongest = 1;
      for (index_t w = 0; w < g.edge_count(); ++w) {
        if (g.kind_name(g.edge_kind(w)) != "Guards" ||
            as_text(g.node_property(g.source(w), "control").value) != k)
          continue;
        if (!acts(w, e, "source", g.source(e)) && !acts(w, e, "target", g.target(e))) continue;
        const auto mode = is(g.node_property(g.source(w), "mode"), "enforce");
        if (mode == answer::yes || (mode == answer::unknown && !worst))
          strongest = std::min(strongest, k == "filter" ? 0.5 : 0.8);
      }
      factor *= strongest;
    }
    return factor;
  }
  bool acts(index_t w, index_t e, std::string_view end, index_t node) const {
    if (g.target(w) != node) return false;
    const auto edge_kind = g.edge_property(w, "edge_kind"), side = g.edge_property(w, "end");
    return (edge_kind.missing() || as_text(edge_kind.value) == g.kind_name(g.edge_kind(e))) &&
           (side.missing() || as_text(side.value) == end);
  }

  double call_probability(index_t e) const {
    if (const auto own = as_number(g.edge_property(e, "probability").value)) return *own;
    const auto first = is(g.edge_property(e, "approval"), "always"),
               second = is(g.node_property(g.target(e), "approval"), "never");
    if (first == answer::yes) return 0.25;
    const bool maybe_first = first == answer::unknown && worst;
    if (second == answer::yes) return 0.75;
    if (second == answer::unknown && worst) return 0.75; // the largest of all that is possible
    return std::max(0.5, maybe_first ? 0.25 : 0.0);
  }

  void call(index_t e, std::multiset<std::string>& out) const {
    const auto s = g.source(e), t = g.target(e);
    if (kind(s) != "Agent" || !resolve(is(g.node_property(s, "autonomy"), "autonomous"))) return;
    const auto l = g.node_property(s, "tenant"), r = g.node_property(t, "tenant");
    if (!resolve(!l.assessed() || !r.assessed() ? answer::unknown
                 : same_value(l.value, r.value) ? answer::yes
                                                : answer::no))
      return;
    std::set<std::string> needs{id(s) + ":a"};
    for (index_t a = 0; a < g.edge_count(); ++a) {
      if (g.kind_name(g.edge_kind(a)) != "Approves" || g.target(a) != t || kind(g.source(a)) != "Agent")
        continue;
      const auto claim = is(g.edge_property(a, "claim"), "verified");
      if (claim == answer::yes || (claim == answer::unknown && !worst)) needs.insert(id(g.source(a)) + ":c");
    }
    const double p = call_probability(e) * guard(e, {"filter", "gate"});
    if (p > 0) out.insert(fmt::format("{} -> {}:b {:.6g} by call", fmt::join(needs, " + "), id(t), p));
  }

  void any(index_t e, std::multiset<std::string>& out) const {
    const auto k = g.kind_name(g.edge_kind(e));
    if (k == "Guards" || k == "Monitors") return;
    out.insert(fmt::format("{}:b -> {}:c {:.6g} by any", id(g.target(e)), id(g.source(e)),
                           0.125 * guard(e, {"gate"})));
  }

  std::multiset<std::string> run() const {
    std::multiset<std::string> out;
    for (index_t e = 0; e < g.edge_count(); ++e) {
      if (g.kind_name(g.edge_kind(e)) == "Calls") call(e, out);
      any(e, out);
    }
    return out;
  }
};

} // namespace

TEST_CASE("the compiler agrees with a naive reading of the rules on random inventories") {
  const auto c = catalogue_with(rules);
  std::size_t steps = 0, demanding = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    const random_estate r(seed);
    for (const auto unknown : {unknowns::worst, unknowns::best}) {
      const auto g = compiled(r.e, c, {adversary::adaptive, unknown});
      std::multiset<std::string> found;
      for (index_t s = 0; s < g.step_count(); ++s)
        found.insert(describe(g, s)), ++steps, demanding += g.preconditions(s).size() > 1;
      const auto expected = naive{g.inventory(), unknown == unknowns::worst}.run();
      CAPTURE(seed);
      CHECK(found == expected);
    }
  }
  CHECK(steps > 5000); // the test is about something
  CHECK(demanding > 50);
}

#pragma once

#include "oracle/and_or_graph.hpp"

#include <set>
#include <vector>

/// A synthetic estate as an AND/OR graph: agents that read inputs and stores, delegate to one another,
/// remember, and call tools that perform actions; actions that count need approvals, verified where they run.
namespace oracle {

struct estate_options {
  index_t agents = 5000;
  index_t approvals = 100;    ///< AND steps: a tool is invoked, and its approvers are hijacked.
  index_t most_approvers = 2; ///< So that a step has up to three preconditions.
  index_t layered = 0;        ///< How many approvers are themselves only hijacked by another AND step.
  bool is_round = false; ///< Probabilities as a catalogue has them: few values, many ties. Else all differ.
  bool has_open_actions = true; ///< Some targets need no approval.
  std::uint64_t seed = 1;
};

class estate_maker {
public:
  explicit estate_maker(const estate_options& o)
      : o_(o),
        d_(o.seed),
        inputs_(o.agents / 25 + 1),
        stores_(o.agents),
        tools_(2 * o.agents),
        graph_(inputs_ + o.agents + stores_ + tools_ + o.approvals + o.agents / 50) {}

  and_or_graph make() {
    for (index_t i = 0; i < inputs_; ++i) graph_.entries.push_back({i, i % 3 ? 0 : chance()});
    for (index_t a = 0; a < o_.agents; ++a) add_agent(a);
    for (index_t i = 0; i < o_.approvals; ++i) add_approved_action(i);
    if (o_.has_open_actions)
      for (index_t i = 0; i < o_.agents / 50; ++i) add_open_action(i);
    return std::move(graph_);
  }

private:
  index_t agent(index_t i) const { return inputs_ + i; }
  index_t store(index_t i) const { return agent(o_.agents) + i; }
  index_t tool(index_t i) const { return store(stores_) + i; }
  index_t action(index_t i) const { return tool(tools_) + i; }
  index_t any_agent() { return agent(d_.below(o_.agents)); }

  cost_t chance() {
    static constexpr double usual[] = {1.0, 0.93, 0.5, 0.225, 0.225};
    return o_.is_round ? cost_of(usual[d_.below(5)]) : cost_of((1 + d_.below(1000)) / 1001.0);
  }

  void add_agent(index_t a) {
    if (d_.one_in(8)) graph_.add({d_.below(inputs_)}, agent(a), chance());
    for (int i = 0; i < 3; ++i) {
      const index_t other = any_agent();
      if (other == agent(a)) continue;
      graph_.add({agent(a)}, other, chance()); // the work that is sent
      graph_.add({other}, agent(a), chance()); // the answer that comes back
    }
    for (int i = 0; i < 3; ++i) {
      const index_t s = store(d_.below(stores_));
      graph_.add({agent(a)}, s, chance());
      graph_.add({s}, any_agent(), chance());
    }
    for (int i = 0; i < 5; ++i) graph_.add({agent(a)}, tool(d_.below(tools_)), chance());
    for (int i = 0; i < 2; ++i) graph_.add({tool(d_.below(tools_))}, agent(a), chance());
  }

  void add_approved_action(index_t i) {
    std::set<index_t> all{tool(d_.below(tools_))};
    const index_t approvers = 1 + d_.below(o_.most_approvers);
    while (all.size() < 1 + approvers) all.insert(any_agent());
    // A layered approval stands for another one: what it permits is what hijacks the next approver.
    if (i > 0 && i <= o_.layered) all.insert(action(i - 1));
    graph_.add({all.begin(), all.end()}, action(i), chance());
    graph_.targets.push_back(action(i));
  }

  void add_open_action(index_t i) {
    graph_.add({tool(d_.below(tools_))}, action(o_.approvals + i), chance());
    graph_.targets.push_back(action(o_.approvals + i));
  }

  estate_options o_;
  dice d_;
  index_t inputs_, stores_, tools_;
  and_or_graph graph_;
};

inline and_or_graph make_estate(const estate_options& o) { return estate_maker(o).make(); }

} // namespace oracle

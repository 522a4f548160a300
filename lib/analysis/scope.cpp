#include <crosscut/analysis/scope.hpp>

namespace crosscut {

namespace {

class scoper {
public:
  scoper(const attack_graph& graph, const question& asked, const scope_mask& without)
      : a_(graph), q_(asked), without_(without) {}

  scope run() {
    result_.fact.assign(a_.fact_count(), false);
    result_.step.assign(a_.step_count(), false);
    result_.certain.assign(a_.fact_count(), false);
    for (const auto& e : q_.entries) result_.certain[e.fact] = e.probability == 1 && allowed_fact(e.fact);
    derive_forward();
    need_backward();
    collect();
    return std::move(result_);
  }

private:
  bool allowed_fact(index_t f) const { return without_.fact.empty() || !without_.fact[f]; }
  bool allowed_step(index_t s) const {
    return (without_.step.empty() || !without_.step[s]) && !result_.certain[a_.conclusion(s)] &&
           allowed_fact(a_.conclusion(s));
  }

  // A step fires when the last of its preconditions has been derived.
  void derive_forward() {
    derived_.assign(a_.fact_count(), false);
    std::vector<index_t> waiting_for(a_.step_count());
    for (index_t s = 0; s < a_.step_count(); ++s)
      waiting_for[s] = static_cast<index_t>(a_.preconditions(s).size());
    std::vector<index_t> stack;
    const auto derive = [&](index_t f) {
      if (derived_[f] || !allowed_fact(f)) return;
      derived_[f] = true;
      stack.push_back(f);
    };
    for (const auto& e : q_.entries) derive(e.fact);
    while (!stack.empty()) {
      const auto f = stack.back();
      stack.pop_back();
      for (const auto s : a_.steps_from(f))
        if (--waiting_for[s] == 0 && allowed_step(s)) {
          result_.step[s] = true;
          derive(a_.conclusion(s));
        }
    }
  }

  void need_backward() {
    std::vector<index_t> stack;
    const auto need = [&](index_t f) {
      if (result_.fact[f] || !derived_[f]) return;
      result_.fact[f] = true;
      stack.push_back(f);
    };
    for (const auto& t : q_.targets) need(t.fact);
    while (!stack.empty()) {
      const auto f = stack.back();
      stack.pop_back();
      for (const auto s : a_.steps_into(f))
        if (result_.step[s])
          for (const auto pre : a_.preconditions(s)) need(pre);
    }
  }

  void collect() {
    for (index_t s = 0; s < a_.step_count(); ++s) {
      if (!result_.step[s]) continue;
      result_.step[s] = result_.fact[a_.conclusion(s)];
      if (!result_.step[s]) continue;
      ++result_.steps;
      result_.has_and = result_.has_and || a_.preconditions(s).size() > 1;
    }
    for (index_t f = 0; f < a_.fact_count(); ++f) result_.facts += result_.fact[f];
    for (const auto& e : q_.entries)
      if (result_.fact[e.fact]) result_.entries.push_back(e);
    for (const auto& t : q_.targets)
      if (result_.fact[t.fact]) result_.targets.push_back(t);
  }

  const attack_graph& a_;
  const question& q_;
  const scope_mask& without_;
  std::vector<bool> derived_;
  scope result_;
};

} // namespace

scope find_scope(const attack_graph& graph, const question& asked, const scope_mask& without) {
  return scoper(graph, asked, without).run();
}

} // namespace crosscut

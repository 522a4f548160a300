#include "raw_path.hpp"

#include <crosscut/algorithms/k_shortest_simple_paths.hpp>
#include <crosscut/algorithms/proof_search.hpp>

#include <algorithm>

namespace crosscut::detail {

namespace {

struct step_cost {
  const attack_graph* graph;
  cost_t operator()(index_t step) const { return graph->cost(step); }
};

struct in_scope {
  const scope* in;
  bool operator()(index_t step) const { return in->step[step]; }
};

std::vector<index_t> facts_of(const std::vector<target>& targets) {
  std::vector<index_t> facts;
  for (const auto& t : targets) facts.push_back(t.fact);
  return facts;
}

std::vector<start_point> starts_of(const scope& in) {
  std::vector<start_point> starts;
  for (const auto& e : in.entries) starts.push_back({e.fact, cost_of(e.probability)});
  return starts;
}

class simple_path_stream final : public path_stream {
public:
  simple_path_stream(const attack_graph& graph, const scope& in, const std::vector<target>& targets)
      : paths_(graph, step_cost{&graph}, in_scope{&in}, starts_of(in), facts_of(targets)) {}

  std::optional<raw_path> next(limit_watch& watch) override {
    auto path = paths_.next(watch);
    if (!path) return std::nullopt;
    return raw_path{path->length, {path->source}, path->target, std::move(path->arcs)};
  }
  path_length lower_bound() const override { return paths_.lower_bound(); }

private:
  k_shortest_simple_paths<attack_graph, step_cost, in_scope> paths_;
};

class proof_stream final : public path_stream {
public:
  proof_stream(const attack_graph& graph, const scope& in, const std::vector<target>& targets)
      : proofs_(graph, step_cost{&graph}, in_scope{&in}, starts_of(in), facts_of(targets)) {}

  std::optional<raw_path> next(limit_watch& watch) override {
    auto proof = proofs_.next(watch);
    if (!proof) return std::nullopt;
    return raw_path{proof->length, std::move(proof->entries), proof->target, std::move(proof->steps)};
  }
  path_length lower_bound() const override { return proofs_.lower_bound(); }

private:
  proof_search proofs_;
};

} // namespace

std::unique_ptr<path_stream> open_paths(const attack_graph& graph, const scope& in,
                                        std::vector<target> targets) {
  if (in.has_and) return std::make_unique<proof_stream>(graph, in, targets);
  return std::make_unique<simple_path_stream>(graph, in, targets);
}

} // namespace crosscut::detail

#include "brute_force.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace brute_force {

namespace {

bool in_order(const simple_path& a, const simple_path& b) {
  return std::tie(a.length, a.source, a.arcs) < std::tie(b.length, b.source, b.arcs);
}

class enumeration {
public:
  explicit enumeration(const instance& question)
      : question_(question), used_(question.graph.vertex_count()) {}

  std::vector<simple_path> run() {
    std::map<index_t, cost_t> cheapest;
    for (const start_point& s : question_.sources) {
      const auto [at, added] = cheapest.emplace(s.vertex, s.cost);
      if (!added) at->second = std::min(at->second, s.cost);
    }
    for (const auto& [vertex, cost] : cheapest) {
      now_ = {{cost, 0}, vertex, no_index, {}};
      visit(vertex);
    }
    std::sort(found_.begin(), found_.end(), in_order);
    return std::move(found_);
  }

private:
  void visit(index_t v) {
    used_[v] = true;
    if (std::count(question_.targets.begin(), question_.targets.end(), v) != 0) {
      found_.push_back(now_);
      found_.back().target = v;
    }
    for (index_t arc = 0; arc < question_.graph.arc_count(); ++arc)
      if (question_.graph.tail(arc) == v && question_.kept[arc] && !used_[question_.graph.head(arc)])
        take(arc);
    used_[v] = false;
  }

  void take(index_t arc) {
    const path_length before = now_.length;
    now_.length = {before.cost + question_.costs[arc], before.hops + 1};
    now_.arcs.push_back(arc);
    visit(question_.graph.head(arc));
    now_.arcs.pop_back();
    now_.length = before;
  }

  const instance& question_;
  std::vector<bool> used_;
  simple_path now_;
  std::vector<simple_path> found_;
};

} // namespace

std::vector<simple_path> all_simple_paths(const instance& question) { return enumeration(question).run(); }

std::vector<simple_path> first_simple_paths(const instance& question, std::size_t count) {
  const static_graph& graph = question.graph;
  std::vector<start_point> ends;
  for (const index_t t : question.targets) ends.push_back({t, 0});
  const auto rest = lengths(question, ends, direction::backward);
  // A prefix stands for all its extensions while `target` is not set, for itself alone once it is.
  std::multimap<path_length, simple_path> open;
  std::map<index_t, cost_t> cheapest;
  for (const start_point& s : question.sources)
    if (const auto [at, added] = cheapest.emplace(s.vertex, s.cost); !added)
      at->second = std::min(at->second, s.cost);
  for (const auto& [v, cost] : cheapest)
    if (rest[v] != no_path) open.insert({path_length{cost, 0} + rest[v], {{cost, 0}, v, no_index, {}}});
  std::vector<simple_path> found;
  while (!open.empty() && (found.size() < count || open.begin()->first == found.back().length)) {
    simple_path path = open.extract(open.begin()).mapped();
    if (path.target != no_index) {
      found.push_back(std::move(path));
      continue;
    }
    const index_t end = path.arcs.empty() ? path.source : graph.head(path.arcs.back());
    if (rest[end] == path_length{}) {
      simple_path ended = path;
      ended.target = end;
      open.insert({path.length, std::move(ended)});
    }
    for (index_t arc = 0; arc < graph.arc_count(); ++arc) {
      const index_t next = graph.head(arc);
      bool used = next == path.source;
      for (const index_t before : path.arcs) used = used || graph.head(before) == next;
      if (graph.tail(arc) != end || !question.kept[arc] || used || rest[next] == no_path) continue;
      simple_path longer = path;
      longer.length = path.length + path_length{question.costs[arc], 1};
      longer.arcs.push_back(arc);
      open.insert({longer.length + rest[next], std::move(longer)});
    }
  }
  std::sort(found.begin(), found.end(), in_order);
  return found;
}

std::vector<path_length> lengths(const instance& question, std::span<const start_point> starts,
                                 direction towards) {
  const static_graph& graph = question.graph;
  std::vector<path_length> best(graph.vertex_count(), no_path);
  for (const start_point& s : starts) best[s.vertex] = std::min(best[s.vertex], path_length{s.cost, 0});
  for (bool changed = true; changed;) {
    changed = false;
    for (index_t arc = 0; arc < graph.arc_count(); ++arc) {
      index_t from = graph.tail(arc), to = graph.head(arc);
      if (towards == direction::backward) std::swap(from, to);
      if (!question.kept[arc] || best[from] == no_path) continue;
      const path_length through{best[from].cost + question.costs[arc], best[from].hops + 1};
      if (through < best[to]) best[to] = through, changed = true;
    }
  }
  return best;
}

instance random_instance(dice& d, index_t vertices, index_t arcs, index_t cost_range) {
  instance question;
  std::vector<arc_ends> ends;
  for (index_t i = 0; i < arcs; ++i) ends.push_back({d.below(vertices), d.below(vertices)});
  question.graph = static_graph(vertices, ends);
  for (index_t i = 0; i < arcs; ++i) {
    question.costs.push_back(d.below(cost_range));
    question.kept.push_back(!d.one_in(12));
  }
  for (index_t i = 0, n = 1 + d.below(3); i < n; ++i)
    question.sources.push_back({d.below(vertices), d.one_in(2) ? 0 : d.below(cost_range)});
  for (index_t i = 0, n = 1 + d.below(3); i < n; ++i) question.targets.push_back(d.below(vertices));
  return question;
}

std::string describe(const instance& question) {
  std::string text;
  for (index_t arc = 0; arc < question.graph.arc_count(); ++arc)
    text += std::to_string(arc) + ": " + std::to_string(question.graph.tail(arc)) + "->" +
            std::to_string(question.graph.head(arc)) + " cost " + std::to_string(question.costs[arc]) +
            (question.kept[arc] ? "" : " masked") + '\n';
  for (const auto& s : question.sources)
    text += "source " + std::to_string(s.vertex) + " cost " + std::to_string(s.cost) + '\n';
  for (const index_t t : question.targets) text += "target " + std::to_string(t) + '\n';
  return text;
}

} // namespace brute_force

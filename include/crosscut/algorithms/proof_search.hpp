#pragma once

#include <crosscut/algorithms/k_shortest_simple_paths.hpp>
#include <crosscut/algorithms/proof_bounds.hpp>
#include <crosscut/algorithms/proof_detour.hpp>
#include <crosscut/algorithms/proof_graph.hpp>
#include <crosscut/algorithms/proof_partial.hpp>
#include <crosscut/base/limits.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

namespace crosscut {

/// A minimal proof of a target. A set of facts that has the target in it and, for each fact, one way to get
/// it: the fact is an entry, or one step concludes it whose preconditions are all in the set. No fact depends
/// on itself through its ways, and the target depends on every other fact. Without steps of several
/// preconditions that is a simple path.
struct proof {
  path_length length; ///< Costs of the distinct steps and of the entries; number of steps.
  index_t target = no_index;
  std::vector<index_t> entries; ///< Facts, ascending.
  std::vector<index_t> steps;   ///< Each after those it needs, the smallest ready one first.

  friend bool operator==(const proof&, const proof&) = default;
};

/// The order of proofs: by cost, number of steps, entries, steps as shown, target.
inline bool operator<(const proof& a, const proof& b) {
  return std::tie(a.length, a.entries, a.steps, a.target) < std::tie(b.length, b.entries, b.steps, b.target);
}

/// Enumerates the minimal proofs of any of `targets` from any of `entries`, the shortest first, one per call
/// of `next`:
///
///     proof_search proofs(graph, cost, keep, entries, targets);
///     limit_watch watch(my_limits, "expansions", 1'000'000, 0);
///     while (auto proof = proofs.next(watch)) show(*proof);
///     if (watch.hit()) say_that_there_may_be_more_beyond(proofs.lower_bound());
///
/// The order is total (operator< above), so the sequence is a function of the graph alone. Exact: a proof is
/// returned when nothing that is still open could come before it. Even the first is NP-hard to find, because
/// a step that serves two branches counts once; hence the limits.
///
/// How. Proofs without AND steps (steps of several preconditions) are simple paths, and come from
/// k_shortest_simple_paths. The others are found best-first over partial proofs, each decided further in one
/// place only, so that none is met twice:
///
/// 1. Backwards from the target through steps of one precondition, to the AND step nearest to it.
/// 2. Its preconditions are goals. For the first goal not yet proven, a path of spines (proof_graph.hpp)
/// grows from
///    something decided, or from an entry, forwards to the goal. An AND step on that path adds its other
///    preconditions to the goals.
///
/// The bound of a partial proof is what has been decided plus the shortest forest of spines that joins the
/// next five goals to the tip, to entries and to decided facts that do not depend on them: sums of tables
/// (proof_bounds.hpp), so branches add up, and shared parts count once. In a proof where the goals of one AND
/// step are five at most and reached without another AND step, this is the length of the best completion,
/// unless that would use a fact that depends on the goal. Therefore the tip's way to its goal is searched
/// again without such facts; a partial proof without one is dropped. AND steps within AND steps weaken the
/// bound.
///
/// Complexity: exponential at worst. A proof of h steps with at most five goals at a time opens about h
/// partial proofs, each O(h) plus the arcs near its way to the goal; an AND step that comes into question
/// of n goals costs 2^n - 1 shortest-path computations, once. Proofs of equal length are all found before the
/// first of them is returned if they have AND steps. The constructor copies what it needs: O(facts log facts
/// + preconditions).
///
/// `watch` counts one expansion for every partial proof decided further, for every class of paths looked at,
/// and for every 64 facts that a search around obstacles looks at.
///
/// Thread-safety: one enumerator, one thread.
class proof_search {
public:
  /// Throws std::out_of_range for an entry or target that is no fact, std::invalid_argument for an entry cost
  /// outside [0, infinite_cost).
  template <hypergraph Graph, arc_cost Cost, arc_mask Keep>
  proof_search(const Graph& graph, const Cost& cost, const Keep& keep, std::span<const start_point> entries,
               std::span<const index_t> targets)
      : graph_(graph, cost, keep, entries, targets),
        bounds_(graph_),
        partial_(graph_),
        detour_(graph_.fact_count()),
        chains_(graph_, cost_of_step{&graph_}, without_and{&graph_}, graph_.entries(), graph_.targets()) {
    goals_.push_back({no_index, no_goals});
    for (const index_t t : graph_.targets()) open_target(t);
  }

  proof_search(const proof_search&) = delete;
  proof_search& operator=(const proof_search&) = delete;

  /// The next proof, or nothing: when there is none, or when a limit was hit, which `watch` then says. After
  /// a limit another call with a fresh watch goes on where this one stopped; only a search around obstacles
  /// begins anew, so the fresh watch must leave room for one.
  std::optional<proof> next(limit_watch& watch) {
    if (!fetch_chain(watch)) return std::nullopt;
    while (!open_.empty() && open_.front().bound <= next_ready()) {
      if (!watch.step(memory_in_use()) || !expand_first(watch)) return std::nullopt;
    }
    if (ready_.empty() && !chain_) return std::nullopt;
    if (ready_.empty() || (chain_ && *chain_ < ready_.front())) return std::exchange(chain_, std::nullopt);
    std::pop_heap(ready_.begin(), ready_.end(), later_proof);
    proof first = std::move(ready_.back());
    ready_.pop_back();
    ready_items_ -= first.steps.size() + first.entries.size();
    return first;
  }

  /// No proof that `next` has yet to return is shorter than this; `no_path` when all have been returned.
  path_length lower_bound() const noexcept {
    const path_length open = open_.empty() ? no_path : open_.front().bound;
    const path_length chain = chain_ ? chain_->length : chains_.lower_bound();
    const path_length ready = ready_.empty() ? no_path : ready_.front().length;
    return std::min({open, chain, ready});
  }

private:
  using node_id = std::uint32_t;
  using goals_id = std::uint32_t;
  static constexpr node_id no_node = no_index;
  static constexpr goals_id no_goals = 0;

  struct cost_of_step {
    const detail::proof_graph* graph;
    cost_t operator()(index_t s) const { return graph->length(s).cost; }
  };
  struct without_and {
    const detail::proof_graph* graph;
    bool operator()(index_t s) const { return !graph->is_and(s); }
  };

  /// A list of facts to prove, shared between partial proofs: the first, and the list of the others.
  struct goal_list {
    index_t fact;
    goals_id rest;
  };

  /// A way to decide a partial proof further, and a lower bound of what that leads to. Where a path begins it
  /// is a fact (decided: the path leaves the proof there; else an entry), elsewhere a step.
  struct choice {
    path_length bound;
    index_t what;
  };
  static bool worse(const choice& a, const choice& b) {
    return a.bound != b.bound ? a.bound > b.bound : a.what > b.what;
  }

  enum class phase : std::uint8_t {
    backwards, ///< One goal; next comes the step that concludes it.
    forced,    ///< Next comes the only way of one of the goals.
    beginning, ///< Next comes where the path to the first goal begins.
    forwards   ///< Next comes the step that leads from the tip towards the first goal.
  };

  /// A partial proof: one decision more than its parent. The choices not yet made, the best last.
  struct node {
    node_id parent = no_node;
    index_t fact = no_index; ///< Decided here; `no_index`: none was.
    index_t way = no_index;
    index_t tip = no_index;
    goals_id goals = no_goals;
    phase next = phase::backwards;
    path_length spent; ///< Length of what has been decided.
    path_length bound; ///< No proof that completes it is shorter.
    std::vector<choice> choices;
  };

  struct open_node {
    path_length bound;
    node_id id;
  };
  static bool later_node(const open_node& a, const open_node& b) {
    return a.bound != b.bound ? a.bound > b.bound : a.id < b.id; // the youngest first: nearer to completion
  }
  static bool later_proof(const proof& a, const proof& b) { return b < a; }

  // --- Proofs without AND steps.

  bool fetch_chain(limit_watch& watch) {
    if (chain_) return true;
    if (auto path = chains_.next(watch)) {
      chain_ = proof{path->length, graph_.given_fact(path->target), {graph_.given_fact(path->source)}, {}};
      for (const index_t s : path->arcs) chain_->steps.push_back(graph_.given_step(s));
    }
    return !watch.hit();
  }

  path_length next_ready() const {
    const path_length chain = chain_ ? chain_->length : no_path;
    return ready_.empty() ? chain : std::min(chain, ready_.front().length);
  }

  // --- The search.

  void open_target(index_t target) {
    node root;
    root.goals = add_goal(target, no_goals);
    partial_.clear();
    list_steps_back(root);
    keep_open(std::move(root));
  }

  goals_id add_goal(index_t fact, goals_id rest) {
    goals_.push_back({fact, rest});
    return static_cast<goals_id>(goals_.size() - 1);
  }

  /// Makes the best choice of all. False: a limit was hit, and the choice is still to be made.
  bool expand_first(limit_watch& watch) {
    const node_id id = pop_open();
    const choice best = nodes_[id].choices.back();
    nodes_[id].choices.pop_back();
    bool done = true;
    if (!grew_dearer(id, best)) {
      load(id);
      node child = decide(id, best);
      if (child.goals == no_goals && child.bound != no_path)
        complete(child);
      else if (done = child.bound == no_path || pass_obstacles(child, watch);
               done && child.bound != no_path) {
        list_choices(child);
        keep_open(std::move(child));
      }
      if (!done) list_again(id, best);
    }
    push_open(id);
    return done;
  }

  void list_again(node_id id, const choice& c) {
    std::vector<choice>& choices = nodes_[id].choices;
    choices.insert(std::lower_bound(choices.begin(), choices.end(), c, worse), c);
    ++choice_count_;
  }

  /// True if the bound of a step backwards has been sharpened since the choice was listed. It is listed anew.
  bool grew_dearer(node_id id, const choice& c) {
    const node& n = nodes_[id];
    if (n.next != phase::backwards) return false;
    if (graph_.is_and(c.what) && !bounds_.has_floor(c.what)) bounds_.sharpen(c.what);
    const choice now{std::max(c.bound, n.spent + length_back(c.what)), c.what};
    if (now.bound == c.bound) return false;
    list_again(id, now);
    return true;
  }

  node_id pop_open() {
    std::pop_heap(open_.begin(), open_.end(), later_node);
    const node_id id = open_.back().id;
    open_.pop_back();
    --choice_count_;
    return id;
  }
  void push_open(node_id id) {
    std::vector<choice>& choices = nodes_[id].choices;
    if (choices.empty()) {
      choices.shrink_to_fit();
      return;
    }
    open_.push_back({choices.back().bound, id});
    std::push_heap(open_.begin(), open_.end(), later_node);
  }
  void keep_open(node&& n) {
    if (n.choices.empty()) return;
    if (nodes_.size() >= no_node) throw std::length_error("proof_search: 2^32 partial proofs");
    std::sort(n.choices.begin(), n.choices.end(), worse);
    choice_count_ += n.choices.size();
    nodes_.push_back(std::move(n));
    push_open(static_cast<node_id>(nodes_.size() - 1));
  }

  void load(node_id id) {
    partial_.clear();
    for (; id != no_node; id = nodes_[id].parent)
      if (nodes_[id].fact != no_index) partial_.decide(nodes_[id].fact, nodes_[id].way);
  }

  // --- Decisions. The partial proof laid open is the parent's before, the child's after.

  node decide(node_id id, const choice& c) {
    const node& from = nodes_[id];
    node child;
    child.parent = id;
    child.goals = from.goals;
    child.tip = from.tip;
    child.next = from.next;
    child.spent = from.spent;
    child.bound = c.bound;
    switch (from.next) {
    case phase::backwards: step_back(child, c.what); break;
    case phase::forced: step_forced(child, c.what); break;
    case phase::beginning: begin_path(child, c.what); break;
    case phase::forwards: step_forward(child, c.what); break;
    }
    return child;
  }

  void step_back(node& child, index_t step) {
    settle(child, graph_.conclusion(step), step);
    child.goals = add_goals(graph_.preconditions(step), no_goals);
    if (graph_.is_and(step)) choose_phase(child);
  }

  /// The goal gives way to the step's preconditions. Where one depends on the goal there is no proof.
  void step_forced(node& child, index_t step) {
    const index_t fact = graph_.conclusion(step);
    if (partial_.is_circular(step, fact)) child.bound = no_path;
    settle(child, fact, step);
    child.goals = add_goals(new_goals(step, child.goals), child.goals);
    choose_phase(child);
  }

  void begin_path(node& child, index_t fact) {
    if (!partial_.is_decided(fact)) settle(child, fact, by_entry);
    child.tip = fact;
    choose_phase(child);
  }

  /// The step's other preconditions become the goals after the first.
  void step_forward(node& child, index_t step) {
    const std::vector<index_t> more = new_goals(step, child.goals);
    settle(child, graph_.conclusion(step), step);
    if (!more.empty())
      child.goals = add_goal(goals_[child.goals].fact, add_goals(more, goals_[child.goals].rest));
    child.tip = graph_.conclusion(step);
    choose_phase(child);
  }

  std::vector<index_t> new_goals(index_t step, goals_id known) const {
    std::vector<index_t> more;
    for (const index_t p : graph_.preconditions(step))
      if (!partial_.is_decided(p) && !is_goal(p, known)) more.push_back(p);
    return more;
  }

  void settle(node& child, index_t fact, index_t way) {
    child.fact = fact;
    child.way = way;
    child.spent = child.spent + (way == by_entry ? graph_.entry_length(fact) : graph_.length(way));
    partial_.decide(fact, way);
  }

  /// Forced steps come before all others: the goals behind them make bounds sharper.
  void choose_phase(node& child) {
    while (child.goals != no_goals && partial_.is_decided(goals_[child.goals].fact)) {
      child.goals = goals_[child.goals].rest;
      child.tip = no_index;
    }
    child.next = child.tip == no_index ? phase::beginning : phase::forwards;
    if (forced_step(child.goals) != no_index) child.next = phase::forced;
  }

  index_t forced_step(goals_id list) const {
    for (; list != no_goals; list = goals_[list].rest)
      if (const index_t fact = goals_[list].fact;
          !partial_.is_decided(fact) && bounds_.only_way(fact) != no_index)
        return bounds_.only_way(fact);
    return no_index;
  }

  /// The hardest first.
  goals_id add_goals(std::span<const index_t> facts, goals_id rest) {
    std::vector<index_t> ordered(facts.begin(), facts.end());
    std::sort(ordered.begin(), ordered.end(), [&](index_t a, index_t b) { return bounds_.is_harder(b, a); });
    for (const index_t f : ordered) rest = add_goal(f, rest);
    return rest;
  }

  bool is_goal(index_t fact, goals_id list) const {
    while (list != no_goals && goals_[list].fact != fact) list = goals_[list].rest;
    return list != no_goals;
  }

  void complete(const node& child) {
    proof p{child.spent, no_index, partial_.entries(), partial_.steps_in_order()};
    p.target = graph_.given_fact(graph_.conclusion(p.steps.back()));
    for (index_t& f : p.entries) f = graph_.given_fact(f);
    for (index_t& s : p.steps) s = graph_.given_step(s);
    ready_items_ += p.steps.size() + p.entries.size();
    ready_.push_back(std::move(p));
    std::push_heap(ready_.begin(), ready_.end(), later_proof);
  }

  // --- Bounds.

  /// The first goals that are not decided: as many as bounds consider.
  std::vector<index_t> next_goals(goals_id list) const {
    std::vector<index_t> next;
    for (; list != no_goals && next.size() < detail::goal_set::capacity; list = goals_[list].rest)
      if (!partial_.is_decided(goals_[list].fact)) next.push_back(goals_[list].fact);
    return next;
  }

  /// Raises the bound to what the goals cost without the facts that depend on them; `no_path`: it cannot be
  /// completed. False: a limit was hit.
  bool pass_obstacles(node& child, limit_watch& watch) {
    if (child.next == phase::forced) return true;
    const std::vector<index_t> goals = next_goals(child.goals);
    partial_.find_needs(goals);
    if (child.next == phase::forwards) return pass_to_goal(child, watch);
    for (unsigned i = 0; i < goals.size() && child.bound != no_path; ++i)
      if (!pass_back_from(child, goals[i], 1u << i, watch)) return false;
    return true;
  }

  template <class EachArc, class End, class Rest>
  bool raise(node& child, limit_watch& watch, index_t from, const EachArc& each_arc, const End& end,
             const Rest& rest) {
    std::uint32_t looked_at = 0;
    const auto found = detour_(from, each_arc, end, rest,
                               [&] { return ++looked_at % 64 != 0 || watch.step(memory_in_use()); });
    if (found.stopped) return false;
    child.bound = found.length == no_path ? no_path : std::max(child.bound, child.spent + found.length);
    return true;
  }

  /// From the tip to the goal through facts not decided.
  bool pass_to_goal(node& child, limit_watch& watch) {
    const index_t goal = goals_[child.goals].fact;
    if (partial_.needs(child.tip) & 1) return child.bound = no_path, true;
    const auto& distance = bounds_.trees_to(detail::goal_set(std::span(&goal, 1)));
    return raise(
        child, watch, child.tip,
        [&](index_t v, auto&& visit) {
          for (const index_t s : graph_.steps_from(v))
            if (graph_.hardest(s) == v && !partial_.is_decided(graph_.conclusion(s)))
              visit(graph_.conclusion(s), graph_.length(s));
        },
        [&](index_t v) { return v == goal ? path_length{} : no_path; },
        [&](index_t v) { return distance[v]; });
  }

  /// From the goal back to an entry, to a decided fact that does not need it, or, as long as there is one
  /// goal, to an AND step.
  bool pass_back_from(node& child, index_t goal, unsigned bit, limit_watch& watch) {
    const bool seeks_and = child.next == phase::backwards;
    std::optional<path_length> highest;
    for (const index_t f : partial_.decided())
      if (!(partial_.needs(f) & bit)) highest = std::max(highest.value_or(path_length{}), graph_.height(f));
    return raise(
        child, watch, goal,
        [&](index_t v, auto&& visit) {
          if (partial_.is_decided(v)) return;
          for (const index_t s : graph_.steps_into(v)) {
            const index_t w = graph_.hardest(s);
            const bool is_blocked = partial_.is_decided(w) && (partial_.needs(w) & bit);
            if (!is_blocked && !(seeks_and && graph_.is_and(s))) visit(w, graph_.length(s));
          }
        },
        [&](index_t v) {
          if (seeks_and) return bounds_.chain_end(v);
          return partial_.is_decided(v) ? path_length{} : graph_.entry_length(v);
        },
        [&](index_t v) {
          if (seeks_and) return bounds_.chain(v);
          return highest ? at_least_between(*highest, graph_.height(v)) : graph_.height(v);
        });
  }

  /// The length of a way that leads up from one height to another.
  static path_length at_least_between(path_length low, path_length high) {
    if (high <= low) return {};
    return {high.cost - low.cost, high.hops > low.hops ? high.hops - low.hops : 0};
  }

  path_length length_back(index_t step) const {
    if (graph_.is_and(step)) return graph_.length(step) + bounds_.floor(step);
    const path_length rest = bounds_.chain(graph_.preconditions(step).front());
    return rest == no_path ? no_path : graph_.length(step) + rest;
  }

  void list_choices(node& n) {
    if (n.next == phase::backwards) return list_steps_back(n);
    if (n.next == phase::forced) return list(n, {}, {}, forced_step(n.goals));
    const goal_distances to_goals = measure(n);
    if (n.next == phase::beginning) return list_beginnings(n, to_goals);
    for (const index_t s : graph_.steps_from(n.tip)) list_step_forward(n, s, to_goals);
  }

  void list_steps_back(node& n) {
    for (const index_t s : graph_.steps_into(goals_[n.goals].fact)) {
      const auto preconditions = graph_.preconditions(s);
      const bool is_free = std::none_of(preconditions.begin(), preconditions.end(),
                                        [&](index_t p) { return partial_.is_decided(p); });
      if (const path_length rest = length_back(s); is_free && rest != no_path)
        n.choices.push_back({std::max(n.bound, n.spent + rest), s});
    }
  }

  /// What the next goals cost from a fact on: the tip's tree takes some of them, the rest grow elsewhere.
  struct goal_distances {
    std::vector<const std::vector<path_length>*> trees; ///< By set of goals that the tip's tree takes.
    std::vector<path_length> others;                    ///< By the same: the cost of the rest.

    path_length operator()(index_t fact) const {
      path_length least = no_path;
      for (std::size_t i = 0; i < trees.size(); ++i)
        if ((*trees[i])[fact] != no_path && others[i] != no_path)
          least = std::min(least, (*trees[i])[fact] + others[i]);
      return least;
    }
  };

  /// \pre needs() are those of next_goals(n.goals).
  goal_distances measure(const node& n) {
    std::vector<index_t> goals = next_goals(n.goals);
    if (!bounds_.has_room_for(detail::goal_set(goals))) goals.resize(1);
    const unsigned all = (1u << goals.size()) - 1;
    const auto elsewhere =
        bounds_.forests_to(goals, all & ~1u, partial_.decided(),
                           [&](index_t f, unsigned set) { return (partial_.needs(f) & set) == 0; });
    goal_distances result;
    for (unsigned set = 1; set <= all; set += 2) {
      result.trees.push_back(&bounds_.trees_to(detail::goal_set(goals, set)));
      result.others.push_back(elsewhere[all & ~set]);
    }
    return result;
  }

  void list_beginnings(node& n, const goal_distances& to_goals) {
    for (const index_t f : partial_.decided())
      if (!(partial_.needs(f) & 1)) list(n, {}, to_goals(f), f);
    for (const start_point& e : graph_.entries())
      if (!partial_.is_decided(e.vertex)) list(n, {e.cost, 0}, to_goals(e.vertex), e.vertex);
  }

  /// A goal, unlike other facts, may have facts that depend on it: the step must not depend on those.
  void list_step_forward(node& n, index_t step, const goal_distances& to_goals) {
    const index_t fact = graph_.conclusion(step);
    if (graph_.hardest(step) != n.tip || partial_.is_decided(fact)) return;
    if (is_goal(fact, n.goals) && partial_.is_circular(step, fact)) return;
    list(n, graph_.length(step), to_goals(fact), step);
  }

  static void list(node& n, path_length length, path_length rest, index_t what) {
    if (rest != no_path) n.choices.push_back({std::max(n.bound, n.spent + length + rest), what});
  }

  std::uint64_t memory_in_use() const noexcept {
    return nodes_.size() * sizeof(node) + choice_count_ * sizeof(choice) + open_.size() * sizeof(open_node) +
           goals_.size() * sizeof(goal_list) + ready_.size() * sizeof(proof) +
           ready_items_ * sizeof(index_t) + bounds_.memory_in_use() + graph_.memory_in_use() +
           partial_.memory_in_use() + detour_.memory_in_use();
  }

  static constexpr index_t by_entry = detail::by_entry;

  detail::proof_graph graph_;
  detail::proof_bounds bounds_;
  detail::proof_partial partial_;
  detail::proof_detour detour_;
  k_shortest_simple_paths<detail::proof_graph, cost_of_step, without_and> chains_;
  std::optional<proof> chain_; // the next of chains_
  std::vector<node> nodes_;
  std::vector<goal_list> goals_;
  std::vector<open_node> open_; // heap
  std::vector<proof> ready_;    // heap: complete, not yet returned
  std::uint64_t choice_count_ = 0, ready_items_ = 0;
};

} // namespace crosscut

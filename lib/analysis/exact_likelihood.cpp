#include "exact_likelihood.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace crosscut::detail {

namespace {

// Work beyond which a target is left to bounds: words times steps.
constexpr std::uint64_t max_work = std::uint64_t{1} << 28;

// Lane i of word j is world 64 j + i. Uncertain element e succeeds in the worlds whose bit e is set.
constexpr std::uint64_t lane_pattern[6] = {0xaaaaaaaaaaaaaaaa, 0xcccccccccccccccc, 0xf0f0f0f0f0f0f0f0,
                                           0xff00ff00ff00ff00, 0xffff0000ffff0000, 0xffffffff00000000};

class world_counter {
public:
  world_counter(const attack_graph& a, const scope& in) : a_(a), in_(in) {}

  std::optional<double> run(index_t target, unsigned max_uncertain) {
    if (!collect(target, max_uncertain)) return std::nullopt;
    const auto words = std::uint64_t{1} << (uncertain_.size() > 6 ? uncertain_.size() - 6 : 0);
    if (words * (steps_.size() + entries_.size()) > max_work) return std::nullopt;
    return sum(words);
  }

private:
  static constexpr index_t certain = no_index;

  struct local_step {
    index_t conclusion, coin; // coin: index in uncertain_, or certain
    std::vector<index_t> preconditions;
  };
  struct local_entry {
    index_t fact, coin;
  };

  // The target's own scope, numbered from 0 with the target first; false as soon as it is too uncertain.
  bool collect(index_t target, unsigned max_uncertain) {
    number(target);
    for (std::size_t i = 0; i < facts_.size(); ++i) {
      const auto fact = facts_[i];
      for (const auto s : a_.steps_into(fact)) {
        if (!in_.step[s]) continue;
        local_step step{static_cast<index_t>(i), coin(a_.probability(s)), {}};
        for (const auto pre : a_.preconditions(s)) step.preconditions.push_back(number(pre));
        steps_.push_back(std::move(step));
        if (uncertain_.size() > max_uncertain) return false;
      }
      const auto e = std::ranges::lower_bound(in_.entries, fact, {}, &entry::fact);
      if (e != in_.entries.end() && e->fact == fact)
        entries_.push_back({static_cast<index_t>(i), coin(e->probability)});
      if (uncertain_.size() > max_uncertain) return false;
    }
    return true;
  }

  index_t number(index_t fact) {
    const auto [found, added] = local_.try_emplace(fact, static_cast<index_t>(facts_.size()));
    if (added) facts_.push_back(fact);
    return found->second;
  }

  index_t coin(double p) {
    if (p >= 1) return certain;
    uncertain_.push_back(p);
    return static_cast<index_t>(uncertain_.size() - 1);
  }

  std::uint64_t worlds_of(index_t c, std::uint64_t word) const {
    if (c == certain) return ~std::uint64_t{0};
    if (c < 6) return lane_pattern[c];
    return word >> (c - 6) & 1 ? ~std::uint64_t{0} : 0;
  }

  double sum(std::uint64_t words) {
    double total = 0, lost = 0; // Neumaier's compensated sum
    for (std::uint64_t word = 0; word < words; ++word) {
      for (auto holds = derive(word); holds != 0; holds &= holds - 1) {
        const auto world = word << 6 | static_cast<unsigned>(std::countr_zero(holds));
        if (world >> uncertain_.size()) break; // fewer than six coins: the upper lanes repeat the lower ones
        const double weight = weight_of(world);
        const double next = total + weight;
        lost += total >= weight ? (total - next) + weight : (weight - next) + total;
        total = next;
      }
    }
    return std::clamp(total + lost, 0.0, 1.0);
  }

  double weight_of(std::uint64_t world) const {
    double weight = 1;
    for (std::size_t i = 0; i < uncertain_.size(); ++i)
      weight *= world >> i & 1 ? uncertain_[i] : 1 - uncertain_[i];
    return weight;
  }

  // The worlds of one word in which the target can be derived: the least fixed point, 64 worlds at once.
  std::uint64_t derive(std::uint64_t word) {
    truth_.assign(facts_.size(), 0);
    for (const auto& e : entries_) truth_[e.fact] |= worlds_of(e.coin, word);
    for (bool changed = true; changed;) {
      changed = false;
      // Steps were collected from the target backwards: in reverse order most fire in the first round.
      for (auto s = steps_.rbegin(); s != steps_.rend(); ++s) {
        auto worlds = worlds_of(s->coin, word);
        for (const auto pre : s->preconditions) worlds &= truth_[pre];
        changed = changed || (worlds & ~truth_[s->conclusion]) != 0;
        truth_[s->conclusion] |= worlds;
      }
    }
    return truth_[0];
  }

  const attack_graph& a_;
  const scope& in_;
  std::unordered_map<index_t, index_t> local_;
  std::vector<index_t> facts_;
  std::vector<local_step> steps_;
  std::vector<local_entry> entries_;
  std::vector<double> uncertain_;
  std::vector<std::uint64_t> truth_;
};

} // namespace

std::optional<double> exact_probability(const attack_graph& graph, const scope& in, index_t target,
                                        unsigned max_uncertain) {
  return world_counter(graph, in).run(target, max_uncertain);
}

} // namespace crosscut::detail

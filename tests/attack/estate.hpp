// A small inventory and a small catalogue, written where the test needs them.
#pragma once

#include <crosscut/attack/attack_graph.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace estate_test {

using namespace crosscut;

/// Collects nodes and edges, and freezes them by way of the native form.
class estate {
public:
  /// `properties` is a JSON object.
  estate& node(std::string_view id, std::string_view kind, std::string_view properties = "{}");
  estate& edge(std::string_view kind, std::string_view source, std::string_view target,
               std::string_view properties = "{}");
  std::shared_ptr<const property_graph> freeze() const;
  /// The same things in another order.
  estate shuffled(unsigned seed) const;

private:
  std::vector<std::string> nodes_, edges_;
};

/// Fails the test where the text is no catalogue.
std::shared_ptr<const catalogue> catalogue_of(std::string_view text);
/// Around one technique: states a, b, c, d, bypassed; controls filter (static 0.2, adaptive 0.5), gate (0.4,
/// 0.8) and gate's kin wall (0.1, 0.1); entries and targets as given (JSON lists).
std::shared_ptr<const catalogue> catalogue_with(std::string_view techniques, std::string_view entries = "[]",
                                                std::string_view targets = "[]");

/// Fails the test where it does not compile.
attack_graph compiled(const estate& e, std::shared_ptr<const catalogue> c, compile_options options = {});

inline constexpr compile_options best{adversary::adaptive, unknowns::best};
inline constexpr compile_options against_static{adversary::non_adaptive, unknowns::worst};

/// no_index where there is none.
index_t fact(const attack_graph& g, std::string_view node, std::string_view state);
std::vector<index_t> steps_of(const attack_graph& g, std::string_view technique);
/// "mail:tainted + v:hijacked -> a:hijacked 0.5 by feed"; probabilities with six digits.
std::string describe(const attack_graph& g, index_t step);
/// All steps, in the graph's order, one a line.
std::string describe(const attack_graph& g);

} // namespace estate_test

// Random inventories in which everything happens: cycles, ties, parallel edges, AND steps of two kinds, certain and uncertain entries, controls
// that weaken, do nothing, or can be switched off.
#pragma once

#include "attack/estate.hpp"

#include <random>
#include <string>

namespace estate_test {

inline std::shared_ptr<const catalogue> random_catalogue() {
  return catalogue_with(
      R"([{"id": "go", "name": "go", "sentence": "{source} to {target}", "edge": "x", "from": {"at": "source", "state": "a"},
           "to": {"at": "target", "state": "a"}, "probability": {"value": 0.5, "property": "probability"}, "controls": ["filter", "gate"]},
          {"id": "lift", "name": "lift", "sentence": "{source} to {target}", "edge": "y", "from": {"at": "source", "state": "a"},
           "to": {"at": "target", "state": "b"}, "where": {"target": {"open": [true]}},
           "probability": {"value": 0.5, "property": "probability"}, "controls": []},
          {"id": "join", "name": "join", "sentence": "{source} to {target}", "edge": "j",
           "from": [{"at": "source", "state": "a"}, {"at": "target", "state": "b"}], "to": {"at": "target", "state": "a"},
           "probability": {"value": 0.5, "property": "probability"}, "controls": ["gate"]},
          {"id": "vouch", "name": "vouch", "sentence": "{source} to {target}", "edge": "d", "from": {"at": "source", "state": "a"},
           "to": {"at": "target", "state": "a"},
           "all": [{"at": "target", "edge": "v", "direction": "in", "where": {}, "state": "b"}],
           "probability": {"value": 0.5, "property": "probability"}, "controls": []},
          {"id": "fall", "name": "fall", "sentence": "{source} to {target}", "edge": "f", "from": {"at": "source", "state": "a"},
           "to": {"at": "target", "state": "bypassed"}, "probability": {"value": 0.5, "property": "probability"}, "controls": []}])",
      R"([{"state": "a", "kinds": ["E"], "probability": 1.0}, {"state": "a", "kinds": ["U"], "where": {"trust": ["low"]}, "probability": 0.5}])",
      R"([{"state": "a", "kinds": ["T"], "impact": {"property": "impact", "default": 5}}])");
}

/// `edges` edges over six nodes, two of them targets.
inline estate random_estate(unsigned seed, unsigned edges) {
  std::mt19937 random(seed);
  const auto pick = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  const char* const probabilities[] = {"1", "0.5", "0.5", "0.25", "0.9"};
  estate e;
  e.node("n0", "E")
      .node("n1", "U", pick(2) ? R"({"trust": "low"})" : "{}")
      .node("n2", "N", R"({"open": true})");
  e.node("n3", "N", R"({"open": true})")
      .node("n4", "T", R"({"impact": 8, "open": true})")
      .node("n5", "T", R"({"open": false})");
  e.node("c", "Control",
         pick(3) ? R"({"control": "filter", "mode": "enforce"})" : R"({"control": "gate", "mode": "log"})");
  if (pick(2)) e.edge("Guards", "c", "n" + std::to_string(pick(6)));
  if (pick(3) == 0) e.edge("f", "n" + std::to_string(pick(4)), "c", R"({"probability": 0.5})");
  const char* const kinds[] = {"x", "x", "x", "y", "j", "d", "v"};
  for (unsigned i = 0; i < edges; ++i) {
    // Seldom into n0, a certain entry: such a step is void, and the oracles know no void steps.
    const auto from = "n" + std::to_string(pick(4) ? pick(6) : 0),
               to = "n" + std::to_string(pick(16) ? 1 + pick(5) : 0);
    e.edge(kinds[pick(7)], from, to,
           std::string(R"({"probability": )") + probabilities[pick(5)] + R"(, "key": ")" + std::to_string(i) +
               R"("})");
  }
  return e;
}

} // namespace estate_test

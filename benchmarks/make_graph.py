#!/usr/bin/env python3
"""Writes a synthetic agent estate for the benchmarks: make_graph.py EDGES FILE [--seed N]

Standard library only, and the same bytes on every machine. Arcs point the way compromise flows. Populations per agent and degree laws
are assumptions in the shape of real inventories (few hubs that nearly everything touches, many nodes that little does), not
measurements of any customer. The format is described in bench_graph.hpp."""

import argparse
import array
import random
import sys

# Vertices per agent.
POPULATION = {"input": 0.35, "agent": 1.0, "identity": 0.7, "server": 0.05, "tool": 0.5, "store": 1.6,
              "memory": 0.4, "action": 0.3}

# (arc kind, from, to, mean out-degree, tail exponent of the out-degree, skew of the target's popularity, probability low, high).
# An exponent of 0 means that every vertex has about the mean.
LINKS = [
    ("injects", "input", "agent", 6.0, 1.3, 1.5, 0.05, 0.9),
    ("runs_as", "agent", "identity", 1.0, 0, 1.2, 0.9, 1.0),
    ("uses", "agent", "tool", 6.5, 1.8, 2.5, 0.3, 0.95),
    ("returns_to", "tool", "agent", 5.0, 1.4, 1.3, 0.05, 0.6),
    ("hosts", "server", "tool", 10.0, 1.2, 1.0, 0.5, 0.99),
    ("delegates", "agent", "agent", 3.0, 1.5, 2.0, 0.1, 0.7),
    ("remembers", "agent", "memory", 1.5, 0, 2.0, 0.3, 0.9),
    ("recalls", "memory", "agent", 3.5, 1.5, 1.5, 0.1, 0.8),
    ("can_access", "identity", "store", 11.0, 1.2, 1.8, 0.2, 1.0),
    ("feeds", "store", "tool", 1.0, 1.5, 2.0, 0.05, 0.5),
    ("writes", "tool", "store", 1.5, 0, 2.0, 0.2, 0.9),
    ("performs", "tool", "action", 1.0, 0, 1.5, 0.3, 0.95),
    ("assumes", "identity", "identity", 0.15, 0, 3.0, 0.3, 0.9),
]


class Estate:
    def __init__(self, edges, seed):
        self.random = random.Random(seed)
        per_agent = sum(POPULATION[link[1]] * link[3] for link in LINKS)
        agents = max(20, round(edges / per_agent))
        self.first, self.size, total = {}, {}, 0
        for kind, share in POPULATION.items():
            self.first[kind], self.size[kind] = total, max(2, round(share * agents))
            total += self.size[kind]
        self.vertex_count = total
        self.popular = {kind: self.shuffled(kind) for kind in POPULATION}
        self.arcs = {}  # (tail, head) -> (probability, kind); the first of parallel arcs stays, as some peers know no others
        for number, link in enumerate(LINKS):
            self.add(number, *link[1:])

    def shuffled(self, kind):
        order = list(range(self.first[kind], self.first[kind] + self.size[kind]))
        self.random.shuffle(order)
        return order

    def degree(self, mean, exponent):
        if exponent == 0:
            return int(mean + self.random.random())
        # A Pareto variate has mean exponent / (exponent - 1) where that is finite.
        return int(self.random.paretovariate(exponent) * mean * (exponent - 1) / exponent + self.random.random())

    def add(self, number, tail_kind, head_kind, mean, exponent, skew, low, high):
        heads = self.popular[head_kind]
        for tail in range(self.first[tail_kind], self.first[tail_kind] + self.size[tail_kind]):
            for _ in range(min(self.degree(mean, exponent), max(2, len(heads) // 4))):
                head = heads[int(len(heads) * self.random.random() ** skew)]
                probability = low + (high - low) * self.random.betavariate(2, 2)
                if head != tail:
                    self.arcs.setdefault((tail, head), (probability, number))

    def write(self, file):
        arcs = sorted(self.arcs)
        kinds = [n for n, kind in enumerate(POPULATION) for _ in range(self.size[kind])]
        inputs = range(self.first["input"], self.first["input"] + self.size["input"])
        sources = [v for v in inputs if self.random.random() < 0.4] or [inputs[0]]
        sinks = list(range(self.first["action"], self.first["action"] + self.size["action"]))
        with open(file, "wb") as out:
            for code, values in (("q", (self.vertex_count, len(arcs), len(sources), len(sinks))),
                                 ("i", (tail for tail, _ in arcs)), ("i", (head for _, head in arcs)),
                                 ("f", (self.arcs[arc][0] for arc in arcs)),
                                 ("B", (self.arcs[arc][1] for arc in arcs)), ("B", kinds),
                                 ("i", sources), ("i", sinks)):
                column = array.array(code, values)
                if sys.byteorder == "big":
                    column.byteswap()
                column.tofile(out)
        return len(arcs)


def main():
    parser = argparse.ArgumentParser(description="Write a synthetic agent estate for the benchmarks.")
    parser.add_argument("edges", type=float, help="about how many arcs")
    parser.add_argument("file")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    estate = Estate(int(options.edges), options.seed)
    arcs = estate.write(options.file)
    print(f"{options.file}: {estate.vertex_count} vertices, {arcs} arcs, seed {options.seed}")


if __name__ == "__main__":
    main()

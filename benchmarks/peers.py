#!/usr/bin/env python3
"""Asks NetworkX the questions that crosscut_bench answered: peers.py GRAPH --questions FILE --json FILE

Reads the JSON of `crosscut_bench --json`, and writes the same form. Building the graph is outside the clock. A question that takes longer
than --timeout seconds is cut off; what it had found by then is kept and marked `"complete": false`.
Needs networkx; exit 2 where it is not installed."""

import argparse
import array
import json
import math
import signal
import sys
import time

CHECKSUM_MODULUS = 1 << 53
COST_SCALE = float(1 << 44)


class TooLong(Exception):
    pass


def read_graph(file):
    """Vertices, tails, heads and integer costs, as bench_graph.hpp describes the file."""
    def column(code, count):
        values = array.array(code)
        values.fromfile(data, count)
        if sys.byteorder == "big":
            values.byteswap()
        return values

    with open(file, "rb") as data:
        vertices, arcs, _, _ = column("q", 4)
        tails, heads, probabilities = column("i", arcs), column("i", arcs), column("f", arcs)
    # Rounds halves away from zero, as std::llround does; the product is exact, being a scaling by a power of two.
    costs = [math.floor(-math.log(p) * COST_SCALE + 0.5) for p in probabilities]
    return vertices, tails, heads, costs


def on_the_clock(seconds, clock, work):
    """Runs work(found), where `found` fills up as it goes. Returns (found, time, complete)."""
    def stop(*_):
        raise TooLong

    found = []
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    start = clock()
    complete = True
    try:
        work(found)
    except TooLong:
        complete = False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return found, clock() - start, complete


class NetworkX:
    def __init__(self, networkx, vertices, tails, heads, costs):
        self.networkx = networkx
        self.name = f"NetworkX {networkx.__version__}"
        self.graph = networkx.DiGraph()
        self.graph.add_nodes_from(range(vertices))
        self.graph.add_weighted_edges_from(zip(tails, heads, costs), weight="cost")

    def best_paths(self, question, found):
        lengths = self.networkx.single_source_dijkstra(self.graph, question["source"], weight="cost")[0]
        found.extend((len(lengths), sum(lengths.values()) % CHECKSUM_MODULUS))

    def k_paths(self, question, found):
        paths = self.networkx.shortest_simple_paths(self.graph, question["source"], question["sink"],
                                                    weight="cost")
        for path in paths:
            found.append(sum(self.graph[u][v]["cost"] for u, v in zip(path, path[1:])))
            if len(found) == question["k"]:
                break

    def answer(self, question, timeout, clock):
        work = self.best_paths if question["workload"] == "W2" else self.k_paths
        found, seconds, complete = on_the_clock(timeout, clock, lambda found: work(question, found))
        return {**{key: question[key] for key in ("workload", "k", "source", "sink")}, "kernel": self.name,
                "answer": found, "seconds": [seconds], "complete": complete}


def questions_of(file):
    """Each question once: those of the kernel `crosscut` that carry an answer to agree on."""
    with open(file, encoding="utf-8") as data:
        return [m for m in json.load(data)["measurements"] if m["kernel"] == "crosscut" and m["answer"]]


def main():
    parser = argparse.ArgumentParser(description="Ask NetworkX what crosscut_bench was asked.")
    parser.add_argument("graph")
    parser.add_argument("--questions", required=True)
    parser.add_argument("--json", required=True)
    parser.add_argument("--timeout", type=float, default=60, help="seconds a question")
    parser.add_argument("--processor-time", action="store_true", help="of the process, instead of the wall clock")
    options = parser.parse_args()
    try:
        import networkx
    except ImportError:
        print("peers.py: networkx is not installed; nothing to compare with", file=sys.stderr)
        return 2
    peer = NetworkX(networkx, *read_graph(options.graph))
    clock = time.process_time if options.processor_time else time.perf_counter
    measured = []
    for question in questions_of(options.questions):
        measured.append(peer.answer(question, options.timeout, clock))
        print(f"  {peer.name} {question['workload']} k={question['k']}: {measured[-1]['seconds'][0]:.2f} s"
              + ("" if measured[-1]["complete"] else " (cut off)"), file=sys.stderr, flush=True)
    with open(options.json, "w", encoding="utf-8") as out:
        json.dump({"graph": options.graph, "measurements": measured}, out, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Runs crosscut_bench and its Python peers on one graph, checks that they agree, and prints a table with ratios.

  run.py --bench PATH/crosscut_bench GRAPH            a graph of make_graph.py
  run.py --bench PATH/crosscut_bench --edges 1e5      one made for the occasion

Times are medians over the repetitions of a question, then over the questions. A ratio above 1 is how many times faster
Crosscut is. Exit 1 where answers differ."""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent


def measurements(file):
    if not file.exists():
        return []
    return json.loads(file.read_text(encoding="utf-8"))["measurements"]


def key(m):
    return m["workload"], m["k"], m["source"], m["sink"]


def disagreements(ours, theirs):
    """A peer that was cut off must agree as far as it got; costs of the paths count, as peers order ties otherwise."""
    expected = {key(m): m["answer"] for m in ours if m["kernel"] == "crosscut"}
    for m in theirs:
        wanted = expected[key(m)]
        if not m.get("complete", True):
            wanted = wanted[:len(m["answer"])]
        if m["answer"] != wanted:
            yield f"{m['kernel']} disagrees on {key(m)}: {m['answer'][:5]}... against {wanted[:5]}..."


def table(all_measured):
    """Rows (workload, k, kernel) -> median over questions, and whether some were cut off."""
    groups = {}
    for m in all_measured:
        groups.setdefault((m["workload"], m["k"]), {}).setdefault(m["kernel"], []).append(m)
    lines = [f"{'':4} {'k':>4} {'kernel':28} {'questions':>9} {'min ms':>11} {'median ms':>11} {'max ms':>11} {'ratio':>9}"]
    for (workload, k), kernels in groups.items():
        base = statistics.median(statistics.median(m["seconds"]) for m in kernels["crosscut"]) \
            if "crosscut" in kernels else None
        for kernel, found in kernels.items():
            times = [1e3 * statistics.median(m["seconds"]) for m in found]
            cut = any(not m.get("complete", True) for m in found)
            middle = statistics.median(times)
            ratio = f"{'>' if cut else ''}{middle / base / 1e3:.1f}" if base else ""
            lines.append(f"{workload:4} {k or '':>4} {kernel:28} {len(found):>9} {min(times):>11.2f} "
                         f"{middle:>11.2f} {max(times):>11.2f} {ratio:>9}")
    return "\n".join(lines)


def parse_arguments():
    parser = argparse.ArgumentParser(description="Run the benchmarks and their peers, and compare.")
    parser.add_argument("graph", nargs="?")
    parser.add_argument("--bench", required=True, help="the crosscut_bench program")
    parser.add_argument("--edges", type=float, default=1e5, help="size of the graph to make where none is given")
    parser.add_argument("--questions", type=int, default=5)
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=60, help="seconds a question for Python peers")
    parser.add_argument("--processor-time", action="store_true",
                        help="instead of the wall clock: for a machine that others use too")
    parser.add_argument("--json", help="write all measurements here")
    return parser.parse_args()


def main():
    options = parse_arguments()
    clock = ["--processor-time"] if options.processor_time else []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        graph = options.graph
        if graph is None:
            graph = str(folder / "estate.bin")
            subprocess.run([sys.executable, str(HERE / "make_graph.py"), str(options.edges), graph,
                            "--seed", str(options.seed)], check=True)
        subprocess.run([options.bench, graph, "--questions", str(options.questions), "--repetitions",
                        str(options.repetitions), "--seed", str(options.seed), "--json", str(folder / "ours.json"), *clock],
                       check=True, stdout=subprocess.DEVNULL)
        peer = subprocess.run([sys.executable, str(HERE / "peers.py"), graph, "--questions", str(folder / "ours.json"),
                               "--json", str(folder / "peers.json"), "--timeout", str(options.timeout), *clock], check=False)
        if peer.returncode not in (0, 2):  # 2: not installed, which it has said
            return 1
        ours, theirs = measurements(folder / "ours.json"), measurements(folder / "peers.json")
    wrong = list(disagreements(ours, theirs))
    for line in wrong:
        print(f"run.py: {line}", file=sys.stderr)
    if wrong:
        return 1
    print(table(ours + theirs))
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps({"graph": graph, "measurements": ours + theirs}, indent=1),
                                              encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

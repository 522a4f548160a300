"""Estates for tests, and where the sample ones lie."""

import json
import pathlib

import crosscut

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
INVENTORIES = REPOSITORY / "samples" / "inventories"


def document(nodes, edges):
    """OpenGraph text. Nodes: (id, kind, properties); edges: (kind, source, target, properties)."""
    return json.dumps(
        {
            "graph": {
                "nodes": [{"id": id, "kinds": [kind], "properties": p} for id, kind, p in nodes],
                "edges": [
                    {"kind": kind, "start": {"value": s}, "end": {"value": t}, "properties": p}
                    for kind, s, t, p in edges
                ],
            }
        }
    )


def generic_graph(probabilities, lonely=()):
    """The attack graph in which every edge is a step: {(source, target): probability}, and nodes without
    edges."""
    ids = sorted({id for edge in probabilities for id in edge} | set(lonely))
    text = document(
        [(id, "Thing", {}) for id in ids],
        [("Leads", s, t, {"probability": p}) for (s, t), p in probabilities.items()],
    )
    return crosscut.loads(text).attack_graph("generic")

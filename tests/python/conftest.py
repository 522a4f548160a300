"""What the Python tests share."""

import json
import pathlib

import crosscut
import pytest

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


@pytest.fixture(scope="session")
def sample():
    """A sample inventory by name."""
    return lambda name: crosscut.read(INVENTORIES / f"{name}.json")


@pytest.fixture(scope="session")
def expense(sample):
    return sample("expense_approval").attack_graph()


@pytest.fixture(scope="session")
def refund(sample):
    return sample("refund_desk").attack_graph()

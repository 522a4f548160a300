"""Under the generic catalogue paths are simple paths, and NetworkX finds them with other code."""

import itertools
import math
import random

import networkx
import pytest

from .estates import generic_graph

K = 40


def random_edges(seed, acyclic):
    """A random graph of 5 to 60 nodes; probabilities that tie often, some of them 1 (cost 0) and some 0 (no
    step)."""
    draw = random.Random(seed)
    n = draw.randint(5, 60)
    ids = [f"n{i:02}" for i in range(n)]
    edges = {}
    for _ in range(round(n * draw.uniform(1.5, 4))):
        source, target = draw.sample(range(n), 2)
        if acyclic and source > target:
            source, target = target, source
        edges[ids[source], ids[target]] = draw.choice([0, 0.1, 0.25, 0.5, 0.5, 0.5, 0.9, 1, draw.random()])
    return ids, edges, draw


def ends_of(ids, draw, acyclic):
    return (ids[0], ids[-1]) if acyclic else draw.sample(ids, 2)


def weighted(edges, without_edges_into=()):
    graph = networkx.DiGraph()
    graph.add_weighted_edges_from(
        (s, t, -math.log(p)) for (s, t), p in edges.items() if p > 0 and t not in without_edges_into
    )
    return graph


def cheapest_costs(graph, source, target):
    if source not in graph or target not in graph:
        return []
    try:
        paths = networkx.shortest_simple_paths(graph, source, target, weight="weight")
        return [networkx.path_weight(graph, p, "weight") for p in itertools.islice(paths, K)]
    except networkx.NetworkXNoPath:
        return []


def check_paths(paths, edges, sources, target):
    """What every answer must be, whoever found it."""
    assert len({tuple(map(str, p.facts)) for p in paths}) == len(paths), "each path once"
    for path in paths:
        nodes = [f.node for f in path.facts]
        assert len(set(nodes)) == len(nodes) and nodes[0] in sources and nodes[-1] == target
        assert all(edges[edge] > 0 for edge in zip(nodes, nodes[1:]))
        assert path.probability == pytest.approx(
            math.prod(edges[e] for e in zip(nodes, nodes[1:])), rel=1e-12
        )
    assert [p.cost for p in paths] == sorted(p.cost for p in paths)


@pytest.mark.parametrize("acyclic", [True, False], ids=["acyclic", "cyclic"])
@pytest.mark.parametrize("seed", range(30))
def test_one_source(seed, acyclic):
    ids, edges, draw = random_edges(seed, acyclic)
    graph = generic_graph(edges, ids)
    source, target = ends_of(ids, draw, acyclic)
    paths = graph.paths(K, source, target)
    check_paths(paths, edges, [source], target)
    assert [p.cost for p in paths] == pytest.approx(cheapest_costs(weighted(edges), source, target), abs=1e-9)
    assert paths.complete and paths.exact and graph.verify(paths) == []


@pytest.mark.parametrize("seed", range(10))
def test_several_sources(seed):
    ids, edges, draw = random_edges(1000 + seed, acyclic=False)
    *sources, target = draw.sample(ids, 4)
    graph = generic_graph(edges, ids)
    paths = graph.paths(K, sources, target)
    check_paths(paths, edges, sources, target)
    # Nobody attacks their way to what they already have: no edge into a source.
    oracle = weighted(edges, without_edges_into=sources)
    oracle.add_weighted_edges_from(("anywhere", s, 0.0) for s in sources)
    assert [p.cost for p in paths] == pytest.approx(cheapest_costs(oracle, "anywhere", target), abs=1e-9)


def test_the_graphs_are_worth_it():
    """Most of the random questions have an answer, and some have more than K."""
    counts = []
    for seed, acyclic in itertools.product(range(30), (True, False)):
        ids, edges, draw = random_edges(seed, acyclic)
        counts.append(len(cheapest_costs(weighted(edges), *ends_of(ids, draw, acyclic))))
    assert sum(c > 1 for c in counts) > 30 and sum(c == K for c in counts) > 10 and 0 in counts


def test_order_of_edges_does_not_matter():
    ids, edges, draw = random_edges(5, acyclic=False)
    shuffled = list(edges.items())
    draw.shuffle(shuffled)
    one, other = generic_graph(edges, ids), generic_graph(dict(shuffled), ids)
    assert one.paths(K, ids[0], ids[1]).to_dict() == other.paths(K, ids[0], ids[1]).to_dict()

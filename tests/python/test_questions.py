"""Questions: what they take, what they refuse, and what their answers say."""

import concurrent.futures
import itertools
import json
import math
import pickle

import pytest

import crosscut

from .estates import document, generic_graph

DIAMOND = {
    ("a", "b"): 0.5,
    ("a", "c"): 0.4,
    ("b", "d"): 0.5,
    ("c", "d"): 0.5,
    ("a", "d"): 0.1,
    ("b", "c"): 0.9,
}


@pytest.fixture
def diamond():
    return generic_graph(DIAMOND, lonely=["z"])


def stories(paths):
    return ["".join(f.node for f in p.facts) for p in paths]


def test_k_and_rest(diamond):
    assert stories(diamond.paths(source="a", target="d")) == ["abd", "abcd", "acd", "ad"]
    two = diamond.paths(2, "a", "d")
    assert stories(two) == ["abd", "abcd"] and two.more
    assert two.rest_at_most == pytest.approx(0.2)
    none = diamond.paths(0, "a", "d")
    assert len(none) == 0 and none.more and none.rest_at_most >= 0.25
    assert stories(diamond.paths(source="d", target="a")) == []


def test_filters(diamond):
    def ask(**filters):
        return stories(diamond.paths(source="a", target="d", **filters))

    assert ask(via="c") == ["abcd", "acd"]
    assert ask(via=["b", "c:controlled"]) == ["abcd"]
    assert ask(avoid="b") == ["acd", "ad"]
    assert ask(avoid=["b", "c"]) == ["ad"]
    assert ask(max_hops=1) == ["ad"]
    assert ask(min_probability=0.2) == ["abd", "abcd", "acd"]
    assert ask(technique="edge", max_hops=2) == ["abd", "acd", "ad"]
    assert ask(distinct="pairs") == ["abd"]
    assert diamond.paths(source="a", target="d", distinct="pairs")[0].variants == 4


def test_sources_are_texts_facts_or_lists(diamond):
    fact = crosscut.Fact("a", "controlled")
    answers = [
        diamond.paths(source=s, target="d").to_dict()
        for s in ("a", "a:controlled", fact, ["a"], (fact,), {"a"})
    ]
    assert all(answer == answers[0] for answer in answers)
    assert {p.sources[0].node for p in diamond.paths(source=["b", "c"], target="d")} == {"b", "c"}


def test_per_target(diamond):
    together = diamond.paths(1, "a", ["b", "d"])
    each = diamond.paths(1, "a", ["b", "d"], per_target=True)
    assert [p.target.node for p in together] == ["b"]
    assert sorted(p.target.node for p in each) == ["b", "d"]


def test_unknown_ids(diamond):
    for ask in (
        lambda: diamond.paths(source="nobody"),
        lambda: diamond.likelihood(target="nobody"),
        lambda: diamond.scan(source="nobody"),
        lambda: diamond.fixes(target=["d", "nobody"]),
        lambda: diamond.paths(source="a", target="d", via="nobody"),
        lambda: diamond.inventory.node("nobody"),
        lambda: diamond.inventory.edges(source="nobody"),
    ):
        with pytest.raises(crosscut.UnknownIdError, match="nobody") as caught:
            ask()
        assert isinstance(caught.value, crosscut.InputError) and isinstance(caught.value, KeyError)
        assert not str(caught.value).startswith("'"), "a sentence, not KeyError's quoted key"


def test_a_state_that_is_not_there(expense):
    """The payment is no entry, and the catalogue has several states: which one is meant?"""
    with pytest.raises(ValueError, match="payment.*states there: executed") as caught:
        expense.paths(source="payment")
    assert not isinstance(caught.value, crosscut.InputError)


@pytest.mark.parametrize(
    "arguments, error, said",
    [
        (dict(k=-1), ValueError, "k is -1"),
        (dict(k=2.5), TypeError, "k is 2.5"),
        (dict(k="3"), TypeError, "k is '3'"),
        (dict(k=2**70), ValueError, str(2**70)),
        (dict(max_hops=-1), ValueError, "max_hops is -1"),
        (dict(min_probability=1.5), ValueError, "min_probability is 1.5"),
        (dict(min_probability=float("nan")), ValueError, "nan"),
        (dict(timeout=-1), ValueError, "timeout is -1"),
        (dict(timeout=float("nan")), ValueError, "timeout is nan"),
        (dict(distinct="stories"), ValueError, "distinct is 'stories'"),
        (dict(technique="egde"), ValueError, "egde.*similar: edge"),
        (dict(max_expansions=0), ValueError, "max_expansions is 0"),
        (dict(source=[]), ValueError, "source is empty"),
        (dict(source=7), TypeError, "int"),
        (dict(target=["d", None]), TypeError, "NoneType"),
        (dict(source="\ud800"), ValueError, "surrogate"),
    ],
)
def test_wrong_arguments(diamond, arguments, error, said):
    with pytest.raises(error, match=said):
        diamond.paths(**{"source": "a", "target": "d", **arguments})


def test_wrong_arguments_elsewhere(diamond):
    with pytest.raises(ValueError, match="25"):
        diamond.likelihood("a", "d", max_uncertain=25)
    with pytest.raises(ValueError, match="max_fixes is 0"):
        diamond.fixes("a", "d", max_fixes=0)
    with pytest.raises(ValueError, match="adversary is 'lazy'"):
        diamond.inventory.attack_graph(adversary="lazy")
    with pytest.raises(ValueError, match="unknown is 'maybe'"):
        diamond.inventory.attack_graph(unknown="maybe")
    with pytest.raises(TypeError, match="dict"):
        diamond.verify({})


def test_endless_time_is_a_time(diamond):
    assert diamond.paths(source="a", target="d", timeout=float("inf")).complete


def reaches(edges):
    """True where these edges lead from a to d: sorted, they come in an order in which each can be
    followed."""
    reached = {"a"}
    for source, target in sorted(edges):
        reached |= {target} if source in reached else set()
    return "d" in reached


def test_likelihood(diamond):
    (target,) = diamond.likelihood("a", "d")
    worlds = sum(
        math.prod(p if edge in chosen else 1 - p for edge, p in DIAMOND.items())
        for size in range(len(DIAMOND) + 1)
        for chosen in itertools.combinations(DIAMOND, size)
        if reaches(chosen)
    )
    assert target.exact and target.probability == pytest.approx(worlds, rel=1e-12)
    (bounded,) = diamond.likelihood("a", "d", max_uncertain=2)
    assert bounded.probability is None and bounded.risk is None and not bounded.exact
    assert bounded.lower <= worlds <= bounded.upper
    (unreachable,) = diamond.likelihood("d", "a")
    assert (unreachable.probability, unreachable.lower, unreachable.upper) == (0, 0, 0)


def test_answers_are_the_json(diamond):
    paths = diamond.paths(3, "a", "d")
    answer = paths.to_dict()
    assert answer["schema"] == "crosscut.paths/1" and answer["catalogue"] == diamond.catalogue
    assert [p["probability"] for p in answer["paths"]] == [p.probability for p in paths]
    assert answer["paths"][0]["steps"][0]["from"] == [{"node": "a", "state": "controlled"}]
    assert answer["inventory"] == diamond.inventory.fingerprint
    json.dumps(answer, allow_nan=False)
    answer["paths"].clear()
    assert len(paths.to_dict()["paths"]) == 3, "a new one each time"
    assert diamond.likelihood("a", "d").to_dict()["schema"] == "crosscut.likelihood/1"
    scan = diamond.scan(3, "a", "d")
    assert scan.to_dict()["schema"] == "crosscut.scan/1"
    assert [p["probability"] for p in scan.to_dict()["paths"]] == [p.probability for p in scan.paths]


def test_answers_are_sequences_of_plain_values(diamond):
    paths = diamond.paths(source="a", target="d")
    assert (
        paths[-1] is paths[3] and paths[1:3] == (paths[1], paths[2]) and list(reversed(paths))[0] is paths[3]
    )
    assert paths[0] in paths and paths.index(paths[2]) == 2
    with pytest.raises(IndexError):
        paths[4]
    with pytest.raises(AttributeError):
        paths[0].probability = 1
    assert pickle.loads(pickle.dumps(paths[0])) == paths[0] and hash(paths[0]) == hash(paths[0])


def test_catalogues(diamond, tmp_path):
    assert diamond.catalogue.startswith("generic ")
    file = tmp_path / "mine.json"
    file.write_text(
        json.dumps(
            {
                "schema": "crosscut.catalogue/1",
                "name": "mine",
                "version": "7",
                "states": ["wet"],
                "entries": [{"state": "wet", "kinds": ["Thing"], "where": {"rain": [True]}}],
                "techniques": [
                    {
                        "id": "drip",
                        "name": "Drip",
                        "sentence": "{source} drips on {target}",
                        "edge": "Leads",
                        "from": {"at": "source", "state": "wet"},
                        "to": {"at": "target", "state": "wet"},
                        "probability": {"value": 0.5, "basis": "made up"},
                    }
                ],
            }
        ),
        encoding="utf-8",
    )
    text = document(
        [("a", "Thing", {"rain": True}), ("b", "Thing", {"rain": False})], [("Leads", "a", "b", {})]
    )
    graph = crosscut.loads(text).attack_graph(file)
    assert graph.catalogue == "mine 7" and [str(e.fact) for e in graph.entries] == ["a:wet"]
    (path,) = graph.paths(target="b")
    assert path.probability == 0.5 and path.steps[0].sentence == "a drips on b"


def test_bad_catalogues(diamond, tmp_path):
    file = tmp_path / "bad.json"
    file.write_text('{"schema": "crosscut.catalogue/1", "name": "bad",\n "states": 3}', encoding="utf-8")
    with pytest.raises(crosscut.InputError, match="states") as caught:
        diamond.inventory.attack_graph(file)
    assert any(d.line == 2 and d.severity == "error" for d in caught.value.diagnostics)
    with pytest.raises(crosscut.InputError, match="no-such.json"):
        diamond.inventory.attack_graph("no-such.json")


def test_unknowns_and_adversary(sample):
    inventory = sample("refund_desk")
    worst = inventory.attack_graph()
    best = inventory.attack_graph(unknown="best", adversary="static")
    assert best.likelihood().total_risk <= worst.likelihood().total_risk
    answer = best.paths().to_dict()
    assert (answer["unknown"], answer["adversary"]) == ("best", "static") == (best.unknown, best.adversary)


def test_what_nobody_assessed_counts():
    text = document([("in", "InputSource", {}), ("agent", "Agent", {})], [("Feeds", "in", "agent", {})])
    inventory = crosscut.loads(text)
    assert len(inventory.attack_graph().paths(target="agent:hijacked")) > 0
    best = inventory.attack_graph(unknown="best")
    assert best.entries == ()


def test_verify_finds_what_no_longer_holds(sample, expense):
    """The same question, another inventory: what was true there is not here."""
    paths = expense.paths(target="payment")
    assert expense.verify(paths) == []
    changed = json.loads(expense.inventory.to_opengraph())
    edges = changed["graph"]["edges"]

    def graph_with(edges):
        return crosscut.loads(json.dumps({"graph": {**changed["graph"], "edges": edges}})).attack_graph()

    without = graph_with([e for e in edges if e["kind"] != "Performs"])
    assert len(without.verify(paths)) >= 2, "both paths end in the step that is gone"
    rarer = graph_with(
        [
            {**e, "properties": {**e["properties"], "probability": 0.7}} if e["kind"] == "Calls" else e
            for e in edges
        ]
    )
    assert any("path 0" in problem for problem in rarer.verify(paths))
    verified = sample("expense_approval_verified").attack_graph()
    assert verified.verify(paths) != [], "an approval that is checked now is missing from the proof"


def test_threads_share_a_graph(refund):
    expected = refund.paths(k=30).to_dict()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: refund.paths(k=30).to_dict(), range(32)))
    assert all(answer == expected for answer in answers)


def test_an_answer_outlives_what_it_came_from():
    paths = generic_graph(DIAMOND).paths(source="a", target="d")
    assert paths.to_dict()["paths"] and "abd" in stories(paths)

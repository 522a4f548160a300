"""The numbers of the samples, worked out by hand, and the forms of the answers."""

from __future__ import annotations

import pytest
from conftest import ROOT, edge, node

SAMPLES = ROOT / "samples/inventories"


def test_expense_with_a_carried_claim_is_two_paths(crosscut):
    run = crosscut("paths", SAMPLES / "expense_approval.json", "--format", "json")
    answer = run.json("paths")
    # 0.3 (feed) · 0.8 (coordinator to executor) · 0.8 (call) · 1; through the validator once more · 0.8.
    assert [p["probability"] for p in answer["paths"]] == pytest.approx([0.192, 0.1536], abs=1e-12)
    assert [p["hops"] for p in answer["paths"]] == [4, 5]
    assert (run.code, answer["complete"], answer["exact"], answer["more"]) == (0, True, True, False)
    assert all(p["target"] == {"node": "payment", "state": "executed"} for p in answer["paths"])


def test_expense_with_a_verified_claim_needs_the_validator_too(crosscut):
    answer = crosscut("paths", SAMPLES / "expense_approval_verified.json", "--format", "json").json("paths")
    assert [p["probability"] for p in answer["paths"]] == pytest.approx([0.1536, 0.1536], abs=1e-12)
    # The last step needs the invoked tool and the hijacked validator: both stand before it.
    for path in answer["paths"]:
        known = {(s["node"], s["state"]) for s in path["sources"]}
        for step in path["steps"]:
            assert {(f["node"], f["state"]) for f in step["from"]} <= known
            known.add((step["to"]["node"], step["to"]["state"]))
        assert ("validator", "hijacked") in known


@pytest.mark.parametrize(("sample", "probability"), [("expense_approval", 0.22272), ("expense_approval_verified", 0.18432)])
def test_expense_likelihood(crosscut, sample, probability):
    answer = crosscut("scan", SAMPLES / f"{sample}.json", "--format", "json").json("scan")
    payment = next(t for t in answer["likelihood"]["targets"] if t["node"] == "payment")
    assert payment["exact"]
    assert payment["probability"] == pytest.approx(probability, abs=1e-12)
    assert payment["bounds"]["lower"] <= payment["probability"] <= payment["bounds"]["upper"]
    assert payment["risk"] == pytest.approx(9 * probability, abs=1e-11)


def test_refund_desk_ranks_the_three_remedies(crosscut):
    answer = crosscut("scan", SAMPLES / "refund_desk.json", "--format", "json").json("scan")
    removed = {f["id"].split("@")[0]: f["risk_removed"] for f in answer["fixes"]["ranked"]}
    for remedy in ("require-approval", "filter-input", "restrict-retrieval"):
        assert removed[remedy] > 0, remedy
    figures = [f["risk_removed"] for f in answer["fixes"]["ranked"]]
    assert figures == sorted(figures, reverse=True)
    assert all(f["risk_before"] == pytest.approx(answer["total_risk"]) for f in answer["fixes"]["ranked"])


def test_refund_desk_text_tells_stories(crosscut):
    run = crosscut("scan", SAMPLES / "refund_desk.json")
    assert run.code == 0
    for part in ("What exists", "Worst paths", "L7 → L3 → L7", "How likely", "What to fix first", "Where the numbers come from"):
        assert part in run.out
    assert "assessed" in run.out.splitlines()[-1].lower()
    assert "\x1b" not in run.out, "colours only on a terminal"


def test_email_summariser_shows_the_fast_and_the_slow_way(crosscut):
    answer = crosscut("paths", SAMPLES / "email_summariser.json", "-k", 100, "--format", "json").json("paths")
    techniques = [{s["technique"] for s in p["steps"]} for p in answer["paths"]]
    assert any("feed-injection" in t and "retrieved-injection" not in t for t in techniques)
    assert any("retrieved-injection" in t for t in techniques)


def test_same_bytes_whatever_the_order_of_files_and_records(crosscut, inventory):
    nodes = [node("a"), node("b"), node("c"), node("d")]
    edges = [edge("x", "a", "b", probability=0.5), edge("x", "a", "c", probability=0.5),
             edge("x", "b", "d", probability=0.5), edge("x", "c", "d", probability=0.5)]
    question = ["--catalogue", "generic", "--source", "a", "--target", "d", "--format", "json"]
    first = crosscut("paths", inventory(nodes, edges), *question)
    second = crosscut("paths", inventory(nodes[::-1], [], "1.json"), inventory([], edges[::-1], "2.json"), *question)
    assert first.out == second.out
    assert len(first.json("paths")["paths"]) == 2


def test_filters(crosscut, inventory):
    nodes = [node(i) for i in "abcd"]
    edges = [edge("x", "a", "b", probability=0.9), edge("x", "b", "d", probability=0.9), edge("x", "a", "c", probability=0.5),
             edge("x", "c", "d", probability=0.5), edge("x", "a", "d", probability=0.1)]
    ask = ["paths", inventory(nodes, edges), "--catalogue", "generic", "--source", "a", "--target", "d", "--format", "json"]

    def probabilities(*more):
        return [p["probability"] for p in crosscut(*ask, *more).json("paths")["paths"]]

    assert probabilities() == pytest.approx([0.81, 0.25, 0.1])
    assert probabilities("--via", "c") == pytest.approx([0.25])
    assert probabilities("--avoid", "b") == pytest.approx([0.25, 0.1])
    assert probabilities("--avoid", "b:controlled", "--avoid", "c") == pytest.approx([0.1])
    assert probabilities("--max-hops", 1) == pytest.approx([0.1])
    assert probabilities("--min-probability", 0.2) == pytest.approx([0.81, 0.25])
    assert probabilities("--distinct", "pairs") == pytest.approx([0.81])


def test_a_path_of_no_steps(crosscut, inventory):
    file = inventory([node("a"), node("b")], [edge("x", "a", "b")])
    ask = ["--catalogue", "generic", "--source", "a", "--target", "a", "--format", "json"]
    (path,) = crosscut("paths", file, *ask).json("paths")["paths"]
    assert (path["hops"], path["probability"], path["steps"]) == (0, 1.0, [])


def test_no_path_is_an_answer(crosscut, inventory):
    file = inventory([node("a"), node("b")], [edge("x", "a", "b")])
    run = crosscut("paths", file, "--catalogue", "generic", "--source", "b", "--target", "a", "--format", "json")
    answer = run.json("paths")
    assert (run.code, answer["paths"], answer["complete"], answer["rest_at_most"]) == (0, [], True, 0)


def test_a_limit_says_so(crosscut, inventory):
    n = 16  # a complete digraph: more simple paths than anyone can list
    nodes = [node(f"n{i:02}") for i in range(n)]
    edges = [edge("x", f"n{i:02}", f"n{j:02}", probability=0.9) for i in range(n) for j in range(n) if i != j]
    run = crosscut("paths", inventory(nodes, edges), "--catalogue", "generic", "--source", "n00", "--target", "n01",
                   "-k", 10**9, "--timeout", "300ms", "--format", "json")
    answer = run.json("paths")
    assert run.code == 4
    assert (answer["complete"], answer["limit"]["name"], answer["more"]) == (False, "timeout", True)
    assert 0 < answer["rest_at_most"] <= answer["paths"][-1]["probability"] * (1 + 1e-6)

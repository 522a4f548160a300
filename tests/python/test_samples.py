"""The sample estates give the numbers that samples/README.md and their authors worked out by hand."""

import pytest

import crosscut

from .estates import INVENTORIES, REPOSITORY

EXACT = dict(rel=0, abs=1e-12)


def probability_of(likelihood, fact):
    return {str(t.target): t.probability for t in likelihood}[fact]


def test_expense_has_two_paths(expense):
    paths = expense.paths(target="payment")
    assert [p.probability for p in paths] == pytest.approx([0.192, 0.1536], **EXACT)
    assert paths.complete and paths.exact and not paths.more and paths.rest_at_most == 0
    direct, through_validator = paths
    assert [str(f) for f in direct.facts] == [
        "invoice:tainted",
        "coordinator:hijacked",
        "executor:hijacked",
        "pay-tool:invoked",
        "payment:executed",
    ]
    assert crosscut.Fact("validator", "hijacked") in through_validator.facts
    assert direct.hops == 4 and direct.layers == ("L7", "L3", "L3", "L3", "L7") and direct.crossings == 2


def test_expense_likelihood(expense):
    likelihood = expense.likelihood()
    assert probability_of(likelihood, "payment:executed") == pytest.approx(0.22272, **EXACT)
    assert likelihood.exact and likelihood.total_risk == pytest.approx(9 * 0.22272, rel=1e-12)


def test_verified_approval_makes_two_proofs(sample):
    graph = sample("expense_approval_verified").attack_graph()
    paths = graph.paths(target="payment")
    assert [p.probability for p in paths] == pytest.approx([0.1536, 0.1536], **EXACT)
    assert not paths.more
    assert probability_of(graph.likelihood(), "payment:executed") == pytest.approx(0.18432, **EXACT)
    for path in paths:
        assert crosscut.Fact("validator", "hijacked") in path.facts
        assert any(len(step.from_) > 1 for step in path.steps), (
            "an approval that is checked is a second precondition"
        )


@pytest.mark.parametrize("file", sorted(INVENTORIES.glob("*.json")), ids=lambda f: f.stem)
def test_every_sample(file):
    inventory = crosscut.read(file)
    assert not [d for d in inventory.diagnostics if d.severity != "note"]
    graph = inventory.attack_graph()
    paths = graph.paths(k=50)
    assert len(paths) > 0 and paths.complete and paths.exact
    assert graph.verify(paths) == []
    scan = graph.scan()
    assert scan.complete and scan.agents and graph.verify(scan.paths) == []
    for target in scan.likelihood:
        assert 0 <= target.lower <= target.upper <= 1
    assert [f.risk_removed for f in scan.fixes] == sorted((f.risk_removed for f in scan.fixes), reverse=True)
    assert scan.fixes[0].risk_removed > 0


def test_probability_is_the_product_of_the_steps(refund):
    for path in refund.paths(k=20):
        product = 1.0
        for step in path.steps:
            product *= step.probability
        assert path.probability == pytest.approx(product, rel=1e-12)  # the sample's entries are certain


def test_fixes_of_the_refund_desk(refund):
    fixes = refund.fixes()
    assert fixes.complete and fixes.targets_counted == fixes.targets_total and fixes.offered >= len(fixes) > 3
    before = refund.likelihood().total_risk
    assert all(f.risk_before == pytest.approx(before) for f in fixes)
    assert len({f.id for f in fixes}) == len(fixes)


def test_readme_numbers_are_these():
    """The numbers above are those that the samples' own page states."""
    page = (REPOSITORY / "samples" / "README.md").read_text(encoding="utf-8")
    for number in ("0.192", "0.1536", "0.22272", "0.18432"):
        assert number in page

"""Reading: what comes in, what is refused and how it is said."""

import json
import os

import pytest

import crosscut

from .estates import INVENTORIES, document

AGENT = {"name": "Agent A", "autonomy": "autonomous", "note": ["x", "y"], "sizes": [1, 2.5], "flags": [True]}
PAIR = document(
    [("a", "Agent", AGENT), ("t", "Tool", {"calls": 2**63, "share": 0.25, "remote": False})],
    [("Calls", "a", "t", {"key": "one"}), ("Calls", "a", "t", {"key": "two", "observed": 3})],
)


def test_looking_at_an_inventory():
    inventory = crosscut.loads(PAIR)
    assert (len(inventory), inventory.node_count, inventory.edge_count) == (2, 2, 2)
    assert "a" in inventory and "b" not in inventory and 5 not in inventory and "\ud800" not in inventory
    assert inventory.kinds == {"Agent": 1, "Tool": 1}
    node = inventory.node("a")
    assert (node.id, node.kinds, node.layer, node.name) == ("a", ("Agent",), "L3", "Agent A")
    assert node.properties == AGENT
    assert inventory.node("t").properties == {"calls": 2**63, "share": 0.25, "remote": False}
    assert [n.id for n in inventory.nodes()] == ["a", "t"] and inventory.nodes("Tool") == [
        inventory.node("t")
    ]
    assert inventory.nodes("Nothing") == []
    one, two = inventory.edges(kind="Calls", source="a", target="t")
    assert (one.key, two.key) == ("one", "two") and two.properties["observed"] == 3
    assert inventory.edges() == inventory.edges(source="a") == inventory.edges(target="t") == [one, two]
    assert inventory.edges(source="t") == [] == inventory.edges(kind="Feeds")
    with pytest.raises(TypeError, match="int"):
        inventory.node(7)


def test_files_merge(tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    first.write_text(document([("a", "Agent", {"trust": "internal"})], []), encoding="utf-8")
    second.write_text(
        document([("a", "Agent", {"trust": "external"}), ("b", "Tool", {})], []), encoding="utf-8"
    )
    inventory = crosscut.read(first, str(second))
    assert inventory.node("a").properties["trust"] == "external" and len(inventory) == 2
    assert [f.file for f in inventory.files] == [str(first), str(second)] and all(
        f.used for f in inventory.files
    )
    assert any(d.severity == "warning" and "trust" in d.message for d in inventory.diagnostics)


def test_names_of_files_need_not_be_text(tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff.json"
    with open(name, "w", encoding="utf-8") as file:
        file.write(PAIR)
    assert crosscut.read(name).files[0].file == os.fsdecode(name)
    assert len(crosscut.read(os.fsdecode(name))) == 2
    with pytest.raises(crosscut.InputError) as caught:
        crosscut.read(os.fsencode(tmp_path) + b"/\xfe.json")
    str(caught.value).encode()


def test_round_trip():
    for file in INVENTORIES.glob("*.json"):
        inventory = crosscut.read(file)
        for form in (dict(), dict(lines=True), dict(bloodhound_ids=True)):
            assert crosscut.loads(inventory.to_opengraph(**form)).fingerprint == inventory.fingerprint
    assert len(crosscut.loads(PAIR).to_opengraph(lines=True).splitlines()) >= 4


def test_bytes_and_text_are_the_same():
    assert crosscut.loads(PAIR.encode()).fingerprint == crosscut.loads(PAIR).fingerprint
    with pytest.raises(TypeError, match="dict"):
        crosscut.loads(json.loads(PAIR))
    with pytest.raises(TypeError):
        crosscut.read()


def test_all_problems_are_listed():
    text = document([("a", "Agent", {})], [("Calls", "a", f"missing-{i}", {}) for i in range(9)])
    with pytest.raises(crosscut.InputError) as caught:
        crosscut.loads(text, name="estate.json")
    error = caught.value
    assert isinstance(error, ValueError) and len(error.diagnostics) == 9
    first = error.diagnostics[0]
    assert (first.severity, first.code, first.file, first.line) == (
        "error",
        "undefined-node",
        "estate.json",
        1,
    )
    assert "missing-0" in first.message and first.column > 1
    assert str(error).count("\n") == 6 and "missing-4" in str(error) and "and 4 more" in str(error)


def test_place_and_hint():
    with pytest.raises(crosscut.InputError) as caught:
        crosscut.loads('{"graph": {"nodes": [\n  {"id": "a", "kinds": ["Agent"],, }]}}', name="bad.json")
    (problem,) = caught.value.diagnostics
    assert (problem.file, problem.line, problem.severity) == ("bad.json", 2, "error") and problem.column > 20
    assert str(problem).startswith("bad.json:2:")


def test_probability_out_of_range():
    with pytest.raises(crosscut.InputError, match="probability"):
        crosscut.loads(
            document([("a", "Agent", {}), ("t", "Tool", {})], [("Calls", "a", "t", {"probability": 2})])
        )


def test_missing_files_and_formats(tmp_path):
    with pytest.raises(crosscut.InputError, match="nowhere.json") as caught:
        crosscut.read(tmp_path / "nowhere.json")
    assert caught.value.diagnostics[0].code == "cannot-open"
    with pytest.raises(crosscut.InputError, match="directory"):
        crosscut.read(tmp_path)
    with pytest.raises(ValueError, match="morse"):
        crosscut.loads(PAIR, format="morse")


def test_other_formats_are_detected():
    config = {
        "mcpServers": {
            "files": {"command": "npx", "args": ["-y", "some-server"], "env": {"API_KEY": "k-48151623"}}
        }
    }
    inventory = crosscut.loads(json.dumps(config))
    assert [f.format for f in inventory.files] == ["mcp-config"] and inventory.kinds["McpServer"] == 1
    assert "k-48151623" not in inventory.to_opengraph(), "a secret's value is never kept"
    assert len(inventory.attack_graph().paths()) > 0
    with pytest.raises(crosscut.InputError):
        crosscut.loads(json.dumps(config), format="opengraph")


def test_keep_going(tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(PAIR, encoding="utf-8")
    bad.write_text("{", encoding="utf-8")
    with pytest.raises(crosscut.InputError):
        crosscut.read(good, bad)
    inventory = crosscut.read(good, bad, keep_going=True)
    assert [f.used for f in inventory.files] == [True, False]
    assert "1 of 2 files left out" in repr(inventory)
    graph = inventory.attack_graph()
    for answer in (graph.paths(), graph.likelihood(), graph.fixes(), graph.scan(), graph.scan().paths):
        assert (
            not answer.complete
            and answer.limit.name == "keep-going"
            and answer.limit.reached == "1 of 2 files"
        )
    with pytest.raises(crosscut.InputError):
        crosscut.read(bad, keep_going=True)

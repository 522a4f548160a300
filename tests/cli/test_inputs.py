"""What a person gets for input that is wrong, partly wrong, or written by an attacker."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import ROOT, edge, node

SAMPLE = ROOT / "samples/inventories/refund_desk.json"
SHARED = os.environ.get("CROSSCUT_SHARED_DATA")


def broken(tmp_path: Path, text: str, name: str = "broken.json") -> Path:
    path = tmp_path / name
    path.write_text(text)
    return path


def test_broken_json_is_refused_with_file_line_and_column(crosscut, tmp_path):
    run = crosscut("scan", SAMPLE, broken(tmp_path, '{"graph": {"nodes": [\n  {"id": "a",, }]}}'))
    assert run.code == 3
    assert run.out == ""
    assert "broken.json:2:14: error:" in run.err


def test_keep_going_leaves_the_broken_file_out_and_says_so(crosscut, tmp_path):
    run = crosscut("scan", "--keep-going", SAMPLE, broken(tmp_path, "{"), "--format", "json")
    answer = run.json("scan")
    assert run.code == 4
    assert answer["limit"]["name"] == "keep-going"
    assert [f["used"] for f in answer["files"]] == [True, False]
    assert answer["paths"]


@pytest.mark.parametrize(
    ("nodes", "edges", "said"),
    [
        ([node("a")], [edge("x", "a", "b")], 'node "b"'),
        ([node("a", trust="internal"), node("a", trust="external")], [], "trust"),
        ([node("a"), node("b")], [edge("x", "a", "b", probability=1.5)], "1.5"),
    ],
    ids=["undefined node", "contradiction", "probability out of range"],
)
def test_bad_inventories(crosscut, inventory, nodes, edges, said):
    file = inventory(nodes, edges)
    assert crosscut("scan", file).code == 3
    answer = crosscut("validate", file, "--format", "json").json("diagnostics")
    (problem,) = [d for d in answer["diagnostics"] if d["severity"] == "error"]
    assert said in problem["message"]
    assert problem["line"] == 1 and problem["column"] > 1 and problem["hint"]


def test_all_problems_are_reported_not_the_first(crosscut, inventory):
    file = inventory([node("a")], [edge("x", "a", "b"), edge("x", "a", "c"), edge("x", "d", "a")])
    answer = crosscut("validate", file, "--format", "json").json("diagnostics")
    assert answer["errors"] == 3


def test_unknown_format_lists_the_known_ones(crosscut, tmp_path):
    run = crosscut("scan", broken(tmp_path, '{"what": "is this"}'))
    assert run.code == 3
    assert "opengraph" in run.err and "mcp-config" in run.err


def test_missing_file(crosscut, tmp_path):
    run = crosscut("scan", tmp_path / "nowhere.json")
    assert run.code == 3
    assert "nowhere.json" in run.err


def test_standard_input(crosscut):
    run = crosscut("paths", "-", "--format", "json", stdin=SAMPLE.read_text())
    assert run.code == 0
    assert run.json("paths")["paths"]


def test_import_round_trip_keeps_the_content(crosscut, tmp_path):
    whole, lines = tmp_path / "whole.json", tmp_path / "lines.jsonl"
    assert crosscut("import", SAMPLE, "-o", whole).code == 0
    assert crosscut("import", SAMPLE, "--format", "jsonl", "--output", lines).code == 0
    fingerprints = {crosscut("paths", f, "--format", "json").json("paths")["inventory"] for f in (SAMPLE, whole, lines)}
    assert len(fingerprints) == 1


def test_hostile_names_cannot_touch_the_terminal(crosscut, inventory):
    evil = "\x1b[2Jdrop\u202etxt\nnew line"
    nodes = [node("mail", "InputSource", trust="untrusted", name=evil), node("bot", "Agent", name=evil, autonomy="autonomous"),
             node("t\x1b[31m", "Tool", name=evil), node("pay", "Action", impact=9, name=evil)]
    edges = [edge("Feeds", "mail", "bot"), edge("Calls", "bot", "t\x1b[31m"), edge("Performs", "t\x1b[31m", "pay")]
    file = inventory(nodes, edges)
    for arguments in (["scan", file], ["paths", file], ["validate", file], ["scan", file, "--format", "json"]):
        run = crosscut(*arguments)
        assert run.code == 0, run.err
        for stream in (run.out, run.err):
            assert "\x1b" not in stream and "\u202e" not in stream
    assert crosscut("paths", file).out.count("new line") > 0
    assert "\nnew line" not in crosscut("paths", file).out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2), (["no-such-command"], 2), (["paths"], 2), (["paths", SAMPLE, "--format", "xml"], 2),
        (["paths", SAMPLE, "--timeout", "soon"], 2), (["paths", SAMPLE, "--technique", "magic"], 2),
        (["paths", SAMPLE, "--source", "nobody"], 3), (["paths", SAMPLE, "--source", "refund-tool"], 2),
        (["paths", SAMPLE, "--catalogue", "nowhere.json"], 3), (["paths", SAMPLE, "--output", "/no/such/folder/x"], 5),
        (["--help"], 0), (["--version"], 0), (["scan", "--help"], 0),
    ],
)
def test_exit_codes(crosscut, arguments, code):
    run = crosscut(*arguments)
    assert run.code == code, run.err
    if code:
        assert run.err.strip() and not run.out


def test_a_wrong_state_lists_the_states_there(crosscut):
    run = crosscut("paths", SAMPLE, "--source", "refund-tool")
    assert "invoked" in run.err


@pytest.mark.skipif(not SHARED, reason="CROSSCUT_SHARED_DATA is not set")
def test_real_client_configurations(crosscut):
    files = sorted(Path(SHARED, "mcp_configs").glob("*.json"))
    run = crosscut("scan", "--keep-going", *files, "--format", "json")
    answer = run.json("scan")
    left_out = [f for f in answer["files"] if not f["used"]]
    assert run.code == 4 and 1 <= len(left_out) <= 3
    for f in left_out:
        assert any(d["file"] == f["file"] and d["severity"] == "error" for d in answer["diagnostics"])
    assert answer["servers"] and answer["secrets"] and answer["paths"]
    assert any(s["literal"] for s in answer["secrets"])
    text = json.dumps(answer) + run.err
    for value in ("ghp_faketoken", "xoxb-fake-token", "dev-secret", "sk-test-12345", "BSAxxxxxxxxxxxxxxxx", "aug_xxxxxxxxxxxx"):
        assert value not in text, "a secret's value was shown"

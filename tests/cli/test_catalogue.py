"""`crosscut catalogue`: print, change, check, use."""

from __future__ import annotations

import json

from conftest import edge, node


def test_print_edit_check_use(crosscut, tmp_path, inventory):
    document = json.loads(crosscut("catalogue", "print", "generic").out)
    document["name"] = "mine"
    document["techniques"][0]["probability"]["value"] = 0.5
    mine = tmp_path / "mine.json"
    mine.write_text(json.dumps(document))
    assert crosscut("catalogue", "check", mine).code == 0
    file = inventory([node("a"), node("b")], [edge("x", "a", "b")])
    answer = crosscut("paths", file, "--catalogue", mine, "--source", "a", "--target", "b", "--format", "json").json("paths")
    assert answer["paths"][0]["probability"] == 0.5
    assert answer["catalogue"].startswith("mine")


def test_both_built_in_catalogues_are_fit_for_use(crosscut):
    for name in ("maestro", "generic"):
        run = crosscut("catalogue", "check", name)
        assert (run.code, "fit for use" in run.out) == (0, True)


def test_check_finds_mistakes_with_pointer_and_hint(crosscut, tmp_path):
    document = json.loads(crosscut("catalogue", "print", "generic").out)
    document["techniques"][0]["to"]["state"] = "controled"
    document["techniques"][0]["probability"]["value"] = 7
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(document, indent=1))
    run = crosscut("catalogue", "check", wrong, "--format", "json")
    assert run.code == 3
    problems = {d["pointer"]: d for d in run.json("diagnostics")["diagnostics"]}
    assert "controlled" in problems["/techniques/0/to/state"]["hint"]
    assert problems["/techniques/0/probability/value"]["line"] > 1


def test_explain_a_technique(crosscut):
    run = crosscut("catalogue", "explain", "retrieved-injection")
    assert run.code == 0
    for part in ("When", "How likely", "What weakens it", "References", "AML.T0051.001"):
        assert part in run.out
    assert crosscut("catalogue", "explain", "no-such-thing").code == 2

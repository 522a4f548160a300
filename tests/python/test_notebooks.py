"""Notebooks run from start to end, and lie in the repository without outputs."""

import json

import nbformat
import pytest
from nbclient import NotebookClient

from .estates import REPOSITORY

NOTEBOOKS = sorted((REPOSITORY / "samples" / "notebooks").glob("*.ipynb"))


def texts_of(notebook):
    """What its cells printed or showed, as plain text."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield output.get("text") or output.get("data", {}).get("text/plain", "")


def run(file, tmp_path, monkeypatch):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    notebook = nbformat.read(file, as_version=4)
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(file.parent)}}
    ).execute()
    return notebook


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda f: f.stem)
def test_outputs_are_stripped(file):
    for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
        assert cell.get("outputs", []) == [] and cell.get("execution_count") is None


def test_first_steps(tmp_path, monkeypatch):
    notebook = run(REPOSITORY / "samples" / "notebooks" / "first_steps.ipynb", tmp_path, monkeypatch)
    text = "\n".join(texts_of(notebook))
    assert "Inventory(8 nodes, 8 edges" in text
    assert "Paths(4, exact, worst 0.31 mail:tainted → refund:executed)" in text
    assert "if the worst is true, 0.00 if the best is" in text
    assert "assessed: 100% with the answer" in text
    tables = [
        o["data"]["text/html"]
        for c in notebook.cells
        for o in c.get("outputs", [])
        if "text/html" in o.get("data", {})
    ]
    assert len(tables) >= 5 and all("<table>" in t for t in tables)

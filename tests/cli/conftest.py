"""The command as a person or a script meets it: a process, its two streams and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = Path(os.environ.get("CROSSCUT_COMMAND", ROOT / "build/release/crosscut"))


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str

    def json(self, schema: str) -> dict:
        """The answer, valid against its schema."""
        answer = json.loads(self.out)
        document = json.loads((ROOT / f"docs/schemas/{schema}.schema.json").read_text())
        jsonschema.Draft202012Validator(document).validate(answer)
        assert answer["schema"] == f"crosscut.{schema}/1"
        return answer


@pytest.fixture
def crosscut(tmp_path):
    def run(*arguments: object, stdin: str | None = None, env: dict[str, str] | None = None, cwd: Path = ROOT) -> Run:
        done = subprocess.run(
            [COMMAND, *map(str, arguments)], input=stdin, capture_output=True, text=True, cwd=cwd, timeout=300,
            env={**os.environ, **(env or {})},
        )
        return Run(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def inventory(tmp_path):
    """Writes an OpenGraph file and returns its path."""

    def write(nodes: list[dict], edges: list[dict], name: str = "estate.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps({"graph": {"nodes": nodes, "edges": edges}}))
        return path

    return write


def node(id: str, kind: str = "Agent", **properties: object) -> dict:
    return {"id": id, "kinds": [kind], "properties": properties}


def edge(kind: str, source: str, target: str, **properties: object) -> dict:
    return {"kind": kind, "start": {"value": source}, "end": {"value": target}, "properties": properties}

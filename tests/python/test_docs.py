"""The examples in docs/python.md and in the package's docstring run and give what they show."""

import doctest
import re

import pytest

import crosscut

from .estates import REPOSITORY

PAGE = REPOSITORY / "docs" / "python.md"


def run_examples(name, text, names):
    test = doctest.DocTestParser().get_doctest(text, names, name, str(PAGE), 0)
    report = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    results = runner.run(test, out=report.append, clear_globs=False)
    assert results.failed == 0, "".join(report)
    names.update(test.globs)
    return results.attempted


@pytest.fixture
def at_the_root(monkeypatch):
    monkeypatch.chdir(REPOSITORY)


def test_page(at_the_root):
    """All blocks in order, with the names of those before."""
    blocks = re.findall(r"^```pycon\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    names = {}
    assert sum(run_examples(f"block {i}", block, names) for i, block in enumerate(blocks, 1)) > 20


def test_docstring(at_the_root):
    assert run_examples("crosscut", crosscut.__doc__, {}) > 3

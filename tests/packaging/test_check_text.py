"""scripts/check-text must name each fault, alone in an otherwise clean tree."""

import pathlib
import subprocess
import sys

import pytest

REPOSITORY = pathlib.Path(__file__).parents[2]

# The faults are put together from pieces, for this file is checked too.
FAULTS = [
    ("a.cpp", "int a; \n", "a.cpp:1: white space at the end"),
    ("a.cpp", "\n\tint a;\n", "a.cpp:2: tab"),
    ("a.hpp", "int a;\n", "a.hpp: no #pragma once"),
    ("a.md", "text", "a.md: no newline at the end"),
    ("scripts/run", "cd /" + "root/project\n", "scripts/run:1: path of one machine"),
    ("a.cpp", 'open("/' + 'tmp/x");\n', "a.cpp:1: path of one machine"),
    ("a.toml", "index = 'https://pypi" + ".org/simple'\n", "a.toml:1: host of a package registry"),
]


def run_checker(tree):
    return subprocess.run([sys.executable, REPOSITORY / "scripts/check-text", tree], capture_output=True, text=True)


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "scripts").mkdir()
    (tmp_path / "clean.hpp").write_text("/// Says what it is.\n#pragma once\nint f(); // framework/root/leaf\n")
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples/quoted.json").write_text('{"command": "/' + 'root/server"}')
    return tmp_path


def test_a_clean_tree_passes(tree):
    assert run_checker(tree).stdout == "1 files read, 0 faults\n"


@pytest.mark.parametrize("name, text, fault", FAULTS)
def test_a_fault_is_named_and_fails(tree, name, text, fault):
    (tree / name).write_text(text)
    run = run_checker(tree)
    assert run.returncode == 1
    assert run.stdout == f"{fault}\n2 files read, 1 faults\n"

"""scripts/check-layers must see each forbidden arrow, alone in an otherwise clean tree."""

import pathlib
import subprocess
import sys

import pytest

REPOSITORY = pathlib.Path(__file__).parents[2]

# A tree in which every room is present and every allowed arrow is drawn once.
CLEAN = {
    "include/crosscut/version.hpp": "",
    "include/crosscut/crosscut.hpp": "#include <crosscut/io/reader.hpp>\n#include <crosscut/analysis/cut.hpp>\n",
    "include/crosscut/bgl.hpp": "#include <boost/graph/graph_traits.hpp>\n#include <crosscut/model/graph.hpp>\n",
    "include/crosscut/fmt.hpp": "#include <fmt/format.h>\n#include <crosscut/base/cost.hpp>\n",
    "include/crosscut/base/cost.hpp": "#include <vector>\n",
    "include/crosscut/base/hash.hpp": "  #  include <crosscut/base/cost.hpp>\n",
    "include/crosscut/model/graph.hpp": "#include <crosscut/base/cost.hpp>\n",
    "include/crosscut/algorithms/graph_concept.hpp": "#include <crosscut/base/cost.hpp>\n",
    "include/crosscut/algorithms/dijkstra.hpp": "#include <crosscut/algorithms/graph_concept.hpp>\n",
    "include/crosscut/attack/catalogue.hpp": "#include <crosscut/model/graph.hpp>\n",
    "include/crosscut/attack/attack_graph.hpp": "#include <crosscut/algorithms/graph_concept.hpp>\n",
    "include/crosscut/analysis/cut.hpp": "#include <crosscut/algorithms/dijkstra.hpp>\n",
    "include/crosscut/analysis/cut_report.hpp": "#include <crosscut/attack/attack_graph.hpp>\n",
    "include/crosscut/io/reader.hpp": "#include <crosscut/attack/catalogue.hpp>\n",
    "lib/base/cost.cpp": "#include <crosscut/base/cost.hpp>\n",
    "lib/model/graph.cpp": '#include "columns.hpp"\n#include <fmt/format.h>\n',
    "lib/model/columns.hpp": "#include <crosscut/model/graph.hpp>\n",
    "lib/analysis/cut.cpp": "#include <boost/graph/dominator_tree.hpp>\n#include <crosscut/bgl.hpp>\n",
    "lib/io/json.hpp": "#include <boost/json.hpp>\n",
    "lib/io/reader.cpp": '#include "json.hpp"\n#include <crosscut/analysis/cut_report.hpp>\n',
    "lib/cli/main.cpp": "#include <CLI/CLI.hpp>\n#include <unistd.h>\n#include <crosscut/crosscut.hpp>\n",
    "bindings/python/module.cpp": "#include <pybind11/pybind11.h>\n#include <crosscut/analysis/cut.hpp>\n",
}

FORBIDDEN = [
    ("include/crosscut/base/hash.hpp", "<crosscut/model/graph.hpp>"),
    ("lib/base/cost.cpp", "<fmt/format.h>"),
    ("lib/base/cost.cpp", "<unistd.h>"),
    ("include/crosscut/model/graph.hpp", "<crosscut/attack/catalogue.hpp>"),
    ("include/crosscut/model/graph.hpp", "<crosscut/algorithms/graph_concept.hpp>"),
    ("include/crosscut/algorithms/dijkstra.hpp", "<crosscut/model/graph.hpp>"),
    ("include/crosscut/algorithms/dijkstra.hpp", "<crosscut/attack/catalogue.hpp>"),
    ("include/crosscut/attack/attack_graph.hpp", "<crosscut/algorithms/dijkstra.hpp>"),
    ("include/crosscut/attack/attack_graph.hpp", "<crosscut/analysis/cut.hpp>"),
    ("lib/analysis/cut.cpp", "<crosscut/io/reader.hpp>"),
    ("lib/io/reader.cpp", "<crosscut/algorithms/dijkstra.hpp>"),
    ("lib/io/reader.cpp", "<crosscut/attack/attack_graph.hpp>"),
    ("lib/io/reader.cpp", "<crosscut/analysis/cut.hpp>"),
    ("lib/io/reader.cpp", "<crosscut/crosscut.hpp>"),
    ("lib/analysis/cut.cpp", "<boost/json.hpp>"),
    ("lib/cli/main.cpp", "<boost/json/value.hpp>"),
    ("lib/cli/main.cpp", "<pybind11/pybind11.h>"),
    ("lib/io/reader.cpp", "<CLI/CLI.hpp>"),
    ("include/crosscut/analysis/cut.hpp", "<boost/graph/adjacency_list.hpp>"),
    ("include/crosscut/analysis/cut.hpp", "<fmt/format.h>"),
    ("include/crosscut/analysis/cut.hpp", "<crosscut/bgl.hpp>"),
    ("include/crosscut/fmt.hpp", "<boost/graph/graph_traits.hpp>"),
    ("include/crosscut/base/hash.hpp", '"cost.hpp"'),
    ("lib/io/reader.cpp", '"../model/columns.hpp"'),
    ("lib/model/graph.cpp", '"../../include/crosscut/model/graph.hpp"'),
    ("lib/model/graph.cpp", '"gone.hpp"'),
    ("lib/model/graph.cpp", "<crosscut/model/gone.hpp>"),
]


def run_checker(tree):
    return subprocess.run([sys.executable, REPOSITORY / "scripts/check-layers", tree], capture_output=True, text=True)


@pytest.fixture
def tree(tmp_path):
    for name, text in CLEAN.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("#pragma once\n" + text)
    return tmp_path


def test_allowed_arrows_pass(tree):
    run = run_checker(tree)
    assert (run.returncode, run.stdout) == (0, f"{len(CLEAN)} files read, 0 forbidden arrows\n")


@pytest.mark.parametrize("file, header", FORBIDDEN)
def test_a_forbidden_arrow_is_named_and_fails(tree, file, header):
    lines = (tree / file).read_text().splitlines()
    (tree / file).write_text("\n".join([*lines, f"#include {header}", ""]))
    run = run_checker(tree)
    first, *rest = run.stdout.splitlines()
    assert run.returncode == 1
    assert first.startswith(f"{file}:{len(lines) + 1}: {header}: ")
    assert rest == [f"{len(CLEAN)} files read, 1 forbidden arrows"]


def test_a_tree_without_sources_fails(tmp_path):
    assert run_checker(tmp_path).returncode == 1

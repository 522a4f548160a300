"""The package says its types, and the stub of the raw module is true to it."""

import ast
import pathlib

import crosscut
from crosscut import _core

PACKAGE = pathlib.Path(crosscut.__file__).parent


def test_version_is_the_headers():
    header = (pathlib.Path(__file__).resolve().parents[2] / "include" / "crosscut" / "version.hpp").read_text(
        encoding="utf-8"
    )
    assert f'"{crosscut.__version__}"' in header


def test_the_package_is_typed():
    assert (PACKAGE / "py.typed").is_file() and (PACKAGE / "_core.pyi").is_file()


def public(names):
    return {n for n in names if not n.startswith("_")}


def test_stub_names_what_the_module_has():
    stub = ast.parse((PACKAGE / "_core.pyi").read_text(encoding="utf-8"))
    named = {node.name: node for node in stub.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
    assert public(named) == public(vars(_core))
    for name, node in named.items():
        if isinstance(node, ast.ClassDef):
            members = {m.name for m in node.body if isinstance(m, ast.FunctionDef)}
            assert members == public(vars(getattr(_core, name))), name


def test_everything_public_is_explained():
    for name in crosscut.__all__:
        thing = getattr(crosscut, name)
        if name == "__version__":
            continue
        assert thing.__doc__ and not thing.__doc__.startswith(f"{name}("), name
        for member, value in vars(thing).items() if isinstance(thing, type) else ():
            if callable(value) and not member.startswith("_"):
                assert value.__doc__, f"{name}.{member}"

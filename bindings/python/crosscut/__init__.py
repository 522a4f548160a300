"""Attack paths through AI agent systems.

    >>> import crosscut
    >>> estate = crosscut.read("samples/inventories/expense_approval.json")
    >>> graph = estate.attack_graph()
    >>> paths = graph.paths(k=2)
    >>> print(paths)            # doctest: +SKIP

An inventory says what exists; its attack graph, what an attacker could do there step by step; an answer, what
follows. Answers are plain, immutable objects whose ``to_dict()`` is the JSON that the command prints. All
objects may be used from several threads at a time.

Text that an inventory gives (names, ids, sentences) was written by someone else, perhaps by an attacker.
``repr()``, ``print()`` and notebooks show it escaped; attributes hold it as it is.
"""

from ._answers import (
    Agent,
    AppliedControl,
    Evidence,
    Fact,
    Fix,
    Fixes,
    Likelihood,
    Limit,
    Path,
    Paths,
    Scan,
    Step,
    TargetLikelihood,
)
from ._attack_graph import AttackGraph, Entry, Target
from ._core import __version__
from ._errors import Diagnostic, InputError, UnknownIdError
from ._inventory import Edge, FileSummary, Inventory, Node, loads, read

__all__ = [
    "Agent",
    "AppliedControl",
    "AttackGraph",
    "Diagnostic",
    "Edge",
    "Entry",
    "Evidence",
    "Fact",
    "FileSummary",
    "Fix",
    "Fixes",
    "InputError",
    "Inventory",
    "Likelihood",
    "Limit",
    "Node",
    "Path",
    "Paths",
    "Scan",
    "Step",
    "Target",
    "TargetLikelihood",
    "UnknownIdError",
    "__version__",
    "loads",
    "read",
]

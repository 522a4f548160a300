"""Reading inventories, and looking at them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Union

from . import _core
from ._attack_graph import AttackGraph
from ._errors import Diagnostic, UnknownIdError, diagnostics_from, input_error
from ._show import counted, shown

FileName = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]


@dataclass(frozen=True)
class Node:
    """A node of the inventory, with what its properties say. Values are as in the file."""

    id: str
    kinds: tuple[str, ...]  #: The primary kind, the one that every rule looks at, first.
    layer: str | None  #: Its MAESTRO layer, ``L1`` to ``L7``; None for a kind without one.
    name: str  #: Property ``name``, else the id.
    properties: Mapping[str, Any] = field(compare=False)

    def __repr__(self) -> str:
        kinds = "/".join(map(shown, self.kinds)) or "no kind"
        return f"Node({shown(self.id)}, {kinds}, {self.layer or 'no layer'})"


@dataclass(frozen=True)
class Edge:
    """An edge of the inventory. ``key`` tells parallel edges apart; empty where there is none."""

    kind: str
    source: str
    target: str
    key: str
    properties: Mapping[str, Any] = field(compare=False)

    def __repr__(self) -> str:
        key = f" [{shown(self.key)}]" if self.key else ""
        return f"Edge({shown(self.source)} -{shown(self.kind)}{key}→ {shown(self.target)})"


@dataclass(frozen=True)
class FileSummary:
    """What became of one file."""

    file: str
    format: str  #: As detected or given; empty where it was not recognised.
    used: bool  #: False: left out; the diagnostics that name the file say why.
    nodes: int  #: Records read from it.
    edges: int


class Inventory:
    """What exists: agents, tools, stores and identities as a property graph. From :func:`crosscut.read`.

    Immutable: any number of threads may use one at a time. Nodes come in the byte order of their ids, edges
    in that of (source, kind, target, key), whatever the order in the files.
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.Inventory) -> None:
        self._core = core

    def __len__(self) -> int:
        """The number of nodes."""
        return self._core.node_count

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self._core.has_node(_utf8(id))

    @property
    def node_count(self) -> int:
        return self._core.node_count

    @property
    def edge_count(self) -> int:
        return self._core.edge_count

    @property
    def fingerprint(self) -> str:
        """16 hex digits that depend on the whole content and on nothing else."""
        return self._core.fingerprint

    @property
    def kinds(self) -> dict[str, int]:
        """How many nodes there are of each primary kind; key "" for those without a kind."""
        return self._core.kinds()

    @property
    def files(self) -> tuple[FileSummary, ...]:
        return tuple(FileSummary(*row) for row in self._core.files)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Warnings and notes from reading; with ``keep_going`` also why files were left out."""
        return diagnostics_from(self._core.diagnostics)

    def node(self, id: str) -> Node:
        """The node with this id. Raises :class:`UnknownIdError` where there is none."""
        row = self._core.node(_utf8(id))
        if row is None:
            raise _unknown(id)
        return _node(row)

    def nodes(self, kind: str | None = None) -> list[Node]:
        """All nodes, or those that have ``kind`` among their kinds."""
        return [_node(row) for row in self._core.nodes(kind)]

    def edges(
        self, kind: str | None = None, source: str | None = None, target: str | None = None
    ) -> list[Edge]:
        """All edges, or those of a kind, from a node, to a node. An unknown id raises
        :class:`UnknownIdError`."""
        for id in (source, target):
            if id is not None and id not in self:
                raise _unknown(id)
        return [Edge(*row) for row in self._core.edges(kind, source, target)]

    def attack_graph(
        self, catalogue: FileName = "maestro", adversary: str = "adaptive", unknown: str = "worst"
    ) -> AttackGraph:
        """All that an attacker could do here, one step at a time.

        :param catalogue: ``maestro``; ``generic``, under which every edge is a step from its source to its
            target; or the name of a catalogue file.
        :param adversary: ``adaptive`` knows the controls, ``static`` does not.
        :param unknown: what a condition counts as where the inventory does not say: ``worst`` makes more
            paths, ``best`` fewer. What lies between the two is what closing the unknowns is worth.
        :raises InputError: a catalogue with errors; a probability outside [0, 1] in the inventory.
        """
        return AttackGraph._compile(self, catalogue, adversary, unknown)

    def to_opengraph(self, *, lines: bool = False, bloodhound_ids: bool = False) -> str:
        """The inventory as OpenGraph JSON text, which :func:`crosscut.loads` reads back to the same content.

        :param lines: one node or edge a line instead of one document.
        :param bloodhound_ids: write ids that BloodHound refuses as ``xc-`` and a hash, and keep the id as a
            property.
        """
        return _core.to_opengraph(self._core, lines, bloodhound_ids)

    def __repr__(self) -> str:
        kinds = sorted(self.kinds.items(), key=lambda item: (-item[1], item[0]))
        listed = ", ".join(f"{count} {shown(kind) or 'without kind'}" for kind, count in kinds[:4])
        more = ", …" if len(kinds) > 4 else ""
        left_out = sum(not f.used for f in self.files)
        warning = f", {left_out} of {len(self.files)} files left out" if left_out else ""
        size = f"{counted(self.node_count, 'node')}, {counted(self.edge_count, 'edge')}"
        return f"Inventory({size}{': ' if listed else ''}{listed}{more}{warning})"


def _utf8(id: str) -> bytes:
    if not isinstance(id, str):
        raise TypeError(f"an id is a text, not {type(id).__name__}: {id!r}")
    # A lone surrogate is in no inventory, so such an id is merely not found.
    return id.encode("utf-8", "surrogatepass")


def _unknown(id: object) -> UnknownIdError:
    return UnknownIdError(f"no node has the id {id!r}; ids are case-sensitive")


def _node(row: tuple[Any, ...]) -> Node:
    id, kinds, layer, name, properties = row
    return Node(id, kinds, layer or None, name, properties)


def read(*files: FileName, format: str | None = None, keep_going: bool = False) -> Inventory:
    """Reads inventories and merges them, in the order given; ``"-"`` is standard input.

    :param format: of every file: ``opengraph``, ``mcp-config``, ``tools-list``. None: detected by content,
        file by file.
    :param keep_going: leave files with errors out and go on. Answers then have ``complete`` False and the
        limit ``keep-going``, since they may miss something.
    :raises InputError: with all problems of all files in ``diagnostics``. With ``keep_going`` only where no
        file could be used.

    A file's name may be a text, bytes or a path. Other threads run meanwhile.
    """
    if not files:
        raise TypeError("read() needs at least one file")
    core, rows = _core.read_files([os.fsencode(name) for name in files], format or "", keep_going)
    return _inventory(core, rows, "no file could be read" if keep_going else "the input has errors")


def loads(text: str | bytes, *, format: str | None = None, name: str = "<text>") -> Inventory:
    """Reads one inventory from text, or from the bytes of a file. ``name`` stands for it in messages."""
    if not isinstance(text, (str, bytes)):
        raise TypeError(f"loads() takes str or bytes, not {type(text).__name__}")
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    core, rows = _core.read_text(data, os.fsencode(name), format or "")
    return _inventory(core, rows, "the text is no inventory that can be used")


def _inventory(core: _core.Inventory | None, rows: Sequence[tuple[Any, ...]], problem: str) -> Inventory:
    if core is None:
        raise input_error(problem, diagnostics_from(rows))
    return Inventory(core)

"""Questions to the attack graph of an inventory."""

from __future__ import annotations

import difflib
import math
import operator
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Union

from . import _core
from ._answers import Fact, Fixes, Likelihood, Paths, Scan
from ._errors import UnknownIdError, diagnostics_from, input_error
from ._show import counted, shown

if TYPE_CHECKING:
    from ._inventory import FileName, Inventory

#: Facts as a caller names them: an id, ``ID:STATE``, a :class:`Fact`; or several of these.
Selectors = Union[str, Fact, Iterable[Union[str, Fact]]]


@dataclass(frozen=True)
class Entry:
    """A fact that the attacker starts with."""

    fact: Fact
    probability: float


@dataclass(frozen=True)
class Target:
    """A fact that must not come about."""

    fact: Fact
    impact: float  #: 0 to 10.


class AttackGraph:
    """All facts and steps of an inventory under a catalogue. From :meth:`Inventory.attack_graph`.

    ``source`` and ``target`` of a question are ids, ``ID:STATE`` or facts, one or several; left out, they are
    the catalogue's entries and targets. A source with a state is certain; without, it stands for the
    catalogue's entries at that node. An unknown id raises
    :class:`UnknownIdError`, a state that the node cannot be in ValueError.

    Immutable: any number of threads may ask at a time, and other threads run during long calls. Ctrl-C ends
    a path search within a moment as KeyboardInterrupt, a ``timeout`` (seconds) with what was found so far and
    ``complete`` False. What takes long in other ways (compiling, trying fixes) finishes first.
    """

    __slots__ = ("_core", "_inventory", "_catalogue", "_adversary", "_unknown")

    def __init__(
        self,
        core: _core.AttackGraph,
        inventory: Inventory,
        catalogue: _core.Catalogue,
        adversary: str,
        unknown: str,
    ) -> None:
        self._core = core
        self._inventory = inventory
        self._catalogue = catalogue
        self._adversary = adversary
        self._unknown = unknown

    @classmethod
    def _compile(cls, inventory: Inventory, catalogue: FileName, adversary: str, unknown: str) -> AttackGraph:
        _choice("adversary", adversary, ("adaptive", "static"))
        _choice("unknown", unknown, ("worst", "best"))
        rules = _catalogue(catalogue)
        core, rows = _core.compile(inventory._core, rules, adversary, unknown)
        if core is None:
            raise input_error(
                "the inventory has values that no attack graph can be made from", diagnostics_from(rows)
            )
        return cls(core, inventory, rules, adversary, unknown)

    @property
    def inventory(self) -> Inventory:
        return self._inventory

    @property
    def catalogue(self) -> str:
        """Name and version, such as ``maestro 1.0``."""
        return self._catalogue.title

    @property
    def adversary(self) -> str:
        return self._adversary

    @property
    def unknown(self) -> str:
        return self._unknown

    @property
    def facts(self) -> int:
        """The number of facts."""
        return self._core.fact_count

    @property
    def steps(self) -> int:
        """The number of steps."""
        return self._core.step_count

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the catalogue says that attackers start with."""
        return tuple(Entry(Fact(*fact), p) for fact, p in self._core.entries)

    @property
    def targets(self) -> tuple[Target, ...]:
        """What the catalogue says that must not happen."""
        return tuple(Target(Fact(*fact), impact) for fact, impact in self._core.targets)

    def paths(
        self,
        k: int = 10,
        source: Selectors | None = None,
        target: Selectors | None = None,
        *,
        per_target: bool = False,
        distinct: str = "steps",
        via: Selectors = (),
        avoid: Selectors = (),
        technique: str | Iterable[str] = (),
        max_hops: int | None = None,
        min_probability: float | None = None,
        timeout: float | None = None,
        max_expansions: int | None = None,
    ) -> Paths:
        """The k most probable paths, exactly.

        :param k: over all targets together, or, with ``per_target``, for each.
        :param distinct: keep the best of those that share their ``steps`` (each path), ``facts``, ``nodes``
            or ``pairs`` of ends.
        :param via: places (``ID`` or ``ID:STATE``) of which a path must pass all.
        :param avoid: places of which it must pass none.
        :param technique: ids of techniques, all of which it must use.
        :param max_expansions: bound on the search's work, the same on every machine; None: five million.
        """
        _choice("distinct", distinct, ("steps", "facts", "nodes", "pairs"))
        return Paths(
            _core.find_paths(
                self._core,
                self._question(source, target),
                k=_count("k", k),
                per_target=bool(per_target),
                distinct=distinct,
                via=self._places(via),
                avoid=self._places(avoid),
                techniques=self._techniques(technique),
                max_hops=None if max_hops is None else min(_count("max_hops", max_hops), 2**32 - 1),
                min_probability=None
                if min_probability is None
                else _probability("min_probability", min_probability),
                timeout=_seconds(timeout),
                max_expansions=0
                if max_expansions is None
                else _count("max_expansions", max_expansions, least=1),
            )
        )

    def likelihood(
        self,
        source: Selectors | None = None,
        target: Selectors | None = None,
        *,
        max_uncertain: int = 20,
        timeout: float | None = None,
    ) -> Likelihood:
        """The probability that each target is reached at all. Exact where a target's own scope has at most
        ``max_uncertain`` (24 at most) steps and entries that may fail; else between proven bounds."""
        return Likelihood(
            _core.find_likelihood(
                self._core,
                self._question(source, target),
                max_uncertain=min(_count("max_uncertain", max_uncertain), 2**32 - 1),
                timeout=_seconds(timeout),
            )
        )

    def scan(
        self,
        k: int = 10,
        source: Selectors | None = None,
        target: Selectors | None = None,
        *,
        top: int = 50,
        timeout: float | None = None,
    ) -> Scan:
        """The main job: what exists, the k worst paths (each story once), how likely the targets are, what to
        fix first.

        :param top: the longest list of agents, servers, tools and secrets.
        :param timeout: for each of these parts.
        """
        self._question(source, target)
        return Scan(
            _core.scan(
                self._core,
                _selectors("source", source),
                _selectors("target", target),
                k=_count("k", k),
                top=_count("top", top),
                timeout=_seconds(timeout),
            )
        )

    def fixes(
        self,
        source: Selectors | None = None,
        target: Selectors | None = None,
        *,
        max_fixes: int = 200,
        timeout: float | None = None,
    ) -> Fixes:
        """What each fix that the catalogue offers takes away from the risk. Each is tried on the inventory,
        so that takes a compilation a fix; at most ``max_fixes`` are tried."""
        self._question(source, target)
        return Fixes(
            _core.rank_fixes(
                self._core,
                _selectors("source", source),
                _selectors("target", target),
                max_fixes=_count("max_fixes", max_fixes, least=1),
                timeout=_seconds(timeout),
            )
        )

    def verify(self, paths: Paths) -> list[str]:
        """Checks paths against this graph's inventory and catalogue, with code that shares nothing with the
        search. What is wrong, in words; nothing: an empty list. Paths from another inventory are welcome: do
        they still hold here?"""
        if not isinstance(paths, Paths):
            raise TypeError(f"verify() takes what paths() gave, not {type(paths).__name__}")
        return _core.verify(self._core, paths._core)

    def __repr__(self) -> str:
        return (
            f"AttackGraph({shown(self.catalogue)}, {counted(self.facts, 'fact')}, "
            f"{counted(self.steps, 'step')}, {counted(len(self.entries), 'entry', 'entries')}, "
            f"{counted(len(self.targets), 'target')}, adversary {self.adversary}, unknown {self.unknown})"
        )

    def _question(self, source: Selectors | None, target: Selectors | None) -> _core.Question:
        question, errors = _core.resolve(
            self._core, _selectors("source", source), _selectors("target", target)
        )
        _refuse(errors)
        return question

    def _places(self, selectors: Selectors) -> _core.Places:
        places, errors = _core.resolve_places(self._core, _texts("a place", selectors))
        _refuse(errors)
        return places

    def _techniques(self, technique: str | Iterable[str]) -> list[str]:
        known = self._catalogue.techniques
        asked = _texts("a technique", technique)
        for id in asked:
            if id not in known:
                similar = difflib.get_close_matches(id, known, 3)
                hint = f"; similar: {', '.join(similar)}" if similar else ""
                raise ValueError(f"catalogue {self.catalogue} has no technique {id!r}{hint}")
        return asked


def _catalogue(name: FileName) -> _core.Catalogue:
    built_in = _core.builtin_catalogue(name) if isinstance(name, str) else None
    if built_in is not None:
        return built_in
    rules, rows = _core.read_catalogue(os.fsencode(name))
    if rules is None:
        raise input_error("the catalogue cannot be used", diagnostics_from(rows))
    return rules


def _refuse(errors: Sequence[tuple[bool, str, str]]) -> None:
    if not errors:
        return
    text = "\n".join(message + (f"; {hint}" if hint else "") for _, message, hint in errors)
    raise UnknownIdError(text) if any(unknown for unknown, _, _ in errors) else ValueError(text)


def _selectors(name: str, selectors: Selectors | None) -> list[str]:
    if selectors is None:
        return []
    texts = _texts(f"a {name}", selectors)
    if not texts:
        raise ValueError(f"{name} is empty; leave it out (None) for those of the catalogue")
    return texts


def _texts(what: str, selectors: Selectors) -> list[str]:
    if isinstance(selectors, (str, Fact)):
        selectors = [selectors]
    texts = []
    for selector in selectors:
        if not isinstance(selector, (str, Fact)):
            raise TypeError(f"{what} is a text or a Fact, not {type(selector).__name__}: {selector!r}")
        texts.append(str(selector))
        texts[-1].encode()  # a lone surrogate is no text: says so as UnicodeEncodeError, a ValueError
    return texts


def _choice(name: str, value: Any, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} is {value!r}, must be one of {', '.join(allowed)}")


def _count(name: str, value: Any, least: int = 0) -> int:
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} is {value!r}, must be an integer") from None
    if not least <= number < 2**63:
        raise ValueError(f"{name} is {number}, must be at least {least}")
    return number


def _probability(name: str, value: Any) -> float:
    number = float(value)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} is {value!r}, must be from 0 to 1")
    return number


def _seconds(timeout: float | None) -> float | None:
    if timeout is None:
        return None
    seconds = float(timeout)
    if math.isnan(seconds) or seconds < 0:
        raise ValueError(f"timeout is {timeout!r}, must be seconds, 0 or more")
    return min(seconds, 1e9)  # longer than a process lives, and what a clock can count

"""Answers as plain objects, made from the JSON that ``to_dict()`` gives: the two cannot differ."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, overload

from . import _core
from ._show import counted, html_table, html_text, number, percent, shown, text_table

Item = TypeVar("Item", covariant=True)
SHOWN_IN_HTML = 50  # rows; a notebook that holds a thousand is no help


class Fact(NamedTuple):
    """What an attacker has achieved at a node: its id and a state. ``str()`` gives ``ID:STATE``."""

    node: str
    state: str

    def __str__(self) -> str:
        return f"{self.node}:{self.state}"


@dataclass(frozen=True)
class Limit:
    """The limit that stopped the work."""

    name: str  #: ``timeout``, ``expansions``, ``memory``, ``interrupted``, ``keep-going``.
    value: float  #: In the limit's unit: seconds, counts, bytes.
    reached: str  #: How far the work had got.

    def __str__(self) -> str:
        return f"limit {self.name} {self.value:g} after {self.reached}"


@dataclass(frozen=True)
class Evidence:
    """What makes a step possible: an edge of the inventory, or for a technique within one node that
    ``node``."""

    kind: str = ""
    source: str = ""
    target: str = ""
    key: str = ""
    node: str = ""


@dataclass(frozen=True)
class AppliedControl:
    """A control that guards a step. ``effect`` is its factor on the probability; 1: ineffective."""

    node: str
    kind: str
    mode: str
    effect: float


@dataclass(frozen=True)
class Step:
    """One application of a technique: the facts that must hold (``from_``), and what follows (``to``)."""

    technique: str
    from_: tuple[Fact, ...]
    to: Fact
    probability: float
    base_probability: float  #: Before controls.
    basis: str  #: Where the base probability comes from; ``inventory``: the edge's own property.
    sentence: str  #: In words. Not escaped: names in it were written by whoever named the nodes.
    evidence: tuple[Evidence, ...]  #: The triggering edge first.
    controls: tuple[AppliedControl, ...]
    atlas: tuple[str, ...]
    owasp: tuple[str, ...]
    maestro: tuple[str, ...]

    def __repr__(self) -> str:
        needs = " + ".join(shown(str(f)) for f in self.from_)
        return f"Step({number(self.probability)} {needs} → {shown(str(self.to))} by {self.technique})"


@dataclass(frozen=True)
class Path:
    """A proof that a target can be reached: its entries, and its steps, each after those it needs."""

    probability: float  #: Product over its distinct steps and its entries.
    cost: float  #: −ln probability, in nats.
    hops: int  #: Number of distinct steps.
    crossings: int  #: Steps that lead into another layer.
    layers: tuple[str | None, ...]  #: Of the sources, then of each step's conclusion.
    assessed: float  #: Share of the conditions on it that were assessed.
    monitored: float  #: Share of its steps that a monitor watches.
    exact: bool
    impact: float  #: Of the target, 0 to 10.
    variants: int  #: Paths of its group seen, where ``distinct`` asked for groups.
    sources: tuple[Fact, ...]
    target: Fact
    steps: tuple[Step, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The sources, then what each step concludes."""
        return self.sources + tuple(step.to for step in self.steps)

    def __repr__(self) -> str:
        return f"Path({number(self.probability)}, {counted(self.hops, 'hop')}: {_story(self)})"

    def __str__(self) -> str:
        lines = [f"{percent(self.probability)}  {_ends(self)}"]
        for i, step in enumerate(self.steps, 1):
            lines.append(
                f"  {i}. {shown(step.sentence, 400)} ({percent(step.probability)}, {step.technique})"
            )
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<p><b>{percent(self.probability)}</b> {html_text(_ends(self))}</p>{_steps_html(self)}"


class _Answer(Sequence[Item]):
    """An answer that is a sequence, with the head that every answer has."""

    def __init__(self, items: tuple[Item, ...], head: dict[str, Any]) -> None:
        self._items = items
        #: False exactly when a limit stopped the work; then ``limit`` says which.
        self.complete: bool = head["complete"]
        #: Proved. An answer that is not exact carries bounds.
        self.exact: bool = head["exact"]
        self.limit: Limit | None = _limit(head["limit"])

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._items)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        return self._items[index]

    def _trust(self) -> str:
        if not self.complete:
            return f"not complete: {self.limit}"
        return "exact" if self.exact else "not exact"


class Paths(_Answer[Path]):
    """The most probable paths, in exact order: a sequence of :class:`Path`.

    ``more`` says whether others exist, ``rest_at_most`` that none of them is more probable. ``print()`` shows
    them as text, ``to_dict()`` gives the JSON answer. Immutable.
    """

    def __init__(self, core: _core.PathsReport) -> None:
        self._core = core
        answer = self.to_dict()
        super().__init__(tuple(_path(p) for p in answer["paths"]), answer)
        self.more: bool = answer["more"]
        self.rest_at_most: float = answer["rest_at_most"]

    def to_dict(self) -> dict[str, Any]:
        """The answer as ``--format json`` gives it (schema ``crosscut.paths/1``). A new one each time."""
        answer: dict[str, Any] = json.loads(self._core.json())
        return answer

    def __repr__(self) -> str:
        count = f"{len(self) or 'none'}{' of more' if self.more else ''}"
        worst = f", worst {number(self[0].probability)} {_ends(self[0])}" if len(self) else ""
        return f"Paths({count}, {self._trust()}{worst})"

    def __str__(self) -> str:
        return self._core.text(100).rstrip("\n")

    def _repr_html_(self) -> str:
        rows = []
        for i, path in enumerate(self._items[:SHOWN_IN_HTML], 1):
            layers = " ".join(layer or "–" for layer in path.layers)
            story = f"<details><summary>{html_text(_ends(path))}</summary>{_steps_html(path)}</details>"
            rows.append(
                (str(i), percent(path.probability), str(path.hops), layers, percent(path.assessed), story)
            )
        caption = html_text(repr(self)) + (
            f" – the first {SHOWN_IN_HTML}" if len(self) > SHOWN_IN_HTML else ""
        )
        return html_table(("#", "probability", "hops", "layers", "assessed", "path"), rows, caption)


@dataclass(frozen=True)
class TargetLikelihood:
    """How likely it is that a target is reached at all, by whatever path."""

    target: Fact
    impact: float
    probability: float | None  #: None where it is not known exactly; the bounds hold always.
    exact: bool
    lower: float
    upper: float
    risk: float | None  #: Impact × probability.


class Likelihood(_Answer[TargetLikelihood]):
    """How likely each target is, reachable or not: a sequence of :class:`TargetLikelihood` by node and
    state."""

    def __init__(self, core: _core.LikelihoodReport) -> None:
        self._core = core
        answer = self.to_dict()
        super().__init__(tuple(_target(t) for t in answer["targets"]), answer)
        #: Sum of the targets' risks; None where one is not known.
        self.total_risk: float | None = answer["total_risk"]

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command gives it (schema ``crosscut.likelihood/1``). A new one each time."""
        answer: dict[str, Any] = json.loads(self._core.json())
        return answer

    def __repr__(self) -> str:
        risk = "not known" if self.total_risk is None else number(self.total_risk)
        return f"Likelihood({counted(len(self), 'target')}, {self._trust()}, total risk {risk})"

    def _rows(self) -> list[tuple[str, ...]]:
        def known(x: float | None) -> str:
            return "–" if x is None else number(x)

        return [
            (
                str(t.target),
                known(t.probability),
                f"{number(t.lower)} to {number(t.upper)}",
                number(t.impact),
                known(t.risk),
            )
            for t in self
        ]

    def __str__(self) -> str:
        rows = [tuple(map(shown, row)) for row in self._rows()]
        return f"{self!r}\n" + text_table(("target", " probability", " bounds", " impact", " risk"), rows)

    def _repr_html_(self) -> str:
        rows = [tuple(map(html_text, row)) for row in self._rows()[:SHOWN_IN_HTML]]
        return html_table(("target", "probability", "bounds", "impact", "risk"), rows, html_text(repr(self)))


@dataclass(frozen=True)
class Fix:
    """A change that the catalogue offers, and what it does to the risk: the changed inventory is analysed."""

    id: str
    name: str
    owner: str  #: Who owns what changes; empty where unknown.
    cost: float
    risk_before: float
    risk_after: float

    @property
    def risk_removed(self) -> float:
        return self.risk_before - self.risk_after

    def __repr__(self) -> str:
        effect = f"risk −{number(self.risk_removed)}, cost {number(self.cost)}"
        return f"Fix({shown(self.id)}: {shown(self.name)}, {effect})"


class Fixes(_Answer[Fix]):
    """Fixes by the risk they remove, largest first: a sequence of :class:`Fix`.

    ``offered`` counts what the catalogue offers; risk is summed over ``targets_counted`` of ``targets_total``
    targets, those whose probability is exact.
    """

    def __init__(self, core: _core.FixesReport) -> None:
        limit = core.limit and dict(zip(("name", "value", "reached"), core.limit))
        super().__init__(
            tuple(Fix(*row) for row in core.rows),
            {"complete": core.complete, "exact": core.exact, "limit": limit},
        )
        self.offered: int = core.offered
        self.targets_counted: int = core.targets_counted
        self.targets_total: int = core.targets_total

    def __repr__(self) -> str:
        best = f", best {shown(self[0].name)} −{number(self[0].risk_removed)}" if len(self) else ""
        return f"Fixes({len(self) or 'none'}, {self._trust()}{best})"

    def _rows(self) -> list[tuple[str, ...]]:
        return [(f.name, number(f.risk_removed), number(f.cost), f.owner, f.id) for f in self]

    def __str__(self) -> str:
        rows = [tuple(map(shown, row)) for row in self._rows()]
        return f"{self!r}\n" + text_table(("fix", " risk removed", " cost", "owner", "id"), rows)

    def _repr_html_(self) -> str:
        rows = [tuple(map(html_text, row)) for row in self._rows()[:SHOWN_IN_HTML]]
        return html_table(("fix", "risk removed", "cost", "owner", "id"), rows, html_text(repr(self)))


@dataclass(frozen=True)
class Agent:
    """An agent of the inventory: what takes it over, and what an attacker who has it can do and reach."""

    node: str
    name: str
    autonomy: str | None  #: None: not assessed.
    exposed_to: tuple[Fact, ...]
    can_do: tuple[Fact, ...]
    can_reach: tuple[Fact, ...]

    def __repr__(self) -> str:
        return (
            f"Agent({shown(self.node)}, {shown(self.autonomy or 'autonomy not assessed')}, exposed to "
            f"{len(self.exposed_to)}, can do {len(self.can_do)}, can reach {len(self.can_reach)})"
        )


class Scan:
    """The main answer: what exists, the worst paths, how likely the targets are, what to fix first.

    ``paths`` shows each story once. ``to_dict()`` has all there is, ``print()`` shows it as text. Immutable.
    """

    def __init__(self, core: _core.ScanReport) -> None:
        self._core = core
        answer = self.to_dict()
        self.complete: bool = answer["complete"]
        self.exact: bool = answer["exact"]
        self.limit: Limit | None = _limit(answer["limit"])
        self.agents: tuple[Agent, ...] = tuple(_agent(a) for a in answer["agents"])
        self.paths: Paths = Paths(core.paths())
        self.likelihood: Likelihood = Likelihood(core.likelihood())
        self.fixes: Fixes = Fixes(core.fixes())
        self.total_risk: float | None = answer["total_risk"]
        self.assessed: float = answer["assessed"]  #: Share of the conditions that mattered and were assessed.

    def to_dict(self) -> dict[str, Any]:
        """The answer as the command gives it (schema ``crosscut.scan/1``). A new one each time."""
        answer: dict[str, Any] = json.loads(self._core.json())
        return answer

    def __repr__(self) -> str:
        risk = "not known" if self.total_risk is None else number(self.total_risk)
        whole = "complete" if self.complete else f"not complete: {self.limit}"
        return (
            f"Scan({counted(len(self.agents), 'agent')}, {whole}, total risk {risk}, "
            f"{percent(self.assessed)} assessed, {self.paths!r})"
        )

    def __str__(self) -> str:
        return self._core.text(100).rstrip("\n")

    def _repr_html_(self) -> str:
        def facts(list: tuple[Fact, ...]) -> str:
            return "<br>".join(html_text(str(f)) for f in list[:6]) + ("<br>…" if len(list) > 6 else "")

        rows = [
            (
                html_text(a.name),
                html_text(a.autonomy or "not assessed"),
                facts(a.exposed_to),
                facts(a.can_do),
                facts(a.can_reach),
            )
            for a in self.agents[:SHOWN_IN_HTML]
        ]
        agents = html_table(
            ("agent", "autonomy", "exposed to", "can do", "can reach"),
            rows,
            counted(len(self.agents), "agent"),
        )
        return agents + self.paths._repr_html_() + self.likelihood._repr_html_() + self.fixes._repr_html_()


# --- From JSON ------------------------------------------------------------------------------------------


def _limit(value: dict[str, Any] | None) -> Limit | None:
    return None if value is None else Limit(value["name"], value["value"], value["reached"])


def _fact(value: dict[str, str]) -> Fact:
    return Fact(value["node"], value["state"])


def _facts(list: list[dict[str, str]]) -> tuple[Fact, ...]:
    return tuple(_fact(f) for f in list)


def _plain(cls: type[Any], value: dict[str, Any], **converted: Any) -> dict[str, Any]:
    """The members that ``cls`` has a field for; a newer library may give more."""
    return {name: value[name] for name in cls.__dataclass_fields__ if name in value} | converted


def _step(value: dict[str, Any]) -> Step:
    lists = {name: tuple(value[name]) for name in ("atlas", "owasp", "maestro")}
    evidence = tuple(Evidence(**_plain(Evidence, e)) for e in value["evidence"])
    controls = tuple(AppliedControl(**_plain(AppliedControl, c)) for c in value["controls"])
    facts = {"from_": _facts(value["from"]), "to": _fact(value["to"])}
    return Step(**_plain(Step, value, evidence=evidence, controls=controls, **facts, **lists))


def _path(value: dict[str, Any]) -> Path:
    ends = {"sources": _facts(value["sources"]), "target": _fact(value["target"])}
    steps = tuple(_step(s) for s in value["steps"])
    return Path(**_plain(Path, value, layers=tuple(value["layers"]), steps=steps, **ends))


def _target(value: dict[str, Any]) -> TargetLikelihood:
    return TargetLikelihood(
        _fact(value),
        value["impact"],
        value["probability"],
        value["exact"],
        value["bounds"]["lower"],
        value["bounds"]["upper"],
        value["risk"],
    )


def _agent(value: dict[str, Any]) -> Agent:
    return Agent(
        value["node"],
        value["name"],
        value["autonomy"],
        _facts(value["exposed_to"]),
        _facts(value["can_do"]),
        _facts(value["can_reach"]),
    )


# --- In words -------------------------------------------------------------------------------------------


def _ends(path: Path) -> str:
    return f"{' + '.join(shown(str(s)) for s in path.sources)} → {shown(str(path.target))}"


def _story(path: Path) -> str:
    return " → ".join(
        [" + ".join(shown(str(s)) for s in path.sources), *(shown(str(s.to)) for s in path.steps)]
    )


def _steps_html(path: Path) -> str:
    items = "".join(
        f"<li>{html_text(s.sentence)} ({percent(s.probability)}, {html_text(s.technique)})</li>"
        for s in path.steps
    )
    return f"<ol>{items}</ol>"

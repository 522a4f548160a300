"""What is wrong with an input, and how it is raised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from . import _core


@dataclass(frozen=True)
class Diagnostic:
    """One thing that is wrong, or worth knowing, about an input: where, what, and what would be right."""

    severity: str  #: ``error``, ``warning`` or ``note``.
    code: str  #: Stable, for programs: ``json-syntax``, ``undefined-node``, …
    file: str  #: As the caller named it; empty when no file is concerned.
    line: int | None  #: From 1; None where not known.
    column: int | None  #: From 1, in bytes; None where not known.
    pointer: str  #: RFC 6901 JSON pointer, where one is known.
    message: str
    hint: str  #: What would be right; may be empty.

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        text = f"{place}: {self.severity}: {self.message}" if place else f"{self.severity}: {self.message}"
        if self.pointer:
            text += f" ({self.pointer})"
        if self.hint:
            text += f" — {self.hint}"
        return _core.escape_for_terminal(text.encode("utf-8", "surrogateescape"))


class InputError(ValueError):
    """An inventory or a catalogue that cannot be used.

    ``diagnostics`` lists all that was found, in order: errors, and the warnings and notes between them.
    """

    def __init__(self, message: str, diagnostics: Iterable[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)

    def __str__(self) -> str:
        return str(self.args[0])


class UnknownIdError(InputError, KeyError):
    """An id that the inventory does not have."""


def diagnostics_from(rows: Iterable[tuple[Any, ...]]) -> tuple[Diagnostic, ...]:
    return tuple(Diagnostic(*row) for row in rows)


def input_error(what: str, diagnostics: Sequence[Diagnostic], shown: int = 5) -> InputError:
    """An error whose message lists the first problems, so that a traceback says what to mend."""
    errors = [d for d in diagnostics if d.severity == "error"]
    lines = [what] + [f"  {d}" for d in errors[:shown]]
    if len(errors) > shown:
        lines.append(f"  and {len(errors) - shown} more, see .diagnostics")
    return InputError("\n".join(lines), diagnostics)

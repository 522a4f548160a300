"""How things look. All text of an inventory was written by someone else, so all of it is escaped here."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from . import _core


def shown(text: str, most: int = 80) -> str:
    """For a line of text: no control, invisible or bidirectional characters, no line breaks, not too long."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return _core.escape_for_terminal(cut.encode("utf-8", "surrogateescape"))


def html_text(text: str, most: int = 400) -> str:
    """For HTML, between tags and in quoted attributes."""
    return html.escape(shown(text, most), quote=True)


def percent(probability: float) -> str:
    return _core.percent(probability)


def number(value: float) -> str:
    return f"{value:.4g}"


def counted(n: int, one: str, many: str = "") -> str:
    """``1 target``, ``2 targets``."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def html_table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """A table of cells that are HTML already. No style or script: it takes the notebook's own."""
    head = "".join(f"<th>{h}</th>" for h in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def text_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns two spaces apart, numbers' columns (those whose head begins with a space) to the right."""
    table = [[h.strip() for h in heads]] + [list(row) for row in rows]
    widths = [max(len(row[i]) for row in table) for i in range(len(heads))]
    right = [h.startswith(" ") for h in heads]
    lines = []
    for row in table:
        cells = (c.rjust(w) if r else c.ljust(w) for c, w, r in zip(row, widths, right))
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)

"""What a program's files leave out, and what stands in for it (law 4: whose figure is used is always said)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from longview.gather.folder import FolderRead
from longview.program import Column, Problem, fields, say


class Figure(Protocol):
    """A row of the evidence file, as far as it is told here."""

    unit: str
    grade: str
    best: float
    low: float
    high: float


def fallbacks(found: FolderRead, evidence: Mapping[str, Any]) -> list[Problem]:
    """Every field left out that matters, with what stands in: a figure of the evidence file, or a rule.

    Args:
        found: the folder that was read.
        evidence: key → the figure in use, the program's own in place of the literature's.
    """
    program = found.program
    if program is None:
        return []
    told = list(_facts(found, evidence))
    for name, sheet in found.sheets.items():
        for column in fields()[name].columns:
            if column.fallback is None and not column.told:
                continue
            for row in sheet.rows:
                if getattr(row.value, column.field) is None and _matters(name, column, row.value):
                    code, key, parts = _stands_in(column, row.value, evidence)
                    told.append(sheet.problem(code, row, column.column, found="", key=key, **parts))
    return told


def _facts(found: FolderRead, evidence: Mapping[str, Any]) -> Iterator[Problem]:
    facts = found.facts
    for column in fields()["program"].columns if facts is not None else ():
        if facts is not None and column.column not in facts.table and (column.fallback is not None or column.told):
            code, key, parts = _stands_in(column, found.program, evidence)
            yield say(code, file=facts.file, column=column.column, key=key, **parts)


def _stands_in(column: Column, value: object, evidence: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """The code, the evidence key ("" for a rule) and the words of what stands in."""
    by = getattr(value, column.fallback_by) if column.fallback_by else ""
    key = (column.fallback or {}).get(by, "")
    if key and key in evidence:
        return "fallback", key, {"value": figure_words(evidence[key])}
    return "fallback-rule", "", {"value": column.left_out}


def figure_words(figure: Figure) -> str:
    """A figure with its doubt and grade, as a sentence would say it."""
    unit = "" if figure.unit == "share" else f" {figure.unit}"
    return f"{figure.best:.3g}{unit} (likely {figure.low:.3g} to {figure.high:.3g}; {figure.grade})"


def _matters(sheet: str, column: Column, value: Any) -> bool:
    """Whether the model would read that field of that row at all."""
    if sheet == "sites":
        return value.ours_to_keep and value.condition is not None
    if sheet == "staff":
        return column.field != "benefits" or value.paid_as == "wage"
    if sheet == "funds":
        if column.field == "chance_of_award":
            return bool(value.status != "signed")
        return column.field != "chance_of_renewal" or (value.last is not None and value.origin != "own")
    if column.field == "in_kind_chance_ends":
        return bool(value.in_kind > 0)
    return True

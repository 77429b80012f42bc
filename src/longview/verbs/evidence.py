"""`evidence`: the figures that the model rests on, each with its doubt, grade, source and whose it is."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from longview.evidence import Evidence, Parameter, load
from longview.verbs import NotReadyError, WrongUseError

GRADES = {
    "strong": "several good studies that agree",
    "moderate": "one good study, or the fitted value of a public model",
    "weak": "small, old, foreign or indirect",
    "assumption": "no source found: the range is our judgement",
}
ROLES = {
    "input": "read by the model",
    "target": "what calibration aims at; not read",
    "check": "compared with what the model makes; not read",
}


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One figure, as it is shown: `low`-`high` covers `level` of what it may be, `best` is the middle.

    Attributes:
        whose: "yours" or "literature". instead_of: where yours, what the evidence file says.
        grade, source, place, note: those of the file, also where the figure is yours.
    """

    key: str
    name: str
    unit: str
    best: float
    low: float
    high: float
    level: float
    grade: str
    source: str
    place: str
    note: str
    role: str
    ask: str
    whose: str
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """What `evidence` answers: one row in full, or all of them in brief.

    Attributes:
        rows: in the order of the file. hash: of all inputs, own values included.
    """

    rows: tuple[EvidenceRow, ...]
    hash: str

    def text(self, width: int = 80) -> str:
        """For the terminal, in lines of `width` at most."""
        if len(self.rows) == 1:
            return _in_full(self.rows[0], width)
        return "\n".join(_in_brief(self.rows, width))


def evidence(key: str | None = None, program: Path | None = None) -> EvidenceReport:
    """One row of the evidence by its key, or all rows; a program's own figures stand in place of the literature's.

    Raises:
        WrongUseError: no row has that key, or an own figure can't be.
        NotReadyError: the program's files have problems.
    """
    known = load() if program is None else _with_own(program)
    if key is None:
        return EvidenceReport(tuple(map(_row, known.rows.values())), known.hash)
    try:
        return EvidenceReport((_row(known[key]),), known.hash)
    except KeyError as error:
        raise WrongUseError(_sentence(error.args[0])) from None


def _with_own(program: Path) -> Evidence:
    from longview.gather import read_folder

    found, _ = read_folder(program, evidence_keys=load().rows)
    if found is None:
        from longview.verbs.check import check

        raise NotReadyError(check(program))
    try:
        return load(found.own_values)
    except ValueError as error:
        raise WrongUseError(f"{program.name}/evidence.toml: {error}") from None


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + ("" if words.endswith("?") else ".")


def _row(found: Parameter) -> EvidenceRow:
    return EvidenceRow(
        found.key,
        found.name,
        found.unit,
        found.best,
        found.low,
        found.high,
        found.level,
        found.grade,
        found.source,
        found.place,
        found.note,
        found.role,
        found.ask,
        found.whose,
        "" if found.whose == "literature" else spread(load()[found.key]),
    )


def number(value: float) -> str:
    """Three digits, without an exponent."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{float(f'{value:.3g}'):f}".rstrip("0").rstrip(".") or "0"


def spread(row: EvidenceRow | Parameter) -> str:
    """`0.41 (0.32 to 0.52)`."""
    return f"{number(row.best)} ({number(row.low)} to {number(row.high)})"


def _in_brief(rows: tuple[EvidenceRow, ...], width: int) -> list[str]:
    lines: list[str] = []
    for role, words in ROLES.items():
        chosen = [row for row in rows if row.role == role]
        if not chosen:
            continue
        lines += ["", f"{_sentence(words)[:-1]} ({len(chosen)})"]
        for row in chosen:
            whose = "yours" if row.whose == "yours" else row.grade
            lines += [f"  {row.key}"]
            lines += textwrap.wrap(row.name, width, initial_indent="    ", subsequent_indent="    ")
            lines += [f"    {spread(row)} {row.unit} · {whose}"]
    grades: Mapping[str, int] = {
        grade: sum(row.grade == grade for row in rows if row.role == "input") for grade in GRADES
    }
    counts = ", ".join(f"{count} {grade}" for grade, count in grades.items())
    lines += ["", *textwrap.wrap(f"Of what the model reads: {counts}.", width)]
    return [*lines, "For one of them in full, with its source: longview evidence KEY"][1:]


def _in_full(row: EvidenceRow, width: int) -> str:
    source = ", ".join(filter(None, (row.source, row.place))) or "none found"
    used = f"{spread(row)} {row.unit}: {row.level:.0%} likely in between"
    parts = [("is", row.name)]
    if row.whose == "yours":
        parts += [
            ("used", f"{used}; your own figure"),
            ("instead of", f"{row.instead_of}, {row.grade}; source: {source}"),
        ]
    else:
        parts += [("used", used), ("grade", f"{row.grade}: {GRADES[row.grade]}"), ("source", source)]
    parts += [("note", row.note), ("role", ROLES[row.role]), ("find out", "" if row.whose == "yours" else row.ask)]
    lines = [row.key]
    for label, words in parts:
        if words:
            lines += textwrap.wrap(words, width, initial_indent=f"  {label:<10} ", subsequent_indent=" " * 13)
    if row.role == "input" and row.whose == "literature":
        own = f"{row.key} = {{ low = {number(row.low)}, best = {number(row.best)}, high = {number(row.high)} }}"
        lines += ["", "  Yours wins: write it in your program's evidence.toml, for example", f"    {own}"]
    return "\n".join(lines)


__all__ = ["EvidenceReport", "EvidenceRow", "evidence"]

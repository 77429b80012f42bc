"""Studies in words: lines of a terminal's table, and the page docs/validation.md."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from longview.program import Range
from longview.validation.form import CLASSES, COUNTED, Arm, Move, Study, Target
from longview.validation.ranking_told import page_lines, terminal_lines
from longview.validation.run import Reproduced
from longview.validation.verdict import Verdict


def number(value: float, digits: int = 3) -> str:
    """So many digits, without an exponent; what is not finite in words."""
    if math.isnan(value):
        return "none"
    if math.isinf(value):
        return "never"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) < 1e-4 and value != 0:
        return f"{value:.2g}"
    return f"{float(f'{value:.{digits}g}'):f}".rstrip("0").rstrip(".") or "0"


def published(target: Target) -> str:
    """`0.21 (0.12 to 0.32)`, `at most 56`."""
    if target.at_most is not None:
        return f"at most {number(target.at_most)}"
    if target.at_least is not None:
        return f"at least {number(target.at_least)}"
    ends = "" if target.low is None or target.high is None else f"{number(target.low)} to {number(target.high)}"
    if target.published is None:
        return ends or "not told"
    return f"{number(target.published, 6)}" + (f" ({ends})" if ends else "")


def ours(found: Verdict) -> str:
    """`0.19 (0.11 to 0.3)`."""
    if found.doubtless:
        return number(found.point, 4)
    return f"{number(found.point)} ({number(found.low)} to {number(found.high)})"


def tolerance(target: Target) -> str:
    """Where our point may lie, in words."""
    if target.within is not None:
        return f"{number(target.within[0])} to {number(target.within[1])}"
    if target.relative is not None:
        return f"±{number(target.relative * 100)}%"
    if target.absolute is not None:
        return f"±{number(target.absolute)}"
    if target.low is not None and target.high is not None:
        return "the published interval"
    return "" if target.bound is None else "the bound"


def verdict_words(found: Verdict) -> str:
    """Inside or outside, and of what."""
    if found.inside is None:
        return "shown"
    if found.inside:
        return "inside"
    if found.within:
        return "outside: our interval misses it"
    return "outside" if found.covers is not False else "outside, our interval too"


def summary(found: Reproduced) -> str:
    """A study in a word or two."""
    if found.trouble:
        return "not run"
    if found.study.structural and not found.outcomes:
        return "can't be had"
    if found.inside is None:
        return "shown"
    return ("inside" if found.inside else "outside") + ("" if found.study.cls in COUNTED else ", not counted")


def tally(studies: Sequence[Reproduced]) -> str:
    """How many of what is counted are inside."""
    parts = []
    for cls, words in (("formula", "formulas"), ("run", "runs")):
        held = [s for s in studies if s.study.cls == cls]
        if held:
            parts.append(f"{sum(s.inside is True for s in held)} of {len(held)} {words}")
    return "Inside what was published: " + (" and ".join(parts) or "nothing is counted here") + "."


def table_text(studies: Sequence[Reproduced], width: int = 80) -> str:
    """Every study and outcome, for the terminal."""
    lines: list[str] = []
    for found in studies:
        study = found.study
        lines += textwrap.wrap(f"{study.id}  {study.title}", width, subsequent_indent=" " * (len(study.id) + 2))
        lines += [f"    {study.cls}, {summary(found)}"]
        if found.trouble:
            lines += textwrap.wrap(found.trouble, width - 4, initial_indent="    ", subsequent_indent="    ")
        for v in found.outcomes:
            lines += textwrap.wrap(v.name, width - 4, initial_indent="    ", subsequent_indent="    ")
            marks = "" if v.counted or v.inside is None else " (not counted)"
            lines += [
                f"      published {published(v.target)}",
                f"      ours      {ours(v)}   {verdict_words(v)}{marks}",
            ]
        if found.ranking is not None:
            lines += terminal_lines(found.ranking, width)
        why = " ".join(filter(None, (study.structural, study.why)))
        lines += textwrap.wrap(why, width - 4, initial_indent="    ", subsequent_indent="    ")
        lines += [""]
    if len(studies) > 1:
        lines += [*brief(studies, width), ""]
    return "\n".join([*lines, *textwrap.wrap(tally(studies), width)])


def brief(studies: Sequence[Reproduced], width: int) -> list[str]:
    """A line a study."""
    longest = max(len(found.study.id) for found in studies)
    lines = []
    for found in studies:
        left = f"  {found.study.id:<{longest}}  {found.study.cls:<8}  {summary(found):<20}  "
        lines.append(left + textwrap.shorten(found.study.title, max(width - len(left), 12), placeholder=" …"))
    return lines


def page(studies: Sequence[Reproduced]) -> str:
    """The studies' part of docs/validation.md."""
    lines = ["| study | class | outcomes inside | |", "| --- | --- | --- | --- |"]
    for found in studies:
        held = [v for v in found.outcomes if v.inside is not None and v.counted]
        count = f"{sum(bool(v.inside) for v in held)} of {len(held)}" if held else ""
        name = f"[{found.study.id}](#{found.study.id.lower()}) {found.study.title}"
        lines.append(f"| {name} | {found.study.cls} | {count} | {summary(found)} |")
    lines += [
        "",
        tally(studies),
        "",
        "Classes: " + "; ".join(f"*{name}*: {words}" for name, words in CLASSES.items()) + ".",
    ]
    for found in studies:
        lines += ["", *_section(found)]
    return "\n".join(lines) + "\n"


def _section(found: Reproduced) -> list[str]:
    study = found.study
    lines = [f"## {study.id}", "", f"**{study.title}.** {study.source}. Class: {study.cls}; {summary(found)}.", ""]
    if found.trouble:
        lines += [f"Not run: {found.trouble}", ""]
    if found.outcomes:
        lines += [
            "| what | published | ours, 90% of futures | our point may lie in | |",
            "| --- | --- | --- | --- | --- |",
        ]
        for v in found.outcomes:
            said = verdict_words(v) + ("" if v.counted or v.inside is None else ", not counted")
            name = v.name + (f" ({v.unit})" if v.unit else "") + (f". {v.note}" if v.note else "")
            lines.append(f"| {name} | {published(v.target)} | {ours(v)} | {tolerance(v.target)} | {said} |")
        lines += [""]
    if found.ranking is not None:
        lines += [*page_lines(found.ranking), ""]
    for words in (inputs_told(study), study.structural, study.why):
        if words:
            lines += [*textwrap.wrap(words, 120, break_long_words=False), ""]
    if found.lost > 0.005:
        lines += [f"{found.lost:.0%} of futures did not settle under these inputs and are left out.", ""]
    return lines[:-1]


def inputs_told(study: Study) -> str:
    """What the study's file states of its place, its evidence and its arms, in a line."""
    if study.kind == "ranking":
        return ""
    parts = [_table(study.population), _table(study.table), _table(study.structure), _table(study.evidence)]
    shared = ", ".join(filter(None, parts))
    arms = [f"*{arm.name}*: {told}" for arm in study.arms if (told := _arm(arm, study))]
    listed = "; ".join(arms) if len(arms) <= 6 else "; ".join([*arms[:3], "…", arms[-1]])
    return " ".join(filter(None, (shared and f"Set here: {shared}.", listed and f"Arms: {listed}.")))


def _arm(arm: Arm, study: Study) -> str:
    own = {key: value for key, value in arm.outbreak.items() if study.table.get(key) != value}
    moved = ", ".join(f"`{m.lever}` {_op(m)}" for m in arm.levers)
    stated = {"met": arm.met, "kits_per_person": arm.kits_per_person, "days": arm.days}
    stated |= {"covered": arm.covered or None, "on_moud": arm.on_moud or None}
    facts = {key: value for key, value in stated.items() if value is not None}
    return ", ".join(filter(None, (_table(arm.population), _table(arm.evidence), _table(own), _table(facts), moved)))


def _op(move: Move) -> str:
    sign = {"set": "", "multiply": "× ", "add": "+ "}[move.op]
    ramp = f" over {number(move.months)} months" if move.months else ""
    since = f" from month {move.start}" if move.start else ""
    return f"{sign}{number(move.to)}{since}{ramp}" + (f" until month {move.until}" if move.until is not None else "")


def _table(table: Mapping[str, Any]) -> str:
    return ", ".join(f"`{key}` {_figure(value)}" for key, value in table.items())


def _figure(value: Any) -> str:
    if isinstance(value, Range):
        if value.low == value.high:
            return number(value.best, 6)
        return f"{number(value.best, 6)} ({number(value.low, 6)} to {number(value.high, 6)})"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(float(value), 6) if isinstance(value, int | float) else str(value)

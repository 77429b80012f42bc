"""What a workbook says of a column, in the field table's own words."""

from __future__ import annotations

import tomllib

from longview.program import Column

FORMAT_FACT = "format"
FORMAT_WHAT = "the layout of this workbook, which Longview reads; leave it as it is."


def header_note(column: Column, money: str) -> str:
    """The note on a column's header: what it is, its unit, what may stand there, an example, and what blank means."""
    lines = [_sentence(column.what)]
    if unit := unit_words(column, money):
        lines.append(f"{unit[:1].upper()}{unit[1:]}.")
    if column.choices:
        lines.append(f"One of: {', '.join(column.choices)}.")
    if column.type == "refs":
        lines.append("Several are parted by a semicolon.")
    lines.append(f"For example: {example(column)[0] or example(column)[1]}")
    lines.append(blank_means(column))
    return "\n".join(lines)


def fact_note(column: Column, money: str) -> str:
    """What a fact is, beside it on the program sheet."""
    unit = unit_words(column, money) if column.type in ("money", "share") else ""
    return f"{_sentence(column.what)[:-1]}{', ' if unit else ''}{unit}. {blank_means(column)}"


def unit_words(column: Column, money: str) -> str:
    """A column's unit in words; `money` is what a unit of money is called ("USD")."""
    if column.type == "share" and column.unit.startswith("share"):
        return f"as a {column.unit}: 0.25 or 25% is a quarter"
    return f"in {column.unit.replace('money', money)}" if column.unit else ""


def blank_means(column: Column) -> str:
    """What it means where the cell is left blank."""
    return "Needed." if column.left_out is None else f"If left blank: {column.left_out}."


def example(column: Column) -> tuple[str, str]:
    """A column's example: (as one cell, or in words where it takes several)."""
    if column.type not in ("range", "shares"):
        return column.example, ""
    parts = tomllib.loads(f"said = {column.example}")["said"]
    if column.type == "range":
        return "", f"value {parts['best']}, low {parts['low']}, high {parts['high']}"
    return "", "; ".join(f"area {area}, value {share}" for area, share in parts.items())


def filled_note(source: str) -> str:
    """The note on a figure that was filled in."""
    return f"Filled in: {source}. Write your own over it."


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".") + "."

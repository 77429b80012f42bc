"""A `Program` into the text of its folder's files; `read_folder` reads it back without loss."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any

from longview.gather.zeros import as_written
from longview.program import Column, Count, Program, Range, Sheet, fields, types

_LOOKS_LIKE_FORMULA = re.compile(r"'*[=+\-@]")
_NEEDS_QUOTES = re.compile(r'[",;\t\r\n]')
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def folder_texts(program: Program, *, all_columns: bool = False) -> dict[str, str]:
    """File name → text, for the files that a program needs: sheets without rows are left out.

    Raises:
        ValueError: a text that a file can't hold.
    """
    texts = {"program.toml": _facts(program)}
    for sheet in fields().values():
        rows: tuple[Any, ...] = attrgetter(sheet.into)(program) if sheet.into else ()
        if sheet.into and (rows or sheet.needed):
            texts[sheet.file] = sheet_text(sheet, rows, all_columns=all_columns)
    if program.own_values:
        texts["evidence.toml"] = own_values_text(program.own_values)
    return texts


def sheet_text(sheet: Sheet, rows: tuple[Any, ...], *, all_columns: bool = False) -> str:
    """A sheet's text: the columns that are needed or used (or all), then the rows."""
    rows = as_written(sheet.name, rows)
    columns = [c for c in sheet.columns if all_columns or c.needed or c.type == "id" or _used(c, sheet, rows)]
    lines = [[column.column for column in columns]]
    lines += [[_cell(column, getattr(row, column.field)) for column in columns] for row in rows]
    return "".join(",".join(_quoted(cell) for cell in line) + "\n" for line in lines)


def _used(column: Column, sheet: Sheet, rows: tuple[Any, ...]) -> bool:
    """Whether any row says something else there than a blank cell would."""
    found = next(f for f in dataclasses.fields(getattr(types, sheet.type)) if f.name == column.field)
    default = found.default
    if default is dataclasses.MISSING:
        default = Count.blank() if column.type == "count" else () if column.type == "months" else None
    return any(getattr(row, column.field) != default for row in rows)


def _cell(column: Column, value: Any) -> str:
    text = plain_text(column, value)
    return _guarded(text) if column.type in ("text", "ref", "id") else text


def plain_text(column: Column, value: Any) -> str:
    """What the cell of a column says for a value, before any file's own way to write it.

    Raises:
        ValueError: a text that no file can hold.
    """
    if value is None:
        return ""
    if column.type in ("text", "ref", "id"):
        return _checked(str(value))
    if column.type == "refs":
        return "; ".join(value)
    if column.type == "months":
        return "; ".join(str(month) for month in value)
    if column.type == "yes-no":
        return "yes" if value else "no"
    if column.type == "time":
        return _time(value)
    if column.type == "count" and column.optional_count:
        return str(value) or "blank"
    return number_text(value) if isinstance(value, float | Decimal) else str(value)


def _quoted(cell: str) -> str:
    """A cell as CSV writes it. (The standard writer leaves a lone carriage return bare, which breaks the row.)"""
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell


def _checked(text: str) -> str:
    if not text or text != text.strip() or "\0" in text:
        raise ValueError(f"a file can't hold this text as it is: {text[:60]!r}")
    return text


def _guarded(text: str) -> str:
    """Text that Excel would take for a formula gets an apostrophe in front, which reading takes off again."""
    return "'" + text if _LOOKS_LIKE_FORMULA.match(text) else text


def number_text(value: float | Decimal) -> str:
    """A number in plain digits, or with an exponent where it is very large or small; it reads back as the same."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _time(hours: float) -> str:
    """`17:30` where that is exact, else hours with three digits after the point or more (9.30 would be unclear)."""
    whole, minutes = int(hours), round((hours - int(hours)) * 60)
    if minutes < 60 and whole + minutes / 60 == hours:
        return f"{whole}:{minutes:02d}"
    written = repr(hours)
    return written + "0" if re.fullmatch(r"\d+\.\d\d", written) else written


def _facts(program: Program) -> str:
    lines = ["format = 1"]
    for column in fields()["program"].columns:
        value = getattr(program, column.field)
        if value is not None and (column.type != "shares" or value):
            lines.append(f"{column.column} = {_toml(value)}")
    return "\n".join(lines) + "\n"


def own_values_text(values: Mapping[str, Range]) -> str:
    """Own evidence values as the text of `evidence.toml`."""
    return "".join(f"{_key(key)} = {_toml(value)}\n" for key, value in values.items())


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Range):
        return "{ " + ", ".join(f"{end} = {number_text(getattr(value, end))}" for end in ("low", "best", "high")) + " }"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {number_text(share)}" for key, share in value.items()) + " }"
    if isinstance(value, float | Decimal):
        return number_text(value)
    return str(value) if isinstance(value, int) else _string(_checked(str(value)))


def _key(text: str) -> str:
    return text if _BARE_KEY.fullmatch(text) else _string(text)


def _string(text: str) -> str:
    # JSON's escapes are TOML's too, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

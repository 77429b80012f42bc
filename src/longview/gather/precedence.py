"""Which telling of a month stands where a program's own rows and several imports tell it.

The program's own row wins over an import, and a later import over an earlier one. Lines of money have no key: a later
import of the same book takes the place of what earlier ones say of the days that it covers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from longview.gather.rows import Row, Sheet
from longview.program import Problem

if TYPE_CHECKING:
    from longview.gather.keeping.manifest import Manifest

KEYS = {
    "services": ("month", "site", "measure"),
    "community": ("month", "over", "area", "case", "measure", "source"),
    "rates": ("month", "over", "area", "case", "measure", "source"),
    "workforce": ("month", "role"),
}
"""Sheet of records → what tells its rows apart; no two rows of a file may have all of it in common."""

Imported = tuple["Manifest", tuple[Row, ...]]


def key_of(sheet: str, value: Any) -> tuple[object, ...]:
    """What tells a row of one of `KEYS` from the others."""
    return tuple(getattr(value, name) for name in KEYS[sheet])


def standing(sheet: Sheet, own: tuple[Row, ...], imports: Sequence[Imported]) -> tuple[Sheet, list[Problem]]:
    """The sheet with the rows that stand, and doubts where the program's own rows and an import part.

    Args:
        sheet: its tables, not yet its rows.
        own: the program's own rows.
        imports: (manifest, rows) of each import, the earliest first.
    """
    if not imports:
        return Sheet(sheet.tables, own), []
    if sheet.fields.name == "money":
        return _money(sheet, own, imports)
    name = sheet.fields.name
    mine = {key_of(name, row.value): row for row in own}
    stands: dict[tuple[object, ...], Row] = {}
    over: list[Row] = []
    doubts: list[Problem] = []
    for _, rows in imports:
        for row in rows:
            key = key_of(name, row.value)
            if key in mine:
                over.append(row)
                if row.value != mine[key].value:
                    where = f"{row.table.file}, row {row.number}"
                    doubts.append(sheet.problem("own-over-import", mine[key], _column(name), where=where))
                continue
            if key in stands:
                over.append(stands.pop(key))
            stands[key] = row
    return Sheet(sheet.tables, (*own, *stands.values()), tuple(over)), doubts


def _column(sheet: str) -> str:
    return "role" if sheet == "workforce" else "value"


def _money(sheet: Sheet, own: tuple[Row, ...], imports: Sequence[Imported]) -> tuple[Sheet, list[Problem]]:
    stands: list[tuple[Manifest, Row]] = []
    over: list[Row] = []
    for manifest, rows in imports:
        replaced = [one for one in stands if manifest.replaces(one[0], one[1].value.date)]
        over += [row for _, row in replaced]
        gone = {id(row) for row in over}
        stands = [one for one in stands if id(one[1]) not in gone] + [(manifest, row) for row in rows]
    mine = Counter(row.value for row in own)
    both = [row for _, row in stands if mine[row.value]]
    doubts = []
    if both:
        first = next(row for row in own if row.value == both[0].value)
        doubts.append(sheet.problem("money-twice", first, "amount", lines=len(both), where=both[0].table.file))
    return Sheet(sheet.tables, (*own, *(row for _, row in stands)), tuple(over)), doubts

"""Works out a workbook's formulas anew: the few forms that ours are written in, and no other."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

CELL = r"(?:'([^']+)'!)?\$?([A-Z]+)\$?(\d+)"
TOKEN = re.compile(rf"\s*(?:(?P<text>\"[^\"]*\")|(?P<range>{CELL}:{CELL})|(?P<cell>{CELL})|(?P<name>[A-Z]+)\(|"
                   r"(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+/=(),<>&]))")  # fmt: skip


class Worked:
    """A workbook whose formulas are worked out from what is typed; `typed` changes cells first: (sheet, cell) → value."""

    def __init__(self, path: Path, typed: dict[tuple[str, str], Any] | None = None) -> None:
        self.book = load_workbook(path)
        self.typed = typed or {}
        self.known: dict[tuple[str, str], Any] = {}

    def formulas(self) -> list[tuple[str, str]]:
        """Where a formula stands."""
        return [
            (sheet.title, cell.coordinate)
            for sheet in self.book
            for row in sheet.iter_rows()
            for cell in row
            if cell.data_type == "f"
        ]

    def at(self, sheet: str, cell: str) -> Any:
        """A cell's value; money as exact decimals."""
        if (sheet, cell) not in self.known:
            value = self.typed.get((sheet, cell), self.book[sheet][cell].value)
            if isinstance(value, str) and self.book[sheet][cell].data_type == "f":
                value = _Reading(self, sheet, value[1:]).all()
            elif isinstance(value, (int, float)):
                value = Decimal(str(value))
            elif isinstance(value, (datetime, date)):
                value = Decimal((date(value.year, value.month, value.day) - date(1899, 12, 30)).days)
            self.known[sheet, cell] = value
        return self.known[sheet, cell]


class _Reading:
    """One formula: sums and differences of products' kin, comparisons, and the functions below."""

    def __init__(self, worked: Worked, sheet: str, text: str) -> None:
        self.worked, self.sheet, self.text, self.place = worked, sheet, text, 0

    def all(self) -> Any:
        value = self._compared()
        assert self.place == len(self.text), f"no way to read {self.text!r} from {self.place}"
        return value

    def _peek(self) -> re.Match[str]:
        found = TOKEN.match(self.text, self.place)
        assert found is not None, f"no way to read {self.text!r} from {self.place}"
        return found

    def _sign(self, *wanted: str) -> str | None:
        found = TOKEN.match(self.text, self.place)
        if found is None or found["sign"] not in wanted:
            return None
        self.place = found.end()
        return found["sign"]

    def _compared(self) -> Any:
        value = self._sum()
        while sign := self._sign("=", "&"):
            other = self._sum()
            value = value == other if sign == "=" else f"{value}{other}"
        return value

    def _sum(self) -> Any:
        value = self._quotient()
        while sign := self._sign("+", "-"):
            other = self._quotient()
            value = (value or 0) + (other or 0) if sign == "+" else (value or 0) - (other or 0)
        return value

    def _quotient(self) -> Any:
        value = self._one()
        while self._sign("/"):
            value = value / self._one()
        return value

    def _one(self) -> Any:
        found = self._peek()
        self.place = found.end()
        if found["text"] is not None:
            return found["text"][1:-1]
        if found["number"] is not None:
            return Decimal(found["number"])
        if found["range"]:
            return self._range(found["range"])
        if found["cell"]:
            sheet, column, row = re.fullmatch(CELL, found["cell"]).groups()  # type: ignore[union-attr]
            return self.worked.at(sheet or self.sheet, column + row)
        assert found["name"], f"{found['sign']!r} begins nothing in {self.text!r}"
        return self._function(found["name"])

    def _range(self, text: str) -> list[Any]:
        cells = self.worked.book[self.sheet][text.replace("$", "")]
        rows = cells if isinstance(cells, tuple) else ((cells,),)
        flat = [c for row in rows for c in (row if isinstance(row, tuple) else (row,))]
        return [self.worked.at(self.sheet, c.coordinate) for c in flat]

    def _function(self, name: str) -> Any:
        given: list[Any] = []
        if not self._sign(")"):
            given.append(self._compared())
            while self._sign(","):
                given.append(self._compared())
            assert self._sign(")")
        return getattr(self, "of_" + name.lower())(*given)

    def of_sum(self, values: list[Any]) -> Decimal:
        return sum((v for v in values if isinstance(v, Decimal)), Decimal(0))

    def of_min(self, values: list[Any]) -> Decimal:
        return min(v for v in values if isinstance(v, Decimal))

    def of_index(self, values: list[Any], place: Decimal) -> Any:
        return values[int(place) - 1]

    def of_match(self, wanted: Any, values: list[Any], kind: Decimal) -> Decimal:
        assert kind == 0
        return Decimal(values.index(wanted) + 1)

    def of_countif(self, values: list[Any], test: str) -> Decimal:
        assert test[0] == "<"
        return Decimal(sum(v < Decimal(test[1:]) for v in values))

    def of_if(self, test: Any, yes: Any, no: Any) -> Any:
        return yes if test else no

    def of_round(self, value: Decimal, places: Decimal) -> Decimal:
        return round(value, int(places))

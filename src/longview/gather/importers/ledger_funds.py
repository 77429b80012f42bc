"""Classes of a ledger as funds of the program: by id, by name, or as mappings.toml remembers; else `unassigned`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from longview.gather.importers.ledger_amounts import ZERO, counted, money_words
from longview.gather.importers.ledger_ties import fold
from longview.gather.names import Names, near
from longview.program import LedgerLine, Problem, Program, say, shortened

UNASSIGNED = "unassigned"
NO_CLASS = frozenset({"", "not specified", "unclassified", "no class", "none", "(no class)", "--", "-"})

_Why = Literal["known", "untagged", "unknown", "no-fund"]


@dataclass(slots=True)
class _Class:
    fund: str
    why: _Why
    said: str = ""  # the fund that mappings.toml names, where there is none
    lines: int = 0
    sums: dict[str, Decimal] = field(default_factory=dict)


class Classes:
    """What each class of an export is to the program, and how many lines it has.

    Args:
        funds: class → fund id or "unassigned", as mappings.toml remembers.
    """

    def __init__(self, program: Program, funds: Mapping[str, str] | None) -> None:
        self.names = Names("funds", {fund.id: fund.name for fund in program.funds})
        self._said = {fold(name): fund for name, fund in (funds or {}).items()}
        self._classes: dict[str, _Class] = {}

    def fund(self, name: str) -> str:
        """The fund of a class."""
        return self._of(name).fund

    def count(self, name: str, line: LedgerLine) -> None:
        """Count a line of a class, for the doubts."""
        found = self._of(name)
        found.lines += 1
        found.sums[line.kind] = found.sums.get(line.kind, ZERO) + line.amount

    def doubts(self, file: str, column: str) -> list[Problem]:
        """What is to be looked at: lines without a class, and classes that no fund is known for."""
        doubts = []
        untagged = [one for one in self._classes.values() if one.why == "untagged" and one.lines]
        if untagged:
            together: dict[str, Decimal] = {}
            for one in untagged:
                for kind, sum_ in one.sums.items():
                    together[kind] = together.get(kind, ZERO) + sum_
            lines = counted(sum(one.lines for one in untagged), "line")
            doubts.append(say("ledger-untagged", file=file, column=column, lines=lines, sums=_sums(together)))
        for name, one in self._classes.items():
            place: dict[str, Any] = {"file": file, "column": column, "found": name, "lines": counted(one.lines, "line")}
            if one.why == "no-fund" and one.lines:
                hint = self.names.hint(one.said)
                parts: dict[str, Any] = {"name": shortened(name, 40), "fund": shortened(one.said, 40)}
                doubts.append(say("ledger-fund-unknown", **place, **parts, hint=hint))
            elif one.why == "unknown" and one.lines:
                doubts.append(say("ledger-class-unknown", **place, sums=_sums(one.sums), typed=self._typed(name)))
        return doubts

    def _of(self, name: str) -> _Class:
        found = self._classes.get(name)
        if found is None:
            found = self._classes[name] = self._looked_up(name)
        return found

    def _looked_up(self, name: str) -> _Class:
        said = self._said.get(fold(name))
        if said is not None:
            if said == UNASSIGNED or said in self.names.ids:
                return _Class(said, "known")
            return _Class(UNASSIGNED, "no-fund", said)
        if fold(name) in NO_CLASS:
            return _Class(UNASSIGNED, "untagged")
        for words in _ways(name):
            if (fund := self.names.find(words)) is not None:
                return _Class(fund, "known")
            if (said := self._said.get(fold(words))) is not None and said in (UNASSIGNED, *self.names.ids):
                return _Class(said, "known")
        return _Class(UNASSIGNED, "unknown")

    def _typed(self, name: str) -> str:
        """The line of mappings.toml that would say which fund a class is; the nearest fund, where one is near."""
        closest = near(name, [*self.names.ids, *(words for words in self.names.ids.values() if words)])
        fund = (self.names.find(closest) or closest) if closest else next(iter(self.names.ids), UNASSIGNED)
        quoted = shortened(name, 80).replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" = "{fund}"' + ("" if closest else "  (or another fund)")


def _ways(name: str) -> list[str]:
    """A class as a program may name it: "Outreach (Programs)" and "Programs:Outreach" are Outreach."""
    whole = " ".join(name.split())
    ways = [whole, whole.rsplit(":", 1)[-1].strip()]
    if found := re.fullmatch(r"(.+?)\s*\([^()]*\)", whole):
        ways.append(found[1])
    if whole.casefold().endswith(" - other"):
        ways.append(whole[: -len(" - other")].strip())
    return list(dict.fromkeys(way for way in ways if way))


def _sums(sums: Mapping[str, Decimal]) -> str:
    return ", ".join(f"{kind} {money_words(value)}" for kind, value in sums.items())

"""Doubts about what funders ask for, and about asking and declining them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from longview.gather.folder import FolderRead
from longview.gather.rows import Row
from longview.program import Fund, Problem, Program, items

PLANNED = ("visits", "kits_out", "syringes_out", "participants_month", "reversals")
"""Measures of `services` that a promise to a funder can be planned for; any other is kept."""
_KINDS = {
    "fund": ("ask", "decline"),
    "amount": ("ask",),
    "chance": ("ask",),
    "decision": ("ask",),
    "stops": ("stop",),
}
_FEDERAL = ("federal", "pass-through")  # money handed on is federal money still, and matches none


def ask_doubts(found: FolderRead, program: Program) -> list[Problem]:
    """All doubts about budgets, limits of transfer, match, promises, asks and declines."""
    checks = (_kinds, _decisions, _lines, _budgets, _matched, _promises)
    return [problem for check in checks for problem in check(found, program)]


def _kinds(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("choices"):
        for column, kinds in _KINDS.items():
            if getattr(row.value, column) not in (None, ()) and row.value.kind not in kinds:
                parts = {"kinds": " or ".join(kinds), "kind": row.value.kind}
                yield found.sheets["choices"].problem("not-of-kind", row, column, **parts)


def _decisions(found: FolderRead, program: Program) -> Iterator[Problem]:
    """Of a signed fund that is asked for more, the term after the decision counts, so that nothing is late."""
    funds = {fund.id: fund for fund in program.funds}
    for row in found.rows("choices"):
        fund = funds.get(row.value.fund or "")
        late = fund is not None and row.value.decision is not None and row.value.decision > fund.first
        if fund is not None and late and row.value.kind == "ask" and fund.status != "signed":
            yield found.sheets["choices"].problem("decided-late", row, "decision", first=fund.first)


def _lines(found: FolderRead, program: Program) -> Iterator[Problem]:
    """A line of a budget that stands twice, or beside a line for its whole category."""
    first: dict[tuple[str, str], Row] = {}
    rows = found.rows("fund_lines")
    for row in rows:
        first.setdefault((row.value.fund, row.value.line), row)
    for row in rows:
        fund, line = row.value.fund, row.value.line
        category = items()[line].category if line in items() else ""
        if first[fund, line] is not row:
            yield found.sheets["fund_lines"].problem(
                "budget-twice", row, "line", line=line, other=first[fund, line].number
            )
        elif (fund, category) in first and category != line:
            parts = {"line": line, "category": category, "other": first[fund, category].number}
            yield found.sheets["fund_lines"].problem("budget-overlap", row, "line", **parts)


def _budgets(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("funds"):
        fund, sheet = row.value, found.sheets["funds"]
        lines = [line.amount for line in program.budget if line.fund == fund.id]
        if sum(lines, Decimal(0)) > fund.amount:
            yield sheet.problem("budget-over-award", row, "amount", sum=sum(lines, Decimal(0)), amount=fund.amount)
        if fund.transfer_limit is not None and not lines:
            yield sheet.problem("transfer-no-budget", row, "transfer_limit")


def _matched(found: FolderRead, program: Program) -> Iterator[Problem]:
    gifts = any(supply.counts_as_match and supply.in_kind > 0 for supply in program.supplies)
    for row in found.rows("funds"):
        if row.value.match > 0 and not gifts and not any(_beside(row.value, other) for other in program.funds):
            yield found.sheets["funds"].problem("match-no-money", row, "match")


def _beside(fund: Fund, other: Fund) -> bool:
    """Whether another fund's money may stand beside what is charged to this one."""
    return other.id != fund.id and other.amount > 0 and other.origin not in (*_FEDERAL, fund.origin)


def _promises(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("deliverables"):
        if row.value.measure not in PLANNED:
            parts = {"measures": ", ".join(PLANNED)}
            yield found.sheets["deliverables"].problem("promise-not-planned", row, "measure", **parts)

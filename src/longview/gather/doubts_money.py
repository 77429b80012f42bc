"""Doubts about money: who may pay what, until when, and what a kind of money may not buy."""

from __future__ import annotations

from collections.abc import Iterator

from longview.gather.folder import FolderRead
from longview.gather.rows import Row
from longview.program import Fund, Month, Problem, Program, fund_may_pay, items, measures, presets

PAY_ITEMS = {"wage": "wages", "stipend": "stipends", "contract": "contracts"}


def money_doubts(found: FolderRead, program: Program) -> list[Problem]:
    """All doubts about funds, and about who pays for posts, costs and options."""
    checks = (_funds, _presets, _posts, _costs, _prices)
    return [problem for check in checks for problem in check(found, program)]


def _funds(found: FolderRead, program: Program) -> Iterator[Problem]:
    counted = {row.measure for row in program.records.services} | set(measures())
    for row in found.rows("funds"):
        fund, sheet = row.value, found.sheets["funds"]
        if fund.last is not None and fund.last < program.starts:
            yield sheet.problem("fund-over", row, "until", start=program.starts)
        if fund.received > fund.amount:
            yield sheet.problem("lost-award", row, "received", amount=fund.amount)
        if fund.pays == "per-unit" and fund.unit is not None and fund.unit not in counted:
            yield sheet.problem("unit-not-counted", row, "unit")


def _presets(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("funds"):
        fund, sheet = row.value, found.sheets["funds"]
        if fund.preset:
            preset = presets()[fund.preset]
            parts = {"words": preset.words, "items": " or ".join(preset.never_pays), "date": preset.date}
            yield sheet.problem("preset-confirm", row, "preset", **parts)
            continue
        for preset in presets().values():
            if fund.origin in preset.origins and any(fund_may_pay(fund, item) for item in preset.never_pays):
                bought = " or ".join(item for item in preset.never_pays if fund_may_pay(fund, item))
                yield sheet.problem("preset-offer", row, "origin", origin=fund.origin, items=bought, preset=preset.id)


def _posts(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("staff"):
        item = PAY_ITEMS.get(row.value.paid_as)
        if item is not None:
            yield from _paid_by(found, program, "staff", row, item, None)


def _costs(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("costs"):
        yield from _paid_by(found, program, "costs", row, row.value.item, row.value.last)


def _prices(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("prices"):
        yield from _paid_by(found, program, "prices", row, row.value.item, None)


def _paid_by(
    found: FolderRead, program: Program, name: str, row: Row, item: str, until: Month | None
) -> Iterator[Problem]:
    """Funds named that may not pay it or end before it, or none that may pay it."""
    value, sheet = row.value, found.sheets[name]
    named = [fund for fund in program.funds if fund.id in value.paid_by]
    for fund in named:
        if not fund_may_pay(fund, item):
            yield sheet.problem("not-eligible", row, "paid_by", fund=fund.id, item=item)
    if named and all(_ends_first(fund, until) for fund in named):
        last = max(fund.last for fund in named if fund.last is not None)
        fund_ids = ", ".join(fund.id for fund in named)
        yield sheet.problem("fund-ends-first", row, "paid_by", fund=fund_ids, last=last)
    if not named and program.funds and not any(fund_may_pay(fund, item) for fund in program.funds):
        column = "item" if name != "staff" else "paid_as"
        yield sheet.problem("nobody-pays", row, column, item=items()[item].words)


def _ends_first(fund: Fund, until: Month | None) -> bool:
    """Whether a fund surely ends before what it pays: its term ends sooner, or nobody expects it to be renewed."""
    if fund.last is None:
        return False
    return fund.last < until if until is not None else fund.chance_of_renewal == 0

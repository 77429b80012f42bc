"""`cash`: a plan's money month by month, how likely it is to run out, and what would help or hurt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import floor, log10
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from longview.choose import Budget, assumptions, cash_table, offer
from longview.gather import filled_in
from longview.program import Effect, Fund, Month, Option, Price, Program
from longview.results import CASH_QUANTILES, Cash, CashTable, Choice, Outlook, Portfolio, WhatIf
from longview.verbs import Progress
from longview.verbs.compare import picks
from longview.verbs.futures import TODAY, Prepared, prepare, price_base
from longview.verbs.ready import ready

LOAN, LATER, SOONER, LOST = "what-if-loan", "what-if-later", "what-if-sooner", "what-if-lost"
FROM_FREE_CASH = ("free-cash",)  # no fund is called so: a loan is paid back from free cash alone
BACK_AFTER, BACK_OVER = 6, 24  # months until a loan is paid back from, and over how many
LONGER, SHORTER = 2.0, -1.0  # months added to the wait for claims
LIKELY_LOW, QUARTER = 0, 1  # places in CASH_QUANTILES
HARDLY_ANY = 0.01  # share of futures that run out, below which no month is called the worst
YEAR = 12


@dataclass(frozen=True)
class CashReport:
    """What `longview cash` found.

    Attributes:
        portfolio: the plan whose money it is. filled: how many of the program's figures are not its own yet.
    """

    program: Program
    portfolio: Portfolio
    cash: Cash
    filled: int = 0


def cash_report(
    path: Path,
    names: Sequence[str] = (),
    *,
    years: int = 5,
    futures: int = 1000,
    seed: int = 0,
    as_of: Month | None = None,
    progress: Progress | None = None,
) -> CashReport:
    """The money of a plan that a person names: today's path, or the options typed (`roof`, `evening-hours=8`).

    Raises:
        NotReadyError: the program's files have problems.
        WrongUseError: no such option or level, or options that may not stand together.
    """
    program = ready(path, as_of)
    on_offer = offer(program, YEAR * years, tuple(o.id for o in program.options))
    portfolio = on_offer.portfolio(picks(program, on_offer, "+".join(names))) if names else TODAY
    prepared = prepare(program, years=years, futures=futures, seed=seed, progress=progress)
    budget = Budget(program, YEAR * years, assumptions(program, prepared.evidence, price_base(program)))
    return CashReport(program, portfolio, cash(prepared, portfolio, budget), filled_in(path, program))


def cash(
    prepared: Prepared,
    portfolio: Portfolio,
    budget: Budget,
    *,
    pick: Outlook | None = None,
    today: Outlook | None = None,
) -> Cash:
    """All that is told of a plan's cash; what is changed is changed on the same futures, in one batch.

    Args:
        prepared: of the program that `budget` is of. pick, today: outlooks of the portfolio and of today's path, with the
            danger of closing, where they are at hand.
    """
    pick = prepared.outlook(portfolio) if pick is None else pick
    if today is None:
        today = pick if not portfolio.choices else prepared.outlook()
    plan, now = cash_table(budget, portfolio), cash_table(budget, TODAY)
    quantiles = np.quantile(pick.free_cash, CASH_QUANTILES, axis=0)
    found = [_told("as-planned", "as planned", _Paths.of(pick), plan)]
    if portfolio.choices:
        found.append(_told("today", "nothing new, and the money kept in hand", _Paths.of(today), plan))
    found += _what_ifs(prepared, portfolio, budget, plan, quantiles)
    ran_out = np.asarray(pick.ran_out, np.float64).mean(axis=0)
    return Cash(
        plan, now, ran_out, np.asarray(today.ran_out, np.float64).mean(axis=0), _worst(pick, ran_out), tuple(found), quantiles
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Paths:
    """What is told of a run: [F, T] each."""

    ran_out: NDArray[np.floating]
    closed: NDArray[np.floating]
    free: NDArray[np.floating]

    @classmethod
    def of(cls, outlook: Outlook) -> _Paths:
        """Of an outlook."""
        return cls(np.asarray(outlook.ran_out), np.asarray(outlook.closed), np.asarray(outlook.free_cash))


def _told(
    name: str, words: str, paths: _Paths, plan: CashTable, size: Decimal | None = None, fund: str | None = None
) -> WhatIf:
    """Chances by each plan year's end, and when cash gets thin."""
    years = slice(YEAR - 1, None, YEAR)
    low = np.quantile(paths.free, CASH_QUANTILES[QUARTER], axis=0)
    thin = np.flatnonzero(low < float(plan.reserve))
    ran_out, closed = (np.asarray(series, np.float64).mean(axis=0)[years] for series in (paths.ran_out, paths.closed))
    return WhatIf(
        name, words, tuple(map(float, ran_out)), tuple(map(float, closed)),
        plan.first_month.plus(int(thin[0])) if thin.size else None, size, fund,
    )  # fmt: skip


def _worst(pick: Outlook, ran_out: NDArray[np.floating]) -> Month | None:
    """The month in which most futures run out first."""
    if ran_out[-1] < HARDLY_ANY:
        return None
    return pick.first_month.plus(int(np.argmax(np.diff(ran_out, prepend=0.0))))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A what-if before it is run: the plan with `choice` done too, and claims made monthly where `monthly`."""

    name: str
    words: str
    choice: Choice | None = None
    monthly: bool = False
    size: Decimal | None = None
    fund: str | None = None


def _what_ifs(
    prepared: Prepared, portfolio: Portfolio, budget: Budget, plan: CashTable, quantiles: NDArray[np.floating]
) -> list[WhatIf]:
    program = prepared.program
    loan, lost = _loan(budget, plan, quantiles), _largest(program, portfolio, plan)
    asked = _asked(program, portfolio, plan, loan, lost)
    variant = prepared.with_program(_with_options(program, loan, budget.given.price_base, lost))
    found: dict[str, _Paths] = {}
    for monthly in (False, True):
        group = [what for what in asked if what.monthly is monthly]
        if group:
            runs = variant.with_program(_claiming_monthly(variant.program)) if monthly else variant
            found |= _run(runs, portfolio, group)
    return [_told(what.name, what.words, found[what.name], plan, what.size, what.fund) for what in asked]


def _run(prepared: Prepared, portfolio: Portfolio, group: Sequence[_Asked]) -> dict[str, _Paths]:
    rows = [Portfolio(what.name, (*portfolio.choices, *((what.choice,) if what.choice else ()))) for what in group]
    seen = prepared.run(rows, "closing", paths=True).seen
    assert seen is not None
    inside = slice(0, prepared.model.horizon)
    return {
        what.name: _Paths(
            seen.ran_out[i][:, inside] > 0.5, seen.closed[i][:, inside] > 0.5, seen.free_cash[i][:, inside]
        )
        for i, what in enumerate(group)
    }


def _asked(
    program: Program, portfolio: Portfolio, plan: CashTable, loan: Decimal, lost: tuple[Fund, Month] | None
) -> list[_Asked]:
    """What may be asked of this program: claims only where a fund pays after the fact."""
    from longview.report import money, month_words

    starts = program.starts
    size, back = money(loan, program.currency), month_words(starts.plus(BACK_AFTER))
    asked = [
        _Asked("bridge-loan", f"with {size} lent now, paid back over two years from {back}",
               Choice(LOAN, 1.0, starts), size=loan)
    ]  # fmt: skip
    later = [fund for fund in program.funds if fund.pays == "reimburse" and _comes(fund, portfolio)]
    if any(fund.every > 1 for fund in later):
        asked.append(_Asked("claim-monthly", "with a claim sent every month", monthly=True))
    elif any(fund.months_to_pay > 1 for fund in later):
        asked.append(_Asked("claim-sooner", "with claims paid a month sooner", Choice(SOONER, 1.0, starts)))
    if later:
        asked.append(_Asked("paid-later", "with claims paid two months later", Choice(LATER, 1.0, starts)))
    if lost is not None:
        fund, month = lost
        words = f"with “{fund.name}” not renewed in {month_words(month)}"
        asked.append(_Asked("fund-lost", words, Choice(LOST, 1.0, month), fund=fund.id))
    return asked


def _comes(fund: Fund, portfolio: Portfolio) -> bool:
    return fund.asked_by is None or portfolio.level(fund.asked_by) > 0


def _loan(budget: Budget, plan: CashTable, quantiles: NDArray[np.floating]) -> Decimal:
    """What covers the likely shortfall (1 future in 10 is below it) of the worst month until it is paid back.

    At least a month's bills, rounded up to half of its leading digit's worth.
    """
    months = quantiles[LIKELY_LOW, : BACK_AFTER + BACK_OVER]
    needed = max(float(plan.reserve) - float(months.min()), float(plan.due[0]), 1.0)
    step = 10.0 ** floor(log10(needed)) / 2
    return Decimal(round(-(-needed // step) * step))


def _largest(program: Program, portfolio: Portfolio, plan: CashTable) -> tuple[Fund, Month] | None:
    """The fund that brings most a year among those that must be renewed within the plan, and when."""
    declined = {o.fund for o in program.options if o.kind == "decline" and portfolio.level(o.id) > 0}
    last, found = plan.months[-1], []
    for fund in program.funds:
        if fund.last is None or fund.id in declined or not _comes(fund, portfolio) or fund.status != "signed":
            continue
        length = max(1, fund.last.since(fund.first) + 1)
        terms = max(0, -(-program.starts.since(fund.first) // length))
        month = fund.first.plus(max(1, terms) * length)
        if month <= last:
            found.append((fund.amount / length, fund.id, fund, month))
    return max(found)[2:] if found else None


def _with_options(program: Program, loan: Decimal, price_base: float, lost: tuple[Fund, Month] | None) -> Program:
    """The program with what may befall among its options; none of them is anybody's to choose.

    A loan is paid back in the prices of its day: with what prices rise by, as its interest. Assumption.
    """
    part = (loan / BACK_OVER / Decimal(repr(price_base))).quantize(Decimal("0.01"))
    options = [Option(name, name, "yes-no") for name in (LOAN, LATER, SOONER)]
    if lost is not None:
        options.append(Option(LOST, LOST, "decline", fund=lost[0].id, earliest=lost[1]))
    return replace(
        program,
        options=(*program.options, *options),
        effects=(
            *program.effects,
            Effect(LOAN, "cash_in", "add", float(loan)),
            Effect(LATER, "claim_lag", "add", LONGER),
            Effect(SOONER, "claim_lag", "add", SHORTER),
        ),
        prices=(*program.prices, Price(LOAN, "loan", "monthly", part, BACK_AFTER, BACK_OVER, FROM_FREE_CASH)),
    )


def _claiming_monthly(program: Program) -> Program:
    funds = (replace(fund, every=1) if fund.pays == "reimburse" else fund for fund in program.funds)
    return replace(program, funds=tuple(funds))


__all__ = ["CashReport", "cash", "cash_report"]

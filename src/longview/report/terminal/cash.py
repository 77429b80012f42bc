"""`longview cash` in a terminal: how likely it is to run out, the money by quarter, and what would help or hurt."""

from __future__ import annotations

from decimal import Decimal

from longview.program import Program
from longview.report.rounding import chance, money, month_words, percent, span, years_words
from longview.report.terminal.ink import Ink, table
from longview.report.told import done_words, listed
from longview.results import CASH_QUANTILES, Cash, CashTable, Portfolio

LOW, HIGH = CASH_QUANTILES.index(0.1), CASH_QUANTILES.index(0.9)
QUARTER = 3


def cash_text(
    cash: Cash, portfolio: Portfolio, program: Program, color: bool = False, width: int = 80, ascii: bool = False
) -> str:
    """The answer, the money by quarter, and the what-ifs, each chance in words."""
    ink = Ink(color, max(60, width), ascii)
    parts = [
        _head(portfolio, program, ink),
        ink.words(answer(cash)),
        _quarters(cash, ink),
        ink.words(PLANNED),
        _what_ifs(cash, ink),
        *([ink.words(_lacking(cash.plan))] if "lacking" in cash.plan.came else []),
        ink.words(HOW),
    ]
    return "\n\n".join(parts)


PLANNED = (
    "“Planned” is what the funds, the bills and the claims come to if nothing befalls us; money of a fund that may not be "
    "renewed is counted at its chance. The futures add what befalls: funds lost or cut, workers who leave, repairs in a "
    "hurry: “likely” is where free cash lies in 8 of 10, “run out” how many have run out by then. “Restricted” and “owed to "
    "us” are planned money too."
)
HOW = (
    "Each line below the first changes one thing, on the same futures. A loan is paid back with what prices rise by, as its "
    "interest. We run out when free cash falls below zero; closing comes later, if credit does not bear us."
)


def answer(cash: Cash) -> str:
    """The first thing that is said."""
    plan, months = cash.what_ifs[0], len(cash.plan.free)
    said = [f"The chance that we run out of free cash within {years_words(months)} is {chance(plan.ran_out[-1])}"]
    if len(plan.ran_out) > 1:
        said[0] += f"; within the first year, {chance(plan.ran_out[0])}"
    said[0] += "."
    if cash.worst is not None:
        said.append(f"Where we do, it begins most often about {month_words(cash.worst)}.")
    thin = (
        "In no month is as much as 1 future in 4 below the reserve."
        if plan.thin is None
        else f"Cash gets thin from {month_words(plan.thin)}: then 1 future in 4 is below the reserve of "
        f"{money(cash.plan.reserve, cash.plan.currency)}."
    )
    return " ".join([*said, thin])


def _head(portfolio: Portfolio, program: Program, ink: Ink) -> str:
    made = " (made up)" if program.made else ""
    options = {option.id: option for option in program.options}
    done = [done_words(options[choice.option], choice.level) for choice in portfolio.choices]
    what = f"with {listed(done)}" if done else "today’s path"
    return ink.paint(ink.words(f"{program.name}{made} · cash · {what}", indent=0), "bold")


def _quarters(cash: Cash, ink: Ink) -> str:
    plan = cash.plan
    rows = [["End of", "planned", "likely", "restricted", "owed to us", "run out"]]
    for t in range(QUARTER - 1, len(plan.free), QUARTER):
        likely = span(_short(cash.free[LOW, t], plan), _short(cash.free[HIGH, t], plan))
        rows.append(
            [
                month_words(plan.months[t], short=True),
                _short(plan.free[t], plan),
                likely,
                _short(plan.restricted[t], plan),
                _short(plan.owed[t], plan),
                percent(float(cash.ran_out[t])),
            ]
        )
    told = [[ink.told(cell) for cell in row] for row in rows]
    lines = table(told, right=range(1, len(rows[0])), gap=2, indent=2)
    head = f"  Free cash at the end of each quarter ({plan.currency}), and what else we hold"
    return "\n".join([ink.paint(ink.told(head), "bold"), ink.paint(lines[0], "soft"), *lines[1:]])


def _short(amount: Decimal | float, plan: CashTable) -> str:
    """To the hundred where that is some part of a month's bills, else to the thousand."""
    return money(amount, plan.currency, short=plan.due[0] > THOUSANDS)


THOUSANDS = 20_000  # a month's bills from which money is told in thousands


def _what_ifs(cash: Cash, ink: Ink) -> str:
    first, last = cash.what_ifs[0].ran_out, len(cash.what_ifs[0].ran_out)
    rows = [["What if", "run out in year 1" if last > 1 else "", f"in {years_words(12 * last)}", "closed", "thin from"]]
    rows[0] = [cell for cell in rows[0] if cell]
    for found in cash.what_ifs:
        early = [chance(found.ran_out[0])] if len(first) > 1 else []
        thin = "never" if found.thin is None else month_words(found.thin, short=True)
        cells = [*early, chance(found.ran_out[-1]), chance(found.closed[-1])]
        rows.append([found.words, *(cell.removeprefix("about ") for cell in cells), thin])
    wide = ink.width - 2 - sum(max(len(ink.told(row[c])) for row in rows) + 2 for c in range(1, len(rows[0])))
    return "\n".join(_wrapped(rows, max(18, wide), ink))


def _wrapped(rows: list[list[str]], wide: int, ink: Ink) -> list[str]:
    """Rows whose first cell may take several lines; the figures stand on its last."""
    import textwrap

    laid = []
    for row in rows:
        *above, label = textwrap.wrap(ink.told(row[0]), wide, break_on_hyphens=False, break_long_words=False)
        laid += [[line, *[""] * (len(row) - 1)] for line in above] + [[label, *map(ink.told, row[1:])]]
    lines = table(laid, right=range(1, len(rows[0])), gap=2, indent=2)
    return [ink.paint(lines[0], "soft"), *lines[1:]]


def _lacking(plan: CashTable) -> str:
    lacks = sum(plan.came["lacking"], Decimal(0))
    return (
        f"Planned money counts {money(lacks, plan.currency)} that no fund is known to bring: today’s bills alone are more than "
        "the money in sight."
    )

"""Budget against actual: the ledger's expenses by fund, line and the fund's fiscal year, tied to it to the cent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from longview.choose.strings import YEAR, line_of, term_length
from longview.program import Fund, Item, LedgerLine, Month, Program, items
from longview.results import BudgetActual, BudgetRow

UNASSIGNED = "unassigned"
CENT = Decimal("0.01")
SAYS_NOTHING = frozenset(
    {"a", "and", "anything", "by", "else", "for", "it", "its", "of", "other", "paid", "people"}
) | frozenset({"service", "their", "the", "to", "who", "with"})
PLURALS = ("xes", "ches", "shes", "sses")  # of which "es" is cut, not "s" alone

Key = tuple[str, str, int]  # fund, line, fiscal year


def budget_against_actual(program: Program) -> BudgetActual:
    """What was spent, beside what each fund's budget holds for the same fiscal year.

    - Expenses alone are counted, in the month of their date: `total` is their sum. Transfers, gifts in kind, receivables,
      assets and income are no spending; they stand in `left_out` so that the whole ledger ties.
    - A fund that the funds sheet does not name counts as "unassigned", which stays in the table.
    - An account's item is the one that the `accounts` sheet gives; else the one whose words it uses (`item_of_account`);
      else its line is "account: …" and it is listed in `unmapped`. The line is the fund's budget line that holds the item
      (the item's own, else its category's), else the item itself.
    - A fiscal year begins in the fund's month, else in the program's, and is named by the calendar year in which it ends.
    - A term's budget is spread evenly over the term's months; a year's part is the difference of two rounded sums, so that
      the parts of a term are the term's budget to the cent. Other terms than the one in the funds sheet have no budget.

    Rows go by fund (in the sheet's order, "unassigned" last), year and line. Lines of a budget on which nothing was spent in
    a year that the ledger covers are shown with 0.
    """
    spent = [row for row in program.records.money if row.kind == "expense"]
    known = _covered(spent)
    lines = {fund.id: _budget(program, fund) for fund in program.funds}
    found_item = {account: _item(program, account) for account in dict.fromkeys(row.account for row in spent)}
    actual: dict[Key, Decimal] = {}
    for row in spent:
        fund = row.fund if row.fund in lines else UNASSIGNED
        item = found_item[row.account]
        line = f"account: {row.account}" if item is None else (line_of(lines.get(fund, {}), item) or item)
        key = (fund, line, _year(_month(row), _begins(program, fund)))
        actual[key] = actual.get(key, Decimal(0)) + row.amount
    budget = _budgets(program, lines, known)
    order = [fund.id for fund in program.funds] + [UNASSIGNED]
    keys = sorted(actual.keys() | budget.keys(), key=lambda key: (order.index(key[0]), key[2], key[1]))
    rows = tuple(_row(program, key, known, budget.get(key), actual.get(key, Decimal(0))) for key in keys)
    left_out: dict[str, Decimal] = {}
    for other in program.records.money:
        if other.kind != "expense":
            left_out[other.kind] = left_out.get(other.kind, Decimal(0)) + other.amount
    unmapped = tuple(sorted(account for account, item in found_item.items() if item is None))
    return BudgetActual(rows, sum((row.amount for row in spent), Decimal(0)), unmapped, left_out)


def item_of_account(account: str) -> str | None:
    """The item whose words an account's name uses; None where it is not plain.

    Digits, case and plurals are ignored. An item is taken if the account uses a word of its id, or no word that is not the
    item's; and only if it explains every word that any other item explains ("fuel" is fuel, "vehicle
    fuel" is neither that nor a vehicle).
    """
    words = _words(account)
    hits = {item.id: words & _item_words(item) for item in items().values()}
    most = set().union(*hits.values())
    best = [name for name, hit in hits.items() if hit and hit == most]
    if len(best) != 1:
        return None
    return best[0] if words & _words(best[0]) or words == most else None


def _item(program: Program, account: str) -> str | None:
    said = {row.account.strip().casefold(): row.item for row in program.accounts}
    return said.get(account.strip().casefold()) or item_of_account(account)


def _words(text: str) -> set[str]:
    found = re.findall(r"[^\W\d_]+", text.casefold())
    return {_singular(word) for word in found} - SAYS_NOTHING


def _singular(word: str) -> str:
    if word.endswith(PLURALS):
        return word.removesuffix("es")
    return word.removesuffix("s") if len(word) > 3 else word


def _item_words(item: Item) -> set[str]:
    return _words(f"{item.id} {item.words}")


def _month(row: LedgerLine) -> Month:
    return Month.parse(row.date[:7])


def _begins(program: Program, fund: str) -> int:
    """First month of the fiscal year, 1-12."""
    own = next((f.fiscal_year for f in program.funds if f.id == fund), None)
    return own or program.fiscal_year


def _year(month: Month, begins: int) -> int:
    """The fiscal year of a month, by the calendar year in which it ends."""
    return month.year + int(begins > 1 and month.month >= begins)


def _months_of(year: int, begins: int) -> tuple[Month, Month]:
    first = Month(year if begins == 1 else year - 1, begins)
    return first, first.plus(YEAR - 1)


def _covered(spent: Iterable[LedgerLine]) -> tuple[Month, Month] | None:
    """The first and last month with an expense."""
    months = [_month(row) for row in spent]
    return (min(months), max(months)) if months else None


def _budget(program: Program, fund: Fund) -> dict[str, float]:
    """The lines of a fund's budget with their amounts a term."""
    rows = [row for row in program.budget if row.fund == fund.id]
    return {row.line: float(sum(r.amount for r in rows if r.line == row.line)) for row in rows}


def _budgets(
    program: Program, lines: Mapping[str, Mapping[str, float]], known: tuple[Month, Month] | None
) -> dict[Key, Decimal]:
    """Fund, line and year → the budget, for the years that the ledger covers."""
    found: dict[Key, Decimal] = {}
    for fund in program.funds if known else ():
        assert known is not None
        begins = _begins(program, fund.id)
        for year in range(_year(known[0], begins), _year(known[1], begins) + 1):
            for line, amount in lines[fund.id].items():
                part = _part(fund, Decimal(repr(amount)), *_months_of(year, begins))
                if part is not None:
                    found[fund.id, line, year] = part
    return found


def _part(fund: Fund, amount: Decimal, first: Month, last: Month) -> Decimal | None:
    """What a term's budget holds for the months from first to last; an endless fund's terms follow one another."""
    length = term_length(fund)
    begin, end = first.since(fund.first), last.since(fund.first) + 1
    begin = max(0, begin)
    if fund.last is not None:
        end = min(end, length)
    if end <= begin:
        return None
    return _so_far(amount, end, length) - _so_far(amount, begin, length)


def _so_far(amount: Decimal, months: int, length: int) -> Decimal:
    return (amount * months / length).quantize(CENT, ROUND_HALF_UP)


def _row(
    program: Program, key: Key, known: tuple[Month, Month] | None, budget: Decimal | None, actual: Decimal
) -> BudgetRow:
    fund, line, year = key
    first, last = _months_of(year, _begins(program, fund))
    covered = 0 if known is None else min(last, known[1]).since(max(first, known[0])) + 1
    return BudgetRow(fund, line, year, first, last, covered, budget, actual)


__all__ = ["UNASSIGNED", "budget_against_actual", "item_of_account"]

"""QuickBooks' exports: every cent that was booked is a line, every total ties, and a changed cent is always told."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_ledgers import (
    FUNDS,
    Books,
    Rows,
    books,
    by_class,
    csv_text,
    desktop_by_class,
    detail,
    write_csv,
    write_xlsx,
)

from longview.gather.grids import Grid, open_grids
from longview.gather.imported import Import
from longview.gather.importers.quickbooks import looks_like, read_quickbooks
from longview.program import Fund, Month, Problem, Program, Range


@pytest.fixture(scope="module")
def spot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the cases of a law may write over, one after another."""
    return tmp_path_factory.mktemp("made")


FILES = Path(__file__).resolve().parents[2] / "files" / "imports" / "quickbooks"
AMOUNT = re.compile(r"\(?-?\$?[\d,]+\.\d\d\)?")


def fund(id_: str, name: str) -> Fund:
    return Fund(id_, name, "state", Decimal(100_000), Month(2024, 1), None)


HARBOR = Program(
    "harbor", "Harbor Street", "Harbor", "USD", 2024, Month(2024, 1), Range(900, 1500, 2600), {},
    funds=(fund("drop-in", "Drop-in grant"), fund("outreach", "Outreach"), fund("van", "Van"), fund("county", "Harbor County")),
)  # fmt: skip


def read(path: Path, **options: object) -> tuple[Import, list[Problem]]:
    return read_quickbooks(path, program=HARBOR, **options)  # type: ignore[arg-type]


def wrong(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems if problem.severity == "problem"]


def doubted(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems if problem.severity == "doubt"]


def lines(made: Import) -> list[tuple[str, str, str, str, str]]:
    return [(line.date, line.fund, line.account, line.kind, str(line.amount)) for line in made.money]


LAYOUTS: dict[str, Callable[[Books], Rows]] = {
    "classic": lambda made: by_class(made, "classic"),
    "modern": lambda made: by_class(made, "modern"),
    "nonprofit": lambda made: by_class(made, "nonprofit"),
    "without a total column": lambda made: by_class(made, "modern", total=False),
    "desktop": desktop_by_class,
    "detail": lambda made: detail(made, "classic"),
    "modern detail": lambda made: detail(made, "modern"),
    "desktop detail": lambda made: detail(made, "desktop"),
}


def booked(made: Books) -> Counter[tuple[str, str, str, Decimal]]:
    return Counter(
        (FUNDS.get(name, "unassigned"), " ".join(account.split()), kind, amount)
        for name, account, kind, amount in made.leaves()
    )


def found(made: Import) -> Counter[tuple[str, str, str, Decimal]]:
    return Counter((line.fund, line.account, line.kind, line.amount) for line in made.money)


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@given(made=books())
def test_what_was_booked_is_read_to_the_cent_in_every_layout(spot: Path, layout: str, kind: str, made: Books) -> None:
    rows = LAYOUTS[layout](made)
    path = spot / f"report 2024-03.{kind}"
    (write_csv if kind == "csv" else write_xlsx)(path, rows)
    result, problems = read(path)
    assert wrong(problems) == []
    assert found(result) == booked(made)
    assert any("net income" in told for told in result.told)
    assert (result.first_day, result.last_day) == ("2024-03-01", "2024-03-31") or "desktop" in layout


@pytest.mark.parametrize("layout", LAYOUTS)
@given(made=books(), data=st.data())
def test_a_changed_cent_is_told_wherever_it_is(spot: Path, layout: str, made: Books, data: st.DataObject) -> None:
    rows = LAYOUTS[layout](made)
    # The running balance of a detail report is not read: it follows from the lines.
    places = [
        (r, c)
        for r, cells in enumerate(rows)
        for c, text in enumerate(cells)
        if AMOUNT.fullmatch(text) and not ("detail" in layout and c == len(cells) - 1)
    ]
    row, column = data.draw(st.sampled_from(places))
    said = rows[row][column]
    cents = Decimal(said.strip("()").replace("$", "").replace(",", "")) * (-1 if said.startswith("(") else 1)
    rows[row][column] = f"{cents + data.draw(st.sampled_from([Decimal('0.01'), Decimal('-0.01')])):,.2f}"
    result, problems = read(write_csv(spot / "report 2024-03.csv", rows))
    assert wrong(problems)
    assert result.money == ()


@given(made=books())
def test_a_column_a_month_gives_each_line_its_month(spot: Path, made: Books) -> None:
    months = ("Jan 2024", "Feb 2024", "Mar 2024", "Apr 2024")[: len(made.classes)]
    ends = ("2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30")
    path = write_csv(spot / "months.csv", by_class(made, months=months))
    result, problems = read(path)
    assert wrong(problems) == []
    day = dict(zip(made.classes, ends, strict=False))
    assert Counter((line.date, line.account, line.amount) for line in result.money) == Counter(
        (day[name], account, amount) for name, account, _, amount in made.leaves()
    )
    assert {line.fund for line in result.money} == {"unassigned"}
    assert doubted(problems) == ["ledger-no-classes"]


@given(made=books(), cut=st.integers(1, 60))
def test_an_export_that_was_cut_off_is_told(spot: Path, made: Books, cut: int) -> None:
    for rows in (by_class(made), detail(made)):
        end = next(i for i in range(len(rows) - 1, -1, -1) if rows[i] and "Net Income" in rows[i][0])
        kept = rows[: max(end + 1 - cut, 0)]
        result, problems = read(write_csv(spot / "report.csv", kept))
        assert wrong(problems)
        assert result.money == ()


@given(made=books(), data=st.data())
def test_a_column_or_a_row_that_was_taken_out_is_told(spot: Path, made: Books, data: st.DataObject) -> None:
    assume(len(made.classes) > 1)  # of one class and its total, the total alone says as much
    rows = by_class(made)
    names = [name for name in made.classes if any(cls == name for cls, *_ in made.leaves())]
    column = 1 + made.classes.index(data.draw(st.sampled_from(names)))
    without = [[text for at, text in enumerate(cells) if at != column or len(cells) == 1] for cells in rows]
    result, problems = read(write_csv(spot / "column.csv", without))
    assert wrong(problems)
    assert result.money == ()

    def totalled(label: str) -> bool:  # its total, left alone, holds the same money under the name of a total
        return any(cells and cells[0].strip() == f"Total {label.strip()}" for cells in rows)

    booked_on = [
        r for r, cells in enumerate(rows) if cells and cells[0].startswith(" ") and cells[-1] not in ("", "0.00")
    ]
    row = data.draw(
        st.sampled_from([r for r in booked_on if "Total " not in rows[r][0] and not totalled(rows[r][0])] or [None])
    )
    if row is not None:
        result, problems = read(write_csv(spot / "row.csv", [*rows[:row], *rows[row + 1 :]]))
        assert wrong(problems)
        assert result.money == ()


# ── the layouts by hand ───────────────────────────────────────────────────────────────────────────────────────────────


def test_profit_and_loss_by_class_of_quickbooks_online() -> None:
    made, problems = read(FILES / "online-classic-by-class.csv")
    assert made.kind == "quickbooks-classes"
    assert made.book == "QuickBooks: Harbor Street Harm Reduction"
    assert "cash basis" in made.words
    assert made.told[0] == "ties to the export's total: net income 7,016.00"
    assert lines(made)[:7] == [
        ("2024-03-31", "drop-in", "4000 Grants", "income", "10000.00"),
        ("2024-03-31", "outreach", "4000 Grants", "income", "2500.00"),
        ("2024-03-31", "unassigned", "4100 Donations", "income", "1234.50"),
        ("2024-03-31", "drop-in", "Cost of Goods Sold", "expense", "310.10"),
        ("2024-03-31", "van", "Cost of Goods Sold", "expense", "89.90"),
        ("2024-03-31", "drop-in", "6000 Payroll", "expense", "50.00"),
        ("2024-03-31", "drop-in", "6100 Wages", "expense", "4000.01"),
    ]
    assert ("2024-03-31", "drop-in", "6400 Supplies", "expense", "-300.00") in lines(made)
    assert ("2024-03-31", "outreach", "6400 Supplies", "expense", "-25.50") in lines(made)
    assert [problem.code for problem in problems] == ["ledger-untagged"]
    assert "3 lines (income 1,235.37, expense 12.34)" in problems[0].expected


def test_the_workbook_says_the_same_as_the_text(tmp_path: Path) -> None:
    for name in ("online-classic-by-class", "online-detail"):
        text = read(FILES / f"{name}.csv")
        book = read(FILES / f"{name}.xlsx")
        assert lines(book[0]) == lines(text[0])
        assert [p.code for p in book[1]] == [p.code for p in text[1]]


def test_desktops_levels_nested_classes_and_unclassified() -> None:
    made, problems = read(FILES / "desktop-by-class 2024-03.csv", funds={"programs - other": "county"})
    assert ("2024-03-31", "van", "6100 · Wages", "expense", "300.00") in lines(made)
    assert ("2024-03-31", "county", "6100 · Wages", "expense", "25.25") in lines(made)
    assert ("2024-03-31", "unassigned", "6000 · Payroll - Other", "expense", "-12.50") in lines(made)
    assert made.told[0] == "ties to the export's total: net income 5,337.15"
    assert doubted(problems) == ["ledger-untagged"]


def test_a_whole_year_in_one_column_is_doubted() -> None:
    made, problems = read(FILES / "online-nonprofit-year.csv")
    assert {line.date for line in made.money} == {"2024-12-31"}
    doubt = next(problem for problem in problems if problem.code == "ledger-long-period")
    assert "2024-01-01 to 2024-12-31" in doubt.expected
    assert "one column a month" in doubt.instead


def test_a_month_that_the_report_cuts_short_ends_with_it() -> None:
    made, _ = read(FILES / "online-by-month.csv")
    assert ("2024-03-15", "unassigned", "4000 Grants", "income", "50.05") in lines(made)
    assert (made.first_day, made.last_day) == ("2024-01-01", "2024-03-15")


def test_transactions_by_account_keep_no_name_and_no_memo() -> None:
    made, problems = read(FILES / "online-detail.csv")
    assert made.kind == "quickbooks-detail"
    assert made.personal == ("Name", "Memo/Description")
    assert not made.keeps_original
    assert "Example" not in repr(made)
    assert "Needle" not in repr(made)
    assert ("2024-03-31", "outreach", "1200 Accounts Receivable", "asset", "1000.00") in lines(made)
    assert not any(line.kind == "receivable" for line in made.money), "a movement is no claim that is unpaid today"
    assert any("still unpaid" in told for told in made.told)
    assert ("2024-03-02", "unassigned", "6000 Payroll", "expense", "10.00") in lines(made)
    assert ("2024-03-25", "outreach", "6400 Supplies", "expense", "-50.00") in lines(made)
    assert not any(account == "2000 Accounts Payable" for _, _, account, _, _ in lines(made))
    assert any("2000 Accounts Payable" in told and "300.00" in told for told in made.told)
    assert any("1000 Checking 5,000.00" in told for told in made.told)
    assert doubted(problems).count("ledger-kind-guessed") == 2
    unknown = next(problem for problem in problems if problem.code == "ledger-class-unknown")
    assert unknown.found == "Outrech"
    assert '"Outrech" = "outreach"' in unknown.instead


def test_a_tampered_total_is_told_with_its_place_and_both_figures(tmp_path: Path) -> None:
    text = (FILES / "online-classic-by-class.csv").read_text(encoding="utf-8").replace('"$5,444.87"', '"$5,544.87"')
    path = tmp_path / "tampered.csv"
    path.write_text(text, encoding="utf-8")
    made, problems = read(path)
    assert made.money == ()
    (problem,) = problems
    assert (problem.file, problem.row, problem.letter, problem.found) == ("tampered.csv", 18, "G", "Total 6000 Payroll")
    assert problem.expected == "the export says 5,544.87 and its lines add up to 5,444.87: 100.00 apart"


# ── classes and funds ─────────────────────────────────────────────────────────────────────────────────────────────────


def report(tmp_path: Path, *heads: str) -> Path:
    cells = [f"{n + 1}.00" for n in range(len(heads))]
    rows = [["March 2024"], [""], ["", *heads], ["Income"], ["Gifts", *cells], ["Total Income", *cells]]
    return write_csv(tmp_path / "report.csv", [*rows, ["Net Income", *cells]])


def test_a_class_is_a_fund_by_id_by_name_or_as_remembered(tmp_path: Path) -> None:
    path = report(tmp_path, "drop-in", "DROP-IN GRANT", "Programs:Van", "Outreach (Programs)", "Gala", "Kitchen")
    made, problems = read(path, funds={"gala": "county", "Kitchen": "unassigned"})
    assert [line.fund for line in made.money] == ["drop-in", "drop-in", "van", "outreach", "county", "unassigned"]
    assert problems == []


def test_a_class_that_no_fund_is_known_for_goes_to_unassigned_and_is_told(tmp_path: Path) -> None:
    made, problems = read(report(tmp_path, "Vann", "Not Specified", "Zzz"), funds={"Zzz": "gone"})
    assert {line.fund for line in made.money} == {"unassigned"}
    assert doubted(problems) == ["ledger-untagged", "ledger-class-unknown", "ledger-fund-unknown"]
    assert '"Vann" = "van"' in problems[1].instead


# ── what cannot be read ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("March 2024", "All Dates"), "ledger-no-period"),
        (("Drop-in,Outreach", "Drop-in,Drop-in (PY)"), "ledger-comparison"),
        (("   6300 Rent", ""), "ledger-no-name"),
        (("Net Income", "Nett"), ""),  # a result by another name, if it is the result
        (("Gross Profit", "Net of something"), "ledger-outside"),
        (('"4,000.01"', '"4.000,01"'), "not-a-number"),
        (('"4,000.01"', "4OO0.01"), "letter-o"),
    ],
)
def test_what_stops_a_profit_and_loss(tmp_path: Path, change: tuple[str, str], code: str) -> None:
    text = (FILES / "online-classic-by-class.csv").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "report.csv"
    path.write_text(text.replace(*change), encoding="utf-8")
    made, problems = read(path)
    assert (code in wrong(problems)) if code else (wrong(problems) == [])
    assert bool(made.money) == (not code)


def test_dates_that_may_be_two_days_are_asked(tmp_path: Path) -> None:
    text = re.sub(r"03/\d\d/2024", "03/04/2024", (FILES / "online-detail.csv").read_text(encoding="utf-8"))
    path = tmp_path / "detail.csv"
    path.write_text(text, encoding="utf-8")
    made, problems = read(path)
    assert wrong(problems) == ["dates-ambiguous"]
    assert made.money == ()
    made, problems = read(path, dates="mdy")
    assert {line.date for line in made.money} == {"2024-03-04"}
    made, problems = read(path, dates="dmy")
    assert {line.date for line in made.money} == {"2024-04-03"}
    assert "ledger-other-day" in doubted(problems)


def test_accounts_that_nothing_tells_of_are_left_out_and_listed(tmp_path: Path) -> None:
    text = (FILES / "online-detail.csv").read_text(encoding="utf-8")
    path = tmp_path / "detail.csv"
    path.write_text(text.replace("6400 Supplies", "Sundries"), encoding="utf-8")
    made, problems = read(path)
    doubt = next(problem for problem in problems if problem.code == "ledger-kind-unknown")
    assert (doubt.found, "2 lines, 250.00" in doubt.expected) == ("Sundries", True)
    assert not any(account == "Sundries" for _, _, account, _, _ in lines(made))
    path.write_text(re.sub(r"\b[0-9]{4} ([A-Z][a-z]+)", r"Our \1", text), encoding="utf-8")
    made, problems = read(path)
    assert wrong(problems) == ["ledger-no-kinds"]


def test_the_type_column_says_what_accounts_are(tmp_path: Path) -> None:
    rows = [
        ["Distribution account", "Transaction date", "Transaction type", "Num", "Distribution account type", "Debit", "Credit"],
        ["Sundries"],
        ["", "2024-03-02", "Check", "1", "Expenses", "12.50", ""],
        ["", "2024-03-03", "Refund", "2", "Expenses", "", "2.25"],
        ["Total for Sundries", "", "", "", "", "12.50", "2.25"],
        ["Gifts"],
        ["", "2024-03-05", "Deposit", "3", "Income", "", "100.00"],
        ["Total for Gifts", "", "", "", "", "", "100.00"],
        ["TOTAL", "", "", "", "", "12.50", "102.25"],
    ]  # fmt: skip
    made, problems = read(write_csv(tmp_path / "detail.csv", rows))
    assert [(line.account, line.kind, str(line.amount)) for line in made.money] == [
        ("Sundries", "expense", "12.50"), ("Sundries", "expense", "-2.25"), ("Gifts", "income", "100.00"),
    ]  # fmt: skip
    assert doubted(problems) == ["ledger-no-classes"]


def test_a_list_of_transactions_is_told_what_to_export_instead(tmp_path: Path) -> None:
    head = ["", "Date", "Transaction Type", "Num", "Account", "Split", "Amount"]
    rows = [["Transaction List by Date"], head, ["", "03/15/2024", "Check", "1", "Checking", "Rent", "5.00"]]
    _, problems = read(write_csv(tmp_path / "list.csv", rows))
    assert wrong(problems) == ["ledger-list"]


# ── recognition, hostility, speed ─────────────────────────────────────────────────────────────────────────────────────


def test_each_export_is_known_and_other_tables_are_not() -> None:
    for path in sorted(FILES.glob("*.*")):
        grids, _ = open_grids(path)
        assert looks_like(grids[0]) == ("quickbooks-detail" if "detail" in path.name else "quickbooks-classes")
    others: list[Rows] = [
        [["month", "site", "measure", "value"], ["2024-01", "", "visits", "12"]],
        [["Date", "Description", "Amount"], ["2024-01-01", "Rent", "12.00"]],
        [["date", "fund", "account", "kind", "amount"], ["2024-01-01", "van", "Rent", "expense", "12.00"]],
        [["Assets"], ["Checking", "12.00"], ["Total Assets", "12.00"]],
        [["Income"], ["x"]],
        [[""]],
    ]
    for rows in others:
        assert looks_like(Grid("other.csv", [(n, tuple(cells)) for n, cells in enumerate(rows, 1)])) is None


WORDS = (
    "", "Income", "Total Income", "Total for Income", "Expenses", "Total Expenses", "Net Income", "Gross Profit", "Rent",
    "Total Rent", "Total Rent with sub-accounts", "TOTAL", "Total", "Date", "Transaction Type", "Num", "Amount", "Class",
    "Split", "Debit", "Credit", "Balance", "Beginning Balance", "Jan 2024", "March 2024", "Feb 24", "12.50", "-3",
    "(4.25)", "1e400", "9" * 70, "1.2e-16", "-", "\u0664", "2024-03-01", "03/04/2024", "45000", "#REF!", "Cash Basis",
    "% of Income", "Change", "Profit and Loss", "Distribution account", "Account type", "\x00", "=1+1", "x" * 2000,
)  # fmt: skip


@given(rows=st.lists(st.lists(st.sampled_from(WORDS), max_size=8), max_size=25), kind=st.sampled_from(["csv", "xlsx"]))
def test_nothing_in_a_file_raises(spot: Path, rows: Rows, kind: str) -> None:
    path = spot / f"odd 2024-03.{kind}"
    if kind == "csv":
        write_csv(path, rows)
    else:
        write_xlsx(path, [[cell.replace("\x00", "") for cell in row] for row in rows] or [[]])
    made, problems = read(path)
    assert bool(made.money) != bool(wrong(problems))


@given(made=books(), data=st.data())
def test_odd_cells_in_a_good_export_raise_nothing_and_lose_nothing(
    spot: Path, made: Books, data: st.DataObject
) -> None:
    rows = LAYOUTS[data.draw(st.sampled_from(sorted(LAYOUTS)))](made)
    places = [(r, c) for r, cells in enumerate(rows) for c in range(len(cells))]
    for row, column in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3)):
        rows[row][column] = data.draw(st.sampled_from(WORDS))
    result, problems = read(write_csv(spot / "odd 2024-03.csv", rows))
    assert bool(result.money) != bool(wrong(problems))


def long_detail(count: int) -> Iterator[list[str]]:
    yield from ([["Harbor Street"], ["Profit and Loss Detail"], ["January - December 2024"], []])
    yield ["", "Date", "Transaction Type", "Num", "Name", "Memo/Description", "Class", "Split", "Amount", "Balance"]
    yield ["Expenses"]
    whole = 0
    for account in range(100):
        yield [f"6{account:03d} Account"]
        sums = 0
        for n in range(count // 100):
            cents = (n * 7919 + account) % 100_000 + 1
            sums += cents
            day = f"{n % 12 + 1:02d}/{n % 28 + 1:02d}/2024"
            paid = [day, "Check", str(n), "Ana Example", "for the week", "Outreach", "Checking"]
            yield ["", *paid, f"{cents / 100:.2f}", f"{sums / 100:,.2f}"]
        whole += sums
        yield [f"Total for 6{account:03d} Account", *[""] * 7, f"${sums / 100:,.2f}", ""]
    yield ["Total for Expenses", *[""] * 7, f"${whole / 100:,.2f}", ""]
    yield ["Net Income", *[""] * 7, f"-${whole / 100:,.2f}", ""]


def test_a_hundred_thousand_lines_take_seconds(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(csv_text(list(long_detail(100_000))), encoding="utf-8")
    began = time.perf_counter()
    made, problems = read(path)
    took = time.perf_counter() - began
    assert wrong(problems) == []
    assert len(made.money) == 100_000
    assert took < 20  # 5 on idle cores; a busy machine is given room

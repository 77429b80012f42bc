"""`plan.xlsx`: the plan as a bookkeeper opens it, with sums that follow what she types; never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from longview.plan.budget import year_keys
from longview.plan.files import FILE as PLAN_FILE
from longview.plan.placing import placed
from longview.program import Program
from longview.program.months import in_words
from longview.results import Plan, Task

FILE, NEW_FILE = "plan.xlsx", "plan.new.xlsx"
HEAD_FILL, HEAD_LINE = "F2EEE3", "1F2430"
MOST_WIDE = 60  # characters of a column


def write_plan_workbook(plan: Plan, tasks: Sequence[Task], program: Program, folder: Path) -> Path:
    """Write the plan as a workbook into a folder, and say where.

    `plan.xlsx` is written if there is none, or if every cell says the same already; else `plan.new.xlsx` is, which Longview
    may replace. A file is either whole or not there.

    Raises:
        OSError: the folder can't be written to.
    """
    book = plan_workbook(plan, tasks, program)
    return placed(folder, FILE, NEW_FILE, lambda there: _same(there, book), book.save)


def plan_workbook(plan: Plan, tasks: Sequence[Task], program: Program) -> Any:
    """The workbook (openpyxl): what we promise, whose money, the signs, this year's work."""
    from openpyxl import Workbook

    book = Workbook()
    names = {fund.id: fund.name for fund in program.funds} | {"free-cash": "free cash"}
    _promises(book.active, plan)
    _money(book.create_sheet("money"), plan, names)
    _signs(book.create_sheet("signs"), plan)
    _work(book.create_sheet("work"), tasks)
    for sheet in book:
        _dressed(sheet, f"{program.name}: plan from {in_words(plan.first_month)}")
    return book


def _promises(sheet: Any, plan: Plan) -> None:
    sheet.title = "promises"
    _row(sheet, ["what we promise", "who", "from", "whatever happens", "look again if"])
    for c in plan.commitments:
        _row(sheet, [c.what, c.who, str(c.by), "yes" if c.whatever_happens else "", c.look_again])


def _money(sheet: Any, plan: Plan, names: dict[str, str]) -> None:
    """A row for each promise and fund, and sums by formula: a figure that is typed over runs through."""
    years = year_keys(plan.first_month, plan.years)
    _row(sheet, ["what we promise", "paid by", *(f"year to {year}" for year in years), "in all"])
    for c in plan.commitments:
        for fund, amounts in c.money.items():
            _row(sheet, [c.what, names.get(fund, fund), *(amounts.get(year, Decimal(0)) for year in years)])
    last = sheet.max_row
    columns = [sheet.cell(1, 3 + n).column_letter for n in range(len(years))]
    end = sheet.cell(1, 3 + len(years)).column_letter
    for row in range(2, last + 1):
        sheet[f"{end}{row}"] = f"=SUM({columns[0]}{row}:{columns[-1]}{row})"
    if last > 1:
        _row(sheet, ["in all", ""])
        for letter in (*columns, end):
            sheet[f"{letter}{last + 1}"] = f"=SUM({letter}2:{letter}{last})"
    for row in sheet.iter_rows(min_row=2, min_col=3):
        for cell in row:
            cell.number_format = "#,##0"


def _signs(sheet: Any, plan: Plan) -> None:
    _row(sheet, ["what we promise", "sign", "plan year to", "expected", "low (1 in 10 below)", "high (1 in 10 above)"])
    for c in plan.commitments:
        for year in sorted(c.expected):
            _row(
                sheet,
                [c.what, c.indicator.replace("_", " "), year, c.expected[year], c.low.get(year), c.high.get(year)],
            )


def _work(sheet: Any, tasks: Sequence[Task]) -> None:
    _row(sheet, ["month", "what", "who", "money", "done"])
    for task in tasks:
        month = "every month" if task.month is None else str(task.month)
        _row(sheet, [month, task.what, task.who, task.amount])
    for cell in sheet["D"][1:]:
        cell.number_format = "#,##0"


def _row(sheet: Any, values: Sequence[object]) -> None:
    """A row at the end; text is never taken for a formula."""
    place = 1 if sheet.max_row == 1 and sheet["A1"].value is None else sheet.max_row + 1
    for column, value in enumerate(values, start=1):
        if value is None or value == "":
            continue
        cell = sheet.cell(place, column, float(value) if isinstance(value, Decimal) else value)
        if isinstance(value, str):
            cell.data_type = "s"


def _dressed(sheet: Any, title: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=HEAD_FILL)
        cell.border = Border(bottom=Side("thin", color=HEAD_LINE))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    for column in sheet.columns:
        longest = max((len(str(cell.value)) for cell in column if cell.value is not None), default=8)
        sheet.column_dimensions[column[0].column_letter].width = min(MOST_WIDE, max(10, longest + 2))
        for cell in column[1:]:
            cell.alignment = Alignment(vertical="top", wrap_text=longest > MOST_WIDE)
    sheet.freeze_panes = "B2" if sheet.max_column > 3 else "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    sheet.oddHeader.left.text = title
    sheet.oddFooter.center.text = f"{PLAN_FILE} holds the same plan as text"


def _same(place: Path, book: Any) -> bool:
    """Whether a workbook on disk says in every cell what this one says; one that can't be read is somebody's."""
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        there = load_workbook(place)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, InvalidFileException):
        return False
    return there.sheetnames == book.sheetnames and all(_cells(there[s.title]) == _cells(s) for s in book)


def _cells(sheet: Any) -> dict[str, object]:
    return {cell.coordinate: cell.value for row in sheet for cell in row if cell.value is not None}


__all__ = ["plan_workbook", "write_plan_workbook"]

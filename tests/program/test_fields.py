"""The field table and the types say the same, and everything that the table refers to is there."""

from __future__ import annotations

import dataclasses
import re
import typing

import pytest

from longview.evidence import load
from longview.gather.cells import Reading, read_cell
from longview.gather.facts import Facts, program_values
from longview.gather.folder import _known
from longview.program import Sheet, categories, fields, fund_may_pay, items, levers, presets, types
from longview.program.types import Fund, Month

SHEETS = list(fields().values())
COLUMNS = [(sheet, column) for sheet in SHEETS for column in sheet.columns]
ROWS = [pair for pair in COLUMNS if pair[0].into]


def name_of(part) -> str:
    return part.name if isinstance(part, Sheet) else part.column


def field_of(sheet, column):
    return next(f for f in dataclasses.fields(getattr(types, sheet.type)) if f.name == column.field)


def has_default(field) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_field_of_a_row_has_its_column_and_no_other(sheet):
    names = {field.name for field in dataclasses.fields(getattr(types, sheet.type))}
    if sheet.name == "funds":
        names -= {"asked_by"}  # `program.asking` fills it
    if sheet.name == "program":  # its rows and own values stand in files of their own
        names -= {other.into.split(".")[0] for other in SHEETS if other.into} | {"own_values"}
    assert [column.field for column in sheet.columns] == list(dict.fromkeys(column.field for column in sheet.columns))
    assert {column.field for column in sheet.columns} == names


@pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=name_of)
def test_a_column_is_needed_unless_leaving_it_out_means_something(sheet, column):
    field = field_of(sheet, column)
    if column.needed:
        assert not has_default(field), "a needed column whose field has a default would be asked for in vain"
    if column.type in ("whole", "number", "money", "share", "yes-no", "choice") and not column.needed:
        assert has_default(field)


@pytest.mark.parametrize(("sheet", "column"), [p for p in COLUMNS if p[1].type == "choice"], ids=name_of)
def test_choices_are_those_of_the_type(sheet, column):
    hint = typing.get_type_hints(getattr(types, sheet.type))[column.field]
    assert tuple(typing.get_args(hint)) == column.choices


@pytest.mark.parametrize(("sheet", "column"), ROWS, ids=name_of)
def test_the_example_of_a_column_is_read_as_it_stands(sheet, column):
    known = _known(dict.fromkeys(("sites", "funds", "costs", "choices")), workbook=False)  # any id will do
    reading = Reading(known=known)
    assert read_cell(column, column.example, reading) is not None
    assert reading.doubts == []


def test_the_examples_of_program_toml_make_a_program():
    lines = ["format = 1"]
    for column in fields()["program"].columns:
        quoted = column.type in ("id", "text", "month", "yes-no")
        lines.append(f'{column.column} = "{column.example}"' if quoted else f"{column.column} = {column.example}")
    values, problems = program_values(Facts("program.toml", "\n".join(lines)))
    assert problems == []
    assert set(values) == {column.field for column in fields()["program"].columns}


def test_what_the_table_refers_to_is_there():
    known = {*fields(), "items", "payable", "levers", "presets", "ledger-funds"}
    for sheet, column in COLUMNS:
        assert (column.to in known) == (column.type in ("ref", "refs"))
        assert set(column.made_from) <= {other.column for other in sheet.columns}
        if column.fallback_by:
            by = sheet.column(column.fallback_by)
            assert set(column.fallback) <= set(by.choices)
        assert column.what
        assert column.example


def test_every_fallback_is_a_row_of_the_evidence():
    rows = load().rows
    keys = {key for _, column in COLUMNS for key in (column.fallback or {}).values()}
    assert keys
    assert keys <= set(rows)


def test_items_stand_in_categories_and_presets_name_items():
    assert {item.category for item in items().values()} == set(categories())
    assert not set(items()) & set(categories()), "a word in may_pay means one thing"
    origins = set(fields()["funds"].column("origin").choices)
    for preset in presets().values():
        assert set(preset.never_pays) <= set(items())
        assert set(preset.origins) <= origins
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", preset.date)
        assert preset.source


def test_what_a_fund_never_pays_wins_over_what_it_may():
    def fund(**strings):
        return Fund("f", "F", "state", 1, Month(2023, 1), None, **strings)

    assert all(fund_may_pay(fund(), item) for item in items())
    grant = fund(may_pay=("supplies",), never_pays=("syringes",))
    assert fund_may_pay(grant, "naloxone")
    assert not fund_may_pay(grant, "syringes")
    assert not fund_may_pay(grant, "building"), "a supplies grant never pays a roof"
    assert not fund_may_pay(fund(may_pay=("naloxone",), never_pays=("supplies",)), "naloxone")
    with pytest.raises(KeyError):
        fund_may_pay(grant, "champagne")


def test_levers_lie_in_their_range():
    for lever in levers().values():
        assert lever.low <= lever.today <= lever.high

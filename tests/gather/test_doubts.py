"""What a careful colleague asks about sums, areas, the ledger and the plan, and where she keeps quiet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from made_programs import small_program

from longview.gather import check_folder, write_folder, write_workbook
from longview.program import (
    CommunityCount,
    CommunityRate,
    Count,
    Effect,
    Fund,
    LedgerLine,
    Month,
    Option,
    Post,
    Program,
    Range,
    RateFigure,
    Records,
    ServiceCount,
    Session,
    Site,
    Supply,
)

ROOT = Path(__file__).resolve().parents[2]
MADE = [
    ROOT / "src" / "longview" / "examples" / "rhode-island",
    *sorted((ROOT / "tests" / "files" / "predictive").iterdir()),
]
LAST = Month(2022, 12)
BASE = small_program()
VAN = Site("van", "The van", "van", "hosted")

NEW = {
    *("sites-not-total", "more-people-than-visits", "year-over-months", "more-starts-than-referrals", "too-many-days"),
    *("near-area", "areas-nested", "too-many-deaths", "more-open-than-staffed", "rate-jump", "beyond-belief"),
    *("no-roof-to-mend", "currency-code", "records-old", "prices-old", "supply-apart", "long-term", "pays-after-end"),
    *("claims-in-hand", "balance-over-received", "ledger-over-award", "ledger-not-received", "much-unassigned"),
}


def counts(**told: str) -> Records:
    """The base's records with rows of December: `visits="3"` for the whole, `visits__van="3"` for a site."""
    rows = []
    for name, text in told.items():
        measure, _, site = name.partition("__")
        rows.append(ServiceCount(LAST, site or None, measure, Count.parse(text)))
    kept = [r for r in BASE.records.services if (r.month, r.measure) not in {(LAST, row.measure) for row in rows}]
    return replace(BASE.records, services=(*kept, *rows))


def two_sites(**told: str) -> Program:
    return replace(BASE, sites=(*BASE.sites, VAN), records=counts(**told))


def fund(**changes: Any) -> Program:
    return replace(BASE, funds=(replace(BASE.funds[0], **changes),))


def ledger(*lines: tuple[str, str, str, int], **changes: Any) -> Program:
    """The base with a fund whose term is this year, and a ledger of (month, fund, kind, amount)."""
    money = tuple(LedgerLine(f"{m}-15", f, "Account", k, Decimal(n)) for m, f, k, n in lines)  # type: ignore[arg-type]
    values = {"first": Month(2022, 7), "last": Month(2023, 6), "received": Decimal(60000), "amount": Decimal(120000)}
    held = replace(BASE.funds[0], **{**values, **changes})
    return replace(BASE, funds=(held,), records=replace(BASE.records, money=money))


def deaths(area: str, monthly: int) -> tuple[CommunityCount, ...]:
    first = BASE.records.community[0]
    return tuple(replace(first, month=Month(2022, 1).plus(t), area=area, value=Count.of(monthly)) for t in range(12))


def areas(shares: dict[str, float], *rows: tuple[CommunityCount, ...]) -> Program:
    community = tuple(row for some in rows for row in some)
    return replace(BASE, area_shares=shares, records=replace(BASE.records, community=community))


def moves(lever: str, value: float, **changes: Any) -> Program:
    option = Option("room", "A room", "yes-no")
    return replace(BASE, options=(option,), effects=(Effect("room", lever, "add", value),), prices=(), **changes)


def rated(area: str) -> Program:
    rate = CommunityRate(
        *(LAST, "month", area, "opioids", "overdose_visits", RateFigure(2.0), 10000, "visits", "2023-01-01", "a state")
    )
    return replace(BASE, records=replace(BASE.records, rates=(rate,)))


def posts(*rates: str) -> Program:
    return replace(
        BASE, posts=tuple(Post(f"p{n}", f"Role {n}", 1, 1, 35, Decimal(r), benefits=0.2) for n, r in enumerate(rates))
    )


def starts(referrals: str, begun: str) -> Program:
    rows = tuple(
        ServiceCount(Month(2022, 11).plus(t), None, measure, Count.parse(text))
        for t in range(2)
        for measure, text in (("referrals", referrals), ("treatment_starts", begun))
    )
    return replace(BASE, records=replace(BASE.records, services=(*BASE.records.services, *rows)))


LEASED = (replace(BASE.sites[0], premises="leased", landlord_repairs=True, condition=None, replacement_value=None),)
ASKED: list[tuple[str, Callable[[], Program]]] = [
    ("sites-not-total", lambda: two_sites(visits="400", visits__main="300", visits__van="50")),
    ("sites-not-total", lambda: two_sites(visits="300", visits__main="301", visits__van="<5")),
    ("sites-not-total", lambda: two_sites(visits="300", visits__main="301")),
    ("sites-not-total", lambda: two_sites(participants_month="90", participants_month__main="91")),
    (
        "sites-not-total",
        lambda: two_sites(participants_month="190", participants_month__main="91", participants_month__van="<90"),
    ),
    ("more-people-than-visits", lambda: two_sites(visits="400", participants_month="401")),
    (
        "year-over-months",
        lambda: replace(
            BASE,
            records=replace(
                counts(participants_12_months="121"),
                services=(
                    *counts(participants_12_months="121").services,
                    *(
                        ServiceCount(Month(2022, 1).plus(t), None, "participants_month", Count.of(10))
                        for t in range(12)
                    ),
                ),
            ),
        ),
    ),
    ("more-starts-than-referrals", lambda: starts("<5", "5")),
    ("too-many-days", lambda: two_sites(days_closed__main="32")),
    ("near-area", lambda: rated("Rhode Iland")),
    (
        "areas-nested",
        lambda: areas(
            {"Rhode Island": 0.2, "Kent County, Rhode Island": 1.0},
            deaths("Rhode Island", 30),
            deaths("Kent County, Rhode Island", 5),
        ),
    ),
    ("too-many-deaths", lambda: areas({"Rhode Island": 1.0}, deaths("Rhode Island", 36))),
    (
        "more-open-than-staffed",
        lambda: replace(BASE, sessions=(Session("s", "main", "mon", 0, 24, (), 3),), posts=BASE.posts),
    ),
    ("rate-jump", lambda: posts("20", "22", "3900")),
    ("beyond-belief", lambda: moves("room", 0.31)),
    ("no-roof-to-mend", lambda: moves("repair", 1000, sites=LEASED)),
    ("currency-code", lambda: replace(BASE, currency="dollars")),
    ("records-old", lambda: replace(BASE, plan_from=Month(2024, 1))),
    ("prices-old", lambda: replace(BASE, price_year=2016)),
    ("supply-apart", lambda: replace(BASE, supplies=(Supply("naloxone", "naloxone", Decimal(36), a_month=401.0),))),
    ("supply-apart", lambda: replace(BASE, supplies=(Supply("naloxone", "naloxone", Decimal(36), a_month=24.0),))),
    ("long-term", lambda: fund(last=Month(2032, 7))),
    ("pays-after-end", lambda: fund(every=25)),
    ("claims-in-hand", lambda: fund(pays="reimburse", opening_balance=Decimal(10))),
    ("balance-over-received", lambda: fund(opening_balance=Decimal(7000), received=Decimal(6000))),
    ("ledger-over-award", lambda: ledger(("2022-09", "state", "income", 123000))),
    ("ledger-over-award", lambda: ledger(("2022-09", "state", "expense", 123000))),
    ("ledger-not-received", lambda: ledger(("2022-07", "state", "income", 30000))),
    ("much-unassigned", lambda: ledger(("2022-06", "state", "expense", 70), ("2022-06", "unassigned", "expense", 30))),
]
QUIET: list[tuple[str, Callable[[], Program]]] = [
    ("sites-not-total", lambda: two_sites(visits="400", visits__main="300", visits__van="100")),
    ("sites-not-total", lambda: two_sites(visits="304", visits__main="300", visits__van="<5")),
    ("sites-not-total", lambda: two_sites(visits="400", visits__main="300")),  # the van has no row
    ("sites-not-total", lambda: two_sites(visits="400", visits__main="300", visits__van="")),
    ("sites-not-total", lambda: two_sites(days_closed="2", days_closed__main="2", days_closed__van="2")),
    (
        "sites-not-total",
        lambda: two_sites(participants_month="100", participants_month__main="91", participants_month__van="40"),
    ),
    ("more-people-than-visits", lambda: two_sites(visits="400", participants_month="400")),
    ("more-people-than-visits", lambda: two_sites(visits="<500", participants_month="401")),
    ("more-starts-than-referrals", lambda: starts("<5", "4")),
    ("too-many-days", lambda: two_sites(days_closed="40")),  # two sites
    ("near-area", lambda: rated("RI")),
    ("near-area", lambda: rated("Rhode Island")),
    ("areas-nested", lambda: areas({"Rhode Island": 0.2, "Kent": 1.0}, deaths("Rhode Island", 30), deaths("Kent", 5))),
    ("too-many-deaths", lambda: areas({"Rhode Island": 0.5}, deaths("Rhode Island", 36))),
    ("rate-jump", lambda: posts("20", "22", "199")),
    ("beyond-belief", lambda: moves("room", 0.3)),
    ("no-roof-to-mend", lambda: moves("repair", 1000)),
    ("records-old", lambda: replace(BASE, plan_from=Month(2023, 12))),
    ("prices-old", lambda: replace(BASE, price_year=2018)),
    ("supply-apart", lambda: replace(BASE, supplies=(Supply("naloxone", "naloxone", Decimal(36), a_month=399.0),))),
    ("long-term", lambda: fund(last=Month(2032, 6))),
    ("pays-after-end", lambda: fund(every=24)),
    ("claims-in-hand", lambda: fund(pays="reimburse")),
    ("balance-over-received", lambda: fund(opening_balance=Decimal(6000), received=Decimal(6000))),
    ("balance-over-received", lambda: fund(opening_balance=Decimal(7000), received=Decimal(6000), carries_over=True)),
    ("ledger-over-award", lambda: ledger(("2022-09", "state", "income", 120000))),
    ("ledger-over-award", lambda: ledger(("2022-06", "state", "income", 200000))),  # the term before
    ("ledger-not-received", lambda: ledger(("2022-07", "state", "income", 50000))),
    ("ledger-not-received", lambda: ledger(("2022-09", "state", "income", 30000))),  # the ledger begins later
    ("much-unassigned", lambda: ledger(("2022-06", "state", "expense", 80), ("2022-06", "unassigned", "expense", 20))),
]


def told(program: Program, place: Path) -> list[str]:
    write_folder(program, place / "p")
    report = check_folder(place / "p")
    assert report.problems == ()
    return [doubt.code for doubt in report.doubts]


@pytest.mark.parametrize(("code", "program"), ASKED, ids=[f"{n}-{code}" for n, (code, _) in enumerate(ASKED)])
def test_what_can_hardly_be_so_is_asked_once(code: str, program: Callable[[], Program], tmp_path: Path) -> None:
    assert told(program(), tmp_path).count(code) == 1


@pytest.mark.parametrize(("code", "program"), QUIET, ids=[f"{n}-{code}" for n, (code, _) in enumerate(QUIET)])
def test_what_may_well_be_so_is_not_asked(code: str, program: Callable[[], Program], tmp_path: Path) -> None:
    assert code not in told(program(), tmp_path)


def test_every_new_doubt_is_tried() -> None:
    assert {code for code, _ in ASKED} == NEW


@pytest.mark.parametrize("folder", MADE, ids=lambda path: path.name)
def test_programs_that_were_made_to_be_possible_raise_none_of_these(folder: Path) -> None:
    assert not NEW & {doubt.code for doubt in check_folder(folder).doubts}


@pytest.mark.parametrize("place", [0, 11, 16, 21, 25])
def test_a_workbook_is_asked_what_its_folder_is_asked(place: int, tmp_path: Path) -> None:
    program = ASKED[place][1]()
    asked = told(program, tmp_path)
    book = write_workbook(program, tmp_path / "book.xlsx")
    assert sorted(doubt.code for doubt in check_folder(book).doubts) == sorted(asked)


def test_the_people_of_the_catchment_bound_its_deaths_at_their_most() -> None:
    """The doubt about deaths goes by the high end of people, so that an unsure figure raises none."""
    assert BASE.people == Range(900, 1500, 2600)
    assert 0.5 * 36 * 12 < 260 < 36 * 12


def test_a_fund_s_own_money_may_lie_anywhere(tmp_path: Path) -> None:
    own = Fund("own", "Gifts", "own", Decimal(10), Month(2022, 1), None, opening_balance=Decimal(5000))
    assert not NEW & set(told(replace(BASE, funds=(own,)), tmp_path))

"""What the sites of a program counted and what it says as a whole are one count, never two."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.calibrate.levels import monthly, window
from longview.program import (
    Count,
    Month,
    Program,
    Range,
    Records,
    ServiceCount,
    Site,
    Supply,
    handed_out,
    monthly_counts,
    monthly_mean,
)

MONTH = Month(2022, 12)


def program(measure: str, **told: str) -> Program:
    """A program of two sites, main and van, with one month of one measure."""
    rows = tuple(
        ServiceCount(MONTH, None if site == "whole" else site, measure, Count.parse(text))
        for site, text in told.items()
    )
    sites = (Site("main", "Main Street", "fixed", "owned"), Site("van", "The van", "van", "hosted"))
    facts = {"id": "made", "name": "Made", "place": "Made", "currency": "USD", "price_year": 2022}
    return Program(
        **facts,  # type: ignore[arg-type]
        first_month=MONTH,
        people=Range(900, 1500, 2600),
        area_shares={},
        sites=sites,
        records=Records(services=rows),
    )


@pytest.mark.parametrize(
    ("measure", "told", "expected"),
    [
        ("visits", {"main": "300", "van": "100"}, "400"),
        ("visits", {"main": "300", "van": "100", "whole": "400"}, "400"),
        ("visits", {"main": "300", "van": "100", "whole": "500"}, "500"),
        ("visits", {"main": "300", "van": "<5", "whole": "302"}, "302"),
        ("reversals", {"main": "3", "van": "1", "whole": "<10"}, "4"),
        ("reversals", {"main": "3", "van": "<5", "whole": "<5"}, "3 to 4"),
        ("reversals", {"main": "3", "whole": "<5"}, "3 to 4"),
        ("reversals", {"main": "3", "van": "", "whole": "<5"}, "3 to 4"),
        ("visits", {"main": "300", "van": ""}, ">=300, part not counted"),
        ("visits", {"main": "300", "van": "100", "whole": ""}, "400"),
        ("participants_month", {"main": "300", "van": "100"}, "300 to 400"),
        ("participants_month", {"main": "300", "van": "100", "whole": "350"}, "350"),
        ("participants_month", {"main": "300"}, "300"),
        ("days_closed", {"main": "2", "van": "2", "whole": "<5"}, "<5"),
    ],
)
def test_a_month_of_the_whole_program(measure: str, told: dict[str, str], expected: str) -> None:
    assert monthly_counts(program(measure, **told), measure)[MONTH] == Count.parse(expected)


def test_a_total_beside_its_sites_is_not_counted_twice_by_what_rests_on_it() -> None:
    both = program("visits", main="300", van="100", whole="400")
    assert monthly(both, "visits", window(MONTH)) == [Count.of(400)]
    assert monthly_mean(both, "visits") == 400
    assert monthly_mean(program("visits", main="300", van="<5"), "visits") == 302


@pytest.mark.parametrize(
    ("rows", "each"),
    [((None,), 400.0), ((150.0, None), 250.0), ((None, None), 200.0), ((500.0, None), 0.0), ((150.0,), 250.0)],
)
def test_rows_that_say_nothing_share_what_services_counted(rows: tuple[float | None, ...], each: float) -> None:
    counted = program("syringes_out", main="300", van="100")
    supplies = tuple(Supply(f"s{n}", "syringes", Decimal("0.10"), a_month=units) for n, units in enumerate(rows))
    assert handed_out(replace(counted, supplies=supplies)) == {"naloxone": 0.0, "syringes": each}


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 12), st.integers(1, 12), st.booleans())
def test_the_whole_holds_the_truth_whatever_is_hidden(
    main: int, van: int, limit: int, other: int, people: bool
) -> None:
    """True counts of two sites, shown or hidden below a limit; of people, up to all of the smaller come to both."""
    hidden = [str(n) if n >= below else f"<{below}" for n, below in ((main, limit), (van, other))]
    for both in (0, min(main, van)) if people else (0,):
        truth = main + van - both
        measure = "participants_month" if people else "visits"
        for whole in ({}, {"whole": f"<{truth + 3}"}, {"whole": str(truth)}):
            count = monthly_counts(program(measure, main=hidden[0], van=hidden[1], **whole), measure)[MONTH]
            assert count.low <= truth
            assert count.high is None or truth <= count.high

"""Results for machines: complete, ordered, and plain."""

from __future__ import annotations

import json
from dataclasses import fields

import numpy as np
import pytest
import report_made as made

from longview.report import compare_json, outlook_frame, outlook_json
from longview.report.machines import BY_FUND, CHANCES, FLOWS
from longview.results import OUTCOMES, Outlook


def test_every_series_of_an_outlook_is_in_the_table() -> None:
    arrays = {f.name for f in fields(Outlook) if "Floats" in str(f.type) or "Bools" in str(f.type)}
    assert arrays == {*FLOWS, *BY_FUND, *CHANCES}
    frame = outlook_frame(made.outlook())
    assert set(frame["series"].unique()) == arrays
    assert frame.height == made.T * (len(FLOWS) + len(CHANCES) + len(BY_FUND) * 4)


def test_a_row_holds_the_quantiles_of_its_month() -> None:
    outlook = made.outlook()
    row = outlook_frame(outlook).filter(
        (outlook_frame(outlook)["series"] == "visits") & (outlook_frame(outlook)["month"] == "2027-01")
    )
    assert row["middle"][0] == pytest.approx(np.median(outlook.visits[:, 6]))
    assert row["low80"][0] == pytest.approx(np.quantile(outlook.visits[:, 6], 0.1))
    ends = row.select("low95", "low80", "low50", "middle", "high50", "high80", "high95").row(0)
    assert list(ends) == sorted(ends)


def test_a_chance_is_told_as_a_share_of_futures() -> None:
    outlook = made.outlook()
    rows = outlook_frame(outlook).filter(outlook_frame(outlook)["series"] == "ran_out")
    assert rows["chance"][-1] == pytest.approx(outlook.chance("ran_out"))
    assert rows["middle"].null_count() == rows.height


def test_json_is_plain_and_says_its_schema() -> None:
    for found in (outlook_json(made.outlook()), compare_json(made.comparison())):
        assert json.loads(json.dumps(found, allow_nan=False)) == found
        assert found["schema"] == 1


def test_a_comparison_tells_every_outcome_of_every_portfolio_twice() -> None:
    found = compare_json(made.comparison())
    for portfolio in found["portfolios"]:
        assert set(portfolio["tellings"]) == {"open", "closing"}
        assert set(portfolio["tellings"]["open"]) == {o.id for o in OUTCOMES}
    assert found["portfolios"][0]["tellings"]["open"]["deaths"]["tied"] is True
    assert found["portfolios"][0]["cost"] == 0.0

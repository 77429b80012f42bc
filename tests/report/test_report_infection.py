"""Infections and wounds in a report: told as rates, where something in the plan moves them, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import findings_made as whole
import numpy as np
import pytest
import report_made as made
from report_pages import evidence, plan, words_of

from longview.program import Effect, Program
from longview.report import compare_text, report_html
from longview.report.rounding import rate, rate_range, rate_words
from longview.report.told import OF_INFECTION
from longview.results import OUTCOMES, Comparison, Flag, Interval

TITLES = (
    "Hepatitis C infections a year",
    "HIV infections a year",
    "Hospital stays for wounds",
    "Skin infections a year",
)
RARER = Flag("hiv-below-incidence", 0.04)


def with_syringes() -> Program:
    """The made program, in which more kits bring syringes as well."""
    program = made.program()
    return replace(program, effects=(*program.effects, Effect("kits", "syringes_added", "add", 1_000.0)))


def spared(share: Mapping[str, float]) -> Comparison:
    """The made comparison with a share of each rate spared, more or less, in the first two plans."""
    found = made.comparison()
    worth = np.random.default_rng(23).uniform(0.5, 1.5, made.F)
    values = {
        telling: {
            name: np.stack([row * (1 - share.get(name, 0.0) * worth * (p in (1, 2))) for p, row in enumerate(rows)])
            for name, rows in told.items()
        }
        for telling, told in found.values.items()
    }
    return replace(found, values=values)


@cache
def words(program: str = "touched", size: float = 0.2, flagged: bool = False) -> str:
    share = {o.id: size for o in OUTCOMES if o.over == "rate"}
    decision = replace(made.decision(), comparison=spared(share), flags=(RARER,) if flagged else ())
    held = with_syringes() if program == "touched" else made.program()
    return words_of(report_html(held, whole.findings(plan(), decision=decision), evidence=evidence()))


def test_rates_are_told_where_the_plan_moves_them() -> None:
    for title in TITLES:
        assert title in words(), title
    row = next(line for line in words().splitlines() if line.startswith(TITLES[0]))
    assert "fewer" in row


def test_nothing_is_told_where_no_option_touches_them() -> None:
    """However far they move, by people alive or by chance: no row, no rival's gain, no difference."""
    for title in TITLES:
        assert title not in words("as made"), title
        assert title not in words("touched", 0.001), f"{title}: hardly moved"
    assert "1,000 who inject" not in words("as made")


def test_a_bound_of_infection_is_told_only_with_infections() -> None:
    assert "HIV is rarer here" in words(flagged=True)
    assert "HIV is rarer here" not in words("as made", flagged=True)


def test_the_terminal_tells_them_alike() -> None:
    found = spared({"hcv_rate": 0.3})
    told = " ".join(compare_text(found, with_syringes()).split())
    assert "hepatitis C infections a year, of 1,000 who inject: about" in told
    assert "hepatitis C" not in compare_text(found, made.program())
    assert "HIV infections" not in told, "that which does not move is not told"


def test_every_lever_that_is_meant_to_move_them_exists() -> None:
    from longview.program import levers

    assert set(OF_INFECTION) <= set(levers())


@pytest.mark.parametrize(
    ("value", "said"), [(78.4, "78"), (3.42, "3.4"), (0.664, "0.66"), (0.02, "0.02"), (0.001, "under 0.01"), (0.0, "0")]
)
def test_a_rate_keeps_two_figures_however_small(value: float, said: str) -> None:
    assert rate(value).replace("\u00a0", " ") == said


def test_a_rates_gain_says_which_way() -> None:
    def plain(text: str) -> str:
        return text.replace("\u00a0", " ")

    assert plain(rate_words(Interval(1.0, 3.42, 6.0))) == "about 3.4 fewer"
    assert plain(rate_words(Interval(-1.0, -0.3, 0.1))) == "about 0.30 more"
    assert rate_words(Interval(0.0, 0.001, 0.01)) == "hardly any"
    assert rate_words(Interval(0.0, 0.0, 0.0)) == "none"
    assert plain(rate_range(Interval(0.04, 0.1, 0.4))) == "0.04 to 0.40"
    assert plain(rate_range(Interval(-0.2, 0.1, 0.4))) == "0.20 more to 0.40 fewer"
    assert plain(rate_range(Interval(-0.4, -0.3, -0.2))) == "0.20 to 0.40 more"
    assert rate_range(Interval(0.0, 0.0, 0.001)) == "0"

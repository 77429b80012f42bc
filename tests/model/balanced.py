"""A program in which nothing should move, and how far it moves: MODEL's law of balance, over many draws.

    python tests/model/balanced.py      prints the worst case, as docs/model.md tells it

Pay, pay elsewhere, prices and money grow together; upkeep is what is needed; what is put off grows no dearer; places are filled
as hiring and quits leave them in the long run, by people as practised as they then are; money is no matter. A building fails
once only, so its failures (as what the records say must change) are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import numpy as np
from made import PROGRAM, make_targets
from numpy.typing import NDArray

from longview.calibrate import anchor
from longview.evidence import load
from longview.model import Futures, Model, Result, Targets, draw, model, simulate, start
from longview.program import Program
from longview.program.months import Month
from longview.program.types import Fund
from longview.results import Portfolio

Floats = NDArray[np.float64]

EVIDENCE = load()
EXAMPLE = Path(__file__).resolve().parents[2] / "src" / "longview" / "examples" / "rhode-island"
GROWTH = 0.03
"""A year, of pay, of pay elsewhere and of prices."""

STILL = (
    "people", "reached", "on_moud", "kits_held", "kits_given", "visits", "turned_away", "fires", "burnout",
    "posts_filled", "quits", "open_share", "readiness", "condition", "deaths", "deaths_other", "overdoses", "reversals",
    "injecting", "hcv_infections", "hiv_infections", "skin_infections", "wounds_hospital",
)  # fmt: skip
"""What must not move. (Load is told by the share turned away.)"""


@dataclass(frozen=True)
class Today:
    """Futures of a program with today's targets, before anything is made still."""

    program: Program
    futures: Futures
    targets: Targets


def of_made(count: int, seed: int = 0, years: int = 10) -> Today:
    """The made program, its targets drawn where they have a prior."""
    ready = model(PROGRAM, years)
    futures = draw(EVIDENCE, ready.names, ready.months, seed, 0, count)
    one, today = np.ones(count), make_targets()
    targets = Targets(
        people=one * today["people"], participants=one * today["participants_12m"], kits=one * today["kits_month"],
        visits=one * today["visits_month"], hours=-one, deaths=one * today["deaths_year"],
        load=futures.p["load_today"], adj=futures.p["nx_adj"], quit=-np.log1p(-futures.p["quit_hr_worker"]),
        syringes=one * today["syringes_month"],
    )  # fmt: skip
    return Today(PROGRAM, futures, targets)


def of_example(count: int, seed: int = 0, years: int = 10) -> Today:
    """Rhode Island, anchored in its records."""
    from longview.gather import read_folder

    program, problems = read_folder(EXAMPLE)
    assert program is not None, problems
    ready = model(program, years)
    held = anchor(ready, EVIDENCE, draw(EVIDENCE, ready.names, ready.months, seed, 0, count))
    return Today(program, held.futures, held.targets)


def at_rest(p: dict[str, Floats], quit_hazard: Floats) -> tuple[Floats, Floats]:
    """The share of a place filled, and the months in post that give the skill, at which neither moves, [F]."""
    quits, hires = -np.expm1(-quit_hazard / 12.0), -np.expm1(-1.0 / p["hire_months"])
    filled = hires / (quits + hires - quits * hires)
    stay, learn, first = filled * (1.0 - quits), np.exp(-2.0 / p["ramp_months"]), p["ramp_start"]
    skill = (stay * (1.0 - learn) + (filled - stay) * first) / (filled - stay * learn)
    return filled, -p["ramp_months"] / 2.0 * np.log((1.0 - skill) / (1.0 - first))


def made_still(today: Today, years: int = 10) -> tuple[Model, Futures, Targets]:
    """The program, its futures and its targets with everything at rest."""
    program = replace(
        today.program,
        posts=tuple(replace(post, hiring=True, paid_by=()) for post in today.program.posts),
        funds=(Fund("enough", "Enough", "own", Decimal(50_000_000), Month(2020, 1), None),),
        sites=tuple(replace(site, upkeep=None) for site in today.program.sites),
        supplies=tuple(replace(supply, in_kind=0.0) for supply in today.program.supplies),
        costs=tuple(replace(cost, first=None, last=None, paid_by=()) for cost in today.program.costs),
        prices=(), options=(), effects=(), free_cash=Decimal(10_000_000),
    )  # fmt: skip
    ready, count = model(program, years), today.futures.count
    one = np.ones(count)
    p = today.futures.p | {
        "wage_growth": GROWTH * one, "price_growth": GROWTH * one, "deferral_mult": one,
        "failure_rate_sound": 0.0 * one, "failure_rate_worn": 0.0 * one,
    }  # fmt: skip
    filled, months = at_rest(p, today.targets.quit)
    places = ready.setup.weekly.shape[0]
    setup = ready.setup._replace(filled=np.tile(filled, (places, 1)), months_in=np.tile(months, (places, 1)))
    clock = ready.calendar._replace(own_raise=(1.0 + GROWTH) ** (np.arange(ready.months) / 12.0))
    return (
        replace(ready, setup=setup, calendar=clock),
        replace(today.futures, p=p),
        today.targets._replace(hours=-one),  # today's hours are those of the posts at rest
    )


def run_expected(ready: Model, futures: Futures, targets: Targets) -> Result:
    """Today's path in the expected form. (One chunk: the places' filling is given future by future.)"""
    began = start(ready, futures, targets)
    assert began.residual.max() < 1e-9
    return simulate(
        ready, futures, began, [Portfolio("today")], expected=True, paths=True,
        engine="numpy", dtype="float64", chunk=futures.count, threads=1,
    )  # fmt: skip


def moved(result: Result, targets: Targets, places: int, months: int) -> dict[str, float]:
    """Series → how far it ever goes from its first month, relative, in the worst draw; "start": from today's targets."""
    seen = result.seen
    assert seen is not None
    series = {name: getattr(seen, name)[0, :, :months] for name in STILL}
    series["vacancies"] = places - series["posts_filled"]
    out = {}
    for name, x in series.items():
        out[name] = float(np.max(np.abs(x - x[:, :1]) / np.maximum(np.abs(x[:, :1]), 1e-12)))
    levels = {"people": targets.people, "visits": targets.visits, "kits_given": targets.kits}
    out["start"] = max(float(np.max(np.abs(series[name][:, 0] / level - 1.0))) for name, level in levels.items())
    return out


def main() -> None:
    """Print the worst case of both programs over 500 draws and ten years."""
    for name, today in (("the made program", of_made(500)), ("Rhode Island", of_example(500))):
        ready, futures, targets = made_still(today)
        far = moved(run_expected(ready, futures, targets), targets, ready.setup.weekly.shape[0], 120)
        worst = max(far, key=lambda key: far[key])
        print(f"{name}: {futures.count} draws, 120 months, nothing moves by more than {far[worst]:.1e} ({worst})")


if __name__ == "__main__":
    main()

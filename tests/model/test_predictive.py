"""Nothing absurd in what the model expects of six programs unlike each other (tools/predictive.py), in a few futures each.

`make predictive` looks at a thousand. The checks themselves are held to being able to find what they look for.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
sys.path.insert(0, str(ROOT / "tests" / "examples"))

import five_programs  # noqa: E402
from absurd import BOUNDS, CHECKS, Run  # noqa: E402
from predictive import BEGIN, END, FUTURES, PAGE, absurdities, programs, ready, runs, short  # noqa: E402

from longview.gather import check_folder  # noqa: E402
from longview.model.bounds import load  # noqa: E402
from longview.report.messages import FLAGS  # noqa: E402

DRAWS = 60


@cache
def looked_at(folder: Path) -> tuple[Run, ...]:
    return tuple(runs(ready(folder, DRAWS)))


@pytest.mark.parametrize("folder", programs(), ids=lambda folder: folder.name)
def test_nothing_absurd_in_any_future(folder):
    for run in looked_at(folder):
        assert run.ready.count == DRAWS, "every future finds a start"
        assert absurdities(run) == []


def test_the_made_programs_are_what_their_script_makes_and_pass_the_check(tmp_path):
    from longview.gather import write_folder

    for make in five_programs.PROGRAMS:
        program = make()
        folder = five_programs.FOLDER / program.id
        write_folder(program, tmp_path / program.id)
        for file in sorted((tmp_path / program.id).iterdir()):
            assert file.read_bytes() == (folder / file.name).read_bytes(), file
        report = check_folder(folder)
        assert report.well, folder
        assert report.program is not None
        assert report.program.made


SPOILT = {
    "a series that is no number": {"visits": lambda x: x * np.nan},
    "fewer than nobody, or less than nothing": {"kits_held": lambda x: x - 1e9},
    "a share outside 0-1": {"burnout": lambda x: x + 1.0},
    "more deaths in a month than people": {"deaths": lambda x: x * 1e6},
    "more overdose deaths than overdoses": {"overdoses": lambda x: x * 0.0},
    "more overdoses met than overdoses": {"reversals": lambda x: x * 1e3},
    "more people reached than people": {"reached": lambda x: x * 1e3},
    "more people on medication than people": {"on_moud": lambda x: x * 1e3},
    "more people who inject than people": {"injecting": lambda x: x * 10.0},
    "people halve or grow by half": {"people": lambda x: x * 1.6},
    "more kits in hands than there have been": {"kits_held": lambda x: x * 100.0},
    "more kits used than there have been, by more than a kit": {"reversals": lambda x: x * 1e3},
    "more than 6 overdoses a person and year": {"overdoses": lambda x: x * 100.0},
    "more than 15 in 100 die of overdose in a year": {"deaths": lambda x: x * 100.0},
    "a year with six times today's overdose deaths": {"deaths": lambda x: x * 100.0},
    "more than three times today's visits, nothing having been added": {"visits": lambda x: x * 4.0},
    "more than three times today's kits, nothing having been added": {"kits_given": lambda x: x * 4.0},
    "more than 31 visits a month of each person reached": {"visits": lambda x: x * 100.0},
    "more workers than places": {"posts_filled": lambda x: x + 9.0},
    "more leave in a year than five times the places and five": {"quits": lambda x: x + 4.0},
    "more money in hand than ever came": {"free_cash": lambda x: x + 1e9},
    "books that do not close": {"spending": lambda x: x * 1.01},
    "a closed program that pays, serves or reaches": {"closed": lambda x: x * 0.0 + 1.0},
    "a year that costs four times today's, and twice the house besides": {"spending": lambda x: x * 20.0},
    "repairs put off beyond three times the house": {"backlog": lambda x: x + 1e7},
    "more than 60 new hepatitis C infections a year for 100 people who inject": {"hcv_infections": lambda x: x * 50.0},
    "more than 15 new HIV infections a year for 100 people who inject": {"hiv_infections": lambda x: x * 1e4},
    "more than 6 skin infections a year for each person who injects": {"skin_infections": lambda x: x * 50.0},
    "more than one stay in hospital for a wound a year for each person who injects": {
        "wounds_hospital": lambda x: x * 50.0
    },
    "more days closed than days": {"days_closed": lambda x: x + 32.0},
}  # fmt: skip
"""For each absurdity, something that is one."""


def test_each_check_finds_what_it_looks_for():
    run = looked_at(programs()[0])[0]
    told = {check.what: check for check in CHECKS}
    assert set(told) - set(SPOILT) == {"more than 12 visits an hour that is paid, all year"}
    for what, spoil in SPOILT.items():
        seen = dict(run.seen) | {name: change(run.seen[name]) for name, change in spoil.items()}
        with np.errstate(all="ignore"):
            assert told[what].found(Run(run.ready, seen, run.closing)).any(), what
    few = replace(run.ready.anchor, targets=run.ready.anchor.targets._replace(hours=np.ones(DRAWS)))
    assert (
        told["more than 12 visits an hour that is paid, all year"]
        .found(Run(replace(run.ready, anchor=few), run.seen, run.closing))
        .all()
    )


def test_every_bound_that_is_met_is_told_in_words_or_says_why_not():
    for bound in BOUNDS:
        assert bound.why if not bound.told else bound.told in FLAGS


def test_load_is_read_off_the_share_turned_away():
    k = np.array([4.0, 8.0, 12.0])
    for wanted in (0.3, 0.85, 1.0, 1.7, 4.9):
        away = -np.expm1(-np.logaddexp(0.0, k * np.log(wanted)) / k)
        np.testing.assert_allclose(load(away[:, None], k)[:, 0], wanted, rtol=1e-5 if wanted > 0.5 else 0.05)
    assert (load(np.ones((3, 1)), k) == pytest.approx(5.0)) is True


def test_the_page_holds_the_whole_table():
    page = PAGE.read_text(encoding="utf-8")
    block = page.split(BEGIN)[1].split(END)[0]
    assert f"{FUTURES:,} draws" in block
    assert "**none was found**" in block
    for folder in programs():
        assert folder.name in block


def test_numbers_are_short():
    assert [short(x) for x in (0.0, 0.1234, 12.345, 1234.5, -0.00001)] == ["0", "0.123", "12.3", "1,234", "0"]

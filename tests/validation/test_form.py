"""A study's file: read whole, and all that is wrong told at once."""

from __future__ import annotations

import pytest
from study_files import EVIDENCE, WHOLE, problems, study

from longview.program import levers
from longview.validation import read_study, read_text, shipped


def test_a_whole_file_is_read():
    found = study()
    assert (found.id, found.kind, found.cls, found.futures, found.seed) == ("T1", "cohort", "run", 20, 0)
    assert [arm.name for arm in found.arms] == ["as it is", "more kits"]
    assert found.arms[1].levers[0].to == 2.0
    assert found.outcomes[0].reading.versus == "as it is"


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_every_study_that_comes_along_reads_cleanly(path):
    found, said = read_study(path, EVIDENCE)
    assert said == ()
    assert found is not None
    assert found.id.lower() == path.stem.replace("v0", "v")
    assert found.why, "each study says why ours and theirs differ, or agree"
    assert found.source


def test_all_that_is_wrong_is_told_at_once():
    text = """
id = "T2"
clas = "run"
futures = -3
[population]
peeple = 10
kits_a_month = 5
kits_held_per_person = 1
years = 100
[evidence]
od_witnesed = 0.5
fatal_none = { low = 0.2, best = 0.1, high = 0.3 }
od_fatal_inject = 0.02
od_public_share = 1.5
[[arms]]
name = "a"
levers = { kitz = 2, wage = 50 }
[[arms]]
name = "a"
[[outcomes]]
name = "o"
measure = "deths"
arm = "b"
compare = "fall"
published = "many"
"""
    said = problems(text)
    for words in (
        "title is missing",
        "clas: the form has no such key; did you mean class",
        "futures is -3; it must lie in",
        "peeple: the form has no such key; did you mean people",
        "kits_a_month and kits_held_per_person say the same thing twice",
        'years is 100; write a whole number from 1 to 60, or "lifetime"',
        "od_witnesed: no row of the evidence is called so; did you mean od_witnessed",
        "low 0.2, best 0.1 and high 0.3 must stand in that order",
        "od_fatal_inject is a target: the model does not read it",
        "1.5 lies outside 0 to 1",
        "kitz: no lever is called so; did you mean kits",
        "50 lies outside 0.5 to 3",
        "two arms are called a",
        "deths: no measure is called so; did you mean deaths",
        "b: no arm is called so",
        'compare = "fall" needs an arm to set it against',
        "published is 'many'; write a number",
    ):
        assert words in said, words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id = ", "not TOML"),
        ("", "id is missing"),
        ('id = "x"\ntitle = "x"', "no outcomes"),
        ('id = "x"\ntitle = "x"\narms = 3', "arms must be tables"),
        ('id = "x"\ntitle = "x"\npopulation = 3', "population must be a table"),
        (WHOLE + 'within = "near"', "within is a pair"),
        (WHOLE + "between = [5, 2]", "between is a pair of months"),
        (WHOLE.replace("levers = { kits = 2 }", "levers = { kits = { months = 3 } }"), "say what it is moved to"),
        (WHOLE.replace("kits_a_month = 50", "kits_a_year_per_100k = 50"), "say how many there are, residents"),
        (WHOLE + 'along = ["as it is"]', None),
        (WHOLE.replace('compare = "fall"', 'compare = "crosses"'), "needs the arms in order"),
        (WHOLE + "[[staff]]\nrole = 'x'\nhors = 3", "hors: the form has no such key; did you mean hours"),
        (WHOLE + "[[funds]]\nname = 'x'\norigin = 'moon'\namount = 5\nfrom = '2025-01'", "origin is 'moon'"),
        (WHOLE + "[outbreak]\nends = 2015-08-11", None),
        (
            WHOLE.replace('title = "A test"', 'title = "A test"\nkind = "outbreak"\n[outbreak]\nends = 2015-08-11'),
            "begins",
        ),
    ],
)
def test_a_wrong_file_is_told_in_words(text, words):
    found, said = read_text(text, "t.toml", EVIDENCE)
    if words is None:
        return
    assert found is None
    assert any(words in line for line in said), said


def test_a_file_that_is_no_text_is_told(tmp_path):
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    assert "not a text file" in read_study(tmp_path / "x.toml", EVIDENCE)[1][0]
    assert "no such file" in read_study(tmp_path / "y.toml", EVIDENCE)[1][0]


def test_any_lever_may_be_moved_and_any_input_set():
    moved = "\n".join(f"{name} = {lever.today}" for name, lever in levers().items() if lever.kind == "level")
    inputs = "\n".join(f"{key} = {EVIDENCE[key].best}" for key in EVIDENCE.keys)
    text = WHOLE.replace("levers = { kits = 2 }", f"[arms.levers]\n{moved}") + f"\n[evidence]\n{inputs}\n"
    assert len(study(text).evidence) == len(EVIDENCE.keys)


def test_a_per_of_its_own_is_compared_likewise_and_a_plain_one_within_each_arm():
    plain = study(WHOLE + 'per = "person_years"').outcomes[0].per
    assert plain is not None
    assert (plain.arm, plain.versus, plain.compare) == (None, None, None)
    own = study(WHOLE + 'between = [0, 6]\nper = { measure = "people", compare = "averted" }').outcomes[0].per
    assert own is not None
    assert (own.arm, own.versus, own.compare, own.between) == ("more kits", "as it is", "averted", (0, 6))


def test_set_until_is_taken_back_in_the_end():
    text = WHOLE.replace("levers = { kits = 2 }", "levers = { kits = { to = 2, start = 2, until = 6 } }")
    move = study(text).arms[1].levers[0]
    assert (move.op, move.to, move.start, move.until) == ("add", 1.0, 2, 6)


@pytest.mark.parametrize("told", ["0.2", "[0.04, 0.06]", "{ relative = 0.2 }", "{ within = [0.04, 0.06] }"])
def test_a_tolerance_may_be_told_in_short(told):
    target = study(WHOLE.replace("relative = 0.5", f"tolerance = {told}")).outcomes[0].target
    assert target.relative == 0.2 or target.within == (0.04, 0.06)


def test_the_pages_name_every_key():
    import sys
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    sys.path.insert(0, str(root / "tools"))
    from validation_form import form_page

    assert (root / "docs" / "validation-form.md").read_text(encoding="utf-8") == form_page(), "run: make validation"
    page = (root / "docs" / "validation.md").read_text(encoding="utf-8")
    for path in shipped():
        found, _ = read_study(path, EVIDENCE)
        assert found is not None
        assert f"\n## {found.id}\n" in page
        assert found.title in page


def arms(rows: str, kind: str = "cohort", more: str = "") -> str:
    return (
        f'id = "T3"\ntitle = "A test"\nkind = "{kind}"\n{more}\n{rows}\n[[outcomes]]\nname = "o"\nmeasure = "deaths"\n'
    )


def found(given, begins="begins = 2011-04-01\n"):
    return arms(f"[outbreak]\n{begins}ends = 90\nfound = {given}", "outbreak")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (arms('[[arms]]\nname = "a"\ndays = 3\nmet = 0.4'), "met and days: a study of kind cohort does not read this"),
        (
            arms('[[arms]]\nname = "a"\noutbreak = { people = 9 }'),
            "outbreak: a study of kind cohort does not read this",
        ),
        (arms('[[arms]]\nname = "a"\npopulation = { people = 9 }', "outbreak"), "population: a study of kind outbreak"),
        (arms('[[arms]]\nname = "a"\nlevers = { kits = 2 }', "formula"), "levers, kits: a formula reads witnessed"),
        (arms('[[arms]]\nname = "a"\nmet = 4', "formula"), "met is 4; it must lie in 0 to 1"),
        (arms('[[arms]]\nname = "a"\ndays = -3', "formula"), "days is -3; it must be 0 or more"),
        (arms("[outbreak]\npeople = 9"), "only kind = 'outbreak' reads it"),
        (arms("", more='program = "nowhere"'), "there is no folder nowhere beside"),
        (arms("", "formula", 'program = "nowhere"'), "only kind = 'cohort' reads it"),
        (arms("[outbreak]\npeople = 1\nends = 9", "outbreak"), "people is 1; it must be 2 or more"),
        (arms("[outbreak]\npeople = 9", "outbreak"), "say on which day it ends"),
        (arms('[outbreak]\nbegins = "spring"\nends = 9', "outbreak"), "write a date without quotes"),
        (arms("[outbreak]\nends = 9\ncovered = 3", "outbreak"), "covered lies outside 0 to 1"),
        (
            arms('[outbreak]\nends = 9\n[[arms]]\nname = "a"\noutbreak = { fit_infected = 3 }', "outbreak"),
            "fitted once",
        ),
        (found("{ from = 2011-05-01, numbers = [1] }", ""), "from is a date: say which date day 0 is"),
        (found("{ from = 2011-03-01, numbers = [1] }"), "outbreak, found: from is -31; it must lie in 0"),
        (found("{ from = 2, every = 0, numbers = [1] }"), "outbreak, found: every is 0; it must lie in 1"),
        (found("{ from = 1.5, numbers = [1] }"), "outbreak, found: from is 1.5; write a whole number"),
        (found("{ numbers = [1] }"), "outbreak, found: say from which day on: from = …"),
        (found("{ from = 2 }"), "outbreak, found: say how many were found: numbers = [1, 0, 2]"),
        (found("{ from = 2, numbers = [] }"), "outbreak, found: say how many were found"),
        (found("{ from = 2, numbers = [1, -2] }"), "outbreak, found: number 2 is -2; it must be 0 or more"),
        (found('{ from = 2, numbers = ["one"] }'), "outbreak, found: number 1 is 'one'; write a number"),
        (found("{ from = 2, number = [1] }"), "number: the form has no such key; did you mean numbers?"),
        (found("3"), "outbreak, found: write { from = …, every = …, numbers = [1, 0, 2] }"),
        (found("{ from = 2, numbers = [1] }\nfirst_found = 3"), "found and first_found both say when people are found"),
        (
            arms('[outbreak]\nends = 9\n[[arms]]\nname = "a"\noutbreak = { found = { from = 2 } }', "outbreak"),
            "arms 1 (a), outbreak, found: say how many were found",
        ),
        (arms("[population]\ninject = 0.9\nsmoke = 0.9"), "inject, smoke and stimulants come to 1.8"),
        (arms("[population]\ninject = 0.2\nsmoke = 0.2\nstimulants = 0.2"), "inject, smoke and stimulants come to 0.6"),
        (WHOLE + "tolerance = 0.1", "tolerance and relative say how near is near: keep one"),
        (WHOLE.replace("relative = 0.5", "relative = -0.5"), "relative is -0.5; it must be 0 or more"),
        (WHOLE + "low = 3\nhigh = 1", "low and high stand in the wrong order: 3 is above 1"),
        (WHOLE + "at_least = 3\nat_most = 1", "at_least and at_most stand in the wrong order"),
        (WHOLE.replace("relative = 0.5", "within = [2, 1]"), "the ends of within stand in the wrong order"),
        (WHOLE + "between = [6, 13]", "between ends at 13; the run has 12 months"),
        (WHOLE.replace("{ kits = 2 }", "{ kits = { to = 2, start = 12 } }"), "starts in month 12, counted from 0"),
        (arms("").replace('"deaths"', '"evidence"').replace("cohort", "formula"), "say which rows of the evidence"),
    ],
)
def test_what_would_be_passed_over_or_can_not_be_is_told(text, words):
    assert words in problems(text)


OUTBREAK = arms("", "outbreak", "[outbreak]\nends = 9").replace('"deaths"', '"infected"')


@pytest.mark.parametrize("text", [WHOLE, arms("[population]\ninject = 0.6\nsmoke = 0.3"), OUTBREAK])
def test_what_fits_is_read(text):
    study(text)


def test_all_that_is_wrong_with_those_found_is_told_at_once():
    said = problems(found("{ form = 2, every = 0.5, numbers = [-1, true] }\nends_ = 3"))
    for words in (
        "form: the form has no such key; did you mean from?",
        "say from which day on",
        "every is 0.5; write a whole number",
        "number 1 is -1; it must be 0 or more",
        "number 2 is True; write a number",
        "ends_: the form has no such key",
    ):
        assert words in said


def test_an_arm_looked_for_by_itself_is_not_found_as_the_study_counted():
    text = found("{ from = 2011-04-03, every = 7, numbers = [1, 3] }")
    text += '\n[[arms]]\nname = "soon"\noutbreak = { first_found = 2011-04-01 }'
    soon = study(text.replace('"deaths"', '"infected"').replace("04-03,", "04-03T12:00:00,"))  # a moment is its day
    assert str(soon.table["found"]) == "4 people from day 2 on, counted every 7 days"
    assert soon.table["found"].by_day(11).tolist() == pytest.approx([0, 0, *[1 / 7] * 7, *[3 / 7] * 2])
    assert "found" not in soon.arms[0].outbreak
    assert soon.arms[0].outbreak["first_found"].best == 0

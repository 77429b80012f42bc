"""`longview new`: asked, scripted, refused; nothing that is there is written over, and nothing hides what was filled in."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from longview.cli import starting
from longview.cli.app import app
from longview.gather import check_folder, read_filled
from longview.program import Month, Range
from longview.report import filled_words
from longview.report.document import filled_told
from longview.verbs import new as verb


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def asked(monkeypatch):
    """The command with somebody at a terminal, and what it said."""

    def run(arguments: list[str], typed: list[str]) -> str:
        monkeypatch.setattr(starting, "somebody_is_there", lambda: True)
        monkeypatch.setenv("COLUMNS", "80")
        result = CliRunner().invoke(app, arguments, input="\n".join(typed) + "\n")
        assert result.exception is None, result.output
        return result.output

    return run


def test_with_nothing_said_it_writes_a_workbook_that_needs_no_mending(longview):
    said = longview("new", "harbor-street")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Written: harbor-street.xlsx\n")
    report = check_folder(Path("harbor-street.xlsx"))
    assert report.problems == ()
    assert report.program is not None
    assert report.program.name == "Harbor street"
    filled, _ = read_filled(Path("harbor-street.xlsx"))
    assert f"{len(filled)} figures in it were filled in" in said.out
    for step in ("check", "import FILE --into", "plan"):
        assert f"longview {step} harbor-street.xlsx" in said.out
    assert longview("check", "harbor-street.xlsx").code == 0
    assert all(len(line) <= 80 for line in said.out.splitlines())


def test_the_folder_and_the_workbook_say_the_same(longview):
    longview("new", "Harbor Street", "--like", "medium-urban", "--budget", "300k", "--start", "2027-01")
    longview(
        "new", "folder/Harbor Street", "--folder", "--like", "medium-urban", "--budget", "300k", "--start", "2027-01"
    )
    workbook, folder = Path("Harbor Street.xlsx"), Path("folder/Harbor Street")
    assert check_folder(workbook).program == check_folder(folder).program
    assert read_filled(workbook) == read_filled(folder)
    assert not [path for path in Path().rglob("*") if "partial" in path.name]


def test_every_question_has_its_option_and_the_answers_stand(longview):
    said = longview(
        "new", "x", "--yes", "--place", "Ely, Nevada", "--budget", "60000", "--origin", "local", "--workers", "2 x 20",
        "--where", "van", "--people", "100 200 300", "--share", "3%", "--start", "2027-07",
    )  # fmt: skip
    assert said.code == 0
    program = check_folder(Path("x.xlsx")).program
    assert program is not None
    assert (program.place, program.area_shares, program.plan_from) == ("Ely, Nevada", {"Nevada": 0.03}, Month(2027, 7))
    assert program.people == Range(100, 200, 300)
    assert [post.hours for post in program.posts] == [20, 20]
    assert (program.sites[0].kind, program.funds[0].origin) == ("van", "local")
    told = {one.row for one in read_filled(Path("x.xlsx"))[0] if one.sheet == "program"}
    assert told.isdisjoint({"place", "area_shares", "people", "plan_from"})
    from longview.verbs.new import QUESTIONS

    for question in QUESTIONS:
        assert f"--{question.id}" in longview("new", "--help").out


def test_without_a_terminal_nothing_is_asked(longview):
    assert "Enter" not in longview("new", "x").out


def test_it_asks_seven_questions_at_most_says_why_and_takes_enter_for_each(asked):
    said = asked(["new", "x"], [""] * 7)
    assert len(re.findall(r"^\d\. ", said, re.MULTILINE)) == 6  # without a state nobody is asked for a share of it
    assert said.count("Enter alone:") == 6
    assert "Written: x.xlsx" in said
    assert all(len(line) <= 80 for line in said.splitlines())
    alone = check_folder(Path("x.xlsx")).program
    asked(["new", "y"], ["Reno, NV"] + [""] * 6)
    placed = check_folder(Path("y.xlsx")).program
    assert alone is not None
    assert placed is not None
    assert (alone.funds, alone.posts) == (placed.funds, placed.posts)


def test_all_seven_answered(asked):
    said = asked(["new", "x"], ["Reno, NV", "$90,000", "6", "2 x 18", "5", "400", "0.1"])
    assert "What share of the people of Nevada" in said
    program = check_folder(Path("x.xlsx")).program
    assert program is not None
    assert program.area_shares == {"Nevada": 0.1}
    assert (program.funds[0].amount, program.funds[0].origin) == (90_000, "private")
    assert [post.hours for post in program.posts] == [18, 18]
    assert program.sites[0].kind == "backpack"
    assert program.people.best == 400


def test_what_an_option_said_is_not_asked(asked):
    said = asked(["new", "x", "--budget", "50k", "--where", "van"], [""] * 6)
    assert "How much money" not in said
    assert "Where do you meet" not in said
    assert said.startswith("Five questions at most.")


def test_an_answer_that_cannot_be_read_is_asked_again(asked):
    said = asked(["new", "x"], ["", "lots", "60000", "", "", "", ""])
    assert "That is no number we can read." in said
    program = check_folder(Path("x.xlsx")).program
    assert program is not None
    assert program.funds[0].amount == 60_000


def test_more_people_than_the_money_pays_are_asked_about_again(asked):
    said = asked(["new", "x"], ["", "20000", "", "4 x 38", "", "", "1 x 12"])
    assert "Paid people: 4 for 38 hours a week each cost about" in " ".join(said.split())
    program = check_folder(Path("x.xlsx")).program
    assert program is not None
    assert [(post.people, post.hours) for post in program.posts] == [(1, 12)]


def test_stopping_half_way_leaves_nothing(monkeypatch):
    monkeypatch.setattr(starting, "somebody_is_there", lambda: True)
    CliRunner().invoke(app, ["new", "x"], input="Reno\n")  # and no more: as Ctrl-D
    assert list(Path().iterdir()) == []


REFUSED = {
    "a kind that is not there": (["new", "x", "--like", "big"], "There is no kind big"),
    "no number": (["new", "x", "--budget", "lots"], "--budget: That is no number"),
    "a share of nowhere": (["new", "x", "--share", "0.2"], "say by --place in which state"),
    "too many people": (["new", "x", "--workers", "9 x 40", "--budget", "20000"], "Paid people: 9 for 40 hours"),
    "no month": (["new", "x", "--start", "January"], "--start"),
    "a workbook for a folder": (["new", "x.xlsx", "--folder"], "leave off the ending"),
    "macros": (["new", "x.xlsm"], "Write  longview new x.xlsx"),
    "no name": (["new", "."], "Give it a name"),
    "a blank name": (["new", "  "], "Give it a name"),
    "long ago": (["new", "x", "--start", "1950-01"], "can't be planned: write a month of the years 1990 to 2100"),
    "letters that no workbook holds": (["new", "x", "--place", "a\ufffeb"], "hold"),
}


@pytest.mark.parametrize(("typed", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(typed, said, longview):
    told = longview(*typed)
    assert told.code == 2
    assert said in told.err
    assert told.out == ""
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("there", ["x.xlsx", "x.longview/plan.toml"])
def test_what_is_there_is_never_written_over(there, longview):
    Path(there).parent.mkdir(exist_ok=True)
    Path(there).write_text("mine", encoding="utf-8")
    told = longview("new", "x")
    assert told.code == 2
    assert "is there already, and nothing was written" in told.err
    assert Path(there).read_text(encoding="utf-8") == "mine"
    assert len([path for path in Path().rglob("*") if path.is_file()]) == 1


def test_a_folder_that_is_there_is_never_written_into(longview):
    Path("x").mkdir()
    assert longview("new", "x", "--folder").code == 2
    assert list(Path("x").iterdir()) == []


@pytest.mark.parametrize("fails", ["write_workbook", "write_filled", "write_folder"])
def test_what_fails_half_way_leaves_nothing(fails, longview, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "no room left", "x")

    monkeypatch.setattr(verb, fails, broken)
    told = longview("new", "x", *(["--folder"] if fails == "write_folder" else []))
    assert told.code == 2
    assert list(Path().iterdir()) == []


def test_what_came_meanwhile_is_left_as_it_is(longview, monkeypatch):
    really = verb.write_filled

    def while_another_saves(filled, path):
        Path("x.xlsx").write_text("mine", encoding="utf-8")
        return really(filled, path)

    monkeypatch.setattr(verb, "write_filled", while_another_saves)
    assert longview("new", "x").code == 2
    assert [path.name for path in Path().iterdir()] == ["x.xlsx"]
    assert Path("x.xlsx").read_text(encoding="utf-8") == "mine"


def test_marks_that_a_run_left_behind_are_no_hindrance(longview):
    Path("x.longview").mkdir()
    Path("x.longview/filled.toml").write_text("old", encoding="utf-8")
    assert longview("new", "x").code == 0
    assert read_filled(Path("x.xlsx"))[0]


def test_the_same_answers_give_the_same_program_whatever_the_day(longview, monkeypatch):
    class Later(starting.date):
        @classmethod
        def today(cls):
            return cls(2031, 5, 17)

    longview("new", "a", "--start", "2027-01")
    monkeypatch.setattr(starting, "date", Later)
    longview("new", "b", "--start", "2027-01")
    longview("new", "c")
    a, b, c = (check_folder(Path(f"{name}.xlsx")).program for name in "abc")
    assert a is not None
    assert b is not None
    assert c is not None
    assert (a.funds, a.posts, a.costs) == (b.funds, b.posts, b.costs)
    assert c.plan_from == Month(2031, 6)
    assert c.price_year == 2031


def test_machines_are_told_each_figure_that_was_filled_in(longview):
    longview("new", "x")
    told = json.loads(longview("check", "x.xlsx", "--json").out)
    assert sum(one["code"] == "filled" for one in told["fallbacks"]) == len(read_filled(Path("x.xlsx"))[0])


def test_documents_say_how_many_figures_nobody_has_written_over():
    assert filled_words(0) == ""
    assert filled_words(1) == (
        "1 figure of these records was filled in by longview new, and nobody has written over it yet."
    )
    assert filled_words(41).startswith("41 figures of these records were filled in")
    assert filled_told(41)["filled"] == filled_words(41)


@pytest.mark.slow
def test_a_new_program_is_planned_and_every_page_says_that_it_was_filled_in(longview):
    longview("new", "x")
    told = longview("plan", "x.xlsx", "--futures", "20", "--years", "1")
    assert told.code == 0
    count = len(read_filled(Path("x.xlsx"))[0])
    sentence = filled_words(count)
    assert sentence in " ".join(told.out.split())
    assert sentence in Path("x.longview/out/report.html").read_text(encoding="utf-8")
    assert sentence in " ".join(longview("outlook", "x.xlsx", "--futures", "20", "--years", "1").out.split())
    assert sentence in " ".join(
        longview("compare", "x.xlsx", "raise-pay", "--futures", "20", "--years", "1").out.split()
    )
    assert sentence in " ".join(longview("outbreak", "x.xlsx", "--futures", "20").out.split())
    assert sentence in Path("x.longview/out/outbreak.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["=1+1", "Zoë’s", "ハーム", "-", "a b", "x.y", "'quoted'"])
@pytest.mark.parametrize("folder", [(), ("--folder",)])
def test_any_name_that_a_file_may_have_will_do(name, folder, longview):
    said = longview("new", *folder, "--place", "  =cmd|x ", "--", name)
    assert said.code == 0, said.err
    path = Path(name) if folder else Path(name + ".xlsx")
    report = check_folder(path)
    assert report.problems == ()
    assert report.program is not None
    assert report.program.place == "=cmd|x"

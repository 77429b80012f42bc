"""The command that begins a program: `new`. It asks at most seven questions, and none where nobody is there to answer."""

from __future__ import annotations

import shlex
import textwrap
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from longview.cli import terminal
from longview.cli.terminal import somebody_is_there

if TYPE_CHECKING:
    from longview.verbs.new import Answers, NewReport, Question

NEW_EXAMPLES = (
    "\b\nFor example:\n  longview new my-program\n  longview new my-program --folder --like small-rural\n"
    '  longview new my-program --yes --place "Ely, Nevada" --budget 60000 --workers "2 x 20" --where van'
)


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What to call it: writes NAME.xlsx.")],
    folder: Annotated[
        bool, typer.Option("--folder", help="Write a folder of small text files instead of a workbook.")
    ] = False,
    like: Annotated[
        str | None,
        typer.Option(
            "--like",
            metavar="KIND",
            help="Fill it in from this kind: small-, medium- or large-, and rural, suburban or urban.",
        ),
    ] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="TEXT", help="Town and state.")] = None,
    budget: Annotated[str | None, typer.Option("--budget", metavar="MONEY", help="Money in a year.")] = None,
    origin: Annotated[
        str | None, typer.Option("--origin", metavar="WORD", help="Where most of it comes from: state, private …")
    ] = None,
    workers: Annotated[
        str | None, typer.Option("--workers", metavar="TEXT", help="People who are paid, and hours a week: 2 x 20.")
    ] = None,
    where: Annotated[
        str | None, typer.Option("--where", metavar="WORD", help="Where you meet people: rented, van, foot …")
    ] = None,
    people: Annotated[
        str | None, typer.Option("--people", metavar="TEXT", help="People who use drugs there: 1500, or 900 1500 2600.")
    ] = None,
    share: Annotated[
        str | None, typer.Option("--share", metavar="SHARE", help="Share of the state's people who live there: 0.2.")
    ] = None,
    start: Annotated[
        str | None, typer.Option("--start", metavar="YYYY-MM", help="First month to plan; otherwise the next one.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: fill in what was not said.")] = False,
) -> None:
    """Begin a program's records: a workbook with every figure filled in and marked, to write over with your own.

    It asks up to seven questions; each may be skipped with Enter, and each has an option here. Without a terminal, or
    with --yes, it asks none. Nothing that is there already is written over.
    """
    from longview.cli.futures import month_typed

    month = month_typed(start, "--start")
    from longview.verbs.new import Answers, kind_named, place_of

    kind, path = kind_named(like), place_of(name, folder=folder)
    given = {
        "place": place,
        "budget": budget,
        "origin": origin,
        "workers": workers,
        "where": where,
        "people": people,
        "share": share,
    }
    said = _given(given)
    asked = not yes and somebody_is_there()
    if asked:
        _ask(said, given)
    answers = Answers(_title(path), like=kind, starts=month, **said)
    typer.echo(("\n" if asked else "") + _told(_written(path, answers, asked)))


def _given(given: dict[str, str | None]) -> dict[str, Any]:
    """What options said.

    Raises:
        BadParameter: one can't be read; it says what to type.
    """
    from longview.verbs.new import QUESTIONS

    said: dict[str, Any] = {}
    for question in QUESTIONS:
        text = given[question.id]
        if text is None or not text.strip():
            continue
        if not question.applies(said):
            raise typer.BadParameter("say by --place in which state it is, too.", param_hint=f"--{question.id}")
        try:
            said |= question.read(text)
        except ValueError as unclear:
            raise typer.BadParameter(str(unclear), param_hint=f"--{question.id}") from None
    return said


def _ask(said: dict[str, Any], given: dict[str, str | None]) -> None:
    """Ask what no option said; an answer that can't be read is asked for again."""
    from longview.verbs.new import QUESTIONS

    width = terminal.look().width
    open_ = [question for question in QUESTIONS if given[question.id] is None]
    if open_:
        intro = (
            f"{_count(len(open_))} at most. Press Enter to skip one: it is then filled in from what is known of other "
            "programs, and marked as filled in. Everything can be changed afterwards."
        )
        typer.echo(textwrap.fill(intro, width))
    for number, question in enumerate(open_, start=1):
        if question.applies(said):
            typer.echo("\n" + _asked(question, f"{number}. ", said, width))
            said |= _answer(question)


def _count(questions: int) -> str:
    words = (
        "",
        "One question",
        "Two questions",
        "Three questions",
        "Four questions",
        "Five questions",
        "Six questions",
    )
    return words[questions] if questions < len(words) else "Seven questions"


def _asked(question: Question, number: str, said: dict[str, Any], width: int) -> str:
    asks = question.asks.format(area=said.get("area"))
    lines = [textwrap.fill(number + asks, width, subsequent_indent="   ")]
    for words in (question.why, f"For example {question.example}. Enter alone: {question.otherwise}."):
        lines.append(_indented(words, width))
    return "\n".join(lines)


def _indented(words: str, width: int) -> str:
    return textwrap.fill(words, width, initial_indent="   ", subsequent_indent="   ")


def _answer(question: Question) -> dict[str, Any]:
    while True:
        text = typer.prompt("  ", prompt_suffix="> ", default="", show_default=False).strip()
        if not text:
            return {}
        try:
            return question.read(text)
        except ValueError as unclear:
            typer.echo(_indented(f"{unclear} Or press Enter to skip it.", terminal.look().width))


def _title(path: Path) -> str:
    """The program's name from the file's: my-program becomes My program. A name typed with capitals stays as it is."""
    words = " ".join(path.stem.replace("_", " ").replace("-", " ").split()) or path.stem
    return words if words != words.lower() else words[:1].upper() + words[1:]


def _written(path: Path, answers: Answers, asked: bool) -> NewReport:
    """The program, written; where people and money contradict one another and somebody is there, asked once more."""
    from dataclasses import replace

    from longview.program import Month
    from longview.verbs import WrongUseError
    from longview.verbs.new import QUESTIONS
    from longview.verbs.new import new as verb

    today = date.today()
    while True:
        try:
            return verb(path, answers, this_month=Month(today.year, today.month))
        except WrongUseError as clash:
            if not asked or answers.workers is None or path.exists():
                raise
            typer.echo("\n" + textwrap.fill(str(clash), terminal.look().width))
        question = next(question for question in QUESTIONS if question.id == "workers")
        typer.echo(_indented(f"Enter alone: {question.otherwise}.", terminal.look().width))
        again = _answer(question)
        answers = replace(answers, workers=again.get("workers"), hours=again.get("hours"))


def _told(report: NewReport) -> str:
    """What was written, and what to do next."""
    path = shlex.quote(str(report.path))
    width = terminal.look().width
    figures = f"{report.filled} figures" if report.filled != 1 else "1 figure"
    head = (
        f"{figures} in it were filled in from what is known of other programs, and are marked. Until you write your own, "
        "a plan made from it is about a program like yours, and says so."
    )
    steps = [
        ("Open it, and write over what you know: money, people, hours first", ""),
        ("See what is doubtful and what is still filled in:", f"longview check {path}"),
        ("Bring in what you have counted:", f"longview import FILE --into {path}"),
        ("Make the plan:", f"longview plan {path}"),
    ]
    lines = [f"Written: {report.path}", "", textwrap.fill(head, width), ""]
    for number, (words, command) in enumerate(steps, start=1):
        lines.append(f"  {number}. {words}" + (f"\n     {command}" if command else "."))
    return "\n".join(lines)

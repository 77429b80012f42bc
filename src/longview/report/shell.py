"""What every page is made of: its frame, letters, style, and the templates filled in."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from longview.program import Program
from longview.report import rounding
from longview.report.messages import filled_words
from longview.results import Interval

REAL_SOURCES = ("wonder", "cdc", "health")


def page(program: Program, title: str, kick: str, foot: str) -> dict[str, Any]:
    """What every page is made of; `foot` stands at the foot of each sheet of paper."""
    quoted = '"' + foot.replace("\\", " ").replace('"', "'").replace("<", " ").replace("\n", " ") + '"'
    counted = any(w in row.source.lower() for row in program.records.community for w in REAL_SOURCES)
    return {
        "program": program,
        "title": title,
        "kick": kick,
        "foot": quoted,
        "fonts": _fonts(),
        "style": _style(),
        "real_counts": counted,
    } | filled_told(0)


def filled_told(filled: int) -> dict[str, Any]:
    """What a page says at its head of figures that are not the program's own yet."""
    return {"filled": filled_words(filled)}


@cache
def _fonts() -> tuple[dict[str, str], ...]:
    folder = files("longview.report").joinpath("fonts")
    return tuple(
        {
            "weight": weight,
            "data": base64.b64encode(folder.joinpath(f"atkinson-hyperlegible-{weight}.woff2").read_bytes()).decode(),
        }
        for weight in ("400", "700")
    )


@cache
def _style() -> str:
    return files("longview.report").joinpath("style.css").read_text(encoding="utf-8")


def gain_people(gain: Interval, of: str) -> str:
    """What we expect, as the start of a sentence: "about 8 fewer people to die of overdose"."""
    words = rounding.gain_words(gain, "fewer", "more")
    if words.startswith("about"):
        return f"{rounding.counted(words, 'person', 'people')} to die of {of}"
    return f"hardly any difference in how many people die of {of}"


def more_years(gain: Interval) -> str:
    """ "about 170 more years of life"; "hardly any more years of life"."""
    words = rounding.gain_words(gain, "more", "fewer")
    if words == "none":
        return "no more years of life"
    if words.startswith("about"):
        return rounding.counted(words, "year of life", "years of life")
    return f"{words} more years of life"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("longview.report"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        money=lambda value, coin="USD": rounding.money(value, coin),
        chance=rounding.chance,
        futures=rounding.futures,
        figure=rounding.figure,
        date_words=rounding.date_words,
        number_word=rounding.number_word,
        gain=rounding.gain_words,
        gain_range=rounding.gain_range,
        gain_people=gain_people,
        more_years=more_years,
    )
    return environment


def rendered(template: str, context: Mapping[str, Any]) -> str:
    """A template filled in, tidied."""
    return _tidied(_environment().get_template(template).render(**context))


def _tidied(page: str) -> str:
    """The page without blank lines and trailing spaces, so that two of them can be compared."""
    return "\n".join(line.rstrip() for line in page.splitlines() if line.strip()) + "\n"

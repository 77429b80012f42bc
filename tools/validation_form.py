"""The page docs/validation-form.md, made from the form's own table of keys: run by `make validation`, with tools/validation.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from longview.validation import form
from longview.validation import ranking_form as ranked
from longview.validation.measures import BY_FUND, COSTS, DERIVED, FORMULA, STOCKS, WHOLE
from longview.validation.outbreak import KEYS, MEASURES
from longview.validation.ranking import MEASURES as RANKED
from longview.validation.rows import FACTS

HEAD = """# The form of a study

Made by `make validation` from the table that the reader itself uses. A study is one TOML file. It states what a
published study put in and what came out; `longview validate my-study.toml` sets our figures beside it. Every key may
be left out but `id`, `title` and, for each outcome, `name` and `measure`. All that is wrong in a file is told at
once, and nothing is run until it is mended.

```toml
id = "S1"
title = "Twice the naloxone, in a town like ours"
source = "Somebody 2024, Journal 1:1"
why = "Why ours and theirs differ, or agree, in a few sentences."

[population]
people = { low = 2000, best = 2500, high = 3200 }   # a number is certain; low to high is a 90% interval
residents = 100000
kits_a_month = 100
deaths_a_year = 40
years = 5

[evidence]                                          # the study's own inputs; all else stays as the evidence has it
od_witnessed = 0.7
fatal_none = { low = 0.05, best = 0.075, high = 0.10 }

[[arms]]
name = "as it is"

[[arms]]
name = "twice the kits"
levers = { kits = { to = 2, months = 6 } }          # reached over six months

[[outcomes]]
name = "share of overdose deaths prevented in five years"
measure = "deaths"
arm = "twice the kits"
versus = "as it is"
compare = "fall"
published = 0.08
low = 0.04
high = 0.13

[[outcomes]]
name = "kits for each death prevented"
measure = "kits_given"
arm = "twice the kits"
versus = "as it is"
compare = "difference"
per = { measure = "deaths", compare = "averted" }
published = 160
relative = 0.25
```

**Inside** means: our 90% interval over futures holds what was published (its point; of an interval without a point,
any part; of a bound, whether we can be on its right side), and our middle future lies in the tolerance: `within`,
else the bound with its slack, else `relative` or `absolute` around the point, else the published interval. Where
nothing says how near is near, an outcome is shown and not scored. Where all futures give one figure (formulas, shares
of futures) the tolerance alone decides. A study is inside where every outcome that is scored is. Only classes
*formula* and *run* enter the tally.

**Exit code** 0 whatever the figures are, since a miss is news and not a failure; 1 where a file has problems.
`--json` gives `{"schema": 1, "verb": "validate", "version", "evidence_hash", "problems", "studies": [{"id", "class",
"kind", "counted", "inside", "structural", "why", "trouble", "outcomes": [{"name", "published", "published_low",
"published_high", "at_most", "at_least", "ours", "ours_low", "ours_high", "covers", "within", "inside",
"counted"}]}]}`; `inside` is null where nothing is scored.
"""

COHORT = """A place is made for the study, and stands at rest at the start: nothing moves until an arm moves it. Arms with the
same place run on the same futures. An arm with a `population` or `evidence` of its own is another place, at rest too,
at the danger of overdose that was found for the study's own place (or the first arm's), so that its deaths are what
the model makes of them; an arm that states its own deaths or `level` has its own. **Any key of the evidence that the
model reads may be set** (`longview evidence` lists them) and **any lever may be moved** ([records](records.md) lists
them, with their units and what they are today). A lever is set from `start` on; what happens once (a *pulse*) happens
then.

Without `luck`, futures differ in what is not known and in nothing else (the supply of drugs stands still, nobody is a
lucky or an unlucky hire): that is what most published models show. Where a study needs posts, funds or costs, give
them in the columns of a program's folder (`[[staff]]`, `[[funds]]`, …; [records](records.md)), and facts such as free
cash under `[facts]`; or name a folder in `program`, whose records then decide its levels as in every other command.
Without posts there is one volunteer, and kits are free."""


def form_page() -> str:
    """Every key of the form, by table."""
    parts = [HEAD, "## The file itself", "", *_keys(form.TOP), ""]
    parts += ["Classes: " + "; ".join(f"*{name}*: {words}" for name, words in form.CLASSES.items()) + ".", ""]
    parts += ["Kinds: " + "; ".join(f"*{name}*: {words}" for name, words in form.KINDS.items()) + ".", ""]
    parts += [
        f"Sheets of a program, each `[[…]]`: {_listed(form.SHEETS)}. Facts, under `[facts]`: {_listed(FACTS)}.",
        "",
    ]
    parts += [
        "## Kind cohort: the monthly model",
        "",
        COHORT,
        "",
        "### `[population]`",
        "",
        *_keys(form.POPULATION),
        "",
    ]
    parts += [
        "A figure is a number or `{ low, best, high }`. Of the ways to tell participants, kits or deaths, use one.",
        "",
    ]
    parts += ["### `[structure]`", "", "Left out, half of the futures are of each.", ""]
    parts += [f"- `{key}`: {' or '.join(f'`{w}`' for w in words)}" for key, words in form.STRUCTURE.items()]
    parts += ["", "### `[[arms]]`", "", *_keys(form.ARM), "", "A lever in `levers`:", "", *_keys(form.LEVER), ""]
    parts += ["## `[[outcomes]]`", "", *_keys(form.OUTCOME), "", COMPARED, ""]
    parts += ["### Measures of kind cohort", "", *_keys({**_series(), **DERIVED, **WHOLE}), ""]
    parts += [f"Taken at their end where `over` is left out: {_listed(sorted(STOCKS))}. The rest are summed.", ""]
    parts += ["### Measures of kind formula", "", *_keys(FORMULA), ""]
    parts += [f"Parts of `program_cost`: {_listed(COSTS)}. {FORMULAS}", ""]
    parts += ["## Kind outbreak: HIV by days", "", OUTBREAK, "", *_keys(KEYS), ""]
    parts += ["Measures, by day (`between` counts days):", "", *_keys(MEASURES), ""]
    parts += ["## Kind ranking: what brings most for its cost", "", RANKING, "", *_keys(ranked.RANKING), ""]
    for head, table in RANKING_TABLES.items():
        parts += [f"### `{head}`", "", *_keys(table), ""]
    parts += ["Measures (`arm` names an intervention):", "", *_keys(RANKED)]
    return "\n".join(parts).rstrip() + "\n"


COMPARED = """`compare`: *ratio* x/y, *fall* 1 − x/y, *difference* x − y, *averted* y − x, where x is the arm and y
`versus`. A `per` without `compare` or `arm` divides in each arm before arms are compared: so rates are compared. A `per` with a
`compare` of its own is compared by itself (arm, versus and months are the outcome's where it says nothing else), and then
divided by: so what one death averted takes is told. Along several arms: *crosses* is the `x` at which the measure reaches the
level `crosses`, in straight lines between arms; *concave* whether each step adds no more than the one before; *order* whether
the arms stand from most to least (both 1 or 0 in each future: tell them with `chance = true`)."""

FORMULAS = """An arm of this kind states `met` or `kits_per_person`, `days`, `covered`, `on_moud`, `size` and `setting`, and
the levers `witnessed`, `responders`, `calling` and `spotting`."""

OUTBREAK = """Under `[outbreak]`, and under `outbreak` of an arm what differs there. Days are counted from day 0, or are dates.
The other inputs are rows of the evidence (`outbreak_beta` and its like, `nsp_hiv_rr`, `ost_hiv_rr`)."""

RANKING = """Under `[ranking]`: groups of people, each a place of its own at rest; interventions that move levers in some of
them; what one thing averted is worth; what each intervention costs; and how another's analysis has all of this. Ours and
theirs are put in order of benefit for cost, and the best set within each budget is looked for among all sets. Money is
discounted a year at a time. In a set, half of an intervention adds half of what it adds (or sets) and multiplies by the
square root of what it multiplies by."""

RANKING_TABLES = {
    "[[ranking.places]]": ranked.PLACE,
    "[[ranking.benefits]]": ranked.BENEFIT,
    "[[ranking.interventions]]": ranked.INTERVENTION,
    "costs of an intervention": ranked.COST,
    "[[ranking.budgets]]": ranked.BUDGET,
    "[[ranking.left_out]]": ranked.LEFT_OUT,
}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _series() -> dict[str, str]:
    import re

    from longview.results import Outlook

    told = dict(re.findall(r"^ {8}([a-z_, ]+): (.*?)(?:, \[(?:N, )?F, T\])?\.?$", Outlook.__doc__ or "", re.MULTILINE))
    from longview.model import Seen

    words = {name.strip(): text for names, text in told.items() for name in names.split(",")}
    return {name: MORE.get(name, words.get(name, "")) for name in Seen._fields if name not in BY_FUND}


MORE = {
    "readiness": "how far planning, reporting and training are in place, 0-1",
    "income": "money that comes in, nominal, a month",
    "spending": "money spent, nominal, a month; what an arm costs is in it",
    "hcv_infections": "new infections with hepatitis C among people who inject, /month",
    "hiv_infections": "new infections with HIV among people who inject, /month",
    "gone": "everybody who has died since the start, of whatever",
    "stopped": "people who have stopped using since the start and live",
    "naloxone_met": "chance that a witnessed overdose of somebody in touch with the program meets naloxone",
    "short": "free cash is below the reserve, 1 or 0",
}


def _keys(table: Mapping[str, str]) -> list[str]:
    return ["| key | what |", "| --- | --- |", *(f"| `{key}` | {words} |" for key, words in table.items())]

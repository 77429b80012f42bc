"""Write docs/responses.md: every lever's paired response on the Rhode Island example, and whether it can be believed.

    .venv/bin/python tools/responses.py

Each lever is moved by a dose that a program could think of, from the first planned month, free of charge, on the same
futures as today's path. About two minutes on two cores.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from longview.gather import read_folder
from longview.program import Effect, Option, levers
from longview.results import OUTCOMES, Choice, Comparison, Portfolio
from longview.verbs.futures import prepare

DOSES: dict[str, tuple[str, float, str, str]] = {
    "hours_day": (
        "add",
        8,
        "8 hours a week more",
        "More people come, a few; without more workers some are turned away. "
        "Small, as `hours_reach_elast` (an assumption) makes it.",
    ),
    "hours_evening": (
        "add",
        8,
        "8 evening hours a week more",
        "As by day, times `evening_worth`. No worker hours come with it here, "
        "so the same staff is spread thinner: in some futures that costs a little more than it brings.",
    ),
    "hours_new_place": (
        "add",
        8,
        "8 hours a week at a van stop, a mile away",
        "Less than the same hours at home, since fewer live "
        "near it; what a van brings to people who would never come is not seen.",
    ),
    "new_place_miles": (
        "set",
        3,
        "8 hours a week at a van stop, three miles away",
        "A third of the stop a mile away, as the travel curve says.",
    ),
    "worker_hours": (
        "add",
        20,
        "20 paid hours a week more",
        "Fewer turned away, more visits, so more kits handed out: most of the gain "
        "is the kits. Believable where people are turned away today; nothing where they are not.",
    ),
    "wage": (
        "multiply",
        1.1,
        "10% more pay",
        "One or two fewer quits in five years; hardly any lives, and with the danger of closing it "
        "costs lives, since nobody gave the money here. MODEL's limit: what steady workers are worth in lives is not seen.",
    ),
    "benefits": (
        "add",
        1,
        "a decent package",
        "One or two fewer quits; graded weak, and one later study found no effect.",
    ),
    "support": (
        "add",
        1,
        "good supervision",
        "As a package of benefits; the evidence is of intent to leave, not of leaving.",
    ),
    "hire_frozen": (
        "add",
        1,
        "the post on hold is opened",
        "A worker more, so fewer turned away. Told with the danger of closing it "
        "loses: its pay is not covered by any fund. Both are right.",
    ),
    "hire_speed": (
        "multiply",
        2,
        "posts fill twice as fast",
        "Half of a vacant month saved at each change of staff; its pay comes earlier.",
    ),
    "kits": (
        "multiply",
        1.33,
        "a third more kits",
        "About 500 kits for a death averted in five years, inside the published 71 to 716 "
        "(Coffin & Sullivan), on the dear side since many are out already.",
    ),
    "kits_added": ("add", 83, "1,000 kits a year more", "As the row above: the same kits, counted otherwise."),
    "share_onward": (
        "add",
        0.2,
        "a fifth more of the kits passed on",
        "Pays where those whom we meet are well supplied; next to nothing, or less than nothing, where they are not.",
    ),
    "offer_inject": (
        "multiply",
        1.2,
        "a fifth more drawn to us, people who inject",
        "About 30 more people in touch; deaths follow by kits and "
        "referral. HCV, the main reason for syringes, comes with the next release.",
    ),
    "offer_smoke": ("multiply", 1.2, "a fifth more drawn to us, people who smoke", "As above, fewer people."),
    "referrals": (
        "multiply",
        3,
        "three times the referrals",
        "Small: 0.1 referrals a person-year today, a quarter of them become a start, and "
        "a stay lasts nine months. Linkage on site would be more, and is not in yet.",
    ),
    "witnessed": (
        "add",
        0.1,
        "one overdose alone in ten would have someone there",
        "The largest gain here, and right so: naloxone "
        "helps only where somebody is there (V1). That a program could do it at this size is not shown.",
    ),
    "supplies": (
        "multiply",
        1.5,
        "half as many supplies again a visit",
        "Cost, and a first month in which the store runs short; no gain in this release: "
        "infection, wounds and what supplies do to trust are not in. Never read this row as a reason to cut them.",
    ),
    "upkeep_added": (
        "add",
        6000,
        "$6,000 a year more for upkeep",
        "Slower decay, a few closed days fewer; five years are too short to earn "
        "it back in lives. With the danger of closing its cost weighs more.",
    ),
    "repair": (
        "add",
        45000,
        "the roof, paid for by somebody else",
        "A day or two fewer closed in a year, and no sudden bill for the roof: that "
        "second part is why it counts for more with the danger of closing.",
    ),
    "protected": (
        "add",
        0.05,
        "a half-day a week protected",
        "Visits fall; kits asked for rise by `improve_gain`. Without that gain "
        "(one study, two programs, shrunk) it loses. The least sure row of this page.",
    ),
    "claim_lag": (
        "add",
        2,
        "claims paid two months later",
        "No lives while we stay open, only thinner cash; with the danger of closing, "
        "many more futures in which we run out. It is the danger that the literature names.",
    ),
    "cash_in": (
        "add",
        25000,
        "$25,000 given",
        "Nothing while we stay open: money in hand saves nobody until it keeps the door open.",
    ),
    "responders": (
        "add",
        0.3,
        "crews bring naloxone to three calls in ten more",
        "From nothing to much: it hangs on what an "
        "ambulance is worth today, on which the evidence disagrees sevenfold (EVIDENCE, tension 4).",
    ),
}
"""Lever → (operation, dose, in words, why it can be believed or not)."""

SHOWN = (
    "life_years",
    "deaths",
    "reached",
    "visits",
    "turned_away",
    "kits_given",
    "quits",
    "posts_filled",
    "burnout",
    "fires",
    "days_closed",
    "backlog",
    "spending",
    "free_cash",
    "ran_out",
    "closed",
)

HEAD = """# What each lever does

Made by `tools/responses.py` on the Rhode Island example: {futures:,} futures, five years and the run-off, each lever moved alone by
the dose named, free of charge, against today's path on the same futures. Middle future, and in brackets where 8 in 10 lie. *Open*:
while we stay open (cash shocks off); *closing*: with the danger of closing. Years of life are discounted at 3%; a share or a
chance is in points of a hundred, the mean over futures for the two chances.

Today's path, five years: {today}.
"""


def program() -> tuple[object, list[str]]:
    """The example with one option a lever, costing nothing."""
    found, problems = read_folder(Path(str(files("longview.examples") / "rhode-island")))
    assert found is not None, problems
    missing = set(levers()) - set(DOSES)
    assert not missing, f"no dose for {missing}"
    options = tuple(Option(id=name.replace("_", "-"), name=name, kind="yes-no") for name in DOSES)
    effects = [Effect(name.replace("_", "-"), name, op, value) for name, (op, value, _, _) in DOSES.items()]  # type: ignore[arg-type]
    effects.append(Effect("new-place-miles", "hours_new_place", "add", 8))
    return replace(found, options=options, effects=tuple(effects), prices=()), list(DOSES)


def figure(c: Comparison, outcome: str, row: int, telling: str) -> str:
    """One cell."""
    kind = next(o for o in OUTCOMES if o.id == outcome)
    scale = 100.0 if kind.over in ("mean", "chance") else 1.0
    if kind.over == "chance":
        return f"{scale * c.mean_difference(outcome, row, telling=telling):+.1f}"  # type: ignore[arg-type]
    gap = c.difference(outcome, row, telling=telling)  # type: ignore[arg-type]
    size = max(abs(gap.low), abs(gap.high)) * scale
    digits = 2 if size < 10 else 1 if size < 100 else 0
    middle, low, high = (round(scale * x, digits) + 0.0 for x in (gap.middle, gap.low, gap.high))
    return f"{middle:+,.{digits}f} ({low:,.{digits}f} to {high:,.{digits}f})"


def main() -> None:
    """Run and write."""
    ready, names = program()
    prepared = prepare(ready, futures=1000)  # type: ignore[arg-type]
    rows = [Portfolio(name, (Choice(name.replace("_", "-"), 1.0, ready.starts),)) for name in names]  # type: ignore[attr-defined]
    found = prepared.comparison(rows)
    deaths, reached = found.value("deaths", 0, telling="closing"), found.value("reached", 0, telling="closing")
    closed, ran = found.values["closing"]["closed"][0].mean(), found.values["closing"]["ran_out"][0].mean()
    today = (
        f"{deaths.middle:.0f} people die of opioid overdose ({deaths.low:.0f} to {deaths.high:.0f}), "
        f"{reached.middle:.0f} in touch at its end ({reached.low:.0f} to {reached.high:.0f}); "
        f"it runs out of cash in {100 * ran:.0f} futures of 100 and closes in {100 * closed:.0f}"
    )
    lines = [HEAD.format(futures=prepared.count, today=today)]
    for i, name in enumerate(names, start=1):
        lever, (_, _, dose, belief) = levers()[name], DOSES[name]
        lines += [
            f"## {name}: {lever.words}",
            "",
            f"Dose: {dose}.",
            "",
            belief,
            "",
            "| outcome | open | closing |",
            "| --- | ---: | ---: |",
        ]
        for outcome in SHOWN:
            cells = [figure(found, outcome, i, telling) for telling in ("open", "closing")]
            if any(
                float(cell.split()[0].replace(",", "")) or ("(0.00 to 0.00)" not in cell and "(" in cell)
                for cell in cells
            ):
                unit = next(o.unit for o in OUTCOMES if o.id == outcome)
                lines.append(f"| {unit} | {cells[0]} | {cells[1]} |")
        lines.append("")
    target = Path(__file__).resolve().parents[1] / "docs" / "responses.md"
    target.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    print(f"wrote {target.name}")


if __name__ == "__main__":
    main()

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
        "costs lives, since nobody gave the money here. MODEL's limit: what steady workers are worth in lives is "
        "not seen.",
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
        "referral. infections for each 1,000 years lived hardly move: who comes was not without syringes before.",
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
    "drug_checking": (
        "add",
        0.3,
        "three in ten of those in touch with us have what they use checked",
        "Small, as it must be: a surprise in four of ten results, half of whom act on it, a quarter fewer "
        "overdoses then. Where fentanyl is everywhere a surprise is rare and so is the gain.",
    ),
    "room": (
        "add",
        0.2,
        "a fifth of those in touch with us who inject come to a room",
        "About a third of what those people use is used there, and nobody dies of that. Overdoses rise by a few, "
        "since those saved live on. What a room does around it, for people who never come, is not counted.",
    ),
    "smoking_supplies": (
        "add",
        1,
        "everybody who smokes is offered pipes",
        "The people who come are most of it, with kits and referral; a twentieth of injections smoked instead (an "
        "assumption) is the rest.",
    ),
    "spotting": (
        "add",
        1,
        "a phone line, promoted as far as it goes",
        "A hundredth of overdoses alone are covered at best guess, a tenth at most: small or middling, and all of "
        "it hangs on what an ambulance is worth.",
    ),
    "onsite": (
        "add",
        0.5,
        "half of the referrals begin medication with us",
        "Few are referred today, so doubling how many of them begin moves little; together with `referrals` it "
        "moves more.",
    ),
    "retention": (
        "multiply",
        1.5,
        "people stay half as long again on medication",
        "The largest gain of this page after the supply itself, and everybody's treatment, not ours alone: the "
        "lever is a state's or a clinic's. A program that keeps its own referrals longer gets a small part of it.",
    ),
    "moud_access": (
        "multiply",
        1.2,
        "others start a fifth more people on medication",
        "A state's lever. Fewer deaths, and fewer new hepatitis C infections; that medication makes people inject "
        "less often is not counted apart.",
    ),
    "jail_moud": (
        "add",
        0.5,
        "medication in half of the stays in jail",
        "Half of the danger after jail and a start of treatment for some; the ratio is from one state before and "
        "after.",
    ),
    "jail": (
        "multiply",
        0.5,
        "half as many people jailed",
        "The weeks after jail are dangerous, and jail spreads hepatitis C and HIV. What jail does to homes and "
        "work is not counted.",
    ),
    "calling": (
        "multiply",
        1.35,
        "odds of a call a third higher, as told of a Good Samaritan law",
        "Milder than studies of these laws, which count all that came with them; and worth little in the structure "
        "in which an ambulance is worth little.",
    ),
    "kits_elsewhere": (
        "multiply",
        1.5,
        "others hand out half as many kits again",
        "As our own kits, spread by size and not by who comes: a little less for each kit where those reached are "
        "at higher risk.",
    ),
    "kits_pharmacy": (
        "add",
        83,
        "pharmacies hand out 1,000 kits a year",
        "A third as good a kit as ours, since fewer of the people who buy it use drugs.",
    ),
    "syringe_rule": (
        "multiply",
        2,
        "twice the syringes a visit: by need, not one for one",
        "Infections and wounds fall, no deaths: hepatitis C kills beyond these years. The syringes are paid for by "
        "us, so with the danger of closing it can cost lives; who pays for them decides.",
    ),
    "syringes_added": (
        "add",
        5000,
        "60,000 syringes a year more",
        "The same without our money. A syringe covers one injection of some nine hundred that a person makes in a "
        "year.",
    ),
    "syringes_elsewhere": (
        "multiply",
        2,
        "pharmacies and others give twice the syringes",
        "Wide, since nobody knows how many come from elsewhere today (10 to 200 a person).",
    ),
    "hiv_testing": (
        "multiply",
        2,
        "HIV found in half the time",
        "Nearly nothing in five years: HIV is rare, and found sooner means suppressed sooner for few. An outbreak "
        "is another matter, and has its own page.",
    ),
    "hcv_treatment": (
        "add",
        0.1,
        "a tenth of those infected whom we see begin treatment in a year",
        "Those cured infect nobody, until infected again; the cure itself is the larger gain and is not an outcome "
        "of this page.",
    ),
    "wound_care": (
        "add",
        0.5,
        "wound care for half of those in touch with us",
        "Fewer nights in hospital, as many wounds.",
    ),
    "police": (
        "add",
        0.5,
        "police pressure near our door half of the time",
        "Fewer people come and are served; most who lose touch are those who most need it, which is not counted "
        "apart. Money is saved, and nobody would buy it at that price.",
    ),
    "monitoring": (
        "add",
        1,
        "prescriptions watched by the state",
        "Either way: fewer may begin, and the supply may get worse. The rows reach both sides of nothing, and so "
        "does the answer. Whoever shows one side only is not told by evidence.",
    ),
    "seizures": (
        "add",
        1,
        "a seizure of opioids a month",
        "Overdoses rise near a seizure for days; how much of the catchment is near is a guess (0.5% to 20%), and "
        "it decides.",
    ),
    "seizures_once": ("add", 3, "three seizures in the first month", "A month's shock that fades within it."),
    "supply": (
        "multiply",
        1.1,
        "a supply a tenth more dangerous",
        "The largest force on this page, and nobody here can move it. A tenth is less than it moves by itself in "
        "most years.",
    ),
}
"""Lever → (operation, dose, in words, why it can be believed or not)."""

SHOWN = (
    "life_years",
    "deaths",
    "overdoses",
    "hcv_rate",
    "hiv_rate",
    "skin_rate",
    "wounds_rate",
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

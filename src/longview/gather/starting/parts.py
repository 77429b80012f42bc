"""The rows of a new program, sheet by sheet: site, sessions, staff, funds, costs, supplies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import Any

from longview.gather.names import slug
from longview.gather.starting.answers import Answers, Origin, Where, example
from longview.gather.starting.sources import Sources
from longview.gather.starting.sums import KITS_OF, MONTHS, WAGES_OF, Sums
from longview.program import Cost, Fund, Month, Post, Session, Site, Supply, presets

WHERE_NOT_SAID: Where = "rented"
ORIGIN_NOT_SAID: Origin = "state"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the rows are made from: answers, first month, sums, the evidence file's rows, and where sources are noted."""

    answers: Answers
    starts: Month
    sums: Sums
    rows: Any
    told: Sources

    @property
    def place(self) -> dict[str, Any]:
        """Our example of the kind of place."""
        return dict(example()["places"][self.answers.where or WHERE_NOT_SAID])

    @property
    def needed(self) -> int:
        """People that it takes to open."""
        return 2 if self.sums.pay.people >= example()["week"]["two_from"] else 1

    @property
    def study(self) -> str:
        """The study whose split of a year's money is used, as a source."""
        return f"{self.sums.kind} program, scaled to your budget: {self.sums.source}"


def site(parts: Parts) -> Site:
    """The place where participants are met. Its building's condition is left for the person to look at."""
    place = parts.place
    made = Site(
        id=slug(place["name"]),
        name=place["name"],
        kind=place["kind"],
        premises=place["premises"],
        landlord_repairs=place.get("landlord_repairs", False),
    )
    parts.told.note("sites", made.id, "", "kind", "premises", answered=parts.answers.where is not None)
    return made


def sessions(parts: Parts, place: Site) -> tuple[Session, ...]:
    """As many open hours as paid hours allow, laid into the week; none where there is no door."""
    week, opens = example()["week"], parts.place.get("open")
    if opens is None:
        return ()
    pay, share, volunteers = parts.sums.pay, parts.rows["productive_share"], example()["volunteers"]
    most = len(week["days"]) * week["longest"]
    worked = pay.people * pay.hours if pay.people else volunteers["people"] * volunteers["hours"]
    hours = min(worked * share.best / parts.needed, most)
    days = min(len(week["days"]), max(1, ceil(hours / week["usual"])))
    length = max(1.0, min(float(week["longest"]), floor(2.0 * hours / days) / 2.0))
    made = []
    for day in week["days"][:days]:
        session = Session(f"{place.id}-{day}", place.id, day, float(opens), opens + length, (), parts.needed)
        source = f"paid hours, of which this share is spent with participants (productive_share, {share.grade})"
        parts.told.note("sessions", session.id, source, "to")
        made.append(session)
    return tuple(sorted(made, key=lambda s: ("mon", "tue", "wed", "thu", "fri").index(s.weekday)))


def posts(parts: Parts) -> tuple[Post, ...]:
    """A director and outreach workers; one person alone is the worker; volunteers where nobody is paid."""
    pay, wage, unpaid = parts.sums.pay, parts.rows["wage_hr_worker_hour"], example()["volunteers"]
    if not pay.people:
        few, hours = unpaid["people"], unpaid["hours"]
        return (Post("volunteers", "Volunteer", few, few, hours, Decimal(0), paid_as="volunteer"),)
    benefits = pay.benefits if pay.scant else None
    if pay.people == 1:
        made = [Post("worker", "Worker", 1, 1, pay.hours, _cents(pay.rate), benefits=benefits)]
    else:
        others = pay.people - 1
        made = [
            Post("director", "Director", 1, 1, pay.hours, _cents(pay.lead), benefits=benefits),
            Post("outreach", "Outreach worker", others, others, pay.hours, _cents(pay.rate), benefits=benefits),
        ]
    fits = f"what the money for pay comes to with these people and hours ({parts.study})"
    usual = f"as many as the money for pay keeps at a usual rate (wage_hr_worker_hour, {WAGES_OF} prices, {wage.grade})"
    for post in made:
        parts.told.note("staff", post.id, usual, "people", "filled", answered=parts.answers.workers is not None)
        parts.told.note("staff", post.id, usual, "hours_a_week", answered=parts.answers.hours is not None)
        parts.told.note("staff", post.id, fits, "rate")
        tax = "payroll tax with little beside it: more than that the money does not pay (benefits_share, low end)"
        parts.told.note("staff", post.id, tax, "benefits")
    return tuple(made)


def fund_rows(parts: Parts) -> tuple[Fund, ...]:
    """One fund that brings the budget; and beside one that may not buy syringes, gifts that do."""
    answers, known = parts.answers, parts.sums
    origin: Origin = answers.origin or ORIGIN_NOT_SAID
    preset = next((one for one in presets().values() if origin in one.origins), None)
    gifts = 0
    if preset is not None and "syringes" in preset.never_pays:
        gifts = ceil(known.syringes * known.syringe_price / (1.0 - example()["spare"]))
    main = Fund(
        id="main",
        name=example()["origins"][origin],
        origin=origin,
        amount=Decimal(round(known.budget) - gifts),
        first=parts.starts,
        last=None if origin == "own" else parts.starts.plus(MONTHS - 1),
        preset=preset.id if preset else None,
        never_pays=preset.never_pays if preset else (),
    )
    middle = parts.rows["budget_median"]
    parts.told.note(
        "funds", "main", f"what the middle program of the US has in a year (budget_median, {middle.grade})", "amount",
        answered=answers.budget is not None,
    )  # fmt: skip
    parts.told.note("funds", "main", "", "origin", answered=answers.origin is not None)
    parts.told.note("funds", "main", "a year from the first month to plan", "from", "until")
    if not gifts:
        return (main,)
    parts.told.note("funds", "gifts", "what syringes cost, which this kind of money may not pay", "amount")
    return (main, Fund("gifts", example()["origins"]["own"], "own", Decimal(gifts), parts.starts, None))


def costs(parts: Parts) -> tuple[Cost, ...]:
    """Running costs by the month: the study's sums, shared out by our example."""
    known, made = parts.sums, []
    ours = f"{parts.study}; shared out among these by us"
    lines = [(what, item, share * known.operations, ours) for what, item, share in parts.place["costs"]]
    lines += [
        ("Fuel, repairs and insurance of the van", "vehicle", known.van, parts.study),
        ("Medical services on site", "contracts", known.medical, parts.study),
        (
            "Other supplies, tests and prevention",
            "other-supplies",
            known.rest,
            f"{parts.study}, less naloxone and syringes",
        ),
        ("What else is paid for, not said yet", "other", known.pay.unspent, "what pay leaves of your budget"),
    ]
    for what, item, yearly, source in lines:
        monthly = _whole(yearly / MONTHS)
        if monthly > 0:
            cost = Cost(slug(what), what, item, monthly)
            parts.told.note("costs", cost.id, source, "amount")
            made.append(cost)
    return tuple(made)


def supplies(parts: Parts) -> tuple[Supply, ...]:
    """Naloxone and syringes, which the model follows; all else is a running cost."""
    known, rows, told = parts.sums, parts.rows, parts.told
    kit, syringe = rows["cost_kit"], rows["cost_syringe"]
    made = (
        Supply("naloxone", "naloxone", _cents(known.kit_price), a_month=_units(known.kits / MONTHS)),
        Supply("syringes", "syringes", _cents(known.syringe_price), a_month=_units(known.syringes / MONTHS)),
    )
    told.note("supplies", "naloxone", f"cost_kit, {KITS_OF} prices brought to these, {kit.grade}", "unit_price")
    told.note("supplies", "syringes", f"cost_syringe, {syringe.grade}", "unit_price")
    part = example()["supplies"]["naloxone"]
    told.note("supplies", "naloxone", f"our example: {part:.0%} of the money for supplies ({parts.study})", "a_month")
    told.note(
        "supplies", "syringes",
        "one for each injection of the participants of such a program, as far as the money goes (injections_per_year, "
        f"{rows['injections_per_year'].grade}; route_mix_inject, {rows['route_mix_inject'].grade})",
        "a_month",
    )  # fmt: skip
    return made


def _cents(amount: float) -> Decimal:
    return Decimal(str(round(amount, 2)))


def _whole(amount: float) -> Decimal:
    """A sum of money with no more digits than it has meaning."""
    return Decimal(round(amount)) if amount < 1000 else Decimal(int(round(amount, -1)))


def _units(count: float) -> float:
    return float(round(count)) if count >= 10 else max(round(count, 1), 0.1)


__all__ = ["Parts", "costs", "fund_rows", "posts", "sessions", "site", "supplies"]

"""Five made-up programs, as unlike each other as programs are, on which the model's prior outlook is looked at.

`python tests/examples/five_programs.py` writes their folders anew (tests/files/predictive), which `longview check` passes.
No real organisation, person or place is described: every figure is made, round and plain, and only has to be
possible. Counts are drawn about means with the noise of counts, by `random.random` alone.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "tests" / "files" / "predictive"

sys.path.insert(0, str(Path(__file__).resolve().parent))

from rhode_island_records import Noise  # noqa: E402

from longview.gather import write_folder  # noqa: E402
from longview.program import (  # noqa: E402
    CommunityCount,
    Cost,
    Count,
    Effect,
    Fund,
    Month,
    Option,
    Post,
    Program,
    Range,
    Records,
    ServiceCount,
    Session,
    Site,
    Supply,
    WorkforceMonth,
)

START = Month(2025, 1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
AREA = "Made State"


def months(count: int) -> list[Month]:
    """The last `count` months before the plan."""
    return [START.plus(i - count) for i in range(count)]


def services(means: Mapping[str, float], participants: float, count: int, seed: int) -> tuple[ServiceCount, ...]:
    """Counts of so many months about their means, for the whole program, and the people of twelve months at the end."""
    noise = Noise(random.Random(seed))
    rows = [
        ServiceCount(month, None, measure, told(noise.count(mean)))
        for month in months(count)
        for measure, mean in means.items()
    ]
    rows.append(ServiceCount(START.plus(-1), None, "participants_12_months", Count.of(round(participants))))
    return tuple(sorted(rows, key=lambda row: row.month))


def told(drawn: int) -> Count:
    """Small counts are hidden, as the programs' own rule has it; zeros are shown."""
    return Count.below(5, least=1) if 0 < drawn < 5 else Count.of(drawn)


def deaths(mean: float, count: int, seed: int) -> tuple[CommunityCount, ...]:
    """Overdose deaths of the area, all drugs; nine or fewer are hidden, as federal tables hide them."""
    noise = Noise(random.Random(seed))
    out = []
    for month in months(count):
        drawn = noise.count(mean)
        value = Count.below(10, least=1) if 0 < drawn < 10 else Count.of(drawn)
        out.append(CommunityCount(month, AREA, "all-drugs-all-intents", "deaths", value, "2025-01-15", "made"))
    return tuple(out)


def staff_events(
    posts: tuple[Post, ...], left: Mapping[str, tuple[int, ...]], count: int = 24
) -> tuple[WorkforceMonth, ...]:
    """Who left (months before the plan, by role) and paid hours, everybody replaced in the month."""
    rows = []
    for month in months(count):
        ago = START.since(month)
        for post in posts:
            gone = left.get(post.role, ()).count(ago)
            hours = round(post.filled * post.hours * 52 / 12, 1)
            empty = Count.of(round(post.people - post.filled))
            rows.append(WorkforceMonth(month, post.role, Count.of(gone), Count.of(gone), empty, hours))
    return tuple(rows)


BASE = Program(
    id="made",
    name="",
    place="",
    currency="USD",
    price_year=2024,
    first_month=Month(2023, 1),
    plan_from=START,
    made=True,
    people=Range(1, 1, 1),
    area_shares={},
    options=(Option("more-kits", "Hand out more naloxone", "level", "kits a month", 5, 20, 5),),
    effects=(Effect("more-kits", "kits_added", "add", 1.0, ramp_months=3),),
)


def tiny() -> Program:
    """Three volunteers with a backpack, in a small town; every count is small, most are hidden."""
    return replace(
        BASE,
        id="tiny",
        name="Backpack of the Little Valley",
        place="A small town (made up)",
        people=Range(150, 260, 450),
        area_shares={AREA: 0.02},
        free_cash=Decimal(2600),
        sites=(Site("round", "The round", "backpack", "hosted", landlord_repairs=True),),
        sessions=(Session("round-sat", "round", "sat", 12, 15, (), 2),),
        posts=(Post("volunteers", "Volunteer", 3, 3, 4, Decimal(0), paid_as="volunteer", months_in_post=14),),
        funds=(
            Fund("gifts", "Gifts", "own", Decimal(3600), Month(2023, 1), None, every=1),
            Fund(
                "foundation",
                "A foundation's small grant",
                "private",
                Decimal(4000),
                Month(2024, 7),
                Month(2025, 6),
                every=12,
                received=Decimal(4000),
                opening_balance=Decimal(1700),
            ),
        ),
        costs=(
            Cost("phone", "A phone", "phones", Decimal(25)),
            Cost("transport", "Fares", "transport", Decimal(60)),
            Cost("insurance", "Insurance", "insurance", Decimal(900), every=12, first=Month(2023, 3)),
        ),
        supplies=(
            Supply("naloxone", "naloxone", Decimal(25), a_month=9, stock=12, in_kind=9, in_kind_until=Month(2025, 12)),
            Supply("syringes", "syringes", Decimal("0.12"), a_month=900, stock=1500),
            Supply("other-supplies", "other-supplies", Decimal("1.20"), a_month=60, stock=90),
        ),
        records=Records(
            services({"visits": 38, "kits_out": 9, "reversals": 1.2, "syringes_out": 900}, 41, 14, 11),
            deaths(14, 36, 12),
        ),
    )


def rural_van() -> Program:
    """Two and a half people and a van, over a wide county; nobody is met but where it stops."""
    posts = (
        Post("lead", "Lead", 1, 1, 38, Decimal("23.00"), benefits=0.2, months_in_post=30),
        Post("outreach", "Outreach worker", 1, 1, 32, Decimal("18.50"), benefits=0.2, months_in_post=9),
        Post("peer", "Peer worker", 1, 0, 16, Decimal("17.00"), paid_as="stipend"),
    )
    stops = ("mon", "tue", "thu", "fri")
    return replace(
        BASE,
        id="rural-van",
        name="The Long Road Van",
        place="A wide county (made up)",
        people=Range(700, 1200, 2000),
        area_shares={AREA: 0.05},
        free_cash=Decimal(21000),
        sites=(Site("van", "The van", "van", "owned", condition=0.5, replacement_value=Decimal(65000)),),
        sessions=tuple(Session(f"van-{day}", "van", day, 11, 15.5, (), 2) for day in stops),
        posts=posts,
        funds=(
            Fund(
                "state",
                "State contract",
                "pass-through",
                Decimal(118000),
                Month(2024, 7),
                Month(2025, 6),
                pays="reimburse",
                months_to_pay=3,
                received=Decimal(40000),
                never_pays=("syringes", "pipes"),
                overhead=0.1,
            ),
            Fund(
                "settlement",
                "County settlement award",
                "settlement",
                Decimal(120000),
                Month(2024, 1),
                Month(2026, 12),
                every=12,
                received=Decimal(40000),
                opening_balance=Decimal(4000),
                carries_over=True,
            ),
            Fund("gifts", "Gifts", "own", Decimal(9000), Month(2023, 1), None),
        ),
        costs=(
            Cost("fuel", "Fuel", "fuel", Decimal(640)),
            Cost("insurance", "Insurance of the van", "insurance", Decimal(310)),
            Cost("phones", "Phones", "phones", Decimal(140)),
            Cost("books", "Bookkeeping", "bookkeeping", Decimal(350)),
        ),
        supplies=(
            Supply("naloxone", "naloxone", Decimal(24), a_month=70, stock=90, in_kind=60, in_kind_until=Month(2026, 6)),
            Supply("syringes", "syringes", Decimal("0.11"), a_month=6500, stock=9000),
            Supply("pipes", "pipes", Decimal("1.30"), a_month=120, stock=150),
            Supply("test-strips", "test-strips", Decimal("0.90"), a_month=90, stock=100),
        ),
        records=Records(
            services(
                {"visits": 230, "kits_out": 70, "reversals": 7, "syringes_out": 6500, "referrals": 2.5}, 210, 24, 21
            ),
            deaths(24, 36, 22),
            staff_events(posts, {"Outreach worker": (9,), "Peer worker": (4, 17)}),
        ),
    )


def large_urban() -> Program:
    """Forty-six posts, two houses of its own, a van, nine thousand participants."""
    posts = (
        Post("director", "Director", 1, 1, 40, Decimal("52.00"), months_in_post=80),
        Post("managers", "Manager", 5, 5, 40, Decimal("36.00"), months_in_post=40),
        Post("outreach", "Outreach worker", 20, 17, 38, Decimal("25.00"), months_in_post=20),
        Post("north", "Drop-in worker, north", 6, 5, 38, Decimal("24.50"), site="north", months_in_post=18),
        Post("south", "Drop-in worker, south", 6, 6, 38, Decimal("24.50"), site="south", months_in_post=18),
        Post("nurse", "Nurse", 2, 1, 36, Decimal("48.00"), months_in_post=12),
        Post("linkage", "Linkage worker", 3, 3, 38, Decimal("28.00"), months_in_post=15),
        Post("peers", "Peer worker", 3, 3, 15, Decimal("22.00"), paid_as="stipend", months_in_post=10),
    )
    house = tuple(Session(f"{s}-{d}", s, d, 10, 18, (), 4) for s in ("north", "south") for d in WEEKDAYS)
    weekend = tuple(Session(f"{s}-sat", s, "sat", 11, 16, (), 4) for s in ("north", "south"))
    van = tuple(Session(f"van-{day}", "van", day, 17, 21, (), 3) for day in ("mon", "wed", "fri"))
    return replace(
        BASE,
        id="large-urban",
        name="Two Bridges Health",
        place="A large city (made up)",
        people=Range(26000, 40000, 62000),
        area_shares={AREA: 0.35},
        free_cash=Decimal(610000),
        yearly_raise=0.02,
        living_wage=Decimal("25.50"),
        wage_elsewhere=Decimal("26.00"),
        sites=(
            Site(
                "north",
                "The north house",
                "fixed",
                "owned",
                condition=0.7,
                replacement_value=Decimal(2400000),
                repairs_put_off=Decimal(160000),
                upkeep=Decimal(52000),
            ),
            Site("south", "The south house", "fixed", "leased", landlord_repairs=True),
            Site("van", "The van", "van", "owned", condition=0.8, replacement_value=Decimal(90000)),
        ),
        sessions=house + weekend + van,
        posts=posts,
        funds=(
            Fund(
                "federal",
                "Federal grant",
                "federal",
                Decimal(900000),
                Month(2024, 9),
                Month(2025, 8),
                pays="reimburse",
                months_to_pay=1.5,
                received=Decimal(300000),
                never_pays=("syringes", "pipes"),
                overhead=0.1,
            ),
            Fund(
                "state",
                "State contract",
                "state",
                Decimal(1500000),
                Month(2024, 7),
                Month(2025, 6),
                pays="reimburse",
                months_to_pay=4,
                received=Decimal(750000),
            ),
            Fund(
                "city",
                "City contract",
                "local",
                Decimal(1900000),
                Month(2024, 7),
                Month(2025, 6),
                every=3,
                received=Decimal(950000),
                opening_balance=Decimal(60000),
            ),
            Fund(
                "settlement",
                "Settlement award",
                "settlement",
                Decimal(1500000),
                Month(2024, 1),
                Month(2026, 12),
                every=3,
                received=Decimal(500000),
                opening_balance=Decimal(40000),
                carries_over=True,
            ),
            Fund("own", "Gifts and events", "own", Decimal(420000), Month(2023, 1), None),
        ),
        costs=(
            Cost("rent", "Rent of the south house", "rent", Decimal(14000)),
            Cost("utilities", "Heat, power, water", "utilities", Decimal(5200)),
            Cost("insurance", "Insurance", "insurance", Decimal(6800)),
            Cost("phones", "Phones and internet", "phones", Decimal(3600)),
            Cost("books", "Bookkeeping and payroll", "bookkeeping", Decimal(9500)),
            Cost("audit", "Yearly audit", "audit", Decimal(34000), every=12, first=Month(2023, 4)),
            Cost("sharps", "Sharps collection", "sharps-disposal", Decimal(6200)),
            Cost("van", "Van, fuel and repairs", "vehicle", Decimal(1500)),
            Cost("food", "Meals", "food", Decimal(7000)),
        ),
        supplies=(
            Supply(
                "naloxone",
                "naloxone",
                Decimal(21),
                a_month=3200,
                stock=3600,
                in_kind=2800,
                in_kind_until=Month(2025, 9),
            ),
            Supply("syringes", "syringes", Decimal("0.08"), a_month=310000, stock=400000),
            Supply("pipes", "pipes", Decimal("0.95"), a_month=9000, stock=11000),
            Supply("other-supplies", "other-supplies", Decimal("1.00"), a_month=16000, stock=20000),
            Supply("test-strips", "test-strips", Decimal("0.75"), a_month=4200, stock=5000),
            Supply("wound-care", "wound-care", Decimal("5.00"), a_month=900, stock=900),
        ),
        records=Records(
            services(
                {
                    "visits": 9800,
                    "kits_out": 3200,
                    "reversals": 290,
                    "syringes_out": 310000,
                    "referrals": 95,
                    "turned_away": 420,
                },
                8600,
                24,
                31,
            ),
            deaths(125, 48, 32),
            staff_events(
                posts,
                {
                    "Outreach worker": (2, 5, 8, 9, 13, 15, 18, 21, 23),
                    "Drop-in worker, north": (3, 11, 20),
                    "Drop-in worker, south": (6, 16),
                    "Nurse": (7,),
                    "Peer worker": (10, 14),
                },
            ),
        ),
    )


def no_syringes() -> Program:
    """A place where syringes may not be handed out: naloxone, food, test strips, someone to talk to."""
    posts = (
        Post("director", "Director", 1, 1, 40, Decimal("27.00"), benefits=0.25, months_in_post=44),
        Post("outreach", "Outreach worker", 2, 2, 30, Decimal("18.00"), benefits=0.25, months_in_post=16),
    )
    return replace(
        BASE,
        id="no-syringes",
        name="The Open Porch",
        place="A town whose state allows no syringes (made up)",
        people=Range(1100, 1900, 3300),
        area_shares={AREA: 0.06},
        free_cash=Decimal(15000),
        sites=(Site("porch", "The porch", "fixed", "leased"),),
        sessions=tuple(Session(f"porch-{day}", "porch", day, 12, 17, (), 1) for day in ("mon", "wed", "fri")),
        posts=posts,
        funds=(
            Fund(
                "state",
                "State overdose prevention money",
                "pass-through",
                Decimal(150000),
                Month(2024, 10),
                Month(2025, 9),
                every=3,
                received=Decimal(37500),
                opening_balance=Decimal(5000),
                never_pays=("syringes", "pipes"),
            ),
            Fund(
                "church",
                "A church's gift",
                "private",
                Decimal(24000),
                Month(2024, 3),
                Month(2025, 2),
                every=12,
                received=Decimal(24000),
                opening_balance=Decimal(4000),
            ),
            Fund("gifts", "Gifts", "own", Decimal(12000), Month(2023, 1), None),
        ),
        costs=(
            Cost("rent", "Rent", "rent", Decimal(1100)),
            Cost("utilities", "Heat, power, water", "utilities", Decimal(240)),
            Cost("insurance", "Insurance", "insurance", Decimal(280)),
            Cost("food", "Food", "food", Decimal(300)),
        ),
        supplies=(
            Supply(
                "naloxone", "naloxone", Decimal(26), a_month=95, stock=110, in_kind=40, in_kind_until=Month(2025, 6)
            ),
            Supply("test-strips", "test-strips", Decimal("0.85"), a_month=150, stock=180),
            Supply("hygiene", "hygiene", Decimal("3.00"), a_month=110, stock=120),
        ),
        records=Records(
            services({"visits": 310, "kits_out": 95, "reversals": 6, "referrals": 3}, 260, 20, 41),
            deaths(32, 36, 42),
            staff_events(posts, {"Outreach worker": (5, 19)}),
        ),
    )


def one_worker() -> Program:
    """One paid worker and no counts at all: everything but the program's own facts stands on the evidence file."""
    return replace(
        BASE,
        id="one-worker",
        name="Corner Table",
        place="A mill town (made up)",
        people=Range(350, 600, 1000),
        free_cash=Decimal(6000),
        sites=(Site("table", "The table", "delivery", "hosted", landlord_repairs=True),),
        sessions=(
            Session("table-tue", "table", "tue", 12, 17, (), 1),
            Session("table-fri", "table", "fri", 12, 17, (), 1),
        ),
        posts=(Post("worker", "Worker", 1, 1, 28, Decimal("20.00"), benefits=0.1, months_in_post=22),),
        funds=(
            Fund(
                "county",
                "County contract",
                "local",
                Decimal(44000),
                Month(2024, 7),
                Month(2025, 6),
                pays="reimburse",
                months_to_pay=2,
                received=Decimal(20000),
            ),
            Fund("gifts", "Gifts", "own", Decimal(6000), Month(2023, 1), None),
        ),
        costs=(
            Cost("car", "Use of a car", "transport", Decimal(180)),
            Cost("phone", "A phone", "phones", Decimal(45)),
        ),
        supplies=(
            Supply("naloxone", "naloxone", Decimal(25), a_month=30, stock=35, in_kind=30),
            Supply("syringes", "syringes", Decimal("0.11"), a_month=2600, stock=3000),
        ),
    )


PROGRAMS = (tiny, rural_van, large_urban, no_syringes, one_worker)


def main() -> None:
    """Write the folders anew."""
    for make in PROGRAMS:
        program = make()
        with tempfile.TemporaryDirectory() as beside:
            write_folder(program, Path(beside) / "new")
            shutil.rmtree(FOLDER / program.id, ignore_errors=True)
            shutil.copytree(Path(beside) / "new", FOLDER / program.id)
        print(f"written: {program.id}")


if __name__ == "__main__":
    main()

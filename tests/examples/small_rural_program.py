"""The made program of the second example: one and a half workers, a van, $60,000 a year, 14 months of gappy records.

Everything here is made, the community's counts too. `make_small_rural.py` writes it as a workbook.
"""

from __future__ import annotations

import random
from decimal import Decimal

from rhode_island_records import Noise

from longview.program import (
    CommunityCount,
    Cost,
    Count,
    Effect,
    Fund,
    LedgerLine,
    Month,
    Option,
    Post,
    Price,
    Program,
    Range,
    Records,
    ServiceCount,
    Session,
    Site,
    Supply,
    WorkforceMonth,
)

SEED = 20241231
FIRST, LAST = Month(2023, 11), Month(2024, 12)
MONTHS = tuple(FIRST.plus(i) for i in range(LAST.since(FIRST) + 1))
OFF_THE_ROAD = (Month(2024, 2), Month(2024, 3))  # the van stood in a workshop: nobody kept a sheet, so there is no row
AREA = "Three counties"
TAX = 0.1

SITES = (Site("van", "The van", "van", "owned", landlord_repairs=True),)

SESSIONS = (
    Session("van-mon", "van", "mon", 12, 16, (), 1),
    Session("van-wed", "van", "wed", 12, 16, (), 1),
    Session("van-fri", "van", "fri", 14, 18, (4, 5, 6, 7, 8, 9, 10), 1),
)

POSTS = (
    Post("coordinator", "Coordinator", 1, 1, 30, Decimal("18.50"), benefits=TAX, months_in_post=38),
    Post("peer", "Peer worker", 1, 1, 12, Decimal("15.50"), benefits=TAX, months_in_post=9),
)

FUNDS = (
    Fund(
        "state",
        "State health department, federal money handed on",
        "pass-through",
        Decimal(40000),
        Month(2024, 7),
        Month(2025, 6),
        pays="reimburse",
        every=3,
        months_to_pay=1,
        received=Decimal(20000),
        chance_of_renewal=0.92,
        never_pays=("syringes", "pipes"),
        preset="federal-2026",
    ),
    Fund(
        "county",
        "County settlement award",
        "settlement",
        Decimal(14000),
        Month(2024, 7),
        Month(2025, 6),
        every=6,
        received=Decimal(7000),
        opening_balance=Decimal(2400),
        chance_of_renewal=0.92,
        carries_over=True,
    ),
    Fund("gifts", "Gifts and a church", "own", Decimal(6000), Month(2023, 1), None),
)

COSTS = (
    Cost("van-insurance", "Insurance of the van", "insurance", Decimal(165)),
    Cost("van-repairs", "Repairs of the van", "vehicle", Decimal(120)),
    Cost("fuel", "Fuel", "fuel", Decimal(170)),
    Cost("phones", "Two phones", "phones", Decimal(70)),
    Cost("sponsor", "Bookkeeping by the church's accountant", "bookkeeping", Decimal(110)),
    Cost("sharps", "Sharps collection", "sharps-disposal", Decimal(60)),
)

SUPPLIES = (
    Supply(
        "naloxone",
        "naloxone",
        Decimal("25.00"),
        stock=60,
        in_kind=35,
        in_kind_from="State health department",
        in_kind_until=Month(2025, 6),
    ),
    Supply("syringes", "syringes", Decimal("0.10")),
    Supply("other-supplies", "other-supplies", Decimal("1.20"), a_month=60),
    Supply("wound-care", "wound-care", Decimal("6.00"), a_month=8),
)

OPTIONS = (
    Option(
        "saturday",
        "Take the van out on Saturdays",
        "level",
        "hours a week",
        2,
        4,
        2,
        lead_months=1,
        owner="Coordinator",
    ),
    Option("raise-pay", "Raise pay", "level", "percent", 5, 15, 5, owner="Coordinator"),
    Option("more-kits", "Hand out more naloxone", "level", "kits a year", 60, 240, 60, owner="Coordinator"),
    Option("boxes", "Boxes of naloxone for passing on", "yes-no", lead_months=1, owner="Coordinator"),
    Option("quicker-claims", "Claim each month, not each quarter", "yes-no", lead_months=1, owner="Coordinator"),
    Option("protected-time", "Two hours a week kept for planning", "yes-no", owner="Coordinator"),
)

EFFECTS = (
    Effect("saturday", "hours_day", "add", 1.0, ramp_months=2),
    Effect("saturday", "worker_hours", "add", 1.0, ramp_months=2),
    Effect("raise-pay", "wage", "multiply", 1.01),
    Effect("more-kits", "kits_added", "add", 0.083333, ramp_months=3),
    Effect("boxes", "share_onward", "add", 0.15, 0.05, 0.3, ramp_months=6),
    Effect("quicker-claims", "claim_lag", "add", -1.0, -2.0, -0.3, ramp_months=3),
    Effect("protected-time", "protected", "add", 0.045),
)

PRICES = (
    Price("saturday", "wages", "monthly", Decimal("73.88")),  # an hour a week at 15.50 and payroll tax
    Price("boxes", "printing", "once", Decimal(120)),
    Price("boxes", "stipends", "monthly", Decimal(40)),
    Price("quicker-claims", "bookkeeping", "monthly", Decimal(45)),
)

MEANS = {
    "visits": 96.0,
    "participants_month": 41.0,
    "syringes_out": 2300.0,
    "kits_out": 42.0,
    "reversals": 2.6,
    "referrals": 1.4,
}
HIDDEN = ("reversals", "referrals")
UNCOUNTED = {
    "participants_month": (Month(2023, 11), Month(2023, 12), Month(2024, 8)),
    "syringes_out": (Month(2024, 9),),
}


def services() -> tuple[ServiceCount, ...]:
    """Months by measures: two without a row, some blank, small ones hidden."""
    noise = Noise(random.Random(SEED))
    rows = []
    for measure, mean in MEANS.items():
        for month in MONTHS:
            drawn = noise.count(mean)
            if month not in OFF_THE_ROAD:
                rows.append(ServiceCount(month, None, measure, _told(measure, month, drawn)))
    rows.append(ServiceCount(LAST, None, "participants_12_months", Count.of(118)))
    return tuple(sorted(rows, key=lambda row: row.month))


def _told(measure: str, month: Month, drawn: int) -> Count:
    if month in UNCOUNTED.get(measure, ()):
        return Count.blank()
    return Count.below(5) if measure in HIDDEN and drawn < 5 else Count.of(drawn)


def community() -> tuple[CommunityCount, ...]:
    """Deaths of the counties, hidden where fewer than five, as a small coroner's office would give them."""
    noise = Noise(random.Random(SEED + 1))
    drawn = [noise.count(1.3) for _ in MONTHS]
    case, source = "all-drugs-all-intents", "made for this example"
    return tuple(
        CommunityCount(month, AREA, case, "deaths", Count.below(5) if n < 5 else Count.of(n), "2025-02-10", source)
        for month, n in zip(MONTHS, drawn, strict=True)
    )


def workforce() -> tuple[WorkforceMonth, ...]:
    """The one departure and the one hire of the time."""
    left, came = Month(2024, 1), Month(2024, 4)
    return tuple(
        WorkforceMonth(
            month, "Peer worker", Count.of(month == came), Count.of(month == left), Count.of(left <= month < came)
        )
        for month in MONTHS
    )


def money() -> tuple[LedgerLine, ...]:
    """What the books say of the claim that is still unpaid. The rest of the year is in the church's books."""
    claim = LedgerLine(
        "2024-12-31", "state", "1200 Claim of October to December", "receivable", Decimal("9870.00"), Month(2025, 2)
    )
    return (claim,)


def made_program() -> Program:
    """The example."""
    return Program(
        id="small-rural",
        name="Cedar Gap Harm Reduction",
        place="Three counties in the hills (made up)",
        currency="USD",
        price_year=2024,
        first_month=FIRST,
        people=Range(180, 420, 950),
        area_shares={AREA: 0.8},
        living_wage=Decimal("19.90"),
        wage_elsewhere=Decimal("17.00"),
        free_cash=Decimal(16500),
        reserve=Decimal(2000),
        run_short=0.6,
        made=True,
        sites=SITES,
        sessions=SESSIONS,
        posts=POSTS,
        funds=FUNDS,
        costs=COSTS,
        supplies=SUPPLIES,
        options=OPTIONS,
        effects=EFFECTS,
        prices=PRICES,
        records=Records(services(), community(), workforce(), money()),
    )

"""The made program of the example: sites, posts, money, supplies and options. Records are made in rhode_island_records.

The folder `src/longview/examples/rhode-island` is what `make_rhode_island.py` writes from this; its README says of each
figure whether it is real, from a source, scaled from Teshale et al. 2019, or assumed.
"""

from __future__ import annotations

from decimal import Decimal

from longview.program import (
    Account,
    BudgetLine,
    Cost,
    Deliverable,
    Effect,
    Fund,
    Month,
    Option,
    Post,
    Price,
    Program,
    Range,
    Session,
    Site,
    Supply,
)

START = Month(2023, 1)
HOUR = Decimal(
    "91.39"
)  # a month of one weekly hour of an outreach worker, payroll tax included: 18.50 × 1.14 × 52 / 12

# People in the catchment. US adults who injected in a year (Bradley et al. 2023: 3,694,500; 95% 1,872,700-7,273,300)
# × Rhode Island's share of the nation's overdose deaths in 2022 (424 of 107,814 that WONDER shows) × the city's share
# of the state's (0.25) = 3,632 who inject; over 0.45 (route_mix_inject) = 8,071 people who use drugs. The ends are the
# source's 95% interval brought to 90%: times and over 1.77.
PEOPLE = Range(4600, 8100, 14300)

# 53.3 deaths per 100,000 people of Providence in 2023 (Rhode Island Department of Health, reported in July 2024) × its
# 190,934 residents (census of 2020) = 102 of the state's 404.
CITY_SHARE = 0.25

SITES = (
    Site(
        "house",
        "The house",
        "fixed",
        "owned",
        condition=0.6,
        replacement_value=Decimal(600000),
        repairs_put_off=Decimal(45000),
        upkeep=Decimal(7000),
    ),
    Site("van", "The van", "van", "hosted", landlord_repairs=True),
)

SESSIONS = (
    *(Session(f"house-{day}", "house", day, 11, 17, (), 2) for day in ("mon", "tue", "wed", "thu", "fri")),
    Session("van-tue", "van", "tue", 13, 16.5, (), 2),
    Session("van-thu", "van", "thu", 13, 16.5, (), 2),
)

TAX = 0.14  # payroll tax and compensation insurance; nobody has health cover yet

POSTS = (
    Post("director", "Director", 1, 1, 40, Decimal("33.00"), site="house", benefits=TAX, months_in_post=70),
    Post("outreach-lead", "Outreach lead", 1, 1, 37.5, Decimal("24.00"), benefits=TAX, months_in_post=16),
    Post("outreach", "Outreach worker", 3, 2, 35, Decimal("18.50"), benefits=TAX, months_in_post=21),
    Post("peer", "Peer worker", 1, 1, 25, Decimal("18.00"), benefits=TAX, months_in_post=23),
    Post(
        "linkage",
        "Treatment linkage worker",
        1,
        0,
        35,
        Decimal("20.00"),
        benefits=TAX,
        paid_by=("state",),
        hiring=False,
    ),
)

FUNDS = (
    Fund(
        "federal",
        "Federal prevention grant",
        "federal",
        Decimal(130000),
        Month(2022, 9),
        Month(2023, 8),
        pays="reimburse",
        months_to_pay=1,
        received=Decimal(43300),
        chance_of_renewal=0.95,
        may_pay=("people", "naloxone", "test-strips", "wound-care", "hygiene", "sharps-disposal", "office", "travel"),
        never_pays=("syringes", "pipes", "loan"),
        overhead=0.1,
        fiscal_year=10,
        report_hours=10,
    ),
    Fund(
        "state",
        "State harm reduction contract",
        "state",
        Decimal(120000),
        Month(2022, 7),
        Month(2023, 6),
        pays="reimburse",
        months_to_pay=5,
        received=Decimal(60000),
        chance_of_renewal=0.95,
        may_pay=("supplies", "people", "travel", "phones"),
        never_pays=("loan",),
        transfer_limit=0.1,
        report_hours=8,
    ),
    Fund(
        "foundation",
        "Neighbors' foundation grant",
        "private",
        Decimal(60000),
        Month(2022, 7),
        Month(2024, 6),
        every=6,
        received=Decimal(15000),
        opening_balance=Decimal(3000),
        chance_of_renewal=0.4,
        never_pays=("building", "loan"),
        report_hours=2,
    ),
    Fund(
        "settlement",
        "City opioid settlement award",
        "settlement",
        Decimal(270000),
        Month(2023, 1),
        Month(2025, 12),
        every=3,
        chance_of_renewal=0.9,
        never_pays=("loan",),
        carries_over=True,
        report_hours=3,
    ),
    Fund(
        "city",
        "City contract",
        "local",
        Decimal(36000),
        Month(2022, 7),
        Month(2023, 6),
        every=3,
        received=Decimal(18000),
        opening_balance=Decimal(1500),
        chance_of_renewal=0.97,
        may_pay=("place", "office", "travel", "wages", "training"),
        never_pays=("loan",),
        transfer_limit=0.1,
        report_hours=3,
    ),
    Fund(
        "roof-grant",
        "Community trust, grants for buildings",
        "private",
        Decimal(45000),
        Month(2023, 4),
        Month(2024, 3),
        status="hoped",
        chance_of_award=0.3,
        every=12,
        chance_of_renewal=0,
        may_pay=("building",),
        report_hours=1,
    ),
    Fund("own", "Gifts and events", "own", Decimal(50400), Month(2022, 1), None),
)

# What the two contracts say that their money is for, a term; about what they paid for in 2022 (money.csv).
BUDGET = (
    BudgetLine("state", "people", Decimal(90000)),
    BudgetLine("state", "supplies", Decimal(28000)),
    BudgetLine("state", "travel", Decimal(2000)),
    BudgetLine("city", "place", Decimal(17400)),
    BudgetLine("city", "wages", Decimal(10000)),
    BudgetLine("city", "office", Decimal(8600)),
)

DELIVERABLES = (Deliverable("state", "visits", 7000, Month(2024, 6), Month(2023, 7)),)

ACCOUNTS = (
    Account("6100 Wages and payroll tax", "wages"),
    Account("6200 Naloxone", "naloxone"),
    Account("6210 Syringes", "syringes"),
    Account("6220 Other supplies", "other-supplies"),
    Account("6300 Utilities and insurance", "utilities"),
    Account("6400 Phones, software, printing", "phones"),
    Account("6500 Bookkeeping", "bookkeeping"),
    Account("6510 Audit", "audit"),
    Account("6600 Van", "vehicle"),
    Account("6700 Sharps, food, training", "other"),
    Account("6800 Upkeep", "building"),
)

COSTS = (
    Cost("utilities", "Heat, power, water", "utilities", Decimal(650)),
    Cost("insurance", "Insurance", "insurance", Decimal(800)),
    Cost("phones", "Phones and internet", "phones", Decimal(350)),
    Cost("bookkeeping", "Bookkeeping and payroll", "bookkeeping", Decimal(750)),
    Cost("audit", "Yearly audit", "audit", Decimal(6500), every=12, first=Month(2022, 4)),
    Cost("sharps", "Sharps collection", "sharps-disposal", Decimal(300)),
    Cost("van-lease", "Van lease and repairs", "vehicle", Decimal(420)),
    Cost("fuel", "Fuel", "fuel", Decimal(180)),
    Cost("printing", "Printing", "printing", Decimal(125)),
    Cost("software", "Software", "software", Decimal(165)),
    Cost("food", "Coffee, soup, fruit", "food", Decimal(250)),
    Cost("training", "Training", "training", Decimal(125)),
)

SUPPLIES = (
    Supply(
        "naloxone",
        "naloxone",
        Decimal("22.00"),
        a_month=250,
        stock=260,
        in_kind=150,
        in_kind_from="State health department",
        in_kind_until=Month(2024, 6),
        in_kind_chance_ends=0.15,
    ),
    Supply("syringes", "syringes", Decimal("0.10"), a_month=9000, stock=14000),
    Supply("other-supplies", "other-supplies", Decimal("1.20"), a_month=800, stock=900),
    Supply("pipes", "pipes", Decimal("1.10"), a_month=500, stock=600),
    Supply("test-strips", "test-strips", Decimal("0.80"), a_month=400, stock=500),
    Supply("wound-care", "wound-care", Decimal("6.00"), a_month=60, stock=60),
    Supply("hygiene", "hygiene", Decimal("3.00"), a_month=100, stock=120),
)

OPTIONS = (
    Option(
        "evening-hours", "Open in the evening", "level", "hours a week", 4, 12, 4, lead_months=2, owner="Outreach lead"
    ),
    Option(
        "morning-hours", "Open in the morning", "level", "hours a week", 5, 10, 5, lead_months=2, owner="Outreach lead"
    ),
    Option("van-day", "Send the van out one day more", "yes-no", lead_months=3, owner="Outreach lead"),
    Option("roof", "Mend the roof", "once", lead_months=3, owner="Director", note="Two builders said $45,000"),
    Option("upkeep", "Look after the house", "level", "dollars a year", 4000, 12000, 4000, owner="Director"),
    Option("raise-pay", "Raise pay", "level", "percent", 4, 16, 4, owner="Director"),
    Option("health-cover", "Health cover for everybody on the payroll", "yes-no", lead_months=3, owner="Director"),
    Option("supervision", "Supervision from outside, twice a month", "yes-no", lead_months=2, owner="Director"),
    Option("linkage-post", "Fill the post that is on hold", "yes-no", owner="Director"),
    Option(
        "hire-faster", "Hire faster", "yes-no", owner="Director", note="Notices, pay for references, a shorter list"
    ),
    Option("more-kits", "Hand out more naloxone", "level", "kits a year", 250, 1000, 250, owner="Outreach lead"),
    Option("boxes", "Boxes of naloxone for passing on", "yes-no", lead_months=1, owner="Peer worker"),
    Option("smoking-supplies", "More supplies for safer smoking", "yes-no", lead_months=1, owner="Outreach lead"),
    Option("more-supplies", "More supplies at each visit", "level", "percent", 10, 30, 10, owner="Outreach lead"),
    Option("buddy-line", "A line and a list of people to be with", "yes-no", lead_months=3, owner="Peer worker"),
    Option(
        "treatment-days", "Treatment prescriber in the house, twice a month", "yes-no", lead_months=4, owner="Director"
    ),
    Option("protected-time", "A half-day a week kept for planning", "yes-no", owner="Director"),
    Option("quicker-claims", "Claim sooner and chase payment", "yes-no", lead_months=1, owner="Director"),
    Option("bridge-loan", "A bridge loan of $40,000", "once", lead_months=1, owner="Director"),
    Option(
        "ask-roof-grant", "Ask the community trust for the roof", "ask", owner="Director", fund="roof-grant",
        decision=Month(2023, 3),
        note="It pays for buildings alone, and says yes to three in ten",
    ),
    Option(
        "own-books", "Keep the books ourselves", "stop", lead_months=2, owner="Director", excludes=("quicker-claims",),
        stops=("bookkeeping",), note="Claims would go out later",
    ),
)  # fmt: skip

EFFECTS = (
    Effect("evening-hours", "hours_evening", "add", 1.0, ramp_months=2),
    Effect("evening-hours", "worker_hours", "add", 2.0, ramp_months=2),
    Effect("morning-hours", "hours_day", "add", 1.0, ramp_months=2),
    Effect("morning-hours", "worker_hours", "add", 2.0, ramp_months=2),
    Effect("van-day", "hours_new_place", "add", 5.0, 4.0, 6.0, ramp_months=3),
    Effect("van-day", "new_place_miles", "set", 0.6, 0.3, 1.2),
    Effect("van-day", "worker_hours", "add", 14.0, ramp_months=3),
    Effect("roof", "repair", "add", 45000.0),
    Effect("upkeep", "upkeep_added", "add", 1.0),
    Effect("raise-pay", "wage", "multiply", 1.01),
    Effect("health-cover", "benefits", "add", 1.0, ramp_months=3),
    Effect("supervision", "support", "add", 0.7, 0.4, 1.0, ramp_months=6),
    Effect("linkage-post", "hire_frozen", "add", 1.0),
    Effect("linkage-post", "referrals", "multiply", 1.6, 1.1, 2.5, ramp_months=9),
    Effect("hire-faster", "hire_speed", "multiply", 1.5, 1.1, 2.2),
    Effect("more-kits", "kits_added", "add", 0.083333, ramp_months=3),
    Effect("boxes", "share_onward", "add", 0.15, 0.05, 0.3, ramp_months=6),
    Effect("smoking-supplies", "offer_smoke", "multiply", 1.18, 1.05, 1.3, ramp_months=6),
    Effect("more-supplies", "supplies", "multiply", 1.01),
    Effect("more-supplies", "offer_inject", "multiply", 1.003, 1.0005, 1.007, ramp_months=6),
    Effect("buddy-line", "witnessed", "add", 0.02, 0.004, 0.06, ramp_months=12),
    Effect("treatment-days", "referrals", "multiply", 1.8, 1.2, 3.0, ramp_months=6),
    Effect("protected-time", "protected", "add", 0.1),
    Effect("quicker-claims", "claim_lag", "add", -2.0, -3.0, -0.5, ramp_months=3),
    Effect("bridge-loan", "cash_in", "add", 40000.0),
    Effect("own-books", "claim_lag", "add", 1.0, 0.5, 2.0),
)

PRICES = (
    Price("evening-hours", "wages", "monthly", 2 * HOUR),
    Price("morning-hours", "wages", "monthly", 2 * HOUR),
    Price("van-day", "wages", "monthly", 14 * HOUR),
    Price("van-day", "vehicle", "once", Decimal(4000)),
    Price("van-day", "fuel", "monthly", Decimal(180)),
    Price("roof", "building", "once", Decimal(45000)),
    Price("health-cover", "benefits", "monthly", Decimal(1900)),
    Price("supervision", "supervision", "monthly", Decimal(600)),
    Price("linkage-post", "training", "once", Decimal(1000)),
    Price("hire-faster", "other", "monthly", Decimal(150)),
    Price("boxes", "printing", "once", Decimal(600)),
    Price("boxes", "stipends", "monthly", Decimal(200)),
    Price("smoking-supplies", "pipes", "monthly", Decimal(500)),
    Price("buddy-line", "phones", "monthly", Decimal(90)),
    Price("buddy-line", "stipends", "monthly", Decimal(850)),
    Price("treatment-days", "contracts", "monthly", Decimal(900)),
    Price("quicker-claims", "bookkeeping", "monthly", Decimal(250)),
    Price("bridge-loan", "loan", "monthly", Decimal(1850), after=6, months=24),
)

# Real: 85% of Rhode Island's overdose deaths of 2023 involved an opioid (department of health, July 2024). Made: 60
# people who took kits were asked whether they were for themselves; 21 said for others.
OWN_VALUES = {"opioid_share": Range(0.80, 0.85, 0.90), "nx_share_onward": Range(0.2, 0.35, 0.5)}


def made_program() -> Program:
    """The program without its records."""
    return Program(
        id="rhode-island",
        name="Seekonk River Harm Reduction",
        place="Providence, Rhode Island",
        currency="USD",
        price_year=2023,
        first_month=Month(2020, 1),
        plan_from=START,
        made=True,
        people=PEOPLE,
        area_shares={"Rhode Island": CITY_SHARE},
        living_wage=Decimal("20.75"),
        wage_elsewhere=Decimal("20.50"),
        free_cash=Decimal(64000),
        reserve=Decimal(12000),
        credit_limit=Decimal(15000),
        fiscal_year=7,
        run_short=0.5,
        sites=SITES,
        sessions=SESSIONS,
        posts=POSTS,
        funds=FUNDS,
        budget=BUDGET,
        deliverables=DELIVERABLES,
        accounts=ACCOUNTS,
        costs=COSTS,
        supplies=SUPPLIES,
        options=OPTIONS,
        effects=EFFECTS,
        prices=PRICES,
        own_values=OWN_VALUES,
    )

"""A small made program with every feature on, its best-guess parameters and its targets, for tests of the model.

Two places (a house of ours and a van), posts of every kind of pay (one on hold, one named by a fund, one half filled),
funds of every kind of arrival, naloxone in kind, costs that come and go, options for every lever and operation. Money
in is about money out. Nothing here is a real organisation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from longview.program.months import Month
from longview.program.types import (
    Cost,
    Effect,
    Fund,
    LedgerLine,
    Option,
    Post,
    Price,
    Program,
    Range,
    Records,
    Session,
    Site,
    Supply,
)
from longview.results.portfolio import Choice, Portfolio

START = Month(2025, 1)
NAMED = frozenset(field.name for field in fields(Program))

SITES = (
    Site(
        "house", "The house", "fixed", "owned",
        condition=0.55, replacement_value=Decimal(400_000), repairs_put_off=Decimal(45_000), upkeep=Decimal(6_000),
    ),
    Site(
        "van", "The van", "van", "leased", lease_until=Month(2029, 12),
        condition=0.8, replacement_value=Decimal(60_000), repairs_put_off=Decimal(4_000), upkeep=Decimal(1_500),
    ),
)  # fmt: skip

SESSIONS = (
    Session("house-mon", "house", "mon", 10.0, 16.0, (), 3),
    Session("house-wed", "house", "wed", 14.0, 19.0, (), 3),  # two of its five hours are in the evening
    Session("house-fri", "house", "fri", 10.0, 16.0, (), 4),
    Session("house-sat", "house", "sat", 11.0, 14.0, (), 3),
    Session("van-tue", "van", "tue", 11.0, 15.0, (), 3),
    Session("van-thu", "van", "thu", 11.0, 15.0, (4, 5, 6, 7, 8, 9, 10), 3),  # from April to October
)

POSTS = (
    Post("director", "director", 1, 1.0, 40.0, Decimal("32.00"), months_in_post=60.0),
    Post("outreach", "outreach worker", 3, 2.0, 40.0, Decimal("21.50"), months_in_post=10.0),
    Post("nurse", "nurse", 1, 1.0, 20.0, Decimal("36.00"), site="house", benefits=0.25, paid_by=("state",)),
    Post("navigator", "navigator", 1, 0.0, 40.0, Decimal("23.00"), hiring=False),
    Post("driver", "driver", 1, 0.5, 24.0, Decimal("20.00"), site="van"),
    Post("peers", "peer worker", 2, 2.0, 10.0, Decimal("18.00"), paid_as="stipend", months_in_post=3.0),
    Post("books", "bookkeeper", 1, 1.0, 8.0, Decimal("45.00"), paid_as="contract"),
    Post("helpers", "volunteer", 3, 3.0, 5.0, Decimal(0), site="house", paid_as="volunteer"),
)

FUNDS = (
    Fund(
        "federal", "Pass-through grant", "pass-through", Decimal(222_000), Month(2024, 7), Month(2025, 6),
        pays="reimburse", every=1, months_to_pay=2.5, received=Decimal(111_000),
        never_pays=("syringes", "pipes"), overhead=0.10,
    ),
    Fund(
        "state", "State contract", "state", Decimal(136_000), Month(2024, 10), Month(2025, 9),
        pays="advance", every=3, received=Decimal(34_000), opening_balance=Decimal(6_000),
        may_pay=("people", "naloxone", "wound-care", "vehicle"), overhead=0.05,
    ),
    Fund(
        "city", "City contract", "local", Decimal(48_000), Month(2025, 1), Month(2025, 12),
        pays="reimburse", every=3, months_to_pay=2.0, chance_of_renewal=0.9,
    ),
    Fund(
        "settlement", "Settlement money", "settlement", Decimal(130_000), Month(2024, 1), Month(2025, 12),
        pays="advance", every=12, received=Decimal(65_000), opening_balance=Decimal(9_000),
        never_pays=("building",), carries_over=True,
    ),
    Fund(
        "foundation", "A foundation", "private", Decimal(36_000), Month(2025, 7), Month(2026, 6),
        status="applied", chance_of_award=0.6, pays="advance", every=6, may_pay=("wages", "syringes", "training"),
        fee=0.04,
    ),
    Fund(
        "clinic", "Paid by the visit", "state", Decimal(0), Month(2023, 1), None,
        pays="per-unit", unit="visits", unit_price=Decimal("2.60"),
    ),
    Fund("gifts", "Gifts", "own", Decimal(48_000), Month(2020, 1), None, pays="advance", every=1, fee=0.05),
)  # fmt: skip

COSTS = (
    Cost("insurance", "Insurance", "insurance", Decimal(900)),
    Cost("fuel", "Fuel and parking", "fuel", Decimal(600)),
    Cost("phones", "Phones", "phones", Decimal(320)),
    Cost("sharps", "Taking sharps away", "sharps-disposal", Decimal(750), every=3),
    Cost("audit", "The yearly audit", "audit", Decimal(6_000), every=12, first=Month(2024, 3)),
    Cost("rented-store", "A rented store", "rent", Decimal(400), last=Month(2026, 6)),
    Cost("course", "A course that the state asks for", "training", Decimal(150), paid_by=("state",)),
)

SUPPLIES = (
    Supply(
        "kits", "naloxone", Decimal("38.00"), a_month=240.0, stock=300.0,
        in_kind=150.0, in_kind_from="Health department", in_kind_until=Month(2026, 6), in_kind_chance_ends=0.25,
    ),
    Supply("syringes", "syringes", Decimal("0.11"), a_month=21_000.0, stock=40_000.0),
    Supply("pipes", "pipes", Decimal("1.60"), a_month=450.0, in_kind=60.0),
    Supply("wound-care", "wound-care", Decimal("2.00"), a_month=300.0, stock=350.0),
)  # fmt: skip

OPTIONS = (
    Option("evenings", "Open in the evenings", "level", unit="hours a week", least=3, most=12, step=3),
    Option("by-day", "Open longer by day", "level", unit="hours a week", least=2, most=10, step=2),
    Option("new-stop", "A new van stop", "yes-no"),
    Option("temps", "Extra hours from temps", "level", unit="hours a week", least=10, most=40, step=10),
    Option("living-wage", "Pay the living wage", "yes-no"),
    Option("raise", "A raise", "level", unit="steps of 5%", least=1, most=4, step=1),
    Option("health", "Health benefits", "yes-no"),
    Option("supervision", "Good supervision", "yes-no"),
    Option("open-posts", "Fill the posts on hold", "yes-no", lead_months=1),
    Option("faster-hiring", "Hire faster", "yes-no"),
    Option("more-kits", "More kits", "level", unit="steps of half", least=1, most=4, step=1),
    Option("kits-by-mail", "Kits by mail", "level", unit="kits a month", least=50, most=300, step=50),
    Option("boxes", "Boxes to pass on", "yes-no"),
    Option("for-injecting", "Better supplies for people who inject", "yes-no"),
    Option("for-smoking", "Safer smoking supplies", "yes-no"),
    Option("supplies", "More supplies each", "level", unit="steps of a tenth", least=1, most=5, step=1),
    Option("warm-referrals", "Go along to treatment", "yes-no"),
    Option("spotting", "A spotting line", "yes-no"),
    Option("responders", "Kits for police and fire crews", "yes-no"),
    Option("upkeep", "Keep up the house", "level", unit="thousand dollars a year", least=2, most=8, step=2),
    Option("roof", "Mend the roof", "once"),
    Option("half-day", "Half a day a week for planning", "yes-no"),
    Option("paid-sooner", "Be paid sooner", "yes-no"),
    Option("loan", "A bridge loan", "once"),
    Option("checking", "Drug checking", "yes-no"),
    Option("room", "A consumption room", "yes-no", lawful="unclear"),
    Option("pipes", "Pipes for all who smoke", "yes-no"),
    Option("line", "Make a phone line known", "yes-no"),
    Option("begin-here", "Begin medication here", "yes-no"),
    Option("stay-on", "Help people to stay on medication", "yes-no"),
    Option("easier-starts", "Easier starts elsewhere", "yes-no"),
    Option("jail-medication", "Medication in jail", "yes-no"),
    Option("fewer-jailed", "Fewer people jailed", "yes-no"),
    Option("call-safely", "A law that protects who calls", "yes-no"),
    Option("kits-of-others", "Others hand out more kits", "yes-no"),
    Option("pharmacies", "Kits from pharmacies", "level", unit="kits a month", least=10, most=90, step=10),
    Option("as-needed", "As many syringes as are needed", "yes-no"),
    Option("more-syringes", "More syringes", "level", unit="thousand a month", least=1, most=20, step=1),
    Option("syringes-of-others", "Syringes from pharmacies", "yes-no"),
    Option("hiv-tests", "More tests for HIV", "yes-no"),
    Option("cures", "Treat hepatitis C here", "level", unit="in a hundred a year", least=5, most=40, step=5),
    Option("wound-nurse", "A nurse for wounds", "yes-no"),
    Option("patrols", "Police at the door", "yes-no"),
    Option("watching", "Prescriptions watched", "yes-no"),
    Option("raids", "More seizures", "level", unit="a month", least=1, most=4, step=1),
    Option("one-raid", "One great seizure", "once"),
    Option("worse-supply", "A more dangerous supply", "yes-no"),
)

EFFECTS = (
    Effect("evenings", "hours_evening", "add", 1.0, 0.8, 1.1, ramp_months=3.0),
    Effect("by-day", "hours_day", "add", 1.0),
    Effect("new-stop", "hours_new_place", "add", 6.0, 5.0, 7.0, ramp_months=2.0),
    Effect("new-stop", "new_place_miles", "set", 2.0, 1.0, 3.0),
    Effect("temps", "worker_hours", "add", 1.0, 0.8, 1.0),
    Effect("living-wage", "wage", "set", 1.15, ramp_months=6.0),
    Effect("raise", "wage", "multiply", 1.05),
    Effect("health", "benefits", "set", 1.0, ramp_months=4.0),
    Effect("supervision", "support", "add", 0.8, 0.5, 1.0, ramp_months=6.0),
    Effect("open-posts", "hire_frozen", "set", 1.0),
    Effect("faster-hiring", "hire_speed", "multiply", 1.5, 1.1, 2.2),
    Effect("more-kits", "kits", "multiply", 1.5, 1.3, 1.7, ramp_months=3.0),
    Effect("kits-by-mail", "kits_added", "add", 1.0, 0.7, 1.0, ramp_months=6.0),
    Effect("boxes", "share_onward", "add", 0.2, 0.05, 0.4),
    Effect("for-injecting", "offer_inject", "multiply", 1.08, 1.0, 1.2, ramp_months=3.0),
    Effect("for-smoking", "offer_smoke", "multiply", 1.2, 1.0, 1.3, ramp_months=6.0),
    Effect("supplies", "supplies", "add", 0.1),
    Effect("warm-referrals", "referrals", "multiply", 2.0, 1.3, 3.0, ramp_months=6.0),
    Effect("spotting", "witnessed", "add", 0.02, 0.005, 0.06, ramp_months=6.0),
    Effect("responders", "responders", "add", 0.2, 0.1, 0.3, ramp_months=12.0),
    Effect("upkeep", "upkeep_added", "add", 1_000.0),
    Effect("roof", "repair", "add", 45_000.0, 38_000.0, 50_000.0),
    Effect("half-day", "protected", "add", 0.1),
    Effect("paid-sooner", "claim_lag", "add", -1.0, -1.5, 0.0),
    Effect("loan", "cash_in", "add", 30_000.0),
    Effect("checking", "drug_checking", "add", 0.4, 0.2, 0.6, ramp_months=6.0),
    Effect("room", "room", "add", 0.5, 0.2, 0.7, ramp_months=3.0),
    Effect("pipes", "smoking_supplies", "set", 1.0, ramp_months=2.0),
    Effect("line", "spotting", "set", 0.8, 0.5, 1.0, ramp_months=4.0),
    Effect("begin-here", "onsite", "add", 0.6, 0.4, 0.8),
    Effect("stay-on", "retention", "multiply", 1.3, 1.1, 1.6, ramp_months=6.0),
    Effect("easier-starts", "moud_access", "multiply", 1.5, 1.2, 2.0, ramp_months=12.0),
    Effect("jail-medication", "jail_moud", "add", 0.4, 0.2, 0.6, ramp_months=6.0),
    Effect("fewer-jailed", "jail", "multiply", 0.7, 0.5, 0.9),
    Effect("call-safely", "calling", "multiply", 1.5, 1.1, 2.0, ramp_months=12.0),
    Effect("kits-of-others", "kits_elsewhere", "multiply", 1.4, 1.1, 1.8),
    Effect("pharmacies", "kits_pharmacy", "add", 1.0, 0.7, 1.2, ramp_months=6.0),
    Effect("as-needed", "syringe_rule", "multiply", 1.6, 1.2, 2.2, ramp_months=3.0),
    Effect("more-syringes", "syringes_added", "add", 1_000.0),
    Effect("syringes-of-others", "syringes_elsewhere", "multiply", 1.8, 1.2, 3.0),
    Effect("hiv-tests", "hiv_testing", "multiply", 2.0, 1.5, 3.0),
    Effect("cures", "hcv_treatment", "add", 0.01, 0.007, 0.012, ramp_months=6.0),
    Effect("wound-nurse", "wound_care", "add", 0.4, 0.2, 0.6),
    Effect("patrols", "police", "add", 0.3, 0.1, 0.5),
    Effect("watching", "monitoring", "add", 0.5, 0.3, 0.7, ramp_months=12.0),
    Effect("raids", "seizures", "add", 1.0),
    Effect("one-raid", "seizures_once", "add", 8.0, 5.0, 12.0),
    Effect("worse-supply", "supply", "multiply", 1.15, 1.05, 1.3),
)

PRICES = (
    Price("evenings", "wages", "monthly", Decimal(95)),
    Price("by-day", "wages", "monthly", Decimal(85)),
    Price("new-stop", "vehicle", "once", Decimal(4_000)),
    Price("new-stop", "vehicle", "monthly", Decimal(900), after=1),
    Price("temps", "wages", "monthly", Decimal(105)),
    Price("health", "benefits", "monthly", Decimal(1_100)),
    Price("supervision", "supervision", "monthly", Decimal(400), months=24),
    Price("faster-hiring", "training", "once", Decimal(1_500), paid_by=("state",)),
    Price("boxes", "naloxone", "once", Decimal(800)),
    Price("for-smoking", "pipes", "monthly", Decimal(500)),
    Price("warm-referrals", "vehicle", "monthly", Decimal(350), paid_by=("state", "city")),
    Price("spotting", "phones", "monthly", Decimal(450)),
    Price("roof", "building", "once", Decimal(45_000)),
    Price("loan", "loan", "monthly", Decimal(1_350), after=6, months=24),
)

MONEY = (
    LedgerLine("2024-11-30", "federal", "grants receivable", "receivable", Decimal(18_000), due=Month(2025, 1)),
    LedgerLine("2024-12-31", "federal", "grants receivable", "receivable", Decimal(18_500), due=Month(2025, 2)),
    LedgerLine("2024-12-31", "federal", "grants receivable", "receivable", Decimal(9_500), due=Month(2025, 3)),
)

PROGRAM = Program(
    id="made",
    name="A made program",
    place="Nowhere",
    currency="USD",
    price_year=2024,
    first_month=Month(2024, 1),
    people=Range(1_800.0, 2_500.0, 3_400.0),
    area_shares={},
    living_wage=Decimal("24.50"),
    wage_elsewhere=Decimal("23.00"),
    yearly_raise=0.02,
    free_cash=Decimal(75_000),
    plan_from=START,
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
    records=Records(money=MONEY),
)

BEST = {
    "od_nonfatal_inject": 0.41, "od_case_fatality_overall": 0.05, "od_rr_inject_v_smoke": 1.4,
    "od_rate_stimulant_only": 0.02, "od_mult_after_relapse": 4.3, "fentanyl_share": 0.81, "od_witnessed": 0.65,
    "od_witnessed_public": 0.82, "od_public_share": 0.12, "call_911_overall": 0.43, "call_911_public": 0.662,
    "fatal_none": 9 / 153, "fatal_none_fentanyl": 0.2, "fatal_naloxone": 20 / 2336, "fatal_ems_rr": 0.588,
    "fatal_ems_rr_fast": 0.15, "moud_od_rr": 0.295, "moud_allcause_rr": 0.47, "moud_after_leaving_rr": 2.0,
    "nonod_death_oud": 0.0143, "moud_share_need": 0.22, "link_success_ssp": 0.25, "moud_stay": 0.75,
    "jail_rate": 0.13, "just_left_months": 1.5, "stop_rate": 0.05, "death_stopped": 0.004, "age_today": 40.0,
    "opioid_share": 0.8, "route_mix_inject": 0.45, "route_mix_smoke": 0.35, "route_mix_stimulants": 0.2,
    "reach_selection": 2.5, "risk_ratio": 4.0, "risk_share_higher": 0.25, "who_is_there": 0.5,
    "kit_life_months": 15.5, "reversal_report_share": 0.5, "nx_carry": 0.615, "nx_share_onward": 0.2,
    "doses_per_reversal": 1.7, "nx_adj": 1.0, "nx_responders": 0.3, "other_kits": 0.5,
    "reach_us_other": 0.25, "reach_smoke_only_rr": 0.77, "hours_reach_elast": 0.3, "travel_decay": 0.7,
    "visits_per_participant_year": 18.0, "lapse_month": 0.06, "lapse_turned_away_mult": 2.0, "referrals": 0.1,
    "load_today": 0.85, "visit_sharpness": 8.0, "stay_away": 0.5, "absence": 0.13, "evening_worth": 1.5,
    "productive_share": 0.55, "quit_hr_worker": 0.33, "quit_wage_elast": 1.5, "quit_benefits_hr": 0.75,
    "support_quit_hr": 0.8, "burnout_worker": 0.5, "burnout_load_slope": 0.04, "burnout_fire_slope": 0.5,
    "burnout_recover_months": 9.0, "burnout_quit_or": 1.3, "replace_cost_share": 0.21, "hire_months": 3.0,
    "ramp_months": 6.0, "ramp_start": 0.4, "frailty_sd": 0.5, "benefits_share": 0.42, "wage_growth": 0.035,
    "price_growth": 0.03, "upkeep_share": 0.03, "decay_year": 0.03, "deferral_mult": 1.6,
    "emergency_rate_sound": 0.3, "emergency_rate_worn": 2.0, "emergency_cost": 0.004, "closed_days_sound": 1.0,
    "closed_days_worn": 12.0, "failure_rate_sound": 0.01, "failure_rate_worn": 0.08, "fire_hours_share": 0.15,
    "fire_load_elast": 1.15, "readiness_effect": 0.75, "readiness_0": 0.3, "readiness_hours": 0.08,
    "readiness_delay": 9.0, "readiness_fade": 12.0, "stock_out_mult": 1.1, "closed_mult": 1.1,
    "improve_gain": 1.1, "plan_renewal_or": 1.3, "grant_renew_gov": 0.8,
    "grant_renew_foundation": 0.55, "grant_renew_local": 0.8, "cut_rate": 0.08, "shock_cut": 0.3,
    "origin_share": 0.5, "replace_chance": 0.5,
    "replace_months": 18.0, "credit_months": 1.0, "supply_walk_sd": 0.062, "supply_shock_size": 1.3,
    "supply_shock_rate": 0.3, "pdmp_starts": 1.0, "pdmp_danger": 1.03, "seizure_share": 0.05, "seizure_excess": 2.0,
    "seizure_half_life": 5.0, "police_avoid": 0.2, "drugcheck_unexpected": 0.42, "drugcheck_behaviour": 0.52,
    "drugcheck_od_rr": 0.745, "ops_share_of_use": 0.31, "ops_death_in_site": 1.5e-5, "hotline_cover_share": 0.01,
    "smoke_shift": 0.05, "link_success_onsite": 0.5, "jail_moud_rr": 0.4, "link_success_jail": 0.3,
    "pharmacy_kit_worth": 0.37, "injections_per_year": 900.0, "syringes_elsewhere": 60.0,
    "syringe_share_onward": 0.2, "ost_hcv_rr": 0.5, "ost_hiv_rr": 0.46, "coverage_hcv_floor": 0.44,
    "nsp_hiv_rr": 0.66, "both_interaction": 1.13, "mix_in": 0.1, "hcv_incidence_us": 0.12,
    "hiv_incidence_us": 0.0007, "hcv_prev_ab_us": 0.53, "hcv_viraemic_share": 0.65, "hiv_prev_us": 0.07,
    "hiv_suppressed_share": 0.5, "hiv_suppressed_rr": 0.1, "hiv_diagnosis": 0.5, "hcv_cure_injecting": 0.874,
    "jail_hiv_rr": 1.81, "jail_hcv_rr": 1.62, "outbreak_beta": 0.0038, "outbreak_casefinding": 0.018,
    "outbreak_removal": 0.024, "outbreak_ramp_days": 150.0, "outbreak_unseen_days": 700.0, "skin_infection": 0.3,
    "skin_rr_inject_v_smoke": 2.53, "reuse_skin_rr": 0.7, "wound_care_effect": 0.8, "abscess_hosp": 0.0427,
}  # fmt: skip
"""Best values of the evidence, by key; a test holds them to the evidence file where that is at hand."""


def make_program(**changes: Any) -> Program:
    """The made program, with the named fields of `Program` changed."""
    unknown = set(changes) - NAMED
    if unknown:
        raise TypeError(f"Program has no field {', '.join(sorted(unknown))}")
    return replace(PROGRAM, **changes)


def make_params(**changes: float) -> dict[str, float]:
    """Best values by evidence key, some of them changed."""
    unknown = set(changes) - set(BEST)
    if unknown:
        raise TypeError(f"no such evidence key: {', '.join(sorted(unknown))}")
    return {**BEST, **changes}


def make_targets(program: Program | None = None, **changes: float) -> dict[str, float]:
    """Today's targets of one future (docs/model.md, section 1) that fit the made program.

    Hours are those of the posts as filled now; syringes are those recorded, else those of the rows; `adj` and
    `price_base` are best guesses.
    """
    program = program or PROGRAM
    posts = program.posts
    hours = sum(post.filled * post.hours for post in posts) * 52 / 12
    targets = {
        "people": 2_500.0, "participants_12m": 900.0, "kits_month": 240.0, "visits_month": 820.0, "hours_month": hours,
        "deaths_year": 38.0, "load_0": 0.85, "adj": 1.0, "quit_hazard": 0.4004775665971253, "price_base": 1.03,
        "syringes_month": syringes_a_month(program),
    }  # fmt: skip
    return {**targets, **changes}


def syringes_a_month(program: Program) -> float:
    """S₀ (docs/model.md, section 1): the mean of the last 12 recorded months, else the rows of supplies, else none."""
    counted: dict[Month, float] = {}
    for row in program.records.services:
        if row.measure == "syringes_out" and row.value.kind == "exact":
            counted[row.month] = counted.get(row.month, 0.0) + row.value.low
    if counted:
        last = sorted(counted)[-12:]
        return sum(counted[month] for month in last) / len(last)
    return sum(supply.a_month or 0.0 for supply in program.supplies if supply.item == "syringes")


def make_portfolio(levels: Mapping[str, float], start: Month | None = None, name: str = "tried") -> Portfolio:
    """A portfolio of these options at these levels, all from one month (April 2025) on."""
    return Portfolio(name, tuple(Choice(option, level, start or START.plus(3)) for option, level in levels.items()))


TODAY = Portfolio("today")
"""Nothing changed."""

EVERYTHING = make_portfolio({
    "evenings": 6.0, "by-day": 4.0, "new-stop": 1.0, "temps": 20.0, "living-wage": 1.0, "raise": 2.0, "health": 1.0,
    "supervision": 1.0, "open-posts": 1.0, "faster-hiring": 1.0, "more-kits": 2.0, "kits-by-mail": 100.0, "boxes": 1.0,
    "for-injecting": 1.0, "for-smoking": 1.0, "supplies": 2.0, "warm-referrals": 1.0, "spotting": 1.0,
    "responders": 1.0, "upkeep": 4.0, "roof": 1.0, "half-day": 1.0, "paid-sooner": 1.0, "loan": 1.0, "checking": 1.0,
    "room": 1.0, "pipes": 1.0, "line": 1.0, "begin-here": 1.0, "stay-on": 1.0, "easier-starts": 1.0,
    "jail-medication": 1.0, "fewer-jailed": 1.0, "call-safely": 1.0, "kits-of-others": 1.0, "pharmacies": 40.0,
    "as-needed": 1.0, "more-syringes": 4.0, "syringes-of-others": 1.0, "hiv-tests": 1.0, "cures": 10.0,
    "wound-nurse": 1.0, "patrols": 1.0, "watching": 1.0, "raids": 1.0, "one-raid": 1.0, "worse-supply": 1.0,
}, name="everything")  # fmt: skip
"""Every option at once: all levers move."""


def effect_values(program: Program | None = None) -> dict[tuple[str, str], float]:
    """The best value of every effect, by option and lever."""
    return {(effect.option, effect.lever): effect.value for effect in (program or PROGRAM).effects}

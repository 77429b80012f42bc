"""Programs of every shape, for property tests."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from longview.program import (
    Account,
    BudgetLine,
    CommunityCount,
    CommunityRate,
    Cost,
    Count,
    Deliverable,
    Effect,
    Fund,
    LedgerLine,
    Month,
    Option,
    Post,
    Price,
    Program,
    Range,
    RateFigure,
    Records,
    ServiceCount,
    Session,
    Site,
    Supply,
    WorkforceMonth,
    categories,
    items,
    levers,
    presets,
)

TEXTS = st.text(
    alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=20
).map(str.strip).filter(bool) | st.sampled_from(
    ["=1+1", "'=x", "''-", "@home", "a,b", 'say "so"', "x\ny", "x\r\ny", "דרור", "ハーム", "Zoë", "sep=;", "<5", "-"]
)
IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
MONTHS = st.builds(Month, st.integers(1990, 2100), st.integers(1, 12))
MONEY = st.decimals(0, 10**9, places=2, allow_nan=False)
SIGNED_MONEY = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)
SHARES = st.floats(0, 1)
NUMBERS = st.floats(0, 1e6)
WHOLE = st.integers(0, 100)
DATES = st.dates().map(lambda d: d.isoformat())
ITEMS = st.sampled_from(list(items()))
COUNTS = st.one_of(
    st.integers(0, 10**9).map(Count.of),
    st.integers(0, 10**6).map(lambda n: Count.of(n / 4)),
    st.integers(1, 50).map(Count.below),
    st.tuples(st.integers(1, 9), st.integers(0, 9)).map(lambda p: Count.between(p[0], p[0] + p[1])),
    st.integers(0, 50).map(lambda n: Count.between(n, None)),
    st.integers(0, 50).map(lambda n: Count.not_counted(at_least=n)),
    st.sampled_from([Count.blank(), Count.no_row()]),
)

RATES = NUMBERS.map(RateFigure) | st.sampled_from(
    [RateFigure(None, kind) for kind in ("hidden", "not-reported", "not-available", "no-row")]
)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


def some(ids: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(ids), unique=True, max_size=3).map(tuple) if ids else st.just(())


def one(ids: list[str]) -> st.SearchStrategy[str | None]:
    return maybe(st.sampled_from(ids)) if ids else st.none()


def distinct(rows: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    return st.lists(rows, max_size=4, unique_by=lambda row: row.id).map(tuple)


def spans() -> st.SearchStrategy[tuple[Month, Month | None]]:
    return st.tuples(MONTHS, maybe(st.integers(0, 60))).map(lambda p: (p[0], None if p[1] is None else p[0].plus(p[1])))


@st.composite
def funds(draw: Any) -> Fund:
    first, last = draw(spans())
    payable = [*items(), *categories()]
    preset = draw(maybe(st.sampled_from(list(presets()))))
    never = draw(some(payable))
    if preset:
        never = tuple(dict.fromkeys((*never, *presets()[preset].never_pays)))
    may = tuple(item for item in draw(some(payable)) if item not in never)
    pays = draw(st.sampled_from(["advance", "reimburse", "per-unit"]))
    return Fund(
        id=draw(IDS),
        name=draw(TEXTS),
        origin=draw(st.sampled_from(["federal", "state", "own"])),
        amount=draw(MONEY),
        first=first,
        last=last,
        status=draw(st.sampled_from(["signed", "verbal", "applied", "hoped"])),
        chance_of_award=draw(maybe(SHARES)),
        pays=pays,
        every=draw(st.integers(1, 12)),
        months_to_pay=draw(st.floats(0, 12)),
        unit=draw(TEXTS if pays == "per-unit" else maybe(TEXTS)),
        unit_price=draw(MONEY if pays == "per-unit" else maybe(MONEY)),
        received=draw(MONEY),
        opening_balance=draw(SIGNED_MONEY),
        chance_of_renewal=draw(maybe(SHARES)),
        may_pay=may,
        never_pays=never,
        overhead=draw(SHARES),
        fee=draw(SHARES),
        carries_over=draw(st.booleans()),
        preset=preset,
        overhead_on=draw(some(payable)),
        match=draw(st.floats(0, 10)),
        transfer_limit=draw(maybe(SHARES)),
        fiscal_year=draw(maybe(st.integers(1, 12))),
        report_hours=draw(st.floats(0, 1000)),
    )


def budgets(fund_ids: list[str]) -> st.SearchStrategy[BudgetLine]:
    return st.builds(BudgetLine, st.sampled_from(fund_ids), st.sampled_from([*items(), *categories()]), MONEY)


@st.composite
def deliverables(draw: Any, fund_ids: list[str]) -> Deliverable:
    by = draw(MONTHS)
    first = draw(maybe(st.integers(0, 60)))
    measure = draw(TEXTS | st.just("visits"))
    return Deliverable(
        draw(st.sampled_from(fund_ids)), measure, draw(NUMBERS), by, None if first is None else by.plus(-first)
    )


@st.composite
def options(draw: Any, fund_ids: list[str], cost_ids: list[str]) -> Option:
    kind = draw(st.sampled_from(["level", "once", "yes-no", "ask", "stop", "decline"]))
    least = draw(NUMBERS) if kind == "level" else None
    return Option(
        id=draw(IDS),
        name=draw(TEXTS),
        kind=kind,
        unit=draw(maybe(TEXTS)),
        least=least,
        most=None if least is None else least + draw(NUMBERS),
        step=None if least is None else draw(st.floats(1e-6, 1e6)),
        earliest=draw(maybe(MONTHS)),
        lead_months=draw(WHOLE),
        owner=draw(maybe(TEXTS)),
        lawful=draw(st.sampled_from(["yes", "no", "unclear"])),
        note=draw(maybe(TEXTS)),
        fund=draw(st.sampled_from(fund_ids) if kind in ("ask", "decline") else one(fund_ids)),
        amount=draw(maybe(MONEY)),
        chance=draw(maybe(SHARES)),
        decision=draw(maybe(MONTHS)),
        stops=draw(some(cost_ids)),
    )


def sessions(sites: list[str]) -> st.SearchStrategy[tuple[Session, ...]]:
    if not sites:
        return st.just(())
    hours = st.tuples(st.floats(0, 24) | st.integers(0, 96).map(lambda q: q / 4), st.floats(0, 24))
    return distinct(
        st.builds(
            lambda id, site, day, ends, months, needed: Session(id, site, day, min(ends), max(ends), months, needed),
            IDS,
            st.sampled_from(sites),
            st.sampled_from(["mon", "sat", "sun"]),
            hours.filter(lambda ends: ends[0] != ends[1]),
            st.sets(st.integers(1, 12)).map(lambda months: tuple(sorted(months))),
            st.integers(1, 9),
        )
    )


@st.composite
def effects(draw: Any, choices: list[str]) -> Effect:
    lever = levers()[draw(st.sampled_from(list(levers())))]
    value = draw(st.floats(lever.low, lever.high))
    low, high = draw(maybe(st.floats(-1e9, value))), draw(maybe(st.floats(value, 1e9)))
    return Effect(draw(st.sampled_from(choices)), lever.id, "set", value, low, high, draw(st.floats(0, 24)))


@st.composite
def records(draw: Any, sites: list[str], fund_ids: list[str]) -> Records:
    services = st.builds(ServiceCount, MONTHS, one(sites), TEXTS | st.just("visits"), COUNTS)
    over = st.sampled_from(["month", "12-months"])
    community = st.builds(CommunityCount, MONTHS, TEXTS, TEXTS, st.just("deaths"), COUNTS, DATES, TEXTS, over)
    rates = st.builds(
        CommunityRate,
        *(MONTHS, over, TEXTS, TEXTS, TEXTS, RATES, st.integers(1, 10**9)),
        *(TEXTS, DATES, TEXTS, SHARES),
    )
    workforce = st.builds(
        WorkforceMonth, MONTHS, TEXTS, maybe(COUNTS), maybe(COUNTS), maybe(COUNTS), maybe(st.floats(0, 1e4))
    )
    kinds = st.sampled_from(["income", "expense", "asset", "receivable", "transfer", "in-kind"])
    money = st.builds(
        LedgerLine, DATES, st.sampled_from([*fund_ids, "unassigned"]), TEXTS, kinds, SIGNED_MONEY, maybe(MONTHS)
    )

    def by(rows: Any, key: Any, when: str) -> Any:
        return tuple(sorted(draw(st.lists(rows, max_size=5, unique_by=key)), key=lambda row: getattr(row, when)))

    return Records(
        services=by(services, lambda r: (r.month, r.site, r.measure), "month"),
        community=by(community, lambda r: (r.month, r.over, r.area, r.case, r.source), "month"),
        rates=by(rates, lambda r: (r.month, r.over, r.area, r.case, r.measure, r.source), "month"),
        workforce=by(workforce, lambda r: (r.month, r.role), "month"),
        money=by(money, lambda r: id(r), "date"),
    )


@st.composite
def programs(draw: Any) -> Program:
    sites = draw(
        distinct(
            st.builds(
                Site,
                id=IDS,
                name=TEXTS,
                kind=st.sampled_from(["fixed", "van", "machine"]),
                premises=st.sampled_from(["owned", "leased", "hosted"]),
                landlord_repairs=st.booleans(),
                lease_until=maybe(MONTHS),
                condition=maybe(SHARES),
                replacement_value=maybe(MONEY),
                repairs_put_off=maybe(MONEY),
                upkeep=maybe(MONEY),
            )
        )
    )
    site_ids = [site.id for site in sites]
    all_funds = draw(st.lists(funds(), min_size=1, max_size=4, unique_by=lambda f: f.id).map(tuple))
    fund_ids = [fund.id for fund in all_funds]
    posts = draw(
        st.lists(
            st.builds(
                Post,
                id=IDS,
                role=TEXTS,
                people=st.integers(5, 9),
                filled=st.floats(0, 5),
                hours=st.floats(0, 60),
                rate=MONEY,
                site=one(site_ids),
                paid_as=st.sampled_from(["wage", "stipend", "contract", "volunteer"]),
                benefits=maybe(SHARES),
                paid_by=some(fund_ids),
                hiring=st.booleans(),
                months_in_post=maybe(st.floats(0, 100)),
            ),
            min_size=1,
            max_size=4,
            unique_by=lambda post: post.id,
        ).map(tuple)
    )
    costs = draw(
        distinct(
            st.builds(
                lambda id, what, item, amount, every, span, paid_by: Cost(
                    id, what, item, amount, every, *span, paid_by
                ),
                *(IDS, TEXTS, ITEMS, MONEY, st.integers(1, 12), spans(), some(fund_ids)),
            )
        )
    )
    made = options(fund_ids, [cost.id for cost in costs])
    asked_once = (lambda o: o.id, lambda o: o.fund if o.kind == "ask" else ("", o.id))  # two asks of one fund are none
    choices = draw(st.lists(made, min_size=1, max_size=4, unique_by=asked_once).map(tuple))
    option_ids = [option.id for option in choices]
    accounts = st.lists(
        st.builds(Account, TEXTS, ITEMS), max_size=4, unique_by=lambda a: " ".join(a.account.casefold().split())
    )
    supplies = st.builds(
        Supply,
        *(IDS, ITEMS, MONEY, maybe(NUMBERS), maybe(NUMBERS), NUMBERS),
        *(maybe(TEXTS), maybe(MONTHS), maybe(SHARES), st.booleans()),
    )
    prices = st.builds(
        Price,
        *(st.sampled_from(option_ids), ITEMS, st.sampled_from(["once", "monthly"]), MONEY, WHOLE),
        *(maybe(st.integers(1, 60)), some(fund_ids)),
    )
    ranges = st.tuples(*[st.floats(1, 1e9)] * 3).map(lambda ends: Range(*sorted(ends)))
    return Program(
        id=draw(IDS),
        name=draw(TEXTS),
        place=draw(TEXTS),
        currency="USD",
        price_year=draw(st.integers(1990, 2100)),
        first_month=draw(MONTHS),
        people=draw(ranges),
        area_shares=draw(st.dictionaries(TEXTS, SHARES, max_size=3)),
        living_wage=draw(maybe(MONEY)),
        wage_elsewhere=draw(maybe(MONEY)),
        yearly_raise=draw(st.floats(0, 0.5)),
        free_cash=draw(SIGNED_MONEY),
        reserve=draw(maybe(MONEY)),
        credit_limit=draw(maybe(MONEY)),
        run_short=draw(SHARES),
        living_wage_by=draw(maybe(st.integers(2000, 2100))),
        no_site_closed=draw(st.booleans()),
        plan_from=draw(maybe(MONTHS)),
        fiscal_year=draw(st.integers(1, 12)),
        made=draw(st.booleans()),
        sites=sites,
        sessions=draw(sessions(site_ids)),
        posts=posts,
        funds=all_funds,
        budget=tuple(draw(st.lists(budgets(fund_ids), max_size=4))),
        deliverables=tuple(draw(st.lists(deliverables(fund_ids), max_size=3))),
        costs=costs,
        supplies=draw(distinct(supplies)),
        options=choices,
        effects=tuple(draw(st.lists(effects(option_ids), max_size=4, unique_by=lambda e: e.lever))),
        prices=tuple(draw(st.lists(prices, max_size=4))),
        accounts=tuple(draw(accounts)),
        records=draw(records(site_ids, fund_ids)),
        own_values=draw(st.dictionaries(TEXTS.filter(lambda k: k != "format"), ranges, max_size=3)),
    )


def small_program(**changes: Any) -> Program:
    """Harbor Street, made up: two workers, one grant, one thing to decide."""
    values: dict[str, Any] = {
        "id": "harbor-street",
        "name": "Harbor Street",
        "place": "Providence, Rhode Island",
        "currency": "USD",
        "price_year": 2022,
        "first_month": Month(2022, 1),
        "people": Range(900, 1500, 2600),
        "area_shares": {"Rhode Island": 0.2},
        "made": True,
        "sites": (Site("main", "Main Street", "fixed", "owned", condition=0.7, replacement_value=Decimal(400000)),),
        "sessions": (Session("main-mon", "main", "mon", 13.0, 17.5, (), 1),),
        "posts": (Post("outreach", "Outreach worker", 3, 2, 35, Decimal("19.50"), months_in_post=20, benefits=0.2),),
        "funds": (
            Fund(
                "state", "State grant", "state", Decimal(120000), Month(2022, 7), Month(2024, 6), chance_of_renewal=0.8
            ),
        ),
        "supplies": (Supply("naloxone", "naloxone", Decimal(36), a_month=100.0),),
        "options": (Option("evening", "Stay open in the evening", "level", least=4, most=8, step=4, owner="Director"),),
        "effects": (Effect("evening", "hours_evening", "add", 1.0),),
        "prices": (Price("evening", "wages", "monthly", Decimal(210)),),
        "records": Records(
            services=tuple(
                ServiceCount(Month(2022, 1).plus(t), None, measure, Count.of(value))
                for t in range(12)
                for measure, value in (("visits", 400), ("kits_out", 100), ("reversals", 20))
            ),
            community=tuple(
                CommunityCount(
                    *(Month(2022, 1).plus(t), "Rhode Island", "all-drugs-all-intents", "deaths", Count.of(36)),
                    *("2025-04-21", "CDC WONDER"),
                )
                for t in range(12)
            ),
        ),
    }
    return Program(**{**values, **changes})

"""What a program is, in plain frozen types.

Every field here is a column of a sheet or a fact of `program.toml`; `fields.toml` says what each means, its unit and
whether it may be left out. Money is exact (`Decimal`), in the program's currency; rates of pay and prices are those of
`price_year`, fund amounts are nominal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from longview.program.counts import Count, Rate
from longview.program.months import Month
from longview.program.rates import CommunityRate, RateFigure

Lawful = Literal["yes", "no", "unclear"]
OptionKind = Literal["level", "once", "yes-no", "ask", "stop", "decline"]
Operation = Literal["add", "multiply", "set"]


@dataclass(frozen=True, slots=True)
class Range:
    """A figure the program gives with its doubt: `low`-`high` is a 90% interval, `best` the middle."""

    low: float
    best: float
    high: float


@dataclass(frozen=True, slots=True)
class Site:
    """A place where the program meets participants.

    Attributes:
        premises: "owned", "leased" or "hosted"; a roof is ours to mend where it is owned or `landlord_repairs` is
            false.
        condition: 0 (unusable) to 1 (sound); None where no building is ours to keep.
        replacement_value: what building it anew would cost.
        repairs_put_off: the backlog in money; None: the years since the last repair are not known.
        upkeep: money a year spent on upkeep today; None: not recorded.
    """

    id: str
    name: str
    kind: Literal["fixed", "van", "backpack", "delivery", "mail", "machine"]
    premises: Literal["owned", "leased", "hosted"]
    landlord_repairs: bool = False
    lease_until: Month | None = None
    condition: float | None = None
    replacement_value: Decimal | None = None
    repairs_put_off: Decimal | None = None
    upkeep: Decimal | None = None

    @property
    def ours_to_keep(self) -> bool:
        """Whether repairs are ours: an owner's always are, a tenant's or guest's where the landlord has no such duty."""
        return self.premises == "owned" or not self.landlord_repairs


@dataclass(frozen=True, slots=True)
class Session:
    """A weekly opening: hours `start`-`end` (decimal hours of the day) at a site, in the given months of the year."""

    id: str
    site: str
    weekday: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    start: float
    end: float
    months: tuple[int, ...]  # empty: all year
    needed: int


@dataclass(frozen=True, slots=True)
class Post:
    """A post, filled or not.

    Attributes:
        site: where it works; None: every site.
        paid_as: "wage", "stipend", "contract" or "volunteer".
        people: whole people that the post has room for.
        filled: of those, how many are here now (a part-timer is whole with fewer hours; a half-filled post is 0.5).
        hours: paid hours a week, each person.
        rate: pay an hour, each person; 0 for volunteers.
        benefits: employer's cost of benefits and payroll tax as a share of pay; None: from evidence.
        paid_by: ids of the funds that name this post; empty: any fund that may pay wages.
        hiring: False where the empty places are held open (nobody is being sought) until an option opens them.
        months_in_post: mean months that those here have served; None: fully trained.
    """

    id: str
    role: str
    people: int
    filled: float
    hours: float
    rate: Decimal
    site: str | None = None
    paid_as: Literal["wage", "stipend", "contract", "volunteer"] = "wage"
    benefits: float | None = None
    paid_by: tuple[str, ...] = ()
    hiring: bool = True
    months_in_post: float | None = None


@dataclass(frozen=True, slots=True)
class Fund:
    """Money with its strings.

    Attributes:
        amount: the award for one term, `first` to `last` (both included); it renews for terms of the same length.
        status: "signed" is certain; "verbal", "applied" and "hoped" arrive with `chance_of_award`.
        pays: "advance" (in equal parts each `every` months), "reimburse" (claimed each `every` months, paid
            `months_to_pay` after the claim) or "per-unit" (`unit_price` for each `unit` of service in the month
            before).
        received: of this term's award, paid or charged before `plan_from`.
        opening_balance: money of this fund in hand at the end of the last recorded month (advance funds).
        may_pay: item ids or category ids; empty: anything. `never_pays` wins over it; `fund_may_pay` reads both.
        preset: id of the list in `items.toml` whose items are in `never_pays` already (so that `check` can name its
            source).
        overhead: indirect costs that may be charged, as a share of the direct charge.
        overhead_on: item or category ids whose charges may carry overhead; empty: all of them.
        fee: share of each arrival that a fiscal sponsor keeps.
        carries_over: whether what is unspent at a term's end stays (True) or goes back (False).
        chance_of_renewal: own estimate; None: from evidence, by origin.
        match: money of other origins, or gifts that count, which each unit charged must be matched with.
        transfer_limit: share of a term's award that may be moved, in all, beyond the lines of its `budget`; None: freely.
        fiscal_year: first month of the funder's year, 1-12; None: the program's own.
        report_hours: hours a month that its reports eat.
        asked_by: id of the ask by which alone it can come (`asking.with_asks` fills it); None: it comes by itself.
    """

    id: str
    name: str
    origin: Literal["federal", "pass-through", "state", "local", "settlement", "private", "own"]
    amount: Decimal
    first: Month
    last: Month | None  # None: no end in sight
    status: Literal["signed", "verbal", "applied", "hoped"] = "signed"
    chance_of_award: float | None = None
    pays: Literal["advance", "reimburse", "per-unit"] = "advance"
    every: int = 1
    months_to_pay: float = 0.0
    unit: str | None = None
    unit_price: Decimal | None = None
    received: Decimal = Decimal(0)
    opening_balance: Decimal = Decimal(0)
    chance_of_renewal: float | None = None
    may_pay: tuple[str, ...] = ()
    never_pays: tuple[str, ...] = ()
    overhead: float = 0.0
    fee: float = 0.0
    carries_over: bool = False
    preset: str | None = None
    overhead_on: tuple[str, ...] = ()
    match: float = 0.0
    transfer_limit: float | None = None
    fiscal_year: int | None = None
    report_hours: float = 0.0
    asked_by: str | None = None


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line of a fund's budget: `amount` for one term, on a `line` (an item, or a category of items)."""

    fund: str
    line: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Deliverable:
    """What a fund is promised: at least so much of a measure of `services`, from `first` (None: the plan's start) to `by`."""

    fund: str
    measure: str
    at_least: float
    by: Month
    first: Month | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the ledger and the item that it holds."""

    account: str
    item: str


@dataclass(frozen=True, slots=True)
class Cost:
    """A running cost: `amount` each `every` months (prices of `price_year`), of an `item`, until a month or always."""

    id: str
    what: str
    item: str
    amount: Decimal
    every: int = 1
    first: Month | None = None
    last: Month | None = None
    paid_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Supply:
    """Something handed out.

    Attributes:
        item: item id ("naloxone", "syringes" …); the units of "naloxone" are kits.
        a_month: units handed out a month today; None: from `services`.
        stock: units on the shelf; None: a month's use.
        unit_price: cash price of a unit.
        in_kind: units a month that are given to us; `in_kind_until`: promised until; `in_kind_chance_ends`: chance a
            year that the gift stops before that, or after it for good.
        counts_as_match: whether what is given to us counts, at its cash price, as match for funds that ask for one.
    """

    id: str
    item: str
    unit_price: Decimal
    a_month: float | None = None
    stock: float | None = None
    in_kind: float = 0.0
    in_kind_from: str | None = None
    in_kind_until: Month | None = None
    in_kind_chance_ends: float | None = None
    counts_as_match: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """Something that we could do.

    A `level` option has `least`, `most`, `step` (levels 0 = not done, then least … most); all others are 0 or 1.
    `earliest` counts from `plan_from` + `lead_months` if blank.

    Attributes:
        fund: of an "ask", the fund that is asked for (one that is not signed, or a signed one that is asked for more);
            of a "decline", the fund that is turned down.
        amount, chance, decision: of an "ask", what it would bring a term (None: the fund's amount), how likely
            (None: the fund's own chance), and the month in which the funder decides.
        stops: of a "stop", the running costs that end with it.
    """

    id: str
    name: str
    kind: OptionKind
    unit: str | None = None
    least: float | None = None
    most: float | None = None
    step: float | None = None
    earliest: Month | None = None
    lead_months: int = 0
    owner: str | None = None  # the role that would see to it
    requires: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    lawful: Lawful = "yes"
    note: str | None = None
    fund: str | None = None
    amount: Decimal | None = None
    chance: float | None = None
    decision: Month | None = None
    stops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What one unit of an option's level does to a lever: `value` (90% interval `low`-`high`), over `ramp_months`."""

    option: str
    lever: str
    op: Operation
    value: float
    low: float | None = None
    high: float | None = None
    ramp_months: float = 0.0


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit of an option's level costs, in prices of `price_year`.

    `how` is "once" (in the month it starts) or "monthly" (from `after` months after the start, for `months` months or
    for as long as the option runs).
    """

    option: str
    item: str
    how: Literal["once", "monthly"]
    amount: Decimal
    after: int = 0
    months: int | None = None
    paid_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ServiceCount:
    """One month's count of one measure at one site (None: the whole program)."""

    month: Month
    site: str | None
    measure: str
    value: Count


@dataclass(frozen=True, slots=True)
class CommunityCount:
    """One month's count for an area, with the case definition that it was made by and the day that it was read.

    Attributes:
        over: "month"; or "12-months", for a count of the twelve months that end with it. Such windows overlap: they
            are kept as they are, never summed, never taken from one another, and never read as a month's.
    """

    month: Month
    area: str
    case: str  # for example "all-drugs-all-intents", "opioids-all-intents"
    measure: str  # "deaths", "emergency_visits" …
    value: Count
    as_of: str  # ISO date
    source: str
    over: Literal["month", "12-months"] = "month"


@dataclass(frozen=True, slots=True)
class WorkforceMonth:
    """A month's staff events, by role: hires, departures, vacancies at its end, hours worked."""

    month: Month
    role: str
    hires: Count | None = None
    departures: Count | None = None
    vacancies: Count | None = None
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line of the ledger; `due` is when a receivable is expected."""

    date: str  # ISO date
    fund: str
    account: str
    kind: Literal["income", "expense", "asset", "receivable", "transfer", "in-kind"]
    amount: Decimal
    due: Month | None = None


@dataclass(frozen=True)
class Records:
    """What has been counted: rows as they stand in the program's files, sorted by month."""

    services: tuple[ServiceCount, ...] = ()
    community: tuple[CommunityCount, ...] = ()
    workforce: tuple[WorkforceMonth, ...] = ()
    money: tuple[LedgerLine, ...] = ()
    rates: tuple[CommunityRate, ...] = ()

    @cached_property  # thousands of rows, looked through for each planned month of each line of money
    def last_month(self) -> Month | None:
        """The last month of `services` (DESIGN, Conventions): where the past ends."""
        return max((row.month for row in self.services), default=None)


@dataclass(frozen=True)
class Program:
    """A program and everything its files say of it.

    Attributes:
        people: people in the catchment who use drugs.
        area_shares: area of `community` → share of its deaths that happen in the catchment.
        living_wage, wage_elsewhere: an hour's pay; None: not given.
        yearly_raise: own wages rise by this share each January without any option (0: flat).
        reserve: free cash to keep; None: a quarter of a month's costs.
        credit_limit: what a bank or sponsor lets us owe; None: from evidence.
        run_short: the greatest share of futures in which free cash may fall below the reserve (the board's to set).
        own_values: evidence key → the program's own figure, which wins over the literature's (law 4).
        fiscal_year: first month of the program's own fiscal year, 1-12.
        made: True for a made-up program, said at the head of every document.
    """

    id: str
    name: str
    place: str
    currency: str
    price_year: int
    first_month: Month
    people: Range
    area_shares: Mapping[str, float]
    living_wage: Decimal | None = None
    wage_elsewhere: Decimal | None = None
    yearly_raise: float = 0.0
    free_cash: Decimal = Decimal(0)
    reserve: Decimal | None = None
    credit_limit: Decimal | None = None
    run_short: float = 0.1
    living_wage_by: int | None = None  # a floor: pay at the living wage by January of this year
    no_site_closed: bool = False  # a floor
    plan_from: Month | None = None
    fiscal_year: int = 1
    made: bool = False
    sites: tuple[Site, ...] = ()
    sessions: tuple[Session, ...] = ()
    posts: tuple[Post, ...] = ()
    funds: tuple[Fund, ...] = ()
    budget: tuple[BudgetLine, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    costs: tuple[Cost, ...] = ()
    supplies: tuple[Supply, ...] = ()
    options: tuple[Option, ...] = ()
    effects: tuple[Effect, ...] = ()
    prices: tuple[Price, ...] = ()
    accounts: tuple[Account, ...] = ()
    records: Records = field(default_factory=Records)
    own_values: Mapping[str, Range] = field(default_factory=dict)

    @cached_property
    def starts(self) -> Month:
        """The first planned month: `plan_from`, else the month after the last record, else `first_month`."""
        last = self.records.last_month
        return self.plan_from or (last.plus(1) if last else self.first_month)


__all__ = [
    "Account",
    "BudgetLine",
    "CommunityCount",
    "CommunityRate",
    "Cost",
    "Count",
    "Deliverable",
    "Effect",
    "Fund",
    "LedgerLine",
    "Month",
    "Option",
    "Post",
    "Price",
    "Program",
    "Range",
    "Rate",
    "RateFigure",
    "Records",
    "ServiceCount",
    "Session",
    "Site",
    "Supply",
    "WorkforceMonth",
]

"""A bookkeeper who checks by hand what was planned, month by month, and lists every breach of a string.

Plain bookkeeping in `Decimal`, written from docs/model.md (2.2, 2.17, 2.18), decisions 101-103 and 105 and the field
table, apart from the optimiser: nothing of `longview.choose` is used but the assumptions that she is handed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from math import floor
from typing import TYPE_CHECKING

from longview.program import Cost, Fund, Month, Option, Post, Program, Supply, items, levers

if TYPE_CHECKING:
    from longview.choose import Assumptions
    from longview.results import Choice, Portfolio

D = Decimal
NOTHING, ONE, YEAR = D(0), D(1), 12
BY_CENTS = D("0.75")  # what rounding some dozens of bills and charges to whole cents may come to
BY_A_UNIT = D("1.25")  # … and what it may come to over all months of free cash (decision 103: one unit of money)
FEDERAL = ("federal", "pass-through")


@dataclass(frozen=True, slots=True)
class Charge:
    """What a fund is charged in a month (counted from the plan's start) for one bill.

    Attributes:
        item, named: the bill's item and the funds that it names. new: it is planned on top of today's path.
        amount: of the bill; overhead: on top of it.
    """

    fund: str
    item: str
    named: tuple[str, ...]
    month: int
    new: bool
    amount: Decimal
    overhead: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Books:
    """What is claimed of a portfolio's planned money.

    Attributes:
        due: all bills by month. free: free cash at each month's end. lacking: what today's path lacks by itself, by month.
    """

    charges: tuple[Charge, ...]
    due: tuple[Decimal, ...]
    free: tuple[Decimal, ...]
    lacking: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A string that is not kept: what, by which fund, in which month."""

    what: str
    fund: str = ""
    month: int | None = None
    told: str = ""


@dataclass(slots=True)
class Bookkeeper:
    """Her desk: a program (read after `with_asks`), the months planned, what planned money rests on, and a portfolio."""

    program: Program
    months: int
    given: Assumptions
    portfolio: Portfolio
    starts: Month = field(init=False)
    options: dict[str, Option] = field(init=False)
    funds: dict[str, Fund] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = self.program.starts
        self.options = {option.id: option for option in self.program.options}
        self.funds = {fund.id: fund for fund in self.program.funds}

    # What falls due

    def price(self, t: int) -> Decimal:
        growth = ONE + D(str(self.given.price_growth))
        return D(str(self.given.price_base)) * growth ** (D(t) / YEAR)

    def raises(self, t: int) -> Decimal:
        januaries = sum(self.starts.plus(u).month == 1 for u in range(1, t + 1))
        return (ONE + D(str(self.program.yearly_raise))) ** januaries

    def lever(self, name: str, t: int, choices: Sequence[Choice]) -> Decimal:
        known = levers()[name]
        base, times, plus = D(str(known.today)), ONE, NOTHING
        for choice in choices:
            since = t - choice.start.since(self.starts)
            for effect in self.program.effects:
                if effect.option != choice.option or effect.lever != name or since < 0:
                    continue
                value, level = D(str(effect.value)), D(str(choice.level))
                ramp = D(str(effect.ramp_months))
                weight = ONE if ramp < 1 else min(ONE, (since + 1) / ramp)
                if known.kind == "pulse":
                    plus += value * level if since == 0 else NOTHING
                elif effect.op == "set":
                    base += (value - D(str(known.today))) * weight
                elif effect.op == "multiply":
                    times *= value ** (level * weight)
                else:
                    plus += value * level * weight
        return min(max(base * times + plus, D(str(known.low))), D(str(known.high)))

    def bills(self, t: int, choices: Sequence[Choice]) -> list[tuple[str, tuple[str, ...], Decimal]]:
        """What today's path owes in a month if its levers stand as these choices put them, and if costs stop with them."""
        found = [self._pay(post, t, choices) for post in self.program.posts]
        found += [self._supply(supply, t, choices) for supply in self.program.supplies]
        upkeep = sum((site.upkeep or NOTHING for site in self.program.sites), NOTHING)
        found.append(("building", (), (upkeep + self.lever("upkeep_added", t, choices)) / YEAR * self.price(t)))
        return found + [self._cost(cost, t, choices) for cost in self.program.costs]

    def _pay(self, post: Post, t: int, choices: Sequence[Choice]) -> tuple[str, tuple[str, ...], Decimal]:
        paid_as = {"wage": "wages", "stipend": "stipends", "contract": "contracts", "volunteer": "stipends"}
        benefits = post.benefits if post.benefits is not None else self.given.benefits * (post.paid_as == "wage")
        month = D(str(post.hours)) * 52 / YEAR * post.rate * (ONE + D(str(benefits)))
        held = NOTHING if post.hiring else max(NOTHING, post.people - D(str(post.filled)))
        seats = post.people - held + held * self.lever("hire_frozen", t, choices)
        return paid_as[post.paid_as], post.paid_by, seats * month * self.raises(t) * self.lever("wage", t, choices)

    def given_units(self, supply: Supply, t: int) -> Decimal:
        ends = self.given.gift_ends if supply.in_kind_chance_ends is None else supply.in_kind_chance_ends
        until = -1 if supply.in_kind_until is None else supply.in_kind_until.since(self.starts)
        return D(str(supply.in_kind)) * (ONE - D(str(ends))) ** (D(max(0, t - until)) / YEAR)

    def _supply(self, supply: Supply, t: int, choices: Sequence[Choice]) -> tuple[str, tuple[str, ...], Decimal]:
        units = self.given.handed.get(supply.item, 0.0) if supply.a_month is None else supply.a_month
        wanted = D(str(units))
        if supply.item == "naloxone":
            wanted = wanted * self.lever("kits", t, choices) + self.lever("kits_added", t, choices)
        else:
            wanted *= self.lever("supplies", t, choices)
            wanted *= self.lever("syringe_rule", t, choices) if supply.item == "syringes" else ONE
        bought = max(NOTHING, wanted - self.given_units(supply, t))
        return supply.item, (), bought * supply.unit_price * self.price(t)

    def _cost(self, cost: Cost, t: int, choices: Sequence[Choice]) -> tuple[str, tuple[str, ...], Decimal]:
        month = self.starts.plus(t)
        runs = (cost.first is None or cost.first <= month) and (cost.last is None or month <= cost.last)
        ended = any(cost.id in self.options[c.option].stops and month >= c.start for c in choices
                    if self.options[c.option].kind == "stop")  # fmt: skip
        due = cost.amount / cost.every * self.price(t) if runs and not ended else NOTHING
        return cost.item, cost.paid_by, due

    def new_prices(self, t: int) -> Iterator[tuple[str, tuple[str, ...], Decimal]]:
        for choice in self.portfolio.choices:
            since = t - choice.start.since(self.starts)
            for price in self.program.prices:
                if price.option != choice.option or price.amount < 0 or since < 0:
                    continue  # below zero: what a stop saves, which is read from `stops`
                ends = None if price.months is None else price.after + price.months
                now = since == 0 if price.how == "once" else price.after <= since and (ends is None or since < ends)
                yield price.item, price.paid_by, now * price.amount * D(str(choice.level)) * self.price(t)

    def owed(self, t: int) -> tuple[dict, dict]:
        """What falls due in a month of today's lines, and on top, by (item, funds named)."""
        old, new = defaultdict(lambda: NOTHING), defaultdict(lambda: NOTHING)
        before, after = self.bills(t, ()), self.bills(t, self.portfolio.choices)
        for (item, named, was), (_, _, becomes) in zip(before, after, strict=True):
            old[item, named] += min(was, becomes)
            new[item, named] += max(NOTHING, becomes - was)
        for item, named, amount in self.new_prices(t):
            new[item, named] += amount
        return old, new

    # What comes

    def length(self, fund: Fund) -> int:
        return YEAR if fund.last is None else fund.last.since(fund.first) + 1

    def term(self, fund: Fund, t: int) -> int:
        """The number of the term that a month lies in, 0 for the one under way at the start (or the first ahead)."""
        age, length = self.starts.since(fund.first), self.length(fund)
        return (t + age) // length - max(age, 0) // length

    def stays(self, fund: Fund) -> bool:
        """Whether money outlives its term: it carries over, or stands in our account and is never asked back."""
        return fund.carries_over or (fund.pays == "advance" and fund.last is None)

    def begun(self, fund: Fund, t: int) -> bool:
        return self.starts.plus(t) >= fund.first

    def gone(self, fund: Fund, t: int) -> str:
        """Why a fund is not there in a month, in words; "" if it may be."""
        month = self.starts.plus(t)
        if fund.asked_by is not None and not self.portfolio.level(fund.asked_by):
            return "not asked for"
        for choice in self.portfolio.choices:
            option = self.options[choice.option]
            if option.kind == "decline" and option.fund == fund.id and month >= choice.start:
                return "declined"
        if fund.last is not None and fund.last < self.starts:
            return "over"
        return "" if month >= fund.first else "not begun"

    def chance(self, fund: Fund, t: int) -> Decimal:
        """How likely it is there (decision 101): its award, times its renewal at each new term."""
        if self.gone(fund, t):
            return NOTHING
        signed = fund.status == "signed"
        awarded = self.given.award if fund.chance_of_award is None else fund.chance_of_award
        renews = self.given.renewal.get(fund.id, 0.0) if fund.chance_of_renewal is None else fund.chance_of_renewal
        if fund.last is None:
            renews = 1.0
        term = self.term(fund, t)
        return (ONE if signed else D(str(awarded))) * (D(str(renews)) ** term if term else ONE)

    def arrives(self, fund: Fund, t: int, left: Decimal) -> Decimal:
        """Of `left`, what an advance pays in a month (before its fee), or what may be claimed from it on."""
        age, length = self.starts.since(fund.first), self.length(fund)
        if fund.pays == "reimburse":
            return left
        return min(left, fund.amount * fund.every / length) if (t + age) % length % fund.every == 0 else NOTHING

    def award_left(self, fund: Fund, t: int, left: Decimal) -> Decimal:
        """The award not yet paid out, as a month opens."""
        age, length = self.starts.since(fund.first), self.length(fund)
        if t > 0 and (t + age) % length == 0 and self.begun(fund, t):
            return fund.amount
        if t > 0 or age < 0:
            return left
        if fund.received > 0:
            return max(NOTHING, fund.amount - fund.received)
        return fund.amount * (length - age % length) / length

    def charged_at_all(self, fund: Fund) -> bool:
        return fund.origin != "own" and fund.pays != "per-unit"

    def income(self) -> list[Decimal]:
        """Free cash that comes by itself in each month: own money, money by the unit, claims made before the start."""
        found = [NOTHING] * self.months
        for fund in self.funds.values():
            keep, left = ONE - D(str(fund.fee)), NOTHING
            for t in range(self.months):
                if fund.pays == "per-unit":
                    units = D(str(self.given.units.get(fund.unit or "", 0.0)))
                    found[t] += self.chance(fund, t) * (fund.unit_price or NOTHING) * units * keep
                elif fund.origin == "own":
                    left = self.award_left(fund, t, left)
                    part = self.arrives(fund, t, left) if self.begun(fund, t) else NOTHING
                    left -= part
                    found[t] += self.chance(fund, t) * part * keep
            if fund.pays == "reimburse" and fund.origin != "own":
                for t, money in self.claimed_before(fund):
                    found[t] += money * keep
        return found

    def claimed_before(self, fund: Fund) -> Iterator[tuple[int, Decimal]]:
        lines = [r for r in self.program.records.money if r.fund == fund.id and r.kind == "receivable"]
        for line in lines:
            due = 0 if line.due is None else max(0, line.due.since(self.starts))
            if due < self.months:
                yield due, line.amount
        over = fund.last is not None and fund.last < self.starts
        if not lines and fund.first < self.starts and fund.status == "signed" and not over:
            waits = round(max(1.0, fund.months_to_pay))
            for t in range(min(waits, self.months)):
                yield t, fund.amount / self.length(fund)

    def paid_back(self, fund: Fund, t: int) -> Iterator[tuple[int, Decimal]]:
        """When a charge of month t comes back, in parts: after its claim goes out and its wait, a month at least."""
        if fund.pays == "advance":
            yield t, ONE
            return
        claim = t
        while (claim + self.starts.since(fund.first) + 1) % fund.every:
            claim += 1
        wait = D(str(max(1.0, fund.months_to_pay)))
        late = wait - floor(wait)
        for month, share in ((claim + floor(wait), ONE - late), (claim + floor(wait) + 1, late)):
            if share:
                yield month, share * (ONE - D(str(fund.fee)))

    # What is wrong

    def breaches(self, books: Books) -> list[Breach]:
        """Every breach in the books."""
        owed = [self.owed(t) for t in range(self.months)]
        found = [
            *self.rules_of_choosing(),
            *self.floor_on_pay(),
            *self.wrong_payers(books.charges),
            *self.wrong_bills(books, owed),
            *self.overhead(books.charges),
            *self.empty_funds(books.charges),
            *self.unmatched(books.charges, owed),
            *self.moved_too_far(books.charges),
        ]
        return [*found, *self.free_cash(books, owed)]

    def rules_of_choosing(self) -> Iterator[Breach]:
        done = {choice.option for choice in self.portfolio.choices}
        for choice in self.portfolio.choices:
            option = self.options[choice.option]
            if not set(option.requires) <= done or set(option.excludes) & done:
                yield Breach("stands with what it may not, or without what it needs", told=option.id)
            if option.lawful == "no":
                yield Breach("unlawful", told=option.id)
            ready = self.starts.plus(option.lead_months)
            if choice.start < max(ready, option.earliest or ready):
                yield Breach("runs too early", told=option.id)

    def floor_on_pay(self) -> Iterator[Breach]:
        year, living = self.program.living_wage_by, self.program.living_wage
        if year is None or living is None:
            return
        t = max(0, Month(year, 1).since(self.starts))
        ratio = self.raises(t) * self.lever("wage", t, self.portfolio.choices)
        for post in self.program.posts:
            if post.paid_as == "wage" and post.rate * ratio < living - D("0.005"):
                yield Breach("below the living wage", month=t, told=post.id)

    def wrong_payers(self, charges: Iterable[Charge]) -> Iterator[Breach]:
        for charge in charges:
            fund = self.funds[charge.fund]
            names = {charge.item, items()[charge.item].category}
            why = self.gone(fund, charge.month)
            if charge.amount < 0:
                yield Breach("a charge below zero", fund.id, charge.month)
            if not self.charged_at_all(fund):
                yield Breach("charged, though its money is free", fund.id, charge.month)
            if names & set(fund.never_pays) or (fund.may_pay and not names & set(fund.may_pay)):
                yield Breach("pays what it may not", fund.id, charge.month, charge.item)
            if charge.named and fund.id not in charge.named:
                yield Breach("pays what names other funds", fund.id, charge.month, charge.item)
            if why:
                yield Breach(f"pays though it is {why}", fund.id, charge.month)

    def wrong_bills(self, books: Books, owed: Sequence[tuple[dict, dict]]) -> Iterator[Breach]:
        paid = defaultdict(lambda: NOTHING)
        for c in books.charges:
            paid[c.month, c.new, c.item, c.named] += c.amount
        for (t, new, item, named), money in paid.items():
            if money > owed[t][new][item, named] + BY_CENTS:
                yield Breach("paid twice", month=t, told=f"{item}: {money} of {owed[t][new][item, named]:.2f}")
        for t, (old, new) in enumerate(owed):
            all_bills = sum(old.values(), NOTHING) + sum(new.values(), NOTHING)
            if abs(all_bills - books.due[t]) > BY_CENTS:
                yield Breach("bills left out, or made up", month=t, told=f"{books.due[t]} of {all_bills:.2f}")

    def overhead(self, charges: Iterable[Charge]) -> Iterator[Breach]:
        for c in charges:
            fund = self.funds[c.fund]
            on = {c.item, items()[c.item].category} & set(fund.overhead_on) or not fund.overhead_on
            most = c.amount * D(str(fund.overhead)) if on else NOTHING
            if c.overhead > most + D("0.005"):
                yield Breach("overhead above its limit, or on what bears none", fund.id, c.month, c.item)

    def empty_funds(self, charges: Sequence[Charge]) -> Iterator[Breach]:
        """What is charged and not there: month by month, each fund's money at its chance (decision 101)."""
        for fund in filter(self.charged_at_all, self.funds.values()):
            left, cash, came, spent, told, over = NOTHING, NOTHING, NOTHING, NOTHING, False, False
            for t in range(self.months):
                age, length = self.starts.since(fund.first), self.length(fund)
                begins = t > 0 and self.begun(fund, t) and (t + age) % length == 0
                if begins and not self.stays(fund):
                    cash = came = spent = NOTHING  # what is unspent goes back
                if begins:
                    told = over = False
                left = self.award_left(fund, t, left)
                part = self.arrives(fund, t, left) if self.begun(fund, t) else NOTHING
                left -= part
                sure = self.chance(fund, t)
                keep = ONE - D(str(fund.fee)) if fund.pays == "advance" else ONE
                part = part * keep + (fund.opening_balance if t == 0 and fund.pays == "advance" else NOTHING)
                came += part
                cash += sure * part
                for c in (c for c in charges if c.fund == fund.id and c.month == t):
                    whole = c.amount + c.overhead
                    # Today's lines end with the fund; what must be asked for pays them too at its chance alone.
                    cash -= whole if c.new or fund.asked_by else sure * whole
                    spent += whole
                if spent > came + BY_CENTS and not over:
                    over = True
                    yield Breach("pays more than ever comes", fund.id, t, f"{spent:.2f} of {came:.2f}")
                if cash < -BY_CENTS and not told:
                    told = True
                    yield Breach("pays more than it has", fund.id, t, f"{-cash:.2f} of {came:.2f}")

    def unmatched(self, charges: Sequence[Charge], owed: Sequence[tuple[dict, dict]]) -> Iterator[Breach]:
        """Each unit charged, times match, has beside it today's bills that other money pays, or gifts; each counts once.

        Gale's condition: for every set of terms that ask for match, what they ask is no more than what stands beside any
        of them.
        """
        asking = [fund for fund in self.funds.values() if fund.match > 0 and self.charged_at_all(fund)]
        asks: dict[tuple[str, int], Decimal] = defaultdict(lambda: NOTHING)
        span: dict[tuple[str, int], set[int]] = defaultdict(set)
        for fund in asking:
            for t in range(self.months):
                span[fund.id, 0 if self.stays(fund) else self.term(fund, t)].add(t)
        for c in charges:
            fund = self.funds[c.fund]
            if fund.match > 0:
                term = 0 if self.stays(fund) else self.term(fund, c.month)
                asks[c.fund, term] += (c.amount + c.overhead) * D(str(fund.match))
        beside = [self._beside(charges, owed[t][0], t) for t in range(self.months)]
        places = [place for place, money in asks.items() if money > 0]
        for size in range(1, len(places) + 1):
            for some in combinations(places, size):
                stands = NOTHING
                for t in range(self.months):
                    barred = [{*FEDERAL, self.funds[f].origin} for f, term in some if t in span[f, term]]
                    if barred:
                        stands += sum(m for o, m in beside[t].items() if o not in set.intersection(*barred))
                if sum(asks[place] for place in some) > stands + BY_A_UNIT:
                    yield Breach("not matched", ", ".join(sorted({f for f, _ in some})), told=f"{stands:.2f}")
                    return

    def _beside(self, charges: Sequence[Charge], today: dict, t: int) -> dict[str, Decimal]:
        """Today's bills of a month by the origin of the money that pays them ("" is free cash), and gifts that count."""
        found = defaultdict(lambda: NOTHING)
        for c in charges:
            if c.month == t and not c.new:
                found[self.funds[c.fund].origin] += c.amount
        gifts = sum(
            (self.given_units(s, t) * s.unit_price for s in self.program.supplies if s.counts_as_match), NOTHING
        )
        found[""] = sum(today.values(), NOTHING) - sum(found.values(), NOTHING) + gifts
        return found

    def moved_too_far(self, charges: Sequence[Charge]) -> Iterator[Breach]:
        for fund in self.funds.values():
            lines = defaultdict(lambda: NOTHING)
            for row in self.program.budget:
                if row.fund == fund.id:
                    lines[row.line] += row.amount
            if not lines or fund.transfer_limit is None or not self.charged_at_all(fund):
                continue
            spent = defaultdict(lambda: NOTHING)
            for c in (c for c in charges if c.fund == fund.id):
                category = items()[c.item].category
                line = c.item if c.item in lines else category if category in lines else None
                spent[self.term(fund, c.month), line] += c.amount
            for term in {term for term, _ in spent}:
                ahead = self._share_ahead(fund) if term == 0 else ONE
                moved = sum(max(NOTHING, money - (lines[line] if line else NOTHING) * ahead)
                            for (its, line), money in spent.items() if its == term)  # fmt: skip
                most = D(str(fund.transfer_limit)) * fund.amount * ahead
                if moved > most + BY_CENTS:
                    yield Breach("moved beyond its lines", fund.id, told=f"{moved:.2f} of {most:.2f}")

    def _share_ahead(self, fund: Fund) -> Decimal:
        if not self.begun(fund, 0) or not fund.amount:
            return ONE
        left = self.award_left(fund, 0, NOTHING) + fund.opening_balance
        return min(ONE, max(NOTHING, left) / fund.amount)

    def free_cash(self, books: Books, owed: Sequence[tuple[dict, dict]]) -> Iterator[Breach]:
        """Free cash added up anew: what she finds must be what is claimed, and keep the reserve."""
        came = self.income()
        for t in range(self.months):
            came[t] += books.lacking[t] + self.lever("cash_in", t, self.portfolio.choices)
        for c in books.charges:
            fund = self.funds[c.fund]
            worth = c.amount + (NOTHING if c.new else c.overhead)  # decision 102: none is counted on new lines
            for month, share in self.paid_back(fund, c.month):
                if month < self.months:
                    came[month] += worth * share
        cash = self.program.free_cash
        told: set[str] = set()
        today = [sum((a for _, _, a in self.bills(t, ())), NOTHING) for t in range(self.months)]
        reserve = today[0] / 4 if self.program.reserve is None else self.program.reserve
        for t, (old, new) in enumerate(owed):
            cash += came[t] - sum(old.values(), NOTHING) - sum(new.values(), NOTHING)
            if abs(cash - books.free[t]) > BY_A_UNIT and "tie" not in told:
                told.add("tie")
                yield Breach("free cash does not tie", month=t, told=f"{books.free[t]}, not {cash:.2f}")
            if cash < reserve - BY_A_UNIT - ONE and "low" not in told:
                told.add("low")
                yield Breach("free cash below the reserve", month=t, told=f"{cash:.2f} of {reserve:.2f}")

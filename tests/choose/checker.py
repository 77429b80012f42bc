"""An independent checker of a choice: its own reading of strings, money month by month, reserve and floors.

Shares no code with the room (types and the item list apart): it says what each portfolio is from the program's rows,
writes every charge as a variable of a plain linear program and lets SciPy look for one that keeps all the rules.
"""

from __future__ import annotations

import itertools
import math
import tomllib
from importlib.resources import files

import numpy as np
from scipy.optimize import linprog

TABLE = tomllib.loads(files("longview.program").joinpath("items.toml").read_text(encoding="utf-8"))["items"]
PAID = {"wage": "wages", "stipend": "stipends", "contract": "contracts", "volunteer": "stipends"}


def number(month) -> int:
    return month.year * 12 + month.month - 1


def strings_allow(fund, item: str) -> bool:
    if fund.origin == "own" or fund.pays == "per-unit":
        return False
    kind = TABLE[item]["category"]
    if item in fund.never_pays or kind in fund.never_pays:
        return False
    return fund.may_pay == () or item in fund.may_pay or kind in fund.may_pay


def every_portfolio(program, months):
    """All {option: level} that may be put together, lawful and in time."""
    start = number(program.starts)
    axes = {}
    for o in program.options:
        begins = max(start + o.lead_months, number(o.earliest) if o.earliest else 0)
        if o.kind not in ("level", "once", "yes-no") or o.lawful != "yes" or begins >= start + months:
            continue
        steps = [1.0] if o.kind != "level" else list(np.arange(o.least, o.most + 1e-9, o.step))
        axes[o.id] = [0.0, *map(float, steps)]
    by_id = {o.id: o for o in program.options}
    for levels in itertools.product(*axes.values()):
        held = {name: level for name, level in zip(axes, levels, strict=True) if level}
        if all(set(by_id[n].requires) <= set(held) and not set(by_id[n].excludes) & set(held) for n in held):
            yield held


class Money:
    """A program's planned money; `worst(held)` is how far below the reserve the best sharing-out must fall."""

    def __init__(self, program, months, given):
        self.p, self.T, self.g = program, months, given
        self.s = number(program.starts)
        self.price = [given.price_base * (1 + given.price_growth) ** (t / 12) for t in range(months)]
        self.base = self.bills({})
        self.keep = sum(a[0] for _, _, a in self.base) / 4 if program.reserve is None else float(program.reserve)
        self.relief = np.zeros(months)
        self.relief = self.solve({}, relief=True)

    def lever(self, held, name, op_today):
        """Lever over time: (base + set) * product + sum."""
        out = []
        for t in range(self.T):
            base, times, plus = op_today, 1.0, 0.0
            for option, level in held.items():
                o = next(x for x in self.p.options if x.id == option)
                begins = max(o.lead_months, number(o.earliest) - self.s if o.earliest else 0)
                for e in self.p.effects:
                    if e.option != option or e.lever != name or t < begins:
                        continue
                    w = min(1.0, (t - begins + 1) / max(1.0, e.ramp_months))
                    if name == "cash_in":
                        plus += e.value * level * (t == begins)
                    elif e.op == "set":
                        base += (e.value - op_today) * w
                    elif e.op == "multiply":
                        times *= e.value ** (level * w)
                    else:
                        plus += e.value * level * w
            out.append(base * times + plus)
        return out

    def bills(self, held):
        """(item, named funds, amounts) that today's rows and the levers give."""
        wage, fill = self.lever(held, "wage", 1.0), self.lever(held, "hire_frozen", 0.0)
        kits, up = self.lever(held, "kits_added", 0.0), self.lever(held, "upkeep_added", 0.0)
        rows = []
        for post in self.p.posts:
            extra = post.benefits if post.benefits is not None else (self.g.benefits if post.paid_as == "wage" else 0)
            amounts = []
            for t in range(self.T):
                january = sum(1 for u in range(1, t + 1) if (self.s + u) % 12 == 0)
                people = post.people if post.hiring else post.filled + (post.people - post.filled) * fill[t]
                rate = float(post.rate) * (1 + self.p.yearly_raise) ** january
                rate *= wage[t]
                amounts.append(people * post.hours * 52 / 12 * rate * (1 + extra))
            rows.append((PAID[post.paid_as], post.paid_by, amounts))
        for c in self.p.costs:
            inside = [
                (not c.first or self.s + t >= number(c.first)) and (not c.last or self.s + t <= number(c.last))
                for t in range(self.T)
            ]
            rows.append(
                (c.item, c.paid_by, [float(c.amount) / c.every * self.price[t] * inside[t] for t in range(self.T)])
            )
        for s in self.p.supplies:
            amounts = []
            for t in range(self.T):
                past = max(0, self.s + t - (number(s.in_kind_until) if s.in_kind_until else self.s - 1))
                ends = self.g.gift_ends if s.in_kind_chance_ends is None else s.in_kind_chance_ends
                given = s.in_kind * (1 - ends) ** (past / 12)
                amounts.append(
                    max(0.0, s.a_month + (kits[t] if s.item == "naloxone" else 0) - given)
                    * float(s.unit_price)
                    * self.price[t]
                )
            rows.append((s.item, (), amounts))
        rows.append(
            (
                "building",
                (),
                [(sum(float(x.upkeep or 0) for x in self.p.sites) + up[t]) / 12 * self.price[t] for t in range(self.T)],
            )
        )
        return rows

    def priced(self, held):
        rows = []
        for x in self.p.prices:
            if x.option not in held:
                continue
            o = next(y for y in self.p.options if y.id == x.option)
            begins = max(o.lead_months, number(o.earliest) - self.s if o.earliest else 0)
            amounts = []
            for t in range(self.T):
                k = t - begins
                due = k == 0 if x.how == "once" else k >= x.after and (x.months is None or k < x.after + x.months)
                amounts.append(due * float(x.amount) * held[x.option] * self.price[t])
            rows.append((x.item, x.paid_by, amounts))
        return rows

    def calendar(self, f):
        """Of each month: (number of the term, chance that the fund is there, what becomes chargeable)."""
        length = 12 if f.last is None else number(f.last) - number(f.first) + 1
        rows, in_hand, left = [], float(f.opening_balance), 0.0
        before = self.s - number(f.first)
        for t in range(self.T):
            month = t + before
            if month < 0:
                rows.append((0, 0.0, in_hand if t == 0 else 0.0))
                in_hand = 0.0 if t == 0 else in_hand
                continue
            if t == 0:
                even = float(f.amount) * (length - month % length) / length
                left = max(0.0, float(f.amount) - float(f.received)) if f.received > 0 else even
            elif month % length == 0:
                left = float(f.amount)
            nth = month // length - (max(before, 0) // length)
            again = 1.0 if f.last is None else f.chance_of_renewal
            chance = (1.0 if f.status == "signed" else f.chance_of_award) * again**nth
            if f.last is not None and number(f.last) < self.s:
                chance = 0.0  # over for good
            arrives = 0.0
            if f.pays == "reimburse":
                arrives, left = left, 0.0
            elif month % length % f.every == 0:
                arrives = min(left, float(f.amount) * f.every / length)
                left -= arrives
                arrives *= 1 - f.fee
            if t == 0:
                arrives += float(f.opening_balance)
            stays = f.carries_over or (f.last is None and f.pays == "advance")
            rows.append((0 if stays else nth, chance, arrives))
        return rows

    def own(self):
        money = np.zeros(self.T)
        for f in self.p.funds:
            if f.origin == "own":
                for t in range(self.T):
                    month = self.s + t - number(f.first)
                    if month >= 0 and month % 12 % f.every == 0:
                        money[t] += float(f.amount) * f.every / 12 * (1 - f.fee)
            elif f.pays == "reimburse":
                owed = [x for x in self.p.records.money if x.kind == "receivable" and x.fund == f.id]
                for x in owed:
                    money[max(0, number(x.due) - self.s)] += float(x.amount) * (1 - f.fee)
                over = f.last is not None and number(f.last) < self.s
                if not owed and f.status == "signed" and self.s > number(f.first) and not over:
                    length = 12 if f.last is None else number(f.last) - number(f.first) + 1
                    for t in range(round(max(1, f.months_to_pay))):
                        money[t] += float(f.amount) / length * (1 - f.fee)
        return money

    def solve(self, held, *, relief=False):
        """Least worst shortfall of a portfolio (or, with `relief`, the money that today's path itself lacks)."""
        T, funds = self.T, self.p.funds
        now = self.base
        then = self.bills(held)
        added = self.priced(held)
        old = [(i, n, np.array(a)) for i, n, a in now]
        new = [(i, n, np.array(a)) for i, n, a in added]
        for (i, n, a), (_, _, b) in zip(now, then, strict=True):
            gap = np.array(b) - np.array(a)
            new.append((i, n, np.maximum(gap, 0)))
        lines = [(*row, False) for row in old] + [(*row, True) for row in new]
        calendars = [self.calendar(f) for f in funds]
        names, column = {}, 0
        for j, (item, named, _, _) in enumerate(lines):
            for n, f in enumerate(funds):
                if strings_allow(f, item) and (not named or f.id in named):
                    for t in range(T):
                        if calendars[n][t][1] > 0:
                            names[j, n, t] = column
                            column += 1
        worst = column
        width = column + 1 + (T if relief else 0)
        a, b = [], []

        def row(cells, bound):
            line = np.zeros(width)
            for c, v in cells:
                line[c] += v
            a.append(line)
            b.append(bound)

        for j, (_, _, amounts, _) in enumerate(lines):
            for t in range(T):
                cells = [(names[j, n, t], 1.0) for n in range(len(funds)) if (j, n, t) in names]
                if cells:
                    row(cells, amounts[t])
        for n, f in enumerate(funds):
            for term in {c[0] for c in calendars[n]}:
                inside = [t for t in range(T) if calendars[n][t][0] == term]
                for last in inside:
                    cells, whole = [], []
                    for (j, m, t), c in names.items():
                        if m == n and t in inside and t <= last:
                            cells.append((c, (1 + f.overhead) * (1.0 if lines[j][3] else calendars[n][t][1])))
                            whole.append((c, 1 + f.overhead))
                    # Nor more than comes if every renewal is won: money kept from one term to the next is worth itself.
                    row(whole, sum(calendars[n][t][2] for t in inside if t <= last))
                    row(cells, sum(calendars[n][t][1] * calendars[n][t][2] for t in inside if t <= last))
        cash = float(self.p.free_cash) + np.cumsum(
            self.own() + self.relief + np.array(self.lever(held, "cash_in", 0.0))
        )
        cash -= np.cumsum(sum((line[2] for line in lines), np.zeros(T)))
        for t in range(T):
            cells = []
            for (j, n, u), c in names.items():
                f = funds[n]
                worth = 1.0 if lines[j][3] else 1 + f.overhead
                if f.pays == "advance":
                    cells += [(c, -worth)] if u <= t else []
                    continue
                claim = next(k for k in itertools.count(u) if (self.s + k - number(f.first) + 1) % f.every == 0)
                wait = max(1.0, f.months_to_pay)
                for whole, share in ((math.floor(wait), 1 - wait % 1), (math.floor(wait) + 1, wait % 1)):
                    if share and claim + whole <= t:
                        cells.append((c, -worth * (1 - f.fee) * share))
            if relief:
                cells += [(worst + 1 + u, -1.0) for u in range(t + 1)]
            row([*cells, (worst, -1.0)], cash[t] - self.keep)
            if relief and t % 12 == 11:
                row(cells, cash[t] - float(self.p.free_cash))
        objective = np.zeros(width)
        if relief:
            objective[worst + 1 :] = [1.0 + 1e-3 * (T - t) for t in range(T)]
        else:
            objective[worst] = 1.0
        bounds = [(0, None)] * width
        if relief:
            bounds[worst] = (0, 0)
        answer = linprog(objective, A_ub=np.array(a), b_ub=np.array(b), bounds=bounds, method="highs")
        assert answer.status == 0, answer.message
        return np.where(answer.x[worst + 1 :] > 0.005, answer.x[worst + 1 :], 0.0) if relief else answer.fun

    def affordable(self, held) -> bool:
        return self.solve(held) <= 0.005


def keeps_floor(program, held, money: Money) -> bool:
    """Pay at the living wage by January of the year that the board set."""
    if program.living_wage_by is None:
        return True
    january = program.living_wage_by * 12
    t = max(0, january - number(program.starts))
    wage = money.lever(held, "wage", 1.0)[min(t, money.T - 1)]
    rises = sum(1 for u in range(1, t + 1) if (number(program.starts) + u) % 12 == 0)
    rates = [float(x.rate) * wage * (1 + program.yearly_raise) ** rises for x in program.posts if x.paid_as == "wage"]
    return all(rate > float(program.living_wage) - 0.005 for rate in rates)


def danger(values, today, program) -> bool:
    """Whether running short (and closing, where that is a floor) stays within the board's limits."""
    limit = max(program.run_short, today["short"].mean() + 0.02)
    good = values["short"].mean() <= limit + 1e-9
    return good and (not program.no_site_closed or values["closed"].mean() <= today["closed"].mean() + 0.02 + 1e-9)

"""An allocation replayed in whole cents: the same charges, every rule looked at again, exactly.

The linear program works in floating point. Before a portfolio is advised, its allocation is rounded to cents, held to
every bill, string and pot in `Decimal`, and free cash is added up month by month.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

from longview.choose.money import Answer, Budget, Extra
from longview.choose.strings import lag_shares
from longview.program import Program

CENT = Decimal("0.01")
A_UNIT = Decimal(1)  # of money: what rounding hundreds of charges to cents may come to


@dataclass(frozen=True, slots=True)
class Ledger:
    """What falls due, who pays and what is left, in whole cents, by month.

    Attributes:
        due: all bills. charged: fund id → its direct charges. free: free cash at the month's end.
        charges: the same one by one, none of them 0: (0 for today's lines or 1 for added ones, class, place of the fund,
            month) → direct charge.
        came: what came into free cash: income, advances' charges met, claims paid. reserve: what must be kept.
    """

    due: tuple[Decimal, ...]
    charged: dict[str, tuple[Decimal, ...]]
    came: tuple[Decimal, ...]
    free: tuple[Decimal, ...]
    reserve: Decimal
    charges: dict[tuple[int, int, int, int], Decimal]

    @property
    def kept(self) -> bool:
        """Whether free cash keeps the reserve in every month."""
        return min(self.free) >= self.reserve - A_UNIT


def replay(budget: Budget, added: Extra, answer: Answer) -> Ledger:
    """The allocation of an answer in whole cents; no charge may exceed its bill or what its pot holds."""
    months, funds = range(budget.months), budget.program.funds
    old, new = budget.base + added.saved, added.more
    bills = {(k, t): [cents(float(old[k, t])), cents(float(new[k, t]))] for k in range(len(old)) for t in months}
    due = tuple(sum((sum(bills[k, t], Decimal(0)) for k in range(len(old))), Decimal(0)) for t in months)
    charged = {fund.id: [Decimal(0)] * budget.months for fund in funds}
    charges: dict[tuple[int, int, int, int], Decimal] = {}
    came = [cents(float(x)) for x in budget.income + budget.relief + added.cash]
    pots = {(p.fund, t): (i, p) for i, p in enumerate(budget.pots) for t in range(p.first, p.last + 1)}
    holds = [Decimal(0)] * len(budget.pots)
    for t in months:
        for n in range(len(funds)):
            if (n, t) in pots:
                i, pot = pots[n, t]
                sure = Decimal(pot.sure[t - pot.first])
                holds[i] += sure * cents(pot.inflow[t - pot.first])
        for which, wanted in enumerate((answer.today, answer.extra)):
            for (k, n, u), money in sorted(wanted.items()):
                if u != t:
                    continue
                i, pot = pots[n, t]
                over = 1 + Decimal(str(funds[n].overhead))
                weight = over * (Decimal(pot.sure[t - pot.first]) if which == 0 else 1)
                can = ((holds[i] + CENT) / weight).quantize(CENT, ROUND_DOWN)
                paid = max(Decimal(0), min(cents(money), bills[k, t][which], can))
                bills[k, t][which] -= paid
                holds[i] -= weight * paid
                charged[funds[n].id][t] += paid
                if paid:
                    charges[which, k, n, t] = paid
                _pay_back(budget.program, n, t, paid * (over if which == 0 else 1), came)
    free, cash = [], budget.program.free_cash
    for t in months:
        cash += came[t] - due[t]
        free.append(cash)
    reserve = cents(budget.reserve)
    return Ledger(due, {f: tuple(m) for f, m in charged.items()}, tuple(came), tuple(free), reserve, charges)


def _pay_back(program: Program, n: int, t: int, worth: Decimal, came: list[Decimal]) -> None:
    """Add to free cash what a charge brings: at once from an advance, with the claim from a fund that reimburses."""
    fund = program.funds[n]
    if fund.pays == "advance":
        came[t] += worth.quantize(CENT, ROUND_HALF_EVEN)
        return
    keep = worth * (1 - Decimal(str(fund.fee)))
    for month, share in lag_shares(fund, program, t):
        if month < len(came):
            came[month] += (keep * Decimal(str(share))).quantize(CENT, ROUND_HALF_EVEN)


def cents(amount: float) -> Decimal:
    """Money in whole cents."""
    return Decimal(repr(round(float(amount), 6))).quantize(CENT, ROUND_HALF_EVEN)

"""What falls due and which fund pays it: by item, by named post, the fund under most pressure first."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array, Engine, weigh
from longview.model.guards import LAG_MOST, TINY
from longview.model.income import Funds, FundTable, Terms
from longview.model.limits import Limits


class Charged(NamedTuple):
    """A month's charges.

    Attributes:
        funds: after them. by_fund: direct charges, full: with overhead on them, [fund, B].
        indirect: overhead recovered from advances, [B].
        from_advances: direct charges met by restricted cash, [B]. unpaid: what falls to free cash for good, [B].
        returned: advances that go back at a term's end, [B].
    """

    funds: Funds
    by_fund: Array
    full: Array
    indirect: Array
    from_advances: Array
    unpaid: Array
    returned: Array


def pressure(funds: Funds, table: FundTable, terms: Terms, allowed: Array, bills: Array, xp: Any) -> Array:
    """Money left over the cost that it may still pay until its end, [fund, B]. Source: MODEL.md §5 Money, step 3."""
    eligible = weigh(allowed, bills)
    return (funds.cash + funds.left) / (eligible * terms.months_left + TINY) * (table.advance + table.reimburse)


def places_in_line(urgency: Array, xp: Any) -> Array:
    """Each fund's place when the most urgent goes first and equals keep their order, [fund, B] (a sort by counting: no gather)."""
    count = urgency.shape[0]
    ahead = [xp.zeros_like(urgency[0]) for _ in range(count)]
    for n in range(count):
        for m in range(count):
            if m != n:
                first = urgency[m] >= urgency[n] if m < n else urgency[m] > urgency[n]
                ahead[n] = ahead[n] + first.astype(urgency.dtype)
    return xp.stack(ahead) if count else urgency


def due_months(wait: Array, lags: Array, more: Array, xp: Any) -> Array:
    """Share of a charge that is paid so many months ahead, [fund, months ahead, B]; a broken wait is shared between two months."""
    # Less waiting may come from sending claims sooner too; but no charge is paid in its own month.
    ahead = xp.clip(wait + xp.maximum(lags, 1.0) + more[None], 1.0, float(LAG_MOST))
    months = xp.arange(1, LAG_MOST + 1, dtype=ahead.dtype)[None, :, None]
    return xp.maximum(1.0 - xp.abs(ahead[:, None] - months), 0.0)


def charge(
    funds: Funds,
    table: FundTable,
    terms: Terms,
    allowed: Array,
    bills: Array,
    longer: Array,
    later: tuple[int, ...],
    engine: Engine,
    limits: Limits | None = None,
) -> Charged:
    """Charge a month's bills to the funds that may pay them.

    Funds are taken in order of falling pressure; each pays what it may of what is left, its lines in proportion, and its overhead
    on top. What none may pay, or none has money for, is paid from free cash.

    Args:
        allowed: whether a fund may pay a class of bills, 0-1, [fund, class]. bills: [class, B]. longer: lever claim_lag, [B].
        later: which funds reimburse. limits: what funds ask beyond their items; None: nothing.

    Source: MODEL.md §5 Money, steps 3 and 4.
    """
    xp, count = engine.xp, allowed.shape[0]
    open_now = terms.alive * (table.advance + table.reimburse)
    urgency = xp.where(open_now > 0, pressure(funds, table, terms, allowed, bills, xp), -xp.ones_like(funds.cash))
    rank = places_in_line(urgency, xp)
    money = (funds.cash * table.advance + funds.left * table.reimburse) * open_now
    most = money / (1.0 + table.overhead)

    def next_in_line(line: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
        place, unpaid, by_fund = line
        turn = (rank == place[None]).astype(money.dtype)
        may = weigh(allowed.T, turn)
        ask = (unpaid * may).sum(0)
        direct = xp.minimum((turn * most).sum(0), ask)
        left = unpaid * (1.0 - may * (direct / xp.maximum(ask, TINY))[None])
        return place + 1.0, left, by_fund + turn * direct[None]

    def within_limits(line: tuple[Array, ...]) -> tuple[Array, ...]:
        place, unpaid, by_fund, over = line
        turn = (rank == place[None]).astype(money.dtype)
        open_to = xp.minimum(unpaid * weigh(allowed.T, turn), weigh(limits.most.T, turn))  # type: ignore[union-attr]
        ask = open_to.sum(0)
        on_top = (open_to * weigh(limits.overhead.T, turn)).sum(0) / xp.maximum(ask, TINY)  # type: ignore[union-attr]
        most = xp.minimum((turn * money).sum(0), (turn * limits.matched).sum(0)) / (1.0 + on_top)  # type: ignore[union-attr]
        direct = xp.minimum(most, ask)
        left = unpaid - open_to * (direct / xp.maximum(ask, TINY))[None]
        return place + 1.0, left, by_fund + turn * direct[None], over + turn * (direct * on_top)[None]

    if limits is None:
        _, unpaid, by_fund = engine.repeat(count, next_in_line, (xp.zeros_like(longer), bills, xp.zeros_like(money)))
        full = by_fund * (1.0 + table.overhead)
    else:
        nothing = xp.zeros_like(money)
        line = (xp.zeros_like(longer), bills, nothing, nothing)
        _, unpaid, by_fund, over = engine.repeat(count, within_limits, line)
        full = by_fund + over
    cash = xp.maximum(funds.cash - full * table.advance, 0.0)
    left = xp.maximum(funds.left - full * table.reimburse, 0.0)
    receivable = funds.receivable
    if later:
        at = list(later)
        claimed = xp.stack([full[n] for n in at])
        waits, lags = xp.stack([terms.claim_wait[n] for n in at]), xp.stack([table.lag[n] for n in at])
        receivable = receivable + claimed[:, None] * due_months(waits, lags, longer, xp)
    ended = terms.last * (1.0 - table.carries) * table.advance
    returned = (cash * ended).sum(0)
    return Charged(
        funds._replace(cash=cash * (1.0 - ended), left=left, receivable=receivable),
        by_fund,
        full,
        (by_fund * table.overhead * table.advance).sum(0)
        if limits is None
        else ((full - by_fund) * table.advance).sum(0),
        (by_fund * table.advance).sum(0),
        unpaid.sum(0),
        returned,
    )

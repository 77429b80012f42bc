"""Money that arrives: renewals, cuts, instalments, claims paid, units sold."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array, from_odds, happens, odds, weigh
from longview.model.guards import NEARLY_NEVER, TINY


class Funds(NamedTuple):
    """Where every fund stands; [fund, B] but `receivable` [reimbursing fund, months ahead, B].

    Attributes:
        on: whether it is there, 0-1. waiting: lost, but may be replaced. cut: what cuts have left of this term, 0-1.
        cash: restricted money in hand (advance). left: award not yet paid out or charged.
        receivable: claims by the month in which they fall due; index 0 is next month.
    """

    on: Array
    waiting: Array
    cut: Array
    cash: Array
    left: Array
    receivable: Array


class Terms(NamedTuple):
    """What the calendar says of every fund in one month, [fund, 1] each.

    Attributes:
        renews: a new term starts and must be won again. begins: the first term starts (it lay ahead).
        instalment: share of a term's award that an advance pays now. months_left: of the term, this one included.
        last: the term's last month. claim_wait: months until this month's charges are claimed. alive: inside its life.
    """

    renews: Array
    begins: Array
    instalment: Array
    months_left: Array
    last: Array
    claim_wait: Array
    alive: Array


class FundTable(NamedTuple):
    """What never changes about the funds: money and shares [fund, 1], kinds as 0 or 1, [fund, 1].

    Attributes:
        amount: a term's award. length: its months. lag: months from claim to payment. overhead, fee: shares.
        advance, reimburse, per_unit, own: kinds. unit_price: money a unit; unit_of: of what (visit,
            kit, participant), 0 or 1, [fund, 3]. carries: unspent stays.
        first_left, first_cash: where it stands at the start. endless: has no end.
    """

    amount: Array
    length: Array
    lag: Array
    overhead: Array
    fee: Array
    advance: Array
    reimburse: Array
    per_unit: Array
    own: Array
    unit_price: Array
    unit_of: Array
    carries: Array
    first_left: Array
    first_cash: Array
    endless: Array


class Luck(NamedTuple):
    """Uniforms by which funds fare, [fund, B]; None in the expected form. `replaceable` and `award` hold for the whole run."""

    renew: Array
    replace: Array
    cut: Array
    replaceable: Array


class Arrived(NamedTuple):
    """Funds after the month's arrivals, and what came: into free cash and into restricted cash, [B].

    `even`: what a month's share of own income would have been, less what came (lumps are no trend), [B].
    """

    funds: Funds
    free: Array
    restricted: Array
    fees: Array
    even: Array


def renew(
    funds: Funds,
    table: FundTable,
    terms: Terms,
    chance: Array,
    award: Array,
    readiness: Array,
    luck: Luck | None,
    sheltered: Array,
    p: dict[str, Array],
    xp: Any,
) -> Funds:
    """Terms that end are won again or lost; lost ones may be replaced; cuts strike in mid-award.

    Args:
        chance: of renewal at today's readiness, [fund, B]. award: whether (or how likely) a fund not yet signed comes, [fund, B].
        readiness: beyond today's, [B]. sheltered: 1 while cash shocks are off, [B].

    Source: MODEL.md §5 Money; grant_renew_*, plan_renewal_or, replace_chance, replace_months, cut_rate, shock_cut.
    """
    safe = sheltered[None]
    lift = xp.exp(readiness * xp.log(p["plan_renewal_or"]))[None]
    won = from_odds(odds(xp.clip(chance, NEARLY_NEVER, 1.0 - NEARLY_NEVER)) * lift)
    won = xp.where(chance <= 0.0, xp.zeros_like(won), xp.where(chance >= 1.0, xp.ones_like(won), won))
    won = xp.maximum(won, xp.maximum(xp.broadcast_to(table.endless, won.shape), safe))
    kept = funds.on * happens(None if luck is None else luck.renew, won, xp)
    on = xp.where(terms.renews > 0, kept, funds.on)
    lost = funds.on - on
    again = xp.broadcast_to(p["replace_chance"][None], lost.shape)
    waiting = funds.waiting + lost * happens(None if luck is None else luck.replaceable, again, xp)
    on = xp.where(terms.begins > 0, award, on)
    fresh = xp.maximum(terms.renews, terms.begins)
    cut = xp.where(fresh > 0, xp.ones_like(funds.cut), funds.cut)
    left = xp.where(fresh > 0, table.carries * funds.left + table.amount * on, funds.left)

    found = xp.broadcast_to(-xp.expm1(-1.0 / p["replace_months"])[None], lost.shape)
    back = waiting * happens(None if luck is None else luck.replace, found, xp)
    left = left + back * table.amount * terms.months_left / table.length
    cut = (cut * on + back + TINY) / (on + back + TINY)
    strike = xp.broadcast_to(-xp.expm1(-p["cut_rate"] / 12.0)[None], lost.shape) * (1.0 - safe)
    struck = happens(None if luck is None else luck.cut, strike, xp) * p["shock_cut"][None]
    return funds._replace(on=on + back, waiting=waiting - back, cut=cut * (1.0 - struck), left=left * (1.0 - struck))


def turn_down(funds: Funds, declined: Array, month: Array, xp: Any) -> tuple[Funds, Array]:
    """Funds without those turned down, and what of their advances goes back, [B]; what was claimed of them still comes.

    Args:
        declined: month from which a fund is turned down, [fund, B]. month: an index, scalar array.
    """
    off = (month >= declined).astype(funds.on.dtype)
    stay = 1.0 - off
    left = funds._replace(
        on=funds.on * stay, waiting=funds.waiting * stay, cash=funds.cash * stay, left=funds.left * stay
    )
    return left, (funds.cash * off).sum(0)


def arrive(
    funds: Funds,
    table: FundTable,
    terms: Terms,
    units: Array,
    here: Array,
    lent: Array,
    later: tuple[int, ...],
    xp: Any,
) -> Arrived:
    """Instalments, claims that fall due, units paid, money lent: what lands where.

    Args:
        units: visits, kits and participants of last month, [3, B]. here: 0 once closed, when only what is owed still comes, [B].
        lent: lever cash_in, [B]. later: which funds reimburse.
    """
    instalment = table.amount * terms.instalment * funds.on * funds.cut * here[None]
    kept = 1.0 - table.fee
    paid_ahead = xp.minimum(instalment, funds.left) * (table.advance + table.own)
    per_unit = table.unit_price * weigh(table.unit_of, units) * funds.on * terms.alive * table.per_unit * here[None]
    due = sum((funds.receivable[i, 0] * kept[n] for i, n in enumerate(later)), start=xp.zeros_like(here))
    free = (kept * (paid_ahead * table.own + per_unit)).sum(0) + due + lent * here
    into = kept * paid_ahead * table.advance
    waiting = xp.concatenate([funds.receivable[:, 1:], xp.zeros_like(funds.receivable[:, :1])], 1)
    left = xp.maximum(funds.left - paid_ahead, 0.0)
    fees = (table.fee * (paid_ahead + per_unit)).sum(0)
    fees = fees + sum((funds.receivable[i, 0] * table.fee[n] for i, n in enumerate(later)), start=xp.zeros_like(here))
    even = (kept * (table.amount / table.length * funds.on * terms.alive - paid_ahead) * table.own).sum(0) * here
    return Arrived(funds._replace(cash=funds.cash + into, left=left, receivable=waiting), free, into.sum(0), fees, even)

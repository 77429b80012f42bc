"""What a month starts from, meets and leaves: the arrays that pass from month to month (docs/model.md §2)."""

from __future__ import annotations

from typing import NamedTuple

from longview.model.arrays import Array
from longview.model.income import Funds, Terms
from longview.model.levers import Effects
from longview.model.start import Start


class State(NamedTuple):
    """Everything that a month hands to the next; axes in docs/model.md, the batch B last."""

    people: Array
    stopped: Array
    gone: Array
    kits: Array
    filled: Array
    skill: Array
    burnout: Array
    condition: Array
    failed: Array
    readiness: Array
    pressure: Array
    missing_days: Array
    shelf: Array
    given: Array
    funds: Funds
    free: Array
    net: Array
    rungs: Array
    savings: Array
    below: Array
    closed: Array
    ran_out: Array
    units: Array
    seized: Array
    hcv: Array
    hiv: Array


class Noise(NamedTuple):
    """A month's uniforms and paths over trajectories; in the expected form only `supply` and `frailty`, both 1."""

    supply: Array
    frailty: Array
    quit: Array | None
    hire: Array | None
    gift: Array | None
    emergency: Array | None
    failure: Array | None
    renew: Array | None
    replace: Array | None
    cut: Array | None


class Calendar(NamedTuple):
    """What the calendar says of a month, the same for every future."""

    month: Array
    price: Array
    own_raise: Array
    terms: Terms
    running: Array
    promised: Array


class World(NamedTuple):
    """What a trajectory carries unchanged through its run.

    Attributes:
        p: evidence draws, [B] each. start: its start. effects: of its options. level, begin: of its prices' options, [row, B].
        award, renewal: chances by fund, [fund, B]; a fund that is asked for has none where nobody asks. asked: 0 there, else 1,
            [fund, B]. declined: month from which a fund is turned down, [fund, B], or None where no option turns one down.
        replaceable: uniforms, [fund, B], or None. sheltered: 1 = cash shocks off.
        deadlier, weak: structures, 0 or 1, [B]. horizon: months.
    """

    p: dict[str, Array]
    start: Start
    effects: Effects
    level: Array
    begin: Array
    award: Array
    renewal: Array
    asked: Array
    declined: Array | None
    replaceable: Array | None
    sheltered: Array
    deadlier: Array
    weak: Array
    horizon: Array


class Seen(NamedTuple):
    """What is reported of a month, [B] each; by fund [fund, B]. Names as in `results.Outlook`."""

    deaths: Array
    deaths_other: Array
    overdoses: Array
    reversals: Array
    people: Array
    reached: Array
    on_moud: Array
    visits: Array
    turned_away: Array
    kits_given: Array
    syringes_given: Array
    kits_held: Array
    open_share: Array
    days_closed: Array
    posts_filled: Array
    quits: Array
    burnout: Array
    fires: Array
    readiness: Array
    condition: Array
    backlog: Array
    free_cash: Array
    fund_cash: Array
    owed: Array
    income: Array
    spending: Array
    charged: Array
    rationing: Array
    ran_out: Array
    closed: Array
    gone: Array
    stopped: Array
    naloxone_met: Array
    short: Array
    fees: Array
    returned: Array
    hcv_infections: Array
    hiv_infections: Array
    injecting: Array
    skin_infections: Array
    wounds_hospital: Array

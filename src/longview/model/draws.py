"""Futures: one draw each of everything that is uncertain, by (seed, future number), never by the size of a batch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, ndtr, ndtri

from longview.evidence import Evidence, sobol_uniforms
from longview.model.fatality import naloxone_harms
from longview.model.guards import SUPPLY_MOST, SUPPLY_REFERENCE, TAIL
from longview.model.overdose import risk_by_treatment
from longview.model.setup import Names
from longview.model.supply import index, log_paths

Floats = NDArray[np.float64]

STRIDE = 256
"""Numbers kept for each future in every monthly stream: more months than any run has."""

STRUCTURES = {"structure_lethality": 300, "structure_ambulance": 301, "structure_supply": 302, "supply_tail": 303}
"""Sobol dimensions of what is no row of evidence; evidence holds those below 300, the anchor those from 320."""

SUPPLY_KEYS = ("supply_walk_sd", "supply_shock_size", "supply_shock_rate")

ARRAYS = (
    "deadlier", "weak", "pull", "supply", "frailty", "quit", "hire", "gift", "emergency", "failure", "renew", "replace",
    "cut", "replaceable", "award",
)  # fmt: skip
"""Fields of `Futures` with F as their last axis."""

MONTHLY = ("supply", "frailty", "quit", "hire", "gift", "emergency", "failure", "renew", "replace", "cut")
"""Of those, the ones that have T as their first axis: what comes later never changes what came before."""

HARMLESS_KEYS = ("moud_od_rr", "moud_after_leaving_rr", "moud_stay"), ("fatal_none", "fatal_naloxone")
"""Rows drawn again where MOUD, or naloxone, would do harm."""

GOLDEN = 0.6180339887498949
"""Step by which uniforms are moved on (modulo 1) where a draw is refused: it visits the unit interval evenly."""


@dataclass(frozen=True)
class Futures:
    """F futures and their numbers, [F]. Monthly noise is uniform, [T, …, F], but `supply` (an index) and `frailty` (mean 1).

    Attributes:
        p: evidence draws by key, [F]. deadlier, weak, pull: structures, 0 or 1, [F].
        supply: [T, F]. frailty: by year, [T, F] (repeated over a year's months).
        quit, hire: [T, place, F]. gift: [T, item, F]. emergency, failure: [T, premises, F]. renew, replace, cut: [T, fund, F].
        replaceable, award: [fund, F].
    """

    seed: int
    numbers: NDArray[np.intp]
    p: dict[str, Floats]
    deadlier: Floats
    weak: Floats
    pull: Floats
    supply: Floats
    frailty: Floats
    quit: Floats
    hire: Floats
    gift: Floats
    emergency: Floats
    failure: Floats
    renew: Floats
    replace: Floats
    cut: Floats
    replaceable: Floats
    award: Floats

    def take(self, which: NDArray[np.intp]) -> Futures:
        """Some of these futures, in the order given."""
        arrays = {name: getattr(self, name)[..., which] for name in ARRAYS}
        return replace(self, p={key: x[which] for key, x in self.p.items()}, numbers=self.numbers[which], **arrays)

    @property
    def months(self) -> int:
        """T."""
        return int(self.supply.shape[0])

    @property
    def count(self) -> int:
        """F."""
        return int(self.deadlier.shape[0])


def stream(seed: int, name: str, first: int, count: int, months: int) -> Floats:
    """Uniforms of one named stream, [months, count]: counter-based (Philox), keyed by (seed, name), a stretch for each future."""
    digest = hashlib.blake2b(f"{seed}/{name}".encode(), digest_size=16).digest()
    bits = np.random.Philox(key=int.from_bytes(digest, "big")).advance(first * STRIDE // 4)
    drawn = np.random.Generator(bits).random((count, STRIDE))
    return np.ascontiguousarray(drawn[:, :months].T)


def streams(seed: int, kind: str, names: Sequence[str], first: int, count: int, months: int) -> Floats:
    """A stream for each name, [months, name, count]."""
    drawn = [stream(seed, f"{kind}/{name}", first, count, months) for name in names]
    return np.stack(drawn, 1) if drawn else np.zeros((months, 0, count))


def tied(own: Floats, shared: Floats, correlation: Floats) -> Floats:
    """Uniforms of each fund tied to its origin's by a Gaussian copula. Same shapes; correlation [F]. Source: origin_share."""
    own, shared = np.clip(own, 1e-12, 1 - 1e-12), np.clip(shared, 1e-12, 1 - 1e-12)
    return np.asarray(ndtr(np.sqrt(correlation) * ndtri(shared) + np.sqrt(1.0 - correlation) * ndtri(own)))


def _luck_of_funds(
    seed: int, names: Names, numbers: NDArray[np.intp], months: int, correlation: Floats
) -> dict[str, Any]:
    """How every fund fares in these futures, keyed by its name alone: `renew`, `replace`, `cut`, `replaceable`, `award`."""
    first, count = int(numbers.min()), int(np.ptp(numbers)) + 1
    at = numbers - first
    origins = sorted(set(names.origins))
    of = [origins.index(origin) for origin in names.origins]

    def drawn(kind: str, labels: Sequence[str], length: int) -> Floats:
        return streams(seed, kind, labels, first, count, length)[..., at]

    def by_origin(kind: str, length: int) -> Floats:
        own = drawn(kind, names.funds, length)
        return tied(own, drawn(f"{kind}-origin", origins, length)[:, of], correlation) if of else own

    return {
        "renew": by_origin("renew", months),
        "replace": drawn("replace", names.funds, months),
        "cut": by_origin("cut", months),
        "replaceable": drawn("replaceable", names.funds, 1)[0],
        "award": by_origin("award", 1)[0],
    }


def with_funds(futures: Futures, names: Names) -> Futures:
    """The same futures where the funds are others: those that are there in both fare alike."""
    luck = _luck_of_funds(futures.seed, names, futures.numbers, futures.months, futures.p["origin_share"])
    return replace(futures, **luck)


def over(futures: Futures, evidence: Evidence, names: Names, months: int) -> Futures:
    """The same futures over more or fewer months, bit for bit as if they had been drawn so."""
    if months <= futures.months:
        return replace(futures, **{name: getattr(futures, name)[:months] for name in MONTHLY})
    first, count = int(futures.numbers.min()), int(np.ptp(futures.numbers)) + 1
    longer = draw(evidence, names, months, futures.seed, first, count).take(futures.numbers - first)
    return replace(futures, **{name: getattr(longer, name) for name in MONTHLY})


def parameters(evidence: Evidence, seed: int, first: int, count: int) -> dict[str, Floats]:
    """Evidence draws, [F]; draws in which MOUD or naloxone would raise overdose deaths are drawn again (MODEL.md §9)."""
    uniforms = sobol_uniforms(dict(evidence.dims), seed, first, count)
    p = evidence.draw(uniforms)
    for _ in range(200):
        none, on = risk_by_treatment(p)
        harmful = on >= none, naloxone_harms(p, np)
        if not (harmful[0].any() or harmful[1].any()):
            break
        for keys, harms in zip(HARMLESS_KEYS, harmful, strict=True):
            for key in keys if harms.any() else ():
                moved = np.where(harms, (uniforms[key] + GOLDEN) % 1.0, uniforms[key])
                uniforms[key] = np.clip(moved, 1e-9, 1.0 - 1e-9)
                p[key] = evidence[key].quantile(uniforms[key])
    return p


def _paths(evidence: Evidence, seed: int, first: int, count: int, months: int) -> tuple[Floats, Floats]:
    dims = {key: evidence.dims[key] for key in SUPPLY_KEYS} | STRUCTURES
    u = sobol_uniforms(dims, seed, first, count)
    p = {key: evidence[key].quantile(u[key]) for key in SUPPLY_KEYS}
    pull = (u["structure_supply"] < 0.5).astype(np.float64)
    chi2 = 2.0 * gammaincinv(TAIL / 2.0, u["supply_tail"])
    normals = ndtri(np.clip(stream(seed, "supply", first, count, months), 1e-15, 1.0))
    shocks = stream(seed, "supply-shock", first, count, months)
    return log_paths(normals, chi2, shocks, pull, p), pull


@lru_cache(maxsize=4)
def _reference(key: tuple[float, ...], seed: int, months: int) -> tuple[Floats, Floats]:
    return _paths(_REFERENCES[key], seed, 0, SUPPLY_REFERENCE, months)


_REFERENCES: dict[tuple[float, ...], Evidence] = {}


def _supply(evidence: Evidence, seed: int, first: int, count: int, months: int) -> tuple[Floats, Floats]:
    key = tuple(x for k in SUPPLY_KEYS for x in (evidence[k].low, evidence[k].best, evidence[k].high))
    _REFERENCES[key] = evidence
    reference, reference_pull = _reference(key, seed, months)
    paths, pull = _paths(evidence, seed, first, count, months)
    return index(paths, pull, reference, reference_pull), pull


def supply_at_bound(evidence: Evidence, futures: Futures, months: int) -> NDArray[np.bool_]:
    """Whether a future's supply index meets its clip (SUPPLY_MOST) within so many months, [F]."""
    first, count = int(futures.numbers.min()), int(np.ptp(futures.numbers)) + 1
    paths, _ = _paths(evidence, futures.seed, first, count, months)
    met = np.asarray(np.any(np.abs(paths) >= SUPPLY_MOST, axis=0))
    return met[futures.numbers - first]


def draw(evidence: Evidence, names: Names, months: int, seed: int, first: int, count: int) -> Futures:
    """Futures `first` … `first + count − 1` of a seed over `months` (run-off included).

    Raises:
        ValueError: more months than a stream holds.
    """
    if months > STRIDE:
        raise ValueError(f"a run has at most {STRIDE} months, not {months}")
    p = parameters(evidence, seed, first, count)
    u = sobol_uniforms(STRUCTURES, seed, first, count)
    supply, pull = _supply(evidence, seed, first, count, months)
    sd = np.sqrt(np.log1p(p["frailty_sd"] ** 2))
    years = -(-months // 12)
    z = ndtri(np.clip(stream(seed, "frailty", first, count, years), 1e-15, 1.0))
    frailty = np.repeat(np.exp(sd * z - sd**2 / 2.0), 12, axis=0)[:months]
    numbers = np.arange(first, first + count)

    def many(kind: str, labels: Sequence[str]) -> Floats:
        return streams(seed, kind, labels, first, count, months)

    return Futures(
        seed, numbers, p,
        (u["structure_lethality"] < 0.5).astype(np.float64), (u["structure_ambulance"] < 0.5).astype(np.float64), pull,
        supply, frailty,
        many("quit", names.places), many("hire", names.places), many("gift", names.supplies),
        many("emergency", names.premises), many("failure", names.premises),
        **_luck_of_funds(seed, names, numbers, months, p["origin_share"]),
    )  # fmt: skip


def effect_values(
    rows: Sequence[tuple[str, str, str, float, float | None, float | None]], seed: int, numbers: NDArray[np.intp]
) -> Floats:
    """Effects' values from their 90% intervals, keyed by option and lever, [row, F].

    Args:
        rows: (option, lever, op, value, low, high); without low and high the value is certain.

    Two-piece normal for add and set, two-piece lognormal for multiply: value is the median, low and high the 5th and 95th.
    """
    first, count = int(numbers.min()), int(np.ptp(numbers)) + 1
    out = np.empty((len(rows), len(numbers)))
    for i, (option, lever, op, value, low, high) in enumerate(rows):
        u = stream(seed, f"effect/{option}/{lever}", first, count, 1)[0][numbers - first]
        z = ndtri(np.clip(u, 1e-12, 1 - 1e-12)) / ndtri(0.95)
        if low is None or high is None or low == high:
            out[i] = value
        elif op == "multiply" and low > 0:
            side = np.where(z < 0, np.log(value / low), np.log(high / value))
            out[i] = value * np.exp(z * side)
        else:
            out[i] = value + z * np.where(z < 0, value - low, high - value)
    return out

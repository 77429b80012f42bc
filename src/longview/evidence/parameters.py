"""The table of facts (`parameters.toml`), read into frozen rows that can be drawn from."""

from __future__ import annotations

import difflib
import hashlib
import json
import math
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from longview.evidence.families import Family, within

if TYPE_CHECKING:
    from longview.evidence.spread import Array
    from longview.program.types import Range

Grade = Literal["strong", "moderate", "weak", "assumption"]
Role = Literal["input", "target", "check"]
Whose = Literal["yours", "literature"]

UNITS = (
    "share",
    "share a month",
    "share a year",
    "ratio",
    "odds ratio",
    "percent for 1%",
    "per mile",
    "per person-year",
    "per year",
    "per day",
    "visits a year",
    "injections a year",
    "syringes a year",
    "days a month",
    "days a year",
    "days",
    "months",
    "years",
    "kits",
    "doses",
    "persons",
    "number",
    "dollars",
    "dollars an hour",
    "dollars a year",
)

OWN_LEVEL = 0.90  # a program's own low-high is a 90% interval (`Range`)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A row of the evidence file.

    Attributes:
        best, low, high: the median (of `beta` rows: the mean) and the ends of the interval that covers `level`.
        events, others: the two counts of a `beta` row; None elsewhere.
        bounds: quantiles beyond are brought back to them.
        dim: the row's Sobol dimension; None where the model does not read it.
        ask: how a program could find out its own value; empty where we know of no way.
        whose: "yours" where a program's own figure stands in its place (law 4).
    """

    key: str
    name: str
    unit: str
    dist: Family
    level: float
    grade: Grade
    source: str
    place: str
    note: str
    role: Role
    best: float
    low: float
    high: float
    events: float | None = None
    others: float | None = None
    bounds: tuple[float, float] = (-math.inf, math.inf)
    dim: int | None = None
    ask: str = ""
    whose: Whose = "literature"

    def quantile(self, u: Array) -> Array:
        """The values below which shares `u` of the distribution lie; any shape, each in (0, 1)."""
        import numpy as np  # here, since `check` reads the rows and draws from none

        from longview.evidence import spread

        shares = np.asarray(u, dtype=np.float64)
        if self.events is not None and self.others is not None:
            values = spread.beta_quantile(self.events, self.others, shares)
        else:
            values = spread.quantile(self.dist, self.low, self.best, self.high, self.level, shares)
        return np.clip(values, *self.bounds)

    def cdf(self, x: Array) -> Array:
        """The share of the distribution at or below each `x`."""
        import numpy as np

        from longview.evidence import spread

        values = np.asarray(x, dtype=np.float64)
        if self.events is not None and self.others is not None:
            return spread.beta_probability(self.events, self.others, values)
        inside = spread.probability(self.dist, self.low, self.best, self.high, self.level, values)
        least, most = self.bounds
        return np.where(values < least, 0.0, np.where(values >= most, 1.0, inside))

    def owned(self, own: Range) -> Parameter:
        """This row with a program's own figure in its place: same family, `own` as median and 90% interval.

        Raises:
            ValueError: `own` is out of order, or out of what the figure can be.
        """
        family: Family = "logitnormal" if self.dist == "beta" else self.dist
        low, best, high = within(family, own.low, own.best, own.high)
        least, most = self.bounds
        if low < least or high > most:
            raise ValueError(f"{low:g} to {high:g} lies outside {least:g} to {most:g}")
        mine: dict[str, Any] = {"dist": family, "low": low, "best": best, "high": high, "level": OWN_LEVEL}
        return replace(self, **mine, events=None, others=None, whose="yours")


@dataclass(frozen=True)
class Evidence:
    """All rows, with a program's own values in their places.

    Attributes:
        rows: every row by key, in the order of the file.
    """

    rows: Mapping[str, Parameter]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the inputs: what the model may read."""
        return tuple(key for key, row in self.rows.items() if row.role == "input")

    @property
    def dims(self) -> Mapping[str, int]:
        """Sobol dimension of each input."""
        return MappingProxyType({key: row.dim for key, row in self.rows.items() if row.dim is not None})

    @property
    def used(self) -> Mapping[str, Whose]:
        """Whose figure each input is: "yours" or "literature"."""
        return MappingProxyType({key: self.rows[key].whose for key in self.keys})

    @property
    def hash(self) -> str:
        """A fingerprint of every input's distribution; texts do not enter it."""
        facts = [
            [key, row.dist, row.low, row.best, row.high, row.level, row.events, row.others, *map(str, row.bounds)]
            for key, row in sorted(self.rows.items())
            if row.role == "input"
        ]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]

    def __getitem__(self, key: str) -> Parameter:
        """The row of that key.

        Raises:
            KeyError: no row has that key; the message names the nearest ones.
        """
        if key not in self.rows:
            raise KeyError(unknown(key, self.rows))
        return self.rows[key]

    def __contains__(self, key: object) -> bool:
        return key in self.rows

    def draw(self, u: Mapping[str, Array] | Callable[[str], Array]) -> dict[str, Array]:
        """Values of every input, from its own uniforms.

        Args:
            u: key → uniforms in (0, 1), [F]; a mapping or a function.

        Returns:
            key → values, [F].
        """
        uniforms = u if callable(u) else u.__getitem__
        return {key: self.rows[key].quantile(uniforms(key)) for key in self.keys}


def unknown(key: str, known: Iterable[str]) -> str:
    """What to say of a key that no row has."""
    near = difflib.get_close_matches(key, list(known), n=3)
    hint = f"; did you mean {', '.join(near)}?" if near else "; `longview evidence` lists them all"
    return f"no row of the evidence is called {key}{hint}"


def _row(key: str, fields: dict[str, Any]) -> Parameter:
    fields = dict(fields)
    fields["bounds"] = tuple(fields.get("bounds", (-math.inf, math.inf)))
    return Parameter(key=key, **fields)


@cache
def _literature() -> Mapping[str, Parameter]:
    table = tomllib.loads(files("longview.evidence").joinpath("parameters.toml").read_text(encoding="utf-8"))
    return MappingProxyType({key: _row(key, fields) for key, fields in table.items()})


def load(own: Mapping[str, Range] | None = None) -> Evidence:
    """The evidence, a program's own values winning over the literature's (law 4).

    Args:
        own: key → the program's own figure.

    Raises:
        ValueError: some of `own` is of an unknown key, out of order or impossible; all of them are named at once.
    """
    rows, wrong = dict(_literature()), []
    for key, figure in (own or {}).items():
        if key not in rows:
            wrong.append(unknown(key, rows))
            continue
        try:
            rows[key] = rows[key].owned(figure)
        except ValueError as error:
            wrong.append(f"{key}: {error}")
    if wrong:
        raise ValueError("\n".join(wrong))
    return Evidence(MappingProxyType(rows))

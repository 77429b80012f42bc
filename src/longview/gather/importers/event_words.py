"""Columns of yes and no: what their words mean, and whether those who write them changed how they do it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from longview.program import Month

YES = frozenset(["yes", "y", "true", "t", "1", "x", "✓", "si", "sí", "oui", "ja", "sim", "given", "positive"])
NO = frozenset(["no", "n", "false", "f", "0", "non", "nein", "não", "nao", "nee", "not given", "negative"])
UNSAID = frozenset(
    ["", "na", "n/a", "null", "nan", "none", "unknown", "unk", "u", "-", "--", "?", ".", "not recorded", "missing"]
)
APART = 0.25  # a word's share that differs so much on two sides of a month was not written in the same way
BESIDE = 6  # months looked at on each side
SHARE_WORDS = 6  # words of a column that are told apart; others are one


def meaning(word: str) -> str:
    """What a cell says: "yes", "no", "unsaid" (left blank, NA) or "other"."""
    said = word.strip().casefold()
    if said in YES:
        return "yes"
    return "no" if said in NO else "unsaid" if said in UNSAID else "other"


def is_yes_no(cells: Sequence[str]) -> bool:
    """Whether cells, blank ones among them, are a column of yes and no."""
    said = Counter(meaning(cell) for cell in cells)
    return said["yes"] + said["no"] > 0 and not said["other"] and said["unsaid"] < len(cells)


@dataclass(frozen=True, slots=True)
class Period:
    """Months in which a column was written in one way: how many rows say each word."""

    first: Month
    last: Month
    words: Mapping[str, int]

    def share(self, word: str) -> float:
        """The share of its rows that say that word."""
        return self.words.get(word, 0) / max(sum(self.words.values()), 1)


def coding_periods(by_month: Mapping[Month, Mapping[str, int]]) -> list[Period]:
    """The periods in which a column's words had about the same shares; one where nothing changed abruptly.

    The likeliest cuts of a row of multinomial counts, each cut paid for; then those are kept on whose two sides, in the
    six months beside it, some word's share differs by a quarter or more: what grows slowly is no change of coding.

    Args:
        by_month: month → word as written → rows.
    """
    months = sorted(month for month, words in by_month.items() if sum(words.values()))
    if not months:
        return []
    kept = _kept_words(by_month)
    counts = [[by_month[month].get(word, 0) for word in kept] for month in months]
    for row, month in zip(counts, months, strict=True):
        row.append(sum(by_month[month].values()) - sum(row))
    cuts = _cuts(counts)
    while weak := [at for at in cuts if _apart(counts, cuts, at) < APART]:
        cuts.remove(min(weak, key=lambda at: _apart(counts, cuts, at)))
    edges = [0, *cuts, len(months)]
    return [
        Period(
            months[a],
            months[b - 1],
            {
                word: total
                for word, total in zip((*kept, "other"), map(sum, zip(*counts[a:b], strict=True)), strict=True)
                if total
            },
        )
        for a, b in pairwise(edges)
    ]


def _kept_words(by_month: Mapping[Month, Mapping[str, int]]) -> list[str]:
    totals: Counter[str] = Counter()
    for words in by_month.values():
        totals.update(words)
    return [word for word, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:SHARE_WORDS]]


def _cuts(counts: list[list[int]]) -> list[int]:
    """Where to cut, by dynamic programming over all ways, each cut costing as much as it may gain by chance."""
    n, width = len(counts), len(counts[0])
    sums = [[0] * width]
    for row in counts:
        sums.append([a + b for a, b in zip(sums[-1], row, strict=True)])
    price = width * math.log(n + 1) + 6.0
    best, came = [0.0] * (n + 1), [0] * (n + 1)
    for b in range(1, n + 1):
        costs = ((best[a] + _surprise(sums[a], sums[b]) + (price if a else 0.0), a) for a in range(b))
        best[b], came[b] = min(costs)
    cuts = []
    at = came[n]
    while at:
        cuts.append(at)
        at = came[at]
    return cuts[::-1]


def _surprise(start: list[int], end: list[int]) -> float:
    """Minus the log likelihood of rows under the shares of their own period."""
    parts = [b - a for a, b in zip(start, end, strict=True)]
    whole = sum(parts)
    return -sum(part * math.log(part / whole) for part in parts if part)


def _apart(counts: list[list[int]], cuts: list[int], at: int) -> float:
    """The most that a word's share differs between the months before a cut and those after."""
    edges = [0, *cuts, len(counts)]
    place = edges.index(at)
    before = counts[max(edges[place - 1], at - BESIDE) : at]
    after = counts[at : min(edges[place + 1], at + BESIDE)]
    shares: list[list[float]] = []
    for rows in (before, after):
        sums = [sum(column) for column in zip(*rows, strict=True)]
        shares.append([part / max(sum(sums), 1) for part in sums])
    return max(abs(a - b) for a, b in zip(shares[0], shares[1], strict=True))


def periods_words(periods: Sequence[Period]) -> str:
    """Periods in words: "2017-01 to 2018-06 NA 65%, TRUE 35%, no FALSE; …"."""
    all_words = list(dict.fromkeys(word for period in periods for word in period.words))
    return "; ".join(_period_words(period, all_words) for period in periods)


def _period_words(period: Period, all_words: Sequence[str]) -> str:
    when = str(period.first) if period.first == period.last else f"{period.first} to {period.last}"
    shares = [f"{word or 'blank'} {_percent(period.share(word))}" for word in all_words if period.words.get(word)]
    none = [f"no {word or 'blank'}" for word in all_words if not period.words.get(word)]
    return f"{when}: {', '.join(shares + none)}"


def _percent(share: float) -> str:
    return "under 1%" if share < 0.01 else f"{share:.0%}" if share < 0.995 or share == 1 else "nearly all"

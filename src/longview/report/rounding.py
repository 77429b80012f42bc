"""Numbers into words: rounded to what is known, and never further.

Every figure that a person reads passes through here, so that page, terminal and plan round alike. Spaces inside a
figure are no-break spaces (`\\u00a0`); `plain` turns them back for a terminal.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

from longview.program import Month
from longview.program.months import NAMES, SHORT_NAMES, in_words
from longview.results import Interval

NB = "\u00a0"
MINUS = "\u2212"
_SIGNS = {"USD": "$", "CAD": "$", "AUD": "$", "NZD": "$", "GBP": "£", "EUR": "€"}
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PARTS = {
    "a tenth": 0.1, "a fifth": 0.2, "a quarter": 0.25, "a third": 1 / 3, "half": 0.5, "two thirds": 2 / 3,
    "three quarters": 0.75, "nine tenths": 0.9,
}  # fmt: skip
# The chances that people say: (so many, in so many). Nearest in log-odds wins, since 1 in 50 is not 1 in 100.
_SAID = (
    (1, 100),
    (1, 50),
    (1, 30),
    (1, 20),
    (1, 15),
    (1, 12),
    (1, 10),
    (1, 8),
    (1, 7),
    (1, 6),
    (1, 5),
    (1, 4),
    (1, 3),
    (4, 10),
    (1, 2),
    (6, 10),
    (2, 3),
    (3, 4),
    (8, 10),
    (9, 10),
    (19, 20),
    (49, 50),
    (99, 100),
)


def plain(text: str) -> str:
    """The same words with ordinary spaces and minus signs, for a terminal or a plain file."""
    return text.replace(NB, " ").replace(MINUS, "-")


def number_word(value: int) -> str:
    """`five` for 5; figures above ten."""
    return _SMALL[value] if 0 <= value <= 10 else f"{value:,}"


def years_words(months: int) -> str:
    """A stretch of months: `five years`, `one year`, `18 months`."""
    years, rest = divmod(months, 12)
    if rest:
        return f"{months}{NB}months" if months != 1 else f"1{NB}month"
    return f"{number_word(years)} year" + ("" if years == 1 else "s")


def month_words(month: Month, *, short: bool = False) -> str:
    """`March 2029`, or `Mar 2029`."""
    return f"{SHORT_NAMES[month.month - 1].capitalize()} {month.year}" if short else in_words(month)


def half_up(value: float, step: float = 1.0) -> float:
    """The nearest multiple of `step`, halves away from zero (Python's own halves go to even: 2.5 would be 2)."""
    return math.copysign(math.floor(abs(value) / step + 0.5 + 1e-9) * step, value) if value else 0.0


def rough(value: float) -> float:
    """Two figures of a large count, whole below a hundred: 3,847 is 3,800, 38.4 is 38."""
    size = abs(value)
    if size < 100:
        return half_up(value)
    return half_up(value, 10.0 ** (math.floor(math.log10(size)) - 1))


def figure(value: float) -> str:
    """A count, rounded as `rough` does: `3,800`, `38`, `−4`."""
    rounded = rough(value)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,.0f}"


def money(value: float | Decimal, currency: str = "USD", *, short: bool = False) -> str:
    """Money to the hundred: `$8,800`, `−$22,200`, `$0`; `short` for axes: `$20k`."""
    amount = half_up(float(value), 1000 if short else 100)
    if 0 < abs(float(value)) < 50 and not short:
        return f"under {_signed('100', currency)}"
    written = f"{abs(amount) / 1000:,.0f}k" if short and amount else f"{abs(amount):,.0f}"
    return (MINUS if amount < 0 else "") + _signed(written, currency)


def price(value: float | Decimal, currency: str = "USD") -> str:
    """A price as it stands, cents where it has them: `$25`, `$24.10`."""
    amount = Decimal(str(value)).quantize(Decimal("0.01"))
    written = f"{abs(amount):,.0f}" if amount == amount.to_integral_value() else f"{abs(amount):,.2f}"
    return (MINUS if amount < 0 else "") + _signed(written, currency)


def cost(value: float | Decimal, currency: str = "USD") -> str:
    """A price or a sum: to the hundred from a thousand on, to the whole from a hundred, cents below."""
    size = abs(float(value))
    return (
        money(value, currency) if size >= 1000 else price(half_up(float(value), 1.0 if size >= 100 else 0.01), currency)
    )


def _signed(written: str, currency: str) -> str:
    sign = _SIGNS.get(currency)
    return f"{sign}{written}" if sign else f"{written}{NB}{currency}"


def percent(share: float) -> str:
    """A share as `36%`; `under 1%` and `over 99%` at the ends, `0%` and `100%` only where it is so."""
    if share in (0.0, 1.0):
        return f"{share:.0%}"
    if share < 0.005 or half_up(share * 100) < 1:
        return f"under{NB}1%"
    if half_up(share * 100) > 99:
        return f"over{NB}99%"
    return f"{half_up(share * 100):.0f}%"


def of_hundred(share: float) -> str:
    """A share as so many of a hundred, for tables: `9`, `under 1`."""
    return f"under{NB}1" if 0 < share < 0.005 else f"{half_up(share * 100):.0f}"


def said(share: float) -> tuple[int, int] | None:
    """The fraction that people would say for a chance, (1, 8); None where it is under 1 or over 99 in 100."""
    if not 0.0075 <= share <= 0.9925:
        return None
    odds = math.log(share / (1 - share))
    return min(_SAID, key=lambda pair: abs(math.log(pair[0] / (pair[1] - pair[0])) - odds))


def chance(share: float) -> str:
    """A chance: `about 1 in 8`, `under 1 in 100`, `over 99 in 100`, `none` or `certain` only where every future
    agrees."""
    found = said(share)
    if found is not None:
        return f"about {found[0]}{NB}in{NB}{found[1]}"
    if share <= 0:
        return "none that we saw"
    if share >= 1:
        return "every future that we ran"
    return f"under 1{NB}in{NB}100" if share < 0.5 else f"over 99{NB}in{NB}100"


def futures(share: float) -> str:
    """A share of futures: `9 futures in 10`, `1 future in 3`."""
    found = said(share)
    if found is not None:
        return f"about {found[0]}{NB}future{'' if found[0] == 1 else 's'} in{NB}{found[1]}"
    if share <= 0:
        return "no future"
    if share >= 1:
        return "every future"
    return f"under 1{NB}future in{NB}100" if share < 0.5 else f"over 99{NB}futures in{NB}100"


def about(value: float) -> str:
    """`about 8`; `hardly any` where it rounds to none; `none` where it is none."""
    if value == 0:
        return "none"
    return "hardly any" if abs(value) < 0.5 else f"about{NB}{figure(abs(value))}"


def counted(words: str, one: str, many: str) -> str:
    """A count with its noun: `about 1 fewer person`, `about 8 fewer people`, `hardly any people`."""
    return f"{words} {one if re.match(rf'about{NB}1(?![0-9,.])', words) else many}"


def share_words(share: float) -> str:
    """A share of a whole as people say it: `about a third`, `nearly all`, else `about 45%`."""
    if share < 0.02 or share > 0.97:
        return "hardly any" if share < 0.02 else "nearly all"
    name, near = min(_PARTS.items(), key=lambda part: abs(part[1] - share))
    return f"about {name}" if abs(near - share) <= 0.025 else f"about {percent(share)}"


def date_words(date: str) -> str:
    """`21 April 2025` for `2025-04-21`; as it stands where it is no such date."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", date)
    if found is None or not 1 <= int(found[2]) <= 12:
        return date
    return f"{int(found[3])}{NB}{NAMES[int(found[2]) - 1].capitalize()} {found[1]}"


def span(low: str, high: str) -> str:
    """`3 to 16`, kept on one line; one figure where both ends read alike."""
    return low if low == high else f"{low}{NB}to{NB}{high}"


def between(low: str, high: str) -> str:
    """`between 3 and 16`; `about 3` where both ends read alike."""
    return f"about{NB}{low}" if low == high else f"between {low}{NB}and{NB}{high}"


def gain_words(gain: Interval, better: str = "fewer", worse: str = "more") -> str:
    """The middle of a gain: `about 8 fewer`, `about 2 more`, `hardly any`, `none`."""
    words = about(gain.middle)
    return words if not words.startswith("about") else f"{words} {better if gain.middle > 0 else worse}"


def rate(value: float) -> str:
    """A rate to two figures, however small: `78`, `3.4`, `0.66`, `0.02`; `under 0.01` below that."""
    size = abs(value)
    if size >= 9.95 or value == 0:
        return figure(value)
    sign = MINUS if value < 0 else ""
    if size < 0.005:
        return f"under{NB}0.01"
    return f"{sign}{half_up(size, 0.1):.1f}" if size >= 0.995 else f"{sign}{half_up(size, 0.01):.2f}"


def rate_words(gain: Interval, better: str = "fewer", worse: str = "more") -> str:
    """The middle of a rate's gain: `about 3.4 fewer`, `hardly any`, `none`."""
    if abs(gain.middle) < 0.005:
        return "none" if gain.middle == 0 else "hardly any"
    return f"about{NB}{rate(abs(gain.middle))} {better if gain.middle > 0 else worse}"


def rate_range(gain: Interval, better: str = "fewer", worse: str = "more") -> str:
    """The ends of a rate's gain, worse end first, as `gain_range`."""
    low, high = half_up(gain.low, 0.01), half_up(gain.high, 0.01)
    if low >= 0:
        return span(rate(low), rate(high))
    if high > 0:
        return f"{rate(-low)}{NB}{worse} to {rate(high)}{NB}{better}"
    return "0" if high == low == 0 else f"{span(rate(-high), rate(-low))}{NB}{worse}"


def gain_range(gain: Interval, better: str = "fewer", worse: str = "more") -> str:
    """The ends of a gain, worse end first: `3 to 16`, `2 more to 6 fewer`, `1 to 4 more`."""
    low, high = rough(gain.low), rough(gain.high)
    if low >= 0:
        return span(figure(low), figure(high))
    if high > 0:
        return f"{figure(-low)}{NB}{worse} to {figure(high)}{NB}{better}"
    if high == 0 and low == 0:
        return "0"
    return f"{span(figure(-high), figure(-low))}{NB}{worse}"

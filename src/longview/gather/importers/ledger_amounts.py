"""Amounts as ledgers write them: `$1,234.50`, `-300.00`, `(300.00)`, a dash or a blank for nothing."""

from __future__ import annotations

import re
from decimal import Decimal

from longview.gather.numbers import CellError, plain

ZERO = Decimal(0)
_CENT = Decimal("0.01")
_NEAR = Decimal("0.000001")  # a workbook's 0.30000000000000004 is 30 cents
_MOST = Decimal("1e15")
_USUAL = re.compile(r"-?\$?(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,15})(?:\.[0-9]{1,2})?")
_NOTHING = frozenset({"", "-", "–", "—"})
_EXAMPLE = "1234.50"


def amount(text: str, *, decimal_comma: bool = False) -> Decimal | None:
    """The amount that a cell means, exactly; None where it holds none.

    Raises:
        CellError: it is no amount, or may be one of two.
    """
    if text in _NOTHING:
        return None
    if not decimal_comma and _USUAL.fullmatch(text):
        return Decimal(text.replace("$", "").replace(",", "")).quantize(_CENT)
    value = Decimal(plain(text, decimal_comma=decimal_comma, example=_EXAMPLE))
    if abs(value) >= _MOST:
        raise CellError("not-a-number", example=_EXAMPLE)
    cents = value.quantize(_CENT)
    if abs(value - cents) <= _NEAR:
        return cents
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -6:
        return value
    raise CellError("not-a-number", example=_EXAMPLE)


def counted(number: int, what: str) -> str:
    """So many of something: 1 line, 1,204 lines."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def money_words(value: Decimal) -> str:
    """An amount as it is told: 12,345.67."""
    return f"{value:,.2f}" if value == value.quantize(_CENT) else f"{value:,}"

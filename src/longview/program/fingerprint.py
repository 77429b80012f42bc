"""A fingerprint of a program as it was read, so that a result can say on which records it rests."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal

from longview.program.months import Month
from longview.program.types import Program

# Came later than the first programs: where it says no more than they did it is not said, so that their fingerprints stay.
_LATER: dict[tuple[str, str], object] = {
    ("Records", "rates"): (),
    ("CommunityCount", "over"): "month",
    ("Program", "fiscal_year"): 1,
    **{("Program", name): () for name in ("budget", "deliverables", "accounts")},
    ("Fund", "overhead_on"): (),
    ("Fund", "match"): 0.0,
    ("Fund", "report_hours"): 0.0,
    **{("Fund", name): None for name in ("transfer_limit", "fiscal_year", "asked_by")},
    ("Supply", "counts_as_match"): False,
    **{("Option", name): None for name in ("fund", "amount", "chance", "decision")},
    ("Option", "stops"): (),
}
_ALWAYS = object()


def records_hash(program: Program) -> str:
    """Sixteen hex digits: the same for the same records, however files, columns or mappings were laid out."""
    said = json.dumps(_plain(program), ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _plain(value: object) -> object:
    if isinstance(value, Month):
        return str(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")  # 12.50 and 12.5 are one amount
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return repr(float(value))
    if isinstance(value, Mapping):
        return [[str(key), _plain(value[key])] for key in sorted(value)]
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        said = [(field.name, getattr(value, field.name)) for field in fields(value)]
        kind = type(value).__name__
        return [[name, _plain(part)] for name, part in said if part != _LATER.get((kind, name), _ALWAYS)]
    raise TypeError(f"no fingerprint of {type(value).__name__}")

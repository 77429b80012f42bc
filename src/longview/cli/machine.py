"""Results for machines: one JSON object that says from which records, evidence and version it came."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import longview

if TYPE_CHECKING:
    from longview.program import Program

SCHEMA = 1


def as_json(verb: str, program: Program | None, parts: Mapping[str, Any]) -> str:
    """`{"schema": 1, "verb": …, "version": …}` and, of a program, its id and the hashes of its records and evidence.

    Args:
        parts: what else there is to say; names of fields become keys.
    """
    said: dict[str, Any] = {"schema": SCHEMA, "verb": verb, "version": longview.__version__}
    if program is not None:
        from longview.verbs.rests import rests

        found = rests(program)
        said |= {"program": program.id, "records_hash": found.records_hash, "evidence_hash": found.evidence_hash}
    said |= {name: plain(part) for name, part in parts.items() if name not in said}
    return json.dumps(said, ensure_ascii=False, indent=1)


def plain(value: Any) -> Any:
    """Values that JSON knows: a dataclass becomes an object, money and months text, an array a list.

    A number that is not finite becomes null: JSON has no word for it.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else None
        case Enum():
            return plain(value.value)
        case Decimal() | Path():
            return str(value)
        case Mapping():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted(plain(item) for item in value)
    if hasattr(value, "tolist"):  # a NumPy array or number
        return plain(value.tolist())
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return str(value)

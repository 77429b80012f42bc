"""What one run found, kept whole: the same question of the same records is answered without choosing anew.

Findings are written as plain values with their arrays beside them, and read back by the types of their fields: nothing
that is read is ever run. A run that is new goes through the same, so that both are alike to the last bit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from longview.program import Month
from longview.results import Findings
from longview.verbs.kept import DIGEST, Kept, code_stamp, key, pack, unpack

READ_BY_THE_CODE = (".py", ".toml", ".csv", ".json")


def remembered(store: Kept, asked: tuple[object, ...], found: Callable[[], Findings]) -> Findings:
    """Findings of a question that was answered before, else `found()`, which is then kept.

    Args:
        asked: plain values: all that the answer rests on but for the code.
    """
    name = key("findings", code_stamp(), whole_code(), *asked)
    known = store.find([name])
    if name in known:
        with suppress(ValueError, TypeError, KeyError, LookupError):
            arrays, told = known[name]
            return _read(Findings, told, arrays)  # type: ignore[no-any-return]
    packed = written_down(found())
    store.keep({name: packed})
    return read_back(packed)


def written_down(findings: Findings) -> bytes:
    """Findings as bytes that `read_back` gives back bit for bit."""
    arrays: dict[int, tuple[str, NDArray[Any]]] = {}
    told = _said(findings, arrays)
    return pack(dict(arrays.values()), told)


def read_back(data: bytes) -> Findings:
    """What `written_down` was given.

    Raises:
        ValueError: the bytes are damaged.
    """
    arrays, told = unpack(data)
    return _read(Findings, told, arrays)  # type: ignore[no-any-return]


@cache
def whole_code() -> str:
    """A hash of all code and all data of the package: choosing, cash and dilemmas rest on nearly all of it."""
    package = Path(__file__).parent.parent
    digest = hashlib.blake2b(digest_size=DIGEST)
    for file in sorted(package.rglob("*")):
        if file.suffix in READ_BY_THE_CODE and "examples" not in file.parts:
            digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _said(value: Any, arrays: dict[int, tuple[str, NDArray[Any]]]) -> Any:
    """A value as JSON can hold it; an array (once, however often it is met) as its name."""
    if isinstance(value, np.ndarray):
        return arrays.setdefault(id(value), (str(len(arrays)), value))[0]
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Month | Decimal):
        return str(value)
    if is_dataclass(value):
        return [_said(getattr(value, field.name), arrays) for field in fields(value)]
    if isinstance(value, Mapping):
        return [[_said(name, arrays), _said(part, arrays)] for name, part in value.items()]
    if isinstance(value, tuple | list):
        return [_said(part, arrays) for part in value]
    return value


def _read(hint: Any, told: Any, arrays: Mapping[str, NDArray[Any]]) -> Any:
    """A value of the type hinted at, from what was said of it."""
    kind, parts = get_origin(hint), get_args(hint)
    if told is None or kind is Literal:
        return told
    if kind in (Union, UnionType):
        (inner,) = (part for part in parts if part is not type(None))
        return _read(inner, told, arrays)
    if kind is np.ndarray:
        return arrays[told]
    if hint is Month:
        return Month.parse(told)
    if hint is Decimal:
        return Decimal(told)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        names = [field.name for field in fields(hint)]
        return hint(**{name: _read(hints[name], part, arrays) for name, part in zip(names, told, strict=True)})
    if kind is tuple:
        inside = (parts[0],) * len(told) if parts[-1] is Ellipsis else parts
        return tuple(_read(inner, part, arrays) for inner, part in zip(inside, told, strict=True))
    if isinstance(kind, type) and issubclass(kind, Mapping):
        return {_read(parts[0], name, arrays): _read(parts[1], part, arrays) for name, part in told}
    if hint in (str, int, float, bool):
        return told
    raise TypeError(f"findings of {hint} cannot be kept")


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


__all__ = ["read_back", "remembered", "written_down"]

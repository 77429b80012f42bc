"""Runs and anchored starts as arrays to be kept (`kept`), and back, bit for bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

from longview.calibrate import Anchor
from longview.model import Futures, Result, Seen, Start, Targets
from longview.results import Flag
from longview.verbs.kept import pack

Arrays = dict[str, NDArray[Any]]
WHOLE = ("seen", "sums", "end")  # series of `Seen`
ALONE = ("short", "lived")


def in_line(anchor: Anchor) -> Anchor:
    """The same, each array laid out in order: sums over arrays that were kept and read must round as those over fresh ones."""
    start = _grown(Start, "", {name: np.ascontiguousarray(x) for name, x in _flat("", anchor.start).items()})
    return replace(anchor, start=start, targets=Targets(*map(np.ascontiguousarray, anchor.targets)))


def packed_anchor(anchor: Anchor, drawn: Futures) -> bytes:
    """An anchored start; of its futures only what anchoring changed, since the rest is drawn again."""
    at = np.searchsorted(drawn.numbers, anchor.futures.numbers)
    moved = {k: x for k, x in anchor.futures.p.items() if not np.array_equal(x, drawn.p[k][at])}
    arrays = {"at": at, **_flat("start", anchor.start), **_flat("targets", anchor.targets), **_flat("p", moved)}
    flags = [[f.code, f.share, f.detail] for f in anchor.flags]
    return pack(arrays, {"used": anchor.used, "flags": flags, "anchored": anchor.anchored})


def unpacked_anchor(arrays: Arrays, told: Any, drawn: Futures) -> Anchor:
    """The anchored start, on futures that were drawn again."""
    futures = drawn.take(arrays["at"])
    moved = {name.removeprefix("p/"): x for name, x in arrays.items() if name.startswith("p/")}
    return Anchor(
        replace(futures, p=futures.p | moved),
        _grown(Start, "start", arrays),
        _grown(Targets, "targets", arrays),
        told["used"],
        tuple(Flag(*flag) for flag in told["flags"]),
        told["anchored"],
    )


def one_run(result: Result, row: int) -> Arrays:
    """One portfolio's part of a result."""
    out = {}
    for name in WHOLE:
        series = getattr(result, name)
        if series is not None:
            plain = [x[row] for x in series if x.ndim == series.deaths.ndim]
            out[name] = np.stack(plain)
            out |= {f"{name}/{k}": x[row] for k, x in series._asdict().items() if x.ndim > series.deaths.ndim}
    return out | {name: x[row] for name in ALONE if (x := getattr(result, name)) is not None}


def together(runs: Sequence[Arrays]) -> Result:
    """A result from its parts, in this order."""
    found: dict[str, Any] = dict.fromkeys((*WHOLE, *ALONE))
    for name in ALONE:
        if name in runs[0]:
            found[name] = np.stack([run[name] for run in runs])
    for name in WHOLE:
        if name in runs[0]:
            plain = iter(range(len(runs[0][name])))
            found[name] = Seen(*(_series(runs, name, field, plain) for field in Seen._fields))
    return Result(**found)


def _series(runs: Sequence[Arrays], name: str, field: str, plain: Any) -> NDArray[Any]:
    own = f"{name}/{field}"
    if own in runs[0]:
        return np.stack([run[own] for run in runs])
    at = next(plain)
    return np.stack([run[name][at] for run in runs])


def _flat(name: str, value: Any) -> Arrays:
    if isinstance(value, dict):
        parts = value
    elif isinstance(value, tuple):
        parts = value._asdict()  # type: ignore[attr-defined]
    else:
        return {name: value}
    return {key: x for part, inner in parts.items() for key, x in _flat(f"{name}/{part}", inner).items()}


def _grown(kind: Any, name: str, arrays: Arrays) -> Any:
    """A named tuple again, named tuples within it too."""
    hints = get_type_hints(kind)
    return kind(
        *(
            _grown(hints[field], f"{name}/{field}", arrays) if hasattr(hints[field], "_fields") else arrays[f"{name}/{field}"]
            for field in kind._fields
        )
    )  # fmt: skip


__all__ = ["in_line", "one_run", "packed_anchor", "together", "unpacked_anchor"]

"""On what a result rests: fingerprints of the records and of the evidence, and the version of the code."""

from __future__ import annotations

from dataclasses import dataclass

import longview
from longview.evidence import load
from longview.program import Program, records_hash


@dataclass(frozen=True, slots=True)
class Rests:
    """Equal where two results rest on the same records, evidence (own values included) and code."""

    records_hash: str
    evidence_hash: str
    version: str


def rests(program: Program) -> Rests:
    """The fingerprints of a program as it was read; how its files were laid out does not enter them."""
    return Rests(records_hash(program), load(program.own_values).hash, longview.__version__)


__all__ = ["Rests", "rests"]

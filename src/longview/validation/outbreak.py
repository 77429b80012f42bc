"""Kind "outbreak" (placeholder until the model has it)."""

from __future__ import annotations

MEASURES = {"infections": "x"}

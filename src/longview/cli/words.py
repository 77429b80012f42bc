"""What a check and the evidence say in the terminal."""

from __future__ import annotations

from typing import Any

from longview.cli.terminal import Look


def check_words(report: Any) -> str:
    """The repair list of a `CheckReport`, as every room says it."""
    from longview.gather import check_text

    return check_text(report)


def evidence_words(report: Any, look: Look) -> str:
    """The evidence asked for."""
    return str(report.text(look.width))

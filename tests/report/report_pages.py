"""The made plan, and pages for each reader, made once for all of report's tests."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape
from typing import Any

import findings_made as whole
import report_made as made

from longview.evidence import Parameter
from longview.plan import make_plan
from longview.report import Audience, report_html
from longview.results import Plan

AUDIENCES: tuple[Audience, ...] = ("director", "board", "funder", "participants", "public")


def _row(key: str, name: str, **fields: Any) -> Parameter:
    row: dict[str, Any] = {
        "unit": "share", "dist": "logitnormal", "level": 0.9, "grade": "moderate", "source": "A study, 2020", "place": "",
        "note": "", "role": "input", "best": 0.65, "low": 0.53, "high": 0.85,
    }  # fmt: skip
    return Parameter(key=key, name=name, **(row | fields))


@cache
def evidence() -> tuple[Parameter, ...]:
    """A few made rows: the real ones change, and golden pages must not change with them."""
    return (
        _row("od_witnessed", "share of overdoses with someone there", ask="Who was there? Ask after each reversal."),
        _row("who_is_there", "how far people help their own", grade="assumption", source="", ask="The same question."),
        _row("wage_growth", "pay elsewhere, growth a year", grade="weak", best=0.035, low=0.02, high=0.05),
        _row("kit_price", "price of a kit", unit="dollars", best=22.0, low=18.0, high=30.0, whose="yours"),
    )


@cache
def plan() -> Plan:
    return make_plan(
        made.decision(), made.outlook(), made.outlook(gain=0.028), made.program(), 5,
        records_hash="ab12" * 16, evidence_hash="cd34" * 16, version="0.0", price_growth=0.03,
    )  # fmt: skip


@cache
def page(audience: Audience = "board", *, tied: bool = False, rests: bool = False, anchored: bool = True) -> str:
    decision = replace(made.decision(tied=tied, rests=rests), switching=whole.switching())
    found = whole.findings(plan(), decision=decision, pick=made.outlook(gain=0.028, anchored=anchored))
    return report_html(whole.promised(), found, evidence=evidence(), audience=audience)


def words_of(html: str) -> str:
    """What a person reads of a page: text without tags, style and drawings, a line for each block."""
    body = html[html.index("<body>") :]
    body = re.sub(r"<svg.*?</svg>", "", body, flags=re.S)
    body = re.sub(r"</?(p|h\d|li|tr|caption|section|figure|div|br|summary)\b[^>]*>", "\n", body)
    body = re.sub(r"</t[hd]>", " | ", body)
    text = unescape(re.sub(r"<[^>]+>", "", body)).replace("\u00a0", " ")
    lines = (re.sub(r"\s+", " ", line).strip(" |") for line in text.splitlines())
    return "\n".join(line for line in lines if line)

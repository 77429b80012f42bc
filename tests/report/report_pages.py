"""The made plan, and pages for each reader, made once for all of report's tests."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import report_made as made

from longview.evidence import Parameter, load
from longview.plan import make_plan
from longview.report import Audience, report_html
from longview.results import Plan

AUDIENCES: tuple[Audience, ...] = ("director", "board", "funder", "participants", "public")


@cache
def evidence() -> tuple[Parameter, ...]:
    return tuple(row for row in load().rows.values() if row.role == "input")[:30]


@cache
def plan() -> Plan:
    return make_plan(
        made.decision(), made.outlook(), made.outlook(gain=0.028), made.program(), 5,
        records_hash="ab12" * 16, evidence_hash="cd34" * 16, version="0.0", price_growth=0.03,
    )  # fmt: skip


@cache
def page(audience: Audience = "board", *, tied: bool = False, rests: bool = False, anchored: bool = True) -> str:
    return report_html(
        made.program(), made.decision(tied=tied, rests=rests), made.outlook(),
        made.outlook(gain=0.028, anchored=anchored),
        plan(), evidence=evidence(), audience=audience,
    )  # fmt: skip


def words_of(html: str) -> str:
    """What a person reads of a page: text without tags, style and drawings, a line for each block."""
    body = html[html.index("<body>") :]
    body = re.sub(r"<svg.*?</svg>", "", body, flags=re.S)
    body = re.sub(r"</?(p|h\d|li|tr|caption|section|figure|div|br|summary)\b[^>]*>", "\n", body)
    body = re.sub(r"</t[hd]>", " | ", body)
    text = unescape(re.sub(r"<[^>]+>", "", body)).replace("\u00a0", " ")
    lines = (re.sub(r"\s+", " ", line).strip(" |") for line in text.splitlines())
    return "\n".join(line for line in lines if line)

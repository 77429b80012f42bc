"""Words that say that a row or a column is a total of others, or their average."""

from __future__ import annotations

import re
from functools import lru_cache

from longview.gather.importers.measures import normal

_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|annual|yearly|year|all|row|column|monthly|month) ?)?(?:totals?|sum)(?: all)?"
    r"|(?:fy ?)?\d{2,4}(?: \d{2,4})? totals?|totals? (?:for )?(?:fy ?)?\d{2,4}(?: \d{2,4})?|q[1-4](?: \d{4})? totals?"
    r"|totals? q[1-4](?: \d{4})?|ytd(?: totals?)?|totals? ytd|year to date|gesamt|summe|suma|somme"
)
_AVERAGE = re.compile(r"(?:(?:monthly|yearly|annual|month|overall) )?(?:averages?|avg|mean|median)(?: .*)?")
_SITES = re.compile(r"all(?: (?:sites|locations|places|programs))?|(?:all )?sites totals?|totals? all sites|totals? .*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@lru_cache(maxsize=50_000)
def is_total(text: str, over: str) -> bool:
    """Whether a label says that its row (or column) sums others, or averages them.

    Args:
        text: the label.
        over: what it stands among: "month", "site", "measure" … ("Total syringes" is a measure, and no total of them).
    """
    said = normal(text)
    if len(said) > 40 or not any(c.isalpha() for c in said):
        return False
    return bool(
        _TOTAL.fullmatch(said) or _AVERAGE.fullmatch(said) or (over in ("site", "area") and _SITES.fullmatch(said))
    )


def is_average(text: str) -> bool:
    """Whether a label says that its row is an average."""
    return _AVERAGE.fullmatch(normal(text)) is not None


def year_said(text: str) -> int | None:
    """The calendar year that a total's label names; None where it names none (or a fiscal one)."""
    found = _YEAR.findall(text)
    return int(found[0]) if len(found) == 1 and "fy" not in text.lower() else None

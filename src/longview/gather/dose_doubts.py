"""What is odd about a DOSE-SyS download as a whole: months without a row, parts above their wholes, kinds mixed up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from longview.gather.dose_table import Download, Over
from longview.gather.doubts_counts import listed
from longview.program import CommunityRate, Month, Problem, say

# A case and the one that holds it: a visit may involve several drugs, and counts in each.
WHOLES = {
    "opioid_rate": "drug_rate",
    "fentanyl_rate": "opioid_rate",
    "heroin_rate": "opioid_rate",
    "stimulant_rate": "drug_rate",
    "cocaine_rate": "stimulant_rate",
    "methamphetamine_rate": "stimulant_rate",
    "benzodiazepine_rate": "drug_rate",
}
YEAR = 12


def dose_doubts(download: Download) -> list[Problem]:
    """All doubts about a download, from the figures that it tells; none is worked out from others."""
    return [*_months(download), *_parts(download), *_apart(download)]


def missing(download: Download) -> dict[tuple[str, Over], list[Month]]:
    """Area and kind of row → months that have no row, of those from the first to the last that most areas have.

    Most, so that one row with a slip in its year doesn't make all the others look cut.
    """
    gaps: dict[tuple[str, Over], list[Month]] = {}
    areas = sorted({area for area, _, _ in download.rows})
    for over in sorted({over for _, over, _ in download.rows}):
        having = {area for area, kind, _ in download.rows if kind == over}
        rows = Counter(month for _, kind, month in download.rows if kind == over)
        shared = [month for month, areas_there in rows.items() if 2 * areas_there >= len(having)]
        if not shared:
            continue
        first = min(shared)
        span = [first.plus(t) for t in range(max(shared).since(first) + 1)]
        for area in areas:
            months = [month for month in span if (area, over, month) not in download.rows]
            if months:
                gaps[area, over] = months
    return gaps


def _months(download: Download) -> Iterator[Problem]:
    for (area, over), months in missing(download).items():
        kind = "Monthly" if over == "month" else "Annual"
        yield say(
            "dose-months", file=download.file, column="month", found="", series=f"{area}, {kind}", months=listed(months)
        )


def _parts(download: Download) -> Iterator[Problem]:
    for row in download.rows.values():
        for part, whole in WHOLES.items():
            a, b = row.rates.get(part), row.rates.get(whole)
            if a is not None and b is not None and b.high is not None and a.low > b.high:
                parts = {"whole": whole, "said": str(b.value)}
                yield download.problem("dose-part", row.number, part, str(a.value), **parts)


def _apart(download: Download) -> Iterator[Problem]:
    """Twelve months' rates that lie outside those months' own: an average, however weighted, lies within."""
    for (area, over, month), row in download.rows.items():
        if over == "month":
            continue
        beside = [download.rows.get((area, "month", month.plus(-t))) for t in range(YEAR)]
        for column, rate in row.rates.items():
            own = [other.rates.get(column) if other else None for other in beside]
            ends = _ends(own) if rate.value.told else None
            if ends and rate.high is not None and (rate.high < ends[0] or rate.low > ends[1]):
                parts = {"low": f"{ends[0]:g}", "high": f"{ends[1]:g}"}
                yield download.problem("dose-apart", row.number, column, str(rate.value), **parts)


def _ends(rates: list[CommunityRate | None]) -> tuple[float, float] | None:
    """The least and the most that the rates can be; None where one of them is not told."""
    lows = [rate.low for rate in rates if rate is not None and rate.high is not None]
    highs = [rate.high for rate in rates if rate is not None and rate.high is not None]
    return (min(lows), max(highs)) if len(highs) == len(rates) else None

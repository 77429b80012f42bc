"""What planned money takes from the evidence: best guesses, since the doubt in them is judged by simulation."""

from __future__ import annotations

from longview.choose.strings import Assumptions
from longview.evidence import Evidence
from longview.program import Program, handed_out, monthly_mean

RENEWAL = {"local": "grant_renew_local", "settlement": "grant_renew_local", "private": "grant_renew_foundation"}
"""Origin of a fund → the evidence key of its chance of renewal; the others are a government's."""


def assumptions(program: Program, evidence: Evidence, price_base: float) -> Assumptions:
    """What planned money rests on where the program's files do not say.

    Args:
        evidence: with the program's own values in their places.
        price_base: prices of the first planned month over those of the program's price year.

    Source: price_growth, benefits_share, grant_renew_*; monthly units are the means of the last twelve months recorded.
    """
    government = evidence["grant_renew_gov"].best
    renewal = {
        fund.id: 1.0 if fund.origin == "own" else evidence[RENEWAL.get(fund.origin, "grant_renew_gov")].best
        for fund in program.funds
    }
    return Assumptions(
        price_base=price_base,
        price_growth=evidence["price_growth"].best,
        benefits=evidence["benefits_share"].best,
        renewal=renewal,
        handed=handed_out(program),
        units={fund.unit: monthly_mean(program, fund.unit) for fund in program.funds if fund.unit},
        gift_ends=1.0 - government,
    )

"""Which figures of the evidence a plan's report rests on: those of an infection, a service or a law only where it is touched."""

from __future__ import annotations

from collections.abc import Mapping

from longview.evidence import Evidence, Parameter
from longview.program import Program
from longview.report import moves_infection
from longview.results import Portfolio

OUTBREAK = frozenset(
    ["outbreak_beta", "outbreak_casefinding", "outbreak_ramp_days", "outbreak_removal", "outbreak_unseen_days"]
)
"""Read by `longview outbreak` alone."""

INFECTION = frozenset(
    [
        "abscess_hosp", "both_interaction", "coverage_hcv_floor", "hcv_cure_injecting", "hcv_incidence_us", "hcv_prev_ab_us",
        "hcv_viraemic_share", "hiv_diagnosis", "hiv_incidence_us", "hiv_prev_us", "hiv_suppressed_rr", "hiv_suppressed_share",
        "injections_per_year", "jail_hcv_rr", "jail_hiv_rr", "mix_in", "nsp_hiv_rr", "ost_hcv_rr", "ost_hiv_rr",
        "reuse_skin_rr", "skin_infection", "skin_rr_inject_v_smoke", "syringe_share_onward", "syringes_elsewhere",
        "wound_care_effect",
    ]
)  # fmt: skip
"""Read for infections and wounds alone, which move no life and no money within the plan (docs/model.md 2.14, 2.15)."""

BY_LEVER: Mapping[str, frozenset[str]] = {
    "drugcheck_behaviour": frozenset(["drug_checking"]),
    "drugcheck_od_rr": frozenset(["drug_checking"]),
    "drugcheck_unexpected": frozenset(["drug_checking"]),
    "hotline_cover_share": frozenset(["spotting"]),
    "jail_moud_rr": frozenset(["jail_moud"]),
    "link_success_jail": frozenset(["jail_moud"]),
    "link_success_onsite": frozenset(["onsite"]),
    "ops_death_in_site": frozenset(["room"]),
    "ops_share_of_use": frozenset(["room"]),
    "pdmp_danger": frozenset(["monitoring"]),
    "pdmp_starts": frozenset(["monitoring"]),
    "pharmacy_kit_worth": frozenset(["kits_pharmacy"]),
    "police_avoid": frozenset(["police"]),
    "seizure_excess": frozenset(["seizures", "seizures_once"]),
    "seizure_half_life": frozenset(["seizures", "seizures_once"]),
    "seizure_share": frozenset(["seizures", "seizures_once"]),
    "smoke_shift": frozenset(["smoking_supplies"]),
}
"""Row of a service or a law → the levers without which it is read and changes nothing."""


def rows_at_rest(program: Program, portfolio: Portfolio) -> frozenset[str]:
    """Keys of rows that change nothing that a report of this plan tells: no option moves what they say something about."""
    moved = {effect.lever for effect in program.effects}
    still = {key for key, levers in BY_LEVER.items() if not levers & moved}
    return OUTBREAK | still | (frozenset() if moves_infection(program, [portfolio]) else INFECTION)


def rests_on(program: Program, evidence: Evidence, portfolio: Portfolio) -> list[Parameter]:
    """The rows that a report of this plan rests on, the program's own always among them."""
    still = rows_at_rest(program, portfolio)
    return [evidence[key] for key in evidence.keys if key not in still or evidence[key].whose == "yours"]


__all__ = ["rests_on", "rows_at_rest"]

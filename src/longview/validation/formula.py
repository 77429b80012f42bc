"""Kind "formula": one branch of the model by itself, by the functions that the model itself calls."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from longview.evidence import Evidence, program_costs
from longview.model import (
    Fatality,
    Futures,
    Guarded,
    Help,
    deaths_per_overdose,
    draw,
    listened,
    meeting,
    model,
    protection,
    seizures,
)
from longview.program import levers
from longview.validation.figures import Value
from longview.validation.form import Arm, Reading, Study
from longview.validation.measures import COSTS
from longview.validation.place import inputs, made_program, stated, structured

Floats = NDArray[np.float64]

DAYS_A_MONTH = 365.0 / 12.0


def formula_values(study: Study, evidence: Evidence) -> Value:
    """What reads a measure of an arm, a value a future."""
    drawn = {arm.name: _drawn(study, arm, evidence) for arm in study.arms}

    def value(name: str, reading: Reading) -> Floats:
        return measured(study.arm(name), reading, *drawn[name]) * reading.times

    return value


def _drawn(study: Study, arm: Arm, evidence: Evidence) -> tuple[Futures, Evidence]:
    population, own = inputs(study, arm)
    known = stated(evidence, own)
    names = model(made_program(study, population, own), 1).names
    return structured(draw(known, names, 1, study.seed, 0, study.futures), study), known


def measured(arm: Arm, reading: Reading, futures: Futures, evidence: Evidence) -> Floats:
    """A measure of one arm, [F]."""
    p = futures.p
    match reading.measure:
        case "naloxone_use":
            return met(arm, p)
        case "deaths_per_overdose":
            return np.asarray(_fatality(arm, futures).share[0])
        case "witnessed":
            return np.asarray(_fatality(arm, futures).witnessed)
        case "called_given_witnessed":
            return called(p, _fatality(arm, futures))
        case "seizure_excess":
            return danger(arm, p) - 1.0
        case "seizure_ratio":
            return danger(arm, p)
        case "hcv_risk":
            return risk(arm, p, p["coverage_hcv_floor"], p["ost_hcv_rr"])
        case "hiv_risk":
            return risk(arm, p, p["nsp_hiv_rr"], p["ost_hiv_rr"])
        case "program_cost":
            costs = program_costs(arm.size, arm.setting)  # type: ignore[arg-type]
            return np.full(futures.count, sum(getattr(costs, part) for part in reading.keys or COSTS))
        case _:
            rows = [p[key] if key in p else np.full(futures.count, evidence[key].best) for key in reading.keys]
            return np.asarray(sum(rows, np.zeros(futures.count)))


def met(arm: Arm, p: dict[str, Floats]) -> Floats:
    """Chance that a witnessed overdose meets naloxone: as stated, or from kits in hands that all hold alike, [F]."""
    if arm.met is not None:
        return np.full_like(p["nx_carry"], arm.met)
    each = np.ones((2, p["nx_carry"].shape[0]))
    kits = each * (arm.kits_per_person or 0.0)
    return np.asarray(meeting(kits, each, p["who_is_there"], p["nx_carry"], p["nx_adj"], np).met[0])


def _fatality(arm: Arm, futures: Futures) -> Fatality:
    p = futures.p
    moved = {move.lever: move.to for move in arm.levers}

    def lever(name: str) -> Any:
        return np.full_like(p["nx_carry"], moved.get(name, levers()[name].today))

    line = listened(lever("spotting"), p)
    given = Help(lever("witnessed"), lever("responders"), lever("calling"), line)
    chance = met(arm, p)
    return deaths_per_overdose(p, futures.deadlier, futures.weak, np.stack([chance, chance]), given, np)


def called(p: dict[str, Floats], parts: Fatality) -> Floats:
    """Help called where an overdose is witnessed, over both places, [F]."""
    public = p["od_public_share"]
    in_public = public * parts.witnessed_public * parts.called_public
    in_private = (1.0 - public) * parts.witnessed_private * parts.called_private
    return np.asarray((in_public + in_private) / parts.witnessed)


def danger(arm: Arm, p: dict[str, Floats]) -> Floats:
    """Danger over before, averaged over the arm's days after one seizure: the model's month, made as long as those days, [F]."""
    days = arm.days or DAYS_A_MONTH
    none = np.zeros_like(p["seizure_half_life"])
    scaled = {**p, "seizure_half_life": p["seizure_half_life"] * DAYS_A_MONTH / days}
    return np.asarray(seizures(none, none + 1.0, scaled, np).danger)


def risk(arm: Arm, p: dict[str, Floats], syringe: Floats, medication: Floats) -> Floats:
    """Infections over those of somebody with neither sterile syringes nor medication, [F]."""
    each = np.ones_like(syringe)[None]
    kept = Guarded(each, each * arm.covered, each * arm.on_moud, 0.0 * each)
    return np.asarray(protection(kept, syringe, medication, p["both_interaction"], np)[0])

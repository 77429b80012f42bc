"""Write docs/policies-measured.md: what the model says of every law, beside what studies counted.

    .venv/bin/python tools/policies.py

Each law alone, from the first planned month, on the Rhode Island example and the same futures as today's path, while we
stay open. Ratios are of years three to five, when every law works in full. A few minutes on two cores.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np

from longview.evidence import Evidence, Policy, load, policies
from longview.gather import read_folder
from longview.program import levers
from longview.results import Choice, Portfolio
from longview.verbs.futures import TODAY, prepare
from longview.verbs.laws import with_laws

FUTURES = 500
YEARS = 5
SETTLED = 24
"""Months after which every law works in full: the longest ramp of the file."""

SEEN = 0.002
"""A ratio that is nearer to 1 than this in 8 futures of 10 is left out, unless a study counted it."""

COUNTED: dict[str, tuple[str, ...]] = {
    "of overdose deaths": ("deaths",),
    "of overdoses": ("overdoses",),
    "of hepatitis C, by person-year": ("hcv_infections", "injecting"),
    "of HIV, by person-year": ("hiv_infections", "injecting"),
    "of skin infections, by person-year": ("skin_infections", "people"),
}
"""What is set against today's path: a series, or one over another."""

WITH = {
    "deaths": (
        "gsl_death_rr", "nal_death_rr", "nal_pharmacist_rr", "medicaid_expansion_rr", "jail_moud_state_rr", "pdmp_od_rr",
        "pdmp_heroin_cooperative_rr", "pdmp_heroin_proactive_rr",
    ),
    "hepatitis C": ("nsp_high_hcv_rr", "nsp_hcv_aor_uk"),
}  # fmt: skip
"""Rows of the evidence that are ratios of the same kind."""

HEAD = """# What the model says of each law

Made by `tools/policies.py` (`make policies`) on the Rhode Island example: {futures} futures, each law alone from the first
month, against today's path on the same futures, while we stay open. Ratios are of years three to five, when every law
works in full: the middle future, and in brackets where 8 in 10 lie. What the laws are, and what speaks for and against
each: [policies.md](policies.md). The studies are read by nothing; they stand here for comparison.
"""


def middle(values: np.ndarray) -> str:
    """`0.97 (0.95 to 0.99)`."""
    low, best, high = np.quantile(values, (0.1, 0.5, 0.9))
    return f"{best:.3f} ({low:.3f} to {high:.3f})"


def told(evidence: Evidence, key: str) -> str:
    """A study's figure: `gsl_death_rr 0.93 (0.8 to 1.02)`."""
    row = evidence[key]
    return f"`{key}` {row.best:.3g} ({row.low:.3g} to {row.high:.3g})"


def once(law: Policy) -> bool:
    """Whether all that it does happens in its first month."""
    return all(levers()[effect.lever].kind == "pulse" for effect in law.effects)


def ratios(seen: object, names: tuple[str, ...], months: slice) -> np.ndarray:
    """Each portfolio's figure over today's in some months, [P, F]."""
    sums = [np.asarray(getattr(seen, name))[..., months].sum(-1) for name in names]
    level = sums[0] / sums[1] if len(sums) > 1 else sums[0]
    return np.asarray(level / level[:1])


def near(evidence: Evidence, days: float) -> float:
    """Overdoses near a seizure over so many days, against expected (docs/model.md, 2.1, at best guesses)."""
    rate = np.log(2.0) / evidence["seizure_half_life"].best
    return float(1.0 + evidence["seizure_excess"].best * (1.0 - np.exp(-rate * days)) / (rate * days))


def section(law: Policy, number: int, seen: object, evidence: Evidence) -> list[str]:
    """One law's table."""
    months = slice(0, 1) if once(law) else slice(SETTLED, 12 * YEARS)
    when = " The ratios are of the first month." if once(law) else ""
    lines = [
        "",
        f"## {law.id}",
        "",
        f"{law.name}. {law.held}{when}",
        "",
        "| ratio | model | studies |",
        "| --- | --- | --- |",
    ]
    for words, names in COUNTED.items():
        found = ratios(seen, names, months)[number]
        kind = "deaths" if names == ("deaths",) else "hepatitis C" if names[0].startswith("hcv") else ""
        studies = ", ".join(told(evidence, key) for key in law.checks if key in WITH.get(kind, ()))
        if studies or np.abs(np.quantile(found, (0.1, 0.9)) - 1.0).max() > SEEN:
            lines.append(f"| {words} | {middle(found)} | {studies or '–'} |")
    if "seizure_excess" in law.reads:
        lines += [
            f"| of overdoses near a seizure, {days} days, by 2.1 | {near(evidence, days):.2f} | {told(evidence, key)} |"
            for key, days in (("seizure_od_fatal_rr", 7), ("seizure_od_nonfatal_3d", 3), ("seizure_od_nonfatal_7d", 7),
                              ("seizure_od_nonfatal_14d", 14))
        ]  # fmt: skip
    others = [key for key in law.checks if not any(key in keys for keys in WITH.values()) and "seizure" not in key]
    if others:
        lines += ["", "Of another kind than these ratios: " + "; ".join(told(evidence, key) for key in others) + "."]
    return lines


def main() -> None:
    """Write the page."""
    found, problems = read_folder(Path(str(files("longview.examples") / "rhode-island")))
    assert found is not None, problems
    known = [law for law in policies().values() if law.opens is None]
    assert max(e.ramp_months for law in known for e in law.effects) <= SETTLED, "some law is still settling in"
    program = with_laws(found, known)
    prepared = prepare(program, years=YEARS, futures=FUTURES)
    rows = [TODAY, *(Portfolio(law.id, (Choice(law.option_id, 1.0, program.starts),)) for law in known)]
    seen = prepared.run(rows, "open", paths=True).seen
    evidence = load()
    lines = [HEAD.format(futures=prepared.count).rstrip()]
    for number, law in enumerate(known, start=1):
        lines += section(law, number, seen, evidence)
    for law in policies().values():
        if law.opens is not None:
            figures = "; ".join(told(evidence, key) for key in law.checks)
            lines += [
                "",
                f"## {law.id}",
                "",
                f"{law.name}. It has no effect of its own; `{law.opens}` has.",
                "",
                law.held,
            ]
            lines += ["", f"Studies: {figures}."]
    target = Path(__file__).resolve().parents[1] / "docs" / "policies-measured.md"
    target.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"wrote {target.name}")


if __name__ == "__main__":
    main()

"""A ranking in words: lines of a terminal, parts of a page, and values for machines."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np

from longview.validation.ranking import BestSets, Ranking, Set
from longview.validation.ranks import kendall, ranks, spearman
from longview.validation.verdict import three


def short(value: float) -> str:
    """A figure in few digits: 7.2, 0.31, 1,204."""
    if not np.isfinite(value):
        return "without end" if value > 0 else "less than nothing"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    if abs(value) < 0.005:
        return "0"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2f}"


def millions(value: float) -> str:
    """Money in millions: 1.44."""
    return f"{value / 1e6:.2f}"


def in_words(chosen: Set) -> str:
    """A set: `naloxone, half of a phone line`."""
    return (
        ", ".join(name + ("" if level >= 1.0 else f" ({level:.0%} of it)") for name, level in chosen.items())
        or "nothing"
    )


def rows(found: Ranking) -> list[dict[str, Any]]:
    """Each intervention, theirs and ours, in the order of theirs."""
    theirs, middle = ranks(found.theirs), ranks(found.ours.middle)
    with_theirs = ranks(found.their_effects.middle)
    out = []
    for i in np.argsort(theirs, kind="stable"):
        low, _, high = three(found.ours.per_cost[i], False)
        rank_low, _, rank_high = three(found.ranks[i], False)
        out.append(
            {
                "name": found.form.names[i],
                "theirs": float(found.theirs[i]),
                "theirs_rank": float(theirs[i]),
                "ours": float(found.ours.middle[i]),
                "ours_low": low,
                "ours_high": high,
                "ours_rank": float(middle[i]),
                "ours_rank_low": rank_low,
                "ours_rank_high": rank_high,
                "first": float((found.ranks[i] == 1.0).mean()),
                "cost": float(found.ours.cost[i].mean()),
                "theirs_cost": found.form.interventions[i].theirs.cost,
                "averted": {b.name: float(found.ours.averted[n, i].mean()) for n, b in enumerate(found.form.benefits)},
                "theirs_averted": dict(found.form.interventions[i].theirs.averted),
                "their_effects": float(found.their_effects.middle[i]),
                "their_effects_rank": float(with_theirs[i]),
                "their_effects_averted": {
                    b.name: float(found.their_effects.averted[n, i].mean()) for n, b in enumerate(found.form.benefits)
                },
            }
        )
    return out


def correlations(found: Ranking) -> dict[str, float]:
    """Rank correlations of the order by mean benefit over mean cost with theirs."""
    return {
        "spearman": spearman(found.theirs, found.ours.middle),
        "kendall": kendall(found.theirs, found.ours.middle),
        "spearman_their_effects": spearman(found.theirs, found.their_effects.middle),
        "kendall_their_effects": kendall(found.theirs, found.their_effects.middle),
    }


def ranking_values(found: Ranking) -> dict[str, Any]:
    """The whole of it, for JSON."""
    return {
        "currency": found.form.currency,
        "theirs": found.form.theirs,
        "interventions": rows(found),
        "correlations": correlations(found),
        "sets": [
            {
                "a_year": one.a_year,
                "ours": dict(one.ours),
                "theirs": dict(one.theirs),
                "chance": one.chance,
                "cost_a_year": one.cost_a_year,
                "benefit_a_year": one.benefit_a_year,
                "theirs_here": one.theirs_here,
            }
            for one in found.best
        ],
        "left_out": [{"name": one.name, "why": one.why} for one in found.form.left_out],
    }


def terminal_lines(found: Ranking, width: int) -> list[str]:
    """The ranking and the best sets, for the terminal."""
    held = correlations(found)
    lines = ["    benefit for its cost      theirs   ours (9 futures in 10)   rank"]
    for row in rows(found):
        ours = f"{short(row['ours'])} ({short(row['ours_low'])} to {short(row['ours_high'])})"
        rank = f"{row['ours_rank']:g} ({row['ours_rank_low']:.0f} to {row['ours_rank_high']:.0f})"
        lines.append(f"    {row['name']:<26}{short(row['theirs']):>6}   {ours:<22}   {rank}")
    words = (
        f"Rank correlation by these means: Spearman's {short(held['spearman'])}, Kendall's {short(held['kendall'])}."
    )
    lines += textwrap.wrap(words, width - 4, initial_indent="    ", subsequent_indent="    ")
    for one in found.best:
        words = f"Within {found.form.currency} {one.a_year:,.0f} a year: {in_words(one.ours)}. Theirs: {in_words(one.theirs)}."
        lines += textwrap.wrap(words, width - 4, initial_indent="    ", subsequent_indent="    ")
    return lines


def page_lines(found: Ranking) -> list[str]:
    """The ranking, the sets and why they differ, for docs/validation.md."""
    form = found.form
    many = round(found.ours.cost.shape[1])
    lines = [
        *_wrapped(
            f"**By benefit for each {form.currency}**, in the order of theirs ({form.theirs}); ours is mean benefit over mean "
            f"cost, with nine in ten of {many} futures in brackets. Last column: ours run with their inputs on {form.effects}."
        ),
        "",
        "| intervention | theirs | rank | ours | rank (nine in ten) | first in | ours with their effects | rank |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows(found):
        ours = f"{short(row['ours'])} ({short(row['ours_low'])} to {short(row['ours_high'])})"
        rank = f"{row['ours_rank']:g} ({row['ours_rank_low']:.0f} to {row['ours_rank_high']:.0f})"
        lines.append(
            f"| {row['name']} | {short(row['theirs'])} | {row['theirs_rank']:g} | {ours} | {rank} | {row['first']:.0%} | "
            f"{short(row['their_effects'])} | {row['their_effects_rank']:g} |"
        )
    held = correlations(found)
    words = (
        f"Rank correlation of ours with theirs, by mean benefit over mean cost: Spearman's **{short(held['spearman'])}**, "
        f"Kendall's {short(held['kendall'])}; with their effects {short(held['spearman_their_effects'])} and "
        f"{short(held['kendall_their_effects'])}. The table above tells how it differs from future to future."
    )
    lines += ["", *_wrapped(words), "", *_events(found), "", *_sets(found)]
    for out in form.left_out:
        theirs = out.theirs.benefit / out.theirs.cost if out.theirs.cost else float("nan")
        lines += ["", *_wrapped(f"*{out.name}* is not ranked (theirs: {short(theirs)}). {out.why}")]
    if any(one.why for one in form.interventions):
        lines += ["", "Why they differ, one by one:", ""]
    for one in form.interventions:
        if one.why:
            lines += textwrap.wrap(f"- *{one.name}*: {one.why}", 120, subsequent_indent="  ", break_long_words=False)
    return lines


def _events(found: Ranking) -> list[str]:
    names = [b.name for b in found.form.benefits]
    lines = [
        f"What is averted over {found.years} years, theirs → ours (ours with their effects), and what it costs "
        f"(million {found.form.currency}):",
        "",
        "| intervention | " + " | ".join(names) + " | cost |",
        "| --- |" + " ---: |" * (len(names) + 1),
    ]
    for row in rows(found):
        ours, with_theirs, theirs = row["averted"], row["their_effects_averted"], row["theirs_averted"]
        cells = [f"{short(theirs.get(n, 0.0))} → {short(ours[n])} ({short(with_theirs[n])})" for n in names]
        lines.append(
            f"| {row['name']} | " + " | ".join(cells) + f" | {millions(row['theirs_cost'])} → {millions(row['cost'])} |"
        )
    return lines


def _sets(found: Ranking) -> list[str]:
    levels = " or ".join(f"{x:.0%}" for x in found.form.levels)
    words = (
        f"**The best set within a budget**: of all sets, each intervention not done or done to {levels}, looked at one by one, "
        "the most benefit that can be paid for, whatever is left over."
    )
    heads = (
        "theirs",
        "ours",
        "it costs a year",
        "it brings a year",
        "best that can be paid in",
        "theirs would bring here",
    )
    lines = [
        *_wrapped(words),
        "",
        f"| {found.form.currency} a year | " + " | ".join(heads) + " |",
        "| ---: | --- | --- | ---: | ---: | ---: | ---: |",
    ]
    return lines + [_set_row(one) for one in found.best]


def _set_row(one: BestSets) -> str:
    here = "costs more here" if one.theirs_here is None else millions(one.theirs_here) + " M"
    return (
        f"| {one.a_year / 1e6:g} M | {in_words(one.theirs)} | {in_words(one.ours)} | {millions(one.cost_a_year)} M | "
        f"{millions(one.benefit_a_year)} M | {one.chance:.0%} | {here} |"
    )


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, 120, break_long_words=False)

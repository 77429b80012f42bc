"""The Burnet Institute's ACT workbook, read and evaluated by its own decision trees (MIT, (c) 2024-2026 Burnet Institute).

The code is ours; the rules are those by which the workbook's own scripts use it (Burnet-Modelling/act-harm-reduction:
main.py, graph.py, constants.py). People are rounded to whole ones. Coverage goes a fifth, two fifths … all of the way
from today's to `max_coverage` in 2026 … 2030. A year's cost is people × chance × unit_cost × cost_weight, set-up ×
cost_weight once in 2026 in each tree where anybody is covered, discounted by 5% a year from 2026. What is spent is the
difference at intervention nodes (`int_…`); what is gained is the fall of all other costs. One level of a node, `no` or
`none`, is what the others leave over.

What is open: those scripts read the structure of the trees from a second workbook, here it follows from the conditions
of each node's rows; they infer from the sheet `evidence` too, but never put it back into the trees, so it has no part
here either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from python_calamine import CalamineWorkbook

Floats = NDArray[np.float64]

YEARS = (2026, 2027, 2028, 2029, 2030)
WAY = np.arange(1, 6) / 5.0
"""How far of the way to `max_coverage` each year is."""
DISCOUNT = 1.05 ** -(np.arange(5.0))

WORKBOOK = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "act_harm_reduction_databook_2025-09.xlsx"

INTERVENTIONS: Mapping[str, tuple[str, str]] = {
    "safe supply": ("int_safesupply", "safesupply"),
    "drug checking": ("int_check", "check"),
    "opioid agonist treatment": ("int_oat", "oat"),
    "naloxone": ("int_nal", "naloxone"),
    "needle and syringe program": ("int_nsp", "nsp"),
    "medicalised room": ("int_dcr", "medicalised"),
    "peer-led room": ("int_dcr", "peerled"),
    "phone line": ("int_techno", "techno"),
}


@dataclass(frozen=True)
class Node:
    """A node: its levels, what they depend on, and the chance of each level under each set of conditions.

    `chances` is keyed by the parents' values in the order of `parents`; each is one number a level.
    """

    name: str
    levels: tuple[str, ...]
    parents: tuple[str, ...]
    chances: Mapping[tuple[str, ...], Sequence[Any]]


@dataclass(frozen=True)
class Tree:
    """A population's tree, its nodes in an order in which parents come first."""

    population: str
    name: str
    nodes: tuple[Node, ...]
    costs: Mapping[tuple[str, str], tuple[float, float, float]] = field(default_factory=dict)  # unit, set-up, weight
    most: Mapping[tuple[str, str], float] = field(default_factory=dict)
    people: Floats = field(default_factory=lambda: np.ones(5))

    def node(self, name: str) -> Node | None:
        """The node of that name, if the tree has it."""
        return next((n for n in self.nodes if n.name == name), None)


def marginals(
    nodes: Sequence[Node], moved: Mapping[str, Sequence[Floats]] | None = None
) -> dict[tuple[str, str], Floats]:
    """Chance of each level of each node, exactly, by summing out what no later node needs.

    `moved`: chances by level, of nodes without parents, in place of the node's own; arrays of any one shape.
    """
    moved = moved or {}
    states: dict[tuple[tuple[str, str], ...], Any] = {(): np.asarray(1.0)}
    out: dict[tuple[str, str], Floats] = {}
    for i, node in enumerate(nodes):
        needed = {parent for later in nodes[i + 1 :] for parent in later.parents}
        grown: dict[tuple[tuple[str, str], ...], Any] = {}
        for state, weight in states.items():
            known = dict(state)
            chances = moved.get(node.name) or node.chances[tuple(known[p] for p in node.parents)]
            for level, chance in zip(node.levels, chances, strict=True):
                joint = weight * chance
                if not np.any(joint):
                    continue
                out[node.name, level] = out.get((node.name, level), 0.0) + joint
                kept = tuple((k, v) for k, v in (*state, (node.name, level)) if k in needed)
                grown[kept] = grown.get(kept, 0.0) + joint
        states = grown
    return out


def read(path: Path = WORKBOOK) -> tuple[Tree, ...]:
    """All trees of the workbook, best estimates."""
    sheets = {name: _rows(path, name) for name in ("probabilities", "costs", "max_coverage", "population_size")}
    people = {
        r["population_size"]: np.asarray([round(float(r[str(y)])) for y in YEARS], float)
        for r in sheets["population_size"]
    }
    pairs = dict.fromkeys((r["population"], r["DAG"]) for r in sheets["probabilities"])
    return tuple(_tree(population, dag, sheets, people[population]) for population, dag in pairs)


def _rows(path: Path, sheet: str) -> list[dict[str, Any]]:
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def _tree(population: str, dag: str, sheets: Mapping[str, list[dict[str, Any]]], people: Floats) -> Tree:
    def here(sheet: str) -> list[dict[str, Any]]:
        return [r for r in sheets[sheet] if r["population"] == population and r["DAG"] == dag]

    by_node: dict[str, list[dict[str, Any]]] = {}
    for row in here("probabilities"):
        by_node.setdefault(row["node"], []).append(row)
    nodes = _ordered([_node(name, rows) for name, rows in by_node.items()])
    costs = {(r["node"], r["outcome"]): (r["unit_cost"], r["setup_cost"], r["cost_weight"]) for r in here("costs")}
    most = {(r["node"], r["outcome"]): float(r["max_coverage"]) for r in here("max_coverage")}
    return Tree(population, dag, nodes, costs, most, people)


def _node(name: str, rows: list[dict[str, Any]]) -> Node:
    parents = tuple(rows[0][f"condition{i}"] for i in range(1, 6) if rows[0][f"condition{i}"])
    stated = tuple(dict.fromkeys(r["outcome"] for r in rows))
    rest = "none" if "none" in stated else "no" if stated == ("yes",) else None
    levels = stated if rest in stated or rest is None else (*stated, rest)
    found: dict[tuple[str, ...], dict[str, float]] = {}
    for row in rows:
        given = {row[f"condition{i}"]: row[f"value{i}"] for i in range(1, 6) if row[f"condition{i}"]}
        found.setdefault(tuple(given[p] for p in parents), {})[row["outcome"]] = float(row["best"])
    return Node(name, levels, parents, {key: _whole(at, levels, rest) for key, at in found.items()})


def _whole(at: Mapping[str, float], levels: tuple[str, ...], rest: str | None) -> list[float]:
    """Chances that sum to 1: the level that stands for "nothing" is the rest; without one, all are scaled."""
    if rest is None:
        return [at[level] / sum(at.values()) for level in levels]
    others = sum(at.get(level, 0.0) for level in levels if level != rest)
    return [1.0 - others if level == rest else at.get(level, 0.0) for level in levels]


def _ordered(nodes: list[Node]) -> tuple[Node, ...]:
    out: list[Node] = []
    left = list(nodes)
    while left:
        ready = [n for n in left if all(p in {x.name for x in out} for p in n.parents)]
        if not ready:
            raise ValueError("the nodes depend on each other in a ring, or on one that is not there")
        out.extend(ready)
        left = [n for n in left if n not in ready]
    return tuple(out)


@dataclass(frozen=True)
class Told:
    """What a set of interventions comes to over 2026-2030; money discounted, events not.

    Attributes:
        cost: spent beyond today's. deaths_money, stays_money, hcv_money, calls_money: how far other costs fall.
        deaths, stays, infections, overdoses, calls: averted.
    """

    cost: float
    deaths: float
    stays: float
    infections: float
    overdoses: float
    calls: float
    deaths_money: float
    stays_money: float
    hcv_money: float
    calls_money: float

    @property
    def gained(self) -> float:
        """All that is gained in money."""
        return self.deaths_money + self.stays_money + self.hcv_money + self.calls_money

    @property
    def ranked(self) -> float:
        """What is ranked: deaths, stays and infections in money (our model has no calls)."""
        return self.deaths_money + self.stays_money + self.hcv_money


PARTS = {
    "death": "deaths",
    "irid_hospital": "stays",
    "bbv_inci": "infections",
    "bbv_treat": "hcv",
    "overdose": "overdoses",
    "emergency": "calls",
}


def part(node: str) -> str | None:
    """Which figure a node belongs to."""
    return next((words for start, words in PARTS.items() if node.startswith(start)), None)


def today(trees: Sequence[Tree], year: int = 2) -> dict[str, dict[str, float]]:
    """Events a year under today's coverage, by tree (the people of `YEARS[year]`)."""
    out: dict[str, dict[str, float]] = {}
    for tree in trees:
        chances = marginals(tree.nodes)
        out[tree.name] = {f"{n}={level}": float(c * tree.people[year]) for (n, level), c in chances.items()}
    return out


def evaluate(trees: Sequence[Tree], chosen: Mapping[str, float]) -> Told:
    """A set of interventions, each scaled up a share of the way to its most (1: all of it)."""
    sums: dict[str, float] = dict.fromkeys(
        [*PARTS.values(), "cost", "deaths_money", "stays_money", "hcv_money", "calls_money"], 0.0
    )
    for tree in trees:
        base, with_them = marginals(tree.nodes), marginals(tree.nodes, scaled(tree, chosen))
        for (node, level), (unit, once, weight) in tree.costs.items():
            after = np.broadcast_to(with_them.get((node, level), 0.0), 5) * tree.people
            before = np.broadcast_to(base.get((node, level), 0.0), 5) * tree.people
            money = float(((after - before) * unit * weight * DISCOUNT).sum())
            money += once * weight * (float(after[0] > 0) - float(before[0] > 0))
            if node.startswith("int_"):
                sums["cost"] += money
                continue
            what = part(node)
            if what is None:
                continue
            if level not in ("no", "none") and what != "hcv":
                sums[what] += float((before - after).sum())
            if what in ("deaths", "stays", "hcv", "calls"):
                sums[f"{what}_money"] -= money
    del sums["hcv"]
    return Told(**sums)


def scaled(tree: Tree, chosen: Mapping[str, float]) -> dict[str, list[Floats]]:
    """Chances of intervention nodes by year, under a set."""
    out: dict[str, list[Floats]] = {}
    for name, level in chosen.items():
        node_name, outcome = INTERVENTIONS[name]
        node = tree.node(node_name)
        if node is None:
            continue
        own = dict(zip(node.levels, node.chances[()], strict=True))
        target = dict.fromkeys(node.levels, 0.0) | {outcome: tree.most[node_name, outcome]}
        target["none"] = 1.0 - tree.most[node_name, outcome]
        out[node_name] = [own[one] + level * WAY * (target[one] - own[one]) for one in node.levels]
    return out

"""Evidence: what is known of the world outside a program's records, each figure with its doubt, source and grade.

`load` gives the rows, a program's own values winning; `Evidence.draw` turns uniforms (`sobol_uniforms`) into values;
`price_index` brings costs of other years to ours. The table itself is `parameters.toml`; `program_costs` is what
a new program begins from, and `policies` what laws of others would move, with what speaks for and against each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from longview.evidence.parameters import UNITS, Evidence, Grade, Parameter, Role, Whose, load
from longview.evidence.policies import PREFIX as LAW_PREFIX
from longview.evidence.policies import Finding, Policy, PolicyEffect, policies, policy
from longview.evidence.presets import ProgramCosts, program_costs
from longview.evidence.prices import price_index, price_years

if TYPE_CHECKING:
    from longview.evidence.uniforms import sobol_uniforms

__all__ = [
    "LAW_PREFIX",
    "UNITS",
    "Evidence",
    "Finding",
    "Grade",
    "Parameter",
    "Policy",
    "PolicyEffect",
    "ProgramCosts",
    "Role",
    "Whose",
    "load",
    "policies",
    "policy",
    "price_index",
    "price_years",
    "program_costs",
    "sobol_uniforms",
]


def __getattr__(name: str) -> Any:
    """`sobol_uniforms` is loaded when it is asked for: it needs arrays, and reading the rows does not."""
    if name != "sobol_uniforms":
        raise AttributeError(f"the room evidence has no {name} at its door")
    from longview.evidence.uniforms import sobol_uniforms

    return sobol_uniforms

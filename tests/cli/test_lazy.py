"""What is quick stays quick: no JAX, polars or SciPy where nothing is computed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import longview

EXAMPLE = Path(longview.__file__).parent / "examples" / "rhode-island"
HEAVY = ("jax", "jaxlib", "numpy", "polars", "scipy", "altair", "vl_convert", "jinja2", "openpyxl", "python_calamine")


def loaded(*arguments: str) -> set[str]:
    """Which heavy packages a command has imported by its end."""
    code = (
        "import sys; from longview.cli import failures\n"
        f"failures.run({list(arguments)!r})\n"
        f"print('LOADED', *[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize("typed", [(), ("--help",), ("plan", "--help"), ("--version",)], ids=" ".join)
def test_help_loads_nothing_heavy(typed):
    assert loaded(*typed) == set()


@pytest.mark.parametrize("typed", [("check", str(EXAMPLE)), ("evidence",)], ids=lambda typed: typed[0])
def test_what_computes_nothing_loads_no_engine_and_draws_nothing(typed):
    assert loaded(*typed) <= {"scipy", "numpy"}


def test_checking_text_files_loads_no_arrays_and_no_workbooks():
    assert loaded("check", str(EXAMPLE)) == set()


def test_beginning_a_folder_loads_no_arrays_and_no_workbooks(tmp_path):
    assert loaded("new", str(tmp_path / "harbor-street"), "--folder") == set()


def test_what_computes_loads_the_engine_so_the_search_can_fail():
    assert "jax" in loaded("compare", str(EXAMPLE), "roof", "--futures", "20", "--years", "1")

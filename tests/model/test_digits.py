"""No figure from the literature stands in the model: its numbers are 0, 1, 2, 12, shapes, and guards with a reason each."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

MODEL = Path(__file__).resolve().parents[2] / "src" / "longview" / "model"
PLAIN = {0.0, 1.0, 2.0, 12.0}
FILES = sorted(p for p in MODEL.glob("*.py") if p.name not in ("guards.py", "reads.py"))


def figures(source: str) -> list[tuple[int, float]]:
    """Floating-point figures of a file that are neither plain nor vanishing."""
    found = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and isinstance(n.value, float)]
    return [(n.lineno, n.value) for n in found if n.value not in PLAIN and n.value > 1e-5]


@pytest.mark.parametrize("file", FILES, ids=lambda p: p.name)
def test_no_figure_hides_in_the_model(file: Path) -> None:
    named = {"draws.py": {0.6180339887498949, 0.5, 0.95}, "setup.py": {10_000.0}}
    hidden = [
        (line, x) for line, x in figures(file.read_text(encoding="utf-8")) if x not in named.get(file.name, set())
    ]
    assert not hidden, f"{file.name}: {hidden} belong in the evidence file, or in guards.py with a reason"


def test_the_test_can_fail() -> None:
    assert figures("share = 0.133 * kits") == [(1, 0.133)]


def test_every_guard_has_its_reason() -> None:
    body = ast.parse((MODEL / "guards.py").read_text(encoding="utf-8")).body[1:]
    for figure, reason in zip(body[::2], body[1::2], strict=True):
        assert isinstance(figure, ast.Assign)
        assert isinstance(reason, ast.Expr)
        assert isinstance(reason.value, ast.Constant)
        assert len(str(reason.value.value)) > 20

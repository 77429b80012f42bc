"""`demo`: the example, copied to where you are and planned."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

from longview.verbs import Progress, WrongUseError

if TYPE_CHECKING:
    from longview.verbs.plan import PlanReport

EXAMPLE = "rhode-island"
LEFT_BEHIND = frozenset({"out", "history", "__pycache__"})  # what a run inside the package may have made


def demo(folder: Path, *, progress: Progress | None = None) -> PlanReport:
    """Copy the example to `folder` (unless it is there already) and plan it.

    A copy that is there is planned as it stands, so that what somebody changed in it stays.

    Raises:
        WrongUseError: `folder` holds something that is not a program.
    """
    if not (folder / "program.toml").is_file():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise WrongUseError(
                f"{folder} is already there and does not hold the example. Name another place: longview demo my-try"
            )
        copy_example(folder)
    from longview.verbs.plan import plan

    return plan(folder, years=5, out=None, audience="director", progress=progress)


def copy_example(folder: Path) -> None:
    """Copy the example whole or not at all: it is put together beside `folder` and then renamed."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(beside, ignore_errors=True)
    with as_file(files("longview").joinpath("examples", EXAMPLE)) as example:
        shutil.copytree(example, beside, ignore=lambda _, names: list(_left_behind(names)))
    if folder.exists():
        folder.rmdir()  # empty, or we would not be here
    beside.replace(folder)


def _left_behind(names: list[str]) -> Iterator[str]:
    return (name for name in names if name in LEFT_BEHIND or name.startswith("."))

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

EXAMPLE, SMALL = "rhode-island", "small-rural.xlsx"
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


def demo_small(workbook: Path, *, progress: Progress | None = None) -> PlanReport:
    """Copy the small example, a workbook, to `workbook` (unless it is there already) and plan it.

    Raises:
        WrongUseError: `workbook` is no name of one.
    """
    copy_small(workbook)
    from longview.verbs.plan import plan

    return plan(workbook, years=5, out=None, audience="director", progress=progress)


def copy_small(workbook: Path) -> None:
    """Copy the small example whole or not at all, and never over a file that is there.

    Raises:
        WrongUseError: `workbook` is no name of a workbook.
    """
    if workbook.suffix != Path(SMALL).suffix:
        raise WrongUseError(f"The small example is a workbook. Name it so: longview demo --small {workbook.name}.xlsx")
    if not workbook.exists():
        workbook.parent.mkdir(parents=True, exist_ok=True)
        beside = workbook.with_name(f".{workbook.name}.partial")
        beside.write_bytes(files("longview").joinpath("examples", SMALL).read_bytes())
        beside.replace(workbook)


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

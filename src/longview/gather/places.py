"""Where a program's records are, and where Longview keeps what belongs to them."""

from __future__ import annotations

from pathlib import Path

WORKBOOKS = frozenset({".xlsx", ".xlsm"})


def is_workbook(path: Path) -> bool:
    """Whether a path names a workbook that can be read."""
    return path.suffix.lower() in WORKBOOKS


def companion(path: Path) -> Path:
    """The folder of what Longview keeps beside a program's own files: a folder itself, `x.longview` for `x.xlsx`."""
    return path.with_suffix(".longview") if is_workbook(path) else path


def resolved(path: Path) -> Path:
    """The program meant by a path as typed: a bare `my-program` may be `my-program.xlsx`."""
    try:
        if path.suffix or path.exists():
            return path
        found = [path.with_name(path.name + suffix) for suffix in sorted(WORKBOOKS, reverse=True)]
        return next((one for one in found if one.is_file()), path)
    except (OSError, ValueError):  # no name that a file can have: whoever opens it says so
        return path


def programs_in(folder: Path) -> list[Path]:
    """The programs that a person in that folder may mean: the folder itself, and workbooks that have a program's sheets."""
    found = [folder] if (folder / "program.toml").is_file() else []
    for path in sorted(folder.iterdir()):
        book = is_workbook(path) and not path.name.startswith(("~", ".")) and _has_sheets(path)
        if book or (path / "program.toml").is_file():
            found.append(path)
    return found


def _has_sheets(path: Path) -> bool:
    import re
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as part:
            said = part.read(1_000_000).decode("utf-8", errors="replace").casefold()
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError, zipfile.BadZipFile):
        return False
    return {"program", "funds"} <= set(re.findall(r'name="([^"]*)"', said))

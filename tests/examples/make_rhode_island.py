"""Makes the example's folder anew: `python tests/examples/make_rhode_island.py` (then read the difference).

The deaths are the real ones, through our own importer, where the files of CDC WONDER are beside the checkout; else the
rows that the example has already. README.md is written by hand and left alone.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src" / "longview" / "examples" / "rhode-island"
WONDER = ROOT.parent / "shared" / "data"

sys.path.insert(0, str(Path(__file__).resolve().parent))

from rhode_island_program import made_program  # noqa: E402
from rhode_island_records import money, services, workforce  # noqa: E402

from longview.gather import read_folder, read_wonder, write_folder  # noqa: E402
from longview.program import CommunityCount, Program, Records  # noqa: E402

OWN_VALUES = """\
# Our own figures, in place of the literature's. Real: 85% of Rhode Island's overdose deaths of 2023 involved an opioid
# (state department of health, July 2024); the ends are assumed.
opioid_share = { low = 0.8, best = 0.85, high = 0.9, source = "Rhode Island Department of Health, July 2024" }

# Made: of 60 people who took kits in autumn 2022, 21 took them for others.
nx_share_onward = { low = 0.2, best = 0.35, high = 0.5 }
"""


def wonder_files() -> list[Path]:
    """The real files, 2018-2022, where they are beside the checkout."""
    return sorted(WONDER.glob("wonder_state_month_20*_asof_*.txt"))


def shipped_deaths() -> tuple[CommunityCount, ...]:
    """The rows that the example has."""
    program, problems = read_folder(FOLDER)
    if program is None:
        raise SystemExit(f"the example does not read: {problems}")
    return program.records.community


def real_deaths() -> tuple[CommunityCount, ...]:
    """Rhode Island's rows of the real files."""
    rows, problems = read_wonder(wonder_files(), areas=["Rhode Island"])
    if problems:
        raise SystemExit(f"the files of CDC WONDER do not read: {problems}")
    return rows


def whole(community: tuple[CommunityCount, ...]) -> Program:
    """The example as a program."""
    return replace(made_program(), records=Records(services(), community, workforce(), money()))


def write(folder: Path, community: tuple[CommunityCount, ...]) -> None:
    """Write all of its files, README apart, to a folder that has none of them."""
    write_folder(whole(community), folder)
    (folder / "evidence.toml").write_text(OWN_VALUES, encoding="utf-8", newline="\n")


def main() -> None:
    """Write anew."""
    community = real_deaths() if wonder_files() else shipped_deaths()
    with tempfile.TemporaryDirectory() as beside:
        write(Path(beside) / "new", community)
        FOLDER.mkdir(parents=True, exist_ok=True)
        for file in sorted((Path(beside) / "new").iterdir()):
            shutil.copyfile(file, FOLDER / file.name)
            print(f"written: {file.name}")


if __name__ == "__main__":
    main()

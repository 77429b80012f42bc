"""Makes the second example anew: `python tests/examples/make_small_rural.py` (then look at it in a spreadsheet)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKBOOK = ROOT / "src" / "longview" / "examples" / "small-rural.xlsx"

sys.path.insert(0, str(Path(__file__).resolve().parent))

from small_rural_program import made_program  # noqa: E402

from longview.gather import write_workbook  # noqa: E402


def main() -> None:
    """Write anew."""
    with tempfile.TemporaryDirectory() as beside:
        made = write_workbook(made_program(), Path(beside) / WORKBOOK.name)
        WORKBOOK.write_bytes(made.read_bytes())
    print(f"written: {WORKBOOK.name}")


if __name__ == "__main__":
    main()

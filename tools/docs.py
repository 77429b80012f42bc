"""Writes the pages that are made from the code, so that they cannot go stale: run by `make docs`.

python tools/docs.py            write them
python tools/docs.py --check    say which would change, and leave with 1 if any would
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def commands_page() -> str:
    """Every command's help, as the terminal shows it."""
    import typer

    from longview.cli.app import app

    group = typer.main.get_command(app)
    parts = [
        "# The commands",
        "",
        "Made by `make docs` from the commands themselves. Exit codes: 0 well, 1 problems found, 2 wrong use,",
        "3 nothing keeps all the rules, 130 stopped. Every command that prints results takes `--json`. `NO_COLOR` is",
        "heeded. What goes wrong is told in words; `LONGVIEW_DEBUG=1` shows the trace behind them.",
    ]
    for name, command in group.commands.items():
        with typer.Context(command, info_name=f"longview {name}", max_content_width=100, terminal_width=88) as context:
            parts += ["", f"## {name}", "", "```", command.get_help(context).rstrip(), "```"]
    return "\n".join(parts) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {"docs/commands.md": commands_page}


def stale() -> list[str]:
    """Names of the pages that differ from what the code would write."""
    return [name for name, page in PAGES.items() if not (ROOT / name).is_file() or _read(name) != page()]


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Write or check all pages."""
    os.environ["NO_COLOR"] = "1"
    changed = stale()
    if "--check" in arguments:
        for name in changed:
            print(f"{name} is not what the code says; run: make docs")
        return 1 if changed else 0
    for name in changed:
        (ROOT / name).write_text(PAGES[name](), encoding="utf-8", newline="\n")
        print(f"written: {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

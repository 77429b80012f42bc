"""Writes the pages that are made from the code, so that they cannot go stale: run by `make docs`.

python tools/docs.py            write them
python tools/docs.py --check    say which would change, and leave with 1 if any would
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from longview.evidence import Policy, PolicyEffect

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


def records_page() -> str:
    """Every file and column of a program's folder, from the field table."""
    from longview.program.fields import fields, measures
    from longview.program.items import categories, items, presets
    from longview.program.levers import levers

    parts = [
        "# A program's records",
        "",
        "Made by `make docs` from the field table that reader, writer and `longview check` share.",
        "",
        "A program's records are **a workbook** (`longview new my-program` makes one) or **a folder of text files**",
        "(`longview new my-program --folder`). Sheets and files have the same names and columns, `longview convert`",
        "goes from one to the other, and every command takes either. Leave out the sheets that you do not need. Rows",
        "may stand in any order, sheets too. Ids are short names (`a-z`, `0-9`, `-`), made from names where you leave",
        "them out.",
        "",
        "**Your files are yours.** After `new`, Longview writes into none of them. What it keeps stands beside them: in the",
        "folder itself, or for `my-program.xlsx` in the folder `my-program.longview`:",
        "",
        "| file | what it is | yours to edit |",
        "| --- | --- | --- |",
        "| `evidence.toml` | your own figures in place of the literature's | yes |",
        "| `filled.toml` | which figures `new` filled in for you; one that you write over counts as yours | no need |",
        "| `mends.toml` | repairs that you accepted with `check --mend`: where, what the cell said, what it is read as | yes |",
        "| `mappings.toml` | how tables of a layout are read, as you confirmed it at import | yes |",
        "| `imports/` | what was imported, one numbered folder an import; `longview undo` takes the last one back | no |",
        "| `originals/` | files that were imported, as they came; never those with a row for each person or event | no |",
        "| `history/` | what was undone or replaced | no |",
        "| `plan.toml` | the plan; an edited one is never overwritten | yes |",
        "| `out/` | reports | as you like |",
        "",
        "**Which row stands.** Imported rows are read beside your own. Where both tell the same month, yours is used and",
        "`check` says so; of two imports, the later. How to get each export: [imports.md](imports.md).",
        "",
        "A count may say `12`, `<5`, `<10`, `1 to 9`, `*`, `NA` or nothing: hidden is not zero, and blank is not zero.",
        "A program's own `<5` is 0 to 4, or 1 to 4 where the same series shows zeros.",
    ]
    for sheet in fields().values():
        needed = "needed" if sheet.needed else "if you have it"
        parts += ["", f"## {sheet.title}: sheet `{sheet.name}`, file `{sheet.file}`", ""]
        parts += [f"A row is {sheet.row} ({needed}). Its examples, read together, make one.", ""]
        if sheet.name == "program":
            parts += [
                "In a workbook a fact stands in `fact` and what you know of it in `value`; of `people`, the best guess in",
                "`value` and the ends in `low` and `high`; `area_shares` has a row for each area, its name in `area`.",
                "",
            ]
        parts += ["| column | what | unit | for example | if left out |", "| --- | --- | --- | --- | --- |"]
        for column in sheet.columns:
            what = column.what + (f" ({', '.join(column.choices)})" if column.choices else "")
            cells = (f"`{column.column}`", what, column.unit, f"`{column.example}`" if column.example else "")
            parts.append(_row(*cells, "**needed**" if column.left_out is None else column.left_out))
    parts += ["", "## What can be counted in services", "", "The list is open; these names are known.", ""]
    parts += ["| measure | what |", "| --- | --- |", *(_row(f"`{name}`", what) for name, what in measures().items())]
    parts += ["", "## What money is spent on", "", "| item | what | category | unit |", "| --- | --- | --- | --- |"]
    parts += [_row(f"`{item.id}`", item.words, item.category, item.unit) for item in items().values()]
    parts += ["", "Categories: " + "; ".join(f"`{name}`, {words}" for name, words in categories().items()) + "."]
    parts += ["", "## What kinds of money may not buy", "", "Confirm these with your funder.", ""]
    parts += ["| preset | what | never pays | source | as of |", "| --- | --- | --- | --- | --- |"]
    parts += [_row(f"`{p.id}`", p.words, ", ".join(p.never_pays), p.source, p.date) for p in presets().values()]
    parts += [
        "",
        "## What an option can move",
        "",
        "Priced: say in `prices.csv` what it costs. Modelled: we work it out.",
    ]
    parts += ["", "| lever | what | unit | today | cost |", "| --- | --- | --- | --- | --- |"]
    parts += [_row(f"`{v.id}`", v.words, v.unit, f"{v.today:g}", v.cost) for v in levers().values()]
    return "\n".join(parts) + "\n"


def evidence_page() -> str:
    """Every figure that the model rests on, from the evidence file."""
    from longview.evidence import load

    roles = {
        "input": "What the model reads",
        "target": "What it is calibrated to",
        "check": "What its answers are compared with, and never read",
    }
    parts = [
        "# The evidence",
        "",
        "Made by `make docs` from the evidence file. A range covers nine values in ten (95 in a hundred where its",
        "source says so). Grades: strong, moderate, weak, and *assumption* where nobody has measured it. A program's",
        "own figure, in its `evidence.toml`, wins. `longview evidence KEY` shows one row with its notes.",
    ]
    rows = load().rows.values()
    for role, title in roles.items():
        parts += ["", f"## {title}", "", "| key | what | middle (range) | unit | grade | source |"]
        parts += ["| --- | --- | --- | --- | --- | --- |"]
        for row in (row for row in rows if row.role == role):
            middle = f"{row.best:.3g} ({row.low:.3g} to {row.high:.3g})"
            source = row.source + (f", {row.place}" if row.place else "")
            parts.append(_row(f"`{row.key}`", row.name, middle, row.unit, row.grade, source))
    return "\n".join(parts) + "\n"


def policies_page() -> str:
    """Every law and practice of others: what it would move, and what speaks for and against it."""
    from longview.evidence import policies

    parts = [
        "# Laws of others",
        "",
        "Made by `make docs` from `evidence/policies.toml`. What a state, a town or its police decide is nothing that a",
        "program can choose, but it moves what a program's work comes to. `longview compare PROGRAM OPTION --law LAW` sets",
        "it beside your own options, on the same futures; it costs the program nothing but what it makes it hand out.",
        "Where a law is in force already, today's figures hold it, and its row says nothing.",
        "",
        "A law acts through levers alone (docs/model.md, section 8). Published findings about laws are read by nothing:",
        "the model's answer is held against them, in [policies-measured.md](policies-measured.md). Ranges cover nine",
        "values in ten. *Seen*: its abstract, page or file was read; *second-hand*: as quoted by others; *memory*:",
        "recalled and not read; *reasoning*: no study.",
        "",
        "**Which way the model can answer.** For most of these laws the model holds ways in one direction alone: *helps*",
        "means that it can find help or nothing, and hardly harm, since little that could make the law harm is in it; *harms*",
        "the reverse; *either* both. Where only one direction can come out, that it does is no finding; its size is.",
        "",
        "| law | decided by | what it moves | how sure | which way it can answer | held against |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    ways = {"fewer": "helps", "more": "harms", "either": "either", "none": "–"}
    for law in policies().values():
        moves = "; ".join(map(_moves, law.effects)) or f"nothing itself; opens `{law.opens}`"
        held = ", ".join(f"`{key}`" for key in law.checks) or "no ratio of a study"
        parts.append(_row(f"[{law.name}](#{law.id}) `{law.id}`", law.who, moves, law.grade, ways[law.way], held))
    for law in policies().values():
        parts += ["", f"## {law.id}", "", f"**{law.name}.** {law.what}", "", *_law_lines(law)]
    return "\n".join(parts) + "\n"


def _law_lines(law: Policy) -> list[str]:
    from longview.evidence import load

    rows = load()
    lines = [f"- Moves {_moves(e)}: {e.source}." for e in law.effects]
    if law.opens:
        lines.append(f"- Opens `{law.opens}`: an option of the program may then move it.")
    for title, side in (("For", law.speaks_for), ("Against", law.speaks_against)):
        lines += [f"- {title}: {f.says} *{f'{f.study}; {f.how}' if f.study else f.how.capitalize()}.*" for f in side]
    lines.append(f"- Which way: {law.one_way}")
    lines.append(f"- Until it works: {law.delay}")
    lines.append(f"- Not seen: {law.blind}")
    lines.append("- Carried by " + ", ".join(f"`{key}` {rows[key].best:.3g}" for key in law.reads) + ".")
    figures = ", ".join(f"`{k}` {rows[k].best:.3g} ({rows[k].low:.3g} to {rows[k].high:.3g})" for k in law.checks)
    return [*lines, f"- Held against {figures or 'no ratio of a study'}. {law.held}"]


def _moves(effect: PolicyEffect) -> str:
    """`calling × 1.35 (1.2 to 1.5), over 12 months`."""
    sign = {"multiply": "×", "add": "+", "set": "="}[effect.op]
    size = f"{effect.value:g} ({effect.low:g} to {effect.high:g})" if effect.low < effect.high else f"{effect.value:g}"
    each = " for each person who uses drugs" if effect.per else ""
    ramp = f", over {effect.ramp_months:g} months" if effect.ramp_months else ""
    return f"`{effect.lever}` {sign} {size}{each}{ramp}"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


PAGES: Mapping[str, Callable[[], str]] = {
    "docs/commands.md": commands_page,
    "docs/records.md": records_page,
    "docs/evidence.md": evidence_page,
    "docs/policies.md": policies_page,
}


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

"""mappings.toml: how tables are read, kept beside a program's records so that the next month's file asks nothing.

Each table of it is one layout. `[sites]` and `[funds]` say, for all of them, what names in tables mean. What a person
wrote there (comments too) stays; what makes no sense is told by line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping as Table
from pathlib import Path
from typing import Any

from longview.gather.importers.dates import ORDERS
from longview.gather.importers.ledger_table import KINDS_KNOWN
from longview.gather.importers.mapping import SUM, TARGETS, Mapping, role_error
from longview.gather.text import read_text
from longview.program import Problem, say, shortened

FILE = "mappings.toml"
SHARED = ("sites", "funds")
_PARTS = ("columns", "names", "kinds", "given")
_WORDS = ("to", "months", "dates", "rows")
_HEAD = (
    "How tables are read. Change what is wrong, and import again: `not read` leaves a column out, `own: hats` keeps it\n"
    "as a measure of your own. Under [sites] and [funds] stand names of your tables, with the id that each means."
)


def remembered(folder: Path) -> tuple[list[Mapping], list[Problem]]:
    """The mappings of a program, and what is wrong with the file. No file: none.

    Args:
        folder: where Longview keeps what belongs to the program (`companion`).
    """
    text, document, problems = _document(folder)
    if document is None:
        return [], problems
    shared = {part: _pairs(document.get(part), part, text, problems) for part in SHARED}
    found = []
    for name, table in document.items():
        if name not in SHARED:
            mapping = _mapping(str(name), table, text, problems, shared)
            if mapping is not None:
                found.append(mapping)
    return found, problems


def said_of(folder: Path, part: str) -> dict[str, str]:
    """What [sites] or [funds] of mappings.toml say: name in a table → id; nothing where the file can't be read."""
    text, document, _ = _document(folder)
    return dict(_pairs(document.get(part), part, text, [])) if document else {}


def remember(mapping: Mapping, folder: Path) -> None:
    """Keep a mapping that a person confirmed: in place of the one of the same name, else as a new table.

    Raises:
        OSError: the folder can't be written to.
        ValueError: the file there can't be read; it is left as it is.
    """
    import tomlkit

    _, document, problems = _document(folder)
    if problems and document is None:
        raise ValueError(problems[0].expected)
    if document is None:
        document = tomlkit.document()
        for line in _HEAD.splitlines():
            document.add(tomlkit.comment(line))
    table = document.get(mapping.name)
    if table is None:
        table = document[mapping.name] = tomlkit.table()
        table = document[mapping.name]
    for key, value in zip(
        _WORDS, (mapping.to, "across" if mapping.across else "", mapping.dates, mapping.rows), strict=True
    ):
        _put(table, key, value)
    for part in _PARTS:
        _put_pairs(table, part, getattr(mapping, part))
    for part in SHARED:
        _put_pairs(document, part, getattr(mapping, part))
    _write(folder / FILE, tomlkit.dumps(document))


def _put(table: Any, key: str, value: str) -> None:
    if value and table.get(key) != value:
        table[key] = value
    elif not value and key in table:
        del table[key]


def _put_pairs(table: Any, part: str, pairs: tuple[tuple[str, str], ...]) -> None:
    import tomlkit

    if not pairs:
        return
    if part not in table:
        table[part] = tomlkit.table()
    for said, means in pairs:
        if table[part].get(said) != means:
            table[part][said] = means


def _write(path: Path, text: str) -> None:
    """All of it or nothing, whatever happens meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    with partial.open("w", encoding="utf-8", newline="\n") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(partial, path)


def _document(folder: Path) -> tuple[str, Any, list[Problem]]:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = folder / FILE
    if not path.exists():
        return "", None, []
    text, problems = read_text(path, FILE)
    if text is None:
        return "", None, problems
    try:
        return text, tomlkit.parse(text), problems
    except (TOMLKitError, ValueError, RecursionError) as error:
        line = getattr(error, "line", None)
        return text, None, [*problems, say("not-toml", file=FILE, row=line, why=shortened(str(error), 80))]


def _mapping(name: str, table: Any, text: str, problems: list[Problem], shared: dict[str, Any]) -> Mapping | None:
    before = len(problems)
    if not isinstance(table, Table):
        problems.append(_wrong(text, name, None, f"{name} is no table: write  [{name}]"))
        return None
    for key in table:
        if key not in (*_WORDS, *_PARTS):
            problems.append(
                _wrong(text, name, key, f"{key} means nothing here; known are {', '.join((*_WORDS, *_PARTS))}")
            )
    to = table.get("to")
    if to not in TARGETS:
        problems.append(_wrong(text, name, "to", f"to must be one of: {', '.join(TARGETS)}"))
        return None
    for key, known in (("dates", (*ORDERS, "")), ("rows", (SUM, "")), ("months", ("across", ""))):
        if table.get(key, "") not in known:
            problems.append(_wrong(text, name, key, f"{key} must be one of: {', '.join(filter(None, known))}"))
    parts: dict[str, Any] = {part: _pairs(table.get(part), f"{name}.{part}", text, problems) for part in _PARTS}
    for label, role in (*parts["columns"], *(parts["names"] if to == "services" else ())):
        if why := role_error(to, role):
            problems.append(_wrong(text, name, label, f"“{shortened(role, 30)}”: {why}"))
    for account, kind in parts["kinds"]:
        if kind not in KINDS_KNOWN:
            problems.append(
                _wrong(text, name, account, f"“{shortened(kind, 30)}”: write one of: {', '.join(KINDS_KNOWN)}")
            )
    if len(problems) > before:
        return None
    words: dict[str, Any] = {"dates": str(table.get("dates", "")), "rows": str(table.get("rows", ""))}
    return Mapping(to=str(to), across=table.get("months") == "across", name=name, **words, **parts, **shared)


def _pairs(table: Any, name: str, text: str, problems: list[Problem]) -> tuple[tuple[str, str], ...]:
    if table is None:
        return ()
    if not isinstance(table, Table):
        problems.append(_wrong(text, name, None, f"{name} is no table: write  [{name}]"))
        return ()
    found = []
    for said, means in table.items():
        if isinstance(means, str):
            found.append((str(said), str(means)))
        else:
            problems.append(_wrong(text, name.split(".")[0], str(said), "its meaning must stand in quotation marks"))
    return tuple(found)


def _wrong(text: str, name: str, key: str | None, why: str) -> Problem:
    """A problem at the line of a key in a table, as near as can be told."""
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if re.match(rf"\s*\[\s*\"?{re.escape(name)}\"?[\].]", line)), 0)
    at = start
    if key is not None:
        quoted = re.escape(key)
        pattern = re.compile(rf"\s*(?:\"{quoted}\"|'{quoted}'|{quoted})\s*=")
        at = next((at for at in range(start, len(lines)) if pattern.match(lines[at])), start)
    found = lines[at].strip() if lines else ""
    return say("mapping-line", file=FILE, row=at + 1, column=key, found=found, why=why)

"""Columns that look as if they told who somebody is (law 6): named to the person at the keyboard, and never copied.

By the words of the header, and by what stands below it: mail addresses, phone numbers, streets, days of birth, points
on a map, names, a code of its own in each row. A guess, on the safe side; no value of a cell leaves this module.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from longview.gather.importers.personal_cells import content_kind, points
from longview.gather.importers.personal_words import BESIDE, CODES, KINDS, OWNERS, PARTS, PREMISES, THINGS
from longview.gather.tables import letter

_SURE = ("mail", "phone", "security", "birth", "place")  # told by their cells whatever the header says


_BETWEEN = frozenset({"unique", "study", "hmis", "system", "internal", "our", "own"})


@dataclass(frozen=True, slots=True)
class _Kind:
    words: frozenset[str]
    alone: frozenset[str]
    beside: frozenset[str]
    phrases: frozenset[str]


def personal_columns(header: Sequence[str], sample: Sequence[Sequence[str]]) -> list[str]:
    """Names of the columns that look personal, in the order of the file; one without a name is "column D".

    Args:
        header: names of the columns as written.
        sample: some rows as text (a hundred are plenty; a few tell little); they may be shorter than the header.
    """
    rows = [[cell.strip() for cell in row] for row in sample]
    columns = [[row[at] for row in rows if at < len(row) and row[at]] for at in range(len(header))]
    on_map = points(columns)
    found = [
        name.strip() or f"column {letter(at)}"
        for at, name in enumerate(header)
        if header_kind(name) or at in on_map or _by_cells(name, content_kind(columns[at], at, rows))
    ]
    return list(dict.fromkeys(found))


def _by_cells(name: str, kind: str) -> bool:
    # The street of a site, the name of a fund, the number of an account are nobody's.
    nobodys = _set(PREMISES if kind == "address" else THINGS)
    return kind in _SURE or (kind != "" and not set(_words(name)) & nobodys)


def header_kind(name: str) -> str:
    """What a header says that its column tells: "name", "birth", "phone" …; "" where it says nothing of the kind."""
    words = _words(name)
    joined = "".join(words)
    for kind, known in _kinds().items():
        if " ".join(words) in known.phrases or joined in known.words or (len(words) == 1 and joined in known.alone):
            return kind
        rest = [word for word in words if word not in known.words]
        if kind == "name" and set(rest) & (_set(THINGS) | _set(PARTS)):
            continue
        if len(rest) < len(words) and all(word in _set(BESIDE) or word in known.beside for word in rest):
            return kind
    return "number" if _is_code(words) else ""


def _is_code(words: list[str]) -> bool:
    """Whether it is somebody's code: "participant id", "incident no"; but "number of participants" is a count."""
    owners, codes = _set(OWNERS), _set(CODES)
    if len(words) > 1 and words[0] in ("id", "code", "identifier") and words[-1] in owners:
        return True
    after = [word for at, word in enumerate(words) if any(w in owners for w in words[:at]) and word not in owners]
    return bool(after) and after[-1] in codes and all(word in codes | _BETWEEN for word in after)


def _words(name: str) -> list[str]:
    """A header's words in small letters without accents; "firstName" is two."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name.strip()[:200])
    plain = "".join(c for c in unicodedata.normalize("NFKD", parted) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+|#", plain.casefold().replace("ø", "o").replace("ł", "l").replace("'s", ""))


@cache
def _set(words: str) -> frozenset[str]:
    """Words of a table, as those of a header come out."""
    return frozenset("".join(_words(word)) for word in words.split())


@cache
def _kinds() -> dict[str, _Kind]:
    return {
        name: _Kind(
            _set(kind.words),
            _set(kind.alone),
            _set(kind.beside),
            frozenset(" ".join(_words(phrase)) for phrase in kind.phrases.split(";")) - {""},
        )
        for name, kind in KINDS.items()
    }

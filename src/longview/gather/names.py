"""Short names (ids): made from names, found again by id or by name, and guessed at when misspelled."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Names:
    """What one kind of reference may point to.

    Args:
        kind: where it was looked for, in words ("funds.csv", "the list of items").
        ids: id → its name in words ("" if it has none).
        complete: False where the file that makes these ids could not be read: then nothing is called unknown.
    """

    def __init__(self, kind: str, ids: Mapping[str, str], *, complete: bool = True) -> None:
        self.kind = kind
        self.ids = dict(ids)
        self.complete = complete
        self._by_name: dict[str, list[str]] = {}
        for id_, name in self.ids.items():
            if name:
                self._by_name.setdefault(name.casefold(), []).append(id_)

    def find(self, text: str) -> str | None:
        """The id meant by an id, or by a name that only one has; None where nothing is."""
        if text in self.ids:
            return text
        named = self._by_name.get(text.casefold(), [])
        if len(named) == 1:
            return named[0]
        if text.lower() in self.ids:
            return text.lower()
        return None if self.complete else text

    def hint(self, text: str) -> str:
        """What to type instead of something unknown."""
        closest = near(text, [*self.ids, *(name for name in self.ids.values() if name)])
        if closest:
            return f"write {self.find(closest) or closest}"
        if not self.ids:
            return f"clear it, or add it to {self.kind}"
        known = ", ".join(list(self.ids)[:12]) + (" …" if len(self.ids) > 12 else "")
        return f"write one of: {known}"


def near(text: str, known: Iterable[str]) -> str | None:
    """The closest of the known words; None where none is close."""
    folded: dict[str, str] = {}
    for word in known:
        folded.setdefault(word.casefold(), word)
    close = difflib.get_close_matches(text.casefold()[:100], list(folded), n=1, cutoff=0.7)
    return folded[close[0]] if close else None


def is_id(text: str) -> bool:
    """Whether a text may be an id: small letters a-z, digits, hyphens."""
    return _ID.fullmatch(text) is not None


def slug(text: str) -> str:
    """A text as an id; "" where no letter of it is Latin."""
    latin = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", latin))[:60].strip("-")


def made_ids(given: list[tuple[str, str]], otherwise: str) -> list[str]:
    """An id for each row: the one given, else one made from its words, told apart by a number where two would be alike.

    Args:
        given: a row's (id, words that it is made from).
        otherwise: what an id begins with where its words have no Latin letter.
    """
    taken = {id_ for id_, _ in given if id_}
    ids = []
    for id_, words in given:
        if not id_:
            stem = slug(words) or otherwise
            id_, n = stem, 1
            while id_ in taken:
                n += 1
                id_ = f"{stem}-{n}"
            taken.add(id_)
        ids.append(id_)
    return ids

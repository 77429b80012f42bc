"""Where each figure of a new program is from, noted while it is worked out."""

from __future__ import annotations


class Sources:
    """Sources by place. A figure of which nothing is noted is our own example.

    Args:
        otherwise: what is said of those.
    """

    def __init__(self, otherwise: str) -> None:
        self._otherwise = otherwise
        self._said: dict[tuple[str, str, str], str] = {}
        self._answered: set[tuple[str, str, str]] = set()

    def note(self, sheet: str, row: str, source: str, *columns: str, answered: bool = False) -> None:
        """Say where figures of a row are from ("": our example), or that an answer gave them."""
        for column in columns:
            place = (sheet, row, column)
            if answered:
                self._answered.add(place)
            elif source:
                self._said[place] = source

    def fact(self, name: str, source: str, *, answered: bool = False) -> None:
        """The same of a fact of the program."""
        self.note("program", name, source, name, answered=answered)

    def of(self, sheet: str, row: str, column: str) -> str:
        """Where a figure is from; "" where it was an answer."""
        place = (sheet, row, column)
        return "" if place in self._answered else self._said.get(place, self._otherwise)

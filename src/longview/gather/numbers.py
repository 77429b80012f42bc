"""Numbers as people type them: `1,204`, `$1 204.50`, `12,5` in a semicolon file, `(300)`, `22%`, `1,2O4`."""

from __future__ import annotations

import re
from typing import Any

_GROUPS = " \u00a0\u202f'’"
_PLAIN = re.compile(r"-?\d{1,60}(\.\d{1,60})?([eE][+-]?\d{1,3})?|-?\.\d{1,60}")
_BY_COMMA = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_BY_POINT = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_MONEY_SIGNS = re.compile(r"^(?P<minus>-?)\s*(?:[$€£¥]|[A-Z]{3}\s)\s*|\s*(?:[$€£¥]|\s[A-Z]{3})$")
_LOOKALIKES = str.maketrans("OolI|", "00111")


class CellError(ValueError):
    """A cell that can't be read: `code` of its sentence in `messages`, and what fills it."""

    def __init__(self, code: str, **parts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.parts = parts


def plain(text: str, *, decimal_comma: bool, example: str) -> str:
    """The number that a cell means, as digits with a point.

    Args:
        text: what the cell says, without space around it.
        decimal_comma: whether the file's cells are parted by semicolons, as where a comma marks decimals.
        example: what a right cell looks like, for the message.

    Raises:
        CellError: it is no number, or may be one of two.
    """
    bare = _bare(text)
    if decimal_comma:
        # 1.204 is a thousand and more in half of the world, and a little over one in the other half.
        if re.fullmatch(r"-?[1-9]\d{0,2}[.,]\d{3}", bare):
            raise _ambiguous(bare)
        if _BY_POINT.fullmatch(bare) or _DECIMAL_COMMA.fullmatch(bare):
            return bare.replace(".", "").replace(",", ".")
    if _PLAIN.fullmatch(bare):
        return bare
    if _BY_COMMA.fullmatch(bare):
        return bare.replace(",", "")
    if _DECIMAL_COMMA.fullmatch(bare):
        raise _ambiguous(bare)
    mended = bare.translate(_LOOKALIKES)
    if mended != bare and any(c.isdigit() for c in bare):
        try:
            instead = plain(mended, decimal_comma=decimal_comma, example=example)
        except CellError as error:
            if error.code.startswith("ambiguous"):
                raise
        else:
            raise CellError("letter-o", instead=instead)
    raise CellError("not-a-number", example=example)


def _bare(text: str) -> str:
    bare = _MONEY_SIGNS.sub(lambda m: m["minus"] or "", text.replace("−", "-")).strip()
    if bare.startswith("(") and bare.endswith(")"):  # as ledgers write what is less than nothing
        bare = "-" + _MONEY_SIGNS.sub("", bare[1:-1]).strip()
    grouped = re.fullmatch(rf"-?[1-9]\d{{0,2}}([{_GROUPS}]\d{{3}})+([.,]\d+)?", bare)
    return re.sub(f"[{_GROUPS}]", "", bare) if grouped else bare


def _ambiguous(bare: str) -> CellError:
    mark = "," if "," in bare else "."
    return CellError("ambiguous-number", a=bare.replace(mark, ""), b=bare.replace(mark, "."))

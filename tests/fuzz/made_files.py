"""Files of each kind as they should be, and a writer of workbooks that can write what Excel never would.

The writer puts the XML together by hand, so that a formula may lack its value, a date may stand in either calendar, and
an archive may lie about its size.
"""

from __future__ import annotations

import csv
import io
import random
import re
import tomllib
import zipfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

FILES = Path(__file__).resolve().parents[1] / "files"
WHOLE = FILES / "whole"

Grid = list[list[str]]

STYLES = """<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>
<fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="10"/><xf numFmtId="17"/></cellXfs>
</styleSheet>"""
GENERAL, DAY, CLOCK, PERCENT, MON_YY = range(5)


@dataclass(slots=True)
class Cell:
    """A cell of a workbook: its kind ("text", "inline", "number", "bool", "error", "formula"), what stands in it, its style."""

    kind: str
    value: str = ""
    style: int = GENERAL
    formula: str = ""


@dataclass(slots=True)
class MadeSheet:
    """A sheet: its rows, and what is hidden or merged in it."""

    name: str
    rows: list[list[Cell | None]]
    state: str = "visible"
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Book:
    """A workbook, and how its XML is to be written.

    Attributes:
        mac: days count from 1904. bare: cells and rows without their places. prefix: each tag in a named space.
        blank_rows: rows left free above every sheet. single: attributes in single quotation marks.
    """

    sheets: list[MadeSheet]
    mac: bool = False
    bare: bool = False
    prefix: str = ""
    single: bool = False
    blank_rows: int = 0
    blank_columns: int = 0
    broken: dict[str, bytes] = field(default_factory=dict)

    def sheet(self, name: str) -> MadeSheet:
        """The sheet of that name."""
        return next(one for one in self.sheets if one.name == name)


def program_grids() -> dict[str, Grid]:
    """The files of a program without a fault, as rows of cells; program.toml as the rows of a sheet of facts."""
    grids = {path.stem: rows_of(path.read_text(encoding="utf-8")) for path in sorted(WHOLE.glob("*.csv"))}
    facts = tomllib.loads((WHOLE / "program.toml").read_text(encoding="utf-8"))
    rows = [["fact", "value", "low", "high", "area", "what it is", "for example"]]
    for key, value in facts.items():
        if key == "people":
            rows.append([key, *(f"{value[end]:g}" for end in ("best", "low", "high")), "", "who they are", "900"])
        elif key == "area_shares":
            rows += [[key, f"{share:g}", "", "", area, "", ""] for area, share in value.items()]
        else:
            said = ("yes" if value else "no") if isinstance(value, bool) else str(value)
            rows.append([key, said, "", "", "", "", ""])
    return {"program": rows, **grids}


def rows_of(text: str, delimiter: str = ",") -> Grid:
    """A text's rows."""
    csv.field_size_limit(1 << 30)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def text_of(rows: Grid, delimiter: str = ",", end: str = "\n", *, quoted: bool = False) -> str:
    """Rows as a text."""
    out = io.StringIO(newline="")
    how = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=how).writerows(rows)
    return out.getvalue()


def cell_of(text: str, rng: random.Random, *, mac: bool = False) -> Cell | None:
    """A text as the cell that Excel would make of it when it is typed in."""
    if not text:
        return None
    if re.fullmatch(r"-?(0|[1-9]\d{0,14})(\.\d{1,9})?", text):
        return Cell("number", text)
    start = date(1904, 1, 1) if mac else date(1899, 12, 30)
    if re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])", text) and rng.random() < 0.7:
        return Cell("number", str((date.fromisoformat(text) - start).days), DAY)
    if re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", text) and rng.random() < 0.5:
        return Cell("number", str((date.fromisoformat(text + "-01") - start).days), MON_YY)
    if found := re.fullmatch(r"(\d\d):(\d\d)", text):
        return Cell("number", repr((int(found[1]) * 60 + int(found[2])) / 1440), CLOCK)
    return Cell(rng.choice(["text", "text", "inline"]), text)


def sheet_of(name: str, rows: Grid, rng: random.Random, *, mac: bool = False) -> MadeSheet:
    """Rows as a sheet."""
    return MadeSheet(name, [[cell_of(text, rng, mac=mac) for text in row] for row in rows])


def program_book(rng: random.Random, *, mac: bool = False) -> Book:
    """A program without a fault as a workbook."""
    return Book([sheet_of(name, rows, rng, mac=mac) for name, rows in program_grids().items()], mac=mac)


def letters(place: int) -> str:
    """0 is A, 26 is AA."""
    said = ""
    while place >= 0:
        said = chr(65 + place % 26) + said
        place = place // 26 - 1
    return said


def book_bytes(book: Book) -> bytes:
    """The workbook as Excel's archive."""
    strings: dict[str, int] = {}
    sheets = [_sheet_xml(book, sheet, strings) for sheet in book.sheets]
    names = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" state="{sheet.state}" r:id="rId{n}"/>'
        for n, sheet in enumerate(book.sheets, start=1)
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kinds}.worksheet+xml"/>'
            for n in range(1, len(sheets) + 1)
        )
        + f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><workbookPr date1904="{int(book.mac)}"/>'
        f"<sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'{links}<Relationship Id="rIdS" Type="{office}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rIdT" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets, start=1)},
        "xl/sharedStrings.xml": f"<sst {main}>" + "".join(f"<si>{_t(text)}</si>" for text in strings) + "</sst>",
    }
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            data = book.broken.get(name, text.encode("utf-8", errors="surrogatepass"))
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return raw.getvalue()


def _t(text: str) -> str:
    safe = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    safe = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\r]", lambda found: f"_x{ord(found[0]):04X}_", safe)
    return f'<t xml:space="preserve">{escape(safe)}</t>'


def _sheet_xml(book: Book, sheet: MadeSheet, strings: dict[str, int]) -> str:
    down, right = book.blank_rows, book.blank_columns
    rows = []
    for number, cells in enumerate(sheet.rows, start=1 + down):
        place = "" if book.bare else f' r="{number}"'
        hidden = ' hidden="1"' if number - down in sheet.hidden_rows else ""
        inside = []
        for at, cell in enumerate(cells):
            if cell is not None:
                inside.append(_cell_xml(cell, "" if book.bare else f' r="{letters(at + right)}{number}"', strings))
            elif book.bare:
                inside.append("<c/>")
        rows.append(f"<row{place}{hidden}>{''.join(inside)}</row>")
    columns = "".join(
        f'<col min="{at + 1}" max="{at + 1}" width="9" hidden="1"/>' for at in sorted(sheet.hidden_columns)
    )
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in sheet.merged)
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{''.join(rows)}</sheetData>"
        + (f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else "")
        + "</worksheet>"
    )
    if book.prefix:
        xml = re.sub(r"<(/?)(?=[a-zA-Z])", rf"<\1{book.prefix}:", xml).replace("xmlns=", f"xmlns:{book.prefix}=")
    if book.single:
        xml = re.sub(r"(<\w[^>]*>)", lambda found: found[1].replace('"', "'"), xml)
    return xml


def _cell_xml(cell: Cell, place: str, strings: dict[str, int]) -> str:
    style = f' s="{cell.style}"' if cell.style else ""
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    if cell.kind == "inline":
        return f'<c{place}{style} t="inlineStr"><is>{_t(cell.value)}</is></c>'
    if cell.kind == "text":
        return f'<c{place}{style} t="s"><v>{strings.setdefault(cell.value, len(strings))}</v></c>'
    if cell.kind == "never":  # a formula that was never worked out
        return f"<c{place}{style}>{formula}{cell.value}</c>"
    kind = {"error": ' t="e"', "bool": ' t="b"', "words": ' t="str"'}.get(cell.kind, "")
    return f"<c{place}{style}{kind}>{formula}<v>{escape(cell.value)}</v></c>"

"""The page's tree written as Typst: blocks in their order, each by the name that the style on paper gives it."""

from __future__ import annotations

from longview.report.paper import tables
from longview.report.paper.drawings import placed, quoted, sized
from longview.report.paper.style import Style
from longview.report.paper.tree import Node, in_one_space
from longview.report.paper.words import Line, is_inline

LEFT_OUT = frozenset({"nav", "style", "script"})  # what is for screens alone
HEADS = {"h1": 1, "h2": 2, "h3": 3}
PARAGRAPHS = {"kick": "kick", "made": "made", "ans": "answer", "read": "reads"}  # class → what it is called on paper
DIVISIONS = {"gives": "gives", "do": "todo"}
GROUPING = frozenset({"div", "header", "main", "figure", "figcaption", "footer", "span"})
SHORT, BRIEF = 9, 1100  # a table of so many rows, and letters, is not torn apart
COLUMNS = 3  # of notes below a figure


class Setter:
    """Writes a page as Typst.

    Attributes:
        unknown: elements that are no part of the set of marks: their words are set as they come.
    """

    def __init__(self, page: Node, style: Style) -> None:
        self.page = page
        self.style = style
        self.unknown: set[str] = set()
        self.level = 0  # of the last heading
        self.running = True  # whether this is running text, which has a width of its own
        self.beside = ""  # what stands before small words that follow others
        wanted = {a.attrs.get("href", "")[1:] for a in page.all("a")}
        self.targets = frozenset(n.attrs["id"] for n in page.all() if n.attrs.get("id") in wanted)
        self.marked: set[str] = set()

    def set(self) -> str:
        """The whole page."""
        body = self.page.first("body")
        if body is None:
            return ""
        first, head = body.first("section"), body.first("header")
        if first is not None and head is not None:  # what stands above the answer belongs on its page
            first.holds.insert(0, head)
            body.holds.remove(head)
        foot = body.first("footer")
        if first is not None and foot is not None and len(list(body.all("section"))) == 1:  # a page of one side
            first.holds.append(foot)
            body.holds.remove(foot)
        return self.blocks(body.holds)

    def blocks(self, parts: list[Node | str]) -> str:
        """What stands one below another; words between blocks become paragraphs."""
        out: list[str] = []
        line: list[Node | str] = []

        def close() -> None:
            words = self.words(line)
            if words:
                out.append(self._running(f"#par[{words}]"))
            line.clear()

        for part in parts:
            if is_inline(part) and not self._screen_only(part):
                line.append(part)
            elif isinstance(part, Node):
                close()
                out.append(self._block(part))
        close()
        return "".join(out)

    def words(self, parts: list[Node | str]) -> str:
        """What stands within a line."""
        return str(Line(self.targets, self.beside).take(parts))

    def inside(self, node: Node) -> str:
        """What a cell or an item holds: words alone where there is no block in it."""
        if all(is_inline(part) for part in node.holds):
            return self.words(node.holds)
        return self._beside(node.holds)

    def _running(self, written: str) -> str:
        return f"#prose[{written}]\n" if self.running else written + "\n"

    def _beside(self, parts: list[Node | str]) -> str:
        """Blocks that are no running text: beside a picture, in a cell, in a note."""
        kept, self.running = self.running, False
        written = self.blocks(parts)
        self.running = kept
        return written

    @staticmethod
    def _screen_only(part: Node | str) -> bool:
        return isinstance(part, Node) and bool({"skip", "vh", "narrow"} & part.classes)

    def _block(self, node: Node) -> str:
        if node.tag in LEFT_OUT or self._screen_only(node):
            return ""
        write = {
            "p": self._paragraph, "h1": self._heading, "h2": self._heading, "h3": self._heading, "ul": self._list,
            "ol": self._list, "table": self._table, "svg": self._drawing, "aside": self._aside, "section": self._section,
            "details": self._details,
        }.get(node.tag)  # fmt: skip
        if write is not None:
            return self._mark(node) + write(node)
        if node.tag not in GROUPING:
            self.unknown.add(node.tag)
        return self._mark(node) + self._group(node)

    def _mark(self, node: Node) -> str:
        name = node.attrs.get("id", "")
        if node.tag == "section" or name not in self.targets or name in self.marked:
            return ""
        self.marked.add(name)
        return f"#metadata(none)#label({quoted(name)})\n"

    def _group(self, node: Node) -> str:
        if "tens" in node.classes:
            return self._tens(node)
        if node.tag == "figcaption":
            return "".join(self._told(part) for part in node.nodes)
        if node.tag == "footer":
            return f"#rule()\n#closing[{self._beside(node.holds)}]\n"
        inner = self.blocks(node.holds)
        if not inner.strip():
            return ""
        name = next((DIVISIONS[c] for c in sorted(node.classes) if c in DIVISIONS), "")
        return f"#{name}[{inner}]\n" if name else inner

    def _paragraph(self, node: Node) -> str:
        words = self.words(node.holds)
        if not words:
            return ""
        name = next((PARAGRAPHS[c] for c in sorted(node.classes) if c in PARAGRAPHS), "")
        return f"#{name}[{words}]\n" if name else self._running(f"#par[{words}]")

    def _told(self, node: Node) -> str:
        """What stands above a picture: the finding, and in a line below it what is shown."""
        return f"#told[{self.words(node.holds)}]\n" if node.tag == "p" else self._block(node)

    def _heading(self, node: Node) -> str:
        self.level = HEADS[node.tag]
        lines = [part for part in node.holds if isinstance(part, Node) or part.strip()]
        if node.tag == "h1" and all(isinstance(part, Node) and part.tag == "span" for part in lines):
            words = "#linebreak()".join(self.words([part]) for part in lines)
        else:
            words = self.words(node.holds)
        if "ft" in node.classes:
            return f"#finding({self.level})[{words}]\n"
        return f"#heading(level: {self.level})[{words}]\n"

    def _list(self, node: Node) -> str:
        items = [part for part in node.nodes if part.tag == "li"]
        if node.tag == "ul":
            return self._running("#list(" + ", ".join(f"[{self._mark(li)}{self.inside(li)}]" for li in items) + ")")
        number = int(node.attrs.get("start", "1"))
        said = []
        for li in items:
            number = int(li.attrs.get("value", number))
            said.append(f"enum.item({number})[{self._mark(li)}{self.inside(li)}]")
            number += 1
        return "#enum(" + ", ".join(said) + ")\n"

    def _section(self, node: Node) -> str:
        inner = (self._mark_here(node)) + self.blocks(node.holds)
        name = node.attrs.get("id", "")
        if name == "answer" or "sheet" in node.classes:
            return f"#pagebreak(weak: true)\n#one-page[{inner}]\n#pagebreak(weak: true)\n"
        return f"#part[{inner}]\n"

    def _mark_here(self, node: Node) -> str:
        name = node.attrs.get("id", "")
        if name not in self.targets or name in self.marked:
            return ""
        self.marked.add(name)
        return f"#metadata(none)#label({quoted(name)})\n"

    def _aside(self, node: Node) -> str:
        return f"#know[{self._beside(node.holds)}]\n"

    def _details(self, node: Node) -> str:
        """A fold: open on paper, its head a heading one step below the last. Of a `fold`, what it holds has its own head."""
        out = []
        for part in node.holds:
            if isinstance(part, Node) and part.tag == "summary":
                if "fold" in node.classes:
                    continue
                out.append(f"#notes-head({min(self.level + 1, 4)})[{self.words(part.holds)}]\n")
            elif isinstance(part, Node) and part.tag == "ol":
                out.append(self._notes(part))
            else:
                out.append(self.blocks([part]))
        return "".join(out)

    def _notes(self, node: Node) -> str:
        """Notes in small columns, read down and then across; each column holds about as much as the others."""
        items = [part for part in node.nodes if part.tag == "li"]
        columns = min(COLUMNS, len(items))
        if columns < 2:
            return self._list(node)
        whole = sum(len(li.text) for li in items)
        kept: list[list[Node]] = [[] for _ in range(columns)]
        before = 0
        for at, li in enumerate(items):
            middle = (before + len(li.text) / 2) / max(whole, 1)
            column = min(int(middle * columns), columns - 1)
            kept[column].append(Node("li", {"value": str(at + 1)} | li.attrs, li.holds))
            before += len(li.text)
        lists = [self._list(Node("ol", {}, list(part))) for part in kept if part]
        return "#notes(" + ", ".join(f"[{one}]" for one in lists) + ")\n"

    def _tens(self, node: Node) -> str:
        drawing = node.first("svg")
        rest = [part for part in node.holds if part is not drawing]
        return f"#pair([{self._drawing(drawing) if drawing else ''}], [{self._beside(rest)}])\n"

    def _drawing(self, node: Node) -> str:
        if "viewbox" not in node.attrs:  # stretched across the page, and hidden from readers: its words stand beside it
            return f"#strip({quoted(placed(node, self.style, tables.WIDTH))})\n"
        name = "chart" if "wide" in node.classes else "picture"
        return f"#{name}({quoted(sized(node, self.style))}, {quoted(node.attrs.get('aria-label', ''))})\n"

    def _table(self, node: Node) -> str:
        written = tables.table(node, self.style, self._cell)
        many = sum(1 for _ in node.all("tr"))
        short = many <= SHORT and len(in_one_space(node.text)) <= BRIEF
        return f"#together[{written}]\n" if short or "dots" in node.classes else written

    def _cell(self, node: Node) -> str:
        """What a cell holds. Small words stand below a row's head, and beside a figure."""
        self.beside = "#linebreak()" if node.tag == "th" else "#h(0.4em)"
        written = self.inside(node)
        self.beside = ""
        return written

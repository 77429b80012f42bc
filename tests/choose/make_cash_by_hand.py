"""Lays out `cash_by_hand.xlsx`: two years of the small example's money, worked out by a spreadsheet's own formulas.

What the program's files say is typed below, as a bookkeeper would copy it. Which fund pays which item in which month is a
decision, not a computation: it is typed from the product's table. Everything else is a formula, written from what the
records mean, and worked out by LibreOffice, whose values stay in the file. Nothing is computed here.

python tests/choose/make_cash_by_hand.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

HERE = Path(__file__).parent
BOOK = HERE / "cash_by_hand.xlsx"
EXAMPLE = HERE.parents[1] / "src" / "longview" / "examples" / "small-rural.xlsx"
MONTHS = 24
FIRST = 3  # column of the first month

FACTS = {  # name → value, note
    "free_cash": (16500, "program: free cash"),
    "reserve": (2000, "program: reserve"),
    "growth": (0.03, "evidence: prices rise by this a year; 2025 is not in the price index, so it begins at 1"),
    "raise": (0, "program: own pay rises by this each January"),
    "gift_ends": (0.2, "evidence: a gift that says nothing ends, as a government's grant, with 1 - 0.8 a year"),
    "gift_until": (5, "supplies: naloxone is promised until June 2025, the sixth month"),
}
POSTS = {"coordinator": (1, 30, 18.5, 0.1), "peer": (1, 12, 15.5, 0.1)}  # people, hours a week, an hour, benefits
COSTS = {  # item → amount a month
    "insurance": 165, "vehicle": 120, "fuel": 170, "phones": 70, "bookkeeping": 110, "sharps-disposal": 60,
}  # fmt: skip
SUPPLIES = {  # item → units a month (None: the mean of what services counted), price a unit, given a month
    "naloxone": (None, 25, 35), "syringes": (None, 0.1, 0), "other-supplies": (60, 1.2, 0), "wound-care": (8, 6, 0),
}  # fmt: skip
COUNTED = {  # services of 2024, January to December; None: not counted
    "naloxone": (46, None, None, 44, 53, 53, 37, 45, 31, 35, 40, 45),
    "syringes": (2346, None, None, 2360, 2287, 2329, 2272, 2339, None, 2300, 2256, 2303),
}
STATE = {
    "amount": 40000,
    "received": 20000,
    "age": 6,
    "length": 12,
    "every": 3,
    "renews": 0.92,
    "fee": 0,
    "overhead": 0,
}
COUNTY = {"amount": 14000, "received": 7000, "age": 6, "length": 12, "every": 6, "renews": 0.92, "fee": 0, "overhead": 0,
          "opening": 2400}  # fmt: skip
RECEIVABLE, DUE = 9870, 1  # the state's, due in February 2025, the second month
GIFTS = 6000  # a year, in equal parts each month


class Sheet:
    """Rows by key; a formula may name other rows as {key}, the same month, or {key-}, the month before."""

    def __init__(self, sheet, facts):
        self.sheet, self.facts, self.rows = sheet, facts, {}

    def row(self, key, note, cells, first=None):
        """One row: `cells` is a formula for each month, `first` another for the first month, or typed values."""
        number = self.sheet.max_row + 1
        self.rows[key] = number
        self.sheet.cell(number, 1, key)
        self.sheet.cell(number, 2, note)
        for t in range(MONTHS):
            cell = self.sheet.cell(number, FIRST + t)
            if isinstance(cells, str):
                cell.value = self._filled(first if t == 0 and first is not None else cells, t)
            else:
                cell.value = cells[t]
            cell.number_format = "0.00" if key not in ("t", "state:chance", "county:chance", "level") else "0.000000"

    def _filled(self, formula, t):
        here, before = get_column_letter(FIRST + t), get_column_letter(max(FIRST, FIRST + t - 1))
        names = {key: f"{here}{number}" for key, number in self.rows.items()}
        names |= {f"{key}-": f"{before}{number}" for key, number in self.rows.items()}
        names |= {f"{key}-3": self._last_three(number, t) for key, number in self.rows.items()}
        names |= {f"${key}": place for key, place in self.facts.items()}
        for name in sorted(names, key=len, reverse=True):
            formula = formula.replace("{" + name + "}", names[name])
        assert "{" not in formula, formula
        return "=" + formula

    def _last_three(self, number, t):
        """The three months before this one, as far as they lie within the book."""
        if t == 0:
            return "0"
        return f"{get_column_letter(max(FIRST, FIRST + t - 3))}{number}:{get_column_letter(FIRST + t - 1)}{number}"


def typed(book):
    """The sheet of what was typed; name → its cell."""
    sheet, places = book.create_sheet("records"), {}
    sheet.append(["what is typed", "value", "from"])

    def put(name, value, note=""):
        sheet.append([name, value, note])
        places[name] = f"records!$B${sheet.max_row}"

    for name, (value, note) in FACTS.items():
        put(name, value, note)
    for name, values in POSTS.items():
        for what, value in zip(("people", "hours", "rate", "benefits"), values, strict=True):
            put(f"{name}.{what}", value, "staff")
    for item, amount in COSTS.items():
        put(f"{item}.amount", amount, "costs: a month, in prices of 2024")
    for item, counts in COUNTED.items():
        sheet.append([f"{item} counted", *counts])
        places[f"{item}.counts"] = f"records!$B${sheet.max_row}:$M${sheet.max_row}"
    for item, (units, price, given) in SUPPLIES.items():
        put(
            f"{item}.units",
            f"=AVERAGE({places[f'{item}.counts']})" if units is None else units,
            "supplies, or services",
        )
        put(f"{item}.price", price, "supplies")
        put(f"{item}.given", given, "supplies: given a month")
    for fund, facts in (("state", STATE), ("county", COUNTY)):
        for what, value in facts.items():
            put(f"{fund}.{what}", value, "funds")
    put("state.receivable", RECEIVABLE, "money: the claim of October to December")
    put("state.due", DUE, "money: due in February, the second month")
    put("gifts.amount", GIFTS, "funds: a year")
    sheet.column_dimensions["A"].width = sheet.column_dimensions["C"].width = 24
    return places


def bills(s):
    """What falls due: each line rounded to the cent, an item the sum of its lines."""
    s.row("t", "months since January 2025", "{t-}+1", "0")
    s.row("level", "prices over those of 2024", "(1+{$growth})^({t}/12)")
    s.row("pay", "own pay over today's: Januaries passed", "(1+{$raise})^INT({t}/12)")
    for post in POSTS:
        pay = "*".join(f"{{${post}.{what}}}" for what in ("people", "hours", "rate"))
        s.row(f"post:{post}", "hours x 52 weeks / 12 x rate x (1 + benefits)",
              f"ROUND({pay}*52/12*(1+{{${post}.benefits}})*{{pay}},2)")  # fmt: skip
    s.row("bills:wages", "", "+".join(f"{{post:{post}}}" for post in POSTS))
    for item in COSTS:
        s.row(f"bills:{item}", "", f"ROUND({{${item}.amount}}*{{level}},2)")
    for item, (_, _, given) in SUPPLIES.items():
        free = f"{{${item}.given}}*(1-{{$gift_ends}})^(MAX(0,{{t}}-{{$gift_until}})/12)" if given else "0"
        s.row(f"bills:{item}", "units, less what is expected to be given, at today's prices",
              f"ROUND(MAX(0,{{${item}.units}}-{free})*{{${item}.price}}*{{level}},2)")  # fmt: skip


def fund(s, name, items, charges):
    """What a fund pays, as it was decided, and what follows for its money whether it pays ahead or after."""
    for item in items:
        s.row(f"{name}:{item}", "typed: decided", charges[item])
    every = "+".join(f"{{{name}:{item}}}" for item in items)
    s.row(
        f"{name}:chance",
        "of being there: each renewal's",
        "{$N.renews}^(INT(({t}+{$N.age})/{$N.length})-INT({$N.age}/{$N.length}))".replace("$N", f"${name}"),
    )
    s.row(f"{name}:overhead", "", f"ROUND(({every})*{{${name}.overhead}},2)")
    s.row(f"{name}:whole", "bills paid with overhead, if it is there", f"{every}+{{{name}:overhead}}")
    s.row(
        f"{name}:ends",
        "bills that end with it, at the chance that it is not",
        f"ROUND((1-{{{name}:chance}})*{{{name}:whole}},2)",
    )
    s.row(f"{name}:charged", "", f"{{{name}:whole}}-{{{name}:ends}}")


def state(s):
    """Pays after the fact: a quarter is claimed at its end and paid a month later; unspent awards lapse with the term."""
    s.row(
        "state:arrives",
        "a new term's award",
        "IF(MOD({t}+{$state.age},{$state.length})=0,ROUND({state:chance}*{$state.amount},2),0)",
        "0",
    )
    s.rows["state:closing"] = s.sheet.max_row + 3
    s.row(
        "state:before",
        "award left before any lapses",
        "{state:closing-}+{state:arrives}-{state:charged}",
        "{$state.amount}-{$state.received}+{state:arrives}-{state:charged}",
    )
    s.row("state:returned", "in a term's last month", "IF(MOD({t}+{$state.age}+1,{$state.length})=0,{state:before},0)")
    s.row("state:closing", "award left", "{state:before}-{state:returned}")
    s.row(
        "state:paid",
        "the quarter before, and the old claim",
        "IF(MOD({t}+{$state.age},{$state.every})=0,SUM({state:whole-3}),0)+IF({t}={$state.due},{$state.receivable},0)",
    )
    s.row("state:fee", "", "ROUND({state:paid}*{$state.fee},2)")
    s.rows["state:owed"] = s.sheet.max_row + 1
    s.row(
        "state:owed",
        "claims not yet paid",
        "{state:owed-}+{state:whole}-{state:paid}",
        "{$state.receivable}+{state:whole}-{state:paid}",
    )


def county(s):
    """Pays ahead, each half year; what is unspent stays."""
    part = "{$county.amount}*{$county.every}/{$county.length}"
    s.rows["county:left"], s.rows["county:part"] = s.sheet.max_row + 1, s.sheet.max_row + 2
    s.row(
        "county:left",
        "award not yet paid out, if it is there",
        "IF(MOD({t}+{$county.age},{$county.length})=0,{$county.amount},{county:left-}-{county:part-})",
        "{$county.amount}-{$county.received}",
    )
    s.row(
        "county:part",
        "paid out now, if it is there",
        f"IF(MOD({{t}}+{{$county.age}},{{$county.every}})=0,MIN({part},{{county:left}}),0)",
    )
    s.row("county:arrives", "", "ROUND({county:chance}*{county:part}*(1-{$county.fee}),2)")
    s.rows["county:closing"] = s.sheet.max_row + 1
    s.row(
        "county:closing",
        "restricted cash",
        "{county:closing-}+{county:arrives}-{county:charged}",
        "{$county.opening}+{county:arrives}-{county:charged}",
    )


def free(s, items):
    """Free cash: what no fund pays, what is paid first, what comes."""
    for item in items:
        s.row(f"from_free:{item}", "", f"{{bills:{item}}}-{{state:{item}}}-{{county:{item}}}")
    s.row("first_paid", "paid first, claimed later", "+".join(f"{{state:{item}}}" for item in items))
    s.row("came:own:gifts", "", "ROUND({$gifts.amount}/12,2)")
    s.row("came:claims:state", "", "{state:paid}-{state:fee}")
    out = "-".join(f"{{from_free:{item}}}" for item in items)
    s.rows["free"] = s.sheet.max_row + 1
    come = f"+{{came:own:gifts}}+{{came:claims:state}}+{{county:overhead}}-{{first_paid}}-{out}"
    s.row("free", "free cash at the month's end", "{free-}" + come, "{$free_cash}" + come)


def lay_out(charges, file):
    """The whole book, formulas only. charges: fund → item → an amount for each month."""
    book = Workbook()
    del book["Sheet"]
    places = typed(book)
    sheet = book.create_sheet("book")
    sheet.append(["key", "what", *(f"{2025 + t // 12}-{t % 12 + 1:02d}" for t in range(MONTHS))])
    sheet.freeze_panes, sheet["A1"].font = "C2", Font(bold=True)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 48
    s, items = Sheet(sheet, places), sorted(["wages", *COSTS, *SUPPLIES])
    bills(s)
    for name in ("state", "county"):
        fund(s, name, items, charges[name])
        (state if name == "state" else county)(s)
    free(s, items)
    book.save(file)


def decided():
    """The charges as the product decides them: the one thing that is taken from it."""
    from longview.choose import Budget, assumptions, cash_table
    from longview.evidence import load
    from longview.results import Portfolio
    from longview.verbs.futures import price_base
    from longview.verbs.ready import ready

    program = ready(EXAMPLE)
    table = cash_table(
        Budget(program, 60, assumptions(program, load(program.own_values), price_base(program))), Portfolio("today")
    )
    nothing = [0.0] * MONTHS
    return {
        fund.fund: {
            item: [float(x) for x in fund.lines[item][:MONTHS]] if item in fund.lines else nothing
            for item in table.bills
        }
        for fund in table.funds
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        laid = Path(folder) / "laid" / BOOK.name
        laid.parent.mkdir()
        lay_out(decided(), laid)
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "xlsx", "--outdir", folder, str(laid)],
            check=True,
            stdout=sys.stderr,
        )
        BOOK.write_bytes((Path(folder) / BOOK.name).read_bytes())

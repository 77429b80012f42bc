"""Reports: charts, documents and words made from results. It never runs a model.

`report_html` is the report of a plan, `outlook_html` the page of an outlook, `outbreak_html` that of a what-if;
`report_pdf` prints such a page, `write_report_workbook` gives the report's numbers; `outlook_text`, `compare_text`,
`outbreak_text` and `cash_text` say the same in a terminal; `outlook_frame` and the `…_json` hand the numbers to machines.
"""

from longview.report.dilemmas import cannot as dilemma_cannot
from longview.report.dilemmas import dilemma_json
from longview.report.document import dilemma_html, outlook_html, report_html
from longview.report.machines import compare_json, outbreak_json, outlook_frame, outlook_json
from longview.report.messages import filled_words
from longview.report.oneside import ask_html, work_plan_html
from longview.report.outbreak import outbreak_html
from longview.report.paper import report_pdf
from longview.report.reasons import reasons
from longview.report.rounding import money, month_words
from longview.report.sheets import write_report_workbook
from longview.report.terminal.cash import cash_text
from longview.report.terminal.compare import compare_text
from longview.report.terminal.dilemma import dilemma_text
from longview.report.terminal.outbreak import outbreak_text
from longview.report.terminal.outlook import outlook_text
from longview.report.told import Audience, moves_infection

__all__ = [
    "Audience",
    "ask_html",
    "cash_text",
    "compare_json",
    "compare_text",
    "dilemma_cannot",
    "dilemma_html",
    "dilemma_json",
    "dilemma_text",
    "filled_words",
    "money",
    "month_words",
    "moves_infection",
    "outbreak_html",
    "outbreak_json",
    "outbreak_text",
    "outlook_frame",
    "outlook_html",
    "outlook_json",
    "outlook_text",
    "reasons",
    "report_html",
    "report_pdf",
    "work_plan_html",
    "write_report_workbook",
]

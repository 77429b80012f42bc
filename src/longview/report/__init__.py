"""Reports: charts, documents and words made from results. It never runs a model.

`report_html` is the report of a plan, `outlook_html` the page of an outlook; `outlook_text` and `compare_text` say the
same in a terminal; `outlook_frame`, `outlook_json` and `compare_json` hand the numbers to machines.
"""

from longview.report.document import report_html
from longview.report.told import Audience

__all__ = ["Audience", "report_html"]

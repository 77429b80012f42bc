"""The report on paper: the very page that a browser shows, set by Typst as a tagged PDF."""

from longview.report.paper.press import report_pdf

__all__ = ["report_pdf"]

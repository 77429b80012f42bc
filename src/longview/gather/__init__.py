"""Readers, importers and the repair list: files as they are into a `Program`, and what is wrong with them.

Nothing here raises for bad data or changes a file that a person may have touched; writers make new files only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longview.gather.check import CheckReport, check_folder
    from longview.gather.dose import read_dose
    from longview.gather.filled import Filled, filled_in, read_filled, still_filled, write_filled
    from longview.gather.folder import read_folder, write_folder
    from longview.gather.places import companion, is_workbook, programs_in, resolved
    from longview.gather.starting import KINDS, QUESTIONS, Answers, Question, fill
    from longview.gather.telling import check_text
    from longview.gather.wonder import read_wonder
    from longview.gather.workbook.writing import write_workbook

_DOOR = {
    "KINDS": "starting",
    "QUESTIONS": "starting",
    "Answers": "starting",
    "CheckReport": "check",
    "Filled": "filled",
    "Question": "starting",
    "check_folder": "check",
    "check_text": "telling",
    "companion": "places",
    "fill": "starting",
    "filled_in": "filled",
    "is_workbook": "places",
    "programs_in": "places",
    "read_dose": "dose",
    "read_filled": "filled",
    "read_folder": "folder",
    "read_wonder": "wonder",
    "resolved": "places",
    "still_filled": "filled",
    "write_filled": "filled",
    "write_folder": "folder",
    "write_workbook": "workbook.writing",
}
"""Name at the door → module that it comes from: loaded when it is asked for, so that `check` loads no importer."""

__all__ = [
    "KINDS",
    "QUESTIONS",
    "Answers",
    "CheckReport",
    "Filled",
    "Question",
    "check_folder",
    "check_text",
    "companion",
    "fill",
    "filled_in",
    "is_workbook",
    "programs_in",
    "read_dose",
    "read_filled",
    "read_folder",
    "read_wonder",
    "resolved",
    "still_filled",
    "write_filled",
    "write_folder",
    "write_workbook",
]


def __getattr__(name: str) -> Any:
    if name not in _DOOR:
        raise AttributeError(f"the room gather has no {name} at its door")
    return getattr(import_module(f"longview.gather.{_DOOR[name]}"), name)

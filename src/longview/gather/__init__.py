"""Readers, importers and the repair list: files as they are into a `Program`, and what is wrong with them.

Nothing here raises for bad data or changes a file that a person may have touched; writers make new files only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longview.gather.asking import Ask
    from longview.gather.check import CheckReport, check_folder
    from longview.gather.dose import read_dose
    from longview.gather.filled import Filled, filled_in, read_filled, still_filled, write_filled
    from longview.gather.folder import read_folder, write_folder
    from longview.gather.imported import Import
    from longview.gather.keeping import BusyError, Mend, Undone, accept, undo
    from longview.gather.keeping.store import Kept, foreseen, keep
    from longview.gather.keeping.words import kept_words
    from longview.gather.places import companion, is_workbook, programs_in, resolved
    from longview.gather.read_so_far import SoFar, so_far
    from longview.gather.starting import KINDS, QUESTIONS, Answers, Question, fill
    from longview.gather.telling import check_text, doubts_text, problems_text
    from longview.gather.understanding import Said, Understood, remember_mapping, understand
    from longview.gather.wonder import read_wonder
    from longview.gather.workbook.writing import write_workbook

_DOOR = {
    "KINDS": "starting",
    "QUESTIONS": "starting",
    "Answers": "starting",
    "Ask": "asking",
    "BusyError": "keeping",
    "CheckReport": "check",
    "Filled": "filled",
    "Import": "imported",
    "Kept": "keeping.store",
    "Mend": "keeping",
    "Question": "starting",
    "Said": "understanding",
    "SoFar": "read_so_far",
    "Understood": "understanding",
    "Undone": "keeping",
    "accept": "keeping",
    "check_folder": "check",
    "check_text": "telling",
    "companion": "places",
    "doubts_text": "telling",
    "fill": "starting",
    "filled_in": "filled",
    "foreseen": "keeping.store",
    "is_workbook": "places",
    "keep": "keeping.store",
    "kept_words": "keeping.words",
    "problems_text": "telling",
    "programs_in": "places",
    "read_dose": "dose",
    "read_filled": "filled",
    "read_folder": "folder",
    "read_wonder": "wonder",
    "remember_mapping": "understanding",
    "resolved": "places",
    "so_far": "read_so_far",
    "still_filled": "filled",
    "understand": "understanding",
    "undo": "keeping",
    "write_filled": "filled",
    "write_folder": "folder",
    "write_workbook": "workbook.writing",
}
"""Name at the door → module that it comes from: loaded when it is asked for, so that `check` loads no importer."""

__all__ = [
    "KINDS",
    "QUESTIONS",
    "Answers",
    "Ask",
    "BusyError",
    "CheckReport",
    "Filled",
    "Import",
    "Kept",
    "Mend",
    "Question",
    "Said",
    "SoFar",
    "Understood",
    "Undone",
    "accept",
    "check_folder",
    "check_text",
    "companion",
    "doubts_text",
    "fill",
    "filled_in",
    "foreseen",
    "is_workbook",
    "keep",
    "kept_words",
    "problems_text",
    "programs_in",
    "read_dose",
    "read_filled",
    "read_folder",
    "read_wonder",
    "remember_mapping",
    "resolved",
    "so_far",
    "still_filled",
    "understand",
    "undo",
    "write_filled",
    "write_folder",
    "write_workbook",
]


def __getattr__(name: str) -> Any:
    if name not in _DOOR:
        raise AttributeError(f"the room gather has no {name} at its door")
    return getattr(import_module(f"longview.gather.{_DOOR[name]}"), name)

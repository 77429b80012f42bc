"""Readers, importers and the repair list: files as they are into a `Program`, and what is wrong with them.

Nothing here raises for bad data or changes a file that a person may have touched; `write_folder` makes new ones only.
"""

from longview.gather.check import CheckReport, check_folder
from longview.gather.dose import read_dose
from longview.gather.folder import read_folder, write_folder
from longview.gather.telling import check_text
from longview.gather.wonder import read_wonder

__all__ = ["CheckReport", "check_folder", "check_text", "read_dose", "read_folder", "read_wonder", "write_folder"]

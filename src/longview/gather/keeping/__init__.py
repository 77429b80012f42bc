"""What Longview keeps beside a program's own files, so that these stay hers: imports and accepted repairs.

Each is written whole or not at all, one writer at a time, and can be taken back; what is read is what stood before or after.
"""

from longview.gather.keeping.accepting import accept
from longview.gather.keeping.kept import KeptImport, kept_imports
from longview.gather.keeping.lock import BusyError, locked
from longview.gather.keeping.manifest import Manifest, Original
from longview.gather.keeping.mends import Mend, Mends, read_mends
from longview.gather.keeping.undoing import Undone, undo

__all__ = [
    "BusyError",
    "KeptImport",
    "Manifest",
    "Mend",
    "Mends",
    "Original",
    "Undone",
    "accept",
    "kept_imports",
    "locked",
    "read_mends",
    "undo",
]

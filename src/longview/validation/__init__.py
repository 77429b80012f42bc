"""Published studies, and whether we come to their figures: the form that states one, its reader, its run and the verdict.

`shipped` lists the studies that come with Longview; `read_study` reads one of anybody's; `reproduce` runs it.
"""

from longview.validation.cohort import Anchored
from longview.validation.form import CLASSES, COUNTED, KINDS, Study
from longview.validation.library import called, shipped
from longview.validation.place import Place
from longview.validation.ranking_told import ranking_values
from longview.validation.reading import read_study, read_text
from longview.validation.run import Reproduced, reproduce
from longview.validation.telling import page, table_text, verdict_words
from longview.validation.verdict import Verdict

__all__ = [
    "CLASSES",
    "COUNTED",
    "KINDS",
    "Anchored",
    "Place",
    "Reproduced",
    "Study",
    "Verdict",
    "called",
    "page",
    "ranking_values",
    "read_study",
    "read_text",
    "reproduce",
    "shipped",
    "table_text",
    "verdict_words",
]

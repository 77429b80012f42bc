"""A program to begin from: at most seven questions, and everything else filled in from evidence, each figure marked.

`answers` holds what was said, `questions` asks for it, `filling` makes the `Program`. What the evidence file has no figure
for stands in `example.toml`, and says so of itself.
"""

from longview.gather.starting.answers import KINDS, Answers, Where
from longview.gather.starting.filling import fill

__all__ = ["KINDS", "Answers", "Where", "fill"]

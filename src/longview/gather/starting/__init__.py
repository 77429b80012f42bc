"""A program to begin from: at most seven questions, and everything else filled in from evidence, each figure marked.

`questions` asks, `answers` holds what was said, `filling` makes the `Program` by `sums` (what the money goes on), `parts` (the
rows) and `choices`. What the evidence file has no figure for stands in `example.toml`, and says so of itself.
"""

from longview.gather.starting.answers import KINDS, Answers
from longview.gather.starting.filling import fill
from longview.gather.starting.questions import QUESTIONS, Question

__all__ = ["KINDS", "QUESTIONS", "Answers", "Question", "fill"]

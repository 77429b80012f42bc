"""What an outbreak of HIV would come to, if one came: a what-if, never a finding about anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from longview.results.interval import Interval, interval, paired

Floats = NDArray[np.floating]

Case = Literal["today", "no-syringes", "sooner"]
"""As things are today; without the program's syringes; with the first diagnosis `sooner` days earlier."""


@dataclass(frozen=True, slots=True)
class Outbreak:
    """An outbreak that takes hold, in every future; persons, [F].

    Attributes:
        people: who inject. syringes: that the program hands out a month. unseen_days: from the first infection to the first that
            is found. days: how long it is followed. sooner: days by which diagnosis comes earlier in the case "sooner".
        sizes: case → infections by the last day, the first one included.
    """

    people: Floats
    syringes: Floats
    unseen_days: Floats
    days: int
    sooner: int
    sizes: Mapping[Case, Floats]

    def size(self, case: Case, share: float = 0.8) -> Interval:
        """Infections in a case."""
        return interval(self.sizes[case], share)

    def fewer(self, case: Case, than: Case, share: float = 0.8) -> Interval:
        """Infections fewer in one case than in another, future by future."""
        return paired(self.sizes[than], self.sizes[case], share)

    def past(self, case: Case, size: float) -> float:
        """Share of futures in which it grows past a size."""
        return float(np.mean(self.sizes[case] > size))

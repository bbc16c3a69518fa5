"""In which rows each feature stands, with its weight there: what a search over many short texts runs on."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.floating[Any]]
Indices = NDArray[np.intp]
Weighed = tuple[Indices, Numbers]
"""Features by their numbers, and what each weighs."""


class Postings:
    """Rows of weighed features, stood on their head."""

    def __init__(self, rows: Sequence[Weighed], features: int) -> None:
        """`features` is how many there are, numbered from 0."""
        numbers, weights = (np.concatenate(column) for column in zip(*rows, strict=True))
        order = np.argsort(numbers, kind="stable")
        self._rows = len(rows)
        self._where = np.repeat(np.arange(len(rows)), [len(row) for row, _ in rows])[order]
        self._weights = weights[order]
        self._starts = np.searchsorted(numbers[order], np.arange(features + 1))

    def shared(self, asked: Weighed, together: Callable[[Numbers, Numbers], Numbers] = np.multiply) -> Numbers:
        """For each row the sum over the features that it shares, of what the two weights are together."""
        numbers, weights = asked
        begins = self._starts[numbers]
        lengths = self._starts[numbers + 1] - begins
        ends = np.cumsum(lengths)
        # the places of all rows that hold any of the features, one feature after the other
        places = np.arange(lengths.sum()) + np.repeat(begins - ends + lengths, lengths)
        common = together(np.repeat(weights, lengths), self._weights[places])
        return np.bincount(self._where[places], common, self._rows).astype(float)


def weighed(pairs: Sequence[tuple[int, float]]) -> Weighed:
    """Numbers and weights, side by side."""
    return np.array([number for number, _ in pairs], np.intp), np.array([weight for _, weight in pairs], float)

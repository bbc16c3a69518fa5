"""Kernel ridge regression: each procedure answers 1 for its own examples and 0 for the others'.

A text gets the answers of the examples that are like it, less what these have in common anyhow. All procedures are
solved for at once by one inverse, which also says, without learning anew, what would be answered for an example if it
and some others were not there (Rasmussen and Williams, Gaussian Processes for Machine Learning, 5.4.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from deskhand.adapters.offline.postings import Numbers

RIDGE = 0.3
"""How far an example may be left unexplained: phrases are drafts, not truths."""


@dataclass(frozen=True, slots=True)
class Answering:
    """What likeness to each example speaks for: all that is kept when everything is learned."""

    weights: Numbers
    """Examples by owners."""
    starts: NDArray[np.intp]
    """Where each owner's examples begin."""

    def answers(self, likeness: Numbers) -> Numbers:
        """For each owner, how much a text is like its examples and unlike the others'; towards 1 for the right one."""
        answered: Numbers = likeness.astype(self.weights.dtype) @ self.weights
        return answered

    def nearest(self, likeness: Numbers) -> Numbers:
        """For each owner, how alike the most similar of its examples is; texts by rows where there are several."""
        found: Numbers = np.maximum.reduceat(likeness, self.starts, axis=-1)
        return found


class Ridge:
    """Examples that stand sorted by their owners, solved for, with the view from outside on each of them."""

    def __init__(self, alike: Numbers, owners: Sequence[int]) -> None:
        """`alike` is square; `owners` are numbered from 0, without gaps."""
        self.alike = alike
        self.owners = np.array(owners)
        self.inverse: Numbers = np.linalg.inv(alike + RIDGE * np.eye(len(alike), dtype=alike.dtype))
        starts = np.flatnonzero(np.diff(self.owners, prepend=-1))
        self.learned = Answering(np.add.reduceat(self.inverse, starts, axis=1), starts)

    def without_owner(self) -> tuple[Numbers, Numbers]:
        """Answers and nearest for each example as if its owner had none: what is said of something foreign."""
        weights, likeness = self.learned.weights, self.alike.copy()
        answers = np.empty_like(weights)
        for owner, members in enumerate(np.split(np.arange(len(self.owners)), self.learned.starts[1:])):
            answers[members] = -np.linalg.solve(self.inverse[np.ix_(members, members)], weights[members])
            answers[members, owner] = -np.inf
            likeness[np.ix_(members, members)] = 0.0
        return answers, self.learned.nearest(likeness)

    def without_twin(self) -> tuple[Numbers, Numbers]:
        """Answers and nearest for each example as if it and its owner's most similar one were not there.

        Builders write variations of one sentence; what customers say is farther from any of them.
        """
        rows, weights = np.arange(len(self.owners)), self.learned.weights
        siblings = np.where(self.owners[:, None] == self.owners, self.alike, -np.inf)
        siblings[rows, rows] = -np.inf
        twins = siblings.argmax(axis=1)
        # an example without siblings has itself for a twin: nothing else goes with it
        both = np.where(np.isinf(siblings[rows, twins]), 0.0, self.inverse[rows, twins])
        own, other = self.inverse[rows, rows], self.inverse[twins, twins]
        explained = other[:, None] * weights - both[:, None] * weights[twins]
        answers = (self.owners[:, None] == np.arange(weights.shape[1])) - explained / (own * other - both**2)[:, None]
        likeness = self.alike.copy()
        likeness[rows, rows] = likeness[rows, twins] = 0.0
        return answers, self.learned.nearest(likeness)

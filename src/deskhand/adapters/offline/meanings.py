"""Likeness of meaning, where a model gives vectors for texts."""

from collections.abc import Sequence

import numpy as np

from deskhand.adapters.offline.postings import Numbers

Vector = Sequence[float]


class Meanings:
    """The vectors of examples, ready to be compared with that of a message."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        given = np.array(vectors, dtype=float)
        # what all texts of a workspace have in common tells none apart, and vectors of models have much in common
        self._middle = given.mean(axis=0)
        self._examples = _unit(given - self._middle)

    def among(self) -> Numbers:
        """How alike the examples are, square, from -1 to 1."""
        likeness: Numbers = self._examples @ self._examples.T
        return likeness

    def to(self, vector: Vector) -> Numbers:
        """How alike a message is to each example, from -1 to 1."""
        likeness: Numbers = self._examples @ _unit(np.array(vector, dtype=float) - self._middle)
        return likeness


def _unit(vectors: Numbers) -> Numbers:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Numbers = vectors / np.where(lengths > 0, lengths, 1.0)
    return unit

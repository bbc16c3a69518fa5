"""Likeness of meaning, where a model gives vectors for texts."""

from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np

from deskhand.adapters.offline.postings import Numbers

Embed = Callable[[Sequence[str]], Sequence[Sequence[float]] | None]
"""A vector for each text, all of one length; None where there are none to be had just now. May wait for a server."""

REMEMBERED = 20_000


class Remembered:
    """An `Embed` that asks only for texts which it has not seen: most phrases stay when procedures change."""

    def __init__(self, embed: Embed, most: int = REMEMBERED) -> None:
        self._embed = embed
        self._most = most
        self._vectors: OrderedDict[str, Sequence[float]] = OrderedDict()

    def __call__(self, texts: Sequence[str]) -> Sequence[Sequence[float]] | None:
        known = {text: self._vectors[text] for text in texts if text in self._vectors}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            vectors = self._embed(missing)
            if vectors is None:
                return None
            known |= dict(zip(missing, vectors, strict=True))
        self._vectors |= known
        for text in known:
            self._vectors.move_to_end(text)
        while len(self._vectors) > self._most:
            self._vectors.popitem(last=False)
        return [known[text] for text in texts]


class Meanings:
    """The vectors of examples, ready to be compared with that of a message."""

    def __init__(self, vectors: Sequence[Sequence[float]]) -> None:
        given = np.array(vectors, dtype=float)
        # what all texts of a workspace have in common tells none apart, and vectors of models have much in common
        self._middle = given.mean(axis=0)
        self._examples = _unit(given - self._middle)

    def among(self) -> Numbers:
        """How alike the examples are, square, from -1 to 1."""
        likeness: Numbers = self._examples @ self._examples.T
        return likeness

    def to(self, vector: Sequence[float]) -> Numbers:
        """How alike a message is to each example, from -1 to 1."""
        likeness: Numbers = self._examples @ _unit(np.array(vector, dtype=float) - self._middle)
        return likeness


def _unit(vectors: Numbers) -> Numbers:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Numbers = vectors / np.where(lengths > 0, lengths, 1.0)
    return unit

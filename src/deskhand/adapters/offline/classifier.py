"""Which procedure a text belongs to, learned from the workspace's own examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from deskhand.adapters.offline.calibration import Refusal, learn
from deskhand.adapters.offline.likeness import compared
from deskhand.adapters.offline.meanings import Meanings, Vector
from deskhand.adapters.offline.postings import Numbers
from deskhand.adapters.offline.ridge import Answering, Ridge

MEANING = 0.6
"""The share of likeness of meaning where a model gives vectors; the rest is likeness of words."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text that stands for a procedure."""

    owner: int
    text: str
    words: Sequence[str]
    said: bool
    """Whether customers say it so, as a phrase; not a name or a description."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a classifier holds of a message: for each procedure its answer and how alike its nearest example is."""

    answers: Numbers
    nearest: Numbers
    refusal: Refusal
    by_meaning: bool
    """Whether a model's vectors were heard too."""

    def confidence(self, owner: int) -> float:
        """From 0 to 1: how likely the message wants this procedure, given that it fits best."""
        return self.refusal.confidence(float(self.answers[owner]), float(self.nearest[owner]))


class Classifier:
    """Examples of procedures, sorted by procedure, ready to be asked about messages."""

    def __init__(self, examples: Sequence[Example], language: str, vectors: Mapping[str, Vector] | None = None) -> None:
        """Every procedure from 0 on has an example at least; `vectors` are those of the examples' texts."""
        owners = [example.owner for example in examples]
        self._wordings, alike = compared([example.words for example in examples], owners, language)
        self._by_words = self._by_meaning = _solved(alike, examples)
        self._meanings = Meanings([vectors[example.text] for example in examples]) if vectors else None
        if self._meanings:
            self._by_meaning = _solved(_mixed(alike, self._meanings.among()), examples)

    def opinion(self, words: Sequence[str], vector: Vector | None = None) -> Opinion:
        """What is held of a message; by its words alone where there are no vectors."""
        likeness, learned = self._wordings.to(words), self._by_words
        by_meaning = self._meanings is not None and vector is not None
        if self._meanings and vector is not None:
            likeness, learned = _mixed(likeness, self._meanings.to(vector)), self._by_meaning
        answering, refusal = learned
        return Opinion(answering.answers(likeness), answering.nearest(likeness), refusal, by_meaning)


def _solved(alike: Numbers, examples: Sequence[Example]) -> tuple[Answering, Refusal]:
    ridge = Ridge(alike, [example.owner for example in examples])
    return ridge.learned, learn(ridge, np.array([example.said for example in examples]))


def _mixed(words: Numbers, meaning: Numbers) -> Numbers:
    return (1 - MEANING) * words + MEANING * meaning

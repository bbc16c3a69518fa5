"""How alike texts are: cosines between bags of features, rare features weighing more, in several ways of looking."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from deskhand.adapters.offline.views import STRESSED, Bag, views

Numbers = NDArray[np.floating[Any]]


class Wordings:
    """The words of examples, ready to be compared with others in all ways of looking together."""

    def __init__(self, ways: "Sequence[_Way]", language: str) -> None:
        self._ways = ways
        self._language = language

    def to(self, words: Sequence[str]) -> Numbers:
        """How alike a text is to each example, from 0 to 1."""
        bags = views(words, self._language)
        return _mixed(way.to(*way.weighed(bag)) for way, bag in zip(self._ways, bags, strict=True))


def compared(texts: Sequence[Sequence[str]], owners: Sequence[int], language: str) -> tuple[Wordings, Numbers]:
    """Examples, sorted by their owners, ready for others; and how alike they are among themselves, square."""
    ways, alike = [], []
    for bags in zip(*[views(words, language) for words in texts], strict=True):
        way = _Way(*_rarities(bags, owners))
        rows = [way.weighed(bag) for bag in bags]
        way.place(rows)
        ways.append(way)
        alike.append(np.array([way.to(*row) for row in rows], np.float32))
    return Wordings(ways, language), _mixed(alike)


def _mixed(likenesses: Iterable[Numbers]) -> Numbers:
    mixed: Numbers = np.zeros(1, np.float32)
    for likeness, stressed in zip(likenesses, STRESSED, strict=True):
        mixed = mixed + (likeness * np.sqrt(likeness) if stressed else likeness)
    return mixed / len(STRESSED)


class _Way:
    """One way of looking at all examples: for each feature, in which of them it stands, with its weight there."""

    def __init__(self, rarity: dict[str, float], rarest: float) -> None:
        self._rarity = rarity
        self._rarest = rarest
        self._numbers = {name: number for number, name in enumerate(rarity)}

    def place(self, rows: "Sequence[tuple[NDArray[np.intp], Numbers]]") -> None:
        """Take the examples in, each with its features' numbers and weights."""
        features, weights = (np.concatenate(column) for column in zip(*rows, strict=True))
        order = np.argsort(features, kind="stable")
        self._examples = len(rows)
        self._where = np.repeat(np.arange(len(rows)), [len(numbers) for numbers, _ in rows])[order]
        self._weights = weights[order]
        self._starts = np.searchsorted(features[order], np.arange(len(self._numbers) + 1))

    def weighed(self, bag: Bag) -> tuple[NDArray[np.intp], Numbers]:
        """The known features' numbers and weights; with the unknown features, as rare as any, the length is 1."""
        numbers, weights, square = [], [], 0.0
        for name, count in bag.items():
            number = self._numbers.get(name)
            weight = count * (self._rarest if number is None else self._rarity[name])
            square += weight * weight
            if number is not None:
                numbers.append(number)
                weights.append(weight)
        return np.array(numbers, dtype=np.intp), np.array(weights) / (math.sqrt(square) or 1.0)

    def to(self, numbers: NDArray[np.intp], weights: Numbers) -> Numbers:
        """How alike what has these features is to each example."""
        if not len(numbers):
            return np.zeros(self._examples)
        begins = self._starts[numbers]
        lengths = self._starts[numbers + 1] - begins
        ends = np.cumsum(lengths)
        # the places of all examples that hold any of the features, one feature after the other
        places = np.arange(ends[-1]) + np.repeat(begins - ends + lengths, lengths)
        shared: Numbers = np.repeat(weights, lengths) * self._weights[places]
        alike: Numbers = np.bincount(self._where[places], shared, self._examples).astype(float)
        return alike


def _rarities(bags: Sequence[Bag], owners: Sequence[int]) -> tuple[dict[str, float], float]:
    """What each feature weighs, more the fewer procedures hold it, and what one weighs that none holds."""
    holders: dict[str, int] = defaultdict(int)
    last: dict[str, int] = {}
    for bag, owner in zip(bags, owners, strict=True):
        for name in bag:
            if last.get(name) != owner:
                last[name] = owner
                holders[name] += 1
    procedures = 1 + len(set(owners))
    rarities = {name: 1.0 + math.log(procedures / (1 + those)) for name, those in holders.items()}
    return rarities, 1.0 + math.log(procedures / 2)

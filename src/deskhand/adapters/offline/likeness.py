"""How alike texts are: cosines between bags of features, rare features weighing more, in several ways of looking."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from deskhand.adapters.offline.postings import Numbers, Postings, Weighed
from deskhand.adapters.offline.views import STRESSED, Bag, views


class Wordings:
    """The words of examples, ready to be compared with others in all ways of looking together."""

    def __init__(self, ways: "Sequence[_Way]", language: str) -> None:
        self._ways = ways
        self._language = language

    def to(self, words: Sequence[str]) -> Numbers:
        """How alike a text is to each example, from 0 to 1."""
        bags = views(words, self._language)
        return _mixed(way.to(bag) for way, bag in zip(self._ways, bags, strict=True))


def compared(texts: Sequence[Sequence[str]], owners: Sequence[int], language: str) -> tuple[Wordings, Numbers]:
    """Examples, sorted by their owners, ready for others; and how alike they are among themselves, square."""
    ways, among = [], []
    for bags in zip(*[views(words, language) for words in texts], strict=True):
        way, alike = _way(bags, owners)
        ways.append(way)
        among.append(alike)
    return Wordings(ways, language), _mixed(among)


def _mixed(likenesses: Iterable[Numbers]) -> Numbers:
    mixed: Numbers = np.zeros(1, np.float32)
    for likeness, stressed in zip(likenesses, STRESSED, strict=True):
        mixed = mixed + (likeness * np.sqrt(likeness) if stressed else likeness)
    return mixed / len(STRESSED)


@dataclass(frozen=True, slots=True)
class _Features:
    """What a text's features weigh, more the fewer procedures hold them."""

    numbers: dict[str, int]
    rarities: Sequence[float]
    rarest: float
    """Of what no procedure holds."""

    def weighed(self, bag: Bag) -> Weighed:
        """The known features; with the unknown ones, which are as rare as any, the length is 1."""
        numbers, weights, square = [], [], 0.0
        for name, count in bag.items():
            number = self.numbers.get(name)
            weight = count * (self.rarest if number is None else self.rarities[number])
            square += weight * weight
            if number is not None:
                numbers.append(number)
                weights.append(weight)
        return np.array(numbers, np.intp), np.array(weights, float) / (math.sqrt(square) or 1.0)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way of looking at all examples."""

    features: _Features
    postings: Postings

    def to(self, bag: Bag) -> Numbers:
        return self.postings.shared(self.features.weighed(bag))


def _way(bags: Sequence[Bag], owners: Sequence[int]) -> tuple[_Way, Numbers]:
    """The way of looking, and how alike the examples are in it."""
    features = _features(bags, owners)
    rows = [features.weighed(bag) for bag in bags]
    postings = Postings(rows, len(features.numbers))
    return _Way(features, postings), np.array([postings.shared(row) for row in rows], np.float32)


def _features(bags: Sequence[Bag], owners: Sequence[int]) -> _Features:
    holders = held_by(bags, owners)
    procedures = 1 + len(set(owners))
    rarities = [1.0 + math.log(procedures / (1 + those)) for those in holders.values()]
    numbers = {name: number for number, name in enumerate(holders)}
    return _Features(numbers, rarities, rarest=1.0 + math.log(procedures / 2))


def held_by(bags: Iterable[Bag], owners: Iterable[int]) -> dict[str, int]:
    """In how many procedures each feature stands; the bags are sorted by procedure."""
    holders: dict[str, int] = defaultdict(int)
    last: dict[str, int] = {}
    for bag, owner in zip(bags, owners, strict=True):
        for name in bag:
            if last.get(name) != owner:
                last[name] = owner
                holders[name] += 1
    return holders

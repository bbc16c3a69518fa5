"""How well a message fits what builders wrote, line by line; needs no examples."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from deskhand.adapters.offline.common_words import BUILDERS
from deskhand.adapters.offline.likeness import held_by
from deskhand.adapters.offline.postings import Numbers, Postings, Weighed, weighed
from deskhand.adapters.offline.synonyms import also_meant
from deskhand.adapters.offline.words import GRAMMAR_WEIGHT, features, weight_of, words_of
from deskhand.ports.understanding import Candidate

MISSING = 0.5
"""What a line's feature that the message lacks costs."""
BEYOND_PHRASE, BEYOND_DESCRIPTION = 0.5, 0.2
"""What a message's feature beyond the line costs: customers say more than a description foresees."""
WHOLE = 0.5
"""How much all lines of a procedure count together, beside its best one."""
SYNONYM_WEIGHT = 0.7
"""Of a word that was not said but meant."""
UNKNOWN_WORDS = 12
"""Words outside the index that are tried as misspellings."""

_CLAUSES = re.compile(r"[.,;:/()!?\n]|\b(?:or|oder)\b")


@dataclass(frozen=True, slots=True)
class Match:
    """How well a procedure fits a message."""

    slug: str
    score: float
    """From 0 to 1: how much of the best line and of all lines together the message holds."""
    likeness: float
    """From 0 to 1: how nearly the message and the best line are the same, nothing missing on either side."""
    line: frozenset[str]
    """The words of the line that fits best."""


@dataclass(frozen=True, slots=True)
class _Line:
    owner: int
    words: frozenset[str]
    found: dict[str, float]
    beyond: float


class Lines:
    """The lines by which procedures are called, ready to be compared with messages."""

    def __init__(self, candidates: tuple[Candidate, ...], language: str) -> None:
        self._slugs = [candidate.slug for candidate in candidates]
        self._language = language
        lines = [
            _Line(owner, frozenset(words), features(words, language), beyond)
            for owner, candidate in enumerate(candidates)
            for words, beyond in _lines_of(candidate)
        ]
        self._words = [line.words for line in lines]
        said = frozenset().union(*self._words)
        self._vocabulary = {word for word in said if weight_of(word) > GRAMMAR_WEIGHT}
        self._known = sorted(self._vocabulary)
        self._rarity = _rarities(lines, len(candidates))
        self._numbers = {name: number for number, name in enumerate(self._rarity)}
        self._owners = np.array([line.owner for line in lines], np.intp)
        self._beyond = np.array([line.beyond for line in lines], float)
        self._place(lines)

    def _place(self, lines: Sequence[_Line]) -> None:
        nothing = weighed([])
        rows = [self._weighed(line.found) for line in lines]
        self._totals = np.array([weights.sum() for _, weights in rows], float)
        self._lines = Postings(rows or [nothing], len(self._numbers))
        wholes = [defaultdict[int, float](float) for _ in self._slugs]
        for line, (numbers, weights) in zip(lines, rows, strict=True):
            whole = wholes[line.owner]
            for number, weight in zip(numbers.tolist(), (weights / _length(weights)).tolist(), strict=True):
                whole[number] += weight
        damped = [weighed([(number, math.sqrt(weight)) for number, weight in whole.items()]) for whole in wholes]
        unit = [(numbers, weights / _length(weights)) for numbers, weights in damped]
        self._wholes = Postings(unit or [nothing], len(self._numbers))

    def _weighed(self, found: Mapping[str, float]) -> Weighed:
        known = [(self._numbers[name], weight * self._rarity[name]) for name, weight in found.items()]
        return weighed(known)

    def known(self, words: Sequence[str]) -> float:
        """How much of what the words say stands in any line, from 0 to 1; misspelt words do not."""
        weights = [(weight_of(word), word) for word in words]
        total = sum(weight for weight, _ in weights)
        return sum(weight for weight, word in weights if word in self._vocabulary) / total if total else 0.0

    def respelt(self, words: Sequence[str]) -> list[str]:
        """The words, those that misspell a known one as that."""
        return [self._respelt(word, at) for at, word in self._numbered(words)]

    def match(self, words: Sequence[str]) -> dict[str, Match]:
        """Every procedure that shares something with the words, by its slug."""
        found = self._features(words)
        asked = self._weighed({name: weight for name, weight in found.items() if name in self._rarity})
        unknown = np.array([weight for name, weight in found.items() if name not in self._rarity])
        total = asked[1].sum() + unknown.sum()
        length = _length(np.concatenate([asked[1], unknown]))
        common = self._lines.shared(asked, np.minimum)[: len(self._words)]
        wholes = self._wholes.shared(asked) / length
        hit = np.flatnonzero(common)
        common, owners = common[hit], self._owners[hit]
        missing, beyond = MISSING * (self._totals[hit] - common), total - common
        fits = common / (common + missing + self._beyond[hit] * beyond)
        scores = (1 - WHOLE) * fits + WHOLE * wholes[owners]
        likenesses = common / (common + missing + MISSING * beyond)
        best = np.full(len(self._slugs), -1)
        order = len(hit) - 1 - np.argsort(scores[::-1], kind="stable")
        best[owners[order]] = order  # the last of each owner stays, which is its best, and the first among equals
        return {
            slug: Match(slug, float(scores[at]), float(likenesses[at]), self._words[hit[at]])
            for slug, at in zip(self._slugs, best.tolist(), strict=True)
            if at >= 0
        }

    def _features(self, words: Sequence[str]) -> dict[str, float]:
        """The features of what was said and of what it means in the index's own words."""
        explained: set[int] = set()
        meant: set[str] = set()
        for where, others in also_meant(words):
            known = self._vocabulary.intersection(others)
            meant |= known
            explained.update(where if known else ())
        said = [word for at, word in enumerate(words) if at not in explained or word in self._vocabulary]
        found = features(said, self._language)
        for word in meant.difference(said):
            for name, weight in features([word], self._language).items():
                found.setdefault(name, SYNONYM_WEIGHT * weight)
        return found

    def _numbered(self, words: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Each word with a running number among those that the index does not know."""
        unknown = 0
        for word in words:
            unknown += word not in self._vocabulary
            yield unknown, word

    def _respelt(self, word: str, unknown: int) -> str:
        """The known word that this one misspells, or the word itself."""
        if word in self._vocabulary or unknown > UNKNOWN_WORDS or not 4 <= len(word) <= 25:
            return word
        if weight_of(word) < 1.0 or not word.isalpha():
            return word
        slips = 1 if len(word) < 8 else 2
        found = extractOne(word, self._known, scorer=OSA.distance, score_cutoff=slips)
        return found[0] if found and found[0][0] == word[0] and len(found[0]) >= 4 else word


def _lines_of(candidate: Candidate) -> Iterator[tuple[list[str], float]]:
    """The lines of a procedure: its phrases as they are, its name and description without builders' talk."""
    for phrase in candidate.phrases:
        yield words_of(phrase), BEYOND_PHRASE
    seen = set()
    for text in (candidate.name, candidate.description, *_CLAUSES.split(candidate.description.lower())):
        words = without_builders_talk(text)
        if words and tuple(words) not in seen:
            seen.add(tuple(words))
            yield words, BEYOND_DESCRIPTION


def without_builders_talk(text: str) -> list[str]:
    """The words of a name or a description that say what it is about."""
    return [word for word in words_of(text) if word not in BUILDERS and weight_of(word) > GRAMMAR_WEIGHT]


def _rarities(lines: Sequence[_Line], procedures: int) -> dict[str, float]:
    """From 1, for what one procedure alone says, towards 0 for what all of them say."""
    holders = held_by((line.found for line in lines), (line.owner for line in lines))
    scale = math.log1p(procedures)
    return {name: math.log1p(procedures / those) / scale for name, those in holders.items()}


def _length(weights: Numbers) -> float:
    return math.sqrt(float(weights @ weights)) or 1.0

"""How well a message fits what builders wrote, line by line; needs no examples."""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from deskhand.adapters.offline.common_words import BUILDERS
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


@dataclass(slots=True)
class _Line:
    owner: int
    words: frozenset[str]
    beyond: float
    total: float = 0.0


@dataclass(slots=True)
class _Postings:
    """For each feature: in which lines and in which procedures it stands, with its weight there."""

    lines: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))
    wholes: dict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))


class Lines:
    """The lines by which procedures are called, ready to be compared with messages."""

    def __init__(self, candidates: tuple[Candidate, ...], language: str) -> None:
        self._slugs = [candidate.slug for candidate in candidates]
        self._language = language
        self._lines: list[_Line] = []
        self._postings = _Postings()
        self._vocabulary: set[str] = set()
        weighted = [
            (owner, features(words, language), _Line(owner, frozenset(words), beyond))
            for owner, candidate in enumerate(candidates)
            for words, beyond in _lines_of(candidate)
        ]
        self._rarity = _rarities([(owner, found) for owner, found, _ in weighted], len(candidates))
        wholes: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for owner, found, line in weighted:
            self._add(line, found, wholes[owner])
        for owner, whole in wholes.items():
            self._add_whole(owner, whole)
        self._known = sorted(self._vocabulary)

    def _add(self, line: _Line, found: dict[str, float], whole: dict[str, float]) -> None:
        values = {name: weight * self._rarity[name] for name, weight in found.items()}
        length = math.sqrt(sum(value * value for value in values.values())) or 1.0
        line.total = sum(values.values())
        self._vocabulary |= {word for word in line.words if weight_of(word) > GRAMMAR_WEIGHT}
        for name, value in values.items():
            self._postings.lines[name].append((len(self._lines), value))
            whole[name] += value / length
        self._lines.append(line)

    def _add_whole(self, owner: int, whole: dict[str, float]) -> None:
        damped = {name: math.sqrt(value) for name, value in whole.items()}
        length = math.sqrt(sum(value * value for value in damped.values())) or 1.0
        for name, value in damped.items():
            self._postings.wholes[name].append((owner, value / length))

    def respelt(self, words: Sequence[str]) -> list[str]:
        """The words, those that misspell a known one as that."""
        return [self._respelt(word, at) for at, word in self._numbered(words)]

    def match(self, words: Sequence[str]) -> dict[str, Match]:
        """Every procedure that shares something with the words, by its slug."""
        rarity = self._rarity
        asked = {name: weight * rarity.get(name, 1.0) for name, weight in self._features(words).items()}
        total = sum(asked.values())
        length = math.sqrt(sum(value * value for value in asked.values())) or 1.0
        shared, wholes = self._shared(asked)
        best: dict[str, Match] = {}
        for number, common in shared.items():
            line = self._lines[number]
            missing, beyond = MISSING * (line.total - common), total - common
            fit = common / (common + missing + line.beyond * beyond)
            score = (1 - WHOLE) * fit + WHOLE * wholes[line.owner] / length
            slug = self._slugs[line.owner]
            if slug not in best or score > best[slug].score:
                likeness = common / (common + missing + MISSING * beyond)
                best[slug] = Match(slug, score, likeness, line.words)
        return best

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

    def _shared(self, asked: dict[str, float]) -> tuple[dict[int, float], dict[int, float]]:
        """For each line the weight it shares with what was asked, for each procedure the product with it."""
        shared: dict[int, float] = defaultdict(float)
        whole: dict[int, float] = defaultdict(float)
        for name, value in asked.items():
            for number, weight in self._postings.lines.get(name, ()):
                shared[number] += min(value, weight)
            for owner, weight in self._postings.wholes.get(name, ()):
                whole[owner] += value * weight
        return shared, whole

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


def _rarities(lines: list[tuple[int, dict[str, float]]], procedures: int) -> dict[str, float]:
    """From 1, for what one procedure alone says, towards 0 for what all of them say."""
    owners: dict[str, set[int]] = defaultdict(set)
    for owner, found in lines:
        for name in found:
            owners[name].add(owner)
    scale = math.log1p(procedures)
    return {name: math.log1p(procedures / len(those)) / scale for name, those in owners.items()}

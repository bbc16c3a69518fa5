"""What a question asks: its words as concepts, with other words for the same and known words that it misspells."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from deskhand.adapters.offline.passage_words import FAINT_WEIGHT, GRAMMAR_WEIGHT, root, weight_of, words_in
from deskhand.adapters.offline.synonyms import also_meant

MOST_WORDS = 60
"""Of a question."""
MOST_UNKNOWN = 8
"""Words that stand in no passage and are tried as misspellings."""
SYNONYM, MISSPELT, RELATED = 0.8, 0.9, 0.7
"""How far another word, a misspelt one, and one that begins the same count."""
UNKNOWN = 0.9
"""The weight of a word that stands in no passage."""
COMMON = 0.45
"""The least weight of a word that many passages hold."""
IMAGINED = 30
"""Passages about other things: among a handful, what all of them hold is not common yet."""
SHARED_LETTERS, SHARED_PART = 5, 0.6
"""Letters, and the share of the longer word, from which two words that begin the same are related."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of the question."""

    word: str
    weight: float
    """How much of the question it is."""
    meant: dict[str, float]
    """Stems that stand for it, with how far each does."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question."""

    concepts: tuple[Concept, ...]
    """The rarest first."""
    total: float
    stems: frozenset[str]
    """Everything that the concepts may mean."""
    rarity: "Vocabulary"


@dataclass(slots=True)
class Vocabulary:
    """The words of all passages of a language."""

    words: Mapping[str, int]
    spread: Mapping[str, int]
    passages: int
    _beginning: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def rarity(self, stemmed: str) -> float:
        """From 1 for a stem that one passage holds down towards the least for one that all hold."""
        holding = self.spread.get(stemmed, 0)
        if not holding:
            return UNKNOWN
        passages = self.passages + IMAGINED
        found = math.log1p((passages - holding + 0.5) / (holding + 0.5)) / math.log1p(passages + 0.5)
        return COMMON + (1 - COMMON) * min(1.0, found)

    def like(self, word: str) -> tuple[str, float] | None:
        """The known word that an unknown one misspells, or begins like."""
        if not self._beginning:
            for known in self.words:
                if len(known) >= 4 and weight_of(known) == 1.0:
                    self._beginning[known[0]].append(known)
        if not 4 <= len(word) <= 25 or not word.isalpha():
            return None
        near = self._beginning.get(word[0], [])
        slips = 1 if len(word) < 8 else 2
        found = extractOne(word, near, scorer=OSA.distance, score_cutoff=slips)
        if found:
            return found[0], MISSPELT
        related = [known for known in near if _begins_alike(word, known)]
        return (min(related, key=lambda known: abs(len(known) - len(word))), RELATED) if related else None


def _begins_alike(one: str, other: str) -> bool:
    most = max(len(one), len(other))
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= max(SHARED_LETTERS, SHARED_PART * most)


def ask(text: str, language: str, vocabulary: Vocabulary) -> Asked:
    """What a text asks, in the words of a language's passages."""
    words = words_in(text)[:MOST_WORDS]
    others: dict[int, set[str]] = defaultdict(set)
    for where, said in also_meant(words):
        known = [word for word in said if word in vocabulary.words]
        for at in where:
            others[at].update(known)
    concepts: dict[str, Concept] = {}
    unknown = 0
    for at, word in enumerate(words):
        stemmed = root(word, language)
        meant = {stemmed: 1.0} if stemmed in vocabulary.spread else {}
        if not meant and weight_of(word) == 1.0:
            unknown += 1
            if unknown <= MOST_UNKNOWN and (near := vocabulary.like(word)):
                meant[root(near[0], language)] = near[1]
        for other in others.get(at, ()):
            meant.setdefault(root(other, language), SYNONYM)
        weight = _weight(word, max((vocabulary.rarity(one) for one in meant), default=UNKNOWN))
        if stemmed not in concepts or concepts[stemmed].weight < weight:
            concepts[stemmed] = Concept(word, weight, meant)
    ordered = sorted(concepts.values(), key=lambda one: -one.weight)
    saying = [says for one in ordered if (says := weight_of(one.word)) > GRAMMAR_WEIGHT]
    if len(saying) < 2 and max(saying, default=0.0) <= FAINT_WEIGHT:  # "what? no" and "how?" ask about nothing
        ordered = []
    stems = frozenset(meant for one in ordered for meant in one.meant)
    return Asked(tuple(ordered), sum(one.weight for one in ordered), stems, vocabulary)


def _weight(word: str, rarity: float) -> float:
    says = weight_of(word)
    if word.isdigit() and rarity == UNKNOWN:  # a customer's own number
        return GRAMMAR_WEIGHT
    return says * rarity if says > FAINT_WEIGHT else says * min(1.0, rarity + 0.3)

"""Which procedure a message asks for, with a score from 0 to 1 for each: from 0.3 on it is what the customer wants.

Two judges work together. One compares the message with each line that builders wrote, and needs no examples. The other
has learned from all lines together what tells the procedures apart, and from the example phrases how sure to be: it
says which procedure fits best, and the more phrases that procedure has, the more it also says whether any does.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from deskhand.adapters.offline.lexical import Lines, Match, without_builders_talk
from deskhand.adapters.offline.words import LONGEST, words_of
from deskhand.ports.understanding import Candidate

if TYPE_CHECKING:
    from deskhand.adapters.offline.classifier import Classifier
    from deskhand.adapters.offline.meanings import Vector

__all__ = ["Index", "Match"]

BY_LINES = 0.15
"""What a procedure's best line weighs beside what was learned, when procedures are put in order."""
FEW, ENOUGH_PHRASES = 2, 5
"""Phrases of a procedure up to which its lines alone say how sure to be, and from which what was learned does."""
HALF_WAY = 60
"""Phrases of all procedures with which lines and what was learned have equal weight in that: few tell little of what
else there is in the world."""
MOST_EXAMPLES = 2_000
"""That are learned from, to be done in about a second; larger workspaces have so many of each procedure's."""
MOSTLY = 0.3
"""The share of a message's words, by what they say, without which it is nearly no line at all."""
LEAST = 0.02
"""What is not worth telling."""
PART = 0.85
"""What a sentence of a message counts beside the message as a whole."""
ENOUGH = 0.3
"""The score of a whole message that makes looking at its sentences needless."""
LONG, MOST_PARTS = 8, 6
"""Words from which a message is looked at by its sentences too, and how many of those."""

_SENTENCES = re.compile(r"[.,;:!?\n]|\b(?:because|but|and|so|since|as|weil|aber|und|da)\b", re.IGNORECASE)


class Index:
    """What procedures are called by, ready to be compared with messages."""

    def __init__(
        self, candidates: tuple[Candidate, ...], language: str, vectors: "Mapping[str, Vector] | None" = None
    ) -> None:
        """With a model's `vectors` for all of `learned_texts`, likeness of meaning counts too."""
        self._candidates = candidates
        self._lines = Lines(candidates, language)
        self._classifier = _classifier(candidates, language, vectors)
        phrases = sum(len(candidate.phrases) for candidate in candidates)
        self._experience = phrases / (phrases + HALF_WAY)

    def match(self, text: str, vector: "Vector | None" = None) -> list[Match]:
        """Every procedure that the text could mean, the best first; `vector` is the text's, from the same model."""
        words = self._lines.respelt(words_of(text))
        matches = self._judged(words, vector)
        if matches and matches[0].score < ENOUGH:
            parts = [self._judged(words_of(part)) for part in _parts(text, len(words))]
            matches[0] = _raised(matches[0], parts)
        return matches

    def likeness(self, text: str) -> float:
        """How nearly the text is one of the lines that builders wrote, from 0 to 1; quicker than a match."""
        words = words_of(text)
        if self._lines.known(words) < MOSTLY:
            return 0.0
        found = self._lines.match(self._lines.respelt(words))
        return max((one.likeness for one in found.values()), default=0.0)

    def _judged(self, words: Sequence[str], vector: "Vector | None" = None) -> list[Match]:
        by_lines = self._lines.match(words)
        if self._classifier is None or not words:
            return sorted(by_lines.values(), key=_by_score)
        opinion = self._classifier.opinion(words, vector)
        found = [by_lines.get(one.slug) or Match(one.slug, 0.0, 0.0, frozenset()) for one in self._candidates]
        fits = [answer + BY_LINES * one.score for answer, one in zip(opinion.answers.tolist(), found, strict=True)]
        best = max(range(len(fits)), key=fits.__getitem__)
        if fits[best] <= 0:
            return []
        # lines are blind to what words mean
        trust = (1.0 if opinion.by_meaning else self._experience) * _experience_of(self._candidates[best])
        by_best_line = max(one.score for one in found)
        sure = trust * opinion.confidence(best) + (1 - trust) * by_best_line
        scores = [sure * fit / fits[best] for fit in fits]
        judged = [replace(one, score=score) for one, score in zip(found, scores, strict=True) if score >= LEAST]
        return sorted(judged, key=_by_score)


def _experience_of(candidate: Candidate) -> float:
    return min(1.0, max(0, len(candidate.phrases) - FEW) / (ENOUGH_PHRASES - FEW))


def learned_texts(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """What an `Index` learns from, each text once: for these it wants vectors where a model gives any."""
    return tuple(dict.fromkeys(text for _, text, _, _ in _examples(candidates)))


def _classifier(
    candidates: Sequence[Candidate], language: str, vectors: "Mapping[str, Vector] | None"
) -> "Classifier | None":
    """What the candidates' lines teach; None where there is nothing to tell apart, or too much."""
    examples = list(_examples(candidates))
    if not examples:
        return None
    # numpy is not loaded before it is needed
    from deskhand.adapters.offline.classifier import Classifier, Example

    return Classifier([Example(*one) for one in examples], language, vectors)


def _examples(candidates: Sequence[Candidate]) -> Iterator[tuple[int, str, Sequence[str], bool]]:
    """Of each candidate its name and description, and phrases from all over their list; the last is true of phrases."""
    if not 2 <= len(candidates) <= MOST_EXAMPLES:
        return
    most = MOST_EXAMPLES // len(candidates)
    for owner, candidate in enumerate(candidates):
        yield owner, candidate.name, without_builders_talk(candidate.name), False
        if candidate.description and most > 1:
            yield owner, candidate.description, without_builders_talk(candidate.description), False
        step = max(1, -(-len(candidate.phrases) // max(1, most - 2)))
        for phrase in candidate.phrases[::step] if most > 2 else ():
            yield owner, phrase, words_of(phrase), True


def _by_score(match: Match) -> float:
    return -match.score


def _raised(match: Match, parts: list[list[Match]]) -> Match:
    """The match, or what one sentence alone says for the same procedure."""
    found = [one for part in parts for one in part if one.slug == match.slug]
    weakened = [replace(one, score=PART * one.score, likeness=PART * one.likeness) for one in found]
    return min([match, *weakened], key=_by_score)


def _parts(text: str, words: int) -> list[str]:
    """The sentences of a long message, without those of a single word."""
    if words < LONG:
        return []
    parts = [part for part in _SENTENCES.split(text[:LONGEST]) if " " in part.strip()]
    return parts[:MOST_PARTS] if len(parts) > 1 else []

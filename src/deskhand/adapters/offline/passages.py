"""An index over passages: BM25 finds the likely ones, a closer look says how likely each answers the question."""

import heapq
import re
from array import array
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from deskhand.adapters.offline.passage_questions import Asked, Vocabulary, ask
from deskhand.adapters.offline.passage_scores import View, judged, view_of
from deskhand.adapters.offline.passage_words import root, said_otherwise, words_in
from deskhand.domain.knowledge import Found, Passage

K1, B = 1.2, 0.5
STILL, SLOPE = K1 * (1 - B), K1 * B
PLACES = 24
"""Bits of a passage's number within its source."""
WEAK = 0.3
"""The weight of a word below which it brings no passages in by itself."""
LOOKED_AT = 16
"""Passages that get the closer look."""
PLENTY = 500
"""Passages found, from which words that stand everywhere bring no others in."""
QUESTION_TIMES, HEADING_TIMES = 2, 2
"""How often a question's and a heading's words count."""
KEPT = 2_000
LONGEST_QUESTION = 2_000
LONG, MOST_PARTS = 9, 4
"""Words from which a message is also looked at by its sentences, and how many of those."""
PART = 0.95
"""What a sentence of a message counts beside the message as a whole."""
ELSEWHERE = 0.95
"""What a passage counts that is in another language than the customer's."""

_PARTS = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(slots=True)
class Segment:
    """A source's passages with their words."""

    passages: tuple[Passage, ...]
    language: str
    postings: dict[str, "int | array[int]"]
    """For each stem the passages that hold it, each as its number times 256 plus how often; a single one by itself."""
    lengths: "array[int]"
    words: frozenset[str]

    def holding(self, stemmed: str) -> "Sequence[int] | array[int]":
        """The passages that hold a stem."""
        found = self.postings.get(stemmed)
        return () if found is None else (found,) if isinstance(found, int) else found


@dataclass(slots=True)
class _Language:
    """What the sources of one language have in common."""

    spread: Counter[str] = field(default_factory=Counter)
    """In how many passages each stem stands."""
    words: Counter[str] = field(default_factory=Counter)
    passages: int = 0
    length: int = 0
    _vocabulary: Vocabulary | None = None

    def vocabulary(self) -> Vocabulary:
        if self._vocabulary is None:
            self._vocabulary = Vocabulary(self.words, self.spread, self.passages)
        return self._vocabulary

    def count(self, segment: Segment, sign: int) -> None:
        """Add a source (1), or take one away (-1)."""
        for stemmed in segment.postings:
            self.spread[stemmed] += sign * len(segment.holding(stemmed))
            if self.spread[stemmed] <= 0:
                del self.spread[stemmed]
        for word in segment.words:
            self.words[word] += sign
            if self.words[word] <= 0:
                del self.words[word]
        self.passages += sign * len(segment.passages)
        self.length += sign * sum(segment.lengths)
        self._vocabulary = None


class OfflinePassages:
    """The index of one workspace."""

    def __init__(self) -> None:
        self._segments: dict[str, Segment] = {}
        self._languages: dict[str, _Language] = defaultdict(_Language)
        self._views: OrderedDict[tuple[str, int], View] = OrderedDict()

    def analyse(self, passages: Sequence[Passage]) -> Segment:
        """Prepare a source's passages."""
        language = passages[0].language if passages else "en"
        found: dict[str, list[int]] = defaultdict(list)
        lengths = array("I")
        words: set[str] = set()
        for number, passage in enumerate(passages):
            own = words_in(passage.text)
            above = words_in(f"{' '.join(passage.headings)} {passage.title}")
            asked = words_in(passage.question or "")
            counted = Counter([*own, *above * HEADING_TIMES, *asked * QUESTION_TIMES])
            for part in (above, asked):
                counted.update(said_otherwise(part))
            words.update(counted)
            stems: Counter[str] = Counter()
            for word, times in counted.items():
                stems[root(word, language)] += times
            for stemmed, times in stems.items():
                found[stemmed].append(number << 8 | min(times, 255))
            lengths.append(len(own))
        postings = {key: numbers[0] if len(numbers) == 1 else array("I", numbers) for key, numbers in found.items()}
        return Segment(tuple(passages), language, postings, lengths, frozenset(words))

    def put(self, source: str, analysed: Segment) -> None:
        """Add or replace a source."""
        self.drop(source)
        if analysed.passages:
            self._segments[source] = analysed
            self._languages[analysed.language].count(analysed, 1)

    def drop(self, source: str) -> None:
        """Take a source out."""
        segment = self._segments.pop(source, None)
        if segment is not None:
            self._languages[segment.language].count(segment, -1)
            for key in [key for key in self._views if key[0] == source]:
                del self._views[key]

    def search(
        self, text: str, sources: Collection[str] | None = None, language: str = "en", limit: int = 5
    ) -> list[Found]:
        """The best passages, the best first."""
        best: dict[tuple[str, int], Found] = {}
        for part, counts in _parts(text[:LONGEST_QUESTION]):
            for spoken, common in self._languages.items():
                weight = counts * (1.0 if spoken[:2] == language[:2] else ELSEWHERE)
                for key, found in self._found(part, spoken, common, sources, weight):
                    if key not in best or found.score > best[key].score:
                        best[key] = found
        return heapq.nlargest(limit, best.values(), key=lambda one: one.score)

    def _found(
        self, text: str, language: str, common: _Language, sources: Collection[str] | None, weight: float
    ) -> Iterator[tuple[tuple[str, int], Found]]:
        asked = ask(text, language, common.vocabulary())
        segments = [
            (slug, one)
            for slug, one in self._segments.items()
            if one.language == language and (sources is None or slug in sources)
        ]
        if not asked.concepts or not segments:
            return
        average = common.length / max(common.passages, 1) or 1.0
        for slug, number in _likely(asked, segments, average):
            view = self._view(slug, number)
            score, excerpt = judged(asked, view)
            yield (slug, number), Found(view.passage, round(weight * score, 4), excerpt)

    def _view(self, source: str, number: int) -> View:
        key = source, number
        view = self._views.get(key)
        if view is None:
            view = self._views[key] = view_of(self._segments[source].passages[number])
            if len(self._views) > KEPT:
                self._views.popitem(last=False)
        else:
            self._views.move_to_end(key)
        return view


def _likely(asked: Asked, segments: list[tuple[str, Segment]], average: float) -> list[tuple[str, int]]:
    """The passages that hold most of what was asked, by BM25."""
    scores: dict[int, float] = {}
    for concept in asked.concepts:
        known_only = len(scores) >= PLENTY or (bool(scores) and concept.weight < WEAK)
        for stemmed, strength in concept.meant.items():
            weight = concept.weight * strength * (K1 + 1)
            for at, (_, segment) in enumerate(segments):
                first, lengths = at << PLACES, segment.lengths
                for packed in segment.holding(stemmed):
                    key, times = first + (packed >> 8), packed & 255
                    if key in scores:
                        scores[key] += weight * times / (times + STILL + SLOPE * lengths[packed >> 8] / average)
                    elif not known_only:
                        scores[key] = weight * times / (times + STILL + SLOPE * lengths[packed >> 8] / average)
    best = heapq.nlargest(LOOKED_AT, scores.items(), key=itemgetter(1))
    return [(segments[key >> PLACES][0], key & (1 << PLACES) - 1) for key, _ in best]


def _parts(text: str) -> Iterator[tuple[str, float]]:
    """The message, and where it is long its sentences, with what each counts."""
    yield text, 1.0
    if len(words_in(text)) >= LONG:
        parts = [part for part in _PARTS.split(text) if len(part.split()) > 2]
        if len(parts) > 1:
            # the question itself stands at the end more often than not
            yield from ((part, PART) for part in parts[-MOST_PARTS:])

"""The closer look: how much of a question a passage holds, and which of its sentences answer it."""

import math
from dataclasses import dataclass

from deskhand.adapters.offline.common_words import word_list
from deskhand.adapters.offline.passage_questions import Asked
from deskhand.adapters.offline.passage_words import meant_in, root, roots_in, weight_of, words_in
from deskhand.domain.knowledge import Passage
from deskhand.domain.passages import sentences

MOST_SENTENCES = 3
LONGEST_EXCERPT = 600
IN_ANSWER = 0.75
"""What a word counts that stands in an answer and not in its question."""
ANY_QUESTION = frozenset(
    word_list(
        """
        take takes taken taking last lasts cost costs costing work works working happen happens mean means come comes
        long much many often far fast quick soon early late big day days week weeks month months time times hour hours
        dauert dauern dauer kostet kosten funktioniert passiert lange viel viele oft weit schnell bald tag tage woche
        wochen monat monate zeit stunde stunden
        """
    )
)
"""They ask how long, how much or how often, of whatever it is."""
SUBJECT = 4.0
"""How much it counts against a question that what is asked about stands nowhere in it or in its answer."""
ABOVE, TITLE = 1.0, 0.6
"""What a word counts that stands in a heading right above, or further up."""


@dataclass(frozen=True, slots=True)
class View:
    """A passage as the closer look sees it."""

    passage: Passage
    head: dict[str, float]
    """Stems of the question or the headings, with what each counts."""
    asks: dict[str, float]
    """Stems of the question, or of the heading above, with how much each says."""
    sentences: tuple[str, ...]
    stems: tuple[frozenset[str], ...]
    """For each sentence."""


@dataclass(frozen=True, slots=True)
class Features:
    """What a judgement goes by, each from 0 to 1."""

    head: float
    """How much of the question stands in the passage's question or headings."""
    whole: float
    """How much of it stands there or in the sentences that fit best."""
    back: float
    """How much of the passage's question, or heading, stands in the question."""
    subject: float
    """How much of the words that say what it is about stands anywhere in the passage."""
    is_faq: bool


def view_of(passage: Passage) -> View:
    """Prepare a passage."""
    language = passage.language
    head: dict[str, float] = dict.fromkeys(roots_in(passage.title, language), TITLE)
    head |= dict.fromkeys(roots_in(" ".join(passage.headings[:-1]), language), TITLE)
    own = passage.question or (passage.headings[-1] if passage.headings else "")
    asks = {}
    for word in words_in(own):
        asks[root(word, language)] = weight_of(word)
    head |= dict.fromkeys(meant_in(own, language), ABOVE)
    parts = tuple(sentences(passage.text))
    stems = tuple(frozenset(roots_in(part, language)) for part in parts)
    return View(passage, head, asks, parts, stems)


def features(asked: Asked, view: View) -> tuple[Features, int]:
    """How a passage fits, and the sentence from which on it does."""
    inside = [
        (concept.weight, max((view.head.get(one, 0.0) * far for one, far in concept.meant.items()), default=0.0))
        for concept in asked.concepts
    ]
    head = sum(weight * held for weight, held in inside) / asked.total
    in_text = IN_ANSWER if view.passage.question else 1.0
    best, start = head, 0
    wanted = asked.stems
    for at in range(len(view.sentences)):
        window = view.stems[at].union(*view.stems[at + 1 : at + MOST_SENTENCES])
        if window.isdisjoint(wanted):
            continue
        whole = 0.0
        for concept, (weight, held) in zip(asked.concepts, inside, strict=True):
            if held < in_text:
                for one, far in concept.meant.items():
                    if one in window:
                        held = max(held, in_text * far)
            whole += weight * held
        # of windows that hold as much, the last one begins with what answers
        if whole / asked.total >= max(best, head + 1e-9):
            best, start = whole / asked.total, at
    return Features(head, best, _back(asked, view), _subject(asked, view), view.passage.question is not None), start


def _subject(asked: Asked, view: View) -> float:
    """How much of what a question is about a passage has anywhere; words that any question has say nothing of that."""
    held = total = 0.0
    for concept in asked.concepts:
        if weight_of(concept.word) < 1.0 or concept.word in ANY_QUESTION:
            continue
        said = [
            far for one, far in concept.meant.items() if one in view.head or any(one in part for part in view.stems)
        ]
        total += concept.weight
        held += concept.weight * max(said, default=0.0)
    return held / total if total else 1.0


def _back(asked: Asked, view: View) -> float:
    meant: dict[str, float] = {}
    for concept in asked.concepts:
        for one, far in concept.meant.items():
            meant[one] = max(far, meant.get(one, 0.0))
    weights = {one: says * asked.rarity.rarity(one) for one, says in view.asks.items()}
    total = sum(weights.values())
    return sum(weight * meant.get(one, 0.0) for one, weight in weights.items()) / total if total else 0.0


def judged(asked: Asked, view: View) -> tuple[float, str]:
    """How likely the passage answers the question, from 0 to 1, and what of it does."""
    found, start = features(asked, view)
    excerpt = view.passage.text if view.passage.question else _excerpt(view, start)
    return score_of(found), excerpt


def score_of(found: Features) -> float:
    """The score: its numbers were fitted to what the tests' made-up questions find."""
    if found.is_faq:
        # "How long does … take?" is the same question of a refund and of a delivery, and another one
        evidence = -SUBJECT * max(0.0, 0.5 - found.subject)
        evidence += 4.2 * found.whole + 1.6 * found.head + 2.0 * found.back + 2.4 * found.whole * found.back - 5.1
    else:
        # a text need not say the question again: that one place holds nearly all of it is what counts
        evidence = 9.0 * (found.whole - 0.68) + 0.8 * found.head + 0.6 * found.back
    return 1 / (1 + math.exp(-evidence))


def _excerpt(view: View, start: int) -> str:
    """One to three sentences of a passage, from the one that fits best on."""
    text = ""
    for sentence in view.sentences[start : start + MOST_SENTENCES]:
        if text and len(text) + len(sentence) > LONGEST_EXCERPT:
            break
        text += " " + sentence if text else sentence
    return text

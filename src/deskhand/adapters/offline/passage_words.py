"""The words of questions and passages: plain, stemmed, and how much each says."""

import re
from collections.abc import Sequence
from functools import lru_cache

from deskhand.adapters.offline.common_words import FAINT, GRAMMAR, word_list
from deskhand.adapters.offline.synonyms import also_meant
from deskhand.adapters.offline.words import stem
from deskhand.domain.yes_no import plain

GRAMMAR_WEIGHT, FAINT_WEIGHT = 0.1, 0.4
LONGEST_WORD = 40

_WORD = re.compile(r"[^\W_]+")
_INITIAL = re.compile(r"\b([a-z])-(?=[a-z])")
_ENDINGS = (("ment", 7), ("ship", 9))
"""And the length from which a word may have one."""
_ASKING = frozenset(
    word_list(
        """
    tell explain describe wonder wondering curious information info details detail possible able allowed anything
    until till per each long something someone else
    ever already currently actually exactly usually normally work works working happen happens
    happened find found bought buy buying purchased purchase got want ask asking asked about kind sort type
    bis pro lange mochte wissen erklaren moglich darf durfen etwas jemand eigentlich genau gibts funktioniert passiert
    """
    )
)
"""Words around a question, beside those of grammar and wanting."""


def words_in(text: str) -> list[str]:
    """The plain words of a text: lower case, without accents and apostrophes; `e-mail` is one word."""
    low = text.lower().replace("’", "'") if text.isascii() else plain_lines(text)
    return [word[:LONGEST_WORD] for word in _WORD.findall(_INITIAL.sub(r"\1", low).replace("'", ""))]


def plain_lines(text: str) -> str:
    """The text without accents; hyphens stay, for they join words."""
    return "-".join(plain.__wrapped__(part) for part in text.split("-"))


@lru_cache(maxsize=50_000)
def root(word: str, language: str) -> str:
    """The word's stem; in English also without the endings that a stemmer leaves: `payment` is about paying."""
    found = stem(word, language)
    if language[:2] == "en":
        for ending, least in _ENDINGS:
            if len(found) >= least and found.endswith(ending):
                return found[: -len(ending)]
    return found


def roots_in(text: str, language: str) -> list[str]:
    """The roots of a text's words."""
    return [root(word, language) for word in words_in(text)]


def meant_in(text: str, language: str) -> list[str]:
    """The roots of a text's words, and of the words that mean what it says in several."""
    words = words_in(text)
    return [root(word, language) for word in (*words, *said_otherwise(words))]


def said_otherwise(words: Sequence[str]) -> set[str]:
    """Single words for what is said in several: `refund` for `money back`."""
    return {other for where, others in also_meant(words) if len(where) > 1 for other in others}


def weight_of(word: str) -> float:
    """How much a word of a question says about what is asked, from 0 to 1."""
    if word in GRAMMAR:
        return GRAMMAR_WEIGHT
    return FAINT_WEIGHT if word in FAINT or word in _ASKING else 1.0

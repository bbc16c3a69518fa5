"""Text as weighted features: stemmed words, pairs of words, and the letter triples that forgive misspelling."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import snowballstemmer

from deskhand.adapters.offline.common_words import FAINT, GRAMMAR
from deskhand.domain.yes_no import plain

LONGEST = 2_000
"""Characters of a message that are looked at; the request stands there or nowhere."""
MOST_WORDS = 120

GRAMMAR_WEIGHT, FAINT_WEIGHT = 0.15, 0.45
PAIR_WEIGHT, LEAST_PAIR = 0.4, 0.2
TRIPLE_WEIGHT = 0.25
MOST_TRIPLES = 30
"""Of one word: longer ones are no words."""

_STEMMERS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese."""
_WORDS = re.compile(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+")


def words_of(text: str) -> list[str]:
    """The plain words at the beginning of a text, without apostrophes; single signs where a script has no spaces."""
    return _WORDS.findall(plain(text[:LONGEST]).replace("'", ""))[:MOST_WORDS]


@cache
def _stemmer(name: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(name)


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The word's stem in the language; the word itself where the language has no stemmer."""
    name = _STEMMERS.get(language[:2])
    return str(_stemmer(name).stemWord(word)) if name and len(word) < 40 else word


def weight_of(word: str) -> float:
    """How much a word says about what is wanted, from 0 to 1."""
    if word in GRAMMAR or any(letter.isdigit() for letter in word):
        return GRAMMAR_WEIGHT
    return FAINT_WEIGHT if word in FAINT else 1.0


def features(words: Sequence[str], language: str) -> dict[str, float]:
    """The features of a text with their weights: `refund`, `money back` and `#ref`."""
    found: dict[str, float] = {}
    before, before_weight = "", 0.0
    for word in words:
        stemmed, weight = stem(word, language), weight_of(word)
        found[stemmed] = max(weight, found.get(stemmed, 0.0))
        if before:
            found[f"{before} {stemmed}"] = PAIR_WEIGHT * max(min(before_weight, weight), LEAST_PAIR)
        if weight > GRAMMAR_WEIGHT:
            for triple in _triples(word):
                found[triple] = TRIPLE_WEIGHT
        before, before_weight = stemmed, weight
    return found


@lru_cache(maxsize=20_000)
def _triples(word: str) -> tuple[str, ...]:
    framed = f"^{word[:MOST_TRIPLES]}$"
    return tuple(f"#{framed[at : at + 3]}" for at in range(len(framed) - 2))

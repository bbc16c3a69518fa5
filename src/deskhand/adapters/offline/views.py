"""What a text is made of, seen in five ways: words, letters, pairs of words, concepts, pairs of concepts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from deskhand.adapters.offline.concepts import concepts_of
from deskhand.adapters.offline.words import MOST_TRIPLES, stem

Bag = Mapping[str, float]

MOST = 40
"""Words that are looked at: a request of that length has been said by then."""
APART = 12
"""Words that may lie between the two of a pair, since customers put them in any order."""
SHORTEST, LONGEST = 3, 5
"""Letters that are looked at together."""
STRESSED = (True, True, False, True, False)
"""In which ways sharing much shall count more than sharing a little here and there; a pair is much by itself."""


def views(words: Sequence[str], language: str) -> tuple[Bag, ...]:
    """One bag of features for each way of looking; the same ways in the same order for every text."""
    said = words[:MOST]
    stems = [stem(word, language) for word in said]
    about = [concepts_of(stemmed, language) or (stemmed,) for stemmed in stems]
    return (
        Counter(stems),
        _letters(said),
        _pairs([(stemmed,) for stemmed in stems]),
        Counter(chain.from_iterable(about)),
        _pairs(about),
    )


def _letters(words: Sequence[str]) -> Bag:
    text = f" {' '.join(word[:MOST_TRIPLES] for word in words)} "
    # scripts without spaces between words say much in two signs
    shortest = SHORTEST if text.isascii() else 2
    return Counter(text[at : at + size] for size in range(shortest, LONGEST + 1) for at in range(len(text) - size + 1))


def _pairs(words: Sequence[Sequence[str]]) -> Bag:
    found: dict[str, float] = {}
    for at, before in enumerate(words):
        for after in words[at + 1 : at + 1 + APART]:
            for one in before:
                for other in after:
                    if one != other:
                        found[f"{one}+{other}" if one < other else f"{other}+{one}"] = 1.0
    return found

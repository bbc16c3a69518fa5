"""A sort of thing that has no fixed choices: the genre of a film, the cuisine of a restaurant."""

import re
from collections.abc import Sequence

from deskhand.adapters.offline.common_words import FAINT, GRAMMAR, word_list
from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.kinds import Kind, kind_of
from deskhand.adapters.offline.words import stem
from deskhand.ports.understanding import Wanted

_OTHER_WORDS = {
    "movi": ("film", "flick"),
    "song": ("music", "track", "tune"),
    "restaur": ("cuisine", "food", "place", "dish"),
    "food": ("cuisine", "dish", "restaurant"),
    "event": ("show", "concert", "game", "match"),
}
_NO_SORT = frozenset(
    word_list(
        """
    other another different new good great nice best better interesting similar same more any some few several local
    available round one way next last first second third only own free favorite favourite whole entire particular
    specific certain suitable popular decent lovely cool fun top open nearby near find search watch see rent play show
    book reserve suggest recommend eat try hear buy order cheap cheaper expensive costly priced moderate inexpensive big
    large small right such every each these those kind type sort style genre category subcategory main live online
    listen looking watching eating playing renting seeing serving serve serves called named directed starring good
    please two three four five six prefer fine somewhere anywhere outside there something anything
    """
    )
)
_EDIBLE = frozenset({"food", "restaur", "dish", "meal"})
_SERVED = re.compile(
    r"\b(?:serves?|serving|in the mood for|craving|eat(?:ing)?|somewhere with) (?:some |a |an )?"
    r"((?:[A-Z][\w'-]*(?: (?:& )?[A-Z][\w'-]*){0,2}|[a-z]+(?: and [a-z]+)?(?=[.,!?]| in | at | near | around |$)))"
)
_LONGEST = 30
_WORD = r"[^\W\d_][\w'’-]{0,30}"


def sorts_in(variables: Sequence[Wanted], text: str, flagged: frozenset[str] = frozenset()) -> dict[str, Found]:
    """The sorts that stand right before what they are a sort of, or with the variable's own word.

    flagged: stems that a yes-or-no variable speaks of: "vegetarian food" is then no cuisine.
    """
    found = {}
    for one in variables:
        kind = kind_of(one)
        if kind.about == "sort" and (value := _sort(kind, text)) and not _is_flagged(value, flagged):
            found[one.name] = value
    return found


def _is_flagged(value: Found, flagged: frozenset[str]) -> bool:
    return any(stem(word, "en") in flagged for word in str(value.value).casefold().split())


def _sort(kind: Kind, text: str) -> Found | None:
    own = [word for word in ("genre", "category", "cuisine", "style") if stem(word, "en") in kind.nouns]
    heads = [*own, *_heads(kind)]
    if not heads:
        return None
    pattern = re.compile(
        rf"\b({_WORD}(?: {_WORD})?(?: {_WORD})?) (?:(?:kind|type|sort|style)s? of )?(?:{'|'.join(heads)})\w{{0,3}}\b",
        re.I,
    )
    for match in pattern.finditer(text):
        if value := _modifier(match[1], match.start(1)):
            return value
    if own:
        named = re.search(rf"\b(?:{'|'.join(own)})s? (?:is|of|to|called|named|should be|like) ({_WORD})", text, re.I)
        if named and _says(named[1]):
            return Found(named[1], named.start(1), named.end(1))
    if kind.of & _EDIBLE and (served := _SERVED.search(text)) and _says(served[1].split()[0]):
        return Found(served[1], served.start(1), served.end(1))
    return None


def _heads(kind: Kind) -> list[str]:
    """How the words begin of what it is a sort of."""
    return [word for noun in sorted(kind.of) if len(noun) > 3 for word in (noun, *_OTHER_WORDS.get(noun, ()))]


def _modifier(words: str, start: int) -> Found | None:
    """The words right before the head that say what sort: one, or several that are all capitalised."""
    said = words.split(" ")
    last = said[-1]
    if not _says(last):
        return None
    at = len(said) - 1
    while at and said[at - 1][0].isupper() and _says(said[at - 1]):
        at -= 1
    kept = " ".join(said[at:])
    return Found(kept, start + len(words) - len(kept), start + len(words)) if len(kept) <= _LONGEST else None


def _says(word: str) -> bool:
    plain = word.casefold()
    return plain not in GRAMMAR and plain not in FAINT and plain not in _NO_SORT and not plain.endswith("ing")

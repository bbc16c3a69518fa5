"""A short answer without what people say around it: "I would like some Thai please" is Thai."""

import re

from deskhand.adapters.offline.common_words import FAINT, GRAMMAR, word_list
from deskhand.adapters.offline.number_words import UNITS
from deskhand.adapters.offline.spans import STARTERS
from deskhand.adapters.offline.words import stem
from deskhand.domain.yes_no import yes_or_no

LONGEST = 6
"""Words of a short answer."""

_LEAD = frozenset(
    word_list(
        """
    would like want need prefer preferably looking look search find get show book reserve think thinking maybe perhaps
    something anything somewhere some any kind sort type style let's go with how what about sounds great perfect
    interested mood craving eat eating watch watching see hear listen play rent in at to for from of on near around be
    it's
    i'd i'm i'll that's choose pick love preferred ideally probably definitely actually try check visit going headed go
    be fly travel leave leaving departing possible near close
    """
    )
)
_TAIL = frozenset(
    word_list(
        """
    please thanks thank you would be great fine good is works work for me sounds nice instead movie movies film films
    song songs music restaurant restaurants food cuisine genre category place places style then ok okay it area works
    perfect will do if possible i think i guess
    """
    )
)
_NOT_SAID = re.compile(
    r"\b(?:don'?t (?:know|care|mind|have)|no idea|not sure|whatever|anything|any(?:one|where)?|nothing|none)\b", re.I
)
_PARTS = re.compile(r"[.!?;\n]+\s*|,\s+|\s{2,}")
_EDGE = "\"'“”‘’.,;:!?()- "


def bare_words(text: str, empty: frozenset[str] = frozenset()) -> str | None:
    """The few words that are the answer; None where the text is a question, a refusal or longer than that.

    empty: stems of words that say nothing by themselves, such as those of what is asked for.
    """
    if _NOT_SAID.search(text):
        return None
    parts = [_stripped(part) for part in _PARTS.split(text) if part and "?" not in part]
    said = [part for part in parts if part]
    if "?" in text or len(said) != 1 or len(said[0].split()) > LONGEST:
        return None
    if yes_or_no(said[0]) is not None:
        return None
    words = [_plain(word) for word in said[0].split()]
    if all(stem(word, "en") in empty or word in STARTERS or word in UNITS or word.isdigit() for word in words):
        return None
    return said[0]


def _stripped(part: str) -> str:
    words = part.strip().split()
    while words and _plain(words[0]) in _LEAD | GRAMMAR | FAINT and not _is_title(words):
        words = words[1:]
    while words and _plain(words[-1]) in _TAIL | GRAMMAR:
        words = words[:-1]
    return " ".join(words).strip(_EDGE)


def _is_title(words: list[str]) -> bool:
    """Whether a first word belongs to a name, as in The Grotto."""
    return words[0] in ("The", "A", "An", "La", "El", "Los", "Las") and len(words) > 1 and words[1][:1].isupper()


def _plain(word: str) -> str:
    return word.strip(_EDGE).casefold().replace("’", "'")

"""A person's own name in an answer: after what leads to it, or as all that was written; its first and its last part."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Literal

from deskhand.adapters.offline.calendar_words import MONTHS, SHORT_WEEKDAYS
from deskhand.adapters.offline.common_words import word_list
from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.letters import fold
from deskhand.adapters.offline.name_words import BUT_NAMES, NO_NAMES, PARTICLES, TITLES
from deskhand.ports.understanding import Wanted

Part = Literal["full", "first", "last"]

_FULL = frozenset(
    word_list("name full_name fullname your_name customer_name contact_name user_name guest_name person_name own_name")
)
_FIRST = frozenset(word_list("first_name firstname given_name forename vorname christian_name prenom"))
_LAST = frozenset(word_list("last_name lastname surname family_name nachname familienname nom"))
_MOST_WORDS = 5
_MOST_SMALL = 3
"""Words of a name in small letters."""
_SHORT = 40
"""Letters of a message in which a name in small letters is not much else."""
_MOST_LEADS = 40
_LOOKED_AT = 1_000
_INITIAL = 3
"""Letters and the dot of a shortened name; a longer word with a dot ends its sentence."""
_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]*\w)?\.?")
_LEADS = re.compile(
    r"\b(?:(?:my|the|our|his|her)?\s?(?:full |real |own )?name(?:'s| is| will be| would be| should be|:)"
    r"|(?:under|in|use|using|with|by|for|on)(?: the| my)? name(?: of|:| is)?|(?:named|call|called) me"
    r"|(?:i am|i'm|i was|is|person|guest|man|woman) (?:named|called)|known as|i go by|go by"
    r"|mein(?:e)? (?:voller )?name (?:ist|lautet)|name ist|ich heiße|ich heisse|auf den namen|unter dem namen"
    r"|je m'appelle|me llamo|mi chiamo|ik heet|mam na imie)[: ]+"
)
"""What leads to a name, however it is written."""
_WEAK_LEADS = re.compile(
    r"\b(?:under|unter|this is|i am|i'm|im|it's|it is|that's|that would be|hier ist|hier spricht|ich bin"
    r"|das ist|here is)[: ]+"
)
"""What leads to a name that has capitals, or is all that follows."""
_CAPITAL_LEADS = re.compile(r"\b(?:under|for|by|as|unter|auf|fur|i think|that)[: ]+")
"""What leads to a name of two or more words with capitals."""
_OWN_FIRST = re.compile(
    r"\b(?:my )?(?:first|given|christian) name(?:'s| is|:)?[: ]+|\bvorname(?: ist|:)?[: ]+|\bfirst(?: is|:)[: ]+"
)
_OWN_LAST = re.compile(
    r"\b(?:my )?(?:(?:last|family) ?name|surname)(?:'s| is|:)?[: ]+|\b(?:nachname|familienname)(?: ist|:)?[: ]+"
    r"|\blast(?: is|:)[: ]+"
)
_NAME_BEHIND = re.compile(r"\s{0,2},?\s{0,2}(?:here\b|speaking\b|is (?:my|the) (?:full )?name\b|has (?:a|the) \w+)")
_ENDS_BEHIND = re.compile(r"\s{0,2}(?:[,;(\n]|- |and (?:my|the)\b|und (?:mein|die)\w*\b)")
_FROM_BEHIND = re.compile(r",? (?:from|at|with|of|here|and|von|aus|bei)\b")
_LABEL_BEHIND = re.compile(
    r"(?<!\s)\s{0,2},?\s{0,2}(?:is|ist) (?:my|the|mein)e? (?P<part>first|last|family|vor|nach|sur)-?\s?name"
)
_EDGES = " \t\r\n,;:.!?\"'()“”„‘’*"


@lru_cache(maxsize=1_000)
def part_of(wanted: Wanted) -> Part | None:
    """Which part of the customer's own name a variable is; None where it is none."""
    if wanted.type != "text" or wanted.choices:
        return None
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", wanted.name).lower()
    for part, names in (("first", _FIRST), ("last", _LAST), ("full", _FULL)):
        if name in names or any(name.endswith(f"_{one}") and "_" in one for one in names):
            return part  # type: ignore[return-value]
    return None


def name_in(text: str, part: Part, asked_first: bool = True) -> Found | None:
    """The name, or the asked part of it; None where the words are no name.

    asked_first: whether a single name is this part; where both parts were asked for, it is the first one asked.
    """
    text = text[:_LOOKED_AT]
    folded = fold(text)
    own, other = (_OWN_FIRST, _OWN_LAST) if part == "first" else (_OWN_LAST, _OWN_FIRST)
    if part != "full":
        if labelled := _after(own, folded, text):
            return _found(labelled[:1] if part == "first" else labelled, text)
        if other.search(folded):
            return None
        if behind := _LABEL_BEHIND.search(folded):
            is_last = behind["part"] in ("last", "family", "nach", "sur")
            words = _words(text, 0, behind.start())
            return _found(words, text) if words and is_last == (part == "last") else None
    words = (
        _after(_LEADS, folded, text)
        or _alone(text, folded)
        or _after(_WEAK_LEADS, folded, text, _is_whole_or_capital)
        or _at_the_beginning(text, folded)
        or _after(_CAPITAL_LEADS, folded, text, _is_capital_pair)
    )
    return _found(_part(words, part, asked_first), text) if words else None


def _after(
    lead: re.Pattern[str], folded: str, text: str, fits: Callable[[list[re.Match[str]], str], bool] | None = None
) -> list[re.Match[str]]:
    """The words of a name right behind what leads to it; the last lead counts."""
    for match in reversed(list(islice(lead.finditer(folded), _MOST_LEADS))):
        words = _words(text, match.end(), len(text))
        if words and (fits is None or fits(words, text)):
            return words
    return []


def _is_whole_or_capital(words: list[re.Match[str]], text: str) -> bool:
    """Whether the words are written as a name, or nothing follows them but courtesy."""
    if words[0][0][0].isupper():
        return True
    if len(text) > _SHORT:
        return False
    rest = fold(text[words[-1].end() :])
    return len(words) <= _MOST_SMALL and (_FROM_BEHIND.match(rest) is not None or not _COURTESY_BEHIND.sub("", rest))


def _is_capital_pair(words: list[re.Match[str]], text: str) -> bool:
    if len(words) < 2 or not all(word[0][0].isupper() or _is_particle(word) for word in words):
        return False
    return fold(words[0][0]) not in SHORT_WEEKDAYS and not any(fold(word[0]) in MONTHS for word in words[1:])


def _at_the_beginning(text: str, folded: str) -> list[re.Match[str]]:
    """A name that begins the message: "Jo Smith here", "Jo Smith is my name"."""
    said = _COURTESY_BEFORE.match(folded)
    words = _words(text, said.end() if said else 0, len(text))
    while words and words[-1][0].islower() and not _NAME_BEHIND.match(folded, words[-1].end()):
        words.pop()
    if not words:
        return []
    ends = _ENDS_BEHIND.match(folded, words[-1].end()) and _is_capital_pair(words, text)
    return words if ends or _NAME_BEHIND.match(folded, words[-1].end()) else []


def _words(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Words of a name from here on, until something that is in no name."""
    found: list[re.Match[str]] = []
    at = start
    while len(found) < _MOST_WORDS and (match := _WORD.match(text, at, end)):
        if _is_no_name(match) and not (found and _is_particle(match)):
            break
        found.append(match)
        at = match.end()
        if text[at : at + 1] == "," and len(found) == 1 and _is_reversed(text, at):
            at += 1
        if text[at : at + 1] != " " or (match[0].endswith(".") and len(match[0]) > _INITIAL):
            break
        at += len(text[at:end]) - len(text[at:end].lstrip(" "))
    while found and _is_particle(found[-1]) and len(found) > 1:
        found.pop()
    return found


def _is_reversed(text: str, comma: int) -> bool:
    """Whether nothing but one more name stands behind a comma, as in "Smith, Jo"."""
    return re.fullmatch(r",\s*[^\W\d_][\w'’-]*[.!]?\s*", text[comma:]) is not None


def _alone(text: str, folded: str) -> list[re.Match[str]]:
    """The whole message as a name, without greetings and courtesy around it."""
    said = _COURTESY_BEFORE.match(folded)
    start = said.end() if said else 0
    behind = _COURTESY_BEHIND.search(folded, start)
    end = behind.start() if behind else len(text)
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    while start < end and text[start] in _EDGES:
        start += 1
    if "?" in text[start:] or not start < end or re.search(r"\d", text[start:end]):
        return []
    joined = re.sub(r" (?:and|und|&) |, ?", " ", text[start:end])
    parts = joined.split()
    if not 1 <= len(parts) <= _MOST_WORDS:
        return []
    words = [match for match in _WORD.finditer(text, start, end) if match[0].casefold() not in ("and", "und")]
    if len(words) != len(parts) or any(
        _is_no_name(one) and not (at and _is_particle(one)) for at, one in enumerate(words)
    ):
        return []
    return words


_COURTESY_BEFORE = re.compile(
    r"\s*(?:(?:hi|hello|hey|hallo|sure|yes|yep|yeah|ok|okay|of course|certainly|ja|klar|oh|um+|uh)\b[\s,.!]*){0,3}"
)
_COURTESY_BEHIND = re.compile(r"[\s,.!]*\b(?:thanks|thank you|please|danke|bitte|thx)?[\s.!]*$")


def _is_no_name(match: re.Match[str]) -> bool:
    word = match[0].rstrip(".")
    folded = fold(word)
    if "'" in folded and folded.split("'")[0] in NO_NAMES:
        return True
    return folded in NO_NAMES and not (folded in BUT_NAMES and word[0].isupper())


def _is_particle(match: re.Match[str]) -> bool:
    return fold(match[0].rstrip(".")) in PARTICLES


def _part(words: Sequence[re.Match[str]], part: Part, asked_first: bool) -> Sequence[re.Match[str]]:
    """The first name, or the last one with the particles before it."""
    while len(words) > 1 and fold(words[0][0]).rstrip(".") in TITLES:
        words = words[1:]
    if part == "full":
        return words
    if len(words) == 1:
        return words if asked_first else ()
    if part == "first":
        return words[:1]
    start = len(words) - 1
    while start > 1 and _is_particle(words[start - 1]):
        start -= 1
    return words[start:]


def _found(words: Sequence[re.Match[str]], text: str) -> Found | None:
    if not words:
        return None
    start, end = words[0].start(), words[-1].end()
    last = words[-1][0]
    if last.endswith(".") and (len(last) > _INITIAL or (len(last) == _INITIAL and not text[end:].strip())):
        end -= 1
    return Found(re.sub(r"\s+", " ", text[start:end]), start, end)

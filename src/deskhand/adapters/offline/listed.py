"""Choices that a message names without being asked: whole names in any inflection, and "no" for the choice None."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.kinds import kind_of
from deskhand.ports.understanding import Wanted

_WORD = re.compile(r"[^\W_]+(?:['’]\w+)?")
_DENIED = re.compile(
    r"\b(?:not|no|kein|keine|nicht|instead of|rather than|no longer|besides|other than|than)(?: (?:the|a|an|my))?\s*$",
    re.I,
)
_TO = re.compile(
    r"\b(?:to|into|their|his|her|recipient\w*|destination|friend'?s?|receiver\w*)\b(?:\W+\w+){0,2}\W*$", re.I
)
_NONE = frozenset({"none", "no", "keine", "kein"})
_REACH = 30
MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class _Mention:
    choice: str
    start: int
    end: int


def listed_in(variables: Sequence[Wanted], text: str) -> dict[str, Found]:
    """The choices that the words name, by variable; none where two of them are named."""
    words = [(match, _singular(match[0].casefold())) for match in _WORD.finditer(text)][:MOST_WORDS]
    found: dict[str, Found] = {}
    for choices in {one.choices: None for one in variables}:
        same = [one for one in variables if one.choices == choices]
        mentions = list(_mentions(choices, words, text))
        for one in same:
            mine = [mention for mention in mentions if len(same) == 1 or _is_for(one, same, mention, text)]
            if len({mention.choice for mention in mine}) == 1:
                found[one.name] = Found(mine[0].choice, mine[0].start, mine[0].end)
            elif not mine and (none := _none_of(one, text)):
                found[one.name] = none
    return found


def _is_for(one: Wanted, same: Sequence[Wanted], mention: _Mention, text: str) -> bool:
    """Which of two variables with the same choices is meant: theirs, or the customer's own."""
    to = [other for other in same if kind_of(other).side == "to" or _is_another(other)]
    if len(to) != 1 or len(same) != 2:
        return False
    theirs = bool(_TO.search(text[max(0, mention.start - _REACH) : mention.start]))
    theirs = theirs or bool(re.match(r"\s+\w+ (?:of|to) [A-Z]", text[mention.end : mention.end + _REACH]))
    return (one is to[0]) == theirs


def _is_another(one: Wanted) -> bool:
    return bool(re.search(r"recipient|receiver|target|destination", f"{one.name} {one.description}", re.I))


def _mentions(choices: tuple[str, ...], words: list[tuple[re.Match[str], str]], text: str) -> Iterator[_Mention]:
    taken: set[int] = set()
    for choice, stems in _by_length(choices):
        for at in range(len(words) - len(stems) + 1):
            window = range(at, at + len(stems))
            if taken & set(window) or any(words[at + ahead][1] != stems[ahead] for ahead in range(len(stems))):
                continue
            taken |= set(window)
            start, end = words[at][0].start(), words[window[-1]][0].end()
            if not _DENIED.search(text[max(0, start - _REACH) : start]):
                yield _Mention(choice, start, end)


@lru_cache(maxsize=1_000)
def _by_length(choices: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Choices with the stems of their words, the longest first; not those too short to mean one thing."""
    split = [
        (choice, tuple(_singular(match[0].casefold()) for match in _WORD.finditer(choice)))
        for choice in choices
        if len(choice) > 2 and choice.casefold() not in _NONE
    ]
    return tuple(sorted((one for one in split if one[1]), key=lambda one: -len(one[1])))


def _singular(word: str) -> str:
    """One word for one and many; no stem, by which to check would be a checking account."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _none_of(one: Wanted, text: str) -> Found | None:
    """The choice None, where the message wants no such thing: "no subtitles"."""
    none = next((choice for choice in one.choices if choice.casefold() in _NONE), None)
    if none is None:
        return None
    nouns = "|".join(re.escape(noun) for noun in sorted(kind_of(one).nouns) if len(noun) > 3)
    match = (
        re.search(rf"\b(?:no|without|don'?t (?:\w+ ){{1,2}}any|not? any|{none})(?: \w+)? (?:{nouns})\w*", text, re.I)
        if nouns
        else None
    )
    return Found(none, match.start(), match.end()) if match else None

"""Numbers inside sentences that say what they count: two people, 3 bedrooms, a table for four, 1400 dollars."""

import re
from collections.abc import Sequence
from functools import lru_cache

from deskhand.adapters.offline import typed
from deskhand.adapters.offline.common_words import BUILDERS, FAINT, GRAMMAR, word_list
from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.words import stem
from deskhand.domain.values import NUMERIC
from deskhand.ports.understanding import Wanted

_HEADS = frozenset(
    word_list(
        "people persons person passengers passenger travelers traveler travellers traveller guests guest riders rider "
        "adults adult seats seat tickets ticket party attendees attendee visitors participants diners"
    )
)
_HEAD_STEMS = frozenset(stem(word, "en") for word in _HEADS)
_OF_US = re.compile(r"^\s+(?:of us|of them|in total|altogether|in our (?:party|group))\b", re.I)
_FOR = re.compile(r"\b(?:table|seats?|room|spot|reservation|party|group|booking|ride|cab|taxi) (?:for|of)\s+$", re.I)
_ALONE = re.compile(
    r"\b(?:just|only) (?:me|myself|for me|for myself)\b|\b(?:by myself|on my own|i'?m alone|i am alone)\b", re.I
)
_MONEY = frozenset(word_list("amount price money cost fare budget payment balance sum total fee rent salary betrag"))
_MARKED = re.compile(r"[$€£]\s?$")
_CURRENCY = re.compile(r"^\s?(?:[$€£]|(?:bucks|dollars?|euros?|eur|usd|pounds?|gbp|francs?|chf|cents?)\b)", re.I)
_WITH_CURRENCY = re.compile(r"[$€£]|(?:eur|usd|gbp|chf|pln)s?\b|euro", re.I)
_HOW_MANY = frozenset(word_list("quantity count pieces anzahl menge stueck stuck"))
_STREETS = frozenset(word_list("street st road rd avenue lane drive square way strasse straße platz weg allee gasse"))
_EMPTY = GRAMMAR | FAINT | BUILDERS | frozenset(word_list("number count total quantity length size amount"))
_UNITS = frozenset(word_list("days nights weeks months hours minutes years day night week month hour minute year"))
_JUST_FOR = re.compile(r"\b(?:for|need|want|only|just|make it|change it to)(?: just| only| the)? $", re.I)
_ONE_WAY = re.compile(r"[ -](?:way|of)\b", re.I)
_ENDS = re.compile(r"\s*(?:[.,;!?]|$)")
_FOLLOWING = re.compile(r"[ -]{1,2}([^\W_]+)")
_NUMBER_OF = re.compile(r"\b(?:number|amount|count|quantity|length) of\b")
_BELONGS = re.compile(r"\b(?:in|for|at|of|to|on|per|that|where|which|with|is|are|do|does|did|will|would|should)\b")
_BETWEEN = frozenset(word_list("is to be of for as at least s number no nr nummer lautet ist"))
"""What may stand between the variable's word and its number."""
_REACH = 40
_SPLIT = re.compile(r"[^\W_]+")


def is_count(wanted: Wanted) -> bool:
    """Whether a variable's values are numbers, free or from a list."""
    return wanted.type in NUMERIC or (bool(wanted.choices) and all(choice.isdigit() for choice in wanted.choices))


def counts_in(variables: Sequence[Wanted], text: str) -> dict[str, Found]:
    """The numbers that say what they count, by variable; none where two could be meant."""
    counted = [one for one in variables if is_count(one)]
    if not counted:
        return {}
    numbers = _numbers(text)
    nearest = {number.start: fit for number in numbers if (fit := _nearest(number, text, counted))}
    found: dict[str, Found] = {}
    for one in counted:
        about = [number for number in numbers if nearest.get(number.start, (0, ""))[1] == one.name]
        if len({number.value for number in about}) == 1 and _is_allowed(one, str(about[0].value)):
            found[one.name] = about[0]
    for one in counted:
        if one.name not in found and _counts_heads(one) and _is_allowed(one, "1") and (match := _ALONE.search(text)):
            found[one.name] = Found("1", match.start(), match.end())
    return found


def _nearest(number: Found, text: str, counted: Sequence[Wanted]) -> tuple[int, str] | None:
    """The variable whose word stands nearest to the number, with how far; none where two are as near."""
    fits = sorted((far, one.name) for one in counted if (far := _distance(number, text, one)) is not None)
    return fits[0] if fits and (len(fits) == 1 or fits[0][0] < fits[1][0]) else None


def _numbers(text: str) -> list[Found]:
    """Numbers in digits, and those in words."""
    written = typed.numbers(text)
    rest = text
    for number in written:
        rest = number.without(rest)
    spelt = typed.numbers(rest) if written else []
    return sorted([*written, *spelt], key=lambda one: one.start)


def _is_allowed(one: Wanted, value: str) -> bool:
    return not one.choices or value in one.choices


def _distance(number: Found, text: str, one: Wanted) -> int | None:
    """How many words lie between a number and what says that it is the variable's; None where nothing does."""
    before, after = text[max(0, number.start - _REACH) : number.start], text[number.end : number.end + _REACH]
    said = text[number.start : number.end]
    if _MARKED.search(before) or _CURRENCY.match(after) or _WITH_CURRENCY.search(said):
        return 0 if _own_words(one) & _MONEY else None
    if said.casefold() in ("1", "one") and _ONE_WAY.match(after):
        return None
    heads = _counts_heads(one)
    if heads and (_OF_US.match(after) or _FOR.search(before)):
        return 0
    own = _own_stems(one) | (_HEAD_STEMS if heads else frozenset())
    if not own and _own_words(one) & _HOW_MANY:
        return 0 if _counts_something(after) else None
    for far, word in enumerate(_noun_phrase(after)):
        if _same(word, own):
            return far
    if heads and _JUST_FOR.search(before) and _ENDS.match(after):
        return 0
    return 0 if _names_it(_SPLIT.findall(re.split(r"[.,;!?]", before.casefold())[-1])[-3:], own) else None


def _counts_something(after: str) -> bool:
    """Whether things stand behind a number: 3 mugs, two more shirts; days, weeks and years are no things."""
    words = _noun_phrase(after)
    return bool(words) and not set(words[:2]) & _UNITS and not set(words) & _STREETS


def _noun_phrase(after: str) -> list[str]:
    """The words behind a number up to where its noun must have come: three Economy class tickets."""
    found: list[str] = []
    end = 0
    for match in _FOLLOWING.finditer(after):
        word = match[1].casefold()
        if match.start() != end or word in GRAMMAR or len(found) == 5:
            break
        end = match.end()
        found.append(word)
    return found


def _names_it(preceding: list[str], own: frozenset[str]) -> bool:
    """Whether the variable's word stands before, with little between: seats: 4, rating of 3, the PIN number is 4711."""
    words = [word for word in preceding if word not in _BETWEEN]
    return bool(words) and words[-1] == preceding[-1 - (len(preceding) - len(words))] and _same(words[-1], own)


def _same(word: str, own: frozenset[str]) -> bool:
    stemmed = stem(word, "en")
    return stemmed in own or any(len(noun) >= 3 and word.startswith(noun) for noun in own)


def _own_words(one: Wanted) -> frozenset[str]:
    return frozenset(_words(one.name)) | frozenset(_words(one.description))


@lru_cache(maxsize=2_000)
def _own_stems(one: Wanted) -> frozenset[str]:
    """Stems of the words that the variable counts: the rooms of "Number of rooms in the reservation"."""
    described = _BELONGS.split(_NUMBER_OF.sub("", one.description[:300].casefold()), maxsplit=1)[0]
    units = [word for word in _words(one.description) if word in _UNITS]
    words = [*_words(one.name), *_words(described), *units]
    return frozenset(stem(word, "en") for word in words if word not in _EMPTY and len(word) > 2)


@lru_cache(maxsize=2_000)
def _counts_heads(one: Wanted) -> bool:
    """Whether what is counted is people, or a seat for each."""
    return bool(_own_words(one) & _HEADS)


def _words(text: str) -> list[str]:
    return _SPLIT.findall(re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", text).casefold())

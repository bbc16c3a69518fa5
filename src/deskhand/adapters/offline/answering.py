"""The value that answers a question, of whatever type it is; or that there is none in the words."""

import re
from functools import lru_cache, partial

from deskhand.adapters.offline import choices, codes, typed
from deskhand.adapters.offline.affirmation import yes_no
from deskhand.adapters.offline.calendar_words import LENGTHS
from deskhand.adapters.offline.found import LOOKED_AT, Found
from deskhand.adapters.offline.groups import is_about_people, people_in
from deskhand.adapters.offline.kinds import is_end, kind_of
from deskhand.adapters.offline.leaning import lean_of
from deskhand.adapters.offline.letters import fold
from deskhand.adapters.offline.listing import list_in
from deskhand.adapters.offline.moments import sure_times, time_in
from deskhand.adapters.offline.names import name_in, part_of
from deskhand.adapters.offline.picking import pick
from deskhand.adapters.offline.setting import Setting
from deskhand.adapters.offline.unanswered import holds_no_answer
from deskhand.adapters.offline.volunteering import is_about, named_in_answer
from deskhand.adapters.offline.words import GRAMMAR_WEIGHT, stem, weight_of, words_of
from deskhand.ports.understanding import Wanted

ANYWHERE = Setting()

_DATE_NAMES = frozenset(("date", "day", "datum", "tag", "birthday", "dob", "geburtstag", "geburtsdatum"))
_MAY_BE_A_TIME = re.compile(
    r"\d{1,2}[./]\d{1,2}\.?|.*\b(?:hours?|hrs?|min\w*|stunden?)\b.*"
    r"|tonight|this (?:evening|afternoon|morning)|now|jetzt|sofort"
)
_DURATION = re.compile(
    rf"\b(?:\d{{1,3}}|an?|one|two|three|four|few|couple of|ein\w*|zwei|drei) (?:{'|'.join(LENGTHS)})\b"
)
_OF_ANOTHER = re.compile(r"\b(?:at|after|before|by|until|till|than|rating|rated|um|nach|vor|ab)(?: of)? $")
"""What stands before a time or a rating, but before no number of people."""
_ANOTHER = re.compile(r" ?(?:stars?|star rating|sterne|%|percent|floors?|tables?|hours?|minutes?)\b")
_ASKS_ABOUT = re.compile(
    r"\W*(?:what|how|why|when|where|who|was|wie|warum|wieso|wann|wo)\b(?! about| if).{0,300}\?",
    re.IGNORECASE | re.DOTALL,
)
_WORDS_OF_A_DURATION = 8
_REACH = 40
"""Letters behind a number in which the word is that it counts."""


def answer(wanted: Wanted, text: str, setting: Setting = ANYWHERE, asked_first: bool = True) -> Found | None:
    """The asked value in an answer to its question, with where it stands; None where it is not in there.

    asked_first: whether the question was for this value before others that were asked for along with it.
    """
    looked_at = text[:LOOKED_AT]
    if wanted.choices:
        return _chosen(wanted, looked_at, setting)
    match wanted.type:
        case "text":
            return _text(wanted, text, setting, asked_first)
        case "boolean":
            return yes_no(looked_at)
        case "number" | "integer" | "float":
            return _number(wanted, looked_at, setting)
        case "email":
            return _picked(wanted, typed.emails(looked_at) or typed.dictated_emails(looked_at), looked_at)
        case "phone":
            return _picked(wanted, typed.phones(looked_at, setting.region), looked_at)
        case "date":
            return _date(wanted, looked_at, setting)
        case "json":
            return list_in(looked_at, wanted.example)


def particular(wanted: Wanted) -> bool:
    """Whether a free text is known well enough to be found in a sentence: a time, a person's name, people, a day."""
    return part_of(wanted) is not None or _kind(wanted) is not None


@lru_cache(maxsize=1_000)
def _kind(wanted: Wanted) -> str | None:
    if wanted.type != "text" or wanted.choices:
        return None
    if is_about_people(wanted):
        return "people"
    if kind_of(wanted).about == "time":
        return "time"
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", wanted.name).lower().split("_")
    return "date" if words[-1] in _DATE_NAMES else None


def _text(wanted: Wanted, text: str, setting: Setting, asked_first: bool) -> Found | None:
    looked_at = text[:LOOKED_AT]
    if part := part_of(wanted):
        return name_in(looked_at, part, asked_first)
    match _kind(wanted):
        case "people":
            return people_in(looked_at, wanted) or _people_number(wanted, looked_at, setting)
        case "time":
            rest = _without_dates(looked_at, setting)
            return time_in(rest) or _duration(rest)
        case "date":
            found = _date(wanted, looked_at, setting)
            return Found(looked_at[found.start : found.end], found.start, found.end) if found else _words(text)
    if codes.is_code_like(wanted.example) or codes.is_code_name(wanted.name):
        return _code(wanted, looked_at) or _code(wanted, _without_dates(looked_at, setting))
    return named_in_answer(wanted, text, setting) if kind_of(wanted).short else _words(text)


def _code(wanted: Wanted, text: str) -> Found | None:
    return codes.code_in(text, wanted.name, wanted.example, partial(pick, text=text))


def _date(wanted: Wanted, text: str, setting: Setting) -> Found | None:
    found = typed.dates(text, setting, lean_of(wanted, text))
    return pick(found, text, partial(is_about, text=text, wanted=wanted), "last" if is_end(wanted) else "first")


def _words(text: str) -> Found | None:
    """Whatever was said, unless it answers nothing."""
    said = text.strip()
    if not said or holds_no_answer(said):
        return None
    start = len(text) - len(text.lstrip())
    return Found(said, start, start + len(said))


def _chosen(wanted: Wanted, text: str, setting: Setting) -> Found | None:
    if _ASKS_ABOUT.match(text):
        return None
    chosen = choices.choose(text, wanted.choices)
    if all(choice.isdigit() for choice in wanted.choices):
        counted = _number(wanted, text, setting)
        chosen = str(counted.value) if counted and counted.value in wanted.choices else chosen
    return Found(chosen, 0, len(text)) if chosen is not None else None


def _number(wanted: Wanted, text: str, setting: Setting) -> Found | None:
    people = is_about_people(wanted) or _counts_people(wanted)
    if people and (group := people_in(text, Wanted("people", "number"))):
        return group
    if people:
        return _people_number(wanted, text, setting)
    found = typed.numbers(text, setting)
    counted = [one for one in found if _is_counted(one, text, wanted)] if len(found) > 1 else []
    return _picked(wanted, counted or found, text)


def _is_counted(found: Found, text: str, wanted: Wanted) -> bool:
    """Whether the word right behind a number is one of the variable's: 2 rooms for 3 nights."""
    behind = words_of(text[found.end : found.end + _REACH])[:1]
    own = {stem(word, "en") for word in words_of(f"{wanted.name.replace('_', ' ')} {wanted.description}")}
    return any(weight_of(word) > GRAMMAR_WEIGHT and stem(word, "en") in own for word in behind)


def _counts_people(wanted: Wanted) -> bool:
    return bool(wanted.choices) and is_about_people(Wanted(wanted.name, "number", (), None, wanted.description))


def _people_number(wanted: Wanted, text: str, setting: Setting) -> Found | None:
    """A bare number of people, which is no part of a date or a time."""
    rest = _without_dates(text, setting)
    for one in sure_times(rest):
        rest = one.without(rest)
    found = [one for one in typed.numbers(rest, setting) if not _OF_ANOTHER.search(fold(text[: one.start]))]
    return _picked(wanted, [one for one in found if not _ANOTHER.match(fold(text[one.end :]))], text)


def _picked(wanted: Wanted, found: list[Found], text: str) -> Found | None:
    return pick(found, text, partial(is_about, text=text, wanted=wanted))


def _without_dates(text: str, setting: Setting) -> str:
    """The text with its dates blanked; 8.30 may be a time, and so may "in an hour"."""
    for one in typed.dates(text, setting):
        said = fold(text[one.start : one.end])
        if not _MAY_BE_A_TIME.fullmatch(said):
            text = one.without(text)
    return text


def _duration(text: str) -> Found | None:
    """Where a length of time answers the question for a time, as "two weeks" does."""
    said = text.strip()
    if len(said.split()) > _WORDS_OF_A_DURATION or not _DURATION.search(fold(said)):
        return None
    return Found(said, 0, len(text))

"""What a free-text variable is about, by the builder's words for it: a place, a person, a thing, a time, a sort."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from deskhand.adapters.offline import codes
from deskhand.adapters.offline.clock import is_time_like
from deskhand.adapters.offline.common_words import BUILDERS, FAINT, GRAMMAR, word_list
from deskhand.adapters.offline.words import stem
from deskhand.ports.understanding import Wanted

About = Literal["place", "person", "house", "work", "thing", "sort", "time", "other"]
"""`house` is somewhere to go to, such as a restaurant; `work` is something to watch, hear or read."""
Side = Literal["from", "to"]

_PLACE = frozenset(
    word_list(
        "city town location place area destination origin address airport station country region state village "
        "district neighborhood neighbourhood county where street harbour harbor port stop pickup dropoff from to "
        "stadt ort adresse land strasse bahnhof flughafen ziel abfahrtsort zielort wohnort"
    )
)
_PERSON = frozenset(
    word_list(
        "person director directed directors actor actors actress cast starring star artist singer band composer author "
        "writer doctor dentist therapist stylist hairdresser barber recipient receiver payee contact friend teacher "
        "lawyer agent advisor consultant provider by kuenstler autor arzt empfaenger"
    )
)
_HOUSE = frozenset(
    word_list(
        "restaurant hotel cafe bar pub apartment property house accommodation theater theatre cinema venue museum "
        "attraction shop store salon clinic hospital practice office bank gym club company place location school "
        "university firma laden geschaeft"
    )
)
_WORK = frozenset(word_list("song track movie film show album book game video series title episode podcast lied titel"))
_SORT = frozenset(
    word_list("genre category subcategory cuisine style sort type kind flavor flavour color colour brand model")
)
_NAME = frozenset(word_list("name title titled called label names"))
_TIME = frozenset(word_list("time hour uhrzeit zeit"))
_NO_TIME = frozenset(word_list("days duration long number minutes hours length how much zone"))
_FROM = frozenset(
    word_list(
        "from origin originates originate leaving leave leaves departure departing depart departs start starts "
        "starting begin begins outbound pickup sender source pick abfahrt start"
    )
)
_TO = frozenset(
    word_list(
        "to destination going arrival arriving arrive arrives arrival end ends ending dropoff drop "
        "recipient receiver payee target head heading reach ziel"
    )
)
_END = frozenset(
    word_list(
        "end ends ending return returning returns back until till checkout dropoff drop last inbound arrival "
        "arriving arrive arrives finish expiry ende rueckgabe bis"
    )
)

_KNOWN: dict[About, frozenset[str]] = {
    "place": _PLACE - _HOUSE | {"location"}, "person": _PERSON, "house": _HOUSE - _PLACE, "work": _WORK - {"track"},
    "sort": _SORT,
}  # fmt: skip
"""Words of a description that may stand for the variable, where its name is of this sort."""
_SIDE_NOUNS: dict[Side, tuple[str, ...]] = {
    "from": ("origin", "departure", "pickup", "start"),
    "to": ("destination", "arrival", "dropoff", "goal", "target"),
}
_EMPTY = GRAMMAR | FAINT | BUILDERS | frozenset(word_list("name title number list text value given field whose"))


@dataclass(frozen=True, slots=True)
class Kind:
    """What a variable is about, and the words that speak of it."""

    about: About
    side: Side | None
    """Which end of a journey, a transfer or a span of time."""
    nouns: frozenset[str]
    """Stems of the words that stand for the variable itself: city, director, song."""
    of: frozenset[str]
    """Stems of what the variable belongs to: the restaurant of a restaurant's location."""

    @property
    def short(self) -> bool:
        """Whether its value is a name or a few words, rather than whatever the customer writes."""
        return self.about not in ("other", "time")


@lru_cache(maxsize=2_000)
def kind_of(wanted: Wanted) -> Kind:
    """What the variable is about, by its name, then by its description."""
    name, description = _name_words(wanted.name), _description_words(wanted.description)
    own, owner = _split(description)
    about = _about(wanted, name, own, owner)
    nouns = _nouns(about, name, [*own, *owner])
    side = _side(name, description) if wanted.type != "text" or about in ("place", "person", "time") else None
    ends = _SIDE_NOUNS.get(side, ()) if side and about == "place" else ()
    return Kind(about, side, _stems([*nouns, *ends]), _stems(owner))


def _nouns(about: About, name: list[str], description: list[str]) -> list[str]:
    """The words that stand for the variable: those of its name, and of its description those of the same sort."""
    if about not in _KNOWN:
        return [*name, *description]
    known = _KNOWN[about]
    if about == "work" and set(name) & known - {"title"}:
        return name
    return [*name, *(word for word in description if word in known)]


def is_end(wanted: Wanted) -> bool:
    """Whether a date or a time is the later one of two: a return, a check-out, a drop-off."""
    name, description = _name_words(wanted.name), _description_words(wanted.description)
    joined = "".join(name)
    if any(word in joined for word in ("checkout", "dropoff", "return", "end")):
        return True
    return bool(set(name) & _END) or (bool(set(description) & _END) and not set(name) & _FROM)


def _about(wanted: Wanted, name: list[str], own: list[str], owner: list[str]) -> About:
    if wanted.type != "text" or wanted.choices or codes.is_code_like(wanted.example):
        return "other"
    if is_time_like(wanted.example) or (set(name) & _TIME and not set(own + name) & _NO_TIME):
        return "time"
    if codes.is_code_name(wanted.name):
        return "other"
    said, called = set(name), bool(set(name) & _NAME) or own[:1] == ["name"] or own[:1] == ["title"]
    if said & _PERSON:
        return "person"
    if called or said & (_WORK | _HOUSE) - _PLACE:
        return _named(name, own, owner)
    if said & _SORT:
        return "sort"
    if said & _PLACE or set(own[:6]) & (_PLACE - {"from", "to", "start", "place"}):
        return "place"
    if set(own) & _PERSON:
        return "person"
    return "sort" if set(own) & _SORT else "other"


def _named(name: list[str], own: list[str], owner: list[str]) -> About:
    """What sort of thing has the name."""
    for words in (name, owner, own):
        head = set(words) - _NAME
        if head & (_PLACE - _HOUSE - {"from", "to"}):
            return "place"
        if head & _WORK:
            return "work"
        if head & _HOUSE:
            return "house"
        if head & _PERSON:
            return "person"
    if "title" in name:
        return "work"
    return "thing" if set(name) - _NAME else "other"


def _side(name: list[str], description: list[str]) -> Side | None:
    ends = {word for word in description if word not in ("to", "from")} | set(description[-1:])
    for words in (set(name), ends):
        if words & _FROM and not words & _TO:
            return "from"
        if words & _TO and not words & _FROM:
            return "to"
    return None


def _split(words: list[str]) -> tuple[list[str], list[str]]:
    """A description's own words, and those behind the "of", "for" or "where" that says what they belong to."""
    for at, word in enumerate(words):
        if at and word in ("of", "where", "for", "in", "who", "which", "that"):
            return words[:at], words[at + 1 :]
    return words, []


def _name_words(name: str) -> list[str]:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")


def _description_words(description: str) -> list[str]:
    return re.findall(r"[a-z]+", description[:300].lower())


def _stems(words: list[str]) -> frozenset[str]:
    return frozenset(stem(word, "en") for word in words if word not in _EMPTY and len(word) > 2)

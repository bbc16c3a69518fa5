"""Which named thing in a message is which free-text variable's value: by the words that lead to it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from deskhand.adapters.offline.common_words import word_list
from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.kinds import Kind, kind_of
from deskhand.adapters.offline.spans import Span, plain_span, spans
from deskhand.adapters.offline.words import stem
from deskhand.ports.understanding import Wanted

SURE, LIKELY, PERHAPS = 3, 2, 1
"""How well a span fits a variable: PERHAPS only counts as the answer to a question."""
MOST_VARIABLES = 60

_ARTICLE = r"(?: (?:the|a|an|my|our|their|this|that|city of|town of|the city of|the town of|downtown|central))*"
_MOVING = (
    r"(?:go|goes|going|get|getting|fly|flying|travel|traveling|travelling|head|heading|headed|drive|ride|trip|bus|"
)
_MOVING += r"buses|train|trains|flight|flights|ticket|tickets|journey|cab|taxi|tour|move|moving|come|coming|leaving)"
_ROLES = tuple(
    (role, re.compile(rf"(?:^|\b)(?:{cue}){_ARTICLE}$"))
    for role, cue in (
        ("from", r"from|form|leave|leaves|leaving|depart|departs|departing|out of|starting (?:in|at)"
                 r"|departure (?:city )?is"),
        ("starring", r"starring|staring|stars|featuring|feat|acted by|starred by|acts|casting|cast is|actor|actress"),
        ("by", r"(?:directed|sung|written|performed|composed|made|played|recorded) by|by"),
        ("called", r"called|named|titled|entitled|labelled|labeled|specifically|namely|in the name(?: of)?"
                   r"|with (?:the )?name|call (?:it|this|that)|name (?:it|this|that)|title it"
                   r"|renam\w+ (?:it |this |that )?to|name (?:of|is|to|to be)|by the name of"),
        ("about", r"(?:go|going|went) (?:ahead )?with"),
        ("try", r"try|trying|check out"),
        ("friend", r"(?:my|our|his|her) (?:friend|brother|sister|son|daughter|wife|husband|colleague|cousin)"),
        ("booked", r"(?:book|reserve|booking|reservation|table|spot)(?: it| one| us| me)?(?: a \w+)? (?:for|with)"),
        ("bound", rf"(?:leaving|heading|headed|head|bound|departing|ride|cab|taxi|bus|flight|ticket|tickets) for|"
                  rf"{_MOVING} to|arriv\w+(?: (?:in|at|to))?|visit|visiting|reach|tour|explore"),
        ("to", r"to|towards?|into"),
        ("in", r"in|near|around|inside|within|close to|throughout|based in|located (?:in|at)|over in"),
        ("at", r"at"),
        ("of", r"of"),
        ("with", r"with"),
        ("play", r"play|hear|listen to|playing|put on"),
        ("watch", r"watch|rent|see|stream|buy|watching|renting|seeing|read|order"),
        ("for", r"for"),
        ("proposed", r"what about|how about"),
        ("about", r"go with|prefer|like|rather|choose|pick|book|reserve|use|make it|want|be|is|it's|"
                  r"to be|change (?:it|that|this) to|switch (?:it|that|this) to|instead|actually"),
    )
)  # fmt: skip
_FITS: dict[str, dict[str, int]] = {
    "place": {
        "in": SURE,
        "booked": PERHAPS,
        "bound": LIKELY,
        "to": LIKELY,
        "for": LIKELY,
        "from": PERHAPS,
        "at": LIKELY,
        "of": LIKELY,
    },
    "place/from": {"from": SURE, "in": LIKELY, "at": PERHAPS},
    "place/to": {"bound": SURE, "to": SURE, "in": LIKELY, "for": LIKELY, "at": PERHAPS},
    "house": {
        "called": SURE,
        "at": SURE,
        "in": PERHAPS,
        "to": LIKELY,
        "bound": LIKELY,
        "for": PERHAPS,
        "try": LIKELY,
        "booked": LIKELY,
    },
    "work": {"called": SURE, "play": SURE, "watch": SURE, "for": PERHAPS},
    "thing": {"called": SURE, "for": LIKELY},
    "person/by": {"by": SURE, "from": LIKELY, "of": PERHAPS, "play": PERHAPS},
    "person/cast": {"starring": SURE, "with": SURE, "watch": PERHAPS},
    "person/to": {"to": SURE, "for": LIKELY, "of": LIKELY, "friend": SURE, "bound": PERHAPS, "called": LIKELY},
    "person": {
        "with": SURE,
        "booked": LIKELY,
        "friend": LIKELY,
        "watch": LIKELY,
        "by": LIKELY,
        "at": LIKELY,
        "called": SURE,
        "to": PERHAPS,
    },
    "sort": {},
}
_CREATORS = frozenset(word_list("director direct artist singer author writer compos band"))
_CAST = frozenset(word_list("actor actress star cast"))
_CITY = frozenset(word_list("citi town area region"))
_STATION = re.compile(r"\b(?:airport|station|terminal|street|avenue|ave|road|boulevard|blvd|drive|highway)\b", re.I)
_SAME = {
    "film": "movi", "flick": "movi", "track": "song", "tune": "song", "music": "song", "town": "citi", "place": "locat",
    "cinema": "theater", "theatr": "theater", "doc": "doctor", "cuisin": "food", "singer": "artist",
    "depart": "departur",
}  # fmt: skip
_FILLERS = frozenset(
    word_list(
        "is be being to should will would as the a an of it's its must need needs now called named in for at instead 's"
    )
)
_SHIFTS = re.compile(r"\b(?:chang\w*|set|modif\w*|switch\w*|updat\w*|mak\w*|correct\w*|edit\w*|renam\w*|put|move)\b")
_DENIED = re.compile(
    r"\b(?:not|instead of|rather than|no longer|don't (?:want|like)|except|other than|besides)(?: \w+){0,2}$"
)
_AFTER_NOUN = re.compile(r"^(?:area|city|town|region)\b")
_ENDS = re.compile(
    r"[.,;!?\n]|\s{2,}|\s(?:and|but|because|at|on|with|please|instead|then|so|from|in|is|was|that|which)\b|$", re.I
)
_LOOSE_END = re.compile(r"(?: (?:for|at|on|to|in|the|a|by|with|it|me|time|date))+$", re.I)


def names_in(variables: Sequence[Wanted], text: str, asked: str | None = None) -> dict[str, Found]:
    """Named things by the variables that they are the values of; only where it is clear which is which.

    asked: the variable that was just asked for, to which more counts as an answer.
    """
    named = [(one, kind_of(one)) for one in variables[:MOST_VARIABLES]]
    named = [(one, kind) for one, kind in named if kind.short]
    if not named:
        return {}
    fits = []
    for span in _all_spans(text):
        if _DENIED.search(span.cue):
            continue
        for place, (one, kind) in enumerate(named):
            worth = _worth(span, kind, named, one.name == asked)
            if worth:
                fits.append((-worth, one.name != asked, place, span.start, one, span))
    return _allocated(sorted(fits, key=lambda fit: fit[:4]), text)


def _allocated(fits: list[tuple[float, bool, int, int, Wanted, Span]], text: str) -> dict[str, Found]:
    """Each span to one variable and each variable to one span, the surest first; nothing where two are as sure."""
    found: dict[str, Found] = {}
    taken: list[tuple[int, int]] = []
    for worth, _, _, _, one, span in fits:
        if one.name in found or _overlaps(span, taken):
            continue
        others = [
            other
            for other in fits
            if other[4] is one and other[0] == worth and other[5].text.casefold() != span.text.casefold()
        ]
        rivals = [other[5] for other in others if not _overlaps(other[5], [*taken, (span.start, span.end)])]
        if rivals:
            continue
        found[one.name] = Found(span.text.strip(), span.start, span.end)
        taken.append((span.start, span.end))
    return found


def _overlaps(span: Span, taken: Sequence[tuple[int, int]]) -> bool:
    return any(span.start < end and start < span.end for start, end in taken)


def _all_spans(text: str) -> Iterator[Span]:
    for span in spans(text):
        yield span
        if longer := _gone_on(span, text):
            yield longer
    yield from _said_plainly(text)


def _gone_on(span: Span, text: str) -> Span | None:
    """The name of a thing with the small words that belong to it: Phone home."""
    end = _ENDS.search(text, span.end, span.end + LONGEST_THING)
    stop = end.start() if end else span.end
    name = _LOOSE_END.sub("", text[span.start : stop])
    if span.quoted or not len(span.text) < len(name) <= LONGEST_THING:
        return None
    return replace(span, text=name, end=span.start + len(name), plain=True, whole=True)


_PLAINLY = re.compile(
    r"\b(?:called|named|titled|entitled|(?:name|call|title) (?:it|this|that)|renam\w+ it to"
    r"|(?:name|calling|call) (?:the|my)(?: new)? \w+"
    r"|in the name(?: of)?|with (?:the )?name"
    r"|\w+ name (?:is|to be|to)|directed by|starring"
    rf"|{_MOVING} from(?: city)?|(?:city|town|location|area|destination) (?:is|of|to)) (?=\w)"
)  # fmt: skip


_CALLING = re.compile(r"call|nam|titl")
LONGEST_NAME = 60
LONGEST_THING = 30
MOST_PLAIN = 20


def _said_plainly(text: str) -> Iterator[Span]:
    """Names in small letters behind words that are always followed by one."""
    for match in islice(_PLAINLY.finditer(text), MOST_PLAIN):
        if _CALLING.search(match[0]):
            end = _ENDS.search(text, match.end(), match.end() + LONGEST_NAME)
            name = _LOOSE_END.sub("", text[match.end() : end.start() if end else match.end()])
            if 0 < len(name) <= LONGEST_NAME:
                yield Span(name, match.end(), match.end() + len(name), "called", "", plain=True)
        elif text[match.end()].islower() and (span := plain_span(text, match.end())):
            yield span


def _worth(span: Span, kind: Kind, named: Sequence[tuple[Wanted, Kind]], asked: bool) -> float:
    """How well a span fits a variable; 0 where it does not."""
    if _is_generic(span, kind) or (span.whole and kind.about != "thing"):
        return 0
    own = _is_own(span, kind)
    role = _role(span.cue)
    if own or _is_own_after(span, kind):
        worth = SURE + 0.5
    elif kind.about == "place" and _AFTER_NOUN.search(span.then):
        worth = SURE
    else:
        worth = _FITS[_row(kind)].get(role or "", 0)
        worth = _given_the_others(worth, role, kind, named)
    if (
        asked
        and not worth
        and kind.about != "sort"
        and (role in (None, "about", "proposed", "for", "in", "at", "to", "try", "of") or span.quoted)
    ):
        worth = PERHAPS
    if span.quoted and kind.about in ("work", "thing", "house") and worth < LIKELY:
        worth = LIKELY
    if worth < LIKELY and not asked:
        return 0
    if kind.about == "place" and _STATION.search(span.text):
        worth += -0.25 if kind.nouns & _CITY else 0.25
    elif kind.about == "place" and kind.nouns & _CITY:
        worth += 0.1
    worth += 0.7 if span.plain and kind.about == "thing" else 0
    return worth + (0.5 if asked else 0)


def _is_generic(span: Span, kind: Kind) -> bool:
    """Whether a span is only the word for such a thing, as "Hotel" is."""
    return all(stem(word, "en") in kind.nouns | kind.of for word in span.text.casefold().split())


_IS_MY = re.compile(r"^(?:is|will be|would be|as) (?:the|my|our|a) (\w+)(?: (\w+))?")
_FROM_WORDS = frozenset(word_list("origin departure pickup start starting departing leaving outbound"))
_TO_WORDS = frozenset(word_list("destination arrival dropoff goal target arriving going return"))


def _is_own_after(span: Span, kind: Kind) -> bool:
    """Whether the variable's own word follows: Nairobi is the departure city."""
    match = _IS_MY.search(span.then)
    if match is None:
        return False
    words = [word for word in match.groups() if word]
    return any(stem(word, "en") in kind.nouns for word in words) and not _is_other_side(words, kind)


def _is_other_side(words: Sequence[str], kind: Kind) -> bool:
    others = {"from": _TO_WORDS, "to": _FROM_WORDS}.get(kind.side or "", frozenset())
    return any(word in others for word in words)


def _given_the_others(worth: int, role: str | None, kind: Kind, named: Sequence[tuple[Wanted, Kind]]) -> int:
    """A weak cue says more where no other variable could be meant, and less where one could."""
    if role == "proposed" and len(named) == 1:
        return LIKELY
    places = [other for _, other in named if other.about == "place"]
    others = [other for _, other in named if other is not kind]
    if kind.about == "place" and len(places) == 1 and role in ("in", "bound", "to", "from"):
        return max(worth, LIKELY)
    if kind.about == "place" and role == "in" and any(other.side is None for other in places) and kind.side:
        return PERHAPS
    if role == "for" and kind.about == "thing" and others:
        return PERHAPS
    if role in ("for", "at") and kind.about == "place" and any(other.about in ("house", "person") for other in others):
        return min(worth, PERHAPS)
    if role in ("to", "bound") and kind.about in ("house",) and any(other.side == "to" for other in places):
        return PERHAPS
    if (
        role == "with"
        and kind.about == "person"
        and not (kind.nouns & _CAST)
        and any(other.nouns & _CAST for other in others)
    ):
        return PERHAPS
    if role == "at" and kind.about == "person" and any(other.about == "house" for other in others):
        return PERHAPS
    return worth


def _row(kind: Kind) -> str:
    if kind.about == "place" and kind.side:
        return f"place/{kind.side}"
    if kind.about == "person":
        if kind.nouns & _CREATORS:
            return "person/by"
        if kind.nouns & _CAST:
            return "person/cast"
        return "person/to" if kind.side == "to" else "person"
    return kind.about


@lru_cache(maxsize=2_000)
def _role(cue: str) -> str | None:
    """What the words before a span say about it."""
    return next((role for role, pattern in _ROLES if pattern.search(cue)), None)


def _is_own(span: Span, kind: Kind) -> bool:
    """Whether the variable's own word leads to the span: the city is X, change the date to X, album X."""
    words = re.findall(r"[\w'’]+", span.cue)[-6:]
    said = list(reversed(words))
    shifted = bool(_SHIFTS.search(span.cue))
    for at, word in enumerate(said):
        if word in _FILLERS:
            if word in ("to", "in", "for", "at", "of") and not (
                shifted or (word == "to" and at == 1 and said[0] == "be")
            ):
                return False
            continue
        stemmed = stem(word, "en")
        if not (stemmed in kind.nouns or _SAME.get(stemmed) in kind.nouns):
            return False
        if _is_other_side(said[at : at + 2], kind):
            return False
        return kind.about in ("place", "work", "person", "thing", "sort") or at > 0
    return False

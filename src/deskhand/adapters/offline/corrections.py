"""What the customer takes back: "no, the other order", "I meant Friday", "make it 3 instead", "not this, that"."""

import re
from collections.abc import Iterator, Sequence

from deskhand.adapters.offline import typed
from deskhand.adapters.offline.clock import is_time_like, times
from deskhand.adapters.offline.counting import is_count
from deskhand.adapters.offline.dates import dates
from deskhand.adapters.offline.found import LOOKED_AT, Found
from deskhand.adapters.offline.kinds import kind_of
from deskhand.adapters.offline.listed import listed_in
from deskhand.adapters.offline.setting import Setting
from deskhand.adapters.offline.spans import spans
from deskhand.adapters.offline.volunteering import ANYWHERE, shaped_code, values_in
from deskhand.domain.model import Json
from deskhand.domain.values import number_of, text_of
from deskhand.ports.understanding import Given, Wanted

_TAKES_BACK = re.compile(
    r"^\W*(?:no|nope|nah|wrong|wait|sorry|oops|nein|stop)\b"
    r"|\b(?:actually|instead|rather|i meant?|i said|meinte|not what i|changed my mind|change (?:it|that|this|the|my)|"
    r"make (?:it|that|this)|should (?:be|have been)|correct(?:ion| it| that)|my mistake|mistake|typo|wrong|switch|"
    r"update|on second thought|stattdessen|doch lieber|eigentlich|sondern|better)\b",
    re.IGNORECASE,
)
_OLD, _NEW = r"(?P<old>[^,.;!?]{1,60}?)", r"(?P<new>.{1,80})"
_NOT = r"\b(?:not|nicht) (?:the |in |at |to |from |for |on |die |der |den |das |am |an |um )?"
_INSTEAD = (
    re.compile(rf"{_NOT}{_OLD},? (?:but|rather|sondern) {_NEW}", re.I),
    re.compile(rf"{_NOT}{_OLD}, *{_NEW}", re.I),
    re.compile(
        r"(?P<new>[^,.;!?]{1,80}?),? (?:instead of|rather than|and not|not|statt) (?P<old>[^,.;!?]{1,60})",
        re.I,
    ),
    re.compile(rf"\b(?:change|switch|correct|update|move) {_OLD} (?:to|into|for|with) {_NEW}", re.I),
    re.compile(rf"\bfrom {_OLD} to {_NEW}", re.I),
)  # fmt: skip
_OTHER = re.compile(
    r"\b(?:the|my) (?:other|different) (?P<what>\w+)|\banother (?P<which>\w+)|\b(?:die|den|das) andere (?P<was>\w+)",
    re.I,
)
_GENERIC = frozenset(("one", "ones"))
MOST_GIVEN = 60


def corrections(
    given: Sequence[Given],
    text: str,
    setting: Setting = ANYWHERE,
    besides: Sequence[Wanted] = (),
    plainly: bool = True,
) -> dict[str, Json]:
    """The variables whose value the words take back, with the new value; None where only the old one is refused.

    besides: variables that have no value yet, the one that was just asked for first: what is meant for them corrects
    nothing. plainly: whether another
    value for the same variable is enough, as "the city is San Jose" is; otherwise only words that take something
    back count, as where the message answers a question that any words could answer.
    """
    said, known = text[:LOOKED_AT], given[:MOST_GIVEN]
    takes_back = bool(_TAKES_BACK.search(said))
    if not known or not (takes_back or plainly or _exchanged(known, said, setting)):
        return {}
    wanted = [one.wanted for one in known]
    asked = besides[0].name if besides else None
    found = values_in([*wanted, *besides], said, setting, frozenset(one.name for one in wanted), asked)
    changed: dict[str, Json] = {
        one.wanted.name: found[one.wanted.name].value
        for one in known
        if one.wanted.name in found and not _is_same(one, found[one.wanted.name].value, setting)
    }
    changed = {**changed, **_exchanged(known, said, setting)}
    if takes_back and not changed and not found:
        changed = _bare(known, said, setting) or _other(known, said)
    return changed


def _is_same(given: Given, value: Json, setting: Setting) -> bool:
    """Whether a value is the one that the variable has already, in whatever form it is said."""
    old, new = text_of(given.value).strip().casefold(), text_of(value).strip().casefold()
    if old == new:
        return True
    if is_count(given.wanted):
        return number_of(old) is not None and number_of(old) == number_of(new)
    if kind_of(given.wanted).about == "time":
        hours = [{one.value for one in times(part, asked=True)} for part in (old, new)]
        return bool(hours[0]) and hours[0] == hours[1]
    if given.wanted.type == "date":
        return old in {one.value for one in dates(new, setting)}
    return old.removeprefix("the ") == new.removeprefix("the ")


def _exchanged(given: Sequence[Given], text: str, setting: Setting) -> dict[str, Json]:
    """The variable whose value is named as the one that is not meant, with the one that is."""
    for pattern in _INSTEAD:
        match = pattern.search(text)
        if match is None:
            continue
        hit = [one for one in given if _names(match["old"], one, setting)]
        if len(hit) == 1 and (value := _value_for(hit[0].wanted, match["new"], setting)) is not None:
            return {} if _is_same(hit[0], value, setting) else {hit[0].wanted.name: value}
    return {}


def _names(said: str, given: Given, setting: Setting) -> bool:
    """Whether words say the value that a variable has."""
    plain, value = said.strip(" \"'").casefold(), text_of(given.value).casefold()
    if plain == value or plain.split()[-2:] == value.split() or (len(value) > 2 and plain.endswith(f" {value}")):
        return True
    read = _value_for(given.wanted, said, setting)
    return read is not None and _is_same(given, read, setting)


def _bare(given: Sequence[Given], text: str, setting: Setting) -> dict[str, Json]:
    """A value without a word for what it is, where one variable alone could have it."""
    fits: dict[str, Json] = {}
    for one in given:
        if (value := _value_for(one.wanted, text, setting)) is not None:
            fits[one.wanted.name] = value
    return fits if len(fits) == 1 else {}


def _other(given: Sequence[Given], text: str) -> dict[str, Json]:
    """Of two choices the one not taken; any other value is asked for again."""
    match = _OTHER.search(text)
    if match is None:
        return {}
    what = (match["what"] or match["which"] or match["was"]).casefold()
    pairs = [one for one in given if len(one.wanted.choices) == 2]
    if len(pairs) == 1 and (what in _GENERIC or what in _about(pairs[0].wanted)):
        old = text_of(pairs[0].value).casefold()
        left = [choice for choice in pairs[0].wanted.choices if choice.casefold() != old]
        return {pairs[0].wanted.name: left[0]} if len(left) == 1 else {}
    named = [one for one in given if what in _about(one.wanted)] or (list(given) if what in _GENERIC else [])
    return {named[0].wanted.name: None} if len(named) == 1 else {}


def _about(wanted: Wanted) -> set[str]:
    return {word for part in (wanted.name, wanted.description) for word in re.findall(r"[a-z]{3,}", part.casefold())}


def _value_for(wanted: Wanted, text: str, setting: Setting) -> Json:
    """The only value of the variable's type in some words."""
    values = list(_values_for(wanted, text, setting))
    return values[0].value if len({one.value for one in values}) == 1 else None


def _values_for(wanted: Wanted, text: str, setting: Setting) -> Iterator[Found]:
    if is_count(wanted):
        numbers = typed.numbers(_without_points(text, setting))
        yield from (one for one in numbers if not wanted.choices or one.value in wanted.choices)
    elif wanted.choices:
        yield from listed_in([wanted], text).values()
    elif wanted.type == "email":
        yield from typed.emails(text)
    elif wanted.type == "phone":
        yield from typed.phones(text, setting.region)
    elif wanted.type == "date":
        yield from dates(text, setting)
    elif wanted.type == "text":
        yield from _texts_for(wanted, text)


def _texts_for(wanted: Wanted, text: str) -> Iterator[Found]:
    kind = kind_of(wanted)
    if kind.about == "time":
        for one in times(text, asked=True):
            value = one.value if is_time_like(wanted.example) else text[one.start : one.end].strip()
            yield Found(value, one.start, one.end)
    elif kind.short and kind.about != "sort":
        for span in spans(text):
            yield Found(span.text, span.start, span.end)
    elif code := shaped_code(wanted, text):
        yield code


def _without_points(text: str, setting: Setting) -> str:
    for one in (*dates(text, setting), *times(text)):
        text = one.without(text)
    return text

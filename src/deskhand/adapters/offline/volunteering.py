"""Values that a message holds without being asked for: several from one sentence, each to the variable it is for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deskhand.adapters.offline import codes, typed
from deskhand.adapters.offline.asking import without_questions
from deskhand.adapters.offline.bare import bare_words
from deskhand.adapters.offline.clock import is_time_like, times
from deskhand.adapters.offline.counting import counts_in, is_count
from deskhand.adapters.offline.dates import dates
from deskhand.adapters.offline.flags import flag_in, flag_words
from deskhand.adapters.offline.found import LOOKED_AT, Found
from deskhand.adapters.offline.kinds import is_end, kind_of
from deskhand.adapters.offline.listed import listed_in
from deskhand.adapters.offline.naming import names_in
from deskhand.adapters.offline.setting import Setting
from deskhand.adapters.offline.sorts import sorts_in
from deskhand.adapters.offline.words import GRAMMAR_WEIGHT, stem, weight_of, words_of
from deskhand.domain.model import Json
from deskhand.ports.understanding import Wanted

ANYWHERE = Setting()

_OWN_NAME = re.compile(
    r"\b(?:my (?:full )?name is|mein name ist|ich hei(?:ß|ss)e)\s+"
    r"([^\W\d_][\w'’.-]{0,40}(?: [^\W\d_][\w'’-]{0,40}){0,2})",
    re.IGNORECASE,
)
_NO_NAMES = re.compile(r"\s(?:and|und|my|i|with|the|from|but|email|mail|phone|order|please|wants?)\b.*$", re.IGNORECASE)
_OTHER_NAMES = frozenset({"company", "product", "item", "file", "user", "team"})
_BECAUSE = re.compile(r"\b(?:because|weil|da mir)\s+([^.!?\n]{3,500})", re.IGNORECASE)
_AND_MORE = re.compile(
    r"[\s,;]*\b(?:(?:and|und)\s+)?(?:my|mein\w*)\s+(?:e-?mail|mail|phone|order|name|number|bestell|telefon|nummer)\w*\b.*$",
    re.IGNORECASE,
)
"""What tells something else behind a reason."""
_REASON = re.compile(r"(?:^|[^a-z])(?:reason|why|grund|warum|cause)(?:$|[^a-z])", re.IGNORECASE)
_ENDING = re.compile(
    r"\b(?:until|till?|through|thru|return\w*|back|drop\w*|check(?:ing)?[- ]?(?:it )?out|end\w*|bis|zur(?:ü|ue)ck)\b"
    r"(?:\W+\w+){0,3}\W*$|\bto(?: the)?\s*$|[-–]\s*$",
    re.IGNORECASE,
)
_ENDING_AFTER = re.compile(r"\s*(?:return|check[- ]?out|drop|as (?:my|the) return)", re.IGNORECASE)
_BEGINNING = re.compile(
    r"\b(?:from|leav\w*|depart\w*|start\w*|begin\w*|check(?:ing)?[- ]?in|pick\w*|ab|von)\b(?:\W+\w+){0,3}\W*$",
    re.IGNORECASE,
)
_REACH = 40
_IN_DIGITS = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}")


def volunteered(
    wanted: Sequence[Wanted],
    text: str,
    setting: Setting = ANYWHERE,
    besides: Sequence[Wanted] = (),
    first: bool = False,
) -> tuple[dict[str, Json], str]:
    """Values that nobody asked for just now, and the text without them; only what can hardly mean anything else.

    besides: variables that have a value, or are asked for: what is meant for them is left alone. first: whether it is
    the beginning, where a question is no question about what was said before.
    """
    found = values_in([*wanted, *besides], text, setting, frozenset(one.name for one in besides), first=first)
    names = {one.name for one in wanted}
    mine = {name: one for name, one in found.items() if name in names}
    rest = text[:LOOKED_AT]
    for one in mine.values():
        rest = one.without(rest) if one.end > one.start else rest
    return {name: one.value for name, one in mine.items()}, rest + text[LOOKED_AT:]


def named_in_answer(asked: Wanted, text: str, setting: Setting = ANYWHERE) -> Found | None:
    """The name, the place, the sort or the time that answers a question for it.

    Words that hold none are taken as they are, unless they ask something or hold another value: nobody knows all names.
    """
    found = values_in([asked], text, setting, asked=asked.name)
    if asked.name in found:
        return found[asked.name]
    looked_at = text[:LOOKED_AT]
    said = bare_words(without_questions(looked_at))
    if said is None:
        return None
    start = looked_at.find(said)
    return Found(said, start, start + len(said)) if start >= 0 else Found(said, 0, len(looked_at))


def values_in(
    variables: Sequence[Wanted],
    text: str,
    setting: Setting,
    given: frozenset[str] = frozenset(),
    asked: str | None = None,
    first: bool = False,
) -> dict[str, Found]:
    """The values of all these variables that the words hold, each with where it stands."""
    looked_at = text[:LOOKED_AT]
    search = _Search(
        list({one.name: one for one in variables}.values()),
        looked_at,
        looked_at if first else without_questions(looked_at),
        setting,
        given,
        asked,
    )
    search.run()
    return search.found


@dataclass(slots=True)
class _Search:
    """The surest shapes are read first and blanked, so that a phone number is not taken for a number."""

    variables: list[Wanted]
    whole: str
    """What is left of all the words: what is written as a code or an address is meant, in a question too."""
    rest: str
    """What is left of the words that don't only ask about something."""
    setting: Setting
    given: frozenset[str]
    asked: str | None
    found: dict[str, Found] = field(default_factory=dict)

    def run(self) -> None:
        for one in self._of("email"):
            self._take_only(one, typed.emails(self.whole), self._of("email"))
        self._codes()
        self._days_and_hours()
        for one in self._of("phone"):
            self._take_only(one, typed.phones(self.whole, self.setting.region), self._of("phone"))
        listed = listed_in([one for one in self.variables if one.choices and not is_count(one)], self.rest)
        self._take_all(counts_in(self.variables, self.rest))
        self._take_all(listed)
        for one in self._of("boolean"):
            self._take(one, flag_in(one, self.rest))
        for one in self._texts():
            self._take(one, _said_of_oneself(one, self.whole if codes.is_code_name(one.name) else self.rest))
        names = [one for one in self._texts() if one.name not in self.found and not is_own_name(one)]
        self._take_all(sorts_in(names, self.rest, flag_words(self._of("boolean"))))
        self._take_all(names_in([one for one in names if one.name not in self.found], self.rest, self.asked))

    def _codes(self) -> None:
        """Codes by their example; bare digits are for the code that is asked for, where nothing says otherwise."""
        asked = [one for one in self._texts() if one.name == self.asked]
        for one in (*asked, *(one for one in self._texts() if one.name != self.asked)):
            code = shaped_code(one, self.whole)
            if code is not None and asked and one not in asked and codes.is_code_name(asked[0].name):
                code = code if re.search("[A-Za-z]", str(code.value)) or is_about(code, self.whole, one) else None
            self._take(one, code)

    def _of(self, kind: str) -> list[Wanted]:
        return [one for one in self.variables if one.type == kind and not one.choices]

    def _texts(self) -> Iterator[Wanted]:
        return iter(self._of("text"))

    def _take(self, one: Wanted, value: Found | None) -> None:
        if value is not None and one.name not in self.found:
            self.found[one.name] = value
            self._blank(value)

    def _take_only(self, one: Wanted, values: list[Found], rivals: list[Wanted]) -> None:
        """Where two variables are of one type, nobody knows which is meant."""
        if values and len(rivals) == 1:
            self._take(one, values[0])

    def _take_all(self, values: dict[str, Found]) -> None:
        for one in self.variables:
            self._take(one, values.get(one.name))

    def _blank(self, value: Found) -> None:
        if value.end > value.start:
            self.rest, self.whole = value.without(self.rest), value.without(self.whole)

    def _days_and_hours(self) -> None:
        """Dates and times are read from the same words: "this evening 5" is both."""
        text = self._with_full_dates()
        days = dates(text, self.setting)
        digits = [day for day in days if any(char.isdigit() for char in text[day.start : day.end])]
        hours = [
            hour for hour in times(text) if not any(hour.start < day.end and day.start < hour.end for day in digits)
        ]
        self._points(text, days, self._of("date"), as_said=False)
        self._points(text, hours, [one for one in self._texts() if kind_of(one).about == "time"], as_said=True)

    def _with_full_dates(self) -> str:
        """What is left, and the dates in digits of the questions."""
        text = self.rest
        for day in dates(self.whole, self.setting) if self.whole != self.rest else ():
            if _IN_DIGITS.search(self.whole[day.start : day.end]):
                text = text[: day.start] + self.whole[day.start : day.end] + text[day.end :]
        return text

    def _points(self, text: str, values: list[Found], variables: list[Wanted], as_said: bool) -> None:
        """Dates, or times: which is the beginning and which the end is said before them, or is their order."""
        for value in values:
            self._blank(value)
        if not variables or not values:
            return
        for one, value in _dealt(values, variables, text, self.given, self.asked):
            said = text[value.start : value.end].strip() if as_said and not is_time_like(one.example) else value.value
            self.found.setdefault(one.name, Found(said, value.start, value.end))


def _dealt(
    values: list[Found], variables: list[Wanted], text: str, given: frozenset[str], asked: str | None
) -> Iterator[tuple[Wanted, Found]]:
    if len(variables) == 1:
        if len({value.value for value in values}) == 1:
            yield variables[0], values[0]
        return
    ends = [one for one in variables if is_end(one)]
    starts = [one for one in variables if one not in ends]
    if len(ends) > 1 or len(starts) > 1:
        return
    before = 0
    for place, value in enumerate(values[:2]):
        cue = re.split(r"[.!?;]\s", text[max(before, value.start - _REACH) : value.start])[-1]
        before = value.end
        ends_it = _ENDING.search(cue) and not _BEGINNING.search(cue[-15:])
        if ends_it or _ENDING_AFTER.match(text[value.end : value.end + _REACH]):
            side = ends
        elif _BEGINNING.search(cue):
            side = starts
        elif place == 1:
            side = ends
        elif asked is not None and any(one.name == asked for one in variables):
            side = [one for one in variables if one.name == asked]
        elif len(values) == 1 and any(one.name in given for one in starts) and ends and ends[0].name not in given:
            continue
        else:
            side = starts
        if len(side) == 1:
            yield side[0], value


def shaped_code(one: Wanted, text: str) -> Found | None:
    """The code of the example's shape, where there is one only."""
    if codes.is_code_like(one.example) and not is_time_like(one.example):
        assert one.example is not None
        return _only(codes.shaped_codes(text, one.example))
    return None


def _said_of_oneself(one: Wanted, text: str) -> Found | None:
    """A code by the variable's word beside it, the customer's own name, and a reason behind "because"."""
    if codes.is_code_like(one.example):
        return None
    if labelled := _labelled(one, text):
        return labelled
    if codes.is_code_name(one.name):
        return _only([found for found in codes.plain_codes(text) if is_about(found, text, one)])
    if is_own_name(one):
        return _own_name(one, text)
    if _REASON.search(one.name.replace("_", " ")) or _REASON.search(one.description):
        match = _BECAUSE.search(text)
        return Found(_AND_MORE.sub("", match[1]).strip(" ,;"), match.start(1), match.end(1)) if match else None
    return None


def _labelled(one: Wanted, text: str) -> Found | None:
    """What stands behind the variable's name on a line of its own: "Reason: broken"."""
    match = re.search(rf"(?im)^[^\w\n]{{0,9}}{re.escape(one.name.replace('_', ' '))}[ \t]*[:=][ \t]*(\S[^\n]*)$", text)
    return Found(match[1].strip(), match.start(), match.end()) if match else None


def _only(found: list[Found]) -> Found | None:
    """The value that all of them are, or None where they differ."""
    return found[0] if len({one.value for one in found}) == 1 else None


def is_about(found: Found, text: str, wanted: Wanted) -> bool:
    """Whether a word of the variable's name or description stands right beside the value."""
    about = words_of(f"{wanted.name.replace('_', ' ')} {wanted.description}")
    own = {stem(word, "en") for word in about if weight_of(word) > GRAMMAR_WEIGHT}
    before = words_of(text[max(0, found.start - 40) : found.start])[-3:]
    after = words_of(text[found.end : found.end + 40])[:2]
    return any(stem(word, "en") in own for word in (*before, *after))


def is_own_name(wanted: Wanted) -> bool:
    """Whether the variable is the customer's own name."""
    name = wanted.name.lower().split("_")
    return wanted.type == "text" and not wanted.choices and name[-1] in ("name", "fullname") and not _is_of_other(name)


def _is_of_other(name: list[str]) -> bool:
    return len(name) > 1 and name[0] not in (
        "first",
        "last",
        "full",
        "your",
        "my",
        "customer",
        "user",
        "contact",
        "sur",
    )


def _own_name(wanted: Wanted, text: str) -> Found | None:
    match = _OWN_NAME.search(text)
    if match is None or wanted.name.lower().split("_")[0] in _OTHER_NAMES:
        return None
    words = _NO_NAMES.sub("", match[1]).strip(" .,").split()
    if not words:
        return None
    part = {"first_name": words[:1], "last_name": words[1:]}.get(wanted.name.lower(), words)
    return Found(" ".join(part), 0, 0) if part else None

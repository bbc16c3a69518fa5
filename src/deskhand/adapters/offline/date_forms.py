"""The ways in which people write dates, in English, German and the commonest of six more languages."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from deskhand.adapters.offline.calendar import Calendar
from deskhand.adapters.offline.calendar_words import (
    FEASTS,
    LENGTHS,
    MONTHS,
    NEAR,
    ORDINALS,
    SHORT_WEEKDAYS,
    WEEKDAYS,
)
from deskhand.adapters.offline.number_words import TENS, UNITS, german


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_MONTH = rf"(?P<month>{_any(MONTHS)})\b\.?"
_ANY_WEEKDAY = rf"(?P<weekday>{_any({**WEEKDAYS, **SHORT_WEEKDAYS})})\b"
_SHORT_WEEKDAY = rf"(?P<weekday>{_any(SHORT_WEEKDAYS)})"
_WEEKDAY = rf"(?:{_ANY_WEEKDAY}[.,]{{0,2}} {{1,2}}(?:the |den |der |dem |le )?)?"
_BEHIND = rf"(?:,? (?:on )?(?:{_any(WEEKDAYS)})\b)?"
_ORDINAL = _any(ORDINALS)
_DAY = rf"(?P<day>\d{{1,2}}|(?:{_ORDINAL})\b)(?:st|nd|rd|th|ten|ter|er|\.|°|º)?"
_YEAR = r"(?:,? {0,2}(?:de |del |of |in )?(?P<year>(?:19|20|21)\d\d|'\d\d)(?![\d:]))?"
_OPEN = r"(?<![\w./:#-])"
_MANY = r"(?P<many>\d{1,4}|(?:a )?couple(?: of)?|[a-zß]{1,24}(?:-[a-z]{3,5})?)"
_LENGTH = rf"(?P<unit>{_any(LENGTHS)})\b"
_NEAR = rf"(?:the )?(?P<near>{_any(NEAR)})\b"
_FULL_WEEKDAY = rf"(?P<weekday>{_any(WEEKDAYS)})\b"
_NO_MORNING = r"(?<!guten )(?<!goeden )(?<!am )(?<!jeden )(?<!heute )(?<!gestern )(?<!'s )"
_NEXT = r"next|following|n(?:a|ae)chste[nrms]?|volgende"
_LAST = r"last|past|previous|letzte[nrms]?|vergangene[nrms]?|vorige[nrms]?"
_THIS = r"this coming|this|coming|upcoming|kommende[nrms]?|diese[nrms]?|proximo|prossimo|aankomende"
_ENDS = (
    r"(?= *(?:$|[.,!?;:)]|(?:please|pls|plz|bitte|thanks|thank|danke|at|for|if|in the|would|is|was|works?|will|then"
    r"|and|und|or|oder|but|aber|around|about|um|gegen|from|to|bis|until|till|with|of|this|next|dieses|last)\b))"
)
_OF_MONTH = (
    r"(?: (?:of |in )?(?:(?:the )?(?P<shift>this|next|last|dieses|n(?:a|ae)chsten|letzten) (?:month|monats?)"
    r"|the month))?"
)
_NO_MONTH = rf"(?! {{0,2}}(?:of |de )?(?:{_any(MONTHS)})\b(?! (?:i|we|you|be|have)\b))"
"""The 31st of February is no day, and not the 31st of another month either."""

Reader = Callable[[re.Match[str], Calendar], date | None]


def _of_year(match: re.Match[str], calendar: Calendar) -> date | None:
    day = ORDINALS.get(match["day"]) or (int(match["day"]) if match["day"].isdigit() else 0)
    weekday = WEEKDAYS.get(match["weekday"] or "", SHORT_WEEKDAYS.get(match["weekday"] or ""))
    return calendar.on(match["year"], MONTHS[match["month"]], day, weekday)


def _year_first(match: re.Match[str], calendar: Calendar) -> date | None:
    return calendar.on(match["year"], int(match["month"]), int(match["day"]))


def _numeric(match: re.Match[str], calendar: Calendar) -> date | None:
    first, second, year = int(match["first"]), int(match["second"]), match.groupdict().get("year")
    if match["joint"] == ".":
        return calendar.on(year, second, first)
    return calendar.numeric(first, second, year, calendar.month_first)


def _of_month(match: re.Match[str], calendar: Calendar) -> date | None:
    groups = match.groupdict()
    said = groups.get("weekday") or ""
    written = match["day"] or groups["nth"]
    day = ORDINALS.get(written) or int(written)
    shift = groups.get("shift")
    months = None if shift is None else {"n": 1, "l": -1}.get(shift[0], 0)
    return calendar.day_of_month(day, WEEKDAYS.get(said, SHORT_WEEKDAYS.get(said)), months)


def _near(match: re.Match[str], calendar: Calendar) -> date | None:
    return calendar.after(NEAR[match["near"]], "day")


def _many(said: str) -> float | None:
    word = said.removeprefix("a ").removesuffix(" of")
    if word.isdigit():
        return int(word)
    if word in ("a", "an", "the", "einem", "einer", "un", "une", "una", "uno", "um", "uma", "een"):
        return 1
    if word == "couple":
        return 2
    tens, _, unit = word.partition("-")
    if unit:
        return TENS[tens] + UNITS[unit] if tens in TENS and unit in UNITS else None
    composed = german(word)
    return UNITS.get(word, TENS.get(word, float(composed) if composed is not None else None))


def _away(match: re.Match[str], calendar: Calendar) -> date | None:
    many = _many(match["many"])
    if many is None:
        return None
    groups = match.groupdict()
    origin = None
    if groups.get("near"):
        origin = calendar.after(NEAR[match["near"]], "day")
    elif groups.get("weekday"):
        origin = calendar.weekday(WEEKDAYS[match["weekday"]])
    sign = -1 if groups.get("before") else 1
    return calendar.after(sign * many, LENGTHS[match["unit"]], origin)


def _weekday(match: re.Match[str], calendar: Calendar) -> date | None:
    groups = match.groupdict()
    which, week = groups.get("which") or "", groups.get("week") or ""
    weekday = WEEKDAYS.get(match["weekday"], SHORT_WEEKDAYS.get(match["weekday"], 0))
    if re.match(_NEXT, which) or re.match(_NEXT, week):
        return calendar.weekday(weekday, "next")
    if which and re.match(_LAST, which):
        return calendar.weekday(weekday, "last")
    if week:
        return calendar.after(1, "week", replace(calendar, lean="future").weekday(weekday))
    return calendar.weekday(weekday, "this" if which else None)


def _end(match: re.Match[str], calendar: Calendar) -> date | None:
    which = match["which"] or ""
    return calendar.end_of_month({"n": 1, "l": -1}.get(which[:1], 0))


def _feast(match: re.Match[str], calendar: Calendar) -> date | None:
    month, day = FEASTS[match["feast"]]
    return calendar.on(match["year"], month, day)


def _now(match: re.Match[str], calendar: Calendar) -> date | None:
    return calendar.today


READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (
            rf"{_OPEN}{_WEEKDAY}(?P<year>\d{{4}})(?P<joint>[-/.])(?P<month>\d{{1,2}})(?P=joint)(?P<day>\d{{1,2}})(?![\w-])",
            _year_first,
        ),
        (
            rf"{_OPEN}{_WEEKDAY}(?P<first>\d{{1,2}})(?P<joint>[./-]) ?(?P<second>\d{{1,2}})(?P=joint) ?"
            r"(?P<year>\d{4}|\d\d)(?!\w)",
            _numeric,
        ),
        (
            rf"{_OPEN}(?!24/7){_WEEKDAY}(?P<first>\d{{1,2}})(?P<joint>[./])(?P<second>\d{{1,2}})"
            r"(?:\.(?!\d))?(?![\w/€$%]| ?(?:[ap]\.?m\b|uhr|eur))",
            _numeric,
        ),
        (
            (
                rf"{_OPEN}{_WEEKDAY}{_DAY} {{0,2}}(?:of |de |di |d'|del )?{_MONTH}(?! (?:i|we|you|be"
                rf"|have)\b){_YEAR}{_BEHIND}"
            ),
            _of_year,
        ),
        (
            (
                rf"{_OPEN}{_WEEKDAY}{_MONTH} {{0,2}}(?:the )?{_DAY}(?![\d:/]| of us| ?(?:[ap]\.?m\b"
                rf"|uhr)){_YEAR}{_BEHIND}"
            ),
            _of_year,
        ),
        (
            rf"\b{_ANY_WEEKDAY}[.,]{{0,2}} {{1,2}}"
            r"(?:(?:the|den|der|dem) (?P<day>\d{1,2})(?:st|nd|rd|th|ten|\.)?(?!\w)"
            r"|(?P<nth>\d{1,2})(?:st|nd|rd|th)\b)",
            _of_month,
        ),
        (rf"{_OPEN}(?P<said>(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b{_OF_MONTH}){_ENDS}{_NO_MONTH}", _of_month),
        (rf"\b(?:the|den|der|dem) (?P<said>(?P<day>{_ORDINAL})\b{_OF_MONTH}){_ENDS}{_NO_MONTH}", _of_month),
        (rf"\b(?:am|zum|vom) (?P<said>(?P<day>{_ORDINAL})\b)", _of_month),
        (rf"\b(?:am|zum|vom|den|dem|der) (?P<said>(?P<day>\d{{1,2}})\.(?!\d){_OF_MONTH})", _of_month),
        (r"\b(?:the|le|el|il) (?P<said>(?P<day>\d{1,2}))(?=[ .!?]*$)", _of_month),
        (r"^ *(?P<said>(?P<day>\d{1,2})\.)(?=[ !?]*$)", _of_month),
        (rf"\b(?P<many>a|an|one|two|three|\d{{1,3}}) {_LENGTH} (?:from|after|on) (?:{_NEAR}|{_FULL_WEEKDAY})", _away),
        (rf"\b(?:heute )?(?:in|dans|dentro de|tra|fra|za) {_MANY} {_LENGTH}(?:'?s?'? time)?", _away),
        (rf"\b{_MANY} {_LENGTH} (?:from (?:now|today)|after today|hence|later)\b", _away),
        (rf"\b{_MANY} {_LENGTH} (?P<before>ago|back|earlier|geleden|fa|atras)\b", _away),
        (rf"\b(?P<before>vor|il y a|hace) {_MANY} {_LENGTH}", _away),
        (rf"\b{_NO_MORNING}{_NEAR}", _near),
        (
            rf"\b(?<!every )(?<!jeden )(?:(?P<which>{_NEXT}|{_LAST}|{_THIS}) (?:week |woche )?)?{_FULL_WEEKDAY}"
            rf"(?: (?:of |in der )?(?P<week>(?:{_NEXT}) (?:week|woche)|week\b|in (?:a|one|einer) (?:week|woche)))?",
            _weekday,
        ),
        (rf"\b(?P<which>{_NEXT}|{_LAST}|{_THIS}) {_SHORT_WEEKDAY}\b\.?", _weekday),
        (rf"\bon (?P<said>{_SHORT_WEEKDAY})\b\.?", _weekday),
        (rf"^ *(?P<said>{_SHORT_WEEKDAY})\b(?=[ .!?]*$)", _weekday),
        (
            r"\b(?:the )?(?:end of|last day of|ende) (?:the |des )?"
            r"(?:(?P<which>this|next|last|current|dieses|n(?:a|ae)chsten) )?(?:month|monats?)\b",
            _end,
        ),
        (rf"\b(?P<feast>{_any(FEASTS)})\b{_YEAR}", _feast),
        (r"^ *(?P<said>right now|now|immediately|jetzt|sofort|ab sofort)(?=[ .!]*$)", _now),
    )
)
"""Ways of writing a date in folded text, each with what reads it; `said` are the characters that are the date."""

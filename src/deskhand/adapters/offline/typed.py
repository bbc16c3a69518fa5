"""Typed values inside sentences: email addresses, phone numbers, numbers, dates, yes and no."""

import re
from datetime import date
from itertools import islice

from deskhand.adapters.offline.common_words import word_list
from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.setting import Setting
from deskhand.domain.values import InvalidValue, TypeName, number_of, parse
from deskhand.domain.yes_no import plain, yes_or_no

MOST = 20
"""Things that look like a number or a phone number and are tried."""

_WORD = re.compile(r"\S+")
_LONGEST_ADDRESS = 400
_ADDRESS = re.compile(r"[^\s@<>()\[\]{},;:\"'=|]+@[^\s@<>()\[\]{},;:\"'=|]+")
_PHONE = re.compile(r"(?<![\w@#+-])\+?\(?\d[\d ()./-]{4,22}\d(?![\w@])")
_NUMBER = re.compile(
    r"(?<![\w.,:/#-])[-+]?\d[\d.,'\u00a0\u202f]{0,30}(?: \d{3}(?!\d)){0,4}(?!\w)(?![:/]\d|\s?[-–]\s?\d)"
)
_SMALL = word_list(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
    """
)
_TENS = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_NUMBER_WORDS = {
    **{word: number for number, word in enumerate(_SMALL)},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
    "dozen": 12,
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar jan", "february februar feb", "march märz maerz mar", "april apr", "may mai",
            "june juni jun", "july juli jul", "august aug", "september sept sep", "october oktober oct okt",
            "november nov", "december dezember dec dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = rf"({'|'.join(_MONTHS)})\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th|\.)?"
_ISO = re.compile(r"(?<![\w-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_DOTTED = re.compile(r"(?<![\w.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_DAY_FIRST = re.compile(rf"\b{_DAY} (?:of )?{_MONTH},? (\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH} {_DAY},? (\d{{4}})\b", re.IGNORECASE)
_BEGINS_YES = re.compile(
    r"(?:yes|yeah|yep|yup|sure|of course|i do(?! not)|i have(?! not)|i am|it is|it does|ja|klar|oui|si)\b"
)
_BEGINS_NO = re.compile(
    r"(?:no|nope|nah|not(?! sure| certain)|i (?:don't|do not)(?! know| remember)|i haven't|i'm not(?! sure)|it isn't"
    r"|it doesn't|nein|ne|non)\b"
)


def _valid(kind: TypeName, text: str, region: str | None = None) -> bool:
    try:
        parse(kind, text, region)
    except InvalidValue:
        return False
    return True


def emails(text: str) -> list[Found]:
    """Valid email addresses, without the punctuation around them."""
    found = []
    for word in _WORD.finditer(text):
        if "@" not in word[0] or len(word[0]) > _LONGEST_ADDRESS:
            continue
        for match in _ADDRESS.finditer(word[0]):
            address = match[0].rstrip(".!?*_").lstrip("*")
            if _valid("email", address):
                start = word.start() + match.start()
                found.append(Found(address, start, start + len(match[0])))
    return found


def phones(text: str, region: str | None) -> list[Found]:
    """Valid phone numbers; without a region only those with a country code."""
    found = []
    for match in islice(_PHONE.finditer(text), MOST):
        written = match[0].strip()
        if written.startswith("00"):
            written = f"+{written[2:]}"
        if _valid("phone", written, region):
            found.append(Found(written, match.start(), match.end()))
    return found


def numbers(text: str) -> list[Found]:
    """Numbers in digits, or where there are none, in English words; no times, ranges and ordinals."""
    found = []
    for match in islice(_NUMBER.finditer(text), MOST):
        written = match[0].rstrip(".,' \u00a0\u202f")
        if number_of(written) is not None:
            found.append(Found(written, match.start(), match.start() + len(written)))
    return found or _spelt_out(text)


def _spelt_out(text: str) -> list[Found]:
    found: list[Found] = []
    run: list[re.Match[str]] = []
    for word in [*re.finditer(r"[A-Za-z]+", text), None]:
        said = word[0].lower() if word else ""
        joined = bool(run) and said == "and" and run[-1][0].lower() in _SCALES
        if word and (said in _NUMBER_WORDS or (run and said in _SCALES) or joined):
            run.append(word)
        elif run:
            value = _value_of([one[0].lower() for one in run])
            found.append(Found(str(value), run[0].start(), run[-1].end()))
            run = []
    return found


def _value_of(words: list[str]) -> int:
    total = current = 0
    for word in words:
        if word in _SCALES and _SCALES[word] > 100:
            total, current = total + max(current, 1) * _SCALES[word], 0
        elif word in _SCALES:
            current = max(current, 1) * 100
        elif word == "dozen":
            current = max(current, 1) * 12
        else:
            current += _NUMBER_WORDS.get(word, 0)
    return total + current


def dates(text: str, setting: Setting) -> list[Found]:
    """Full dates, as 2026-03-31, 31.3.2026, 31st of March 2026 or March 31, 2026; given as ISO 8601."""
    found = []
    for pattern, order in (
        (_ISO, (1, 2, 3)),
        (_DOTTED, (3, 2, 1)),
        (_DAY_FIRST, (3, 2, 1)),
        (_MONTH_FIRST, (3, 1, 2)),
    ):
        for match in pattern.finditer(text):
            year, month, day = (match[group] for group in order)
            try:
                read = date(int(year), _MONTHS.get(month.lower().rstrip("."), 0) or int(month), int(day))
            except ValueError:
                continue
            found.append(Found(read.isoformat(), match.start(), match.end()))
    return found


def yes_no(text: str) -> Found | None:
    """A yes or a no: the whole message, or how it begins."""
    whole = yes_or_no(text)
    if whole is None:
        said = plain(text[:200])
        if _BEGINS_NO.match(said):
            whole = False
        elif _BEGINS_YES.match(said) and not re.search(r"\b(?:not|no|don't|nicht)\b", said):
            whole = True
        elif said in ("true", "false", "on", "off"):
            whole = said in ("true", "on")
    return None if whole is None else Found(whole, 0, len(text))

"""Numbers inside sentences: in digits with any separators, signs, units and currencies, or in words."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.letters import fold
from deskhand.adapters.offline.number_words import spelt_out
from deskhand.adapters.offline.setting import Setting
from deskhand.domain.values import number_of

MOST = 20
"""Things that look like a number and are tried."""

_DIGITS = re.compile(
    r"(?<![\w.,:/#-])[-+]?\d[\d.,'\u00a0\u202f]{0,30}(?: \d{3}(?!\d)){0,4}"
    r"(?=(?:[a-z]{1,7}|[½¼¾])?(?!\w))(?![:/]\d|\s?[-–]\s?\d)"
)
_AFTER = re.compile(
    r"\s?(?P<scale>k|thousand|tausend|tsd|million(?:s|en)?|mio|mn|billions?|milliarden?|mrd|dozen|dutzend|hundred)\b"
    r"|\s?(?P<part>[½¼¾]|and a half|and a quarter|1/2|1/4|3/4|einhalb)(?!\w)"
    r"|(?P<unit>eur|euros?|usd|gbp|chf|pln|kg|g|lbs?|km|cm|mm|ml|l|hrs?|min|mins|x|pcs|stk|st|gb|mb|tb|pax|ppl)?"
    r"(?!\s?(?:[ap]\.?\s?m\b|uhr\b|o'?clock\b))(?!\w)"
)
_SCALES = {
    "k": 1_000, "thousand": 1_000, "tausend": 1_000, "tsd": 1_000, "mio": 10**6, "mn": 10**6, "mrd": 10**9,
    "dozen": 12, "dutzend": 12, "hundred": 100,
}  # fmt: skip
_PARTS = {
    "½": Fraction(1, 2), "1/2": Fraction(1, 2), "and a half": Fraction(1, 2), "einhalb": Fraction(1, 2),
    "¼": Fraction(1, 4), "1/4": Fraction(1, 4), "and a quarter": Fraction(1, 4), "¾": Fraction(3, 4),
    "3/4": Fraction(3, 4),
}  # fmt: skip
_MINUS_BEFORE = re.compile(r"(?:\bminus |\bnegative |[-–−]\s?(?:[$€£]|usd |eur )\s?)$")
_DECIMAL_COMMA = frozenset(("de", "fr", "es", "it", "nl", "pt", "pl", "da", "sv", "nb", "no", "fi", "cs", "tr", "ru"))
_BY_DOTS = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+")
_BY_COMMAS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+,?")


def numbers(text: str, setting: Setting | None = None) -> list[Found]:
    """Numbers in digits, or where there are none, in words; no times, ranges and ordinals."""
    folded = fold(text)
    return list(islice(_in_digits(folded, setting or Setting()), MOST)) or [
        Found(written(value), start, end) for value, start, end in islice(spelt_out(folded), MOST)
    ]


def written(value: Fraction | float) -> str:
    """A number as text that is read again as the same number: `3.5`, `20000`."""
    exact = Fraction(value)
    return str(exact.numerator) if exact.denominator == 1 else repr(round(float(exact), 6))


def _in_digits(folded: str, setting: Setting) -> Iterator[Found]:
    for match in islice(_DIGITS.finditer(folded), MOST):
        digits = match[0].rstrip(".,' \u00a0\u202f")
        end = match.start() + len(digits)
        value = _value_of(digits, setting)
        after = _AFTER.match(folded, end)
        if value is None or after is None:
            continue
        start = match.start()
        exact = _scaled(Fraction(str(value)), after)
        if minus := _MINUS_BEFORE.search(folded[max(0, start - 12) : start]):
            exact, start = -exact, start - len(minus[0])
        same = exact == Fraction(str(value)) and number_of(digits) == value
        yield Found(digits if same else written(exact), start, after.end())


def _value_of(digits: str, setting: Setting) -> int | float | None:
    """The number, with dots and commas as they are used where the customer is."""
    commas = setting.language[:2] in _DECIMAL_COMMA and (setting.region or "").upper() != "CH"
    dots = digits.count(".")
    if _BY_DOTS.fullmatch(digits) and (commas or dots > 1):
        return int(digits.replace(".", ""))
    if not commas and _BY_COMMAS.fullmatch(digits):
        return int(digits.replace(",", ""))
    return number_of(digits)


def _scaled(value: Fraction, after: re.Match[str]) -> Fraction:
    if after["part"]:
        return value + _PARTS[after["part"]]
    if after["scale"]:
        return value * next((size for name, size in _SCALES.items() if after["scale"] == name), _large(after["scale"]))
    return value


def _large(scale: str) -> int:
    return 10**9 if scale.startswith(("bil", "milliard")) else 10**6

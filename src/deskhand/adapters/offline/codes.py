"""Order numbers and their like: recognised by the shape of an example, or by what the variable is called."""

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from deskhand.adapters.offline.common_words import word_list
from deskhand.adapters.offline.found import Found

_RUNS = re.compile(r"[A-Za-z]+|\d+|[^A-Za-z\d]+")
_CODE_NAMES = frozenset(
    word_list(
        "id number no nr code ref reference sku serial tracking zip postcode order booking invoice nummer iban vin "
        "imei pin ticket voucher coupon plz kundennummer bestellnummer rechnungsnummer"
    )
)
_TOKEN = re.compile(r"(?<![\w@.])#?([A-Za-z0-9](?:[A-Za-z0-9]|[-_/](?=[A-Za-z0-9])){1,39})(?![\w@])")
_NO_CODE = re.compile(
    r"\d{1,2}(?:st|nd|rd|th|am|pm|h|x|%)|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}(?:/\d{2,4})?|24/7"
    r"|\d+(?:kg|g|cm|mm|m|km|k|gb|tb|usd|eur|min|mins|days?|weeks?|years?)|covid-19|\d",
    re.IGNORECASE,
)
_LETTER_BEFORE = re.compile(r"(?<![\w'])([A-Z]{1,3})[ -]{1,2}$")
_SPACED = ("number", "_no", "_nr", "nummer", "iban", "imei", "order", "invoice", "tracking", "serial", "vin")
"""Names of codes in which spaces say nothing, other than in a postcode."""
_AROUND = r"(?<![\w@])#?{}(?![\w@]|[-/]\w)"
_LOOSE = r"[-_ #]{0,2}"


@lru_cache(maxsize=1_000)
def is_code_like(example: str | None) -> bool:
    """Whether an example is a code such as A1001, `#W1234567` or ORD-12345, and no prose, number or address."""
    return bool(
        example
        and len(example) <= 40
        and re.search(r"\d", example)
        and re.search(r"[A-Za-z#-]|\d{4}", example)
        and not re.search(r"[\s@.,:+]", example)
    )


@lru_cache(maxsize=1_000)
def is_code_name(name: str) -> bool:
    """Whether a variable's name says that it is a code, as `order_id` and `invoiceNumber` do."""
    parts = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")
    return parts[-1] in _CODE_NAMES


def code_in(text: str, name: str, example: str | None, choose: Callable[[list[Found]], Found | None]) -> Found | None:
    """The code in an answer: of the example's shape, or the only thing that looks like one.

    choose: which of several is meant, or None.
    """
    if is_code_like(example):
        assert example is not None
        shaped = shaped_codes(text, example)
        if shaped:
            return choose(shaped)
    every = plain_codes(text)
    return (
        choose(every)
        or _in_groups(text, every, is_code_like(example) or name.lower().endswith(_SPACED))
        or choose([found for found in every if re.search(r"[A-Za-z]", str(found.value))])
    )


def _in_groups(text: str, every: list[Found], joined: bool) -> Found | None:
    """A code that is written in groups, as 123 4567 is: nothing but a space or a dash stands between them."""
    if len(every) < 2 or any(not re.fullmatch(r"[ -]{1,3}", text[a.end : b.start]) for a, b in pairwise(every)):
        return None
    start, end = every[0].start, every[-1].end
    letter = _LETTER_BEFORE.search(text[:start])
    start = letter.start(1) if letter else start
    written = text[start:end].lstrip("#")
    return Found(re.sub(r"[ -]+", "", written) if joined else written, start, end)


def shaped_codes(text: str, example: str) -> list[Found]:
    """Codes of the example's shape, written as the example is; similar ones only where there is no exact one."""
    for pattern in _patterns(example):
        found = [
            Found(_as_in(example, [group for group in match.groups() if group]), match.start(), match.end())
            for match in pattern.finditer(text)
        ]
        if found:
            return found
    return []


def plain_codes(text: str) -> list[Found]:
    """Whatever looks like a code: a word with a digit that is no date, time, amount or ordinal."""
    return [
        Found(match[1], match.start(), match.end())
        for match in _TOKEN.finditer(text)
        if re.search(r"\d", match[1]) and not _NO_CODE.fullmatch(match[1])
    ]


@lru_cache(maxsize=1_000)
def _patterns(example: str) -> tuple[re.Pattern[str], ...]:
    """From exactly the example's letters and length to other letters and about that length."""
    runs = _RUNS.findall(example.strip("#"))
    lettered = any(run.isalpha() for run in runs)

    def shape(same_letters: bool, slack: int, between: str = "") -> str:
        parts = []
        for run in runs:
            if run.isalpha():
                parts.append(f"({re.escape(run)})" if same_letters else f"([A-Za-z]{{{len(run)}}})")
            elif run.isdigit():
                least = max(1 if lettered else 3, len(run) - slack)
                most = max(least, len(run) + slack)
                parts.append(rf"(\d(?:{between}\d){{{least - 1},{most - 1}}})")
            else:
                parts.append("" if same_letters else f"(?:{re.escape(run)})?")
        return (_LOOSE if same_letters and lettered else "").join(part for part in parts if part)

    shapes = [shape(True, 0), shape(False, 0), shape(True, 0, "[ -]?"), shape(True, 3), shape(False, 3)]
    return tuple(re.compile(_AROUND.format(one), re.IGNORECASE) for one in dict.fromkeys(shapes))


def _as_in(example: str, groups: list[str]) -> str:
    """The code's letters and digits in the example's case and with its punctuation."""
    rest = iter(groups)
    written = []
    for run in _RUNS.findall(example):
        if run.isalpha():
            given = next(rest)
            written.append(given.upper() if run.isupper() else given.lower() if run.islower() else given)
        else:
            written.append(re.sub(r"\D", "", next(rest)) if run.isdigit() else run)
    return "".join(written)

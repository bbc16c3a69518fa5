"""Typed values inside sentences: email addresses and phone numbers, and with them numbers and dates."""

import re
from itertools import islice

from deskhand.adapters.offline.dates import dates
from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.numbers import numbers
from deskhand.domain.values import InvalidValue, TypeName, parse

__all__ = ["dates", "dictated_emails", "emails", "numbers", "phones"]

MOST = 20
"""Things that look like a phone number and are tried."""

_WORD = re.compile(r"\S+")
_LONGEST_ADDRESS = 400
_ADDRESS = re.compile(r"[^\s@<>()\[\]{},;:\"'=|]+@[^\s@<>()\[\]{},;:\"'=|]+")
_PHONE = re.compile(r"(?<![\w@#+-])\+?\(?\d[\d ()./-]{4,22}\d(?![\w@])")
_DICTATED = re.compile(
    r"(?<![\w@.])(?P<name>[\w.+-]{1,64}(?: ?(?:\(dot\)|\[dot\]| dot | punkt )[\w+-]{1,40}){0,3})"
    r" ?(?:@|\(at\)|\[at\]|\{at\}|(?<= )(?:at|ät|aet|arroba|chiocciola)(?= )) ?"
    r"(?P<host>[\w-]{1,63}(?:(?: ?(?:\.|\(dot\)|\[dot\]) ?| (?:dot|punkt|punto) )[\w-]{2,63}){1,4})(?!\w)",
    re.IGNORECASE,
)
_SPOKEN_DOT = re.compile(r" ?(?:\(dot\)|\[dot\]|(?<= )(?:dot|punkt|punto)(?= )|\.) ?", re.IGNORECASE)


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


def dictated_emails(text: str) -> list[Found]:
    """Addresses typed as they are spoken, such as "jo at example dot org": only to be read where one was asked for."""
    found = []
    for match in islice(_DICTATED.finditer(text), MOST):
        address = "@".join(_SPOKEN_DOT.sub(".", match[part]).strip() for part in ("name", "host"))
        if _valid("email", address):
            found.append(Found(address, *match.span()))
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

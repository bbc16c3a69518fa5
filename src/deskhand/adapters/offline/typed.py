"""Typed values inside sentences: email addresses, phone numbers, numbers, dates, yes and no."""

import re
from itertools import islice

from deskhand.adapters.offline.dates import dates
from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.numbers import numbers
from deskhand.domain.values import InvalidValue, TypeName, parse
from deskhand.domain.yes_no import plain, yes_or_no

__all__ = ["dates", "emails", "numbers", "phones", "yes_no"]

MOST = 20
"""Things that look like a phone number and are tried."""

_WORD = re.compile(r"\S+")
_LONGEST_ADDRESS = 400
_ADDRESS = re.compile(r"[^\s@<>()\[\]{},;:\"'=|]+@[^\s@<>()\[\]{},;:\"'=|]+")
_PHONE = re.compile(r"(?<![\w@#+-])\+?\(?\d[\d ()./-]{4,22}\d(?![\w@])")
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

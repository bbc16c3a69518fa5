"""Lists and JSON in an answer: "red, blue and green", "[1, 2]", one item a line."""

import json
import re

from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.unanswered import holds_no_answer
from deskhand.domain.untrusted import Unreadable, read_json

MOST = 200
"""Items of a list."""

_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,3}[.)])\s+", re.MULTILINE)
_BETWEEN = re.compile(r"[;\n]|,(?!\d)|,?\s(?:and|und|&|as well as|sowie|plus)\s", re.IGNORECASE)
_LEAD = re.compile(
    r"\s*(?:(?:sure|yes|ok|okay|ja|klar|well|hi|hello)\b[\s,.!:]+){0,3}"
    r"(?:(?:it's|it is|they are|these are|these|those|i want|i need|i'd like|i would like|i have|just|only|mostly"
    r"|my .{1,30} (?:is|are)|es sind|ich (?:möchte|will|brauche|habe)|nur)\s*:?\s+)?",
    re.IGNORECASE,
)
_COURTESY = re.compile(r"(?:\b(?:thanks|thank you|please|danke|bitte))?[\s.!]{0,10}$", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,10})?")


def list_in(text: str, example: str | None = None) -> Found | None:
    """JSON as it was written, or the items of a list as JSON; numbers stay plain text with commas between.

    A list of numbers may as well be a list of texts, which its variable's schema knows: plain text serves both.
    """
    first, last = re.search(r"[\[{]", text), max(text.rfind("]"), text.rfind("}"))
    if first and _is_json(written := text[first.start() : last + 1]):
        return Found(written, first.start(), last + 1)
    if "?" in text or holds_no_answer(text):
        return None
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    courtesy = _COURTESY.search(text, start)
    end = courtesy.start() if courtesy else len(text)
    items = [item.strip(" ,.\t\"'") for item in _BETWEEN.split(_BULLET.sub("\n", text[start:end]), maxsplit=MOST)]
    items = [item for item in items if item]
    if not items:
        return None
    if all(_NUMBER.fullmatch(item) for item in items) and not _lists_texts(example):
        return Found(", ".join(items), start, end)
    return Found(json.dumps(items, ensure_ascii=False), start, end)


def _is_json(text: str) -> bool:
    try:
        read_json(text)
    except Unreadable:
        return False
    return True


def _lists_texts(example: str | None) -> bool:
    """Whether the example is a list of texts."""
    if not example or not _is_json(example):
        return False
    read = read_json(example)
    return isinstance(read, list) and all(isinstance(item, str) for item in read)

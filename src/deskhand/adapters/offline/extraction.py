"""Values in a customer's words: the answer to a question, and what was volunteered."""

import re
from collections.abc import Iterator

from deskhand.adapters.offline import choices, codes, typed
from deskhand.adapters.offline.found import LOOKED_AT, Found
from deskhand.adapters.offline.setting import Setting
from deskhand.adapters.offline.volunteering import volunteered as volunteered
from deskhand.ports.understanding import Wanted

ANYWHERE = Setting()

_NAMING = re.compile(
    r"(?:(?:hi|hello|hey|hallo|sure|yes|ok|okay)\b[\s,.!]*)?"
    r"(?:my (?:full |first |last |sur)?name(?:'s| is)|(?:the )?name(?:'s| is)|it(?:'|’)?s|it is|i(?:'|’)?m|i am|"
    r"this is|call me|ich hei(?:ß|ss)e|mein name ist|ich bin)\s+",
    re.IGNORECASE,
)
_COURTESY = re.compile(r"[\s,.!]*\b(?:thanks|thank you|please|danke|bitte)?[\s.!]*$", re.IGNORECASE)
_AND_MORE = re.compile(r"[,;\n]|\b(?:and|und) (?:my|mein)\b", re.IGNORECASE)


def is_free_text(wanted: Wanted) -> bool:
    """Whether any words answer the question: text, no choices, and no code by its example or its name."""
    if wanted.type != "text" or wanted.choices:
        return False
    return not codes.is_code_like(wanted.example) and not codes.is_code_name(wanted.name)


def answer(wanted: Wanted, text: str, setting: Setting = ANYWHERE) -> Found | None:
    """The asked value in an answer to its question; None where it is not in there."""
    looked_at = text[:LOOKED_AT]
    if wanted.choices:
        chosen = choices.choose(looked_at, wanted.choices)
        return Found(chosen, 0, len(looked_at)) if chosen is not None else None
    match wanted.type:
        case "text":
            return _code(wanted, looked_at)
        case "boolean":
            return typed.yes_no(looked_at)
        case "number" | "integer" | "float":
            return _only(typed.numbers(looked_at))
        case _:
            return next(_candidates(wanted, looked_at, setting), None)


def free_answer(wanted: Wanted, text: str, rest: str) -> str:
    """The words that answer a free question; for a name without what people say around it.

    rest: the same text with what was volunteered besides blanked.
    """
    if not _is_name(wanted):
        return text.strip()
    said = _NAMING.sub("", rest.strip(), count=1)
    if rest != text:
        said = _AND_MORE.split(said, maxsplit=1)[0]
    return _COURTESY.sub("", said[:LOOKED_AT]).strip(" ,;.") or text.strip()


def _candidates(wanted: Wanted, text: str, setting: Setting) -> Iterator[Found]:
    match wanted.type:
        case "email":
            yield from typed.emails(text)
        case "phone":
            yield from typed.phones(text, setting.region)
        case "date":
            yield from typed.dates(text, setting)


def _code(wanted: Wanted, text: str) -> Found | None:
    """The code in an answer: of the example's shape, or the only thing that looks like one."""
    if codes.is_code_like(wanted.example):
        assert wanted.example is not None
        shaped = codes.shaped_codes(text, wanted.example)
        if shaped:
            return _only(shaped)
    elif not codes.is_code_name(wanted.name):
        return None
    every = codes.plain_codes(text)
    return _only(every) or _only([found for found in every if re.search(r"[A-Za-z]", str(found.value))])


def _only(found: list[Found]) -> Found | None:
    """The value that all of them are, or None where they differ."""
    return found[0] if len({one.value for one in found}) == 1 else None


def _is_name(wanted: Wanted) -> bool:
    return wanted.type == "text" and not wanted.choices and wanted.name.lower().split("_")[-1] in ("name", "fullname")

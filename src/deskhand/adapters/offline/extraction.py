"""Values in a customer's words: the answer to a question, and what was volunteered."""

import re
from collections.abc import Sequence

from deskhand.adapters.offline import codes
from deskhand.adapters.offline.answering import ANYWHERE, answer, particular
from deskhand.adapters.offline.found import LOOKED_AT
from deskhand.adapters.offline.groups import is_about_people, people_in
from deskhand.adapters.offline.kinds import kind_of
from deskhand.adapters.offline.names import name_in, part_of
from deskhand.adapters.offline.setting import Setting
from deskhand.adapters.offline.unanswered import holds_no_answer
from deskhand.adapters.offline.volunteering import volunteered
from deskhand.ports.understanding import Wanted

__all__ = ["along", "answer", "free_answer", "is_free_text", "is_numbered", "particular", "volunteered"]

_NAMING = re.compile(
    r"(?:(?:hi|hello|hey|hallo|sure|yes|ok|okay)\b[\s,.!]*)?"
    r"(?:(?:my|the|our) (?:[a-z]{2,20} )?name(?:'s| is)|it(?:'|’)?s|it is|i(?:'|’)?m|i am|this is|call me)\s+",
    re.IGNORECASE,
)
_COURTESY = re.compile(r"[\s,.!]*\b(?:thanks|thank you|please|danke|bitte)?[\s.!]*$", re.IGNORECASE)
_AND_MORE = re.compile(r"[,;\n]|\b(?:and|und) (?:my|mein)\b", re.IGNORECASE)


def is_free_text(wanted: Wanted) -> bool:
    """Whether any words may answer the question: text, no choices, and no code by its example or its name."""
    if wanted.type != "text" or wanted.choices or kind_of(wanted).short:
        return False
    return not codes.is_code_like(wanted.example) and not codes.is_code_name(wanted.name)


def is_numbered(wanted: Wanted) -> bool:
    """Whether its example is a code with digits, so that a plain word is none."""
    return codes.is_code_like(wanted.example)


def along(pending: Wanted, others: Sequence[Wanted], text: str) -> dict[str, str]:
    """What an answer says of its own accord besides: the other half of a name, and how many people come."""
    found: dict[str, str] = {}
    part = part_of(pending)
    for one in others:
        other = part_of(one)
        value = None
        if part and other and {part, other} == {"first", "last"}:
            value = name_in(text[:LOOKED_AT], other, asked_first=False)
        elif one.type == "text" and is_about_people(one):
            value = people_in(text[:LOOKED_AT], one)
        if value is not None:
            found[one.name] = str(value.value)
    return found


def free_answer(wanted: Wanted, text: str, rest: str, setting: Setting = ANYWHERE) -> str | None:
    """The words that answer a free question; None where they say that there is no answer, or hold none.

    rest: the same text with what was volunteered besides blanked.
    """
    if particular(wanted):
        found = answer(wanted, rest, setting)
        return None if found is None else str(found.value)
    if holds_no_answer(text):
        return None
    if wanted.name.lower().split("_")[-1] != "name":
        return text.strip()
    said = _NAMING.sub("", rest.strip(), count=1)
    if rest != text:
        said = _AND_MORE.split(said, maxsplit=1)[0]
    return _COURTESY.sub("", said[:LOOKED_AT]).strip(" ,;.") or text.strip()

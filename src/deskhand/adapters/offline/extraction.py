"""Values in a customer's words: the answer to a question, and what was volunteered."""

import re
from collections.abc import Iterator, Sequence

from deskhand.adapters.offline import choices, codes, typed
from deskhand.adapters.offline.found import LOOKED_AT, Found
from deskhand.adapters.offline.setting import Setting
from deskhand.adapters.offline.words import GRAMMAR_WEIGHT, stem, weight_of, words_of
from deskhand.domain.model import Json
from deskhand.domain.values import NUMERIC
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
_OWN_NAME = re.compile(
    r"\b(?:my (?:full )?name is|mein name ist|ich hei(?:ß|ss)e)\s+"
    r"([^\W\d_][\w'’.-]{0,40}(?: [^\W\d_][\w'’-]{0,40}){0,2})",
    re.IGNORECASE,
)
_NO_NAMES = re.compile(r"\s(?:and|und|my|i|with|the|from|but|email|mail|phone|order|please|wants?)\b.*$", re.IGNORECASE)
_BECAUSE = re.compile(r"\b(?:because|weil|da mir)\s+([^.!?\n]{3,500})", re.IGNORECASE)
_REASON = re.compile(r"(?:^|[^a-z])(?:reason|why|grund|warum|cause)(?:$|[^a-z])", re.IGNORECASE)


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


def volunteered(wanted: Sequence[Wanted], text: str, setting: Setting = ANYWHERE) -> tuple[dict[str, Json], str]:
    """Values that nobody asked for just now, and the text without them; only what can hardly mean anything else."""
    found: dict[str, Json] = {}
    rest = text[:LOOKED_AT]
    for one in sorted(wanted, key=_certainty):
        value = _volunteered(one, wanted, rest, setting)
        if value is not None and one.name not in found:
            found[one.name] = value.value
            rest = value.without(rest) if value.end > value.start else rest
    return found, rest + text[LOOKED_AT:]


def _certainty(wanted: Wanted) -> int:
    """The surest shapes are read first, so that a phone number is not taken for a number."""
    if wanted.type == "text":
        return 1 if codes.is_code_like(wanted.example) else 4
    order = {"email": 0, "date": 2, "phone": 3}
    return order.get(wanted.type, 5)


def _volunteered(one: Wanted, wanted: Sequence[Wanted], text: str, setting: Setting) -> Found | None:
    if one.choices:
        chosen = choices.named(text, [choice for choice in one.choices if len(choice) > 2])
        return Found(chosen, 0, 0) if chosen is not None else None
    if one.type in NUMERIC:
        return _only([found for found in typed.numbers(text) if _is_about(found, text, one)])
    match one.type:
        case "email" | "phone" | "date":
            same = [other for other in wanted if other.type == one.type and not other.choices]
            return next(_candidates(one, text, setting), None) if len(same) == 1 else None
        case "text":
            return _volunteered_text(one, text)
        case _:
            return None


def _volunteered_text(one: Wanted, text: str) -> Found | None:
    if codes.is_code_like(one.example):
        assert one.example is not None
        return _only(codes.shaped_codes(text, one.example))
    if codes.is_code_name(one.name):
        return _only([found for found in codes.plain_codes(text) if _is_about(found, text, one)])
    if _is_name(one):
        return _own_name(one, text)
    if _REASON.search(one.name.replace("_", " ")) or _REASON.search(one.description):
        match = _BECAUSE.search(text)
        return Found(match[1].strip(), match.start(1), match.end(1)) if match else None
    return None


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


def _is_about(found: Found, text: str, wanted: Wanted) -> bool:
    """Whether a word of the variable's name or description stands right beside the value."""
    about = words_of(f"{wanted.name.replace('_', ' ')} {wanted.description}")
    own = {stem(word, "en") for word in about if weight_of(word) > GRAMMAR_WEIGHT}
    before = words_of(text[max(0, found.start - 40) : found.start])[-3:]
    after = words_of(text[found.end : found.end + 40])[:2]
    return any(stem(word, "en") in own for word in (*before, *after))


def _is_name(wanted: Wanted) -> bool:
    return wanted.type == "text" and not wanted.choices and wanted.name.lower().split("_")[-1] in ("name", "fullname")


def _own_name(wanted: Wanted, text: str) -> Found | None:
    match = _OWN_NAME.search(text)
    if match is None or wanted.name.lower().split("_")[0] in (
        "company",
        "product",
        "item",
        "file",
        "user",
        "team",
    ):
        return None
    words = _NO_NAMES.sub("", match[1]).strip(" .,").split()
    if not words:
        return None
    part = {"first_name": words[:1], "last_name": words[1:]}.get(wanted.name.lower(), words)
    return Found(" ".join(part), 0, 0) if part else None

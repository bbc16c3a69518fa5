"""The answer to a question together with everything else that its words hold, each for the variable it is meant for."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from deskhand.adapters.offline import extraction
from deskhand.adapters.offline.asking import without_questions
from deskhand.adapters.offline.bare import bare_words
from deskhand.adapters.offline.codes import is_code_like
from deskhand.adapters.offline.common_words import word_list
from deskhand.adapters.offline.flags import agrees
from deskhand.adapters.offline.found import LOOKED_AT, Found
from deskhand.adapters.offline.kinds import kind_of
from deskhand.adapters.offline.setting import Setting
from deskhand.adapters.offline.volunteering import ANYWHERE, values_in
from deskhand.adapters.offline.words import GRAMMAR_WEIGHT, stem, weight_of, words_of
from deskhand.domain.model import Json
from deskhand.ports.understanding import Wanted

EXACT = ("email", "phone", "date")
"""Types whose values are written as what they are."""
_TELLS = re.compile(
    r"[\s,;.–-]*(?:\b(?:oh|ah|btw|ps|also|and|und)\b[\s,:]*){0,3}(?:\b(?:my|mein\w*|the|die)\s+)?"
    r"(?:\b(?:e-?mail|mail|phone|mobile|number|order|nummer|bestellung|telefon|handy|address|adresse|is|it's|ist)[\s:]+)*$",
    re.IGNORECASE,
)
NEAR = 60
"""Characters before a value in which it is said what it is."""
ABOUT_VALUES = frozenset(
    word_list(
        "mail email address phone number mobile order date day nr no adresse nummer bestellung telefon handy tag "
        "write reach contact reply via under use here btw please schreiben erreichen unter erreichbar"
    )
)


def reply(
    pending: Wanted,
    later: Sequence[Wanted],
    text: str,
    setting: Setting = ANYWHERE,
    given: Sequence[Wanted] = (),
) -> dict[str, Json]:
    """The values of an answer, that of the asked variable among them where the words hold it.

    later: what may be volunteered. given: what has a value: words that are meant for it are no answer.
    """
    known = frozenset(one.name for one in given)
    found = values_in([pending, *later, *given], text, setting, known, pending.name)
    values: dict[str, Json] = {name: one.value for name, one in found.items() if name not in known}
    values.pop(pending.name, None)
    variables = (pending, *later, *given)
    exact = {one.name for one in variables if _is_exact(one)} - {pending.name}
    answer = _answer(pending, text, found, setting, _empty(variables), exact)
    values = {**extraction.along(pending, [one for one in later if one.name not in known], text), **values}
    if answer is None:
        return values
    return {**extraction.along(pending, later, text), **values, pending.name: answer}


def _answer(
    pending: Wanted, text: str, found: dict[str, Found], setting: Setting, empty: frozenset[str], exact: set[str]
) -> Json:
    """The asked value. exact: variables whose values are written as what they are, such as an address."""
    mine = found.get(pending.name)
    rest = text
    for name, one in found.items():
        rest = one.without(rest) if name != pending.name and one.end > one.start else rest
    if extraction.is_free_text(pending) and exact & found.keys():
        if _says_no_more(rest, empty):
            return None
        text = _before(text, [found[name] for name in exact & found.keys()])
    kind = kind_of(pending)
    if extraction.particular(pending) and kind.about != "time":
        return extraction.free_answer(pending, text, rest, setting)
    if mine is not None and kind.about != "other":
        return mine.value
    if kind.short:
        return bare_words(without_questions(rest[:LOOKED_AT]), empty)
    if extraction.is_free_text(pending):
        return extraction.free_answer(pending, text, rest, setting)
    read = extraction.answer(pending, rest, setting)
    if read is not None:
        return read.value
    if mine is None and pending.type == "boolean" and agrees(text[:LOOKED_AT]):
        return True
    return mine.value if mine is not None else None


def _is_exact(wanted: Wanted) -> bool:
    """Whether its values are written as what they are; bare digits could be anything."""
    return wanted.type in EXACT or (is_code_like(wanted.example) and bool(re.search("[A-Za-z]", wanted.example or "")))


def _before(text: str, others: list[Found]) -> str:
    """The text without a last clause that only tells another value: "it broke, and my email is …"."""
    for one in sorted(others, key=lambda one: -one.start):
        near = max(0, one.start - NEAR)
        begun = _TELLS.search(text[near : one.start])
        if begun and not text[one.end :].strip(" .,;!\n"):
            text = text[: near + begun.start()]
    return text


def _says_no_more(rest: str, empty: frozenset[str]) -> bool:
    """Whether what is left of a message only says what its other values are: "my email is"."""
    said = (word for word in words_of(rest) if weight_of(word) > GRAMMAR_WEIGHT and word not in ABOUT_VALUES)
    return all(stem(word, "en") in empty for word in said)


def _empty(variables: Iterable[Wanted]) -> frozenset[str]:
    """Stems of the words that speak of the variables themselves."""
    return frozenset(word for one in variables for word in _own_words(one))


@lru_cache(maxsize=2_000)
def _own_words(wanted: Wanted) -> frozenset[str]:
    said = words_of(f"{wanted.name.replace('_', ' ')} {wanted.description}")
    return frozenset(stem(word, "en") for word in said)

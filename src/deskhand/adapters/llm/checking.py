"""Values from a model: they fit their variable and were said by somebody, or they are left out."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from deskhand.domain.grounding import Grounds
from deskhand.domain.model import Json
from deskhand.domain.suggestions import shortened
from deskhand.domain.untrusted import Unreadable, fit_json
from deskhand.domain.values import InvalidValue, parse, text_of
from deskhand.ports.understanding import Context, Wanted

_SHORTEST = 3
"""Digits that make a text a code rather than words: shorter ones are said in too many ways."""
_LAST_DIGITS = 6
_DIGIT_WORDS = frozenset(
    word
    for words in (
        "zero oh one two three four five six seven eight nine",
        "null eins zwei drei vier fünf sechs sieben acht neun",
        "cero uno dos tres cuatro cinco siete ocho nueve",
        "zéro un deux trois quatre cinq sept huit neuf",
    )
    for word in words.split()
)
_MOMENT = re.compile(r"(?:\d{4}-\d\d-\d\d)?[T ]?(?:\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?)?", re.IGNORECASE)
"""A date or a time in figures: people say "half past seven", and models write 19:30."""
_LARGE_WORDS = re.compile(r"thousand|hundred|million|tausend|hundert|mille?|mil\b|cent\b|cien|\d\s?k\b", re.IGNORECASE)


class Said:
    """What was said in the conversation."""

    def __init__(self, context: Context) -> None:
        given = (text_of(one.value) for one in context.given)
        self._text = "\n".join([context.text, *(line.text for line in context.history), *given])

    def holds(self, value: Json, wanted: Wanted) -> bool:
        """Whether a value can be found in what was said; where that cannot be told, it can."""
        text = text_of(value)
        if wanted.choices or wanted.type in ("boolean", "date", "json"):
            return True
        if wanted.type == "email":
            return _squashed(text) in self._squashed
        if wanted.type == "phone":
            return _digits(text)[-_LAST_DIGITS:] in _digits(self._text) or self._spelled
        if len(_digits(text)) < _SHORTEST or self._spelled or _MOMENT.fullmatch(text.strip()):
            return True
        if wanted.type == "text":
            return _squashed(text) in self._squashed or not self._grounds.invented(text)
        return not self._grounds.invented(text) or bool(_LARGE_WORDS.search(self._text))

    @cached_property
    def _grounds(self) -> Grounds:
        return Grounds((self._text,))

    @cached_property
    def _squashed(self) -> str:
        return _squashed(re.sub(r"\s(?:at|ät)\s", "@", re.sub(r"\s(?:dot|punkt|point|punto)\s", ".", self._text)))

    @cached_property
    def _spelled(self) -> bool:
        """Whether digits were spelled out, as people do on the phone."""
        words = re.findall(r"[^\W\d_]+", self._text.casefold())
        return sum(word in _DIGIT_WORDS for word in words) >= _SHORTEST


def checked_values(
    given: Any, variables: Mapping[str, Wanted], said: Said, region: str | None, where: str
) -> tuple[dict[str, Json], list[str]]:
    """The values that can be used, and sentences about those that cannot."""
    if given is None:
        return {}, []
    if not isinstance(given, dict):
        return {}, [f"{where}: its values are no object."]
    kept: dict[str, Json] = {}
    dropped: list[str] = []
    for name, value in given.items():
        if value is None or value == "":
            continue
        wanted = variables.get(name)
        wrong = "is none of its variables" if wanted is None else value_problem(value, wanted, said, region)
        if wrong is None:
            kept[name] = _canonical(value, variables[name])
        else:
            dropped.append(f"{where}: `{shortened(str(name))}` {wrong}.")
    return kept, dropped


def value_problem(value: Any, wanted: Wanted, said: Said, region: str | None) -> str | None:
    """What is wrong with a value, without a full stop; or None."""
    if wanted.type != "json" and not isinstance(value, str | int | float | bool):
        return f"must be {wanted.type}, and is an object or a list"
    try:
        fit_json(value)
        parse(wanted.type, value, region)
    except (InvalidValue, Unreadable):
        return f"must be {wanted.type}, and is {shortened(text_of(value))}"
    if wanted.choices and _chosen(value, wanted) is None:
        return f"must be one of its choices, and is {shortened(text_of(value))}"
    return None if said.holds(value, wanted) else f"is {shortened(text_of(value))}, which nobody said"


def _canonical(value: Any, wanted: Wanted) -> Json:
    return _chosen(value, wanted) if wanted.choices else value


def _chosen(value: Any, wanted: Wanted) -> str | None:
    folded = text_of(value).strip().casefold()
    return next((one for one in wanted.choices if one.casefold() == folded), None)


def _squashed(text: str) -> str:
    return re.sub(r"[^\w@.]|_", "", text.casefold())


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)

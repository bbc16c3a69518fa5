"""A value of which it is known what conditions want of it, found by trying what may fit."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from deskhand.domain.conditions import MISSING, Operator, holds, look_up
from deskhand.domain.values import InvalidValue, TypeName, number_of
from deskhand.domain.variables import fit

SAMPLES: dict[TypeName, list[Any]] = {
    "text": ["Something"],
    "number": [10, 2.5],
    "integer": [10],
    "float": [2.5, 10],
    "boolean": [True, False],
    "date": ["2026-12-24"],
    "email": ["ada@example.com"],
    "phone": ["+4930123456"],
    "json": [{}, []],
}
NOT_VALID: dict[TypeName, str] = {"text": "", "json": "}"}
"""What is no valid answer, by type; anything else is not understood as one of the others."""
NOTHING_OF_THE_KIND = "nothing of the kind"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a condition wants: that a comparison is true, or that it is not."""

    path: tuple[str, ...]
    operator: Operator
    given: Any
    """What it is compared with, or a function that finds it."""
    true: bool

    @property
    def value(self) -> Any:
        """What it is compared with."""
        return self.given() if callable(self.given) else self.given

    def met(self, whole: Any) -> bool:
        """Whether the value behind the path, in the whole one, is as it is wanted."""
        return holds(self.operator, look_up(self.path, whole), self.value) == self.true


@dataclass(slots=True)
class Answer:
    """What the customer answers to one question."""

    type: TypeName = "text"
    choices: list[str] = field(default_factory=list)
    example: Any = None
    wishes: list[Wish] = field(default_factory=list)

    def find(self) -> Any:
        """A valid answer that every condition wants; the first valid one where none was found."""
        valid = [one for one in self._candidates() if self._is_valid(one)]
        fitting = (one for one in valid if all(wish.met(self._stored(one)) for wish in self.wishes))
        return next(fitting, valid[0] if valid else self.example)

    def _candidates(self) -> Iterator[Any]:
        if self.example is not None:
            yield self.example
        yield from self.choices
        yield from (one for wish in self.wishes for one in near(wish.value) if one is not None and one is not MISSING)
        yield from SAMPLES[self.type]

    def _is_valid(self, given: Any) -> bool:
        try:
            fit(self.type, self.choices, given)
        except InvalidValue:
            return False
        return True

    def _stored(self, given: Any) -> Any:
        return fit(self.type, self.choices, given)


def invalid_answer(kind: TypeName, choices: list[str]) -> str:
    """What no question of this type takes."""
    return NOTHING_OF_THE_KIND if choices else NOT_VALID.get(kind, NOTHING_OF_THE_KIND)


@dataclass(slots=True)
class Body:
    """What a call answers."""

    sample: Any = None
    wishes: list[Wish] = field(default_factory=list)

    def find(self) -> Any:
        """The sample, changed as far as the conditions want it to be."""
        whole = deepcopy(self.sample)
        for path in dict.fromkeys(wish.path for wish in self.wishes):
            about = [wish for wish in self.wishes if wish.path == path]
            if all(wish.met(whole) for wish in about):
                continue
            for one in (value for wish in about for value in near(wish.value)):
                changed = put(whole, path, one)
                if all(wish.met(changed) for wish in about):
                    whole = changed
                    break
        return whole


def near(value: Any) -> Iterator[Any]:
    """Values that a comparison with this one may want, or may want to be another."""
    if value is not None:
        yield value
    number = number_of(value)
    if number is not None and not isinstance(value, bool):
        yield from (number + 1, number - 1)
    yield from (True, False, "something else", 1, None, MISSING)
    if isinstance(value, str):
        yield f"{value} and more"


def put(whole: Any, path: tuple[str, ...], value: Any) -> Any:
    """A copy of the whole with a value behind a path, or with nothing there for MISSING."""
    if not path:
        return None if value is MISSING else value
    name, rest = path[0], path[1:]
    if name.isdecimal() and len(name) < 4 and not isinstance(whole, dict):
        items = list(whole) if isinstance(whole, list) else []
        items += [None] * (int(name) + 1 - len(items))
        items[int(name)] = put(items[int(name)], rest, value)
        return items
    fields = dict(whole) if isinstance(whole, dict) else {}
    if value is MISSING and not rest:
        fields.pop(name, None)
        return fields
    fields[name] = put(fields.get(name), rest, value)
    return fields

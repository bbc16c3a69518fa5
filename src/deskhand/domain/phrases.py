"""Sentences for members, which remember what they were made of, so that they can be said in another language."""

from collections.abc import Callable, Iterable
from string import Formatter
from typing import Annotated, Any

from pydantic import WrapValidator


class Phrase(str):
    """An English sentence, or a part of one, with its template and the values that fill it."""

    template: str
    values: dict[str, object]


Kept = Annotated[str, WrapValidator(lambda given, check: given if isinstance(given, Phrase) else check(given))]
"""A text in a record that stays the phrase that it is, where validation would make a plain text of it."""


class Filling(Formatter):
    """Fills templates as `str.format` does.

    `capital` and `small` set a value's first letter; `open` takes its full stop away, `first` all but a first sentence.
    """

    def format_field(self, value: Any, format_spec: str) -> str:
        match format_spec:
            case "capital":
                return str(value)[:1].upper() + str(value)[1:]
            case "small":
                return str(value)[:1].lower() + str(value)[1:]
            case "open":
                return str(value).rstrip(".")
            case "first":
                return str(value).split(". ", 1)[0].rstrip(".") + "."
        return str(super().format_field(value, format_spec))


_filling = Filling()


def phrase(template: str, /, **values: object) -> Phrase:
    """The template with its values filled in; a value that is a phrase is a part that is translated for itself.

    Without values the template is taken as it stands, braces and all.
    """
    made = Phrase(_filling.vformat(template, (), values) if values else template)
    made.template, made.values = template, values
    return made


def joined(parts: Iterable[str], between: str = " ") -> Phrase:
    """The parts one after the other; `between` may be a phrase too, such as `or`."""
    values: dict[str, object] = {f"part{at}": part for at, part in enumerate(parts)}
    if isinstance(between, Phrase):
        return phrase("{between}".join(f"{{{name}}}" for name in values), **values, between=between)
    return phrase(between.join(f"{{{name}}}" for name in values), **values)


def altered(sentence: str, change: Callable[[str], str]) -> str:
    """What `change` makes of the sentence; a phrase stays one where it comes to the same to change its values alone."""
    plain = change(str(sentence))
    if not isinstance(sentence, Phrase):
        return plain
    values = {name: altered(one, change) if isinstance(one, str) else one for name, one in sentence.values.items()}
    made = phrase(sentence.template, **values)
    return made if made == plain else plain

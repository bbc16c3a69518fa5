"""From what somebody wrote to an audience, or to sentences about all that is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from deskhand.domain.audience import COMPARINGS, DATES, LONGEST_DAYS, NUMBERS, Audience
from deskhand.domain.days import moment_of
from deskhand.domain.phrases import joined, phrase
from deskhand.domain.preconditions import SLUG
from deskhand.domain.problems import Invalid, Problem
from deskhand.domain.suggestions import closest, did_you_mean, listed, shortened
from deskhand.domain.values import number_of, text_of

VARIABLES = (
    "contact.id", "contact.first_name", "contact.last_name", "contact.email", "contact.phone_number",
    "conversation.channel", "conversation.language", "conversation.region", "conversation.tags",
    "medium", "direction", "agent.id", "lead.email", "lead.name", "current_datetime",
)  # fmt: skip
"""What a comparison may look at, beside the contact's own attributes."""
ATTRIBUTES = "contact.attributes."
DEEPEST = 8
"""Levels of `all`, `any` and `not` within one another."""
MOST = 100
"""Comparisons of one rule."""
MOST_VALUES = 500
LONGEST_VALUE = 1000
_FIELDS = {"slug": 64, "name": 100, "description": 500}
_TREES = ("all", "any", "not")
_MEANT = {
    "eq": "equals", "is": "equals", "ne": "not_equals", "gt": "greater", "lt": "less", "gte": "at_least",
    "lte": "at_most", "greater_than": "greater", "less_than": "less", "is_not": "not_equals", "one_of": "in",
}  # fmt: skip
"""What other products call an operator."""


class InvalidAudience(Invalid):
    """The audience has problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.sentence = joined(one.sentence for one in problems)
        self.args = (self.sentence,)


def read_audience(data: Any) -> Audience:
    """The audience of a document. Raises InvalidAudience with one problem for each thing that is wrong."""
    found = audience_problems(data)
    if found:
        raise InvalidAudience(found)
    return Audience.model_validate(data)


def audience_problems(data: Any) -> list[Problem]:
    """All that is wrong with a document."""
    if not isinstance(data, dict):
        return [_fault("", "An audience is an object with `slug`, `name` and `rule`.")]
    reader = _Reader()
    reader.fields(data)
    if "rule" in data:
        reader.rule(data["rule"], "rule", 1)
        if reader.comparisons > MOST:
            reader.complain(
                "rule",
                phrase(
                    "The rule has {comparisons} comparisons: {most} is the most.",
                    comparisons=reader.comparisons,
                    most=MOST,
                ),
            )
    else:
        reader.complain("rule", "`rule` is missing: say which customers are meant.")
    return reader.problems


def unknown_variable(variable: str) -> str | None:
    """What is wrong with a variable's name, in a sentence, or None."""
    if variable in VARIABLES:
        return None
    if variable.startswith(ATTRIBUTES):
        fits = len(variable) <= 200 and all(map(_is_part, variable.split(".")))
        return (
            None
            if fits
            else phrase(
                "`{variable}` is no path: write names with letters, digits, `_` and dots.", variable=shortened(variable)
            )
        )
    meant = _meant(variable)
    hint = (
        phrase("; did you mean `{meant}`?", meant=meant)
        if meant
        else phrase(": use {variables}, or `{attributes}…`.", variables=listed(VARIABLES), attributes=ATTRIBUTES)
    )
    return phrase("`{variable}` is nothing that an audience can look at{hint}", variable=shortened(variable), hint=hint)


def _meant(variable: str) -> str | None:
    """The variable that somebody may have meant: the same name elsewhere, a similar one, or an attribute."""
    group, _, name = variable.partition(".")
    same = [one for one in VARIABLES if one.rpartition(".")[2] == variable.rpartition(".")[2]]
    if same:
        return same[0]
    if group != "contact":
        return closest(variable, VARIABLES)
    fields = {one.partition(".")[2]: one for one in VARIABLES if one.startswith("contact.")}
    similar = closest(name, fields)
    if similar:
        return fields[similar]
    return ATTRIBUTES + name if all(map(_is_part, name.split("."))) else None


class _Reader:
    """Walks through a document and notes what is wrong, and where."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.comparisons = 0

    def complain(self, where: str, sentence: str) -> None:
        self.problems.append(_fault(where, sentence))

    def fields(self, data: Mapping[str, Any]) -> None:
        self._unknown(data, (*_FIELDS, "rule"), "", phrase("an audience"))
        for name, longest in _FIELDS.items():
            value = data.get(name, "" if name == "description" else None)
            if value is None:
                self.complain(name, phrase("`{name}` is missing.", name=name))
            elif not isinstance(value, str):
                self.complain(name, phrase("`{name}` must be a text.", name=name))
            elif len(value) > longest:
                self.complain(
                    name, phrase("`{name}` may have at most {longest} characters.", name=name, longest=longest)
                )
            elif not value.strip() and name != "description":
                self.complain(name, phrase("`{name}` must not be empty.", name=name))
            elif name == "slug" and not re.fullmatch(SLUG, value):
                self.complain(
                    name,
                    phrase("`slug` is `{value}`: use lowercase letters, digits and hyphens.", value=shortened(value)),
                )

    def rule(self, data: Any, where: str, depth: int) -> None:
        if not isinstance(data, dict):
            self.complain(
                where,
                phrase("`{where}` must be an object: a comparison, or one of `all`, `any` and `not`.", where=where),
            )
            return
        trees = [name for name in _TREES if name in data]
        if not trees:
            self.comparison(data, where)
        elif len(data) > 1:
            others = ", ".join(f"`{shortened(name)}`" for name in data if name != trees[0])
            self.complain(
                where,
                phrase(
                    "`{where}` has `{one}` and {others}: write one of them, or put both in a list.",
                    where=where,
                    one=trees[0],
                    others=others,
                ),
            )
        elif depth > DEEPEST:
            self.complain(where, phrase("`{where}` is nested deeper than {most} levels.", where=where, most=DEEPEST))
        elif trees == ["not"]:
            self.rule(data["not"], f"{where}.not", depth + 1)
        else:
            self._list(data[trees[0]], f"{where}.{trees[0]}", depth)

    def _list(self, items: Any, where: str, depth: int) -> None:
        if not isinstance(items, list):
            self.complain(where, phrase("`{where}` must be a list of rules.", where=where))
        elif not items:
            self.complain(where, phrase("`{where}` is empty: put at least one rule in it.", where=where))
        elif len(items) > MOST:
            self.complain(
                where,
                phrase("`{where}` has {count} rules: {most} is the most.", where=where, count=len(items), most=MOST),
            )
        else:
            for at, item in enumerate(items):
                self.rule(item, f"{where}.{at}", depth + 1)

    def comparison(self, data: Mapping[str, Any], where: str) -> None:
        self.comparisons += 1
        self._unknown(data, ("variable", "operator", "value", *_TREES), where, "a comparison")
        variable, operator = data.get("variable"), data.get("operator", "equals")
        wrong = self._variable(variable, where) or self._operator(operator, where)
        if wrong:
            return
        assert isinstance(variable, str)
        if "value" not in data and operator not in ("exists", "not_exists"):
            self.complain(
                f"{where}.value",
                phrase(
                    "`{where}.value` is missing: `{operator}` needs something to compare with.",
                    where=where,
                    operator=operator,
                ),
            )
            return
        sentence = _misfit(variable, operator) or _value_problem(variable, operator, data.get("value"))
        if sentence:
            self.complain(where, phrase("`{where}`: {sentence}", where=where, sentence=sentence))

    def _variable(self, variable: Any, where: str) -> bool:
        place = f"{where}.variable"
        if not isinstance(variable, str):
            missing = variable is None
            self.complain(
                place,
                phrase(
                    "`{place}` {fault}: `contact.email`, say.",
                    place=place,
                    fault=phrase("is missing") if missing else phrase("must be a text"),
                ),
            )
            return True
        sentence = unknown_variable(variable)
        if sentence:
            self.complain(place, phrase("`{where}`: {sentence}", where=where, sentence=sentence))
        return sentence is not None

    def _operator(self, operator: Any, where: str) -> bool:
        if operator in COMPARINGS:
            return False
        place = f"{where}.operator"
        if isinstance(operator, str):
            meant = _MEANT.get(operator) or closest(operator, COMPARINGS)
            hint = (
                phrase("; did you mean `{meant}`?", meant=meant)
                if meant
                else phrase(": use {comparings}.", comparings=listed(COMPARINGS))
            )
            self.complain(
                place,
                phrase(
                    "`{where}`: `{operator}` is no operator{hint}", where=where, operator=shortened(operator), hint=hint
                ),
            )
        else:
            self.complain(
                place, phrase("`{place}` must be a text: {comparings}.", place=place, comparings=listed(COMPARINGS))
            )
        return True

    def _unknown(self, data: Mapping[str, Any], known: Iterable[str], where: str, what: str) -> None:
        names = tuple(known)
        for name in data:
            if name not in names:
                place = f"{where}.{name}" if where else name
                hint = did_you_mean(name, names) or phrase(": leave it out.")
                self.complain(
                    shortened(place),
                    phrase("`{place}` is no field of {what}{hint}", place=shortened(place), what=what, hint=hint),
                )


def _misfit(variable: str, operator: str) -> str | None:
    """Why this operator is never true of this variable."""
    if variable.startswith(ATTRIBUTES):
        return None
    if operator in NUMBERS:
        return phrase("`{operator}` compares numbers, and `{variable}` is none.", operator=operator, variable=variable)
    if operator in DATES and variable != "current_datetime":
        return phrase("`{operator}` compares dates, and `{variable}` is none.", operator=operator, variable=variable)
    return None


def _value_problem(variable: str, operator: str, value: Any) -> str | None:
    if operator in ("exists", "not_exists"):
        return None if value is None else phrase("`{operator}` takes no `value`: remove it.", operator=operator)
    if operator in ("in", "not_in"):
        if not isinstance(value, list) or not value or len(value) > MOST_VALUES:
            return phrase(
                "`value` of `{operator}` must be a list of 1 to {most} values.", operator=operator, most=MOST_VALUES
            )
        return next((wrong for one in value if (wrong := _scalar_problem(variable, one))), None)
    wrong = _scalar_problem(variable, value)
    if wrong:
        return wrong
    shown = shortened(text_of(value))
    if operator in NUMBERS and number_of(value) is None:
        return phrase(
            "`{operator}` compares numbers, but `value` is `{shown}`: give a number.", operator=operator, shown=shown
        )
    if operator in ("before", "after") and moment_of(value) is None:
        return phrase(
            "`{operator}` compares dates, but `value` is `{shown}`: write it like 2026-01-31.",
            operator=operator,
            shown=shown,
        )
    if operator in DATES - {"before", "after"}:
        days = number_of(value)
        if days is None or not 0 <= days <= LONGEST_DAYS:
            return phrase(
                "`{operator}` takes a number of days from 0 to {most}, not `{shown}`.",
                operator=operator,
                most=LONGEST_DAYS,
                shown=shown,
            )
    return None


def _scalar_problem(variable: str, value: Any) -> str | None:
    if value is None or value == "" or not isinstance(value, str | int | float | bool):
        return phrase("`value` must be a text, a number, true or false.")
    text = text_of(value)
    if len(text) > LONGEST_VALUE:
        return phrase("`value` may have at most {most} characters.", most=LONGEST_VALUE)
    if "{{" in text:
        return phrase("`value` holds `{{`: an audience compares with what is written, and fills nothing in.")
    if variable == "direction" and value not in ("inbound", "outbound"):
        return phrase("`direction` is `inbound` or `outbound`, never `{text}`.", text=shortened(text))
    return None


def _is_part(name: str) -> bool:
    letters = name.replace("_", "a").replace("-", "a")
    plain = all(one.isalpha() or one in "0123456789" for one in letters)
    return bool(name) and plain and (name.isdecimal() or letters[0].isalpha())


def _fault(where: str, sentence: str) -> Problem:
    return Problem(code="audience", field=where or None, sentence=sentence)

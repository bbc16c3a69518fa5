"""From what somebody wrote to an audience, or to sentences about all that is wrong with it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from deskhand.domain.audience import COMPARINGS, DATES, LONGEST_DAYS, NUMBERS, Audience
from deskhand.domain.days import moment_of
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
        self.args = (" ".join(one.sentence for one in problems),)


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
            reader.complain("rule", f"The rule has {reader.comparisons} comparisons: {MOST} is the most.")
    else:
        reader.complain("rule", "`rule` is missing: say which customers are meant.")
    return reader.problems


def unknown_variable(variable: str) -> str | None:
    """What is wrong with a variable's name, in a sentence, or None."""
    if variable in VARIABLES:
        return None
    if variable.startswith(ATTRIBUTES):
        fits = len(variable) <= 200 and all(map(_is_part, variable.split(".")))
        return None if fits else f"`{shortened(variable)}` is no path: write names with letters, digits, `_` and dots."
    meant = _meant(variable)
    hint = f"; did you mean `{meant}`?" if meant else f": use {listed(VARIABLES)}, or `{ATTRIBUTES}…`."
    return f"`{shortened(variable)}` is nothing that an audience can look at{hint}"


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
        self._unknown(data, (*_FIELDS, "rule"), "", "an audience")
        for name, longest in _FIELDS.items():
            value = data.get(name, "" if name == "description" else None)
            if value is None:
                self.complain(name, f"`{name}` is missing.")
            elif not isinstance(value, str):
                self.complain(name, f"`{name}` must be a text.")
            elif len(value) > longest:
                self.complain(name, f"`{name}` may have at most {longest} characters.")
            elif not value.strip() and name != "description":
                self.complain(name, f"`{name}` must not be empty.")
            elif name == "slug" and not re.fullmatch(SLUG, value):
                self.complain(name, f"`slug` is `{shortened(value)}`: use lowercase letters, digits and hyphens.")

    def rule(self, data: Any, where: str, depth: int) -> None:
        if not isinstance(data, dict):
            self.complain(where, f"`{where}` must be an object: a comparison, or one of `all`, `any` and `not`.")
            return
        trees = [name for name in _TREES if name in data]
        if not trees:
            self.comparison(data, where)
        elif len(data) > 1:
            others = ", ".join(f"`{shortened(name)}`" for name in data if name != trees[0])
            self.complain(where, f"`{where}` has `{trees[0]}` and {others}: write one of them, or put both in a list.")
        elif depth > DEEPEST:
            self.complain(where, f"`{where}` is nested deeper than {DEEPEST} levels.")
        elif trees == ["not"]:
            self.rule(data["not"], f"{where}.not", depth + 1)
        else:
            self._list(data[trees[0]], f"{where}.{trees[0]}", depth)

    def _list(self, items: Any, where: str, depth: int) -> None:
        if not isinstance(items, list):
            self.complain(where, f"`{where}` must be a list of rules.")
        elif not items:
            self.complain(where, f"`{where}` is empty: put at least one rule in it.")
        elif len(items) > MOST:
            self.complain(where, f"`{where}` has {len(items)} rules: {MOST} is the most.")
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
                f"{where}.value", f"`{where}.value` is missing: `{operator}` needs something to compare with."
            )
            return
        sentence = _misfit(variable, operator) or _value_problem(variable, operator, data.get("value"))
        if sentence:
            self.complain(where, f"`{where}`: {sentence}")

    def _variable(self, variable: Any, where: str) -> bool:
        place = f"{where}.variable"
        if not isinstance(variable, str):
            missing = variable is None
            self.complain(place, f"`{place}` {'is missing' if missing else 'must be a text'}: `contact.email`, say.")
            return True
        sentence = unknown_variable(variable)
        if sentence:
            self.complain(place, f"`{where}`: {sentence}")
        return sentence is not None

    def _operator(self, operator: Any, where: str) -> bool:
        if operator in COMPARINGS:
            return False
        place = f"{where}.operator"
        if isinstance(operator, str):
            meant = _MEANT.get(operator) or closest(operator, COMPARINGS)
            hint = f"; did you mean `{meant}`?" if meant else f": use {listed(COMPARINGS)}."
            self.complain(place, f"`{where}`: `{shortened(operator)}` is no operator{hint}")
        else:
            self.complain(place, f"`{place}` must be a text: {listed(COMPARINGS)}.")
        return True

    def _unknown(self, data: Mapping[str, Any], known: Iterable[str], where: str, what: str) -> None:
        names = tuple(known)
        for name in data:
            if name not in names:
                place = f"{where}.{name}" if where else name
                hint = did_you_mean(name, names) or ": leave it out."
                self.complain(shortened(place), f"`{shortened(place)}` is no field of {what}{hint}")


def _misfit(variable: str, operator: str) -> str | None:
    """Why this operator is never true of this variable."""
    if variable.startswith(ATTRIBUTES):
        return None
    if operator in NUMBERS:
        return f"`{operator}` compares numbers, and `{variable}` is none."
    if operator in DATES and variable != "current_datetime":
        return f"`{operator}` compares dates, and `{variable}` is none."
    return None


def _value_problem(variable: str, operator: str, value: Any) -> str | None:
    if operator in ("exists", "not_exists"):
        return None if value is None else f"`{operator}` takes no `value`: remove it."
    if operator in ("in", "not_in"):
        if not isinstance(value, list) or not value or len(value) > MOST_VALUES:
            return f"`value` of `{operator}` must be a list of 1 to {MOST_VALUES} values."
        return next((wrong for one in value if (wrong := _scalar_problem(variable, one))), None)
    wrong = _scalar_problem(variable, value)
    if wrong:
        return wrong
    shown = shortened(text_of(value))
    if operator in NUMBERS and number_of(value) is None:
        return f"`{operator}` compares numbers, but `value` is `{shown}`: give a number."
    if operator in ("before", "after") and moment_of(value) is None:
        return f"`{operator}` compares dates, but `value` is `{shown}`: write it like 2026-01-31."
    if operator in DATES - {"before", "after"}:
        days = number_of(value)
        if days is None or not 0 <= days <= LONGEST_DAYS:
            return f"`{operator}` takes a number of days from 0 to {LONGEST_DAYS}, not `{shown}`."
    return None


def _scalar_problem(variable: str, value: Any) -> str | None:
    if value is None or value == "" or not isinstance(value, str | int | float | bool):
        return "`value` must be a text, a number, true or false."
    text = text_of(value)
    if len(text) > LONGEST_VALUE:
        return f"`value` may have at most {LONGEST_VALUE} characters."
    if "{{" in text:
        return "`value` holds `{{`: an audience compares with what is written, and fills nothing in."
    if variable == "direction" and value not in ("inbound", "outbound"):
        return f"`direction` is `inbound` or `outbound`, never `{shortened(text)}`."
    return None


def _is_part(name: str) -> bool:
    letters = name.replace("_", "a").replace("-", "a")
    plain = all(one.isalpha() or one in "0123456789" for one in letters)
    return bool(name) and plain and (name.isdecimal() or letters[0].isalpha())


def _fault(where: str, sentence: str) -> Problem:
    return Problem(code="audience", field=where or None, sentence=sentence)

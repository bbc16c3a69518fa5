"""Audiences: named rules over contact attributes and conversation context."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Annotated, Any, Literal, assert_never, get_args

from pydantic import Discriminator, Field, Tag

from deskhand.domain.conditions import MISSING, Operator, holds, look_up
from deskhand.domain.contact import Contact
from deskhand.domain.days import moment_of
from deskhand.domain.model import Json, Record
from deskhand.domain.preconditions import SLUG
from deskhand.domain.state import Conversation
from deskhand.domain.templates import Scope
from deskhand.domain.values import number_of, text_of

Comparing = Literal[
    "equals", "not_equals", "contains", "not_contains", "in", "not_in", "starts_with", "ends_with",
    "greater", "less", "at_least", "at_most", "before", "after", "older_than_days", "newer_than_days",
    "exists", "not_exists",
]  # fmt: skip

COMPARINGS: tuple[str, ...] = get_args(Comparing)
NUMBERS: dict[str, Operator] = {"greater": "gt", "less": "lt", "at_least": "gte", "at_most": "lte"}
"""Operators over numbers, by what conditions call them."""
DATES = frozenset({"before", "after", "older_than_days", "newer_than_days"})
OPPOSITES = {
    "not_equals": "equals",
    "not_contains": "contains",
    "not_in": "in",
    "not_exists": "exists",
}
"""Operators that are true exactly where the other one is false, so also where there is no value."""


class Comparison(Record):
    """`variable operator value`."""

    variable: str = Field(max_length=200)
    operator: Comparing = "equals"
    value: Json = None

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(self.variable.split("."))

    def __str__(self) -> str:
        if self.operator in ("exists", "not_exists"):
            return f"{self.variable} {self.operator}"
        return f"{self.variable} {self.operator} {text_of(self.value)}"


class All(Record):
    """Every one of them."""

    all: tuple["Rule", ...] = Field(min_length=1)

    def __str__(self) -> str:
        return "(" + " and ".join(map(str, self.all)) + ")"


class AnyOf(Record):
    """At least one of them."""

    any: tuple["Rule", ...] = Field(min_length=1)

    def __str__(self) -> str:
        return "(" + " or ".join(map(str, self.any)) + ")"


class Not(Record):
    """The opposite."""

    rule: "Rule" = Field(alias="not")

    def __str__(self) -> str:
        return f"not {self.rule}"


def _kind(given: Any) -> str:
    """Which of the four a rule is: by its model, or by the field that only this one has."""
    match given:
        case All():
            return "all"
        case AnyOf():
            return "any"
        case Not():
            return "not"
        case dict():
            return next((name for name in ("all", "any", "not") if name in given), "comparison")
        case _:
            return "comparison"


Rule = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[Comparison, Tag("comparison")],
    Discriminator(_kind),
]
"""A tree of comparisons."""

AnyRule = All | AnyOf | Not | Comparison


class Audience(Record):
    """A named rule: which customers, in which conversations."""

    slug: str = Field(pattern=SLUG, max_length=64)
    name: str = Field(min_length=1, max_length=100)
    description: str = Field(default="", max_length=500)
    rule: Rule


def matches(rule: AnyRule, scope: Scope) -> bool:
    """Whether the rule holds. A comparison with a value that is not there is false, its opposite true."""
    match rule:
        case All():
            return all(matches(one, scope) for one in rule.all)
        case AnyOf():
            return any(matches(one, scope) for one in rule.any)
        case Not():
            return not matches(rule.rule, scope)
        case Comparison():
            return _holds(rule.operator, look_up(rule.path, scope.values), rule.value, scope)
        case _:
            assert_never(rule)


def scope_of(conversation: Conversation, at: int) -> Scope:
    """What audiences see of a conversation. at: now, in milliseconds since 1970."""
    lead = conversation.lead
    context: dict[str, Json] = {
        "conversation.channel": conversation.channel,
        "conversation.language": conversation.language,
        "conversation.region": conversation.region,
        "conversation.tags": list(conversation.tags),
        "medium": conversation.medium,
        "direction": conversation.direction,
        "agent.id": conversation.agent,
        "lead.email": lead.email if lead else None,
        "lead.name": lead.name if lead else None,
    }
    return scope_from(conversation.contact, context, at)


def scope_from(contact: Contact | None, context: Mapping[str, Json], at: int) -> Scope:
    """What audiences see of a contact, and of values by their paths; those go before the contact's."""
    now = datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")
    known = contact.model_dump(exclude_none=True) if contact else {}
    values: dict[str, Any] = {"current_datetime": now, "contact": known}
    for path, value in context.items():
        *objects, last = path.split(".")
        place = values
        for name in objects:
            if not isinstance(place.get(name), dict):
                place[name] = {}
            place = place[name]
        place[last] = value
    return Scope(values)


def _holds(operator: Comparing, left: Any, right: Any, scope: Scope) -> bool:
    if operator in OPPOSITES:
        return not _holds(OPPOSITES[operator], left, right, scope)  # type: ignore[arg-type]
    if operator in NUMBERS:
        return holds(NUMBERS[operator], left, right)
    if operator in DATES:
        return _dated(operator, left, right, scope)
    if operator == "in":
        return isinstance(right, list) and any(map(partial(_is_one, left), right))
    if operator in ("starts_with", "ends_with"):
        if isinstance(left, dict | list) or left in (MISSING, None):
            return False
        text, part = text_of(left), text_of(right)
        return text.startswith(part) if operator == "starts_with" else text.endswith(part)
    return holds(operator, left, right)  # type: ignore[arg-type]


def _is_one(left: Any, right: Any) -> bool:
    """Whether a value is this one; a list is, where one of its own is."""
    return holds("contains", left, right) if isinstance(left, list) else holds("equals", left, right)


def _dated(operator: str, left: Any, right: Any, scope: Scope) -> bool:
    found = moment_of(left)
    if found is None:
        return False
    if operator in ("before", "after"):
        other = moment_of(right)
        if other is None:
            return False
        if found.whole_day or other.whole_day:  # a day is neither before nor after an hour of it
            return found.day < other.day if operator == "before" else found.day > other.day
        return found.at < other.at if operator == "before" else found.at > other.at
    now, days = moment_of(scope.values.get("current_datetime")), number_of(right)
    if now is None or days is None or not 0 <= days <= LONGEST_DAYS:
        return False
    age = now.at - found.at
    return age > timedelta(days=days) if operator == "older_than_days" else age < timedelta(days=days)


LONGEST_DAYS = 36_500
"""Days that a relative date may lie back: a hundred years."""

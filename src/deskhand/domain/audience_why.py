"""Why somebody is not in an audience, in a sentence."""

from typing import Any, assert_never

from deskhand.domain.audience import All, AnyOf, AnyRule, Comparison, Not, matches
from deskhand.domain.conditions import MISSING, look_up
from deskhand.domain.phrases import joined, phrase
from deskhand.domain.suggestions import shortened
from deskhand.domain.templates import Scope
from deskhand.domain.values import is_empty, text_of

SHOWN = 3
"""Reasons that one sentence gives at most."""

MUST = {
    "equals": "be `{wanted}`",
    "not_equals": "not be `{wanted}`",
    "contains": "contain `{wanted}`",
    "not_contains": "not contain `{wanted}`",
    "in": "be one of {wanted}",
    "not_in": "be none of {wanted}",
    "starts_with": "begin with `{wanted}`",
    "ends_with": "end with `{wanted}`",
    "greater": "be greater than {wanted}",
    "less": "be less than {wanted}",
    "at_least": "be at least {wanted}",
    "at_most": "be at most {wanted}",
    "before": "be before {wanted}",
    "after": "be after {wanted}",
    "older_than_days": "lie more than {wanted} days back",
    "newer_than_days": "lie less than {wanted} days back",
    "exists": "be known",
    "not_exists": "not be known",
}


def explain(rule: AnyRule, scope: Scope) -> str:
    """One sentence that says why the rule does not hold; where it does, that it does."""
    if matches(rule, scope):
        return "The rule holds."
    return phrase("{reason:capital}.", reason=_reason(rule, scope))


def _reason(rule: AnyRule, scope: Scope) -> str:
    match rule:
        case All():
            return _reason(next(one for one in rule.all if not matches(one, scope)), scope)
        case AnyOf():
            reasons = [_reason(one, scope) for one in rule.any[:SHOWN]]
            more = phrase("; and {more} more", more=len(rule.any) - SHOWN) if len(rule.any) > SHOWN else ""
            if len(rule.any) == 1:
                return reasons[0]
            return phrase("none of these holds: {reasons}{more}", reasons=joined(reasons, "; "), more=more)
        case Not():
            return phrase("this holds, and must not: {rule}", rule=shortened(str(rule.rule), 200))
        case Comparison():
            return _compared(rule, look_up(rule.path, scope.values))
        case _:
            assert_never(rule)


def _compared(rule: Comparison, found: Any) -> str:
    values = rule.value if isinstance(rule.value, list) else [rule.value]
    wanted = ", ".join(shortened(text_of(one)) for one in values[:SHOWN]) + (", …" if len(values) > SHOWN else "")
    missing = found is MISSING or is_empty(found)
    state = phrase("is not known") if missing else phrase("is `{found}`", found=shortened(text_of(found)))
    return phrase(
        "`{variable}` {state}, but must {must}",
        variable=rule.variable,
        state=state,
        must=phrase(MUST[rule.operator], wanted=wanted),
    )

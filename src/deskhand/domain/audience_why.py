"""Why somebody is not in an audience, in a sentence."""

from typing import Any, assert_never

from deskhand.domain.audience import All, AnyOf, AnyRule, Comparison, Not, matches
from deskhand.domain.conditions import MISSING, look_up
from deskhand.domain.suggestions import shortened
from deskhand.domain.templates import Scope
from deskhand.domain.values import is_empty, text_of

SHOWN = 3
"""Reasons that one sentence gives at most."""

_MUST = {
    "equals": "be `{}`",
    "not_equals": "not be `{}`",
    "contains": "contain `{}`",
    "not_contains": "not contain `{}`",
    "in": "be one of {}",
    "not_in": "be none of {}",
    "starts_with": "begin with `{}`",
    "ends_with": "end with `{}`",
    "greater": "be greater than {}",
    "less": "be less than {}",
    "at_least": "be at least {}",
    "at_most": "be at most {}",
    "before": "be before {}",
    "after": "be after {}",
    "older_than_days": "lie more than {} days back",
    "newer_than_days": "lie less than {} days back",
    "exists": "be known",
    "not_exists": "not be known",
}


def explain(rule: AnyRule, scope: Scope) -> str:
    """One sentence that says why the rule does not hold; where it does, that it does."""
    if matches(rule, scope):
        return "The rule holds."
    reason = _reason(rule, scope)
    return reason[0].upper() + reason[1:] + "."


def _reason(rule: AnyRule, scope: Scope) -> str:
    match rule:
        case All():
            return _reason(next(one for one in rule.all if not matches(one, scope)), scope)
        case AnyOf():
            reasons = [_reason(one, scope) for one in rule.any[:SHOWN]]
            more = f"; and {len(rule.any) - SHOWN} more" if len(rule.any) > SHOWN else ""
            return reasons[0] if len(rule.any) == 1 else "none of these holds: " + "; ".join(reasons) + more
        case Not():
            return f"this holds, and must not: {shortened(str(rule.rule), 200)}"
        case Comparison():
            return _compared(rule, look_up(rule.path, scope.values))
        case _:
            assert_never(rule)


def _compared(rule: Comparison, found: Any) -> str:
    values = rule.value if isinstance(rule.value, list) else [rule.value]
    wanted = ", ".join(shortened(text_of(one)) for one in values[:SHOWN]) + (", …" if len(values) > SHOWN else "")
    missing = found is MISSING or is_empty(found)
    state = "is not known" if missing else f"is `{shortened(text_of(found))}`"
    return f"`{rule.variable}` {state}, but must {_MUST[rule.operator].format(wanted)}"

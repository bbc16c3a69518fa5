"""The guard: whether an action may be carried out now, whoever asks for it. Nothing here can be talked away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, assert_never

from deskhand.domain.actions import AnyAction
from deskhand.domain.comparisons import all_hold
from deskhand.domain.errors import TemplateError
from deskhand.domain.facts import Ledger, digest_of
from deskhand.domain.phrases import joined, phrase
from deskhand.domain.preconditions import AtMost, Holds, Precondition, Succeeded
from deskhand.domain.sentences import Text
from deskhand.domain.state import Place
from deskhand.domain.templates import Scope, render_text


@dataclass(frozen=True, slots=True)
class Refusal:
    """It may not be done: the rule, the reason for the members, and what the customer is told."""

    rule: str
    reason: str
    sentence: str
    """The engine's sentence for the customer, where no message was written."""
    message: Text | None = None
    hand_over: bool = False


@dataclass(frozen=True, slots=True)
class Met:
    """The precondition is met; `places` is what it takes."""

    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetch:
    """A read action has to be called first; its answer decides."""

    action: str
    rule: Holds


@dataclass(frozen=True, slots=True)
class StartFirst:
    """Another action has to succeed first and can be run by itself."""

    action: str
    refusal: Refusal


Verdict = Met | Refusal | Fetch | StartFirst


def switched_off(action: AnyAction, current: AnyAction | None) -> Refusal | None:
    """Why an action may not be used at all, or None."""
    if current is not None and current.usable:
        return None
    if current is None:
        reason = phrase("The action “{name}” was removed.", name=action.name)
    elif current.draft:
        reason = phrase("The action “{name}” is not complete.", name=action.name)
    else:
        reason = phrase("The action “{name}” is switched off.", name=action.name)
    if current is not None and current.disabled_reason:
        reason = joined((reason, current.disabled_reason))
    return Refusal("enabled", reason, "not_possible", hand_over=True)


def not_enabled(action: AnyAction) -> Refusal:
    """Why the agent may not use an action by itself any longer."""
    reason = phrase("The action “{name}” is not switched on for this conversation's agent any more.", name=action.name)
    return Refusal("enabled", reason, "not_possible", hand_over=True)


def judge(
    rule: Precondition,
    action: AnyAction,
    scope: Scope,
    ledger: Ledger,
    fetched: Mapping[str, Any] | None = None,
    taken: tuple[Place, ...] = (),
) -> Verdict:
    """What one precondition says.

    fetched: the answer of its read action, as a one-field mapping; empty where there was none. taken: what the rules
    before it take already.
    """
    match rule:
        case Succeeded():
            return _succeeded(rule, action, ledger)
        case Holds():
            return _holds(rule, action, scope, ledger, fetched)
        case AtMost():
            return _at_most(rule, action, scope, ledger, taken)
        case _:
            assert_never(rule)


def _succeeded(rule: Succeeded, action: AnyAction, ledger: Ledger) -> Verdict:
    if any(slug in ledger.facts for slug in rule.actions):
        return Met()
    names = joined((f"`{slug}`" for slug in rule.actions), phrase(" or "))
    reason = phrase("“{name}” needs {names} to have succeeded in this conversation.", name=action.name, names=names)
    refusal = _refusal(rule, reason, "verify_first")
    return StartFirst(rule.actions[0], refusal) if rule.start else refusal


def _holds(rule: Holds, action: AnyAction, scope: Scope, ledger: Ledger, fetched: Mapping[str, Any] | None) -> Verdict:
    if rule.fetch is not None and fetched is None:
        return Fetch(rule.fetch, rule)
    if rule.fetch is not None and fetched is not None and "fetched" not in fetched:
        # without an answer even `not_exists` would hold
        reason = phrase("“{name}” depends on `{fetch}`, which gave no answer.", name=action.name, fetch=rule.fetch)
        return _refusal(rule, reason, "not_possible")
    # what only the engine may say must not come from a variable of that name
    own = {name: value for name, value in scope.values.items() if name not in ("identity", "facts", "fetched")}
    values = {**own, **ledger.values(), **(fetched or {})}
    if all_hold(rule.conditions, Scope(values, scope.types)):
        return Met()
    conditions = joined(map(str, rule.conditions), phrase(" and "))
    reason = phrase("“{name}” is only allowed where {conditions}.", name=action.name, conditions=conditions)
    return _refusal(rule, reason, "not_allowed")


def value_of(rule: AtMost, scope: Scope) -> str | None:
    """What a place of the rule is taken for, as it is stored; None where it cannot be said."""
    if rule.per == "conversation":
        return None
    try:
        return digest_of(f"{rule.per}\0{render_text(rule.per, scope)}")
    except TemplateError:
        return None


def _at_most(rule: AtMost, action: AnyAction, scope: Scope, ledger: Ledger, taken: tuple[Place, ...]) -> Verdict:
    times = phrase("1 time") if rule.times == 1 else phrase("{times} times", times=rule.times)
    if rule.per == "conversation":
        if ledger.uses.get(action.slug, 0) < rule.times:
            return Met()
        reason = phrase("“{name}” is allowed {times} in a conversation.", name=action.name, times=times)
        return _refusal(rule, reason, _limit(rule))
    try:
        value = render_text(rule.per, scope)
    except TemplateError as error:
        reason = phrase("“{name}” is limited per {per}: {why}", name=action.name, per=rule.per, why=error.sentence)
        return _refusal(rule, reason, "not_allowed")
    digest = digest_of(f"{rule.per}\0{value}")
    for slot in range(1, rule.times + 1):
        place = action.slug, digest, slot
        if place in taken:
            return Met()  # an older form of the same rule takes it: one use takes one place
        if place not in ledger.taken:
            return Met((place,))
    reason = phrase("“{name}” is allowed {times} for each {per}.", name=action.name, times=times, per=rule.per)
    return _refusal(rule, reason, _limit(rule))


def _limit(rule: AtMost) -> str:
    return "tried_too_often" if rule.counts == "tried" else "limit_reached"


def _refusal(rule: Precondition, reason: str, sentence: str) -> Refusal:
    return Refusal(rule.kind, reason, sentence, rule.message, rule.otherwise == "hand_over")

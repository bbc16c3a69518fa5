"""Trying an action out with sample values: what would be sent, what came back, what would be said, what to mend."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.application.answers import Performed
from deskhand.application.catalogue import Snapshot
from deskhand.application.curl import as_curl
from deskhand.application.hints import hint_for_missing, hint_for_success, hint_for_template, hints_for
from deskhand.application.ids import fresh_id
from deskhand.application.services import Services
from deskhand.application.turns import template_context
from deskhand.domain import effects as f
from deskhand.domain.actions import AnyAction, FormAction
from deskhand.domain.contact import Contact
from deskhand.domain.errors import TemplateError
from deskhand.domain.events import ActionRequested, EffectFailed, EffectSucceeded, EffectUnknown
from deskhand.domain.masking import masked_values
from deskhand.domain.phrases import phrase
from deskhand.domain.phrasing import plain_list
from deskhand.domain.sentences import as_phrase, in_language, sentence
from deskhand.domain.state import Conversation
from deskhand.domain.steps.guarding import counts as counts_as_success
from deskhand.domain.stored import dump
from deskhand.domain.templates import Scope, render_text
from deskhand.domain.values import InvalidValue, text_of
from deskhand.domain.variables import typed_default
from deskhand.ports.stores import EffectRow

TEST_CHANNEL = "test"


@dataclass(frozen=True, slots=True)
class Sample:
    """What an action is tried with."""

    values: Mapping[str, Any] = field(default_factory=dict)
    contact: Contact | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    """Context values that take the place of the usual ones, such as `message.content`."""
    agent: str = "default"
    language: str = "en"
    dry: bool = False
    """Render, and send nothing."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How it went."""

    ok: bool
    request: dict[str, Any] | None = None
    curl: str | None = None
    shown: dict[str, Any] | None = None
    """The form or the button that the customer would see."""
    status: int | None = None
    response: Any = None
    milliseconds: int | None = None
    attempt: int = 1
    outcome: str | None = None
    said: str | None = None
    """What the customer would be told."""
    problem: str | None = None
    missing: tuple[str, ...] = ()
    """Required variables without a value."""
    invalid: tuple[str, ...] = ()
    """What is wrong with values that were given."""
    hints: tuple[str, ...] = ()
    sent: bool = False


async def try_action(services: Services, workspace: str, action: AnyAction, sample: Sample) -> Trial:
    """Try an action with test credentials where its connection has some; it is logged as a test.

    Preconditions are not checked: see `try_as_agent` for everything as a customer would have it.
    """
    snapshot = await services.catalogues.at(workspace)
    values, missing, invalid = _values(action, sample)
    if missing or invalid:
        lacking = [one for one in action.variables if one.name in missing]
        return Trial(False, missing=tuple(missing), invalid=tuple(invalid), hints=tuple(hint_for_missing(lacking)))
    scope = _scope(services, action, sample, snapshot, values)
    try:
        shown = action.show(scope, sample.language)
        act = action.act(scope, snapshot.connections)
    except TemplateError as error:
        hints = hint_for_template(error.sentence, [one.name for one in action.variables])
        return Trial(False, problem=error.sentence, hints=tuple(hints))
    seen = None if shown is None else shown.model_dump(mode="json", exclude_none=True)
    if act is None:
        said = "" if isinstance(action, FormAction) else _said(action, True, None, None, scope, sample)
        return Trial(True, shown=seen, said=said or None)
    sensitive = tuple(text_of(values[one.name]) for one in action.variables if one.sensitive and one.name in values)
    handling = f.Handling(
        action=action.slug, transform=action.transform, context={"variables": values}, sensitive=sensitive
    )  # fmt: skip
    if isinstance(act, f.CallHttp | f.CallTool | f.RunScript):
        act = act.model_copy(update={"handling": handling})
    curl = as_curl(act, snapshot.connections) if isinstance(act, f.CallHttp) else None
    if sample.dry or not act.outward:
        return Trial(True, dict(act.shown()), curl, seen)
    return await _sent(services, workspace, action, act, scope, sample, snapshot, seen)


async def _sent(
    services: Services,
    workspace: str,
    action: AnyAction,
    act: f.Act,
    scope: Scope,
    sample: Sample,
    snapshot: Snapshot,
    seen: dict[str, Any] | None,
) -> Trial:
    run = fresh_id("run", services.clock)
    wanted = f.Perform(run=run, seq=1, step="test", key=run.removeprefix("run_"), act=act)
    began = services.clock.now()
    performed = await services.performer.perform(workspace, wanted, snapshot, test=True)
    await services.stores.conversations.add_execution(
        workspace, logged_test(services, action.slug, wanted, performed, began)
    )
    result = performed.result
    value = result.output if isinstance(result, EffectSucceeded) else performed.body
    counts = _counts(action, performed, value)
    hint = hint_for_success(performed, counts)
    sensitive = act.handling.sensitive if isinstance(act, f.CallHttp | f.CallTool) else ()
    return Trial(
        ok=counts,
        request=dict(act.shown()),
        curl=as_curl(act, snapshot.connections) if isinstance(act, f.CallHttp) else None,
        shown=seen,
        status=performed.status,
        response=masked_values(value, sensitive),
        milliseconds=performed.milliseconds,
        attempt=performed.tries,
        outcome=outcome_of(performed),
        said=_said_of(action, counts, performed, value, scope, sample),
        problem=performed.problem,
        hints=() if counts and isinstance(result, EffectFailed) else (*hints_for(performed), *([hint] if hint else [])),
        sent=True,
    )


def _counts(action: AnyAction, performed: Performed, value: Any) -> bool:
    """Whether the answer is a success, as it would be in a conversation."""
    match performed.result:
        case EffectSucceeded():
            return action.succeeded(performed.status, value)
        case EffectFailed() as failed:
            return counts_as_success(action, failed)
        case _:
            return False


def _said_of(
    action: AnyAction, counts: bool, performed: Performed, value: Any, scope: Scope, sample: Sample
) -> str | None:
    """What the customer would be told; where nobody knows the outcome, a member finds out first."""
    if isinstance(performed.result, EffectUnknown):
        return sentence("checking", sample.language)
    late = isinstance(performed.result, EffectFailed) and performed.result.timed_out
    return _said(action, counts, performed.status, value, scope, sample, late)


def outcome_of(performed: Performed) -> str:
    """What became of a call: `succeeded`, `failed` or `unknown`."""
    match performed.result:
        case EffectSucceeded():
            return "succeeded"
        case EffectFailed():
            return "failed"
        case _:
            return "unknown"


def logged_test(
    services: Services, action: str | None, wanted: f.Perform, performed: Performed, began: int
) -> EffectRow:
    """The journal's row of a call that a member made to try something; it belongs to no conversation."""
    sensitive = wanted.act.handling.sensitive if isinstance(wanted.act, f.CallHttp | f.CallTool) else ()
    body = masked_values(performed.body, sensitive)
    answer = {"status": performed.status, "ms": performed.milliseconds, "body": body}
    if performed.problem:
        answer["problem"] = performed.problem
    if performed.tries > 1:
        answer["tries"] = performed.tries
    return EffectRow(
        conversation="",
        run=wanted.run,
        seq=wanted.seq,
        step=wanted.step,
        kind=wanted.act.kind,
        status=outcome_of(performed),
        key=wanted.key,
        request=dump(wanted),
        response=json.dumps(answer, ensure_ascii=False),
        at=services.clock.now(),
        action=action,
        test=True,
        started_at=began,
    )


def _values(action: AnyAction, sample: Sample) -> tuple[dict[str, Any], list[str], list[str]]:
    """The variables' values in their types, those that are missing, and what is wrong with others."""
    values: dict[str, Any] = {}
    missing: list[str] = []
    invalid: list[str] = []
    declared = {one.name for one in action.variables}
    invalid += [
        phrase("`{name}` is no variable of this action.", name=name) for name in sample.values if name not in declared
    ]
    for variable in action.variables:
        given = sample.values.get(variable.name)
        if given is None or (given == "" and not variable.takes_empty(given)):
            if variable.default is not None:
                values[variable.name] = typed_default(variable)
            elif variable.required:
                missing.append(variable.name)
            continue
        try:
            values[variable.name] = variable.accept(given)
        except InvalidValue as error:
            invalid.append(phrase("`{name}`: {why}", name=variable.name, why=as_phrase(error.key, **error.parameters)))
    return values, missing, invalid


def _scope(services: Services, action: AnyAction, sample: Sample, snapshot: Snapshot, values: dict[str, Any]) -> Scope:
    state = Conversation(id="conv_test", channel=TEST_CHANNEL, language=sample.language, contact=sample.contact)
    agent = snapshot.view(sample.agent).agent
    context = template_context(state, str(_at(sample.context, "message", "content")), services.clock.now(), agent)
    for name, value in sample.context.items():
        known = context.get(name)
        context[name] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value
    types = {one.name: one.type for one in action.variables}
    optional = frozenset(one.name for one in action.variables if one.name not in values)
    return Scope({**context, **values}, types, optional)


def _at(context: Mapping[str, Any], name: str, inner: str) -> Any:
    found = context.get(name)
    return found.get(inner, "") if isinstance(found, Mapping) else ""


def _said(
    action: AnyAction, succeeded: bool, status: int | None, value: Any, scope: Scope, sample: Sample, late: bool = False
) -> str | None:
    message = action.message(succeeded, status, late)
    if message is None:
        return (plain_list(value) or None) if succeeded else sentence("failed", sample.language)
    values = {**scope.values, "response": value, "status": status}
    try:
        return render_text(in_language(message, sample.language), Scope(values, scope.types, scope.optional))
    except TemplateError as error:
        return phrase("(The message cannot be filled in: {why})", why=error.sentence)


async def try_as_agent(services: Services, workspace: str, action: str, sample: Sample) -> str:
    """Use an action as the agent would, in a conversation of its own, with every rule in force; gives the conversation.

    Raises RuleError where the agent may not use it.
    """
    about = {"agent": sample.agent, **({"contact": sample.contact} if sample.contact else {})}
    event = ActionRequested(action=action, arguments=dict(sample.values))
    made = await services.engine.open(workspace, TEST_CHANNEL, sample.language, first=event, about=about)
    await services.engine.settle(workspace, made.conversation, 120.0)
    return made.conversation

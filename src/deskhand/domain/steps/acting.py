"""Steps that use an action: the guard before it, what the customer does for it, what its answer means."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from deskhand.domain.actions import AnyAction, FormAction
from deskhand.domain.actions.base import ApprovalLevel, ReadBack
from deskhand.domain.comparisons import all_hold
from deskhand.domain.conditions import MISSING
from deskhand.domain.effects import (
    Act,
    BrowserDone,
    CallHttp,
    CallTool,
    Forgo,
    Guarded,
    Handling,
    Perform,
    Reserve,
    RunInBrowser,
    RunScript,
    ShowButton,
    ShowForm,
    StartProcedure,
    Unreserve,
)
from deskhand.domain.errors import TemplateError
from deskhand.domain.events import (
    BrowserReturned,
    ChildEnded,
    EffectFailed,
    EffectSucceeded,
    EffectUnknown,
    Pressed,
    RunEvent,
    Submitted,
)
from deskhand.domain.facts import Fact, identity_in
from deskhand.domain.frame import Finish, Frame, Goto, Move, Pause
from deskhand.domain.guard import Fetch, Met, Refusal, StartFirst, judge, switched_off
from deskhand.domain.phrasing import plain_list
from deskhand.domain.sentences import Text, in_language, sentence
from deskhand.domain.shown import ShownForm
from deskhand.domain.state import Check, ForBrowser, ForClick, ForEffect, ForForm, ForRun, WithAct
from deskhand.domain.steps.gated import GatedStep, Places, Stage, strictest
from deskhand.domain.templates import Scope, render_text, render_value
from deskhand.domain.untrusted import Unreadable, fit_text, read_json
from deskhand.domain.values import InvalidValue, text_of
from deskhand.domain.variables import Variable

LARGEST_FROM_BROWSER = 65_536
DIRECT = "action:"
"""In front of an action's slug: the procedure of one step that uses it directly."""


def is_direct(procedure: str) -> bool:
    """Whether a procedure's slug is the one of an action that is used directly."""
    return procedure.startswith(DIRECT)


class ActionStep(GatedStep):
    """A step that uses an action of the workspace, or one that is described in the step itself."""

    speak: bool = Field(default=False, description="Say the action's own messages.")

    def of(self, frame: Frame) -> AnyAction:
        """The action. Raises TemplateError where it is not there."""
        raise NotImplementedError

    def argument_templates(self) -> Mapping[str, str]:
        """What an action of the workspace is given, beside variables of the same name."""
        return {}

    def is_inline(self) -> bool:
        """Whether the action is described in the step itself: it then sees all variables of the run."""
        raise NotImplementedError

    def take(self, frame: Frame, output: Any) -> None:
        """Keep the answer where the step says."""

    # what it says of itself

    def described(self, frame: Frame) -> str:
        return self.description or ("" if self.is_inline() else self.of(frame).description)

    def level(self, frame: Frame) -> ApprovalLevel:
        return strictest(self.approval, self.of(frame).approval)

    def is_irreversible(self, frame: Frame) -> bool:
        return self.irreversible or self.of(frame).irreversible

    def confirmation(self, frame: Frame) -> str | None:
        asked = self.of(frame).confirm
        if self.confirm is not None or asked is None:
            return super().confirmation(frame)
        # the text belongs to the action: it is filled in with what the action is given
        return render_text(in_language(asked, frame.given.language), self.scope(frame, self.of(frame)))

    # entering: the customer's part first, then the gates

    def enter(self, frame: Frame) -> Move:
        action = self.of(frame)
        off = self._off(frame, action)
        if off is not None:
            return self._refused(frame, off, None, intended=False)
        shown = action.show(self.scope(frame, action), frame.given.language)
        if shown is None:
            return self.gates(frame)
        frame.waiting = ForForm(form=shown) if isinstance(shown, ShownForm) else ForClick(button=shown)
        self.show_again(frame)
        return Pause()

    def show_again(self, frame: Frame, errors: dict[str, str] | None = None) -> None:
        """Put the form or the button before the customer."""
        match frame.waiting:
            case ForForm():
                frame.emit(ShowForm(question=frame.question(), form=frame.waiting.form, errors=errors or {}))
            case ForClick():
                frame.emit(ShowButton(question=frame.question(), button=frame.waiting.button))

    def resume(self, frame: Frame, event: RunEvent) -> Move:
        waiting = frame.waiting
        check = waiting.check if isinstance(waiting, ForEffect | ForRun) else None
        match waiting, event:
            case ForForm(), Submitted():
                return self._submitted(frame, event.values)
            case ForClick(), Pressed():
                return self._pressed(frame)
            case ForBrowser(), BrowserReturned():
                return self._returned(frame, waiting, event)
            case ForEffect(), EffectSucceeded() | EffectFailed() | EffectUnknown() if check is not None:
                return self._read(frame, check, event)
            case ForRun(), ChildEnded() if check is not None:
                frame.waiting = None
                return self._go_on(frame, check, None, tried=True)
        return super().resume(frame, event)

    def _submitted(self, frame: Frame, given: dict[str, Any]) -> Move:
        action = self.of(frame)
        assert isinstance(action, FormAction)
        values, errors = read_form(action, given, frame)
        if errors:
            self.show_again(frame, errors)
            return Pause()
        for name, value in values.items():
            frame.assign(name, value, "customer")
        return self.done(frame, EffectSucceeded(run=frame.run.id, seq=frame.seq, output=values))

    def _pressed(self, frame: Frame) -> Move:
        action = self.of(frame)
        frame.waiting = None
        if action.act(self.scope(frame, action), frame.given.connections) is None:
            return self.done(frame, EffectSucceeded(run=frame.run.id, seq=frame.seq))
        return self.gates(frame)

    # what is done

    def act(self, frame: Frame) -> Act:
        action = self.of(frame)
        scope = self.scope(frame, action)
        act = action.act(scope, frame.given.connections)
        assert act is not None
        return self._handled(frame, action, act)

    def _handled(self, frame: Frame, action: AnyAction, act: Act, step_own: bool = True) -> Act:
        """The act, with what its answer needs."""
        if not isinstance(act, CallHttp | CallTool | RunScript):
            return act
        arguments = self.filled_arguments(frame, action) if step_own and not self.is_inline() else {}
        handling = Handling(
            action=None if step_own and self.is_inline() else action.slug,
            transform=action.transform,
            context={"variables": arguments or dict(frame.variables)} if action.transform else {},
            sensitive=(*frame.sensitive(), *_sensitive(action, arguments)),
        )
        return act.model_copy(update={"handling": handling})

    def scope(self, frame: Frame, action: AnyAction) -> Scope:
        """What the action sees: its own variables, the context and the facts, nothing else of the run."""
        if self.is_inline():
            return frame.scope()
        return self._scope_of(frame, action, self.filled_arguments(frame, action))

    def _scope_of(self, frame: Frame, action: AnyAction, arguments: dict[str, Any]) -> Scope:
        declared = {variable.name for variable in action.variables}
        return Scope(
            {**frame.given.context, **frame.given.ledger.values(), **arguments},
            {variable.name: variable.type for variable in action.variables},
            frozenset(declared - arguments.keys()),
        )

    def filled_arguments(self, frame: Frame, action: AnyAction) -> dict[str, Any]:
        """The action's variables, in their types. Raises TemplateError."""
        return self._arguments(frame, action, self.argument_templates(), frame.scope())

    def _arguments(self, frame: Frame, action: AnyAction, templates: Mapping[str, str], scope: Scope) -> dict[str, Any]:
        found = {one.name: self._argument(frame, action, one, templates, scope) for one in action.variables}
        return {name: value for name, value in found.items() if value is not MISSING}

    def _argument(
        self, frame: Frame, action: AnyAction, variable: Variable, templates: Mapping[str, str], scope: Scope
    ) -> Any:
        template = templates.get(variable.name)
        if template is not None:
            value = render_value(template, scope)
        else:
            value = scope.values.get(variable.name, variable.default)
        if value is None or (value == "" and not variable.takes_empty(value)):
            if variable.default is not None:
                return variable.default
            if variable.required:
                raise TemplateError(f"the action `{action.slug}` needs `{variable.name}`, which has no value here.")
            return MISSING
        try:
            return variable.accept(value, frame.given.region)
        except InvalidValue:
            raise TemplateError(
                f"`{variable.name}` of the action `{action.slug}` is no valid {variable.type}."
            ) from None

    # the guard

    def _off(self, frame: Frame, action: AnyAction) -> Refusal | None:
        if self.is_inline():
            return None
        return switched_off(action, frame.given.actions.get(action.slug))

    def rules(self, frame: Frame, action: AnyAction) -> list[Any]:
        """The preconditions: those it was published with and those it has now; the present ones may be stricter."""
        current = frame.given.actions.get(action.slug)
        newer = [] if current is None or self.is_inline() else current.preconditions
        return [*action.preconditions, *(rule for rule in newer if rule not in action.preconditions)]

    def check_first(self, frame: Frame, wanted: WithAct, stage: Stage, intended: bool) -> Move:
        return self._go_on(frame, Check(held=_bare(wanted), stage=stage, intended=intended))

    def _go_on(self, frame: Frame, check: Check, fetched: Any = None, tried: bool = False) -> Move:
        """Judge the preconditions from the one where the check stands."""
        action = self.of(frame)
        off = self._off(frame, action)
        if off is not None:
            return self._refused(frame, off, check.held, check.intended)
        scope = self.scope(frame, action)
        if (skip := self._skip(frame, action, scope)) is not None:
            return self._refused(frame, skip, check.held, check.intended)
        rules = self.rules(frame, action)
        for index in range(check.index, len(rules)):
            verdict = judge(rules[index], action, scope, frame.given.ledger, fetched if index == check.index else None)
            at = check.model_copy(update={"index": index})
            match verdict:
                case Met():
                    continue
                case Fetch():
                    return self._fetch(frame, verdict, at)
                case StartFirst() if not tried and self._can_start(frame, verdict.action):
                    return self._start_first(frame, verdict.action, at)
                case StartFirst():
                    return self._refused(frame, verdict.refusal, check.held, check.intended)
                case Refusal():
                    return self._refused(frame, verdict, check.held, check.intended)
        places = self._places(frame, rules, action, scope)
        assert check.stage != "outcome"
        return self.checked(frame, check.held, check.stage, check.intended, places)

    def _skip(self, frame: Frame, action: AnyAction, scope: Scope) -> Refusal | None:
        """The agent leaves an action alone where its “when not to use” holds; a procedure's author knows better."""
        if frame.run.action is None:
            return None
        held = next((one for one in action.skip_when if one.holds(scope)), None)
        return (
            None
            if held is None
            else Refusal("when_not_to_use", f"“{action.name}” is not used where {held}.", "not_allowed")
        )

    def _places(self, frame: Frame, rules: list[Any], action: AnyAction, scope: Scope) -> Places:
        """What the rules about numbers take."""
        limits = [rule for rule in rules if rule.kind == "at_most"]
        verdicts = [judge(rule, action, scope, frame.given.ledger) for rule in limits]
        return tuple(place for verdict in verdicts if isinstance(verdict, Met) for place in verdict.places)

    def _can_start(self, frame: Frame, slug: str) -> bool:
        action = frame.given.actions.get(slug)
        return action is not None and action.usable

    def _start_first(self, frame: Frame, slug: str, check: Check) -> Move:
        frame.waiting = ForRun(run="", check=check)
        frame.emit(StartProcedure(procedure=DIRECT + slug, arguments={}))
        return Pause()

    def _fetch(self, frame: Frame, verdict: Fetch, check: Check) -> Move:
        reader = frame.given.actions.get(verdict.action)
        if reader is None or not reader.usable or not reader.reads:
            refusal = Refusal("holds", f"The reading action `{verdict.action}` is not there.", "not_possible")
            return self._refused(frame, refusal, check.held, check.intended)
        action = self.of(frame)
        return self._read_with(frame, reader, verdict.rule.arguments, self.scope(frame, action), check)

    def _read_with(
        self, frame: Frame, reader: AnyAction, templates: Mapping[str, str], scope: Scope, check: Check
    ) -> Move:
        """Call a reading action for a check."""
        try:
            arguments = self._arguments(frame, reader, templates, scope)
            act = reader.act(self._scope_of(frame, reader, arguments), frame.given.connections)
        except TemplateError as error:
            refusal = Refusal("holds", f"The reading action `{reader.slug}`: {error.sentence}", "not_possible")
            return self._refused(frame, refusal, check.held, check.intended)
        assert act is not None
        wanted = self.wanted(frame, self._handled(frame, reader, act, step_own=False))
        frame.waiting = ForEffect(act=wanted.act, seq=wanted.seq, key=wanted.key, check=check)
        frame.emit(
            Perform(run=frame.run.id, seq=wanted.seq, step=self.id, key=wanted.key, act=wanted.act, irreversible=False)
        )
        return Pause()

    def _read(self, frame: Frame, check: Check, event: EffectSucceeded | EffectFailed | EffectUnknown) -> Move:
        """A read for a check came back."""
        frame.waiting = None
        answer = event.output if isinstance(event, EffectSucceeded) else None
        status = None if isinstance(event, EffectUnknown) else event.status
        if check.stage == "outcome":
            return self._found_out(frame, check, answer, status)
        return self._go_on(frame, check, {"fetched": answer, "fetched_status": status})

    def _refused(self, frame: Frame, refusal: Refusal, wanted: WithAct | None, intended: bool) -> Move:
        action = self.of(frame)
        frame.waiting = None
        if wanted is not None and intended:
            frame.emit(Forgo(run=frame.run.id, seq=wanted.seq))
        frame.emit(
            Guarded(
                run=frame.run.id, step=self.id, action=action.slug, rule=refusal.rule, reason=refusal.reason
            )
        )  # fmt: skip
        if self.on_error and not refusal.hand_over:
            self.set_error(frame, None, refusal.reason)
            return Goto(self.on_error)
        if refusal.message is not None:
            frame.say(render_text(in_language(refusal.message, frame.given.language), self._safe_scope(frame)))
        else:
            frame.say_sentence(refusal.sentence)
        if refusal.hand_over:
            frame.say_sentence("handed_over")
            return Finish("escalated", refusal.reason)
        return Finish("failed")

    def _safe_scope(self, frame: Frame) -> Scope:
        """What messages of the action see, even where its arguments are not complete."""
        try:
            return self.scope(frame, self.of(frame))
        except TemplateError:
            return frame.scope()

    # releasing

    def released(self, frame: Frame, wanted: WithAct, places: Places) -> None:
        action = self.of(frame)
        if self.is_inline():
            return
        ledger = frame.given.ledger
        if any(rule.kind == "at_most" for rule in self.rules(frame, action)):
            ledger.uses[action.slug] = ledger.uses.get(action.slug, 0) + 1
        for slug, value, slot in places:
            frame.emit(Reserve(action=slug, value=value, slot=slot, run=frame.run.id))

    def _give_back(self, frame: Frame, places: Places) -> None:
        action = self.of(frame)
        uses = frame.given.ledger.uses
        if uses.get(action.slug):
            uses[action.slug] -= 1
        for slug, value, slot in places:
            frame.emit(Unreserve(action=slug, value=value, slot=slot, run=frame.run.id))

    def sent(self, frame: Frame, wanted: WithAct) -> Move:
        if isinstance(wanted.act, RunScript):
            until = frame.given.at + round(wanted.act.timeout * 1000)
            frame.waiting = ForBrowser(act=wanted.act, seq=wanted.seq, key=wanted.key, until=until)
            frame.emit(
                RunInBrowser(
                    question=frame.question(), run=frame.run.id, script=wanted.act.script, inputs=wanted.act.inputs,
                    until=until,
                )
            )  # fmt: skip
        return Pause()

    def _returned(self, frame: Frame, waiting: ForBrowser, event: BrowserReturned) -> Move:
        problem, value = None, None
        if event.timed_out:
            problem = "The customer's page did not report back in time; the script may have run all the same."
        elif not event.ok:
            problem = f"The script failed: {fit_text(event.error or 'it said no reason')[:2000]}"
        else:
            value, problem = from_browser(event.value)
        outcome: Literal["succeeded", "failed", "unknown"]
        outcome = "unknown" if event.timed_out else "succeeded" if event.ok else "failed"
        frame.emit(
            BrowserDone(
                run=frame.run.id, seq=waiting.seq, step=self.id, question=event.question, outcome=outcome,
                value=value, problem=problem, milliseconds=event.milliseconds,
            )
        )  # fmt: skip
        seq = waiting.seq
        if problem is None:
            return self.done(frame, EffectSucceeded(run=frame.run.id, seq=seq, output=value))
        if event.timed_out and self._cannot_be_undone(frame, waiting.act):
            return self.unknown(frame, waiting, problem)
        return self.failed(frame, EffectFailed(run=frame.run.id, seq=seq, problem=problem, timed_out=event.timed_out))

    # what came of it

    def done(self, frame: Frame, event: EffectSucceeded) -> Move:
        action = self.of(frame)
        if not action.succeeded(event.status, event.output):
            problem = f"“{action.name}” answered, but its success condition does not hold."
            failed = EffectFailed(run=event.run, seq=event.seq, problem=problem, status=event.status, body=event.output)
            return self._came_to_nothing(frame, failed)
        return self._succeeded(frame, action, event.status, event.output)

    def happened(self, frame: Frame, output: Any = None) -> Move:
        return self._succeeded(frame, self.of(frame), None, output)

    def _succeeded(self, frame: Frame, action: AnyAction, status: int | None, output: Any) -> Move:
        frame.waiting = None
        self.take(frame, output)
        self._establish(frame, action, output)
        if self.speak:
            self._say_success(frame, action, status, output)
        return Goto(self.next)

    def _establish(self, frame: Frame, action: AnyAction, output: Any) -> None:
        if self.is_inline():
            return
        arguments = self.filled_arguments(frame, action)
        hidden = {variable.name for variable in action.variables if variable.sensitive}
        kept = {name: value for name, value in arguments.items() if name not in hidden}
        fact = Fact(at=frame.given.at, arguments=kept, response=output)
        frame.given.ledger.establish(action.slug, fact, identity_in(action.identity, output))

    def _say_success(self, frame: Frame, action: AnyAction, status: int | None, output: Any) -> None:
        message = action.message(True, status)
        extra = {"response": output, "status": status}
        if message is not None:
            frame.say(self._filled(frame, action, message, extra))
        elif not isinstance(action, FormAction) and (told := plain_list(output)):
            frame.say(told)

    def _filled(self, frame: Frame, action: AnyAction, message: Text, extra: dict[str, Any]) -> str:
        scope = self._safe_scope(frame)
        values = {**scope.values, **extra}
        text = in_language(message, frame.given.language)
        return render_text(text, Scope(values, scope.types, scope.optional))

    def failed(self, frame: Frame, event: EffectFailed) -> Move:
        action = self.of(frame)
        if action.success and event.status is not None and action.succeeded(event.status, event.body):
            return self._succeeded(frame, action, event.status, event.body)
        if isinstance(frame.waiting, ForEffect):
            self._give_back(frame, frame.waiting.places)
        return self._came_to_nothing(frame, event)

    def _came_to_nothing(self, frame: Frame, event: EffectFailed) -> Move:
        """It failed, or it happened and is no success."""
        action = self.of(frame)
        frame.waiting = None
        message = action.message(False, event.status, event.timed_out) if self.speak or not self.on_error else None
        extra = {"response": event.body, "status": event.status}
        if message is not None:
            frame.say(self._filled(frame, action, message, extra))
        if self.on_error and not action.hand_over_on_error:
            self.set_error(frame, event.status, event.problem, event.body)
            return Goto(self.on_error)
        reason = f"“{self.describe(frame)}” failed: {event.problem}"
        if message is not None and not action.hand_over_on_error and self.speak:
            return Finish("failed")
        frame.say_sentence("handed_over" if message is not None else "failed")
        return Finish("escalated", reason)

    # outcomes that nobody knows

    def unknown(self, frame: Frame, waiting: WithAct, problem: str) -> Move:
        action = self.of(frame)
        how: ReadBack | None = action.finds_out
        reader = frame.given.actions.get(how.action) if how else None
        if how is None or reader is None or not reader.usable or not reader.reads:
            return super().unknown(frame, waiting, problem)
        check = Check(held=_bare(waiting), stage="outcome", problem=problem, intended=True)
        try:
            return self._read_with(frame, reader, how.arguments, self.scope(frame, action), check)
        except TemplateError:
            return super().unknown(frame, waiting, problem)

    def _found_out(self, frame: Frame, check: Check, answer: Any, status: int | None) -> Move:
        how: ReadBack | None = self.of(frame).finds_out
        scope = Scope({**self._safe_scope(frame).values, "response": answer, "status": status})
        held = check.held
        if how is not None and all_hold(how.happened, scope):
            return self.happened(frame, answer)
        if how is not None and how.not_happened and all_hold(how.not_happened, scope):
            problem = f"{check.problem} Reading back showed that it did not happen."
            return self.failed(frame, EffectFailed(run=frame.run.id, seq=held.seq, problem=problem))
        return super().unknown(frame, held, check.problem)


def _bare(wanted: WithAct) -> WithAct:
    return WithAct(act=wanted.act, seq=wanted.seq, key=wanted.key)


def _sensitive(action: AnyAction, arguments: Mapping[str, Any]) -> tuple[str, ...]:
    hidden = [variable.name for variable in action.variables if variable.sensitive]
    return tuple(text_of(arguments[name]) for name in hidden if arguments.get(name) not in (None, ""))


def read_form(action: FormAction, given: dict[str, Any], frame: Frame) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of a submitted form in their types, and what is wrong with it by field."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in action.form.fields:
        raw = given.get(field.name)
        if raw is None or raw == "":
            if field.default is not None:
                values[field.name] = field.default
            elif field.required:
                errors[field.name] = sentence("invalid_text", frame.given.language)
            else:
                values[field.name] = None
            continue
        try:
            values[field.name] = field.accept(raw, frame.given.region)
        except InvalidValue as error:
            errors[field.name] = sentence(error.key, frame.given.language, **error.parameters)
    return values, errors


def from_browser(value: Any) -> tuple[Any, str | None]:
    """A result from the customer's page, read like any stranger's JSON, and what is wrong with it."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > LARGEST_FROM_BROWSER:
        return None, f"The script's result is larger than {LARGEST_FROM_BROWSER} characters."
    try:
        return read_json(text), None
    except Unreadable as error:
        return None, f"The script's result cannot be read: {error.sentence}."

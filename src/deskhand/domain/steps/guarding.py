"""The guard around a step that uses an action: what it sees, its preconditions, what they read and start first."""

from collections.abc import Mapping
from typing import Any

from deskhand.domain.actions import AnyAction
from deskhand.domain.conditions import MISSING
from deskhand.domain.effects import (
    Act,
    CallHttp,
    CallTool,
    Forgo,
    Guarded,
    Handling,
    Perform,
    Reserve,
    RunScript,
    StartProcedure,
    Unreserve,
)
from deskhand.domain.errors import TemplateError
from deskhand.domain.events import (
    EffectFailed,
    EffectSucceeded,
    EffectUnknown,
)
from deskhand.domain.frame import Finish, Frame, Goto, Move, Pause
from deskhand.domain.guard import Fetch, Met, Refusal, StartFirst, judge, switched_off
from deskhand.domain.sentences import in_language
from deskhand.domain.state import Check, ForEffect, ForRun, WithAct
from deskhand.domain.steps.gated import GatedStep, Places, Stage
from deskhand.domain.templates import Scope, render_text, render_value
from deskhand.domain.values import InvalidValue, text_of
from deskhand.domain.variables import Variable

DIRECT = "action:"
"""In front of an action's slug: the procedure of one step that uses it directly."""


def is_direct(procedure: str) -> bool:
    """Whether a procedure's slug is the one of an action that is used directly."""
    return procedure.startswith(DIRECT)


class GuardedStep(GatedStep):
    """A step that uses an action, as far as its preconditions."""

    def of(self, frame: Frame) -> AnyAction:
        """The action. Raises TemplateError where it is not there."""
        raise NotImplementedError

    def argument_templates(self) -> Mapping[str, str]:
        """What an action of the workspace is given, beside variables of the same name."""
        return {}

    def is_inline(self) -> bool:
        """Whether the action is described in the step itself: it then sees all variables of the run."""
        raise NotImplementedError

    def found_out(self, frame: Frame, check: Check, answer: Any, status: int | None) -> Move:
        """A read-back has answered what became of a call."""
        raise NotImplementedError

    def take(self, frame: Frame, output: Any) -> None:
        """Keep the answer where the step says."""

    # what it sees

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
        return self._go_on(frame, Check(held=bare(wanted), stage=stage, intended=intended))

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
        wanted = {variable.name for variable in frame.given.actions[slug].variables}
        known = self.filled_arguments(frame, self.of(frame)) if not self.is_inline() else {}
        arguments = {name: value for name, value in known.items() if name in wanted}  # nobody is asked twice
        frame.emit(StartProcedure(procedure=DIRECT + slug, arguments=arguments))
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
            return self.found_out(frame, check, answer, status)
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


def bare(wanted: WithAct) -> WithAct:
    """An act with its number and key, and nothing of what it waited for."""
    return WithAct(act=wanted.act, seq=wanted.seq, key=wanted.key)


def _sensitive(action: AnyAction, arguments: Mapping[str, Any]) -> tuple[str, ...]:
    hidden = [variable.name for variable in action.variables if variable.sensitive]
    return tuple(text_of(arguments[name]) for name in hidden if arguments.get(name) not in (None, ""))

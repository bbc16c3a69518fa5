"""The guard around a step that uses an action: what it sees, its preconditions, what they read and start first."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from deskhand.domain.actions import AnyAction, JavascriptAction
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
from deskhand.domain.guard import Fetch, Met, Refusal, StartFirst, judge, not_enabled, switched_off, value_of
from deskhand.domain.masking import masked_values
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import AtMost, Holds, Precondition
from deskhand.domain.sentences import in_language
from deskhand.domain.state import Check, ForEffect, ForRun, WithAct
from deskhand.domain.steps.asked import Stage
from deskhand.domain.steps.editing import Input, argument_inputs, inputs_of
from deskhand.domain.steps.gated import GatedStep, Places
from deskhand.domain.templates import Scope, render_text, render_value
from deskhand.domain.values import InvalidValue, text_of
from deskhand.domain.variables import Variable, typed_default

DIRECT = "action:"
"""In front of an action's slug: the procedure of one step that uses it directly."""


SCRIPTS_OFF = "Scripts in the customer's page are switched off for this workspace."


def is_direct(procedure: str) -> bool:
    """Whether a procedure's slug is the one of an action that is used directly."""
    return procedure.startswith(DIRECT)


class GuardedStep(GatedStep):
    """A step that uses an action, as far as its preconditions."""

    speak: bool = Field(default=False, description="Say the action's own messages.")

    @abstractmethod
    def of(self, frame: Frame) -> AnyAction:
        """The action. Raises TemplateError where it is not there."""

    def argument_templates(self) -> Mapping[str, str]:
        """What an action of the workspace is given, beside variables of the same name."""
        return {}

    @abstractmethod
    def is_inline(self) -> bool:
        """Whether the action is described in the step itself: it then sees all variables of the run."""

    @abstractmethod
    def found_out(self, frame: Frame, check: Check, succeeded: bool, answer: Any, status: int | None) -> Move:
        """A read-back has answered what became of a call, or failed to."""

    @abstractmethod
    def show(self, frame: Frame, action: AnyAction, places: Places) -> Move:
        """Put what the customer has to do before them."""

    @abstractmethod
    def taken(self, frame: Frame, action: AnyAction) -> Move:
        """What the customer did was all."""

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
        templates, scope = self.argument_templates(), frame.scope(frame.edits)
        if frame.edits:  # what a member has edited comes from nowhere else
            templates = {name: one for name, one in templates.items() if name not in frame.edits}
        return self._arguments(frame, action, templates, scope)

    def editable(self, frame: Frame) -> dict[str, Input]:
        action = self.of(frame)
        if self.is_inline():
            return inputs_of(frame, action.placeholders())
        # where the step's own question cannot show what was edited, it is not edited
        return argument_inputs(
            frame, action, self.argument_templates(), self.filled_arguments(frame, action), self.confirm is None
        )

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
                return typed_default(variable, frame.given.region)
            if variable.required:
                raise TemplateError(
                    phrase(
                        "the action `{slug}` needs `{name}`, which has no value here.",
                        slug=action.slug,
                        name=variable.name,
                    )
                )
            return MISSING
        try:
            return variable.accept(value, frame.given.region)
        except InvalidValue:
            raise TemplateError(
                phrase(
                    "`{name}` of the action `{slug}` is no valid {type}.",
                    name=variable.name,
                    slug=action.slug,
                    type=variable.type,
                )
            ) from None

    # the guard

    def _off(self, frame: Frame, action: AnyAction) -> Refusal | None:
        if isinstance(action, JavascriptAction) and not frame.given.scripts:
            return Refusal("scripts_off", SCRIPTS_OFF, "not_possible")
        if self.is_inline():
            return None
        by_itself = frame.run.action is not None and frame.run.parent is None
        if by_itself and action.slug in frame.given.actions and action.slug not in frame.given.enabled:
            return not_enabled(action)
        return switched_off(action, frame.given.actions.get(action.slug))

    def rules(self, frame: Frame, action: AnyAction) -> list[Precondition]:
        """The preconditions: those it was published with and those it has now; the present ones may be stricter."""
        current = frame.given.actions.get(action.slug)
        newer = [] if current is None or self.is_inline() else current.preconditions
        return [*action.preconditions, *(rule for rule in newer if rule not in action.preconditions)]

    def check_first(self, frame: Frame, wanted: WithAct, stage: Stage, intended: bool) -> Move:
        return self._go_on(frame, Check(held=bare(wanted), stage=stage, intended=intended))

    def _go_on(self, frame: Frame, check: Check, fetched: Any = None) -> Move:
        """Judge the preconditions; what was fetched is for the one where the check stands."""
        action = self.of(frame)
        refusal = self._off(frame, action) or self._somebody_else(frame, action, check)
        if refusal is not None:
            return self._refused(frame, refusal, check.held, check.intended)
        if self.is_inline():  # a step that describes its action itself has no preconditions
            return self._cleared(frame, action, check, ())
        scope = self.scope(frame, action)
        if (skip := self._skip(frame, action, scope)) is not None:
            return self._refused(frame, skip, check.held, check.intended)
        if check.identity != frame.given.ledger.identity:  # what was fetched before was compared with another one
            check, fetched = check.model_copy(update={"index": 0, "identity": frame.given.ledger.identity}), None
        rules = self.rules(frame, action)
        places: Places = ()
        for index, rule in enumerate(rules):
            if self._is_settled(rule, index, check):
                continue
            verdict = judge(
                rule, action, scope, frame.given.ledger, fetched if index == check.index else None, places
            )  # fmt: skip
            at = check.model_copy(update={"index": index})
            match verdict:
                case Met():
                    places += verdict.places
                case Fetch():
                    return self._fetch(frame, verdict, at)
                case StartFirst() if index not in check.tried and self._can_start(frame, verdict.action):
                    return self._start_first(frame, verdict.action, at)
                case StartFirst():
                    return self._refused(frame, verdict.refusal, check.held, check.intended)
                case Refusal():
                    return self._refused(frame, verdict, check.held, check.intended)
        return self._cleared(frame, action, check, places)

    def _is_settled(self, rule: Precondition, index: int, check: Check) -> bool:
        """Whether a precondition need not be judged again: nothing is fetched or counted twice for one use."""
        if isinstance(rule, AtMost):
            return check.stage == "taking" or (check.held is not None and check.held.counted)
        return isinstance(rule, Holds) and rule.fetch is not None and index < check.index

    def _cleared(self, frame: Frame, action: AnyAction, check: Check, places: Places) -> Move:
        """Go on with what all preconditions allow."""
        match check.stage:
            case "showing":
                return self.show(frame, action, places)
            case "taking":
                return self.taken(frame, action)
            case "asking" | "sending":
                held = check.held or self.wanted(frame, self.act(frame))
                return self.checked(frame, held, check.stage, check.intended, places)
            case "outcome":
                raise AssertionError("nothing is checked before an outcome is found out")

    def _somebody_else(self, frame: Frame, action: AnyAction, check: Check) -> Refusal | None:
        """What one customer asked for is not done for the next one, who has said yes to it."""
        before = check.held.identity if check.held is not None else None
        now = frame.given.ledger.identity
        if before is None or now is None or before == now:
            return None
        return Refusal("identity", f"“{action.name}” was asked for by another customer.", "not_allowed")

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
        reader = self._reader(frame, verdict.action)
        if reader is None:
            refusal = Refusal("holds", f"The reading action `{verdict.action}` is not there.", "not_possible")
            return self._refused(frame, refusal, check.held, check.intended)
        action = self.of(frame)
        return self._read_with(frame, reader, verdict.rule.arguments, self.scope(frame, action), check)

    def _reader(self, frame: Frame, slug: str) -> AnyAction | None:
        """A reading action that can be called without anybody's doing."""
        reader = frame.given.actions.get(slug)
        return reader if reader and reader.usable and reader.reads and not reader.asks_customer else None

    def _read_with(
        self, frame: Frame, reader: AnyAction, templates: Mapping[str, str], scope: Scope, check: Check
    ) -> Move:
        """Call a reading action for a check."""
        try:
            arguments = self._arguments(frame, reader, templates, scope)
            act = reader.act(self._scope_of(frame, reader, arguments), frame.given.connections)
        except TemplateError as error:
            if check.stage == "outcome" and check.held is not None:
                return super().unknown(frame, check.held, check.problem)
            refusal = Refusal(
                "holds",
                phrase("The reading action `{slug}`: {why}", slug=reader.slug, why=error.sentence),
                "not_possible",
            )
            return self._refused(frame, refusal, check.held, check.intended)
        assert act is not None
        wanted = self.wanted(frame, self._handled(frame, reader, act, arguments))
        frame.waiting = ForEffect(act=wanted.act, seq=wanted.seq, key=wanted.key, check=check)
        frame.emit(
            Perform(run=frame.run.id, seq=wanted.seq, step=self.id, key=wanted.key, act=wanted.act, irreversible=False)
        )
        return Pause()

    def _read(self, frame: Frame, check: Check, event: EffectSucceeded | EffectFailed | EffectUnknown) -> Move:
        """A read for a check came back."""
        succeeded, answer, status = self._read_answer(frame, event)
        frame.waiting = None
        if check.stage == "outcome":
            return self.found_out(frame, check, succeeded, answer, status)
        return self._go_on(frame, check, {"fetched": answer} if succeeded else {})

    def _read_answer(
        self, frame: Frame, event: EffectSucceeded | EffectFailed | EffectUnknown
    ) -> tuple[bool, Any, int | None]:
        """Whether a read succeeded, by the reading action's own condition; its answer and status."""
        if isinstance(event, EffectUnknown):
            return False, None, None
        answer = event.output if isinstance(event, EffectSucceeded) else event.body
        act = frame.waiting.act
        slug = act.handling.action if isinstance(act, CallHttp | CallTool) else None
        reader = frame.given.actions.get(slug or "")
        if isinstance(event, EffectFailed) and not (reader and counts(reader, event)):
            return False, answer, event.status
        return reader is not None and reader.succeeded(event.status, answer), answer, event.status

    def _refused(self, frame: Frame, refusal: Refusal, wanted: WithAct | None, intended: bool) -> Move:
        action = self.of(frame)
        frame.waiting = None
        if wanted is not None and intended:
            frame.emit(Forgo(run=frame.run.id, seq=wanted.seq))
        if wanted is not None:
            self._give_back(frame, wanted)
        frame.emit(
            Guarded(
                run=frame.run.id, step=self.id, action=action.slug, rule=refusal.rule, reason=refusal.reason
            )
        )  # fmt: skip
        if self.on_error and not refusal.hand_over:
            if self.speak:
                self._say_refusal(frame, refusal)
            self.set_error(frame, None, refusal.reason)
            return Goto(self.on_error)
        if refusal.message is not None:
            self._say_refusal(frame, refusal)
        else:
            frame.say_sentence(refusal.sentence)
        if refusal.hand_over:
            frame.say_sentence("handed_over")
            return Finish("escalated", refusal.reason)
        return Finish("failed")

    def _say_refusal(self, frame: Frame, refusal: Refusal) -> None:
        """Say what was written for the rule, if anything was."""
        if refusal.message is not None:
            frame.say(render_text(in_language(refusal.message, frame.given.language), self._safe_scope(frame)))

    def _safe_scope(self, frame: Frame) -> Scope:
        """What messages of the action see, even where its arguments are not complete."""
        try:
            return self.scope(frame, self.of(frame))
        except TemplateError:
            return frame.scope()

    def _handled(self, frame: Frame, action: AnyAction, act: Act, read_with: dict[str, Any] | None = None) -> Act:
        """The act, with what its answer needs; read_with: the arguments of a reading action that serves a check."""
        if not isinstance(act, CallHttp | CallTool | RunScript):
            return act
        inline = read_with is None and self.is_inline()
        arguments = read_with
        if arguments is None:
            arguments = {} if inline else self.filled_arguments(frame, action)
        handling = Handling(
            action=None if inline else action.slug,
            transform=action.transform,
            context={"variables": dict(frame.variables) if inline else arguments} if action.transform else {},
            sensitive=(*frame.sensitive(), *_sensitive(action, arguments)),
        )
        if isinstance(act, RunScript) and masked_values(act.inputs, handling.sensitive) != act.inputs:
            raise TemplateError("a sensitive value may not go into a script's inputs: they stand in the log.")
        return act.model_copy(update={"handling": handling})

    # releasing

    def released(self, frame: Frame, places: Places) -> bool:
        action = self.of(frame)
        if self.is_inline() or not any(isinstance(rule, AtMost) for rule in self.rules(frame, action)):
            return False
        uses = frame.given.ledger.uses
        uses[action.slug] = uses.get(action.slug, 0) + 1
        for slug, value, slot in places:
            frame.emit(Reserve(action=slug, value=value, slot=slot, run=frame.run.id))
        return True

    def _give_back(self, frame: Frame, held: WithAct, answered: bool = False) -> None:
        """What did certainly not happen takes no place of an `at most` rule.

        answered: the other side said no. That was a try, which some rules count, too.
        """
        if not held.counted:
            return
        action, uses = self.of(frame), frame.given.ledger.uses
        tried = [
            rule for rule in self.rules(frame, action)
            if answered and isinstance(rule, AtMost) and rule.counts == "tried"
        ]  # fmt: skip
        if uses.get(action.slug) and not any(rule.per == "conversation" for rule in tried):
            uses[action.slug] -= 1
        scope = self._safe_scope(frame)
        kept = {value for rule in tried if (value := value_of(rule, scope)) is not None}
        for slug, value, slot in held.places:
            if value not in kept:
                frame.emit(Unreserve(action=slug, value=value, slot=slot, run=frame.run.id))


def bare(wanted: WithAct) -> WithAct:
    """An act with all that is known of it, and nothing of what it waited for."""
    return WithAct(**wanted.carried())


def counts(action: AnyAction, failed: EffectFailed) -> bool:
    """Whether an answer that is an error to HTTP is a success by the action's own condition."""
    if failed.status is None or 200 <= failed.status < 300:  # one of 2xx failed because it could not be used
        return False
    return bool(action.success) and action.succeeded(failed.status, failed.body)


def _sensitive(action: AnyAction, arguments: Mapping[str, Any]) -> tuple[str, ...]:
    hidden = [variable.name for variable in action.variables if variable.sensitive]
    return tuple(text_of(arguments[name]) for name in hidden if arguments.get(name) not in (None, ""))

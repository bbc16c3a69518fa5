"""Steps that use an action: the guard before it, what the customer does for it, what its answer means."""

from typing import Any, Literal

from deskhand.domain.actions import AnyAction, FormAction, JavascriptAction
from deskhand.domain.actions.base import ApprovalLevel, ReadBack
from deskhand.domain.comparisons import Comparison, all_hold
from deskhand.domain.effects import (
    Act,
    BrowserDone,
    Perform,
    Phrase,
    RunInBrowser,
    RunScript,
    ShowButton,
    ShowForm,
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
from deskhand.domain.masking import masked_text, masked_values
from deskhand.domain.phrasing import plain_list
from deskhand.domain.sentences import Text, in_language
from deskhand.domain.shown import ShownForm
from deskhand.domain.state import Check, ForBrowser, ForClick, ForEffect, ForForm, ForRun, WithAct
from deskhand.domain.steps.from_page import from_browser, read_form
from deskhand.domain.steps.gated import Places, strictest
from deskhand.domain.steps.guarding import GuardedStep, bare, counts
from deskhand.domain.templates import Scope, render_text
from deskhand.domain.untrusted import fit_text


class ActionStep(GuardedStep):
    """A step that uses an action of the workspace, or one that is described in the step itself."""

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
        return self._go_on(frame, Check(stage="showing")) if self.of(frame).asks_customer else self.gates(frame)

    def gates(self, frame: Frame) -> Move:
        # what may be rendered at all is known only once the preconditions are met
        return self._go_on(frame, Check(stage="asking"))

    def wanted(self, frame: Frame, act: Act) -> WithAct:
        return super().wanted(frame, act).model_copy(update={"identity": frame.given.ledger.identity})

    def show(self, frame: Frame, action: AnyAction, places: Places) -> Move:
        shown = action.show(self.scope(frame, action), frame.given.language)
        assert shown is not None
        if action.only_shows:  # whoever sees a link can open it: from here on it counts
            self.released(frame, places)
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
            case ForEffect(act=Phrase() as act), EffectSucceeded() | EffectFailed() | EffectUnknown():
                return self._worded(frame, act.plain, event)
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
                return self._go_on(frame, check.model_copy(update={"tried": (*check.tried, check.index)}))
        return super().resume(frame, event)

    def _submitted(self, frame: Frame, given: dict[str, Any]) -> Move:
        action = self.of(frame)
        assert isinstance(action, FormAction)
        values, errors = read_form(action.form.fields, given, frame)
        if errors:
            self.show_again(frame, errors)
            return Pause()
        for name, value in values.items():
            frame.assign(name, value, "customer")
        frame.waiting = None
        return self._go_on(frame, Check(stage="taking"))

    def _pressed(self, frame: Frame) -> Move:
        frame.waiting = None
        return self._go_on(frame, Check(stage="taking")) if self.of(frame).only_shows else self.gates(frame)

    def taken(self, frame: Frame, action: AnyAction) -> Move:
        """What the customer did was all."""
        output = None
        if isinstance(action, FormAction):
            output = {field.name: frame.variables.get(field.name) for field in action.form.fields}
        return self.done(frame, EffectSucceeded(run=frame.run.id, seq=frame.seq, output=output))

    # what is done

    def act(self, frame: Frame) -> Act:
        action = self.of(frame)
        scope = self.scope(frame, action)
        act = action.act(scope, frame.given.connections)
        assert act is not None
        return self._handled(frame, action, act)

    # releasing

    def sent(self, frame: Frame, wanted: WithAct) -> Move:
        if isinstance(wanted.act, RunScript):
            until = frame.given.at + round(wanted.act.timeout * 1000)
            frame.waiting = ForBrowser(**frame.waiting.carried(), until=until)
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
        if event.problem and action.success and isinstance(frame.waiting, ForEffect) and not action.reads:
            # it happened, and whether it succeeded stands in an answer that nobody can read
            return self.unknown(frame, frame.waiting, event.problem)
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
        if self.speak and self._say_success(frame, action, status, output):
            return Pause()
        return Goto(self.next)

    def _establish(self, frame: Frame, action: AnyAction, output: Any) -> None:
        if self.is_inline():
            return
        arguments = self.filled_arguments(frame, action)
        hidden = {variable.name for variable in action.variables if variable.sensitive}
        kept = {name: value for name, value in arguments.items() if name not in hidden}
        fact = Fact(at=frame.given.at, arguments=kept, response=output)
        frame.given.ledger.establish(action.slug, fact, identity_in(action.identity, output))

    def _say_success(self, frame: Frame, action: AnyAction, status: int | None, output: Any) -> bool:
        """Tell the customer; whether a model is to find the words first."""
        message = action.message(True, status)
        extra = {"response": output, "status": status}
        if message is not None:
            self._say_it_happened(frame, action, message, extra)
        elif not isinstance(action, FormAction) and (told := plain_list(output)):
            if frame.given.phrases:
                self._find_words(frame, action, output, told)
                return True
            frame.say(told)
        return False

    def _find_words(self, frame: Frame, action: AnyAction, output: Any, plain: str) -> None:
        hidden = frame.sensitive()
        act = Phrase(
            about=action.name,
            facts=masked_values(output, hidden),
            words=masked_text(frame.run.words, hidden),
            language=frame.given.language,
            agent=str(frame.given.context.get("agent_id", "")),
            plain=masked_text(plain, hidden),
        )
        wanted = self.wanted(frame, act)
        frame.waiting = ForEffect(**wanted.carried())
        frame.emit(Perform(run=frame.run.id, seq=wanted.seq, step=self.id, key=wanted.key, act=act))

    def _worded(self, frame: Frame, plain: str, event: EffectSucceeded | EffectFailed | EffectUnknown) -> Move:
        frame.waiting = None
        words = event.output if isinstance(event, EffectSucceeded) else None
        frame.say(words if isinstance(words, str) and words.strip() else plain)
        return Goto(self.next)

    def _say_it_happened(self, frame: Frame, action: AnyAction, message: Text, extra: dict[str, Any]) -> None:
        try:
            frame.say(self._filled(frame, action, message, extra))
        except TemplateError:
            if action.reads:
                raise
            # its answer is not known, as where a member found out; it happened all the same
            frame.say_sentence("done")

    def _filled(self, frame: Frame, action: AnyAction, message: Text, extra: dict[str, Any]) -> str:
        scope = self._safe_scope(frame)
        values = {**scope.values, **extra}
        text = in_language(message, frame.given.language)
        return render_text(text, Scope(values, scope.types, scope.optional))

    def failed(self, frame: Frame, event: EffectFailed) -> Move:
        action = self.of(frame)
        if counts(action, event):
            return self._succeeded(frame, action, event.status, event.body)
        if not isinstance(action, JavascriptAction):  # a script that fails may have done something before
            frame.has_acted(False)
        if isinstance(frame.waiting, ForEffect):
            self._give_back(frame, frame.waiting, answered=event.answered or event.status is not None)
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
        reader = self._reader(frame, how.action) if how else None
        if how is None or reader is None:
            return super().unknown(frame, waiting, problem)
        check = Check(held=bare(waiting), stage="outcome", problem=problem, intended=True)
        try:
            return self._read_with(frame, reader, how.arguments, self.scope(frame, action), check)
        except TemplateError:
            return super().unknown(frame, waiting, problem)

    def found_out(self, frame: Frame, check: Check, succeeded: bool, answer: Any, status: int | None) -> Move:
        how: ReadBack | None = self.of(frame).finds_out
        scope = Scope({**self._safe_scope(frame).values, "response": answer, "status": status})
        held = check.held
        assert held is not None
        if how is not None and _shows(how.happened, scope, succeeded):
            return self.happened(frame, answer)
        if how is not None and _shows(how.not_happened, scope, succeeded):
            problem = f"{check.problem} Reading back showed that it did not happen."
            self._give_back(frame, held)
            return self.failed(frame, EffectFailed(run=frame.run.id, seq=held.seq, problem=problem))
        return super().unknown(frame, held, check.problem)


def _shows(comparisons: list[Comparison], scope: Scope, succeeded: bool) -> bool:
    """Whether an answer shows something; one that is no success shows only what is said about its status."""
    about_status = any(comparison.path[0] == "status" for comparison in comparisons)
    return bool(comparisons) and (succeeded or about_status) and all_hold(comparisons, scope)

"""Steps that do something: the customer's yes, the members' approval, the act, and what came of it."""

import hashlib
from collections.abc import Iterator
from typing import Any, Literal, assert_never

from pydantic import Field

from deskhand.domain.actions.base import ApprovalLevel
from deskhand.domain.effects import (
    Act,
    CallHttp,
    CallTool,
    CloseApproval,
    Forgo,
    Intend,
    Notify,
    Perform,
    RequestApproval,
    Tag,
)
from deskhand.domain.errors import RuleError, TemplateError
from deskhand.domain.events import Confirmed, Decided, EffectFailed, EffectSucceeded, EffectUnknown, RunEvent
from deskhand.domain.frame import Finish, Frame, Goto, Move, Pause
from deskhand.domain.masking import masked_text
from deskhand.domain.sentences import Text, sentence
from deskhand.domain.state import ForApproval, ForConfirmation, ForEffect, ForOutcome, Place, WithAct
from deskhand.domain.steps.base import Exit, Linear, text_fields

HOUR = 3_600_000
CONFIRM_TRIES = 5
YES_OR_NO = ("yes", "no")
Stage = Literal["asking", "sending"]
"""When an act is checked: before anybody is asked for it, and right before it is sent."""
Places = tuple[Place, ...]
_LEVELS: tuple[ApprovalLevel, ...] = ("auto", "notify", "require")


class GatedStep(Linear):
    """A step with an approval level, a confirmation and an act that succeeds, fails or stays unknown."""

    description: str = Field(default="", description="What approvers read: what will be done. Filled in.")
    approval: ApprovalLevel = Field(default="auto", description="Who has to agree before it is done.")
    irreversible: bool = Field(default=False, description="Cannot be undone: always needs a member's approval.")
    confirm: Text | None = Field(default=None, description="Ask the customer for an explicit yes with this text.")
    on_decline: str | None = Field(
        default=None, description="Where to go when the customer says no; by default the run ends."
    )
    on_error: str | None = Field(default=None, description="Where to go when it fails; by default a person takes over.")
    on_expiry: str | None = Field(
        default=None, description="Where to go when nobody decides in time; by default a person takes over."
    )
    expires_hours: float = Field(default=24, gt=0, le=24 * 90, description="How long an approval waits.")

    def exits(self) -> tuple[Exit, ...]:
        """The branches beside `next`; `error` is set on the one for failures."""
        branches = [Exit("next", self.next, tuple(self.writes()))]
        if self.on_error:
            branches.append(Exit("on_error", self.on_error, ("error",)))
        if self.on_decline:  # the question may come from the step's action
            branches.append(Exit("on_decline", self.on_decline))
        if self.on_expiry:
            branches.append(Exit("on_expiry", self.on_expiry))
        return tuple(branches)

    def texts(self) -> Iterator[tuple[str, str]]:
        if self.description:
            yield "description", self.description
        yield from text_fields("confirm", self.confirm)

    # what the kinds say of themselves

    def act(self, frame: Frame) -> Act:
        """What will be done, rendered to the byte. Raises TemplateError."""
        raise NotImplementedError

    def succeeded(self, frame: Frame, output: Any) -> None:
        """Take over what came of it."""
        raise NotImplementedError

    def label(self) -> str:
        """What it does, in a word, where the builder described nothing."""
        raise NotImplementedError

    def described(self, frame: Frame) -> str:
        """What the builder says that it does."""
        return self.description

    def level(self, frame: Frame) -> ApprovalLevel:
        """The configured approval level."""
        return self.approval

    def is_irreversible(self, frame: Frame) -> bool:
        return self.irreversible

    def confirmation(self, frame: Frame) -> str | None:
        """What the customer is asked to agree to, filled in."""
        return frame.render(self.confirm) if self.confirm else None

    # the way through the gates

    def enter(self, frame: Frame) -> Move:
        return self.gates(frame)

    def gates(self, frame: Frame) -> Move:
        """Render what shall be done and take it through everything that has to be agreed."""
        act = self.act(frame)
        return self.check_first(frame, self.wanted(frame, act), "asking", intended=False)

    def wanted(self, frame: Frame, act: Act) -> WithAct:
        """An act with its number in the run and its key."""
        frame.seq += 1
        return WithAct(act=act, seq=frame.seq, key=self._key(frame, act))

    def check_first(self, frame: Frame, wanted: WithAct, stage: Stage, intended: bool) -> Move:
        """What has to be true before somebody is asked, and again right before it is sent."""
        return self.checked(frame, wanted, stage, intended)

    def checked(self, frame: Frame, wanted: WithAct, stage: Stage, intended: bool, places: Places = ()) -> Move:
        """Go on with an act that may be done: ask for what is still missing, or do it."""
        if stage == "sending":
            return self._perform(frame, wanted, intended, places)
        question = self.confirmation(frame)
        if question:
            prompt = sentence("confirm", frame.given.language, what=question.rstrip())
            self._intend(frame, wanted)
            frame.waiting = ForConfirmation(**wanted.carried(), prompt=prompt)
            frame.ask(prompt, YES_OR_NO)
            return Pause()
        return self._agree(frame, wanted, intended=False, places=places)

    def resume(self, frame: Frame, event: RunEvent) -> Move:
        waiting = frame.waiting
        match waiting, event:
            case ForConfirmation(), Confirmed():
                return self._confirmed(frame, waiting, event)
            case ForApproval(), Decided():
                return self._decided(frame, waiting, event)
            case ForOutcome(), Decided():
                return self._outcome_decided(frame, waiting, event)
            case ForEffect(), EffectSucceeded():
                return self.done(frame, event)
            case ForEffect(), EffectFailed():
                return self.failed(frame, event)
            case ForEffect(), EffectUnknown():
                return self.unknown(frame, waiting, event.problem)
        return Pause()

    def _agree(self, frame: Frame, wanted: WithAct, intended: bool, places: Places = ()) -> Move:
        """Ask the members where they have to agree, or do it."""
        rule = self._rule(frame, wanted.act)
        if rule is None and intended:
            return self.check_first(frame, wanted, "sending", intended)
        if rule is None:
            return self._perform(frame, wanted, intended, places)
        if not intended:
            self._intend(frame, wanted)
        approval = frame.new_id("appr")
        expires_at = frame.given.at + round(self.expires_hours * HOUR)
        frame.waiting = ForApproval(**wanted.carried(), approval=approval, expires_at=expires_at)
        self._request(frame, "approval", approval, rule, expires_at)
        frame.say_sentence("checking")
        return Pause()

    def _intend(self, frame: Frame, wanted: WithAct) -> None:
        frame.emit(
            Intend(
                run=frame.run.id,
                seq=wanted.seq,
                step=self.id,
                key=wanted.key,
                act=wanted.act,
                irreversible=self._cannot_be_undone(frame, wanted.act),
            )
        )

    def _forgo(self, frame: Frame) -> None:
        frame.emit(Forgo(run=frame.run.id, seq=frame.waiting.seq))
        frame.waiting = None

    def _rule(self, frame: Frame, act: Act) -> str | None:
        """The rule that asks for an approval, or None."""
        if self.is_irreversible(frame):
            return "This step is marked as irreversible."
        if act.changes and frame.published.procedure.irreversible:
            return "This procedure is marked as irreversible."
        if act.changes and frame.run.irreversible:
            return "It runs for a procedure that is marked as irreversible."
        return "This step requires approval." if self.level(frame) == "require" else None

    def _cannot_be_undone(self, frame: Frame, act: Act) -> bool:
        marked = frame.published.procedure.irreversible or frame.run.irreversible
        return self.is_irreversible(frame) or (marked and act.changes)

    def _perform(self, frame: Frame, wanted: WithAct, intended: bool, places: Places = ()) -> Move:
        if not wanted.counted:
            counted = self.released(frame, places)
            wanted = wanted.model_copy(update={"counted": counted, "places": places})
        frame.waiting = ForEffect(**wanted.carried())
        if not isinstance(wanted.act, CallHttp | CallTool | Tag) or wanted.act.changes:
            frame.has_acted()
        if self.level(frame) == "notify":
            frame.emit(Notify(run=frame.run.id, step=self.id, description=self.describe(frame)))
        frame.emit(
            Perform(
                run=frame.run.id,
                seq=wanted.seq,
                step=self.id,
                key=wanted.key,
                act=wanted.act,
                irreversible=self._cannot_be_undone(frame, wanted.act),
                intended=intended,
            )
        )
        return self.sent(frame, wanted)

    def released(self, frame: Frame, places: Places) -> bool:
        """Note that it is being done; gives whether it counts for a rule."""
        return False

    def sent(self, frame: Frame, wanted: WithAct) -> Move:
        """What comes right after it was released."""
        return Pause()

    def _confirmed(self, frame: Frame, waiting: ForConfirmation, event: Confirmed) -> Move:
        if event.yes:
            return self._agree(frame, waiting, intended=True)
        if event.yes is None:
            return self._confirm_again(frame, waiting)
        self._forgo(frame)
        if self.on_decline:
            return Goto(self.on_decline)
        frame.say_sentence("declined")
        return Finish("cancelled")

    def _confirm_again(self, frame: Frame, waiting: ForConfirmation) -> Move:
        attempts = waiting.attempts + 1
        if attempts >= CONFIRM_TRIES:
            self._forgo(frame)
            frame.say_sentence("too_many_tries")
            return Finish("escalated", "The customer answered neither yes nor no to the confirmation.")
        frame.waiting = waiting.model_copy(update={"attempts": attempts})
        text = sentence("confirm_again", frame.given.language) + "\n" + waiting.prompt
        frame.ask(text, YES_OR_NO)
        return Pause()

    def _decided(self, frame: Frame, waiting: ForApproval, event: Decided) -> Move:
        match event.decision:
            case "approve" if waiting.expires_at is not None and frame.given.at >= waiting.expires_at:
                raise RuleError("This approval has expired: nothing was sent.")
            case "approve" if event.stale:
                self._close(frame, waiting, "lapsed", event, "The connection was changed after the request was made.")
                self._forgo(frame)
                return Goto(self.id)
            case "approve":
                self._close(frame, waiting, "approved", event)
                return self.check_first(frame, waiting, "sending", intended=True)
            case "expire":
                return self._expired(frame, waiting, event)
            case "reject":
                self._close(frame, waiting, "rejected", event)
                self._forgo(frame)
                frame.say_sentence("handed_over")
                return Finish("escalated", f"{event.by} rejected “{self.describe(frame)}”: {event.reason}")
            case "happened" | "retry" | "take_over":
                return Pause()
            case _:
                assert_never(event.decision)

    def _expired(self, frame: Frame, waiting: ForApproval, event: Decided) -> Move:
        self._close(frame, waiting, "expired", event)
        self._forgo(frame)
        if self.on_expiry:
            return Goto(self.on_expiry)
        frame.say_sentence("expired")
        return Finish("escalated", f"Nobody decided in time about “{self.describe(frame)}”.")

    def _outcome_decided(self, frame: Frame, waiting: ForOutcome, event: Decided) -> Move:
        """A member found out what became of an act whose outcome was unknown."""
        match event.decision:
            case "happened":
                self._close(frame, waiting, "happened", event)
                return self.happened(frame)
            case "retry":
                self._close(frame, waiting, "retried", event)
                return self.check_first(frame, waiting, "sending", intended=True)
            case "take_over" | "expire" | "reject":
                self._close(frame, waiting, "taken_over", event)
                frame.waiting = None
                frame.say_sentence("handed_over")
                return Finish("escalated", f"“{self.describe(frame)}” has an unknown outcome: {waiting.problem}")
            case "approve":
                return Pause()
            case _:
                assert_never(event.decision)

    def done(self, frame: Frame, event: EffectSucceeded) -> Move:
        """It happened."""
        frame.waiting = None
        self.succeeded(frame, event.output)
        return Goto(self.next)

    def happened(self, frame: Frame, output: Any = None) -> Move:
        """It was found out that it happened."""
        frame.waiting = None
        self.succeeded(frame, output)
        return Goto(self.next)

    def failed(self, frame: Frame, event: EffectFailed) -> Move:
        """It did certainly not happen."""
        frame.waiting = None
        frame.has_acted(False)
        if self.on_error:
            self.set_error(frame, event.status, event.problem, event.body)
            return Goto(self.on_error)
        frame.say_sentence("failed")
        return Finish("escalated", f"“{self.describe(frame)}” failed: {event.problem}")

    def set_error(self, frame: Frame, status: int | None, message: str, body: Any = None) -> None:
        """What the branch for errors can use."""
        frame.assign("error", {"status": status, "message": message, "body": body}, self.id)

    def unknown(self, frame: Frame, waiting: WithAct, problem: str) -> Move:
        """Nobody can say whether it happened: a member finds out."""
        approval = frame.new_id("appr")
        frame.waiting = ForOutcome(**waiting.carried(), approval=approval, problem=problem)
        self._request(frame, "outcome", approval, f"It is unknown whether this happened: {problem}", None)
        frame.say_sentence("checking")
        return Pause()

    # helpers

    def _request(self, frame: Frame, about: Any, approval: str, rule: str, expires_at: int | None) -> None:
        waiting = frame.waiting
        frame.emit(
            RequestApproval(
                approval=approval,
                about=about,
                run=frame.run.id,
                seq=waiting.seq,
                step=self.id,
                key=waiting.key,
                act=waiting.act,
                description=self.describe(frame),
                procedure=frame.published.procedure.name,
                rule=rule,
                variables=frame.readable_variables(),
                words=masked_text(frame.run.words, frame.sensitive()),
                sensitive=frame.sensitive(),
                expires_at=expires_at,
                after_expiry="" if expires_at is None else self._after_expiry(),
            )
        )

    def _after_expiry(self) -> str:
        if self.on_expiry:
            return f"The run goes on with `{self.on_expiry}`."
        return "The conversation goes to a person."

    def _close(
        self,
        frame: Frame,
        waiting: ForApproval | ForOutcome,
        status: Any,
        event: Decided,
        reason: str | None = None,
    ) -> None:
        frame.emit(
            CloseApproval(
                approval=waiting.approval, status=status, by=event.by, reason=reason or event.reason,
                run=frame.run.id, seq=waiting.seq,
            )
        )  # fmt: skip

    def describe(self, frame: Frame) -> str:
        """What is done, for the members: without values that nobody may read."""
        what = self.described(frame) or self.label()
        try:
            return masked_text(frame.render(what), frame.sensitive())
        except TemplateError:
            return what

    def _key(self, frame: Frame, act: Act) -> str:
        """The same for every repetition of this act, another for every other act."""
        given, run = frame.given, frame.run
        place = given.workspace, given.conversation, run.id, run.version, self.id, frame.visits.get(self.id, 0)
        return hashlib.sha256(f"{place}{act.model_dump_json()}".encode()).hexdigest()[:32]


def strictest(*levels: ApprovalLevel) -> ApprovalLevel:
    """The strictest of several approval levels."""
    return max(levels, key=_LEVELS.index)

"""Steps that do something: the customer's yes, the members' approval, the act, and what came of it."""

import hashlib
from abc import abstractmethod
from collections.abc import Iterator
from typing import Any

from pydantic import Field

from deskhand.domain.actions.base import ApprovalLevel
from deskhand.domain.deciding import Approvers
from deskhand.domain.effects import Act, CallHttp, CallTool, Intend, Notify, Perform, Tag
from deskhand.domain.errors import TemplateError
from deskhand.domain.events import Confirmed, Decided, EffectFailed, EffectSucceeded, EffectUnknown, RunEvent
from deskhand.domain.frame import Finish, Frame, Goto, Move, Pause
from deskhand.domain.sentences import Text, sentence
from deskhand.domain.state import ForApproval, ForConfirmation, ForEffect, ForOutcome, Place, WithAct
from deskhand.domain.steps.asked import Rule, Stage
from deskhand.domain.steps.base import Exit, text_fields
from deskhand.domain.steps.decided import DecidedStep

HOUR = 3_600_000
CONFIRM_TRIES = 5
YES_OR_NO = ("yes", "no")
Places = tuple[Place, ...]
_LEVELS: tuple[ApprovalLevel, ...] = ("auto", "notify", "require")


class GatedStep(DecidedStep):
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
    approvers: Approvers | None = Field(
        default=None, description="Who may decide: a role, or members by their addresses. By default every member."
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

    def succeeded(self, frame: Frame, output: Any) -> None:
        """Take over what came of it."""
        raise NotImplementedError

    @abstractmethod
    def label(self) -> str:
        """What it does, in a word, where the builder described nothing."""

    def described(self, frame: Frame) -> str:
        """What the builder says that it does."""
        return self.description

    def level(self, frame: Frame) -> ApprovalLevel:
        """The configured approval level."""
        return self.approval

    def is_irreversible(self, frame: Frame) -> bool:
        return self.irreversible

    def confirmation(self, frame: Frame) -> str | None:
        return frame.render(self.confirm) if self.confirm else None

    def decided_by(self) -> Approvers | None:
        return self.approvers

    def on_no_decision(self) -> str | None:
        return self.on_expiry

    # the way through the gates

    def enter(self, frame: Frame) -> Move:
        return self.gates(frame)

    def gates(self, frame: Frame) -> Move:
        """Render what shall be done and take it through everything that has to be agreed."""
        act = self.act(frame)
        return self.check_first(frame, self.wanted(frame, act), "asking", intended=False)

    def wanted(self, frame: Frame, act: Act) -> WithAct:
        frame.seq += 1
        return WithAct(act=act, seq=frame.seq, key=self._key(frame, act))

    def check_first(self, frame: Frame, wanted: WithAct, stage: Stage, intended: bool) -> Move:
        return self.checked(frame, wanted, stage, intended)

    def checked(self, frame: Frame, wanted: WithAct, stage: Stage, intended: bool, places: Places = ()) -> Move:
        """Go on with an act that may be done: ask for what is still missing, or do it."""
        if stage == "sending":
            return self._perform(frame, wanted, intended, places)
        question = self.confirmation(frame)
        if question:
            key = "confirm_changed" if wanted.granted else "confirm"
            prompt = sentence(key, frame.given.language, what=question.rstrip())
            if not intended:
                self.intend(frame, wanted)
            frame.waiting = ForConfirmation(**wanted.carried(), prompt=prompt)
            frame.ask(prompt, YES_OR_NO)
            return Pause()
        return self._agree(frame, wanted, intended, places)

    def resume(self, frame: Frame, event: RunEvent) -> Move:
        waiting = frame.waiting
        match waiting, event:
            case ForConfirmation(), Confirmed():
                return self._confirmed(frame, waiting, event)
            case ForApproval(), Decided():
                return self.decided(frame, waiting, event)
            case ForOutcome(), Decided():
                return self.outcome_decided(frame, waiting, event)
            case ForEffect(), EffectSucceeded():
                return self.done(frame, event)
            case ForEffect(), EffectFailed():
                return self.failed(frame, event)
            case ForEffect(), EffectUnknown():
                return self.unknown(frame, waiting, event.problem)
        return Pause()

    def _agree(self, frame: Frame, wanted: WithAct, intended: bool, places: Places = ()) -> Move:
        """Ask the members where they have to agree, or do it."""
        rule = None if wanted.granted else self.rule(frame, wanted.act)
        if rule is None and intended:
            return self.check_first(frame, wanted, "sending", intended)
        if rule is None:
            return self._perform(frame, wanted, intended, places)
        if not intended:
            self.intend(frame, wanted)
        approval = frame.new_id("appr")
        expires_at = frame.given.at + round(self.expires_hours * HOUR)
        frame.waiting = ForApproval(**wanted.carried(), approval=approval, expires_at=expires_at)
        self.put_before(frame, rule, expires_at)
        frame.say_sentence("checking")
        return Pause()

    def intend(self, frame: Frame, wanted: WithAct) -> None:
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

    def rule(self, frame: Frame, act: Act) -> Rule | None:
        if self.is_irreversible(frame):
            return Rule("irreversible_step", "This step is marked as irreversible.")
        if act.changes and frame.published.procedure.irreversible:
            return Rule("irreversible_procedure", "This procedure is marked as irreversible.")
        if act.changes and frame.run.irreversible:
            return Rule("irreversible_caller", "It runs for a procedure that is marked as irreversible.")
        return Rule("required", "This step requires approval.") if self.level(frame) == "require" else None

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
        self.forgo(frame)
        if self.on_decline:
            return Goto(self.on_decline)
        frame.say_sentence("declined")
        return Finish("cancelled")

    def _confirm_again(self, frame: Frame, waiting: ForConfirmation) -> Move:
        attempts = waiting.attempts + 1
        if attempts >= CONFIRM_TRIES:
            self.forgo(frame)
            frame.say_sentence("too_many_tries")
            return Finish("escalated", "The customer answered neither yes nor no to the confirmation.")
        frame.waiting = waiting.model_copy(update={"attempts": attempts})
        text = sentence("confirm_again", frame.given.language) + "\n" + waiting.prompt
        frame.ask(text, YES_OR_NO)
        return Pause()

    def done(self, frame: Frame, event: EffectSucceeded) -> Move:
        """It happened."""
        frame.waiting = None
        self.succeeded(frame, event.output)
        return Goto(self.next)

    def happened(self, frame: Frame, output: Any = None) -> Move:
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
        self.put_before(frame, Rule("outcome", f"It is unknown whether this happened: {problem}"), None)
        frame.say_sentence("checking")
        return Pause()

    # helpers

    def describe(self, frame: Frame) -> str:
        what = self.described(frame) or self.label()
        try:
            return frame.masked(frame.render(what))
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

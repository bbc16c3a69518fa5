"""`converse(conversation, event, catalogue, given)` routes an event to a conversation's runs. It performs nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, assert_never

from deskhand.domain import commands as c
from deskhand.domain import events as e
from deskhand.domain.effects import (
    Ask,
    CloseApproval,
    Complete,
    Effect,
    Forgo,
    HandOver,
    Perform,
    Resolve,
    Say,
    StartProcedure,
    Tag,
)
from deskhand.domain.errors import RuleError
from deskhand.domain.frame import Given
from deskhand.domain.ids import derived_id
from deskhand.domain.interpreter import Advanced, advance, begin
from deskhand.domain.procedure import Published
from deskhand.domain.sentences import sentence
from deskhand.domain.state import (
    Conversation,
    ForAnswer,
    ForApproval,
    ForConfirmation,
    ForEffect,
    ForOutcome,
    ForRun,
    Run,
)
from deskhand.domain.yes_no import yes_or_no

DEEPEST = 8
"""Runs that may lie on top of each other."""
MISUNDERSTOOD_LIMIT = 4
"""Messages in a row that nothing came of before a person is called."""
LISTED = 5
"""Procedures that the agent names when it does not know what is wanted."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What may be run: the active procedures, and the versions that runs began with."""

    active: Mapping[str, Published]
    versions: Mapping[tuple[str, int], Published] = field(default_factory=dict)

    def of(self, run: Run) -> Published:
        """The version that a run is pinned to."""
        pinned = self.versions.get((run.procedure, run.version))
        return pinned if pinned is not None else self.active[run.procedure]


@dataclass(frozen=True, slots=True)
class Traced:
    """Steps that one run went through in this turn."""

    run: str
    procedure: str
    version: int
    steps: tuple[str, ...]
    began: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """A conversation after an event, what it wants done, what its runs went through, and the runs that changed."""

    conversation: Conversation
    effects: tuple[Effect, ...]
    traces: tuple[Traced, ...]
    ended: tuple[Run, ...]


def converse(conversation: Conversation, event: e.Event, catalogue: Catalogue, given: Given) -> Turn:
    """Give an event to a conversation. Raises RuleError for what is not allowed now."""
    return _Talk(conversation, catalogue, given).handle(event)


class _Talk:
    """One turn at work: a working copy of the conversation."""

    def __init__(self, conversation: Conversation, catalogue: Catalogue, given: Given) -> None:
        self.was = conversation
        self.catalogue = catalogue
        self.given = given
        self.runs = list(conversation.runs)
        self.changes: dict[str, Any] = {}
        self.effects: list[Effect] = []
        self.traces: list[Traced] = []
        self.ended: list[Run] = []
        self.began = 0

    def handle(self, event: e.Event) -> Turn:
        self._route(event)
        now = self.was.model_copy(update={**self.changes, "runs": tuple(self.runs)})
        return Turn(now, tuple(self.effects), tuple(self.traces), tuple(self.ended))

    def _route(self, event: e.Event) -> None:
        match event:
            case e.Said():
                self._said(event)
            case e.Clicked():
                self._clicked(event)
            case e.StartRequested():
                self._start_requested(event)
            case e.Decided():
                self._decided(event)
            case e.EffectSucceeded() | e.EffectFailed() | e.EffectUnknown():
                self._result(event)
            case e.Cancelled():
                self._cancel()
            case e.RunStopped():
                self._run_stopped(event)
            case e.TakenOver():
                self.changes |= {"mode": "member", "member": event.by, "status": "open"}
                self._tell("taken_over", name=event.by)
            case e.Replied():
                self.changes |= {"mode": "member", "member": event.by, "status": "open"}
            case e.HandedBack():
                self._handed_back()
            case e.Resolved():
                self.changes |= {"status": "resolved", "mode": "agent", "member": None}
                self._stop(self.runs[:], event.by)
            case _:
                assert_never(event)

    # what the customer says

    def _said(self, event: e.Said) -> None:
        if self.was.status == "resolved":
            self.changes["status"] = "open"
        if self.was.mode == "member":
            return
        by_kind = {command.kind: command for command in event.commands}
        if self.was.busy and not by_kind.keys() & {"cancel", "hand_over"}:
            self.changes["unread"] = (*self.was.unread, event.text)
            return
        self.changes["unread"] = ()
        if isinstance(by_kind.get("hand_over"), c.HandOver):
            self._hand_over(by_kind["hand_over"].reason)  # type: ignore[union-attr]
        elif "cancel" in by_kind:
            self._cancel()
        elif self.top and isinstance(self.top.waiting, ForConfirmation):
            self._give(self.top, e.Confirmed(yes=yes_or_no(event.text)))
        else:
            self._follow(event)

    def _follow(self, event: e.Said) -> None:
        understood = False
        for command in event.commands:
            match command:
                case c.SetVariables() if self.top and isinstance(self.top.waiting, ForAnswer):
                    self._give(self.top, e.Answered(text=event.text, values=command.values))
                    understood = True
                case c.StartProcedure():
                    understood = self._start(command.procedure, command.values, event.text, True) or understood
                case c.Clarify():
                    understood = self._clarify(command.between) or understood
                case _:
                    continue
        if understood:
            self.changes["misunderstood"] = 0
            if not any(isinstance(command, c.Clarify) for command in event.commands):
                self.changes["choice"] = ()
        else:
            self._not_understood(event)

    def _not_understood(self, event: e.Said) -> None:
        waiting = self.top.waiting if self.top else None
        match waiting:
            case ForAnswer():
                assert self.top is not None
                self._give(self.top, e.Answered(text=event.text))
            case ForApproval() | ForOutcome():
                self._tell("waiting_for_colleague")
            case _:
                self._at_a_loss()

    def _at_a_loss(self) -> None:
        count = self.was.misunderstood + 1
        self.changes["misunderstood"] = count
        if count >= MISUNDERSTOOD_LIMIT:
            self._tell("too_many_tries")
            self._to_a_person(f"The agent did not understand {count} messages in a row.")
            return
        names = [published.name for published in self.catalogue.active.values()][:LISTED]
        if names and count == 1:
            self._tell("can_help_with", list=", ".join(names))
        else:
            self._tell("not_understood")

    def _clarify(self, between: tuple[str, ...]) -> bool:
        known = tuple(slug for slug in between if slug in self.catalogue.active)[:2]
        if len(known) < 2:
            return False
        first, second = (self.catalogue.active[slug].name for slug in known)
        self.changes["choice"] = known
        text = sentence("which_one", self.given.language, first=first, second=second)
        self.effects.append(Ask(text=text, question="choice", choices=(first, second)))
        return True

    def _clicked(self, event: e.Clicked) -> None:
        if self.was.mode == "member":
            raise RuleError("A colleague has taken this conversation over.")
        if event.question == "choice":
            self._chosen(event.choice)
            return
        run = next((run for run in self.runs if run.id == event.question), None)
        if run is None or run is not self.top or not isinstance(run.waiting, ForAnswer | ForConfirmation):
            raise RuleError("That question is no longer open.")
        if isinstance(run.waiting, ForConfirmation):
            if event.choice not in ("yes", "no"):
                raise RuleError("A confirmation is answered with `yes` or `no`.")
            self._give(run, e.Confirmed(yes=event.choice == "yes"))
        else:
            self._give(run, e.Answered(text=event.choice, values={run.waiting.variable: event.choice}))

    def _chosen(self, choice: str) -> None:
        for slug in self.was.choice:
            if choice in (slug, self.catalogue.active[slug].name if slug in self.catalogue.active else slug):
                self.changes["choice"] = ()
                self._start(slug, {}, choice, True)
                return
        raise RuleError("That question is no longer open.")

    # runs begin, go on and end

    @property
    def top(self) -> Run | None:
        return self.runs[-1] if self.runs else None

    def _start_requested(self, event: e.StartRequested) -> None:
        if self.was.mode == "member":
            raise RuleError("A colleague has taken this conversation over: hand it back first.")
        if event.procedure not in self.catalogue.active:
            raise RuleError(f"There is no active procedure `{event.procedure}`.")
        if not self._start(event.procedure, event.arguments, "", False):
            raise RuleError("Too many procedures are open in this conversation.")

    def _start(self, slug: str, values: dict[str, Any], words: str, volunteered: bool) -> bool:
        """Put a run of an active procedure on top; False where nothing came of it."""
        published = self.catalogue.active.get(slug)
        if published is None:
            return False
        running = next((run for run in self.runs if run.procedure == slug and run.parent is None), None)
        if running is not None:
            self._remind(running)
            return True
        if len(self.runs) >= DEEPEST:
            self._tell("busy")
            return True
        self._begin(published, values, words, None, volunteered)
        return True

    def _begin(
        self,
        published: Published,
        values: dict[str, Any],
        words: str,
        parent: str | None,
        volunteered: bool = False,
    ) -> None:
        given = self.given
        run_id = derived_id("run", given.at, given.conversation, given.version, self.began, published.slug)
        self.began += 1
        self._after(
            begin(published, run_id, values, given, parent=parent, words=words, volunteered=volunteered),
            began=True,
        )

    def _give(self, run: Run, event: e.RunEvent) -> None:
        self._after(advance(self.catalogue.of(run), run, event, self.given))

    def _after(self, advanced: Advanced, began: bool = False) -> None:
        """Take over what a run came to: its place in the stack, its effects, the run below it."""
        run = advanced.run
        if advanced.trace or began:
            self.traces.append(Traced(run.id, run.procedure, run.version, advanced.trace, began))
        position = next((at for at, one in enumerate(self.runs) if one.id == run.id), None)
        if position is None:
            self.runs.append(run)
            position = len(self.runs) - 1
        else:
            self.runs[position] = run
        was_on_top = position == len(self.runs) - 1
        for effect in advanced.effects:
            self._take(effect, was_on_top)
        children = [effect for effect in advanced.effects if isinstance(effect, StartProcedure)]
        if children:
            self._begin_child(run, children[0])
        elif run.status != "running":
            self._ended(run, was_on_top)

    def _take(self, effect: Effect, on_top: bool) -> None:
        match effect:
            case StartProcedure():
                return
            case Ask() if not on_top:
                return  # an interrupted run's question waits until it is on top again
            case HandOver():
                self.changes |= {"mode": "member", "member": None}
            case Perform(act=Tag() as act):
                tags = self.changes.get("tags", self.was.tags)
                self.changes["tags"] = tags if act.tag in tags else (*tags, act.tag)
            case Perform(act=Resolve()):
                self.changes["status"] = "resolved"
        self.effects.append(effect)

    def _begin_child(self, run: Run, wanted: StartProcedure) -> None:
        published = self.catalogue.of(run).procedures.get(wanted.procedure)
        if published is None or len(self.runs) >= DEEPEST:
            why = "is not there" if published is None else "would lie too deep"
            self._tell("failed")
            self._to_a_person(f"The procedure `{wanted.procedure}` that `{run.procedure}` calls {why}.")
            self._stop([run], "engine", "failed")
            return
        given = self.given
        child = derived_id("run", given.at, given.conversation, given.version, self.began, wanted.procedure)
        waiting = run.model_copy(update={"waiting": ForRun(run=child)})
        self.runs[self.runs.index(run)] = waiting
        self._begin(published, wanted.arguments, run.words, run.id)

    def _ended(self, run: Run, was_on_top: bool) -> None:
        self.runs = [one for one in self.runs if one.id != run.id]
        self.ended.append(run)
        parent = next((one for one in self.runs if one.id == run.parent), None)
        if parent is not None:
            ended = e.ChildEnded(run=run.id, outcome=run.status, variables=run.variables)
            self._give(parent, ended)
        elif was_on_top and self._mode == "agent" and self.top:
            self._tell("back_to", name=self.catalogue.of(self.top).name)
            self._remind(self.top)

    @property
    def _mode(self) -> str:
        return str(self.changes.get("mode", self.was.mode))

    def _remind(self, run: Run) -> None:
        """Say again what a run is waiting for."""
        match run.waiting:
            case ForAnswer():
                self.effects.append(Ask(text=run.waiting.prompt, question=run.id, choices=tuple(run.waiting.choices)))
            case ForConfirmation():
                self.effects.append(Ask(text=run.waiting.prompt, question=run.id, choices=("yes", "no")))
            case ForApproval() | ForOutcome():
                self._tell("waiting_for_colleague")
            case ForEffect():
                self._tell("still_working")
            case ForRun():
                child = next((one for one in self.runs if one.id == run.waiting.run), None)
                if child is not None:
                    self._remind(child)
            case None:
                return
            case _:
                assert_never(run.waiting)

    # what members and acts bring

    def _decided(self, event: e.Decided) -> None:
        run = next((run for run in self.runs if getattr(run.waiting, "approval", None) == event.approval), None)
        if run is None:
            raise RuleError("This approval is no longer open.")
        _check_decision(run, event)
        if self.was.mode == "agent":
            self._give(run, event)
        elif event.decision in ("approve", "retry", "happened"):
            raise RuleError("The conversation is with a member: hand it back to the agent first, then decide.")
        else:
            self._end_quietly(run, event)

    def _end_quietly(self, run: Run, event: e.Decided) -> None:
        """A decision against an act while a member talks to the customer: nothing is said."""
        status: Any = {"reject": "rejected", "expire": "expired", "take_over": "taken_over"}[event.decision]
        assert isinstance(run.waiting, ForApproval | ForOutcome)
        self.effects.append(
            CloseApproval(
                approval=run.waiting.approval,
                status=status,
                by=event.by,
                reason=event.reason,
                run=run.id,
                seq=run.waiting.seq,
            )
        )
        if isinstance(run.waiting, ForApproval):
            self.effects.append(Forgo(run=run.id, seq=run.waiting.seq))
        self._stop([run.model_copy(update={"waiting": None})], event.by, "escalated")

    def _result(self, event: e.Result) -> None:
        run = next((run for run in self.runs if run.id == event.run), None)
        if run is None or not isinstance(run.waiting, ForEffect) or run.waiting.seq != event.seq:
            return
        if self.was.mode == "member":
            held = run.model_copy(update={"held": event})
            self.runs[self.runs.index(run)] = held
            return
        self._give(run, event)

    def _handed_back(self) -> None:
        if self.was.mode != "member":
            raise RuleError("The conversation is with the agent already.")
        self.changes |= {"mode": "agent", "member": None, "misunderstood": 0}
        for run in [run for run in self.runs if run.held is not None]:
            assert run.held is not None
            released = run.model_copy(update={"held": None})
            self.runs[self.runs.index(run)] = released
            self._give(released, run.held)
        if self.top and not self.effects:
            self._remind(self.top)

    def _hand_over(self, reason: str) -> None:
        self._tell("handed_over")
        self._to_a_person(reason)

    def _to_a_person(self, reason: str) -> None:
        self.changes |= {"mode": "member", "member": None}
        self.effects.append(HandOver(reason=reason, run=self.top.id if self.top else None))

    def _cancel(self) -> None:
        """Stop what is on top, with the runs that called it."""
        if self.top is None:
            self._tell("nothing_to_cancel")
            return
        self._stop(self._chain(self.top), "customer")
        self._tell("cancelled")
        if self.top:
            self._tell("back_to", name=self.catalogue.of(self.top).name)
            self._remind(self.top)

    def _run_stopped(self, event: e.RunStopped) -> None:
        run = next((run for run in self.runs if run.id == event.run), None)
        if run is None:
            raise RuleError("This run is over already.")
        above = self.runs[self.runs.index(run) + 1 :]
        called = [one for one in above if run in self._chain(one)]
        self._stop([*reversed(called), *self._chain(run)], event.by)
        if self._mode == "agent":
            self._tell("cancelled")
            if self.top:
                self._remind(self.top)

    def _chain(self, run: Run) -> list[Run]:
        """A run, the one that called it, and so on."""
        chain = [run]
        while chain[-1].parent is not None:
            chain.append(next(one for one in self.runs if one.id == chain[-1].parent))
        return chain

    def _stop(self, runs: list[Run], by: str, outcome: str = "cancelled") -> None:
        for run in runs:
            if isinstance(run.waiting, ForApproval | ForConfirmation):
                self.effects.append(Forgo(run=run.id, seq=run.waiting.seq))
            if isinstance(run.waiting, ForApproval | ForOutcome):
                reason = "The run ended before a decision."
                self.effects.append(
                    CloseApproval(
                        approval=run.waiting.approval, status="lapsed", by=by, reason=reason, run=run.id,
                        seq=run.waiting.seq,
                    )
                )  # fmt: skip
            ended = run.model_copy(update={"status": outcome, "waiting": None})
            self.runs = [one for one in self.runs if one.id != run.id]
            self.ended.append(ended)
            self.effects.append(
                Complete(run=run.id, procedure=run.procedure, outcome=outcome, step=run.step)  # type: ignore[arg-type]
            )

    def _tell(self, key: str, **parameters: str) -> None:
        self.effects.append(Say(text=sentence(key, self.given.language, **parameters)))


def _check_decision(run: Run, event: e.Decided) -> None:
    about_outcome = isinstance(run.waiting, ForOutcome)
    allowed = ("happened", "retry", "take_over") if about_outcome else ("approve", "reject", "expire")
    if event.decision not in allowed:
        raise RuleError(f"This takes one of {', '.join(one for one in allowed if one != 'expire')}.")
    if event.decision == "reject" and not (event.reason or "").strip():
        raise RuleError("Rejecting needs a reason: it is for your colleagues, the customer does not see it.")

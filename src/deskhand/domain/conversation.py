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
    Notify,
    Perform,
    Resolve,
    Say,
    StartProcedure,
    Tag,
)
from deskhand.domain.errors import RuleError
from deskhand.domain.frame import Frame, Given
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
from deskhand.domain.steps.gated import YES_OR_NO, GatedStep
from deskhand.domain.yes_no import yes_or_no

DEEPEST = 8
"""Runs that may lie on top of each other."""
MISUNDERSTOOD_LIMIT = 4
"""Messages in a row that nothing came of before a person is called."""
MOST_BEGUN = 64
"""Runs that one turn may begin: procedures that run each other without a pause would go on for ever."""
LISTED = 5
"""Procedures that the agent names when it does not know what is wanted."""
NO_LONGER_OPEN = "That question is no longer open."


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What may be run: the active procedures, and the versions that runs began with."""

    active: Mapping[str, Published]
    versions: Mapping[tuple[str, int], Published] = field(default_factory=dict)

    def of(self, run: Run) -> Published:
        """The version that a run is pinned to. Raises RuleError where it is not there: no other one will do."""
        pinned = self.versions.get((run.procedure, run.version)) or self.active.get(run.procedure)
        if pinned is None or pinned.version != run.version:
            raise RuleError(f"Version {run.version} of `{run.procedure}`, which a run began with, is not there.")
        return pinned


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
        return Turn(now, tuple(self._without_overtaken()), tuple(self.traces), tuple(self.ended))

    def _without_overtaken(self) -> list[Effect]:
        """The effects without questions that were answered, interrupted or asked again within this very turn."""
        open_now = {"choice", self.top.question if self.top else None}
        kept: list[Effect] = []
        for effect in reversed(self.effects):
            if isinstance(effect, Ask):
                if effect.question not in open_now:
                    continue
                open_now.remove(effect.question)
            kept.append(effect)
        return kept[::-1]

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
                self._cancel(event.by)
            case e.RunStopped():
                self._run_stopped(event)
            case e.TakenOver():
                if self.was.member != event.by:
                    self._tell("taken_over", name=event.by)
                self.changes |= _with_a_person(event.by)
            case e.Replied():
                self.changes |= _with_a_person(event.by)
            case e.HandedBack():
                self._handed_back()
            case e.Resolved():
                self.changes |= {"status": "resolved", "mode": "agent", "member": None}
                self.changes |= {"choice": (), "unread": (), "misunderstood": 0}
                self._stop(self.runs[::-1], event.by)
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
            self._cancel("customer")
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
                self.changes["misunderstood"] = 0
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
        self.changes |= {"status": "open", "misunderstood": 0}
        if event.question == "choice":
            self._chosen(event.choice)
            return
        run = self.top
        if run is None or run.question != event.question:
            raise RuleError(NO_LONGER_OPEN)
        if isinstance(run.waiting, ForAnswer):
            self._give(run, e.Answered(text=event.choice, values={run.waiting.variable: event.choice}))
        elif event.choice in YES_OR_NO:
            self._give(run, e.Confirmed(yes=event.choice == "yes"))
        else:
            raise RuleError("A confirmation is answered with `yes` or `no`.")

    def _chosen(self, choice: str) -> None:
        for slug in self.was.choice:
            if slug in self.catalogue.active and choice in (slug, self.catalogue.active[slug].name):
                self.changes["choice"] = ()
                self._start(slug, {}, choice, True)
                return
        raise RuleError(NO_LONGER_OPEN)

    # runs begin, go on and end

    @property
    def top(self) -> Run | None:
        return self.runs[-1] if self.runs else None

    def _start_requested(self, event: e.StartRequested) -> None:
        if self.was.mode == "member":
            raise RuleError("A colleague has taken this conversation over: hand it back first.")
        if event.procedure not in self.catalogue.active:
            raise RuleError(f"There is no active procedure `{event.procedure}`.")
        if self._open(event.procedure):
            raise RuleError(f"`{event.procedure}` is running in this conversation already.")
        if len(self.runs) >= DEEPEST:
            raise RuleError("Too many procedures are open in this conversation.")
        self._start(event.procedure, event.arguments, "", False)

    def _start(self, slug: str, values: dict[str, Any], words: str, volunteered: bool) -> bool:
        """Put a run of an active procedure on top; False where nothing came of it."""
        published = self.catalogue.active.get(slug)
        if published is None:
            return False
        running = self._open(slug)
        if running is not None:
            self._return_to(running, values, words)
            return True
        if len(self.runs) >= DEEPEST:
            self._tell("busy")
            return True
        self._begin(published, values, words, volunteered=volunteered)
        return True

    def _open(self, slug: str) -> Run | None:
        """The run of a procedure that was started for itself, not by another one."""
        return next((run for run in self.runs if run.procedure == slug and run.parent is None), None)

    def _return_to(self, run: Run, values: dict[str, Any], words: str) -> None:
        """Put an open run on top again, with what it called, and go on with it."""
        called = [one for one in self.runs if run in self._chain(one)]
        interrupted = called[-1] is not self.top
        self.runs = [one for one in self.runs if one not in called] + called
        top = called[-1]
        if values and isinstance(top.waiting, ForAnswer):
            self._give(top, e.Answered(text=words, values=values))
        elif interrupted:
            self._back()
        else:
            self._remind(top)

    def _begin(
        self,
        published: Published,
        values: dict[str, Any],
        words: str,
        parent: Run | None = None,
        volunteered: bool = False,
    ) -> None:
        begun = begin(
            published,
            self._next_id(published.slug),
            values,
            self.given,
            parent=parent.id if parent else None,
            words=words,
            volunteered=volunteered,
            irreversible=parent is not None and self._marked(parent),
        )
        self.began += 1
        if parent is None:
            self.changes["status"] = "open"
        self._after(begun, began=True)

    def _next_id(self, slug: str) -> str:
        given = self.given
        return derived_id("run", given.at, given.conversation, given.version, self.began, slug)

    def _marked(self, run: Run) -> bool:
        """Whether what the run calls belongs to something irreversible."""
        return run.irreversible or self.catalogue.of(run).procedure.irreversible

    def _give(self, run: Run, event: e.RunEvent) -> None:
        self._after(advance(self.catalogue.of(run), run, event, self.given))

    def _after(self, advanced: Advanced, began: bool = False) -> None:
        """Take over what a run came to: its place in the stack, its effects, the run below it."""
        run = advanced.run
        if advanced.trace or began:
            self.traces.append(Traced(run.id, run.procedure, run.version, advanced.trace, began))
        position = next((at for at, one in enumerate(self.runs) if one.id == run.id), None)
        if position is None:
            position = self._place(run)
            self.runs.insert(position, run)
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

    def _place(self, run: Run) -> int:
        """Where a new run goes: right above the one that called it, which may be interrupted, or on top."""
        above = (at + 1 for at, one in enumerate(self.runs) if one.id == run.parent)
        return next(above, len(self.runs))

    def _take(self, effect: Effect, on_top: bool) -> None:
        match effect:
            case StartProcedure():
                return
            case Ask() if not on_top:
                return  # an interrupted run's question waits until it is on top again
            case HandOver():
                self.changes |= _with_a_person(None)
            case Perform(act=Tag() as act):
                tags = self.changes.get("tags", self.was.tags)
                self.changes["tags"] = tags if act.tag in tags else (*tags, act.tag)
            case Perform(act=Resolve()):
                self.changes["status"] = "resolved"
        self.effects.append(effect)

    def _begin_child(self, run: Run, wanted: StartProcedure) -> None:
        published = self.catalogue.of(run).procedures.get(wanted.procedure)
        if published is None or len(self.runs) >= DEEPEST or self.began >= MOST_BEGUN:
            why = "is not there" if published is None else "would lie too deep, or runs without a pause for ever"
            self._tell("failed")
            self._to_a_person(f"The procedure `{wanted.procedure}` that `{run.procedure}` calls {why}.", run.id)
            self._stop(self._chain(run), "engine", "failed")
            return
        waiting = run.model_copy(update={"waiting": ForRun(run=self._next_id(published.slug))})
        self.runs[self.runs.index(run)] = waiting
        self._begin(published, wanted.arguments, run.words, waiting)

    def _ended(self, run: Run, was_on_top: bool) -> None:
        self.runs = [one for one in self.runs if one.id != run.id]
        self.ended.append(run)
        parent = next((one for one in self.runs if one.id == run.parent), None)
        if parent is not None:
            ended = e.ChildEnded(run=run.id, outcome=run.status, variables=run.variables)
            self._give(parent, ended)
        elif was_on_top and self._mode == "agent":
            self._back()

    def _back(self) -> None:
        """Go on with what was interrupted, if anything was."""
        if self.top is None:
            return
        if any(run.id == self.top.id for run in self.was.runs):
            self._tell("back_to", name=self.catalogue.of(self._chain(self.top)[-1]).name)
        self._remind(self.top)

    @property
    def _mode(self) -> str:
        return str(self.changes.get("mode", self.was.mode))

    def _remind(self, run: Run) -> None:
        """Say again what a run is waiting for."""
        match run.waiting:
            case ForAnswer() | ForConfirmation():
                self._ask_again(run, run.waiting)
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

    def _ask_again(self, run: Run, waiting: ForAnswer | ForConfirmation) -> None:
        last = self.effects[-1] if self.effects else None
        if isinstance(last, Ask) and last.question == run.question:
            return  # it was asked just now, perhaps with what was wrong
        choices = YES_OR_NO if isinstance(waiting, ForConfirmation) else tuple(waiting.choices)
        self.effects.append(Ask(text=waiting.prompt, question=run.question or "", choices=choices))

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
        decided = run.model_copy(update={"waiting": None})
        self._stop([decided, *self._chain(run)[1:]], event.by, "escalated")

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
            # what was released first may have called a person, who then has the conversation again
            if run.held is not None and run in self.runs and self._mode == "agent":
                released = run.model_copy(update={"held": None})
                self.runs[self.runs.index(run)] = released
                self._give(released, run.held)
        if self.top and self._mode == "agent" and (not self.effects or self.top.question):
            self._remind(self.top)

    def _hand_over(self, reason: str) -> None:
        self._tell("handed_over")
        self._to_a_person(reason)

    def _to_a_person(self, reason: str, run: str | None = None) -> None:
        self.changes |= _with_a_person(None)
        self.effects.append(HandOver(reason=reason, run=run or (self.top.id if self.top else None)))

    def _cancel(self, by: str) -> None:
        """Stop what is on top, with the runs that called it; nothing is said while a member has the conversation."""
        self.changes["choice"] = ()
        late = self.top is not None and _may_still_happen(self.top)
        stopped = self._chain(self.top) if self.top else []
        self._stop(stopped, by)
        if self.was.mode == "member":
            return
        if stopped:
            self._tell("cancelled_late" if late else "cancelled")
            self._back()
        else:
            self._tell("cancelled" if self.was.choice else "nothing_to_cancel")

    def _run_stopped(self, event: e.RunStopped) -> None:
        run = next((run for run in self.runs if run.id == event.run), None)
        if run is None:
            raise RuleError("This run is over already.")
        above = self.runs[self.runs.index(run) + 1 :]
        called = [one for one in above if run in self._chain(one)]
        stopped = [*reversed(called), *self._chain(run)]
        was_on_top, late = self.top in stopped, any(map(_may_still_happen, stopped))
        self._stop(stopped, event.by)
        if self._mode == "member":
            return
        self._tell("cancelled_late" if late else "cancelled")
        if was_on_top:
            self._back()
        elif self.top:
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
            if _may_still_happen(run):
                self._warn(run)
            ended = run.model_copy(update={"status": outcome, "waiting": None})
            self.runs = [one for one in self.runs if one.id != run.id]
            self.ended.append(ended)
            self.effects.append(
                Complete(run=run.id, procedure=run.procedure, outcome=outcome, step=run.step)  # type: ignore[arg-type]
            )

    def _warn(self, run: Run) -> None:
        """Tell the members of an act that nobody will look after any more."""
        published = self.catalogue.of(run)
        step = published.procedure.by_id[run.step]
        what = step.describe(Frame.of(published, run, self.given)) if isinstance(step, GatedStep) else run.step
        description = f"The run was stopped, but this may have happened or still happen: {what}"
        self.effects.append(Notify(run=run.id, step=run.step, description=description))

    def _tell(self, key: str, **parameters: str) -> None:
        self.effects.append(Say(text=sentence(key, self.given.language, **parameters)))


def _with_a_person(member: str | None) -> dict[str, Any]:
    """What changes when a person has the conversation: they read themselves what the agent has not yet read."""
    return {"mode": "member", "member": member, "status": "open", "unread": ()}


def _may_still_happen(run: Run) -> bool:
    """Whether an act that changes something is on its way, or may have happened."""
    if isinstance(run.waiting, ForOutcome):
        return True
    return isinstance(run.waiting, ForEffect) and run.held is None and run.waiting.act.changes


def _check_decision(run: Run, event: e.Decided) -> None:
    about_outcome = isinstance(run.waiting, ForOutcome)
    allowed = ("happened", "retry", "take_over") if about_outcome else ("approve", "reject", "expire")
    if event.decision not in allowed:
        raise RuleError(f"This takes one of {', '.join(one for one in allowed if one != 'expire')}.")
    if event.decision == "reject" and not (event.reason or "").strip():
        raise RuleError("Rejecting needs a reason: it is for your colleagues, the customer does not see it.")

"""The stack of a conversation's runs while one turn works on it: runs begin, go on, end and are stopped."""

from dataclasses import replace
from typing import Any, assert_never

from deskhand.domain import events as e
from deskhand.domain.correcting import can_correct, plan
from deskhand.domain.effects import (
    Ask,
    BrowserDone,
    CloseApproval,
    Complete,
    CreateLead,
    Effect,
    Forgo,
    HandOver,
    Notify,
    Perform,
    Resolve,
    Say,
    ShowButton,
    ShowComponent,
    ShowForm,
    StartProcedure,
    SwitchTopic,
    Tag,
)
from deskhand.domain.facts import Ledger
from deskhand.domain.frame import Frame, Given
from deskhand.domain.ids import derived_id
from deskhand.domain.interpreter import Advanced, advance, begin, correct, wrong_values
from deskhand.domain.lapsing import LAPSED
from deskhand.domain.leads import details_of
from deskhand.domain.procedure import Published
from deskhand.domain.questions import valid_values
from deskhand.domain.sentences import sentence
from deskhand.domain.state import (
    Conversation,
    ForAnswer,
    ForApproval,
    ForBrowser,
    ForClick,
    ForComponent,
    ForConfirmation,
    ForEffect,
    ForForm,
    ForOutcome,
    ForRun,
    Run,
)
from deskhand.domain.steps.gated import YES_OR_NO, GatedStep
from deskhand.domain.steps.guarding import DIRECT, is_direct
from deskhand.domain.turn import Catalogue, Traced

DEEPEST = 8
"""Runs that may lie on top of each other."""
MOST_BEGUN = 64
"""Runs that one turn may begin: procedures that run each other without a pause would go on for ever."""


class Stack:
    """A working copy of a conversation's runs, with what they say and want done."""

    def __init__(self, conversation: Conversation, catalogue: Catalogue, given: Given) -> None:
        self.was = conversation
        self.catalogue = catalogue
        ledger = Ledger(
            dict(conversation.facts), conversation.identity, dict(conversation.uses), given.ledger.taken
        )  # fmt: skip
        self.given = replace(given, ledger=ledger)
        self.runs = list(conversation.runs)
        self.changes: dict[str, Any] = {}
        self.effects: list[Effect] = []
        self.traces: list[Traced] = []
        self.ended: list[Run] = []
        self.began = 0

    @property
    def top(self) -> Run | None:
        return self.runs[-1] if self.runs else None

    @property
    def _mode(self) -> str:
        return str(self.changes.get("mode", self.was.mode))

    def _tell(self, key: str, **parameters: str) -> None:
        self.effects.append(Say(text=sentence(key, self.given.language, **parameters)))

    def _to_a_person(self, reason: str, run: str | None = None) -> None:
        self.changes |= with_a_person(None)
        self.effects.append(HandOver(reason=reason, run=run or (self.top.id if self.top else None)))

    def _open(self, slug: str) -> Run | None:
        """The run of a procedure that was started for itself, not by another one."""
        return next((run for run in self.runs if run.procedure == slug and run.parent is None), None)

    def _chain(self, run: Run) -> list[Run]:
        """A run, the one that called it, and so on."""
        chain = [run]
        while chain[-1].parent is not None:
            chain.append(next(one for one in self.runs if one.id == chain[-1].parent))
        return chain

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
            prefilled={} if parent else self.was.prefilled,
            irreversible=parent is not None and self._marked(parent),
            action=published.actions[published.slug.removeprefix(DIRECT)] if is_direct(published.slug) else None,
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
            case Ask() | ShowForm() | ShowButton() | ShowComponent() if not on_top:
                return  # an interrupted run's question waits until it is on top again
            case HandOver():
                self.changes |= with_a_person(None, effect.to)
            case SwitchTopic():
                self.changes["topic"] = effect.topic
            case Perform(act=Tag() as act):
                tags = self.changes.get("tags", self.was.tags)
                self.changes["tags"] = tags if act.tag in tags else (*tags, act.tag)
            case Perform(act=Resolve()):
                self.changes["status"] = "resolved"
            case Perform(act=CreateLead() as lead):
                self.changes["lead"] = details_of(lead)
        self.effects.append(effect)

    def _begin_child(self, run: Run, wanted: StartProcedure) -> None:
        if is_direct(wanted.procedure):
            published = self.catalogue.find(wanted.procedure)
        else:
            published = self.catalogue.of(run).procedures.get(wanted.procedure)
        if published is None or len(self.runs) >= DEEPEST or self.began >= MOST_BEGUN:
            why = "is not there" if published is None else "would lie too deep, or runs without a pause for ever"
            self._tell("failed")
            self._to_a_person(f"The procedure `{wanted.procedure}` that `{run.procedure}` calls {why}.", run.id)
            self._stop(self._chain(run), "engine", "failed")
            return
        check = run.waiting.check if isinstance(run.waiting, ForRun) else None
        waiting = run.model_copy(update={"waiting": ForRun(run=self._next_id(published.slug), check=check)})
        self.runs[self.runs.index(run)] = waiting
        self._begin(published, wanted.arguments, run.words, waiting)

    def _ended(self, run: Run, was_on_top: bool) -> None:
        self.runs = [one for one in self.runs if one.id != run.id]
        self.ended.append(run)
        parent = next((one for one in self.runs if one.id == run.parent), None)
        if parent is not None:
            ended = e.ChildEnded(run=run.id, outcome=run.status, variables=run.variables, acted=bool(run.acted))
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

    def _return_to(self, run: Run, values: dict[str, Any], words: str) -> None:
        """Put an open run on top again, with what it called, and go on with it."""
        called = [one for one in self.runs if run in self._chain(one)]
        interrupted = called[-1] is not self.top
        self.runs = [one for one in self.runs if one not in called] + called
        top = called[-1]
        if values and self._take_values(values, words):
            return
        if interrupted:
            self._back()
        else:
            self._remind(top)

    def _remind(self, run: Run) -> None:
        """Say again what a run is waiting for."""
        match run.waiting:
            case ForAnswer() | ForConfirmation():
                self._ask_again(run, run.waiting)
            case ForForm() | ForClick() | ForComponent():
                self._show_again(run, run.waiting)
            case ForBrowser():
                self._tell("still_working")
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

    def _show_again(self, run: Run, waiting: ForForm | ForClick | ForComponent) -> None:
        last = self.effects[-1] if self.effects else None
        if isinstance(last, ShowForm | ShowButton | ShowComponent) and last.question == run.question:
            return
        question = run.question or ""
        match waiting:
            case ForForm():
                self.effects.append(ShowForm(question=question, form=waiting.form))
            case ForClick():
                self.effects.append(ShowButton(question=question, button=waiting.button))
            case ForComponent():
                shown = ShowComponent(question=question, text=waiting.text, component=waiting.component)
                self.effects.append(shown)

    def _stop(self, runs: list[Run], by: str, outcome: str = "cancelled") -> None:
        for run in runs:
            self._lapse(run, by, LAPSED["run_ended"])
            if may_still_happen(run):
                self._warn(run)
            if isinstance(run.waiting, ForBrowser):
                self.effects.append(_given_up(run, run.waiting))
            ended = run.model_copy(update={"status": outcome, "waiting": None})
            self.runs = [one for one in self.runs if one.id != run.id]
            self.ended.append(ended)
            self.effects.append(
                Complete(run=run.id, procedure=run.procedure, outcome=outcome, step=run.step)  # type: ignore[arg-type]
            )

    def _lapse(self, run: Run, by: str, reason: str) -> None:
        """Give up an act that somebody still has to agree to."""
        if isinstance(run.waiting, ForApproval | ForConfirmation):
            self.effects.append(Forgo(run=run.id, seq=run.waiting.seq))
        if isinstance(run.waiting, ForApproval | ForOutcome):
            self.effects.append(
                CloseApproval(
                    approval=run.waiting.approval, status="lapsed", by=by, reason=reason, run=run.id,
                    seq=run.waiting.seq,
                )
            )  # fmt: skip

    def _take_values(self, values: dict[str, Any], text: str) -> bool:
        """Values that the customer gave: the answer to the question, or something else than before."""
        top = self.top
        waiting = top.waiting if top else None
        asked = waiting.variable if isinstance(waiting, ForAnswer) else None
        other = {name: value for name, value in values.items() if name != asked and self._differs(name, value)}
        rest = {name: value for name, value in values.items() if name not in other}
        before = top.waiting if top else None
        corrected = bool(other) and self._correct(other, rest)
        if corrected and (asked not in rest or self.top is None or self.top.waiting is not before):
            return True  # what was said besides went along
        top = self.top
        if top is None or not isinstance(top.waiting, ForAnswer) or self._mode == "member":
            return corrected
        self._give(top, e.Answered(text=text, values=rest))
        return True

    def _differs(self, name: str, value: Any) -> bool:
        """Whether the customer said something else before."""
        top = self.top
        if top is None or not can_correct(top, name):
            return False
        frame = Frame.of(self.catalogue.of(top), top, self.given)
        fitting = dict(valid_values(frame, {name: value}))
        return name in fitting and fitting[name] != top.variables[name] and not frame.still_to_come(name)

    def _correct(self, values: dict[str, Any], also: dict[str, Any] | None = None) -> bool:
        """Take back what the customer said before; False where no open run has it from them.

        also: what they said besides, for the questions that come.
        """
        run = next((one for one in reversed(self.runs) if any(self._correctable(one, name) for name in values)), None)
        if run is None:
            return False
        changed = {name: value for name, value in values.items() if self._correctable(run, name)}
        published = self.catalogue.of(run)
        wanted = plan(published, run, changed, wrong_values(published, run, changed, self.given))
        called = [one for one in self.runs if run in self._chain(one)[1:]]
        moves = wanted.back_to is not None
        if wanted.too_late or may_still_happen(run) or (moves and any(map(_has_acted, called))):
            names = ", ".join(f"`{name}`" for name in changed)
            self._tell("too_late_to_correct")
            self._to_a_person(f"The customer corrected {names} after something had been done with it.", run.id)
            return True
        if moves:
            self._stop(called[::-1], "customer")
            self._lapse(run, "customer", LAPSED["corrected"])
        self._tell("corrected")
        self._after(correct(published, run, changed, wanted, self.given, also or {}))
        if self.top and not moves:
            self._remind(self.top)
        return True

    def _correctable(self, run: Run, name: str) -> bool:
        """Whether it can be asked for again, or checked: what stands in forms cannot."""
        return name in self.catalogue.of(run).procedure.asked and can_correct(run, name)

    def _warn(self, run: Run) -> None:
        """Tell the members of an act that nobody will look after any more."""
        published = self.catalogue.of(run)
        step = published.procedure.by_id[run.step]
        what = step.describe(Frame.of(published, run, self.given)) if isinstance(step, GatedStep) else run.step
        description = f"The run was stopped, but this may have happened or still happen: {what}"
        self.effects.append(Notify(run=run.id, step=run.step, description=description))


def with_a_person(member: str | None, desk: str | None = None) -> dict[str, Any]:
    """What changes when a person has the conversation: they read themselves what the agent has not yet read.

    desk: the channel of the outside system that they work with.
    """
    return {"mode": "member", "member": member, "status": "open", "unread": (), "reading": None, "desk": desk}


def _has_acted(run: Run) -> bool:
    return bool(run.acted) or may_still_happen(run)


def _given_up(run: Run, waiting: ForBrowser) -> BrowserDone:
    """The journal's end of a script whose run was stopped."""
    problem = "The run was stopped before the customer's page reported back."
    return BrowserDone(
        run=run.id, seq=waiting.seq, step=run.step, question=run.question or "", outcome="unknown", problem=problem
    )


def may_still_happen(run: Run) -> bool:
    """Whether an act that changes something is on its way, or may have happened."""
    if isinstance(run.waiting, ForOutcome):
        return True
    if isinstance(run.waiting, ForBrowser):
        return True
    return isinstance(run.waiting, ForEffect) and run.held is None and run.waiting.may_change

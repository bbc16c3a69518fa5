"""`converse(conversation, event, catalogue, given)` routes an event to a conversation's runs. It performs nothing."""

from typing import Any, assert_never

from deskhand.domain import commands as c
from deskhand.domain import events as e
from deskhand.domain.effects import Ask, CloseApproval, Effect, Forgo, Guarded, ShowButton, ShowForm
from deskhand.domain.errors import RuleError
from deskhand.domain.facts import IDLE
from deskhand.domain.frame import Given
from deskhand.domain.procedure import Published
from deskhand.domain.sentences import sentence
from deskhand.domain.stack import DEEPEST, Stack, may_still_happen, with_a_person
from deskhand.domain.state import (
    Conversation,
    ForAnswer,
    ForApproval,
    ForBrowser,
    ForClick,
    ForConfirmation,
    ForEffect,
    ForForm,
    ForOutcome,
    Run,
)
from deskhand.domain.steps.gated import YES_OR_NO
from deskhand.domain.steps.guarding import DIRECT, is_direct
from deskhand.domain.templates import Scope
from deskhand.domain.turn import Catalogue, Turn
from deskhand.domain.yes_no import yes_or_no

MISUNDERSTOOD_LIMIT = 4
"""Messages in a row that nothing came of before a person is called."""
LISTED = 5
"""Procedures that the agent names when it does not know what is wanted."""
NO_LONGER_OPEN = "That question is no longer open."


def converse(conversation: Conversation, event: e.Event, catalogue: Catalogue, given: Given) -> Turn:
    """Give an event to a conversation. Raises RuleError for what is not allowed now."""
    return _Talk(conversation, catalogue, given).handle(event)


class _Talk(Stack):
    """One turn at work: an event is routed to the runs."""

    def handle(self, event: e.Event) -> Turn:
        self._hear(event)
        self._route(event)
        self._keep_facts()
        now = self.was.model_copy(update={**self.changes, "runs": tuple(self.runs)})
        return Turn(now, tuple(self._without_overtaken()), tuple(self.traces), tuple(self.ended))

    def _without_overtaken(self) -> list[Effect]:
        """The effects without questions that were answered, interrupted or asked again within this very turn."""
        open_now = {"choice", self.top.question if self.top else None}
        kept: list[Effect] = []
        for effect in reversed(self.effects):
            if isinstance(effect, Ask | ShowForm | ShowButton):
                if effect.question not in open_now:
                    continue
                open_now.remove(effect.question)
            kept.append(effect)
        return kept[::-1]

    def _hear(self, event: e.Event) -> None:
        """Facts expire when the customer was silent for long, unless it was us who kept them waiting."""
        said = isinstance(event, e.Said | e.Clicked | e.FormSubmitted)
        begins = said or isinstance(event, e.StartRequested | e.ActionRequested)
        waits = any(isinstance(run.waiting, ForApproval | ForOutcome | ForEffect) for run in self.runs)
        if begins and self.was.heard_at and not waits and self.given.at - self.was.heard_at > IDLE:
            self.given.ledger.forget()
        if said or waits:  # until now the silence was ours
            self.changes["heard_at"] = self.given.at

    def _keep_facts(self) -> None:
        ledger = self.given.ledger
        if ledger.facts or ledger.identity:
            self.changes.setdefault("heard_at", self.was.heard_at or self.given.at)
        else:
            self.changes["heard_at"] = 0
        self.changes |= {"facts": ledger.facts, "identity": ledger.identity, "uses": ledger.uses}

    def _identified(self, event: e.Identified) -> None:
        """A change of identity voids what was established for the one before."""
        before = self.was.contact
        if before is not None and not before.is_same(event.contact):
            self.given.ledger.forget()
        self.changes["contact"] = event.contact

    def _route(self, event: e.Event) -> None:
        match event:
            case e.Said():
                self._said(event)
            case e.Clicked():
                self._clicked(event)
            case e.FormSubmitted():
                self._submitted(event)
            case e.BrowserReturned():
                self._browser_returned(event)
            case e.Identified():
                self._identified(event)
            case e.StartRequested():
                self._start_requested(event)
            case e.ActionRequested():
                self._action_requested(event)
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
                self.changes |= with_a_person(event.by)
            case e.Replied():
                self.changes |= with_a_person(event.by)
            case e.HandedBack():
                self._handed_back()
            case e.Resolved():
                self.changes |= {"status": "resolved", "mode": "agent", "member": None}
                self.changes |= {"choice": (), "unread": (), "misunderstood": 0}
                self._stop(self.runs[::-1], event.by)
            case _:
                assert_never(event)

    # what the customer says and clicks

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
                case c.SmallTalk() if not self.top:
                    self._chat(command)
                    understood = True
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
            case ForForm() | ForClick():
                assert self.top is not None
                self._tell("press_or_fill")
                self._remind(self.top)
            case ForBrowser():
                self._tell("still_working")
            case _:
                self._at_a_loss()

    def _at_a_loss(self) -> None:
        count = self.was.misunderstood + 1
        self.changes["misunderstood"] = count
        if count >= MISUNDERSTOOD_LIMIT:
            self._tell("too_many_tries")
            self._to_a_person(f"The agent did not understand {count} messages in a row.")
            return
        if self._offers and count == 1:
            self._tell("can_help_with", list=self._offers)
        else:
            self._tell("not_understood")

    @property
    def _offers(self) -> str:
        return ", ".join([published.name for published in self.catalogue.active.values()][:LISTED])

    def _chat(self, command: c.SmallTalk) -> None:
        if command.about != "greeting":
            self._tell(command.about)
        elif self._offers:
            self._tell("greeting", list=self._offers)
        else:
            self._tell("greeting_empty")

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
        elif isinstance(run.waiting, ForClick):
            self._give(run, e.Pressed())
        elif isinstance(run.waiting, ForForm | ForBrowser):
            raise RuleError("That is nothing to click.")
        elif event.choice in YES_OR_NO:
            self._give(run, e.Confirmed(yes=event.choice == "yes"))
        else:
            raise RuleError("A confirmation is answered with `yes` or `no`.")

    def _submitted(self, event: e.FormSubmitted) -> None:
        if self.was.mode == "member":
            raise RuleError("A colleague has taken this conversation over.")
        run = self.top
        if run is None or run.question != event.question or not isinstance(run.waiting, ForForm):
            raise RuleError(NO_LONGER_OPEN)
        self.changes |= {"status": "open", "misunderstood": 0}
        self._give(run, e.Submitted(values=event.values))

    def _browser_returned(self, event: e.BrowserReturned) -> None:
        run = next((run for run in self.runs if run.question == event.question), None)
        if run is None or not isinstance(run.waiting, ForBrowser) or run.held is not None:
            raise RuleError("That script's result is no longer awaited.")
        if self.was.mode == "member":
            self.runs[self.runs.index(run)] = run.model_copy(update={"held": event})
        else:
            self._give(run, event)

    def _chosen(self, choice: str) -> None:
        for slug in self.was.choice:
            if slug in self.catalogue.active and choice in (slug, self.catalogue.active[slug].name):
                self.changes["choice"] = ()
                self._start(slug, {}, choice, True)
                return
        raise RuleError(NO_LONGER_OPEN)

    # procedures are started

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

    def _action_requested(self, event: e.ActionRequested) -> None:
        action = self.given.actions.get(event.action)
        if action is None:
            raise RuleError(f"There is no action `{event.action}`.")
        if not action.usable:
            raise RuleError(f"The action `{event.action}` is switched off. {action.disabled_reason}".rstrip())
        if event.action not in self.given.enabled:
            raise RuleError(f"The action `{event.action}` is not switched on for this conversation's agent.")
        self._supersede(DIRECT + event.action)
        self._start_requested(e.StartRequested(procedure=DIRECT + event.action, arguments=event.arguments))

    def _supersede(self, slug: str) -> None:
        """Give up an earlier request for the same action that the customer has not answered yet.

        A yes that was asked for its arguments is then a yes to nothing: the new ones are confirmed anew.
        """
        top = self.top
        unanswered = ForAnswer | ForConfirmation | ForForm | ForClick
        if top is not None and top.procedure == slug and isinstance(top.waiting, unanswered):
            self._stop([top], "agent")

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
        if is_direct(slug) and self._skipped(published, values):
            return False
        self._begin(published, values, words, volunteered=volunteered)
        return True

    def _skipped(self, published: Published, values: dict[str, Any]) -> bool:
        """Whether the conditions of “when not to use” hold already; the agent then leaves the action alone."""
        action = next(iter(published.actions.values()))
        scope = Scope({**self.given.context, **self.given.ledger.values(), **values})
        held = next((one for one in action.skip_when if one.holds(scope)), None)
        if held is None:
            return False
        reason = f"“{action.name}” is not used where {held}."
        self.effects.append(Guarded(run="", step="", action=action.slug, rule="when_not_to_use", reason=reason))
        return True

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

    def _cancel(self, by: str) -> None:
        """Stop what is on top, with the runs that called it; nothing is said while a member has the conversation."""
        self.changes["choice"] = ()
        late = self.top is not None and may_still_happen(self.top)
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
        was_on_top, late = self.top in stopped, any(map(may_still_happen, stopped))
        self._stop(stopped, event.by)
        if self._mode == "member":
            return
        self._tell("cancelled_late" if late else "cancelled")
        if was_on_top:
            self._back()
        elif self.top:
            self._remind(self.top)


def _check_decision(run: Run, event: e.Decided) -> None:
    about_outcome = isinstance(run.waiting, ForOutcome)
    allowed = ("happened", "retry", "take_over") if about_outcome else ("approve", "reject", "expire")
    if event.decision not in allowed:
        raise RuleError(f"This takes one of {', '.join(one for one in allowed if one != 'expire')}.")
    if event.decision == "reject" and not (event.reason or "").strip():
        raise RuleError("Rejecting needs a reason: it is for your colleagues, the customer does not see it.")

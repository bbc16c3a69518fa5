"""`converse(conversation, event, catalogue, given)` routes an event to a conversation's runs. It performs nothing."""

from typing import Any, assert_never

from deskhand.domain import events as e
from deskhand.domain.deciding import MayNotDecide, barred
from deskhand.domain.effects import Ask, CloseApproval, Effect, Forgo, ShowButton, ShowComponent, ShowForm
from deskhand.domain.errors import RuleError
from deskhand.domain.facts import IDLE
from deskhand.domain.frame import Given
from deskhand.domain.leads import details_of
from deskhand.domain.listening import Listening
from deskhand.domain.model import Json
from deskhand.domain.page_values import page_values
from deskhand.domain.phrases import joined, phrase
from deskhand.domain.procedure import Published
from deskhand.domain.stack import DEEPEST, may_still_happen, with_a_person
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
    Offer,
    Run,
)
from deskhand.domain.steps.gated import YES_OR_NO, GatedStep
from deskhand.domain.steps.guarding import DIRECT, is_direct
from deskhand.domain.tags import tagged
from deskhand.domain.turn import Catalogue, Turn

NO_LONGER_OPEN = "That question is no longer open."
MENU = "menu"
"""The question that a click on one of the procedures that are always there answers."""
OFFER_CHOICES = ("accept", "decline")


def converse(conversation: Conversation, event: e.Event, catalogue: Catalogue, given: Given) -> Turn:
    """Give an event to a conversation. Raises RuleError for what is not allowed now."""
    return _Talk(conversation, catalogue, given).handle(event)


class _Talk(Listening):
    """One turn at work: an event is routed to the runs."""

    def handle(self, event: e.Event) -> Turn:
        self._hear(event)
        self._route(event)
        if self._waiting_requests and self._with_members and self._mode == "agent":
            self._next_request()
        self._keep_facts()
        if self.was.status == "resolved" and self.changes.get("status") == "open":
            self.changes.setdefault("assignee", None)  # a new matter, so nobody's yet
        if not self.changes.get("choice", self.was.choice):
            self.changes["choice_values"] = {}
        now = self.was.model_copy(update={**self.changes, "runs": tuple(self.runs)})
        return Turn(now, tuple(self._without_overtaken()), tuple(self.traces), tuple(self.ended))

    def _without_overtaken(self) -> list[Effect]:
        """The effects without questions that were answered, interrupted or asked again within this very turn."""
        open_now = {"choice", self.top.question if self.top else None}
        kept: list[Effect] = []
        for effect in reversed(self.effects):
            if isinstance(effect, Ask | ShowForm | ShowButton | ShowComponent):
                if effect.question not in open_now:
                    continue
                open_now.remove(effect.question)
            kept.append(effect)
        return kept[::-1]

    def _hear(self, event: e.Event) -> None:
        """Facts expire when the customer was silent for long, unless it was us who kept them waiting."""
        said = isinstance(event, e.Said | e.Clicked | e.FormSubmitted | e.ComponentReturned)
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
        before, visitor = self.was.contact, self.was.visitor
        if before is not None and not before.is_same(event.contact):
            self.given.ledger.forget()
        self.changes["contact"] = event.contact
        if event.user is not None and visitor is not None:
            if visitor.user not in (None, event.user):
                raise RuleError("This conversation is another customer's.")
            self.changes["visitor"] = visitor.model_copy(update={"user": event.user})

    def _page_said(self, event: e.Visited | e.VariablesGiven) -> None:
        self.changes["prefilled"] = page_values(self.was.prefilled, event.variables)
        self.changes["attributes"] = page_values(self.was.attributes, event.attributes)

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
            case e.ComponentReturned():
                self._component_returned(event)
            case e.Identified():
                self._identified(event)
            case e.Visited():
                self._page_said(event)
            case e.VariablesGiven():
                self._page_said(event)
                self.changes["language"] = event.language or self.was.language
            case e.StartRequested(customer=True):
                self._picked(event.procedure, event.arguments)
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
                self.changes |= {**with_a_person(event.by), "assignee": event.by}
            case e.Replied():
                person = with_a_person(event.by, self.was.desk)
                self.changes |= {**person, "assignee": self.was.assignee or event.by}
            case e.HandedBack():
                self._handed_back()
            case e.Assigned():
                self.changes["assignee"] = event.member
            case e.Tagged():
                self.changes["tags"] = tagged(self.was.tags, event)
            case e.NoteAdded():
                pass  # it is for members alone, and changes nothing
            case e.Resolved():
                self._resolved(event)
            case e.ReadUnread():
                self._read_unread()
            case e.Understood():
                self._understood(event)
            case e.FeedbackGiven():
                self._reacted(event)
            case e.OfferLate():
                self._passed_over(tuple(one for one in self.standing if one.id == event.offer))
            case e.TopicSwitched():
                self.changes["topic"] = event.topic
            case e.LeadGiven():
                self.changes["lead"] = details_of(event)
            case e.ReadingLate() | e.Assisted():
                raise TypeError(f"{event.kind} is taken apart before it comes here")
            case _:
                assert_never(event)

    # what the customer clicks

    def _clicked(self, event: e.Clicked) -> None:
        if self.was.mode == "member":
            raise RuleError("A colleague has taken this conversation over.")
        self.changes |= {"status": "open", "misunderstood": 0}
        if event.question == "choice":
            self._chosen(event.choice)
            return
        if event.question == MENU:
            self._chosen_from_menu(event.choice)
            return
        offer = next((one for one in self.standing if one.id == event.question), None)
        if offer is not None:
            self._answered_offer(offer, event.choice)
            return
        run = self.top
        if run is None or run.question != event.question:
            raise RuleError(NO_LONGER_OPEN)
        if isinstance(run.waiting, ForAnswer):
            self._give(run, e.Answered(text=event.choice, values={run.waiting.variable: event.choice}))
        elif isinstance(run.waiting, ForClick):
            self._give(run, e.Pressed())
        elif isinstance(run.waiting, ForComponent) and not run.waiting.fields:
            self._give(run, e.ComponentReturned(question=event.question))
        elif isinstance(run.waiting, ForForm | ForComponent | ForBrowser):
            raise RuleError("That is nothing to click.")
        elif event.choice in YES_OR_NO:
            self._give(run, e.Confirmed(yes=event.choice == "yes"))
        else:
            raise RuleError("A confirmation is answered with `yes` or `no`.")

    def _answered_offer(self, offer: Offer, choice: str) -> None:
        if choice not in OFFER_CHOICES:
            raise RuleError("An offer is answered with `accept` or `decline`.")
        if choice == "accept":
            self._accept(offer)
        else:
            self._decline(offer)

    def _chosen_from_menu(self, slug: str) -> None:
        """Start what stands in the customer's menu all the time."""
        published = self.catalogue.active.get(slug)
        if published is None or not published.procedure.trigger.always or self._refuses(published, {}):
            raise RuleError("That is not in the menu any more.")
        self._put_on_top(published, {})

    def _picked(self, slug: str, values: dict[str, Json]) -> None:
        """Start what the customer picked in the host page; nobody is told whether it is there, or whom it is for."""
        published = None if is_direct(slug) or self.was.mode == "member" else self.catalogue.active.get(slug)
        if published is None or self._refuses(published, values):
            raise RuleError("That cannot be started here now.")
        self.changes |= {"status": "open", "misunderstood": 0}
        self._put_on_top(published, values)

    def _put_on_top(self, published: Published, values: dict[str, Json]) -> None:
        """Go on with what the customer picked, or begin it."""
        running = self._open(published.slug)
        if running is not None:
            self._return_to(running, values, "")
        else:
            self._run(published, values, "", True)

    def _reacted(self, event: e.FeedbackGiven) -> None:
        """A thumbs-down brings what is there for such a case."""
        if event.reaction == "negative" and self._mode == "agent":
            brought = self._bring("feedback", self._triggered("on_negative_feedback"), event.reason)
            if brought and self.top and self.top.question:
                self._remind(self.top)  # a yes is then about what was asked last

    def _resolved(self, event: e.Resolved) -> None:
        self._reading_over()
        self._passed_over(self.standing)
        self.changes |= {"status": "resolved", "mode": "agent", "member": None, "desk": None}
        self.changes |= {"choice": (), "unread": (), "misunderstood": 0, "queued": (), "offers": ()}
        self._stop(self.runs[::-1], event.by)

    def _submitted(self, event: e.FormSubmitted) -> None:
        if self.was.mode == "member":
            raise RuleError("A colleague has taken this conversation over.")
        run = self.top
        if run is None or run.question != event.question or not isinstance(run.waiting, ForForm | ForComponent):
            raise RuleError(NO_LONGER_OPEN)
        self.changes |= {"status": "open", "misunderstood": 0}
        if isinstance(run.waiting, ForForm):
            self._give(run, e.Submitted(values=event.values))
        else:  # where there is no page, what a component asks for is given like a form
            self._give(run, e.ComponentReturned(question=event.question, value=event.values))

    def _component_returned(self, event: e.ComponentReturned) -> None:
        if self.was.mode == "member":
            raise RuleError("A colleague has taken this conversation over.")
        run = self.top
        if run is None or run.question != event.question or not isinstance(run.waiting, ForComponent):
            raise RuleError(NO_LONGER_OPEN)
        self.changes |= {"status": "open", "misunderstood": 0}
        self._give(run, event)

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
                if not self._start(slug, self.was.choice_values, choice, True):
                    self._tell("not_possible")
                return
        raise RuleError(NO_LONGER_OPEN)

    # procedures are started

    def _start_requested(self, event: e.StartRequested) -> None:
        if self.was.mode == "member":
            raise RuleError("A colleague has taken this conversation over: hand it back first.")
        if event.procedure not in self.catalogue.active:
            raise RuleError(phrase("There is no active procedure `{procedure}`.", procedure=event.procedure))
        if self._open(event.procedure):
            raise RuleError(phrase("`{procedure}` is running in this conversation already.", procedure=event.procedure))
        if len(self.runs) >= DEEPEST:
            raise RuleError("Too many procedures are open in this conversation.")
        published = self.catalogue.active[event.procedure]
        if event.procedure in self.given.barred:
            why = self.given.barred[event.procedure]
            raise RuleError(phrase("`{slug}` is not for this customer: {why}", slug=event.procedure, why=why))
        if is_direct(event.procedure) and self._refuses(published, event.arguments):
            return
        self._run(published, event.arguments, "", False)

    def _action_requested(self, event: e.ActionRequested) -> None:
        action = self.given.actions.get(event.action)
        if action is None:
            raise RuleError(phrase("There is no action `{action}`.", action=event.action))
        if not action.usable:
            off = phrase("The action `{action}` is switched off.", action=event.action)
            raise RuleError(joined((off, action.disabled_reason)) if action.disabled_reason else off)
        if event.action not in self.given.enabled:
            raise RuleError(
                phrase("The action `{action}` is not switched on for this conversation's agent.", action=event.action)
            )
        self._supersede(DIRECT + event.action)
        self._start_requested(e.StartRequested(procedure=DIRECT + event.action, arguments=event.arguments))

    def _supersede(self, slug: str) -> None:
        """Give up an earlier request for the same action that the customer has not answered yet.

        A yes that was asked for its arguments is then a yes to nothing: the new ones are confirmed anew.
        """
        top = self.top
        unanswered = ForAnswer | ForConfirmation | ForForm | ForClick | ForComponent
        if top is not None and top.procedure == slug and isinstance(top.waiting, unanswered):
            self._stop([top], "agent")

    # what members and acts bring

    def _decided(self, event: e.Decided) -> None:
        run = next((run for run in self.runs if getattr(run.waiting, "approval", None) == event.approval), None)
        if run is None:
            raise RuleError("This approval is no longer open.")
        self._check_right(run, event)
        _check_decision(run, event)
        if self.was.mode == "agent":
            self._give(run, event)
        elif event.decision in ("approve", "retry", "happened"):
            raise RuleError("The conversation is with a member: hand it back to the agent first, then decide.")
        else:
            self._end_quietly(run, event)

    def _check_right(self, run: Run, event: e.Decided) -> None:
        """Raises MayNotDecide where somebody else has to."""
        if event.decider is None:
            return
        published = self.catalogue.of(run)
        step = published.procedure.by_id[run.step]
        assert isinstance(step, GatedStep)
        revised = run.waiting.revised if isinstance(run.waiting, ForApproval) else None
        about = "outcome" if isinstance(run.waiting, ForOutcome) else "approval"
        why_not = barred(step.rights(published, revised), about, self.given.four_eyes, event.decider)
        if why_not is not None:
            raise MayNotDecide(why_not.sentence)

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
        self.changes |= {"mode": "agent", "member": None, "desk": None, "assignee": None, "misunderstood": 0}
        for run in [run for run in self.runs if run.held is not None]:
            # what was released first may have called a person, who then has the conversation again
            if run.held is not None and run in self.runs and self._mode == "agent":
                released = run.model_copy(update={"held": None})
                self.runs[self.runs.index(run)] = released
                self._give(released, run.held)
        if self.top and self._mode == "agent" and (not self.effects or self.top.question):
            self._remind(self.top)

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
        raise RuleError(
            phrase("This takes one of {allowed}.", allowed=", ".join(one for one in allowed if one != "expire"))
        )
    if event.decision == "reject" and not (event.reason or "").strip():
        raise RuleError("Rejecting needs a reason: it is for your colleagues, the customer does not see it.")
    if event.decision == "approve" and isinstance(run.waiting, ForApproval):
        made = run.waiting.revised.revisions if run.waiting.revised else ()
        if len(made) != event.based_on:
            by = phrase("This request is not the edited one")
            if made:
                by = phrase("{name} edited this request", name=made[-1].by.name)
            raise RuleError(
                phrase("{by}: look at it again, then approve what it is now (`based_on`: {at}).", by=by, at=len(made))
            )

"""Starting procedures, and offering those that the customer decides about."""

from typing import Any

from deskhand.domain.comparisons import Comparison
from deskhand.domain.effects import CloseOffer, Guarded, ShowOffer
from deskhand.domain.frame import Frame
from deskhand.domain.ids import derived_id
from deskhand.domain.procedure import Published
from deskhand.domain.questions import valid_values
from deskhand.domain.sentences import sentence
from deskhand.domain.stack import DEEPEST, Stack
from deskhand.domain.state import ForApproval, ForOutcome, Offer, OfferReason, Queued, Run
from deskhand.domain.steps.guarding import is_direct
from deskhand.domain.templates import Scope

SILENCE = 30 * 60_000
"""Milliseconds after which an offer without an answer counts as ignored."""
MOST_OFFERED = 3
"""Offers that one event makes."""
MOST_STANDING = 8
"""Offers that stand before the customer at a time; older ones go."""
MOST_QUEUED = 4


class Offering(Stack):
    """A stack of runs that begin by themselves, or once the customer accepts."""

    @property
    def standing(self) -> tuple[Offer, ...]:
        offers: tuple[Offer, ...] = self.changes.get("offers", self.was.offers)
        return offers

    def _start(self, slug: str, values: dict[str, Any], words: str, volunteered: bool) -> bool:
        """Put a run of an active procedure on top, or offer it; False where nothing came of it."""
        published = self.catalogue.active.get(slug)
        if published is None:
            return False
        running = self._open(slug)
        if running is not None:
            beside = self._is_with_members(running) and self._is_another(running, values)
            if beside:  # what they are asked to agree to is one thing, and this is another
                self._queue(slug, values, words)
            self._return_to(running, {} if beside else values, words)
            return True
        if self._refuses(published, values):
            return False
        if not is_direct(slug) and published.procedure.offered(asked_for=True):
            self._offer(published, "request", values, words)
            return True
        return self._run(published, values, words, volunteered)

    def _run(self, published: Published, values: dict[str, Any], words: str, volunteered: bool) -> bool:
        if len(self.runs) >= DEEPEST:
            self._tell("busy")
            return True
        before = next((one.values for one in self.standing if one.procedure == published.slug), {})
        values = {**before, **values} if volunteered else values
        self._close_offers(published.slug, "accepted")
        self._begin(published, values, words, volunteered=volunteered)
        return True

    def _refuses(self, published: Published, values: dict[str, Any]) -> bool:
        """Whether this customer may not have it, or the conditions of “when not to use” hold already."""
        slug, name = published.slug, published.name
        if slug in self.given.barred:
            self._guarded(slug, "audience", f"“{name}” is not for this customer: {self.given.barred[slug]}")
            return True
        conditions = published.procedure.trigger.skip_when
        if is_direct(slug):
            action = next(iter(published.actions.values()))
            slug, name, conditions = action.slug, action.name, action.skip_when
        held = self._first_held(conditions, values)
        if held is None:
            return False
        self._guarded(slug, "when_not_to_use", f"“{name}” is not used where {held}.")
        return True

    def _first_held(self, conditions: list[Comparison], values: dict[str, Any]) -> Comparison | None:
        if not conditions:
            return None
        scope = Scope({**self.given.context, **self.given.ledger.values(), **values})
        return next((one for one in conditions if one.holds(scope)), None)

    def _guarded(self, slug: str, rule: str, reason: str) -> None:
        self.effects.append(Guarded(run="", step="", action=slug, rule=rule, reason=reason))

    # what comes after what is going on

    def _queue(self, slug: str, values: dict[str, Any], words: str) -> bool:
        """Remember a second request until the first one is done."""
        queued = self._waiting_requests
        if slug not in self.catalogue.active or len(queued) >= MOST_QUEUED:
            return False
        running = self._open(slug)
        known = any(one.procedure == slug and values in ({}, one.values) for one in queued)
        if not known and (running is None or self._is_another(running, values)):
            self.changes["queued"] = (*queued, Queued(procedure=slug, values=values, words=words))
        return True

    def _is_another(self, running: Run, values: dict[str, Any]) -> bool:
        """Whether a request for an open procedure is about something else than its run."""
        frame = Frame.of(self.catalogue.of(running), running, self.given)
        return any(frame.variables.get(name) != value for name, value in valid_values(frame, values))

    def _is_with_members(self, running: Run) -> bool:
        """Whether a run, or what it called, waits for a member."""
        called = [run for run in self.runs if running in self._chain(run)]
        return isinstance(called[-1].waiting, ForApproval | ForOutcome)

    @property
    def _waiting_requests(self) -> tuple[Queued, ...]:
        queued: tuple[Queued, ...] = self.changes.get("queued", self.was.queued)
        return queued

    @property
    def _with_members(self) -> bool:
        """Whether what is on top waits for a member, who may take hours."""
        return self.top is not None and isinstance(self.top.waiting, ForApproval | ForOutcome)

    def _back(self) -> None:
        """Go on with the customer's next request, or with what was interrupted."""
        if not self._next_request():
            super()._back()

    def _next_request(self) -> bool:
        """Begin what the customer asked for besides; False where there is nothing left."""
        while following := next((one for one in self._waiting_requests if self._open(one.procedure) is None), None):
            self.changes["queued"] = tuple(one for one in self._waiting_requests if one is not following)
            published = self.catalogue.active.get(following.procedure)
            if published is not None:
                self._tell("next_is", name=published.name)
                if self._start(following.procedure, following.values, following.words, True):
                    return True
        return False

    # offers

    def _offer(self, published: Published, why: OfferReason, values: dict[str, Any], words: str) -> None:
        """Put a procedure before the customer; one that stands there already is not put there twice."""
        self._close_offers(published.slug, "ignored")
        given = self.given
        number = sum(isinstance(effect, ShowOffer) for effect in self.effects)
        name = derived_id("offer", given.at, given.conversation, given.version, published.slug, number)
        offer = Offer(id=name, procedure=published.slug, why=why, values=values, words=words)
        for old in self.standing[: -MOST_STANDING + 1]:
            self._close_offer(old, "ignored")
        self.changes["offers"] = (*self.standing, offer)
        text = sentence("offer", given.language, name=published.name)
        self.effects.append(
            ShowOffer(
                offer=name, procedure=published.slug, name=published.name, text=text, why=why, until=given.at + SILENCE
            )
        )  # fmt: skip

    def _bring(self, why: OfferReason, wanted: list[Published], words: str) -> bool:
        """Start what starts by itself, or else offer what fits; False where nothing does."""
        fitting = [one for one in wanted if self._open(one.slug) is None and not self._refuses(one, {})]
        itself = next((one for one in fitting if not one.procedure.offered(asked_for=False)), None)
        if itself is not None:
            return self._run(itself, {}, words, True)
        for published in fitting[:MOST_OFFERED]:
            self._offer(published, why, {}, words)
        return bool(fitting)

    def _triggered(self, flag: str) -> list[Published]:
        """The active procedures with a trigger of this kind."""
        found = [one for slug, one in self.catalogue.active.items() if not is_direct(slug)]
        return [one for one in found if getattr(one.procedure.trigger, flag)]

    def _accept(self, offer: Offer) -> bool:
        """Run what the customer accepted."""
        published = self.catalogue.active.get(offer.procedure)
        if published is None or self._refuses(published, offer.values):
            self._close_offer(offer, "ignored")
            self._tell("not_possible")
            return True
        self._close_offer(offer, "accepted")
        running = self._open(offer.procedure)
        if running is not None:
            self._return_to(running, offer.values, offer.words)
            return True
        return self._run(published, offer.values, offer.words, True)

    def _decline(self, offer: Offer) -> None:
        self._close_offer(offer, "declined")
        self._tell("offer_declined")
        if self.top:
            self._remind(self.top)

    def _close_offers(self, slug: str, status: Any) -> None:
        for offer in self.standing:
            if offer.procedure == slug:
                self._close_offer(offer, status)

    def _close_offer(self, offer: Offer, status: Any) -> None:
        self.changes["offers"] = tuple(one for one in self.standing if one.id != offer.id)
        if status != "ignored" or not offer.ignored:  # silence is recorded once
            self.effects.append(CloseOffer(offer=offer.id, procedure=offer.procedure, status=status))

    def _passed_over(self, offers: tuple[Offer, ...]) -> None:
        """The customer went on without an answer; the offers can still be accepted by a click."""
        names = {offer.id for offer in offers if not offer.ignored}
        marked = [
            one.model_copy(update={"ignored": True}) if one.id in names else one for one in self.standing
        ]  # fmt: skip
        for one in self.standing:
            if one.id in names:
                self.effects.append(CloseOffer(offer=one.id, procedure=one.procedure, status="ignored"))
        self.changes["offers"] = tuple(marked)

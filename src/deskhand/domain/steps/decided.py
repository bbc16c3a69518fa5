"""What members decide: whether an act is done, with what values, and what became of one that nobody knows of."""

from typing import TYPE_CHECKING, Any, assert_never

from deskhand.domain.deciding import Approvers, Person, Rights
from deskhand.domain.edits import Revised, Revision
from deskhand.domain.effects import CloseApproval, Forgo, RequestApproval, ReviseApproval
from deskhand.domain.errors import RuleError, TemplateError
from deskhand.domain.events import Decided
from deskhand.domain.frame import Finish, Frame, Goto, Move, Pause
from deskhand.domain.lapsing import LAPSED
from deskhand.domain.masking import masked_values
from deskhand.domain.state import ForApproval, ForOutcome, WithAct
from deskhand.domain.steps.asked import AskedStep, Rule, Stage
from deskhand.domain.steps.base import END
from deskhand.domain.steps.editing import Input, accepted, edited, hidden_in, unfit

if TYPE_CHECKING:
    from deskhand.domain.procedure import Published


class DecidedStep(AskedStep):
    """The part of a step with an act that follows a member's decision."""

    def decided(self, frame: Frame, waiting: ForApproval, event: Decided) -> Move:
        """Go on with what a member decided about an approval. Raises RuleError, UnfitEdit."""
        match event.decision:
            case "approve" if waiting.expires_at is not None and frame.given.at >= waiting.expires_at:
                raise RuleError("This approval has expired: nothing was sent.")
            case "approve" if event.stale:
                self._close(frame, waiting, "lapsed", event, LAPSED[event.changed])
                self.forgo(frame)
                return Goto(self.id)
            case "approve":
                return self._approved(frame, waiting, event)
            case "expire":
                return self._expired(frame, waiting, event)
            case "reject":
                self._close(frame, waiting, "rejected", event)
                self.forgo(frame)
                frame.say_sentence("handed_over")
                return Finish("escalated", f"{event.by} rejected “{self.describe(frame)}”: {event.reason}")
            case "happened" | "retry" | "take_over":
                return Pause()
            case _:
                assert_never(event.decision)

    def outcome_decided(self, frame: Frame, waiting: ForOutcome, event: Decided) -> Move:
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

    # approving, as it is or edited

    def _approved(self, frame: Frame, waiting: ForApproval, event: Decided) -> Move:
        revised = self._edit(frame, waiting, event) if event.values else None
        if revised is not None and frame.given.four_eyes and event.decider is not None:
            frame.waiting = revised  # somebody else has to agree to that
            return Pause()
        waiting = revised or waiting
        self._close(frame, waiting, "approved", event)
        if waiting.revised is None:
            return self.check_first(frame, waiting, "sending", intended=True)
        return self._go_on_edited(frame, waiting)

    def _go_on_edited(self, frame: Frame, waiting: ForApproval) -> Move:
        """What was edited is approved: the run has those values now, and the customer is asked again."""
        now = edited(frame, self.editable(frame), waiting.edits)
        frame.variables, frame.sources, frame.edits = now.variables, now.sources, now.edits
        granted = WithAct(**waiting.carried() | {"granted": True})
        stage: Stage = "asking" if self.confirmation(frame) else "sending"
        return self.check_first(frame, granted, stage, intended=True)

    def _edit(self, frame: Frame, waiting: ForApproval, event: Decided) -> ForApproval | None:
        """The approval with edited values, its request rendered anew; None where they are what they were before.

        Raises UnfitEdit.
        """
        before = edited(frame, self.editable(frame), waiting.edits)
        inputs = self.editable(before)
        edits = accepted(inputs, event.values, frame.given.region)
        if not edits:
            return None
        after = edited(before, inputs, edits)
        try:
            act = self.act(after)
            self.confirmation(after)
        except TemplateError as error:
            raise unfit(inputs, edits, error.sentence) from None
        hidden = (*before.sensitive(), *after.sensitive(), *hidden_in(inputs, edits))
        revised = _revised(waiting, before, inputs, edits, event, hidden, self.describe(before))
        frame.emit(Forgo(run=frame.run.id, seq=waiting.seq))
        wanted = self.wanted(frame, act)
        kept = waiting.carried() | {"act": act, "seq": wanted.seq, "key": wanted.key, "edits": dict(after.edits)}
        new = ForApproval(**kept, approval=waiting.approval, expires_at=waiting.expires_at, revised=revised)
        self.intend(frame, new)
        rule = self.rule(frame, act) or Rule("required", "This step requires approval.")
        frame.emit(ReviseApproval(request=self.requested(after, new, rule, new.expires_at, revised)))
        return new

    # asking, and what comes of no answer

    def put_before(self, frame: Frame, rule: Rule, expires_at: int | None) -> None:
        """Put what is waited for before the members."""
        frame.emit(self.requested(frame, frame.waiting, rule, expires_at))

    def requested(
        self,
        frame: Frame,
        waiting: ForApproval | ForOutcome,
        rule: Rule,
        expires_at: int | None,
        revised: Revised | None = None,
    ) -> RequestApproval:
        """What members are told of an act that waits for them."""
        asks = isinstance(waiting, ForApproval)
        return RequestApproval(
            approval=waiting.approval,
            about="approval" if asks else "outcome",
            run=frame.run.id,
            seq=waiting.seq,
            step=self.id,
            key=waiting.key,
            act=waiting.act,
            description=self.describe(frame),
            procedure=frame.published.procedure.name,
            version=frame.run.version,
            why=rule.why,
            rule=rule.sentence,
            variables=frame.readable_variables(),
            words=frame.masked(frame.run.words),
            sensitive=frame.sensitive(),
            expires_at=expires_at,
            after_expiry=self._after_expiry() if expires_at is not None else "",
            goes_to=self.on_no_decision() if expires_at is not None else None,
            rights=self.rights(frame.published, revised),
            asks_again=asks and self.confirmation(frame) is not None,
            editable=tuple(one.shown(frame.sensitive()) for one in self.editable(frame).values()) if asks else (),
            revised=revised,
        )

    def rights(self, published: "Published", revised: Revised | None) -> Rights:
        """Who may decide."""
        editor = revised.revisions[-1].by if revised else None
        return Rights(approvers=self.decided_by() or Approvers(), publisher=published.publisher, editor=editor)

    def _after_expiry(self) -> str:
        goes_to = self.on_no_decision()
        if goes_to == END:
            return "The run ends."
        return f"The run goes on with `{goes_to}`." if goes_to else "The conversation goes to a person."

    def _expired(self, frame: Frame, waiting: ForApproval, event: Decided) -> Move:
        self._close(frame, waiting, "expired", event)
        self.forgo(frame)
        goes_to = self.on_no_decision()
        if goes_to:
            return Goto(goes_to)
        frame.say_sentence("expired")
        return Finish("escalated", f"Nobody decided in time about “{self.describe(frame)}”.")

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


def _revised(
    waiting: ForApproval,
    before: Frame,
    inputs: dict[str, Input],
    edits: dict[str, Any],
    event: Decided,
    hidden: tuple[str, ...],
    description: str,
) -> Revised:
    """The request's first form, with this edit behind those before it."""
    by = Person(name=event.by, member=event.decider.member if event.decider else None)
    changes = tuple(inputs[name].change(value, hidden) for name, value in edits.items())
    revision = Revision(by=by, at=before.given.at, changes=changes)
    if waiting.revised is not None:
        return waiting.revised.model_copy(update={"revisions": (*waiting.revised.revisions, revision)})
    shown: Any = masked_values(waiting.act.shown(), hidden)
    return Revised(request=shown, description=description, revisions=(revision,))

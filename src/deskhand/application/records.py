"""From a turn to the rows that it writes: log entries, journal, approvals, runs, audit."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic_core import to_json

from deskhand.application.answers import Performed
from deskhand.application.cards import new_approval, revised_approval
from deskhand.domain import effects as f
from deskhand.domain import events as e
from deskhand.domain.assisting import side_of
from deskhand.domain.commands import Command
from deskhand.domain.ids import make_id
from deskhand.domain.masking import MASK, masked_values
from deskhand.domain.state import Conversation, ForAnswer, ForComponent, ForForm, Run
from deskhand.domain.steps.from_page import from_browser
from deskhand.domain.stored import dump
from deskhand.domain.turn import Traced, Turn
from deskhand.ports.language_model import Exchange
from deskhand.ports.turns import (
    ApprovalChange,
    AuditRow,
    DueChange,
    EffectChange,
    EffectStatus,
    Entry,
    Lead,
    Reservation,
    RunChange,
    Ticket,
    TurnCommit,
)

LONGEST_VALUE = 2_000
"""Characters of what a component gave that the log holds."""


def _files(event: e.Said | e.Replied) -> dict[str, Any]:
    return {"attachments": [one.model_dump() for one in event.attachments]} if event.attachments else {}


def _encode(body: dict[str, Any]) -> str:
    # several times as fast as the standard library's encoder, and every turn writes a few of these
    return to_json(body).decode()


@dataclass(slots=True)
class Records:
    """Collects what one turn writes."""

    workspace: str
    conversation: str
    version: int
    seq: int
    at: int
    entries: list[Entry] = field(default_factory=list)
    runs: list[RunChange] = field(default_factory=list)
    effects: list[EffectChange] = field(default_factory=list)
    approvals: list[ApprovalChange] = field(default_factory=list)
    due: list[DueChange] = field(default_factory=list)
    tickets: list[Ticket] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    audit: list[AuditRow] = field(default_factory=list)
    reserve: list[Reservation] = field(default_factory=list)
    release: list[Reservation] = field(default_factory=list)
    private: bool = False
    """Whether what is said is for a member: the team's assistant speaks."""
    before: Conversation | None = None
    """The conversation as the turn found it."""

    def commit(self, state: Conversation) -> TurnCommit:
        """Everything as one commit."""
        return TurnCommit(
            workspace=self.workspace,
            conversation=self.conversation,
            expected=self.version,
            seq=self.seq,
            state=dump(state),
            status=state.status,
            mode=state.mode,
            channel=state.channel,
            at=self.at,
            entries=tuple(self.entries),
            runs=tuple(self.runs),
            effects=tuple(self.effects),
            approvals=tuple(self.approvals),
            due=tuple(self.due),
            tickets=tuple(self.tickets),
            leads=tuple(self.leads),
            audit=tuple(self.audit),
            reserve=tuple(self.reserve),
            release=tuple(self.release),
        )

    # the log

    def entry(
        self,
        kind: str,
        body: dict[str, Any],
        *,
        customer: bool = False,
        run: str | None = None,
        event_id: str | None = None,
    ) -> None:
        self.seq += 1
        visible = "all" if customer and not self.private else "members"
        if customer and self.private:
            body = {**body, "to": "member"}
        self.entries.append(Entry(self.seq, kind, self.at, _encode(body), visible, run, event_id))  # type: ignore[arg-type]

    def event(self, event: e.Event, event_id: str | None, before: Conversation) -> None:
        """The entry of the event itself, where it has one; `before` tells what nobody may read of it."""
        self.before = before
        match event:
            case e.Said():
                text = MASK if asks_for_secret(before) else event.text
                self.entry("said", {"text": text, **_files(event)}, customer=True, event_id=event_id)
            case e.FormSubmitted():
                values = readable_form(before, event.values)
                self.entry("form_submitted", {"values": values}, customer=True, event_id=event_id)
            case e.BrowserReturned():
                self.entry("browser_returned", {"ok": event.ok}, event_id=event_id)
            case e.ComponentReturned():
                given = {"question": event.question, **_given_by_component(before, event.value)}
                self.entry("component_returned", given, event_id=event_id)
            case e.Identified():
                who = event.contact.model_dump(exclude_none=True, exclude={"attributes"})
                self.entry("identified", who, event_id=event_id)
                self.note("api", "conversation.identified", self.conversation)
            case e.Visited():
                page = event.model_dump(include={"url", "title", "attributes"}, exclude_defaults=True)
                self.entry("visited", page, event_id=event_id)
            case e.VariablesGiven():
                more = event.model_dump(include={"attributes", "language"}, exclude_defaults=True)
                self.entry("variables_given", {"names": sorted(event.variables), **more}, event_id=event_id)
            case e.ActionRequested():
                self.entry("action_requested", {"action": event.action}, event_id=event_id)
            case e.Assisted():
                asked = event.text if event.choice is None else event.choice
                secret = before.assistant is not None and asks_for_secret(side_of(before, event))
                wish = {"by": event.by, "agent": event.agent, "text": MASK if secret else asked}
                self.entry("assisted", wish, event_id=event_id)
                self.note(event.by, "conversation.assisted", self.conversation, {"agent": event.agent})
            case e.Clicked():
                clicked = {"question": event.question, "choice": event.choice}
                self.entry("clicked", clicked, customer=True, event_id=event_id)
            case e.Replied():
                words = {"text": event.text, "by": event.by, **_files(event)}
                self.entry("replied", words, customer=True, event_id=event_id)
            case e.TakenOver() | e.HandedBack() | e.Resolved() | e.Cancelled() | e.RunStopped():
                self.entry(event.kind, {"by": event.by}, event_id=event_id)
                self.note(event.by, f"conversation.{event.kind}", self.conversation)
            case e.NoteAdded():
                self.entry("note", {"text": event.text, "by": event.by}, event_id=event_id)
            case e.Assigned():
                self.entry("assigned", {"member": event.member, "by": event.by}, event_id=event_id)
                self.note(event.by, "conversation.assigned", self.conversation, {"member": event.member})
            case e.Tagged():
                change = {"add": list(event.add), "remove": list(event.remove), "by": event.by}
                self.entry("tagged", change, event_id=event_id)
                self.note(event.by, "conversation.tagged", self.conversation, change)
            case e.FeedbackGiven():
                reaction = event.model_dump(exclude={"kind"}, exclude_defaults=True)
                self.entry("feedback", reaction, customer=True, event_id=event_id)
            case e.LeadGiven():
                row = event.model_dump(exclude={"kind", "lead"})
                self.leads.append(Lead(id=event.lead, run=None, at=self.at, **row))
                self.entry("lead", {"lead": event.lead, "email": event.email}, event_id=event_id)
                self.note("customer", "lead.given", event.lead)
            case e.TopicSwitched():
                self.entry("topic_switched", {"topic": event.topic, "by": event.by}, event_id=event_id)
            case e.StartRequested():
                self.entry("start_requested", {"procedure": event.procedure}, event_id=event_id)
            case _:
                if event_id is not None:
                    self.entry(event.kind, {}, event_id=event_id)

    def hide_in_words(self, values: tuple[str, ...]) -> None:
        """Take values that nobody may read out of what the customer wrote in this turn."""
        if values:
            words = ("said", "understood", "model", "unanswered")
            self.entries = [_without(entry, values) if entry.kind in words else entry for entry in self.entries]

    def understood(self, commands: tuple[Command, ...], note: str | None = None) -> None:
        """What was understood of the customer's words, and why not by a model where one is set up."""
        if commands or note:
            found = [{"kind": one.kind, **one.model_dump(exclude_defaults=True)} for one in commands]
            body: dict[str, Any] = {"commands": found}
            self.entry("understood", body | ({"note": note} if note else {}))

    def exchange(self, exchange: Exchange, run: str | None = None) -> None:
        """What a model was asked, what it answered, and what that cost."""
        self.entry("model", exchange.body(), run=run)

    def turn(self, turn: Turn) -> None:
        """The entries and rows of one call of `converse`."""
        for trace in turn.traces:
            self.entry("steps", _steps(trace), run=trace.run)
        for effect in turn.effects:
            self._effect(effect)

    def _effect(self, effect: f.Effect) -> None:
        match effect:
            case f.Say():
                body: dict[str, Any] = {"text": effect.text}
                if effect.cites:
                    body["sources"] = [one.model_dump(exclude_none=True) for one in effect.cites]
                self.entry("say", body, customer=True)
            case f.ShowOffer():
                body = effect.model_dump(exclude={"kind", "until"})
                self.entry("offer", body, customer=True)
                self.due.append(DueChange("offer", effect.offer, effect.until))
            case f.CloseOffer():
                body = {"offer": effect.offer, "procedure": effect.procedure, "status": effect.status}
                self.entry("offer_closed", body, customer=True)
                self.due.append(DueChange("offer", effect.offer))
            case f.Unanswered():
                self.entry("unanswered", {"text": effect.text})
            case f.Read():
                self.due.append(DueChange("reading", effect.reading, effect.until))
            case f.ReadingDone():
                self.due.append(DueChange("reading", effect.reading))
            case f.Ask():
                body = {"text": effect.text, "question": effect.question}
                if effect.choices:
                    body["choices"] = effect.choices
                self.entry("ask", body, customer=True)
            case f.ShowForm():
                body = {"question": effect.question, **effect.form.model_dump(exclude_defaults=True, exclude={"kind"})}
                self.entry("show_form", body | ({"errors": effect.errors} if effect.errors else {}), customer=True)
            case f.ShowButton():
                body = {"question": effect.question, **effect.button.model_dump(exclude_none=True, exclude={"kind"})}
                self.entry("show_button", body, customer=True)
            case f.Suggest():
                self.entry("suggest", {"text": effect.text, "suggestions": effect.suggestions}, customer=True)
            case f.ShowComponent():
                shown = effect.component.model_dump(exclude_none=True)
                body = {"question": effect.question, "text": effect.text, "component": shown}
                self.entry("show_component", body | ({"errors": effect.errors} if effect.errors else {}), customer=True)
            case f.ComponentDone():
                self.entry("component_done", {"question": effect.question}, customer=True)
            case f.SwitchTopic():
                self.entry("topic_switched", {"topic": effect.topic, "by": "agent"})
            case f.RunInBrowser():
                body = {"question": effect.question, "script": f"/scripts/{effect.script}.mjs", "inputs": effect.inputs}
                self.entry("run_in_browser", body | {"until": effect.until}, customer=True, run=effect.run)
                self.due.append(DueChange("browser", effect.question, effect.until))
                self.note("agent", "script.run", effect.run, {"script": effect.script})
            case f.BrowserDone():
                self._browser_done(effect)
            case f.Guarded():
                body = {"step": effect.step, "action": effect.action, "rule": effect.rule, "reason": effect.reason}
                self.entry("guarded", body, run=effect.run or None)
                self.note("engine", "action.guarded", effect.action, {"rule": effect.rule, "reason": effect.reason})
            case f.Reserve():
                self.reserve.append(Reservation(effect.action, effect.value, effect.slot, effect.run))
            case f.Unreserve():
                self.release.append(Reservation(effect.action, effect.value, effect.slot, effect.run))
            case f.Intend():
                self._journal(effect, "intended", new=True)
            case f.Perform():
                # what Deskhand does to its own records is carried out by this very commit
                elsewhere = effect.act.outward or isinstance(effect.act, f.RunScript)
                self._journal(effect, "sent" if elsewhere else "succeeded", new=not effect.intended)
            case f.Forgo():
                self.effects.append(EffectChange(effect.run, effect.seq, "lapsed", self.at))
            case f.RequestApproval():
                self._approval(effect)
            case f.ReviseApproval():
                self._revised(effect.request)
            case f.CloseApproval():
                self._close(effect)
            case f.Notify():
                body = {"step": effect.step, "description": effect.description}
                self.entry("notified", body, run=effect.run)
            case f.HandOver():
                self._handed_over(effect)
            case f.Complete():
                body = {"procedure": effect.procedure, "outcome": effect.outcome, "step": effect.step}
                self.entry("run_ended", body, run=effect.run)
            case f.StartProcedure():
                pass

    def _handed_over(self, effect: f.HandOver) -> None:
        """Two entries of one kind: the members' with the reason, and the customer's, who asked for live chat."""
        about = {"available": effect.available, "to": effect.to}
        body = {"reason": effect.reason, **{name: value for name, value in about.items() if value is not None}}
        self.entry("handed_over", body, run=effect.run)
        if effect.available is not None:
            self.entry("handed_over", {"available": effect.available}, customer=True, run=effect.run)

    # runs

    def run_changes(self, before: Conversation, after: Conversation, ended: list[Run]) -> None:
        """Rows for every run that began, ended, or now waits for something else."""
        known = {run.id: run for run in before.all_runs}
        for run in (*after.all_runs, *ended):
            old = known.get(run.id)
            if old is None or _standing(old) != _standing(run):
                self.runs.append(self._run_change(run, old is None))

    def _run_change(self, run: Run, new: bool) -> RunChange:
        waiting = run.waiting.kind if run.waiting else None
        over = run.status != "running"
        return RunChange(
            id=run.id,
            procedure=run.procedure,
            version=run.version,
            status=run.status,
            waiting=waiting,
            step=run.step,
            at=self.at,
            new=new,
            state=dump(run) if over else None,
        )

    # the journal, approvals and the audit trail

    def _journal(self, effect: f.Intend | f.Perform, status: EffectStatus, new: bool) -> None:
        self.effects.append(
            EffectChange(
                run=effect.run,
                seq=effect.seq,
                status=status,
                at=self.at,
                new=new,
                kind=effect.act.kind,
                step=effect.step,
                key=effect.key,
                request=_release(effect) if new else None,
                action=effect.act.handling.action
                if isinstance(effect.act, f.CallHttp | f.CallTool | f.RunScript)
                else None,
            )
        )

    def _browser_done(self, effect: f.BrowserDone) -> None:
        """What the customer's page made of a script."""
        response = {"status": None, "ms": effect.milliseconds, "body": effect.value}
        if effect.problem:
            response["problem"] = effect.problem
        self.effects.append(
            EffectChange(effect.run, effect.seq, effect.outcome, self.at, response=_encode(response))
        )  # fmt: skip
        self.due.append(DueChange("browser", effect.question))
        body: dict[str, Any] = {"step": effect.step, "seq": effect.seq, "outcome": effect.outcome}
        body |= {"ms": effect.milliseconds}
        if effect.problem:
            body["problem"] = effect.problem[:300]
        self.entry("run_script", body, run=effect.run)
        self.note("browser", "script.returned", effect.run, body)

    def result(self, wanted: f.Perform, performed: Performed) -> None:
        """What became of an outward act: the journal's row, an entry, an audit row."""
        status: EffectStatus = "succeeded"
        if isinstance(performed.result, e.EffectFailed):
            status = "failed"
        elif isinstance(performed.result, e.EffectUnknown):
            status = "unknown"
        handling = wanted.act.handling if isinstance(wanted.act, f.CallHttp | f.CallTool) else f.Handling()
        body = masked_values(performed.body, handling.sensitive)
        response = {"status": performed.status, "ms": performed.milliseconds, "body": body}
        if performed.problem:
            response["problem"] = performed.problem
        if performed.tries > 1:
            response["tries"] = performed.tries
        self.effects.append(EffectChange(wanted.run, wanted.seq, status, self.at, response=_encode(response)))
        summary = {"step": wanted.step, "seq": wanted.seq, "outcome": status, "status": performed.status}
        summary |= {"ms": performed.milliseconds}
        if performed.problem:
            summary["problem"] = performed.problem[:300]
        self.entry(wanted.act.kind, summary, run=wanted.run)
        self.note("agent", wanted.act.kind, wanted.run, {"seq": wanted.seq, "outcome": status})

    def _approval(self, effect: f.RequestApproval) -> None:
        body = {"approval": effect.approval, "about": effect.about, "description": effect.description}
        self.entry("approval_requested", body, run=effect.run)
        assert self.before is not None
        self.approvals.append(new_approval(effect, self.before, self.seq, self.at, self.private))
        if effect.expires_at is not None:
            self.due.append(DueChange("approval", effect.approval, effect.expires_at))

    def _revised(self, effect: f.RequestApproval) -> None:
        assert self.before is not None
        assert effect.revised is not None
        last = effect.revised.revisions[-1]
        changes = [change.model_dump(mode="json") for change in last.changes]
        body = {"approval": effect.approval, "by": last.by.name, "changes": changes}
        self.entry("approval_edited", body, run=effect.run)
        self.approvals.append(revised_approval(effect, self.before, self.seq, self.at, self.private))
        self.note(last.by.name, "approval.edited", effect.approval, {"changes": changes})

    def _close(self, effect: f.CloseApproval) -> None:
        self.approvals.append(
            ApprovalChange(effect.approval, effect.status, self.at, by=effect.by, reason=effect.reason)
        )
        self.due.append(DueChange("approval", effect.approval))
        body = {"approval": effect.approval, "status": effect.status, "by": effect.by}
        if effect.reason:
            body["reason"] = effect.reason
        self.entry("approval_closed", body, run=effect.run)
        if effect.status == "happened":
            self.effects.append(EffectChange(effect.run, effect.seq, "succeeded", self.at))
        self.note(effect.by, f"approval.{effect.status}", effect.approval, {"reason": effect.reason or ""})

    def note(self, actor: str, action: str, subject: str, body: dict[str, Any] | None = None) -> None:
        """One row of the audit trail."""
        seed = f"{self.conversation}\0{self.version}\0{len(self.audit)}".encode()
        # the number in front keeps the rows of one turn in their order
        entropy = len(self.audit).to_bytes(2, "big") + hashlib.blake2b(seed, digest_size=8).digest()
        row = make_id("aud", self.at, entropy)
        self.audit.append(AuditRow(row, self.at, actor, action, subject, _encode(body) if body else "{}"))


def _without(entry: Entry, values: tuple[str, ...]) -> Entry:
    return replace(entry, body=_encode(masked_values(json.loads(entry.body), values)))


def asks_for_secret(conversation: Conversation) -> bool:
    """Whether the customer's next message is the answer to something that nobody may read."""
    waiting = conversation.top.waiting if conversation.top else None
    return isinstance(waiting, ForAnswer) and waiting.sensitive and conversation.mode == "agent"


def readable_form(conversation: Conversation, values: dict[str, Any]) -> dict[str, Any]:
    """What was submitted, without what nobody may read."""
    waiting = conversation.top.waiting if conversation.top else None
    fields = waiting.form.fields if isinstance(waiting, ForForm) else ()
    if isinstance(waiting, ForComponent):
        fields = waiting.fields
    known = {field.name: field for field in fields}
    return {name: MASK if known[name].sensitive else value for name, value in values.items() if name in known}


def _given_by_component(conversation: Conversation, value: Any) -> dict[str, Any]:
    """What a component gave, as far as the log holds it: a flow's fields, or a value that is not long."""
    top = conversation.top
    if top is None or not isinstance(top.waiting, ForComponent):
        return {}
    if top.waiting.fields:
        return {"values": readable_form(conversation, value if isinstance(value, dict) else {})}
    read, problem = from_browser(value, "component")
    if problem is not None:
        return {"problem": problem}
    length = len(_encode({"value": read}))
    return {"value": read} if length <= LONGEST_VALUE else {"length": length}


def _standing(run: Run) -> tuple[str, str | None, str]:
    return run.status, run.waiting.kind if run.waiting else None, run.step


def _steps(trace: Traced) -> dict[str, Any]:
    steps: dict[str, Any] = {"steps": trace.steps}
    if trace.began:
        steps |= {"procedure": trace.procedure, "version": trace.version, "began": True}
    return steps


def _release(effect: f.Intend | f.Perform) -> str:
    """What the journal keeps: enough to send it, or send it again."""
    if isinstance(effect, f.Intend):
        return dump(f.Perform.model_validate(effect.model_dump(exclude={"kind"}) | {"intended": True}))
    return dump(effect)

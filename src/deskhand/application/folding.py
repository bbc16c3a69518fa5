"""From a conversation's log to its digest and to figures for reports: entries in, both out, and nothing else.

Folding a log at once, or in any stretches, gives the same; what is in a digest already is passed over.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.domain.digest import (
    ApprovalFigures,
    AskedApproval,
    By,
    CallFigures,
    Digest,
    Figures,
    Moment,
    RunFigures,
    RunSoFar,
    Standing,
    StepFigures,
)
from deskhand.domain.plain_text import title_of
from deskhand.domain.search_words import words_of
from deskhand.domain.suggestions import shortened
from deskhand.ports.turns import Entry

MOST_WORDS = 4_000
"""Words by which one conversation is found: the newest ones."""
LONGEST_TEXT = 300
"""Characters of a message that a list or a report shows."""
LONGEST_KEY = 200
MOST_ENDED = 30
"""Runs that ended and are still known, for what comes late."""
MOST_SPOKEN = 50
UNNUMBERED = 1_000_000
"""Added to an entry's number where an old log does not tell which of the run's acts it is about."""

CALLS = frozenset({"call_http", "call_tool", "send_email", "run_script"})
SPOKEN = frozenset({"say", "ask", "offer", "show_form", "show_button", "suggest", "show_component"})
CUSTOMER = frozenset({"said", "clicked", "form_submitted"})


@dataclass(frozen=True, slots=True)
class Known:
    """What the log itself does not tell."""

    actions: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """The action of an act, by its run and its number in it; none where a step describes the call itself."""
    flagged: frozenset[tuple[str, int]] = frozenset()
    """The procedures, each with its version, whose every run counts as an escalation."""


def fold(digest: Digest, entries: Iterable[Entry], known: Known) -> tuple[Digest, Figures]:
    """The digest with these entries in it, and what they add to reports."""
    folding = _Folding(digest, known)
    for entry in entries:
        if entry.seq > folding.seq:
            folding.take(entry)
    return folding.digest(), folding.figures()


class _Folding:
    """A digest that takes entries in."""

    def __init__(self, was: Digest, known: Known) -> None:
        self.was = was
        self.known = known
        self.seq = was.seq
        self.changes: dict[str, Any] = {}
        self.messages, self.unanswered, self.escalated = was.messages, was.unanswered, was.escalated
        self.runs = dict(was.runs)
        self.approvals = dict(was.approvals)
        self.procedures = dict.fromkeys(was.procedures)
        self.speaking = was.speaking
        self.spoken = list(was.spoken)
        self.words = dict.fromkeys(was.words.split())
        self.touched: set[str] = set()
        self.found = Figures()

    def digest(self) -> Digest:
        """The digest as it is now."""
        return self.was.model_copy(
            update={
                **self.changes,
                "seq": self.seq,
                "messages": self.messages,
                "unanswered": self.unanswered,
                "escalated": self.escalated,
                "runs": self._kept_runs(),
                "approvals": self.approvals,
                "procedures": tuple(self.procedures),
                "speaking": self.speaking,
                "spoken": tuple(self.spoken[-MOST_SPOKEN:]),
                "words": " ".join(list(self.words)[-MOST_WORDS:]),
            }
        )

    def _kept_runs(self) -> dict[str, RunSoFar]:
        ended = [id for id, run in self.runs.items() if run.ended_at is not None]
        dropped = set(ended[:-MOST_ENDED])
        return {id: run for id, run in self.runs.items() if id not in dropped}

    def figures(self) -> Figures:
        """What was added, the rows of every run that changed among it."""
        for id in sorted(self.touched):
            run = self.runs[id]
            self.found.runs.append(
                RunFigures(id, run.procedure, run.version, run.outcome, run.step, run.began_at, run.ended_at)
            )
            self.found.steps.extend(
                StepFigures(id, step, run.procedure, run.version, run.began_at, visits, _standing(run, step))
                for step, visits in run.visits.items()
            )
        return self.found

    def take(self, entry: Entry) -> None:
        """Take one entry in."""
        self.seq = entry.seq
        body = json.loads(entry.body)
        kind = entry.kind
        if kind in CUSTOMER:
            self._heard(entry, body)
        elif kind in SPOKEN and entry.visible_to == "all":
            self._shown(entry, body, "agent")
        elif kind == "replied":
            self.speaking = None
            self._shown(entry, body, "member")
        elif kind in CALLS:
            self._called(entry, body)
        elif (take := getattr(self, f"_{kind}", None)) is not None and kind in TAKEN:
            take(entry, body)

    # messages

    def _heard(self, entry: Entry, body: dict[str, Any]) -> None:
        self.speaking = None
        text = str(body.get("text") or body.get("choice") or _written(body.get("values")))
        self._message(entry, text, "customer")
        if self.was.first_text is None and entry.kind == "said":
            self.changes.setdefault("first_text", shortened(text, LONGEST_TEXT))

    def _shown(self, entry: Entry, body: dict[str, Any], by: By) -> None:
        text = body.get("text") or body.get("title") or body.get("label") or title_of(body.get("component") or {})
        self._message(entry, str(text), by)
        if self.speaking is not None and by == "agent":
            self.spoken.append((entry.seq, self.speaking))

    def _message(self, entry: Entry, text: str, by: By) -> None:
        self.messages += 1
        self.changes |= {"last_text": shortened(text, LONGEST_TEXT), "last_by": by, "last_at": entry.at}
        self._find_by(text)

    def _find_by(self, text: str) -> None:
        for word in words_of(text):
            self.words.pop(word, None)
            self.words[word] = None

    def _note(self, entry: Entry, body: dict[str, Any]) -> None:
        self._find_by(str(body.get("text") or ""))

    def _identified(self, entry: Entry, body: dict[str, Any]) -> None:
        self._find_by(_written(body))

    def _ticket(self, entry: Entry, body: dict[str, Any]) -> None:
        self._find_by(_written(body))

    def _lead(self, entry: Entry, body: dict[str, Any]) -> None:
        self._find_by(str(body.get("email") or ""))

    # what customers make of it

    def _feedback(self, entry: Entry, body: dict[str, Any]) -> None:
        reaction = str(body.get("reaction"))
        self.changes["reaction"] = reaction
        about = body.get("about")
        said = dict(self.spoken)
        run = said.get(about) if about is not None else self.speaking
        self._moment(entry, "reaction", reaction, str(body.get("reason") or ""), run)

    def _unanswered(self, entry: Entry, body: dict[str, Any]) -> None:
        self.unanswered += 1
        text = str(body.get("text") or "")
        key = " ".join(words_of(text))[:LONGEST_KEY] or text[:LONGEST_KEY]
        self._moment(entry, "unanswered", key, text, None)

    def _moment(self, entry: Entry, kind: Any, value: str, text: str, run: str | None) -> None:
        procedure = self.runs[run].procedure if run in self.runs else None
        self.found.moments.append(Moment(entry.seq, kind, value, shortened(text, LONGEST_TEXT), procedure, entry.at))

    # runs

    def _steps(self, entry: Entry, body: dict[str, Any]) -> None:
        id = entry.run
        if id is None:
            return
        if body.get("began"):
            self._began(id, entry, body)
        run = self.runs.get(id)
        if run is None:
            return
        self.speaking = id
        visits = dict(run.visits)
        trail = [step for step in body.get("steps", []) if step != "end"]
        for step in trail:
            visits[step] = visits.get(step, 0) + 1
        self._put(id, run, visits=visits, step=trail[-1] if trail else run.step)

    def _began(self, id: str, entry: Entry, body: dict[str, Any]) -> None:
        run = RunSoFar(procedure=body["procedure"], version=body["version"], began_at=entry.at)
        self.procedures.setdefault(run.procedure)
        self.runs[id] = run
        if (run.procedure, run.version) in self.known.flagged:
            self._escalated(entry, id, "flagged", "")

    def _run_ended(self, entry: Entry, body: dict[str, Any]) -> None:
        run = self.runs.get(entry.run or "")
        if run is None or entry.run is None:
            return
        outcome = str(body.get("outcome"))
        self._put(entry.run, run, outcome=outcome, ended_at=entry.at, step=str(body.get("step") or run.step))
        # a run that called this one ends with it and counts no hand-over of its own
        if outcome == "escalated" and run.decided in ("rejected", "expired", "taken_over"):
            self._escalated(entry, entry.run, run.decided, "")

    def _handed_over(self, entry: Entry, body: dict[str, Any]) -> None:
        if entry.visible_to == "all":
            return  # the same, as the customer knows it
        run = self.runs.get(entry.run or "")
        if run is None or entry.run is None:
            self.escalated = True
            self._moment(entry, "escalation", "handed_over", str(body.get("reason") or ""), None)
            return
        decided = run.decided if run.decided in ("rejected", "expired", "taken_over") else ""
        self._escalated(entry, entry.run, decided or "handed_over", str(body.get("reason") or ""))

    def _escalated(self, entry: Entry, id: str, why: str, reason: str) -> None:
        """Count a run among the escalations, once."""
        run = self.runs[id]
        self.escalated = True
        if not run.counted:
            self._put(id, run, counted=True)
            self._moment(entry, "escalation", why, reason, id)

    def _put(self, id: str, run: RunSoFar, **changes: Any) -> None:
        self.runs[id] = run.model_copy(update=changes)
        self.touched.add(id)

    # acts and approvals

    def _called(self, entry: Entry, body: dict[str, Any]) -> None:
        run = self.runs.get(entry.run or "")
        seq = body.get("seq")
        if entry.run is None or run is None:
            return
        number = seq if isinstance(seq, int) else UNNUMBERED + entry.seq
        name = self.known.actions.get((entry.run, number)) or f"{run.procedure}/{body.get('step')}"
        self.found.calls.append(
            CallFigures(
                entry.run, number, name, entry.kind, run.procedure, str(body.get("outcome")), body.get("status"),
                body.get("ms"), entry.at,
            )
        )  # fmt: skip

    def _approval_requested(self, entry: Entry, body: dict[str, Any]) -> None:
        asked = AskedApproval(run=entry.run or "", about=str(body.get("about") or "approval"), at=entry.at)
        self.approvals[body["approval"]] = asked
        self._approval(body["approval"], asked, "pending", None, None)

    def _approval_closed(self, entry: Entry, body: dict[str, Any]) -> None:
        asked = self.approvals.pop(body["approval"], None)
        status = str(body.get("status"))
        if asked is not None:
            self._approval(body["approval"], asked, status, body.get("by"), entry.at)
        run = self.runs.get(entry.run or "")
        if run is not None and entry.run is not None:
            self.runs[entry.run] = run.model_copy(update={"decided": status})

    def _approval(self, id: str, asked: AskedApproval, status: str, by: str | None, closed_at: int | None) -> None:
        run = self.runs.get(asked.run)
        procedure = run.procedure if run else ""
        self.found.approvals.append(ApprovalFigures(id, asked.about, procedure, status, by, asked.at, closed_at))


TAKEN = frozenset(
    {
        *("note", "identified", "ticket", "lead", "feedback", "unanswered", "steps", "run_ended", "handed_over"),
        *("approval_requested", "approval_closed"),
    }
)
"""The kinds of entries that have a method of their own; all others change nothing here."""


def _standing(run: RunSoFar, step: str) -> Standing:
    if step != run.step or run.outcome == "completed":
        return "left"
    return "here" if run.ended_at is None else "stopped"


def _written(values: Any) -> str:
    """Values as words: “name: Ada, email: …”."""
    if not isinstance(values, dict):
        return ""
    return ", ".join(f"{name}: {value}" for name, value in values.items() if value not in (None, "", {}))

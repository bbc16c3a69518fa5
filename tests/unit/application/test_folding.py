"""A log folds into the same digest and figures, at once or in any stretches."""

import json
from typing import Any

import pytest

from deskhand.application.folding import Known, fold
from deskhand.domain.digest import Digest, Figures
from deskhand.domain.stored import dump, load
from deskhand.ports.turns import Entry

RUN, OTHER = "run_" + "1" * 32, "run_" + "2" * 32
APPROVAL = "appr_" + "3" * 32


class Log:
    """Entries that are numbered as they are written, a second apart."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, kind: str, run: str | None = None, shown: bool = False, **body: Any) -> "Log":
        seq = len(self.entries) + 1
        text = json.dumps(body, separators=(",", ":"))
        self.entries.append(Entry(seq, kind, seq * 1000, text, "all" if shown else "members", run))
        return self

    def said(self, text: str) -> "Log":
        return self.add("said", shown=True, text=text)

    def began(self, run: str = RUN, procedure: str = "refund", *steps: str) -> "Log":
        return self.add("steps", run, steps=list(steps), procedure=procedure, version=2, began=True)

    def ended(self, outcome: str, run: str = RUN, step: str = "ask") -> "Log":
        return self.add("run_ended", run, procedure="refund", outcome=outcome, step=step)


def folded(log: Log, known: Known | None = None) -> tuple[Digest, Figures]:
    return fold(Digest(), log.entries, known or Known())


def moments(figures: Figures) -> list[tuple[str, str, str | None]]:
    return [(one.kind, one.value, one.procedure) for one in figures.moments]


def refund() -> Log:
    log = Log().said("I want my money back for ORD-1001").began(RUN, "refund", "hello", "ask")
    log.add("say", shown=True, text="Of course.").add("ask", shown=True, text="Which order?", question="q")
    log.said("Größe XL, ORD-1001").add("steps", RUN, steps=["ask", "pay"])
    log.add("call_http", RUN, step="pay", seq=1, outcome="succeeded", status=200, ms=120)
    log.add("approval_requested", RUN, approval=APPROVAL, about="approval", description="Pay")
    log.add("approval_closed", RUN, approval=APPROVAL, status="approved", by="Ana")
    log.add("steps", RUN, steps=["done", "end"]).add("say", shown=True, text="Done.")
    return log.ended("completed", step="done").add("feedback", shown=True, reaction="positive")


def test_a_digest_tells_what_lists_show() -> None:
    digest, _ = folded(refund().said("Thanks"))

    assert (digest.first_text, digest.last_text) == ("I want my money back for ORD-1001", "Thanks")
    assert (digest.last_by, digest.last_at, digest.messages) == ("customer", 14_000, 6)
    assert (digest.procedures, digest.reaction, digest.escalated) == (("refund",), "positive", False)


def test_it_is_found_by_its_words_without_case_and_accents() -> None:
    digest, _ = folded(refund())

    assert {"money", "ord", "1001", "grosse", "xl", "course"} <= set(digest.words.split())


def test_a_run_becomes_one_row_with_its_steps() -> None:
    _, figures = folded(refund())

    (run,) = figures.runs
    assert (run.procedure, run.version, run.outcome, run.step) == ("refund", 2, "completed", "done")
    assert (run.began_at, run.ended_at) == (2_000, 12_000)
    assert [(one.step, one.visits, one.standing) for one in figures.steps] == [
        ("hello", 1, "left"), ("ask", 2, "left"), ("pay", 1, "left"), ("done", 1, "left"),
    ]  # fmt: skip


def test_a_run_that_waits_is_at_its_step_and_one_that_broke_off_stopped_there() -> None:
    log = Log().began(RUN, "refund", "hello", "ask")
    _, waiting = folded(log)
    _, over = folded(log.ended("cancelled"))

    assert [one.standing for one in waiting.steps] == ["left", "here"]
    assert [one.standing for one in over.steps] == ["left", "stopped"]


def test_a_call_is_named_after_its_action_or_else_its_step() -> None:
    log = refund().add("call_http", RUN, step="pay", seq=2, outcome="failed", status=500, ms=9)
    _, figures = folded(log, Known({(RUN, 1): "find-order"}))

    found = [(one.name, one.outcome, one.status, one.milliseconds) for one in figures.calls]
    assert found == [("find-order", "succeeded", 200, 120), ("refund/pay", "failed", 500, 9)]


def test_an_approval_tells_how_long_it_waited_and_who_decided() -> None:
    _, figures = folded(refund())

    last = figures.approvals[-1]
    assert (last.status, last.decided_by, last.requested_at, last.closed_at) == ("approved", "Ana", 8_000, 9_000)


def test_a_reaction_is_about_what_the_run_said_and_not_about_what_came_later() -> None:
    log = Log().began(RUN, "refund", "hello").add("say", shown=True, text="Hello").said("When do you open?")
    log.add("say", shown=True, text="At nine.")
    _, about_answer = folded(log.add("feedback", shown=True, reaction="negative", reason="Wrong"))
    _, about_run = folded(log.add("feedback", shown=True, reaction="positive", about=2))

    assert moments(about_answer) == [("reaction", "negative", None)]
    assert moments(about_run)[-1] == ("reaction", "positive", "refund")


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("suggest", {"text": "You may ask:", "suggestions": ["How long?"]}, "You may ask:"),
        ("show_component", {"text": "", "component": {"kind": "video", "title": "A tour"}}, "A tour"),
        ("show_component", {"text": "", "component": {"kind": "flow", "pages": [{"title": "Welcome"}]}}, "Welcome"),
        (
            "show_component",
            {"text": "Pick a seat", "component": {"kind": "element", "name": "seat-map"}},
            "Pick a seat",
        ),
    ],
)
def test_what_was_put_before_the_customer_is_the_last_that_was_said(kind: str, body: dict[str, Any], text: str) -> None:
    digest, _ = folded(Log().said("Hello").add(kind, shown=True, **body))
    assert (digest.last_by, digest.last_text, digest.messages) == ("agent", text, 2)


def test_unanswered_questions_of_the_same_words_are_one() -> None:
    _, figures = folded(
        Log().add("unanswered", text="Do you ship to Malmö?").add("unanswered", text="do you SHIP to Malmo")
    )

    assert {one.value for one in figures.moments} == {"do you ship to malmo"}


@pytest.mark.parametrize(
    ("log", "reasons"),
    [
        (Log().began().add("handed_over", RUN, reason="Asked").ended("escalated"), ["handed_over"]),
        (
            Log().began().add("approval_requested", RUN, approval=APPROVAL, about="approval")
            .add("approval_closed", RUN, approval=APPROVAL, status="rejected", by="Ana")
            .add("handed_over", RUN, reason="No").ended("escalated"),
            ["rejected"],
        ),
        (
            Log().began().add("approval_requested", RUN, approval=APPROVAL, about="approval")
            .add("approval_closed", RUN, approval=APPROVAL, status="expired", by="timer").ended("escalated"),
            ["expired"],
        ),
        (Log().began().add("handed_over", RUN, reason="1").add("handed_over", RUN, reason="2"), ["handed_over"]),
        (Log().add("handed_over", None, reason="A person, please"), ["handed_over"]),
        (
            Log().began(RUN).began(OTHER).add("handed_over", OTHER).ended("escalated", OTHER).ended("escalated"),
            ["handed_over"],
        ),
        (
            Log().began().add("handed_over", RUN, reason="Asked", available=True)
            .add("handed_over", RUN, shown=True, available=True).ended("escalated"),
            ["handed_over"],
        ),
        (Log().add("offer", shown=True, offer="o", text="Shall I?").add("offer_closed", status="ignored"), []),
        (Log().began().ended("failed"), []),
    ],
    ids=["a step", "rejected", "expired quietly", "twice", "outside a run", "a child", "live chat", "an offer",
         "a failure"],
)  # fmt: skip
def test_an_escalation_counts_once_for_its_run(log: Log, reasons: list[str]) -> None:
    digest, figures = folded(log)

    assert [one.value for one in figures.moments if one.kind == "escalation"] == reasons
    assert digest.escalated == bool(reasons)


def test_a_flagged_procedure_that_ran_counts_once_even_if_it_hands_over() -> None:
    log = Log().began().add("handed_over", RUN, reason="Asked").ended("escalated")
    _, figures = folded(log, Known(flagged=frozenset({("refund", 2)})))

    assert moments(figures) == [("escalation", "flagged", "refund")]


def _rows(figures: list[Figures]) -> dict[str, dict[Any, Any]]:
    """What is stored after these: later rows take the place of earlier ones."""
    found: dict[str, dict[Any, Any]] = {"runs": {}, "steps": {}, "calls": {}, "approvals": {}, "moments": {}}
    for one in figures:
        found["runs"] |= {row.run: row for row in one.runs}
        found["steps"] |= {(row.run, row.step): row for row in one.steps}
        found["calls"] |= {(row.run, row.seq): row for row in one.calls}
        found["approvals"] |= {row.approval: row for row in one.approvals}
        found["moments"] |= {row.seq: row for row in one.moments}
    return found


@pytest.mark.parametrize("size", [1, 2, 5])
def test_folding_in_stretches_gives_the_same_as_at_once(size: int) -> None:
    log = refund().said("And another").began(OTHER, "complaint", "ask").add("handed_over", OTHER, reason="x")
    whole, at_once = folded(log)
    digest, all_figures = Digest(), []
    for stretch in _batched(log, size):
        digest, figures = fold(load(Digest, dump(digest)), stretch, Known())
        all_figures.append(figures)

    assert digest == whole
    assert _rows(all_figures) == _rows([at_once])


def _batched(log: Log, size: int) -> list[list[Entry]]:
    return [log.entries[at : at + size] for at in range(0, len(log.entries), size)]


def test_what_is_in_the_digest_already_is_passed_over() -> None:
    log = refund()
    digest, _ = folded(log)

    assert fold(digest, log.entries, Known()) == (digest, Figures())

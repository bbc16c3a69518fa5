"""What has to be true of the database, measured against what the outside world saw."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from deskhand.domain.effects import CallHttp, Perform, SendEmail
from deskhand.domain.state import Conversation
from deskhand.domain.stored import load
from deskhand.ports.stores import ConversationRow, EffectRow, Stores
from deskhand.ports.turns import Entry
from tests.crash.backend import Backend

ALL = 200


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is stored of one conversation."""

    row: ConversationRow
    state: Conversation
    entries: list[Entry]
    runs: list[Any]
    effects: list[EffectRow]
    approvals: list[Any]

    def texts(self, kind: str) -> list[str]:
        return [json.loads(entry.body)["text"] for entry in self.entries if entry.kind == kind]

    def bodies(self, kind: str) -> list[dict[str, Any]]:
        return [json.loads(entry.body) for entry in self.entries if entry.kind == kind]


async def facts(stores: Stores, workspace: str) -> list[Facts]:
    """All conversations in which something was said."""
    found = []
    cursor: str | None = None
    while True:
        page = await stores.conversations.page(workspace, cursor, ALL)
        found += [await _facts(stores, workspace, row) for row in page.items if row.seq]
        cursor = page.cursor
        if cursor is None:
            return found


async def _facts(stores: Stores, workspace: str, row: ConversationRow) -> Facts:
    """Of one moment: PostgreSQL may still be committing what it was sent right before the kill."""
    while True:
        found = await _read(stores, workspace, row)
        now = await stores.conversations.get(workspace, row.id)
        if now.version == row.version:
            return found
        row = now


async def _read(stores: Stores, workspace: str, row: ConversationRow) -> Facts:
    store = stores.conversations
    runs = (await store.runs(workspace, conversation=row.id, limit=ALL)).items
    return Facts(
        row=row,
        state=load(Conversation, row.state),
        entries=await store.entries(workspace, row.id, limit=1000),
        runs=runs,
        effects=[effect for run in runs for effect in await store.effects(workspace, run.id)],
        approvals=(await store.approvals(workspace, status=None, conversation=row.id, limit=ALL)).items,
    )


def assert_nothing_false(found: list[Facts], backend: Backend) -> None:
    """What must hold at every moment, in the middle of a crash too."""
    for one in found:
        assert [entry.seq for entry in one.entries] == list(range(1, one.row.seq + 1))
        events = Counter(entry.event_id for entry in one.entries if entry.event_id)
        assert not [event for event, count in events.items() if count > 1]
        for effect in one.effects:
            _assert_true(effect, backend)


def _assert_true(effect: EffectRow, backend: Backend) -> None:
    kind, order = _concerns(effect)
    if kind is None:
        return
    happened = backend.effects(kind, order)
    match effect.status:
        case "succeeded":
            assert happened, f"{kind} {order} succeeded, but the other side knows nothing of it"
        case "intended" | "lapsed":
            assert not backend.seen(kind, order), f"{kind} {order} went out without being released"
        case "failed":
            assert not happened, f"{kind} {order} failed, but the other side did it"
    assert kind not in ("POST", "MAIL") or happened <= 1, f"{kind} {order} happened {happened} times"


def _concerns(effect: EffectRow) -> tuple[str | None, str]:
    """What the outside world calls it; None for what stays in this house."""
    match load(Perform, effect.request).act:
        case CallHttp(request=request):
            order = (
                json.loads(request.body or "")["order_id"] if request.method == "POST" else request.url.split("/")[-1]
            )
            return request.method, order
        case SendEmail(subject=subject):
            return "MAIL", subject.split()[-1]
    return None, ""


def assert_finished(one: Facts, order: str, backend: Backend, tickets: list[Any]) -> None:
    """A refund went through from its beginning to its end, and everything in it was done once."""
    assert (one.state.runs, one.state.unread, one.state.mode) == ((), (), "agent")
    assert [run.status for run in one.runs] == ["completed"]
    assert {effect.step: effect.status for effect in one.effects} == {
        "look_up": "succeeded", "refund": "succeeded", "mark": "succeeded", "mail": "succeeded", "ticket": "succeeded",
    }  # fmt: skip
    assert len(one.effects) == 5
    assert backend.effects("POST", order) == 1
    assert backend.effects("MAIL", order) == 1
    assert {request.key for request in backend.seen("PUT", order)} == {_key(one, "mark")}
    assert {request.key for request in backend.seen("POST", order)} == {_key(one, "refund")}
    assert [ticket.subject for ticket in tickets if ticket.run == one.runs[0].id] == [f"Refund {order}"]
    assert len([text for text in one.texts("say") if text.startswith(f"Done: {order}")]) == 1
    assert [body["outcome"] for body in one.bodies("run_ended")] == ["completed"]
    assert not [approval for approval in one.approvals if approval.status == "pending"]
    assert [approval.status for approval in one.approvals if approval.about == "approval"] == ["approved"]


def _key(one: Facts, step: str) -> str:
    return next(effect.key for effect in one.effects if effect.step == step)

"""Live chat at a turn: whether a person can be reached, and what their own system is told."""

import json
from dataclasses import replace
from typing import Any

from deskhand.application.attendance import Attendance
from deskhand.application.catalogue import Snapshot
from deskhand.application.ids import fresh_id
from deskhand.application.webhooks import payload
from deskhand.domain.agent import Agent
from deskhand.domain.channel import TARGET
from deskhand.domain.live_chat import INBOX, NOBODY, Desk
from deskhand.domain.plain_text import plain_text
from deskhand.domain.state import Conversation
from deskhand.ports.clock import Clock
from deskhand.ports.stores import Stores
from deskhand.ports.turns import Delivery, Entry, TurnCommit

REQUESTED = "live_chat.requested"
MESSAGE = "live_chat.message"
ENDED = "live_chat.ended"
REMEMBERED = 50
"""Messages that a person's own system is told when it gets a conversation."""
LOOKED_THROUGH = 200
_WHO = {"said": "customer", "clicked": "customer", "form_submitted": "customer", "replied": "member"}
_TOLD = frozenset({"said", "clicked", "form_submitted", "replied"})
_ENDS = frozenset({"taken_over", "handed_back", "resolved"})


async def desk_of(agent: Agent, snapshot: Snapshot, attendance: Attendance, workspace: str, at: int) -> Desk:
    """Whether an agent's customers can talk to a person at that moment."""
    wanted = agent.live_chat
    if wanted is None:
        return NOBODY
    channel = None if wanted.to == INBOX else snapshot.channels.get(wanted.to)
    outside = channel is not None and channel.enabled  # where it is gone, the workspace's own inbox takes its place
    there = outside or await attendance.anybody(workspace)
    return Desk(
        on=True, open=wanted.open_at(at, snapshot.time_zone), there=there, to=wanted.to if outside else None
    )  # fmt: skip


async def with_desk(
    commit: TurnCommit, before: Conversation, after: Conversation, snapshot: Snapshot, stores: Stores, clock: Clock
) -> TurnCommit:
    """The commit with what the outside system of live chat is told of its entries: both are stored, or neither is."""
    desk = after.desk or before.desk
    if desk is None or desk not in snapshot.channels or not snapshot.channels[desk].enabled:
        return commit
    found: list[Delivery] = []
    for entry in commit.entries:
        told = await _told(entry, commit, before, after, stores)
        if told is not None:
            kind, data = told
            about = {"channel": desk, "conversation_id": commit.conversation, "seq": entry.seq}
            body = payload(kind, entry.at, {**about, **data})
            target = TARGET + desk
            found.append(
                Delivery(fresh_id("msg", clock), target, kind, body, entry.at, commit.conversation, entry.seq)
            )  # fmt: skip
    return replace(commit, deliveries=(*commit.deliveries, *found)) if found else commit


async def _told(
    entry: Entry, commit: TurnCommit, before: Conversation, after: Conversation, stores: Stores
) -> tuple[str, dict[str, Any]] | None:
    """What an entry is to a person's own system: its type and data; None where it is nothing."""
    body = json.loads(entry.body)
    asks = entry.kind == "handed_over" and entry.visible_to == "members"
    if asks and after.desk is not None and body.get("to") == after.desk:
        earlier = await _earlier(commit, stores)
        return REQUESTED, {
            "reason": body["reason"],
            "available": body.get("available"),
            "agent": after.agent,
            "language": after.language,
            "contact": after.contact.model_dump(exclude_none=True) if after.contact else None,
            "lead": after.lead.model_dump(exclude_none=True) if after.lead else None,
            "messages": _messages([*earlier, *commit.entries], after.language),
        }
    if before.desk is None:
        return None
    if entry.kind in _TOLD and entry.visible_to == "all":
        return MESSAGE, {"kind": entry.kind, "text": _text(entry.kind, body, after.language), "body": body}
    if entry.kind in _ENDS and after.desk is None:
        return ENDED, {"why": entry.kind, "by": body.get("by")}
    return None


async def _earlier(commit: TurnCommit, stores: Stores) -> list[Entry]:
    """The end of the log before the turn."""
    last = commit.seq - len(commit.entries)
    if last <= 0:
        return []
    return await stores.conversations.entries(
        commit.workspace, commit.conversation, max(last - LOOKED_THROUGH, 0), min(last, LOOKED_THROUGH)
    )


def _messages(entries: list[Entry], language: str) -> list[dict[str, Any]]:
    """What customer, agent and members said, the oldest first."""
    found = []
    for entry in entries:
        if entry.visible_to == "all":
            text = _text(entry.kind, json.loads(entry.body), language)
            if text:
                found.append({"who": _WHO.get(entry.kind, "agent"), "text": text, "seq": entry.seq})
    return found[-REMEMBERED:]


def _text(kind: str, body: dict[str, Any], language: str) -> str:
    if kind == "clicked":
        return str(body.get("choice", ""))
    if kind == "form_submitted":
        return "\n".join(f"{name}: {value}" for name, value in body.get("values", {}).items() if value is not None)
    return plain_text(kind, body, language)

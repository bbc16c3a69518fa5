"""What the inbox knows of conversations: kept up beside the turns, exact whenever somebody asks."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, Literal

from deskhand.domain.ids import raw_id
from deskhand.domain.plain_text import title_of
from deskhand.ports.inbox import Changed, Inbox, InboxPage, InboxRow, Place, Queue
from deskhand.ports.turns import Entry

AT_ONCE = 100
"""Conversations that are looked at together."""
LONGEST_TEXT = 200
"""Characters of the last message."""
_BY_CUSTOMER = frozenset({"said", "clicked", "form_submitted"})
_BY_AGENT = frozenset({"say", "ask", "show_form", "show_button", "suggest", "show_component", "offer"})
_TO_READ = _BY_CUSTOMER | {"handed_over", "note", "lead"}
"""What members should read, wherever it stands."""
_TO_A_PERSON = frozenset({"handed_over", "taken_over"})


class InboxKeeper:
    """Keeps the inbox's rows, and answers from them."""

    def __init__(self, store: Inbox) -> None:
        self._store = store
        self._changed: dict[str, dict[str, None]] = {}
        self._lock = asyncio.Lock()

    def note(self, workspace: str, conversation: str) -> None:
        """Something was committed in this conversation."""
        self._changed.setdefault(workspace, {})[conversation] = None

    @property
    def waiting(self) -> list[str]:
        """The workspaces in which something has changed that the rows do not tell yet."""
        return list(self._changed)

    async def refresh(self, workspace: str, most: int | None = None) -> None:
        """Look at what has changed, all of it or the first `most` conversations."""
        async with self._lock:
            changed = list(self._changed.pop(workspace, ()))
            later = changed[most:] if most is not None else []
            if later:
                self._changed[workspace] = dict.fromkeys((*later, *self._changed.get(workspace, ())))
            now = changed[:most]
            try:
                while now:
                    await self._look(workspace, now[:AT_ONCE])
                    now = now[AT_ONCE:]
            finally:
                for conversation in now:  # what could not be written is tried again
                    self.note(workspace, conversation)

    async def catch_up(self) -> int:
        """Look at everything that changed while nobody kept the rows; gives how many conversations that were."""
        place: tuple[str, str] | None = None
        count = 0
        while stretch := await self._store.behind(place):
            *_, (workspace, conversation, _) = stretch
            place = workspace, conversation
            behind = [(one, other) for one, other, changed in stretch if changed]
            for workspace in dict.fromkeys(one for one, _ in behind):
                for one, conversation in behind:
                    if one == workspace:
                        self.note(workspace, conversation)
                await self.refresh(workspace)
            count += len(behind)
        return count

    async def page(
        self, workspace: str, queue: Queue, me: str, reader: str, cursor: str | None = None, limit: int = 50
    ) -> InboxPage:
        """A page of a queue, the newest activity first. Raises BadCursor."""
        await self.refresh(workspace)
        return await self._store.page(workspace, queue, me, reader, cursor, limit)

    async def counts(self, workspace: str, me: str) -> dict[Queue, int]:
        """How many conversations each queue holds."""
        await self.refresh(workspace)
        return await self._store.counts(workspace, me)

    async def read(self, workspace: str, reader: str, conversation: str, seq: int) -> None:
        """A member has read up to this entry."""
        await self._store.read(workspace, reader, conversation, seq)

    async def _look(self, workspace: str, conversations: Sequence[str]) -> None:
        changed = await self._store.changed(workspace, conversations)
        rows = [row_of(one) for one in changed]
        await self._store.put(workspace, rows)
        for one, row in zip(changed, rows, strict=True):
            if row.seq < one.seq:  # a long log is read in stretches
                self.note(workspace, row.conversation)


def row_of(changed: Changed) -> InboxRow:
    """What the inbox shows of a conversation."""
    before, state = changed.before, json.loads(changed.state)
    unanswered, heard, last = _told(changed)
    seq = changed.entries[-1].seq if changed.entries else (before.seq if before else 0)
    whole = seq >= changed.seq
    waits, since = _wait(changed, state, unanswered)
    return InboxRow(
        conversation=changed.conversation,
        version=changed.version if whole else changed.version - 1,
        seq=seq,
        queue=_queue(changed, state),
        assignee=state.get("assignee"),
        member=state.get("member"),
        waits=waits,
        since=since,
        unanswered=unanswered,
        activity_at=changed.updated_at,
        heard=heard,
        last_by=last[0],
        last_text=last[1],
        name=_name(state),
        channel=changed.channel,
        tags=tuple(state.get("tags", ())),
    )


def _told(changed: Changed) -> tuple[int | None, int, tuple[str, str]]:
    """Since when the customer is unanswered, the last entry to read, and who said what last."""
    before = changed.before
    unanswered = before.unanswered if before else None
    heard = before.heard if before else 0
    last = (before.last_by, before.last_text) if before else ("", "")
    with_person = before is not None and before.queue in ("unassigned", "assigned")
    for entry in changed.entries:
        with_person = _is_with_a_person(entry, with_person)
        if entry.kind in _BY_CUSTOMER or entry.kind in _TO_A_PERSON:
            unanswered = unanswered or entry.at
        elif entry.kind in ("replied", "resolved") or (_is_spoken(entry) and not with_person):
            unanswered = None
        if entry.kind in _TO_READ:
            heard = entry.seq
        if _is_spoken(entry) or (entry.kind in _BY_CUSTOMER and entry.visible_to == "all") or entry.kind == "replied":
            last = _said(entry)
    return unanswered, heard, last


def _is_spoken(entry: Entry) -> bool:
    return entry.kind in _BY_AGENT and entry.visible_to == "all"


def _is_with_a_person(entry: Entry, before: bool) -> bool:
    if entry.kind in _TO_A_PERSON or entry.kind == "replied":
        return True
    return before and entry.kind not in ("handed_back", "resolved")


def _said(entry: Entry) -> tuple[str, str]:
    body = json.loads(entry.body)
    by = body["by"] if entry.kind == "replied" else "customer" if entry.kind in _BY_CUSTOMER else "agent"
    text = body.get("text") or body.get("choice") or ", ".join(map(str, body.get("values", {}).values()))
    text = text or title_of(body.get("component") or {})
    return by, " ".join(str(text).split())[:LONGEST_TEXT]


def _queue(changed: Changed, state: dict[str, Any]) -> Place:
    if changed.status == "resolved":
        return "resolved"
    if changed.mode == "agent":
        return "agent"
    return "assigned" if state.get("assignee") else "unassigned"


def _wait(
    changed: Changed, state: dict[str, Any], unanswered: int | None
) -> tuple[Literal["reply", "approval"] | None, int | None]:
    """What the customer waits for that only a member can give, and since when."""
    if changed.status == "resolved":
        return None, None
    if changed.mode == "member" and unanswered is not None:
        return "reply", unanswered
    asked = [_asked_at(run["waiting"]["approval"]) for run in state.get("runs", ()) if _decides(run)]
    return ("approval", min(asked)) if asked else (None, None)


def _decides(run: dict[str, Any]) -> bool:
    return (run.get("waiting") or {}).get("kind") in ("approval", "outcome")


def _asked_at(approval: str) -> int:
    """An approval's identifier begins with the time at which it was asked for."""
    return int.from_bytes(raw_id(approval)[:6], "big")


def _name(state: dict[str, Any]) -> str:
    contact, lead = state.get("contact") or {}, state.get("lead") or {}
    full = " ".join(part for part in (contact.get("first_name"), contact.get("last_name")) if part)
    return str(full or contact.get("email") or lead.get("name") or lead.get("email") or contact.get("id") or "")

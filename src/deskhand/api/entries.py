"""Log entries, and the receipt for an event."""

from typing import Literal

from pydantic import Field

from deskhand.api.auth import Caller
from deskhand.api.models import Body, Shown, Time
from deskhand.domain.events import Event
from deskhand.ports.stores import NotFound

MOST = 1000
"""Entries that a receipt holds at most."""


class Entry(Shown):
    """One row of a conversation's log: a message, a step, a decision. Clients pass over kinds they do not know."""

    seq: int = Field(description="Counts up within the conversation, without gaps.")
    kind: str = Field(description="`said`, `say`, `ask`, `replied`, `steps`, `call_http`, `approval_requested`, …")
    at: Time
    visible_to: Literal["all", "members"] = Field(description="`all`: the customer sees it too.")
    run: str | None
    body: Body = Field(description="What the kind holds: `text`, `question`, `choices`, `approval`, …")


class Receipt(Shown):
    """An event was committed: nothing of it gets lost any more."""

    conversation: str
    seq: int = Field(description="The number of the last entry that was written.")
    duplicate: bool = Field(description="Whether the `event_id` was known already; nothing was done again.")
    settled: bool = Field(description="Whether nothing is under way any more.")
    entries: list[Entry] = Field(description="What was written since the request came in.")


async def post(
    caller: Caller, conversation: str, event: Event, event_id: str | None, wait: float, based_on: int | None = None
) -> Receipt:
    """Give an event to a conversation, wait until it has settled, and tell what was written.

    based_on: the last entry that the caller saw. Raises Crossed where somebody else wrote after it.
    """
    engine, store = caller.services.engine, caller.services.stores.conversations
    before = await store.load(caller.workspace, conversation)
    if before is None:
        raise NotFound("There is no such conversation.")
    seen = None if based_on is None else (caller.by, based_on)
    taken = await engine.handle(caller.workspace, conversation, event, event_id, seen)
    settled = await engine.settle(caller.workspace, conversation, wait)
    after = taken.seq - 1 if taken.duplicate else before.seq
    rows = await store.entries(caller.workspace, conversation, after, MOST)
    entries = [Entry.model_validate(row) for row in rows]
    return Receipt(
        conversation=conversation,
        seq=entries[-1].seq if entries else taken.seq,
        duplicate=taken.duplicate,
        settled=settled,
        entries=entries,
    )

"""The inbox, on each backend."""

import json
from dataclasses import replace
from typing import Any

import pytest

from deskhand.ports.inbox import InboxRow
from deskhand.ports.stores import BadCursor, Stores
from tests.contract.samples import NOW, OTHER, WORKSPACE, fresh, said, turn


def row(conversation: str, number: int = 1, **fields: Any) -> InboxRow:
    made = InboxRow(
        conversation, 1, 1, "agent", None, None, None, None, None, NOW + number, 1, "customer", "Grüße 👋", "Ada",
        "widget", ("vip",),
    )  # fmt: skip
    return replace(made, **fields)


async def listed(stores: Stores, queue: Any, me: str = "Ana", reader: str = "key_1") -> list[str]:
    return [one.row.conversation for one in (await stores.inbox.page(WORKSPACE, queue, me, reader)).items]


async def test_a_row_comes_back_as_it_was_put(stores: Stores) -> None:
    kept = row(
        fresh("conv"), queue="assigned", assignee="Ana", member="Ana", waits="reply", since=NOW, unanswered=NOW
    )  # fmt: skip
    await stores.inbox.put(WORKSPACE, [kept])

    (item,) = (await stores.inbox.page(WORKSPACE, "all", "Ana", "key_1")).items
    assert (item.row, item.read) == (kept, 0)


async def test_each_queue_holds_its_conversations_the_newest_activity_first(stores: Stores) -> None:
    agent, mine, theirs, free, done, watched = (fresh("conv") for _ in range(6))
    await stores.inbox.put(WORKSPACE, [
        row(agent, 1, waits="approval", since=NOW),
        row(mine, 2, queue="assigned", assignee="Ana"),
        row(theirs, 3, queue="assigned", assignee="Ben", waits="reply", since=NOW),
        row(free, 4, queue="unassigned"),
        row(done, 5, queue="resolved", assignee="Ana"),
        row(watched, 6, assignee="Ana"),
    ])  # fmt: skip

    assert await listed(stores, "mine") == [watched, mine]
    assert await listed(stores, "unassigned") == [free]
    assert await listed(stores, "waiting") == [theirs, agent]
    assert await listed(stores, "agent") == [watched, agent]
    assert await listed(stores, "all") == [watched, free, theirs, mine, agent]
    assert await listed(stores, "resolved") == [done]
    assert await stores.inbox.counts(WORKSPACE, "Ana") == {
        "mine": 2, "unassigned": 1, "waiting": 2, "agent": 2, "all": 5, "resolved": 1,
    }  # fmt: skip
    assert await stores.inbox.counts(OTHER, "Ana") == dict.fromkeys(
        ("mine", "unassigned", "waiting", "agent", "all", "resolved"), 0
    )  # fmt: skip


async def test_pages_lead_through_a_queue_also_where_times_are_the_same(stores: Stores) -> None:
    names = sorted(fresh("conv") for _ in range(7))
    await stores.inbox.put(WORKSPACE, [row(name, 0) for name in names])
    found, cursor = [], None
    while True:
        page = await stores.inbox.page(WORKSPACE, "all", "Ana", "key_1", cursor, 3)
        found += [one.row.conversation for one in page.items]
        cursor = page.cursor
        if cursor is None:
            break

    assert found == names[::-1]
    with pytest.raises(BadCursor):
        await stores.inbox.page(WORKSPACE, "all", "Ana", "key_1", "nonsense")


async def test_an_older_row_never_takes_a_newer_ones_place(stores: Stores) -> None:
    name = fresh("conv")
    await stores.inbox.put(WORKSPACE, [row(name, version=3, seq=5, last_text="new")])
    await stores.inbox.put(WORKSPACE, [row(name, version=2, seq=4, last_text="old")])

    (item,) = (await stores.inbox.page(WORKSPACE, "all", "Ana", "key_1")).items
    assert item.row.last_text == "new"


async def test_reading_goes_forward_only_and_is_each_readers_own(stores: Stores) -> None:
    name = fresh("conv")
    await stores.inbox.put(WORKSPACE, [row(name)])
    await stores.inbox.read(WORKSPACE, "key_1", name, 5)
    await stores.inbox.read(WORKSPACE, "key_1", name, 3)

    reads = [(await stores.inbox.page(WORKSPACE, "all", "Ana", reader)).items[0].read for reader in ("key_1", "key_2")]
    assert reads == [5, 0]


async def test_what_was_written_since_is_told_with_what_was_known(stores: Stores) -> None:
    name = fresh("conv")
    await stores.conversations.commit(turn(name))
    (first,) = await stores.inbox.changed(WORKSPACE, [name, fresh("conv")])
    assert (first.before, [entry.seq for entry in first.entries], first.version) == (None, [1], 1)

    known = row(name, version=1, seq=1)
    await stores.inbox.put(WORKSPACE, [known])
    await stores.conversations.commit(turn(name, 1))
    (second,) = await stores.inbox.changed(WORKSPACE, [name])
    assert (second.before, [entry.seq for entry in second.entries], second.version) == (known, [2], 2)
    assert json.loads(second.state)["facts"] == {"order": "ORD-1"}
    assert await stores.inbox.changed(OTHER, [name]) == []


async def test_what_fell_behind_is_found_in_all_workspaces(stores: Stores) -> None:
    kept, stale, new, foreign = (fresh("conv") for _ in range(4))
    for name in (kept, stale, new):
        await stores.conversations.commit(turn(name))
    await stores.conversations.commit(turn(foreign, workspace=OTHER))
    await stores.inbox.put(WORKSPACE, [row(kept), row(stale)])
    await stores.conversations.commit(turn(stale, 1, entries=(said(2),)))

    found = [*await stores.inbox.behind(None, 2)]
    found += await stores.inbox.behind((found[-1][0], found[-1][1]), 10)
    wanted = [(WORKSPACE, kept, False), (WORKSPACE, stale, True), (WORKSPACE, new, True), (OTHER, foreign, True)]
    assert sorted(found) == sorted(wanted)


async def test_looking_after_the_inbox_makes_no_turn_read_anew(stores: Stores) -> None:
    before = stores.conversations.changes
    await stores.inbox.put(WORKSPACE, [row(fresh("conv"))])
    assert stores.conversations.changes == before

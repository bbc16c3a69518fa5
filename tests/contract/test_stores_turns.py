"""A turn is written whole or not at all, once, and by one of those who try at the same time."""

import asyncio
from dataclasses import replace

import pytest

from deskhand.adapters.sql import open_stores
from deskhand.ports.stores import NotFound, Stores, Unstorable
from deskhand.ports.turns import Conflict, DuplicateEvent, EffectChange, Loaded, RunChange
from tests.contract.samples import NOW, OTHER, STATE, WORKSPACE, audit_row, began, fresh, said, turn


async def test_a_new_conversation_is_loaded_as_it_was_written(stores: Stores) -> None:
    conversation = fresh("conv")
    await stores.conversations.commit(turn(conversation))
    assert await stores.conversations.load(WORKSPACE, conversation) == Loaded(1, 1, STATE, 0)
    row = await stores.conversations.get(WORKSPACE, conversation)
    assert (row.id, row.status, row.mode, row.channel) == (conversation, "open", "agent", "widget")
    assert row.created_at == row.updated_at == NOW + 1


async def test_a_later_turn_rewrites_the_row_and_keeps_when_it_began(stores: Stores) -> None:
    conversation = fresh("conv")
    await stores.conversations.commit(turn(conversation))
    later = turn(conversation, 1, state='{"schema":1}', status="resolved", mode="member", channel="api", at=NOW + 9)
    await stores.conversations.commit(later)
    row = await stores.conversations.get(WORKSPACE, conversation)
    assert (row.version, row.seq, row.state, row.status, row.mode) == (2, 2, '{"schema":1}', "resolved", "member")
    assert (row.created_at, row.updated_at) == (NOW + 1, NOW + 9)


async def test_a_state_that_the_caller_knows_is_not_read_again(stores: Stores) -> None:
    conversation = fresh("conv")
    await stores.conversations.commit(turn(conversation))
    assert await stores.conversations.load(WORKSPACE, conversation, known=1) == Loaded(1, 1, None, 0)
    await stores.conversations.commit(turn(conversation, 1))
    assert await stores.conversations.load(WORKSPACE, conversation, known=1) == Loaded(2, 2, STATE, 0)


async def test_nobody_knows_a_conversation_that_never_began(stores: Stores) -> None:
    assert await stores.conversations.load(WORKSPACE, fresh("conv")) is None
    assert await stores.conversations.load(WORKSPACE, "conv_nonsense") is None
    with pytest.raises(NotFound):
        await stores.conversations.get(WORKSPACE, fresh("conv"))


@pytest.mark.parametrize("expected", [0, 2, 7])
async def test_a_turn_that_began_with_another_version_conflicts(stores: Stores, expected: int) -> None:
    conversation = fresh("conv")
    await stores.conversations.commit(turn(conversation))
    with pytest.raises(Conflict):
        await stores.conversations.commit(turn(conversation, expected, seq=2, entries=(said(2),)))
    assert [entry.seq for entry in await stores.conversations.entries(WORKSPACE, conversation)] == [1]


async def test_a_turn_of_a_conversation_that_never_began_conflicts(stores: Stores) -> None:
    with pytest.raises(Conflict):
        await stores.conversations.commit(turn(fresh("conv"), 1))


@pytest.mark.parametrize("expected", [0, 1, 5])
async def test_a_repeated_event_is_one_event_whatever_the_version(stores: Stores, expected: int) -> None:
    conversation = fresh("conv")
    await stores.conversations.commit(turn(conversation, entries=(said(1, "evt-a"),)))
    again = turn(conversation, expected, seq=2, entries=(said(2, "evt-b"), said(3, "evt-a")), audit=(audit_row(),))
    with pytest.raises(DuplicateEvent):
        await stores.conversations.commit(again)
    assert await stores.conversations.seen(WORKSPACE, conversation, "evt-a") == 1
    assert await stores.conversations.seen(WORKSPACE, conversation, "evt-b") is None
    assert (await stores.conversations.audit(WORKSPACE)).items == []
    assert (await stores.conversations.get(WORKSPACE, conversation)).version == 1


async def test_the_same_event_in_two_conversations_is_two_events(stores: Stores) -> None:
    for conversation in (fresh("conv"), fresh("conv")):
        await stores.conversations.commit(turn(conversation, entries=(said(1, "evt-a"),)))
        assert await stores.conversations.seen(WORKSPACE, conversation, "evt-a") == 1


async def test_of_fifty_at_once_one_wins_each_version(stores: Stores) -> None:
    conversation = fresh("conv")
    for version in range(4):
        tries = [turn(conversation, version, entries=(said(version + 1, f"{version}-{which}"),)) for which in range(50)]
        found = await asyncio.gather(*map(stores.conversations.commit, tries), return_exceptions=True)
        assert found.count(None) == 1
        assert sum(isinstance(problem, Conflict) for problem in found) == 49
    assert (await stores.conversations.get(WORKSPACE, conversation)).version == 4
    assert len(await stores.conversations.entries(WORKSPACE, conversation)) == 4


async def test_a_turn_that_fails_among_many_takes_none_with_it(stores: Stores) -> None:
    good = [fresh("conv") for _ in range(30)]
    tries = [turn(conversation) for conversation in good]
    tries.insert(10, turn(fresh("conv"), 4))
    tries.insert(20, turn(fresh("conv"), runs=(began(fresh("run"), new=False),)))
    found = await asyncio.gather(*map(stores.conversations.commit, tries), return_exceptions=True)
    assert [type(problem) for problem in found if problem is not None] == [Conflict, Conflict]
    assert {row.id for row in (await stores.conversations.page(WORKSPACE)).items} == set(good)


async def test_a_change_of_a_run_or_an_effect_that_is_not_there_conflicts(stores: Stores) -> None:
    conversation = fresh("conv")
    await stores.conversations.commit(turn(conversation))
    missing = fresh("run")
    for lost in (
        turn(conversation, 1, runs=(began(missing, new=False),)),
        turn(conversation, 1, effects=(EffectChange(missing, 1, "succeeded", NOW),)),
    ):
        with pytest.raises(Conflict):
            await stores.conversations.commit(lost)
    assert (await stores.conversations.get(WORKSPACE, conversation)).version == 1


async def test_several_changes_of_one_thing_in_a_turn_become_one(stores: Stores) -> None:
    conversation, run = fresh("conv"), fresh("run")
    asked = EffectChange(run, 1, "intended", NOW, True, "call_http", "refund", "key-1", '{"url":"x"}')
    begin = began(run)
    ended = RunChange(run, "refund-request", 3, "completed", None, "end", NOW + 5, state='{"schema":1}')
    sent = replace(asked, new=False, status="sent", request=None, at=NOW + 1)
    await stores.conversations.commit(turn(conversation, runs=(begin, ended), effects=(asked, sent)))
    row = await stores.conversations.run(WORKSPACE, run)
    assert (row.status, row.waiting, row.step, row.state) == ("completed", None, "end", '{"schema":1}')
    effect = await stores.conversations.effect(WORKSPACE, run, 1)
    assert (effect.status, effect.request, effect.at) == ("sent", '{"url":"x"}', NOW + 1)


@pytest.mark.parametrize("text", ["a\0b", "lone \ud800 surrogate"])
async def test_a_text_that_cannot_be_stored_leaves_nothing_behind(stores: Stores, text: str) -> None:
    conversation = fresh("conv")
    wrong = turn(conversation, audit=(audit_row(), audit_row(action=text)))
    with pytest.raises(Unstorable):
        await stores.conversations.commit(wrong)
    assert await stores.conversations.load(WORKSPACE, conversation) is None
    await stores.conversations.commit(turn(conversation))


async def test_a_turn_in_another_workspace_touches_nothing_here(stores: Stores) -> None:
    conversation, run = fresh("conv"), fresh("run")
    await stores.conversations.commit(turn(conversation, runs=(began(run),)))
    with pytest.raises(Conflict):
        await stores.conversations.commit(turn(conversation, 1, OTHER))
    foreign = turn(fresh("conv"), 0, OTHER, runs=(began(run, new=False, status="stopped"),))
    with pytest.raises(Conflict):
        await stores.conversations.commit(foreign)
    assert (await stores.conversations.run(WORKSPACE, run)).status == "waiting"


async def test_another_conversation_of_the_workspace_cannot_change_a_run(stores: Stores) -> None:
    run = fresh("run")
    await stores.conversations.commit(turn(fresh("conv"), runs=(began(run),)))
    with pytest.raises(Conflict):
        await stores.conversations.commit(turn(fresh("conv"), runs=(began(run, new=False, status="stopped"),)))


async def test_a_cancelled_turn_is_written_whole_or_not_at_all(stores: Stores) -> None:
    for _ in range(20):
        conversation = fresh("conv")
        entries = tuple(said(seq) for seq in range(1, 30))
        writing = asyncio.ensure_future(stores.conversations.commit(turn(conversation, seq=29, entries=entries)))
        await asyncio.sleep(0)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        await stores.conversations.commit(turn(fresh("conv")))
        found = await stores.conversations.entries(WORKSPACE, conversation)
        there = await stores.conversations.load(WORKSPACE, conversation) is not None
        assert len(found) == (29 if there else 0)


async def test_statements_that_the_server_forgot_are_prepared_again(postgres_url: str) -> None:
    stores = await open_stores(postgres_url)
    try:
        database = stores.conversations._database  # type: ignore[attr-defined]
        workspace = (sample_workspace(),)
        before = await database.rows("SELECT name FROM workspaces WHERE id = ?", workspace)
        async with database._connection() as connection:
            await connection.execute("DEALLOCATE ALL")
        assert await database.rows("SELECT name FROM workspaces WHERE id = ?", workspace) == before
    finally:
        await stores.close()


def sample_workspace() -> bytes:
    return bytes(16)

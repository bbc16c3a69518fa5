"""The execution log, places of `at most` rules and browser scripts, on each backend."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from deskhand.ports.stores import BadCursor, EffectRow, NotFound, Stores
from deskhand.ports.turns import AlreadyReserved, ApprovalChange, Conflict, EffectChange, Reservation
from tests.contract.samples import NOW, OTHER, WORKSPACE, began, fresh, turn

REQUEST = '{"url":"https://shop.example.com"}'


def effect(run: str, seq: int = 1, **fields: Any) -> EffectChange:
    made = EffectChange(
        run, seq, "succeeded", NOW, True, "call_http", "step", "key", REQUEST, '{"status":200}', "find-order"
    )
    return replace(made, **fields)


async def add(stores: Stores, *effects: EffectChange, workspace: str = WORKSPACE) -> str:
    """A conversation with these effects, all of new runs; gives the conversation."""
    conversation = fresh("conv")
    runs = tuple(began(run) for run in dict.fromkeys(one.run for one in effects))
    await stores.conversations.commit(turn(conversation, workspace=workspace, runs=runs, effects=effects))
    return conversation


def trial(**fields: Any) -> EffectRow:
    made = EffectRow(
        "", fresh("run"), 1, "test", "call_http", "failed", "key", REQUEST, '{"ms":3}', NOW + 9, "find-order", True,
        NOW + 5,
    )  # fmt: skip
    return replace(made, **fields)


async def listed(stores: Stores, workspace: str = WORKSPACE, **filters: Any) -> list[EffectRow]:
    return list((await stores.conversations.executions(workspace, **filters)).items)


async def test_calls_are_listed_newest_first_with_when_they_began(stores: Stores) -> None:
    run = fresh("run")
    conversation = await add(stores, effect(run, 1), effect(run, 2, at=NOW + 3, status="sent", response=None))
    await stores.conversations.commit(
        turn(conversation, 1, effects=(EffectChange(run, 2, "failed", NOW + 8, response='{"status":404}'),))
    )

    later, earlier = await listed(stores)

    assert (later.run, later.seq, later.status, later.response) == (run, 2, "failed", '{"status":404}')
    assert (later.started_at, later.at, later.test) == (NOW + 3, NOW + 8, False)
    assert (earlier.seq, earlier.action, earlier.conversation) == (1, "find-order", conversation)


async def test_what_reaches_nobody_outside_is_not_in_the_log(stores: Stores) -> None:
    run = fresh("run")
    own = [effect(run, at, kind=kind) for at, kind in enumerate(("create_ticket", "create_lead", "tag", "resolve"), 1)]
    await add(stores, *own, effect(run, 9, kind="send_email", action=None))

    assert [row.kind for row in await listed(stores)] == ["send_email"]
    assert len(await stores.conversations.effects(WORKSPACE, run)) == 5


async def test_a_trial_is_in_the_log_and_belongs_to_no_conversation(stores: Stores) -> None:
    tried = trial()
    await stores.conversations.add_execution(WORKSPACE, tried)
    conversation = await add(stores, effect(fresh("run")))

    assert await listed(stores, test=True) == [tried]
    assert [row.conversation for row in await listed(stores, test=False)] == [conversation]
    assert await stores.conversations.effect(WORKSPACE, tried.run, 1) == tried
    assert await listed(stores, conversation=conversation) == await listed(stores, test=False)


async def test_a_trial_is_never_taken_for_an_act_that_a_crash_left_behind(stores: Stores) -> None:
    await stores.conversations.add_execution(WORKSPACE, trial(status="unknown"))
    assert await stores.conversations.unfinished() == []


@pytest.mark.parametrize(("filters", "found"), [
    ({"action": "find-order"}, {"a", "c"}),
    ({"action": "nothing"}, set()),
    ({"status": "failed"}, {"b"}),
    ({"since": NOW + 10}, {"b", "c"}),
    ({"until": NOW + 10}, {"a"}),
    ({"since": NOW + 10, "until": NOW + 20}, {"b"}),
    ({"action": "find-order", "status": "succeeded", "since": NOW + 1}, {"c"}),
    ({"test": True}, set()),
])  # fmt: skip
async def test_the_log_is_filtered(stores: Stores, filters: dict[str, Any], found: set[str]) -> None:
    run = fresh("run")
    await add(
        stores,
        effect(run, 1, step="a"),
        effect(run, 2, step="b", at=NOW + 10, action="cancel-order", status="failed"),
        effect(run, 3, step="c", at=NOW + 20),
    )
    assert {row.step for row in await listed(stores, **filters)} == found


async def test_pages_hold_every_call_once_even_those_of_one_moment(stores: Stores) -> None:
    runs = [fresh("run") for _ in range(3)]
    await add(stores, *(effect(run, seq) for run in runs for seq in (1, 2, 3)))
    await stores.conversations.add_execution(WORKSPACE, trial(started_at=NOW))
    found: list[tuple[str, int]] = []
    cursor = None
    for _ in range(6):
        page = await stores.conversations.executions(WORKSPACE, cursor=cursor, limit=3)
        found += [(row.run, row.seq) for row in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert cursor is None
    assert len(found) == len(set(found)) == 10
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("cursor", ["nonsense", "", "AAAA"])
async def test_a_cursor_of_another_list_is_told(stores: Stores, cursor: str) -> None:
    with pytest.raises(BadCursor):
        await stores.conversations.executions(WORKSPACE, cursor=cursor)


async def test_another_workspace_sees_none_of_it(stores: Stores) -> None:
    tried = trial()
    conversation = await add(stores, effect(fresh("run")))
    await stores.conversations.add_execution(WORKSPACE, tried)

    assert await listed(stores, OTHER) == []
    assert await listed(stores, OTHER, conversation=conversation) == []
    with pytest.raises(NotFound):
        await stores.conversations.effect(OTHER, tried.run, 1)


# clearing away


async def test_old_requests_and_answers_are_emptied_and_the_call_stays(stores: Stores) -> None:
    old, new = fresh("run"), fresh("run")
    await add(stores, effect(old), effect(new, at=NOW + 100))
    await stores.conversations.add_execution(WORKSPACE, trial(started_at=NOW + 1, at=NOW + 2))

    assert await stores.conversations.prune_bodies(NOW + 50) == 2
    assert await stores.conversations.prune_bodies(NOW + 50) == 0

    emptied = await stores.conversations.effect(WORKSPACE, old, 1)
    assert (emptied.request, emptied.response, emptied.status) == ("{}", '{"pruned":true}', "succeeded")
    assert (emptied.key, emptied.action, emptied.started_at) == ("key", "find-order", NOW)
    assert (await stores.conversations.effect(WORKSPACE, new, 1)).request == REQUEST
    assert len(await listed(stores)) == 3


async def test_what_is_still_needed_is_not_emptied(stores: Stores) -> None:
    run = fresh("run")
    waiting = [effect(run, at, status=status) for at, status in enumerate(("intended", "sent", "unknown"), 1)]
    done = [effect(run, 4, status="lapsed", response=None), effect(run, 5, status="failed")]
    asked = ApprovalChange(fresh("appr"), "pending", NOW, True, about="outcome", run=run, seq=3, card="{}")
    begun = turn(fresh("conv"), runs=(began(run),), effects=(*waiting, *done), approvals=(asked,))
    await stores.conversations.commit(begun)

    assert await stores.conversations.prune_bodies(NOW + 1) == 2

    assert {row.status for row in await listed(stores) if row.request == REQUEST} == {"intended", "sent", "unknown"}


async def test_an_outcome_that_nobody_will_find_out_any_more_is_emptied(stores: Stores) -> None:
    conversation, run, approval = fresh("conv"), fresh("run"), fresh("appr")
    asked = ApprovalChange(approval, "pending", NOW, True, about="outcome", run=run, seq=1, card="{}")
    unknown = effect(run, status="unknown")
    await stores.conversations.commit(turn(conversation, runs=(began(run),), effects=(unknown,), approvals=(asked,)))
    await stores.conversations.add_execution(WORKSPACE, trial(status="unknown", started_at=NOW, at=NOW))

    assert await stores.conversations.prune_bodies(NOW + 50) == 1
    taken_over = ApprovalChange(approval, "taken_over", NOW + 2, by="Ben")
    await stores.conversations.commit(turn(conversation, 1, approvals=(taken_over,)))
    assert await stores.conversations.prune_bodies(NOW + 50) == 1


async def test_a_call_that_waited_long_for_its_approval_is_kept_from_when_it_was_settled(stores: Stores) -> None:
    run = fresh("run")
    conversation = await add(stores, effect(run, status="intended", response=None))
    settled = EffectChange(run, 1, "succeeded", NOW + 1000, response='{"status":200}')
    await stores.conversations.commit(turn(conversation, 1, effects=(settled,)))

    assert await stores.conversations.prune_bodies(NOW + 900) == 0
    assert await stores.conversations.prune_bodies(NOW + 1001) == 1


async def test_old_bodies_are_emptied_in_portions_in_all_workspaces(stores: Stores) -> None:
    run = fresh("run")
    await add(stores, *(effect(run, seq) for seq in range(1, 6)))
    await add(stores, effect(fresh("run")), workspace=OTHER)

    assert [await stores.conversations.prune_bodies(NOW + 1, 4) for _ in range(3)] == [4, 2, 0]


async def test_acts_that_reach_nobody_outside_keep_what_they_were(stores: Stores) -> None:
    run = fresh("run")
    await add(stores, effect(run, kind="create_ticket"))
    assert await stores.conversations.prune_bodies(NOW + 1000) == 0


# places


def place(run: str, slot: int = 1, value: str = "digest", action: str = "cancel-order") -> Reservation:
    return Reservation(action, value, slot, run)


async def test_a_place_is_held_by_one_conversation_until_it_is_given_back(stores: Stores) -> None:
    first, second = fresh("conv"), fresh("conv")
    run, other = fresh("run"), fresh("run")
    await stores.conversations.commit(turn(first, reserve=(place(run),)))

    with pytest.raises(AlreadyReserved) as refused:
        await stores.conversations.commit(turn(second, reserve=(place(other),)))
    assert refused.value.reservation == place(other)
    assert await stores.conversations.load(WORKSPACE, second) is None

    await stores.conversations.commit(turn(first, 1, release=(place(run),)))
    await stores.conversations.commit(turn(second, reserve=(place(other),)))


async def test_other_places_are_free(stores: Stores) -> None:
    run = fresh("run")
    held = (place(run), place(run, 2), place(run, value="other"), place(run, action="refund"))
    await stores.conversations.commit(turn(fresh("conv"), reserve=held))
    await stores.conversations.commit(turn(fresh("conv"), workspace=OTHER, reserve=held))
    await stores.conversations.commit(turn(fresh("conv"), reserve=(place(run, 3),)))


async def test_the_place_that_is_held_is_named_among_several(stores: Stores) -> None:
    await stores.conversations.commit(turn(fresh("conv"), reserve=(place(fresh("run"), 2),)))
    run = fresh("run")
    with pytest.raises(AlreadyReserved) as refused:
        await stores.conversations.commit(turn(fresh("conv"), reserve=(place(run, 1), place(run, 2), place(run, 3))))
    assert refused.value.reservation == place(run, 2)
    await stores.conversations.commit(turn(fresh("conv"), reserve=(place(run, 1), place(run, 3))))


async def test_only_the_run_that_holds_a_place_gives_it_back(stores: Stores) -> None:
    mine, theirs = fresh("conv"), fresh("conv")
    run = fresh("run")
    await stores.conversations.commit(turn(mine, reserve=(place(run),)))
    await stores.conversations.commit(turn(theirs, release=(place(fresh("run")), place(run))))
    await stores.conversations.commit(turn(mine, 1, release=(place(fresh("run")),)))

    with pytest.raises(AlreadyReserved):
        await stores.conversations.commit(turn(theirs, 1, reserve=(place(fresh("run")),)))


async def test_a_place_that_is_given_back_can_be_taken_in_the_same_turn(stores: Stores) -> None:
    conversation, run, again = fresh("conv"), fresh("run"), fresh("run")
    await stores.conversations.commit(turn(conversation, reserve=(place(run),)))
    await stores.conversations.commit(turn(conversation, 1, release=(place(run),), reserve=(place(again),)))

    with pytest.raises(AlreadyReserved):
        await stores.conversations.commit(turn(fresh("conv"), reserve=(place(run),)))


async def test_of_twenty_at_once_one_gets_the_place_and_the_others_write_nothing(stores: Stores) -> None:
    conversations = [fresh("conv") for _ in range(20)]
    tries = [turn(one, reserve=(place(fresh("run")),)) for one in conversations]

    found = await asyncio.gather(*map(stores.conversations.commit, tries), return_exceptions=True)

    assert found.count(None) == 1
    assert sum(isinstance(one, AlreadyReserved) for one in found) == 19
    assert len((await stores.conversations.page(WORKSPACE)).items) == 1


async def test_turns_that_want_the_same_places_in_another_order_never_wait_for_each_other(stores: Stores) -> None:
    def tried(turned: bool) -> tuple[Reservation, ...]:
        run = fresh("run")
        both = (place(run, value="a"), place(run, value="b"))
        return both[::-1] if turned else both

    tries = [turn(fresh("conv"), reserve=tried(bool(number % 2))) for number in range(10)]
    found = await asyncio.gather(*map(stores.conversations.commit, tries), return_exceptions=True)
    assert found.count(None) == 1
    assert sum(isinstance(one, AlreadyReserved) for one in found) == 9


async def test_a_turn_that_conflicts_takes_no_place(stores: Stores) -> None:
    conversation, run = fresh("conv"), fresh("run")
    await stores.conversations.commit(turn(conversation))
    with pytest.raises(Conflict):
        await stores.conversations.commit(turn(conversation, 7, reserve=(place(run),)))
    await stores.conversations.commit(turn(fresh("conv"), reserve=(place(run),)))


# scripts


async def test_a_script_is_found_by_its_hash_and_never_changes(stores: Stores) -> None:
    sha = "a" * 64
    assert await stores.settings.script(sha) is None
    await stores.settings.put_script(WORKSPACE, sha, "export default 1 // Grüße 👋", NOW)
    await stores.settings.put_script(WORKSPACE, sha, "export default 2", NOW + 1)
    await stores.settings.put_script(OTHER, sha, "export default 3", NOW + 2)

    assert await stores.settings.script(sha) == "export default 1 // Grüße 👋"
    assert await stores.settings.script("b" * 64) is None

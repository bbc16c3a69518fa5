"""What is on its way to webhooks, on each backend."""

from dataclasses import replace
from typing import Any

import pytest

from deskhand.ports.stores import DeliveryRow, NotFound, Stores
from deskhand.ports.turns import Conflict, Delivery
from tests.contract.samples import NOW, OTHER, WORKSPACE, fresh, turn


def delivery(**fields: Any) -> Delivery:
    made = Delivery(fresh("msg"), "crm", "run.completed", '{"type":"run.completed","who":"Zoë"}', NOW)
    return replace(made, **fields)


async def tried(stores: Stores, one: Delivery, **fields: Any) -> None:
    """Record a try that failed, unless the fields say otherwise."""
    known: dict[str, Any] = {
        "status": "pending",
        "attempts": 1,
        "due_at": NOW + 5000,
        "at": NOW + 10,
        "last_status": 503,
        "last_problem": "The receiver answered 503.",
    }
    await stores.deliveries.attempted(WORKSPACE, one.id, **(known | fields))


async def test_a_turn_brings_its_deliveries_and_they_are_due_at_once(stores: Stores) -> None:
    one = delivery()
    await stores.conversations.commit(turn(fresh("conv"), deliveries=(one,)))

    expected = DeliveryRow(one.id, "crm", "run.completed", one.body, "pending", 0, NOW, NOW, NOW)
    assert await stores.deliveries.due(NOW) == [(WORKSPACE, expected)]
    assert await stores.deliveries.next_due() == NOW
    assert await stores.deliveries.get(WORKSPACE, one.id) == expected


async def test_a_turn_that_is_not_written_delivers_nothing(stores: Stores) -> None:
    with pytest.raises(Conflict):
        await stores.conversations.commit(turn(fresh("conv"), 3, deliveries=(delivery(),)))
    assert await stores.deliveries.due(NOW) == []
    assert await stores.deliveries.next_due() is None


async def test_what_is_due_comes_in_the_order_of_its_time_from_all_workspaces(stores: Stores) -> None:
    later, sooner, future = delivery(at=NOW + 2), delivery(at=NOW + 1), delivery(at=NOW + 9)
    await stores.deliveries.add(WORKSPACE, later)
    await stores.deliveries.add(OTHER, sooner)
    await stores.deliveries.add(WORKSPACE, future)

    found = await stores.deliveries.due(NOW + 5)

    assert [(workspace, row.id) for workspace, row in found] == [(OTHER, sooner.id), (WORKSPACE, later.id)]
    assert [row.id for _, row in await stores.deliveries.due(NOW + 5, 1)] == [sooner.id]
    assert await stores.deliveries.next_due() == NOW + 1


async def test_webhooks_can_be_left_out_of_what_is_due(stores: Stores) -> None:
    own, others, namesake = delivery(), delivery(webhook="erp"), delivery()
    for workspace, one in ((WORKSPACE, own), (WORKSPACE, others), (OTHER, namesake)):
        await stores.deliveries.add(workspace, one)

    without = [(WORKSPACE, "crm"), (OTHER, "erp")]
    found = await stores.deliveries.due(NOW, without=without)

    assert {row.id for _, row in found} == {others.id, namesake.id}


async def test_a_try_that_failed_is_due_again_later_with_what_went_wrong(stores: Stores) -> None:
    one = delivery()
    await stores.deliveries.add(WORKSPACE, one)
    await tried(stores, one)

    assert await stores.deliveries.due(NOW + 4999) == []
    [(_, row)] = await stores.deliveries.due(NOW + 5000)
    assert (row.attempts, row.last_status, row.last_problem) == (1, 503, "The receiver answered 503.")
    assert (row.created_at, row.updated_at) == (NOW, NOW + 10)
    await tried(stores, one, status="delivered", attempts=2, last_status=204, last_problem=None)
    row = await stores.deliveries.get(WORKSPACE, one.id)
    assert (row.status, row.last_status, row.last_problem) == ("delivered", 204, None)


@pytest.mark.parametrize("status", ["delivered", "dead"])
async def test_what_is_over_is_never_due(stores: Stores, status: str) -> None:
    one = delivery()
    await stores.deliveries.add(WORKSPACE, one)
    await tried(stores, one, status=status)
    assert await stores.deliveries.due(NOW + 10**9) == []
    assert await stores.deliveries.next_due() is None


@pytest.mark.parametrize("status", ["delivered", "dead", "pending"])
async def test_a_delivery_can_be_sent_again_from_the_beginning(stores: Stores, status: str) -> None:
    one = delivery()
    await stores.deliveries.add(WORKSPACE, one)
    await tried(stores, one, status=status, attempts=12)

    await stores.deliveries.requeue(WORKSPACE, one.id, NOW + 77)

    [(_, row)] = await stores.deliveries.due(NOW + 77)
    assert (row.id, row.body, row.status, row.attempts) == (one.id, one.body, "pending", 0)
    assert (row.created_at, row.updated_at) == (NOW + 77, NOW + 77)


async def test_deliveries_are_listed_newest_first_and_filtered(stores: Stores) -> None:
    made = [delivery(webhook=webhook) for webhook in ("crm", "crm", "mail", "crm")]
    for one in made:
        await stores.deliveries.add(WORKSPACE, one)
    await tried(stores, made[0], status="dead")

    async def found(**filters: Any) -> list[str]:
        return [row.id for row in (await stores.deliveries.page(WORKSPACE, **filters)).items]

    assert await found() == [one.id for one in made[::-1]]
    assert await found(webhook="mail") == [made[2].id]
    assert await found(status="dead") == [made[0].id]
    assert await found(webhook="crm", status="pending") == [made[3].id, made[1].id]
    assert await found(webhook="none") == []


async def test_pages_of_deliveries_hold_each_once(stores: Stores) -> None:
    made = [delivery() for _ in range(5)]
    for one in made:
        await stores.deliveries.add(WORKSPACE, one)
    first = await stores.deliveries.page(WORKSPACE, limit=3)
    second = await stores.deliveries.page(WORKSPACE, limit=3, cursor=first.cursor)

    assert [row.id for row in (*first.items, *second.items)] == [one.id for one in made[::-1]]
    assert second.cursor is None


async def test_another_workspace_can_neither_see_nor_change_them(stores: Stores) -> None:
    one = delivery()
    await stores.deliveries.add(WORKSPACE, one)

    assert (await stores.deliveries.page(OTHER)).items == []
    with pytest.raises(NotFound):
        await stores.deliveries.get(OTHER, one.id)
    with pytest.raises(NotFound):
        await stores.deliveries.requeue(OTHER, one.id, NOW)
    with pytest.raises(NotFound):
        await stores.deliveries.attempted(
            OTHER, one.id, status="dead", attempts=1, due_at=NOW, at=NOW, last_status=None, last_problem=None
        )
    assert (await stores.deliveries.get(WORKSPACE, one.id)).status == "pending"


async def test_a_delivery_that_is_not_there_is_told(stores: Stores) -> None:
    for missing in (fresh("msg"), "msg_nonsense"):
        with pytest.raises(NotFound):
            await stores.deliveries.get(WORKSPACE, missing)
        with pytest.raises(NotFound):
            await stores.deliveries.requeue(WORKSPACE, missing, NOW)


async def test_those_that_arrived_long_ago_are_removed_and_no_others(stores: Stores) -> None:
    old, recent, dead, waiting = (delivery() for _ in range(4))
    for one in (old, recent, dead, waiting):
        await stores.deliveries.add(WORKSPACE, one)
    await tried(stores, old, status="delivered", at=NOW)
    await tried(stores, recent, status="delivered", at=NOW + 100)
    await tried(stores, dead, status="dead", at=NOW)

    assert await stores.deliveries.prune(NOW + 50) == 1
    assert await stores.deliveries.prune(NOW + 50) == 0

    left = {row.id for row in (await stores.deliveries.page(WORKSPACE)).items}
    assert left == {recent.id, dead.id, waiting.id}


async def test_they_are_removed_in_portions(stores: Stores) -> None:
    for _ in range(5):
        one = delivery()
        await stores.deliveries.add(WORKSPACE, one)
        await tried(stores, one, status="delivered", at=NOW)
    assert [await stores.deliveries.prune(NOW + 1, 3) for _ in range(3)] == [3, 2, 0]

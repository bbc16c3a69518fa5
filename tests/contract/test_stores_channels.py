"""Which conversation a platform or a front end means, and deliveries that may not overtake each other."""

import asyncio
from typing import Any

from deskhand.ports.channels import Exchange
from deskhand.ports.stores import Stores
from deskhand.ports.turns import Delivery
from tests.contract.samples import NOW, OTHER, WORKSPACE, fresh, said, turn


async def test_the_first_conversation_that_is_bound_stays(stores: Stores) -> None:
    first, second = fresh("conv"), fresh("conv")

    assert await stores.channels.bind(WORKSPACE, "whatsapp", "+49 30 1", first) == first
    assert await stores.channels.bind(WORKSPACE, "whatsapp", "+49 30 1", second) == first
    assert await stores.channels.bound(WORKSPACE, "whatsapp", "+49 30 1") == first
    assert await stores.channels.external(WORKSPACE, "whatsapp", first) == "+49 30 1"


async def test_many_at_once_are_bound_to_one_conversation(stores: Stores) -> None:
    asked = [stores.channels.bind(WORKSPACE, "whatsapp", "ada", fresh("conv")) for _ in range(8)]

    assert len(set(await asyncio.gather(*asked))) == 1


async def test_channels_and_workspaces_have_conversations_of_their_own(stores: Stores) -> None:
    own, other, others = fresh("conv"), fresh("conv"), fresh("conv")

    assert await stores.channels.bind(WORKSPACE, "whatsapp", "ada", own) == own
    assert await stores.channels.bind(WORKSPACE, "voice", "ada", other) == other
    assert await stores.channels.bind(OTHER, "whatsapp", "ada", others) == others
    assert await stores.channels.external(OTHER, "whatsapp", own) is None
    assert await stores.channels.external(WORKSPACE, "voice", own) is None
    await stores.channels.forget(WORKSPACE, "whatsapp")
    assert await stores.channels.bound(WORKSPACE, "whatsapp", "ada") is None
    assert await stores.channels.bound(WORKSPACE, "voice", "ada") == other
    assert await stores.channels.bound(OTHER, "whatsapp", "ada") == others


# what may not overtake


async def add(stores: Stores, conversation: str | None, seq: int | None, at: int = NOW) -> str:
    made = Delivery(fresh("msg"), "channel:whatsapp", "channel.message", "{}", at, conversation, seq)
    await stores.deliveries.add(WORKSPACE, made)
    return made.id


async def due(stores: Stores, now: int = NOW + 100) -> list[str]:
    return [row.id for _, row in await stores.deliveries.due(now)]


async def settle(stores: Stores, delivery: str, status: str, due_at: int = NOW) -> None:
    tried: dict[str, Any] = {"attempts": 1, "at": NOW, "last_status": None, "last_problem": None}
    await stores.deliveries.attempted(WORKSPACE, delivery, status=status, due_at=due_at, **tried)


async def test_only_the_first_of_a_conversation_is_due(stores: Stores) -> None:
    ada, bob = fresh("conv"), fresh("conv")
    second, first = await add(stores, ada, 4, NOW), await add(stores, ada, 3, NOW + 1)
    own, free = await add(stores, bob, 9, NOW + 2), await add(stores, None, None, NOW + 3)

    assert await due(stores) == [first, own, free]
    await settle(stores, first, "delivered")
    assert await due(stores) == [second, own, free]


async def test_one_that_waits_to_be_tried_again_holds_the_next_ones(stores: Stores) -> None:
    ada = fresh("conv")
    first, second = await add(stores, ada, 3), await add(stores, ada, 4)
    await settle(stores, first, "pending", NOW + 5000)

    assert await due(stores) == []
    assert await stores.deliveries.next_due() == NOW + 5000
    assert await due(stores, NOW + 5000) == [first]
    await settle(stores, first, "dead")
    assert await due(stores) == [second]


async def test_a_turn_brings_them_in_their_order(stores: Stores) -> None:
    ada = fresh("conv")
    made = tuple(Delivery(fresh("msg"), "channel:whatsapp", "channel.message", "{}", NOW, ada, seq) for seq in (2, 1))
    await stores.conversations.commit(turn(ada, deliveries=made))

    assert await due(stores) == [made[1].id]


# exchanges with front ends that were made for models


async def begin(stores: Stores, request: str, history: str | None = None, **more: Any) -> Exchange:
    asked: dict[str, Any] = {"workspace": WORKSPACE, "fresh": fresh("conv"), "at": NOW, "again": NOW - 100}
    return await stores.channels.begin(request=request, history=history, **{**asked, **more})


async def says(stores: Stores, conversation: str) -> None:
    """The customer writes one message in the conversation."""
    loaded = await stores.conversations.load(WORKSPACE, conversation)
    version = loaded.version if loaded else 0
    await stores.conversations.commit(turn(conversation, version, entries=(said(version + 1, fresh("run")),)))


async def answered(stores: Stores, request: str, history: str | None, told: str, seq: int = 1, **more: Any) -> str:
    """A request that was answered; gives its conversation."""
    made = await begin(stores, request, history, **more)
    await says(stores, made.conversation)
    await stores.channels.answered(WORKSPACE, made.conversation, request, told, seq)
    return made.conversation


async def test_a_request_that_is_under_way_is_the_same_one(stores: Stores) -> None:
    first = await begin(stores, "r1")

    assert await begin(stores, "r1") == first
    assert (await begin(stores, "r1", workspace=OTHER)).conversation != first.conversation
    assert (await begin(stores, "r1", again=NOW + 1)).conversation != first.conversation


async def test_a_history_leads_to_its_conversation_and_to_each_one_once(stores: Stores) -> None:
    ada, bob = await answered(stores, "r0", None, "h1"), await answered(stores, "r1", None, "h1")

    first = await begin(stores, "r2", "h1")
    assert (first.conversation, first.since) == (ada, 1)
    await says(stores, ada)
    await stores.channels.answered(WORKSPACE, ada, "r2", "h2", 2)
    assert await answered(stores, "r2", "h1", "h2", 2) == bob
    assert (await begin(stores, "r2", "h1")).conversation == bob, "none is left: it was sent again"
    assert (await begin(stores, "r2", "h1", again=NOW + 1)).conversation not in (ada, bob)


async def test_one_that_was_gone_on_with_elsewhere_is_nobodys_history(stores: Stores) -> None:
    ada = await answered(stores, "r1", None, "h1")
    await says(stores, ada)

    assert (await begin(stores, "r2", "h1")).conversation != ada
    assert (await begin(stores, "r1")).conversation != ada


async def test_requests_that_are_alike_and_come_at_once_are_one(stores: Stores) -> None:
    for number in range(4):
        await answered(stores, f"r{number}", None, "h1")
    asked = [begin(stores, "next", "h1") for _ in range(6)]

    assert len({one.conversation for one in await asyncio.gather(*asked)}) == 1


async def test_a_request_that_names_itself_is_never_anothers(stores: Stores) -> None:
    await answered(stores, "r0", None, "h0")
    await answered(stores, "r1", None, "h0")
    ada = await answered(stores, "key-1", "h0", "h1", 2, exact=True)

    assert (await begin(stores, "key-1", "h0", exact=True)).conversation == ada
    assert (await begin(stores, "key-1", "h0")).conversation != ada


async def test_in_a_conversation_the_last_request_is_known_again(stores: Stores) -> None:
    ada = fresh("conv")
    first = await stores.channels.begin_in(WORKSPACE, ada, "r1", 7, NOW)
    assert first.since == 7
    await stores.channels.answered(WORKSPACE, ada, "r1", None, 9)

    assert await stores.channels.begin_in(WORKSPACE, ada, "r1", 9, NOW) == first
    second = await stores.channels.begin_in(WORKSPACE, ada, "r2", 20, NOW)
    assert second.since == 9
    await stores.channels.answered(WORKSPACE, ada, "r1", None, 15)
    assert (await stores.channels.begin_in(WORKSPACE, ada, "r3", 30, NOW)).since == 9

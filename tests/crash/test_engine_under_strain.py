"""What the engine does when something around it fails while it goes on running."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from deskhand.adapters.edge.client import EdgeHttp
from deskhand.adapters.sql import open_stores
from deskhand.bootstrap import Running, build
from deskhand.domain.events import Decided, Said
from deskhand.domain.state import Conversation, ForApproval
from deskhand.domain.stored import load
from deskhand.ports.http import Answer, OutwardRequest
from deskhand.ports.stores import Conversations, StorageFailed
from deskhand.ports.turns import TurnCommit
from deskhand.worker.timers import Timers
from tests.crash.customer import Customer
from tests.crash.kills import names_of
from tests.crash.process import DEADLINE
from tests.crash.world import World, world

Around = Callable[[TurnCommit, Callable[[], Awaitable[None]]], Awaitable[None]]
"""What happens around a commit: gets the turn and the commit itself."""


class Strained:
    """A store whose commits go through a test's hands."""

    def __init__(self, inner: Conversations, around: Around) -> None:
        self._inner = inner
        self._around = around

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def commit(self, turn: TurnCommit) -> None:
        await self._around(turn, lambda: self._inner.commit(turn))


class Faulty(EdgeHttp):
    """Falls over itself at the first request of a method."""

    def __init__(self, method: str) -> None:
        super().__init__()
        self._method: str | None = method

    async def send(self, workspace: str, request: OutwardRequest, allowed: frozenset[str]) -> Answer:
        if request.method == self._method:
            self._method = None
            raise KeyError("a fault")
        return await super().send(workspace, request, allowed)


@pytest.fixture
async def here(sqlite_url: str, tmp_path: Path) -> AsyncIterator[World]:
    async with asyncio.timeout(DEADLINE), world(sqlite_url, tmp_path) as made:
        made.customer()
        yield made


@asynccontextmanager
async def running(
    here: World, around: Around | None = None, http: EdgeHttp | None = None, *, timers: bool = True
) -> AsyncIterator[Running]:
    """The engine in this process, with faults."""
    stores = await open_stores(here.settings.database)
    if around is not None:
        stores = replace(stores, conversations=Strained(stores.conversations, around))
    started = await build(here.settings, stores=stores, http=http)
    if timers:
        await started.start()
    try:
        yield started
    finally:
        await started.close()


async def say(desk: Running, here: World, customer: Customer, *texts: str) -> None:
    """Write messages, each when nothing is under way any more."""
    if not customer.conversation:
        customer.conversation = (await desk.services.engine.open(here.workspace)).conversation
    for text in texts:
        await desk.services.engine.handle(here.workspace, customer.conversation, Said(text=text), text)
        customer.said.add(text)
        await desk.services.engine.settle(here.workspace, customer.conversation)


async def waiting(desk: Running, here: World) -> Any:
    """What the run waits for, None where it is over."""
    loaded = await desk.services.stores.conversations.load(here.workspace, here.customers[0].conversation)
    assert loaded is not None
    assert loaded.state is not None
    runs = load(Conversation, loaded.state).runs
    return runs[-1].waiting if runs else None


async def decide(desk: Running, here: World, decision: Any) -> None:
    approval = (await waiting(desk, here)).approval
    decided = Decided(approval=approval, decision=decision, by="ann")
    await desk.services.engine.handle(here.workspace, here.customers[0].conversation, decided)


async def test_an_act_is_sent_though_its_caller_gave_up_during_the_commit(here: World) -> None:
    async def around(turn: TurnCommit, commit: Callable[[], Awaitable[None]]) -> None:
        await commit()
        if "sent:look_up" in names_of(turn):
            caller.cancel()
            await asyncio.sleep(0)

    async with running(here, around) as desk:
        await say(desk, here, here.customers[0], "I want a refund", "A1001")
        caller = asyncio.create_task(say(desk, here, here.customers[0], "ann@example.com"))
        with pytest.raises(asyncio.CancelledError):
            await caller
        await desk.services.engine.settle(here.workspace, here.customers[0].conversation)
        assert isinstance(await waiting(desk, here), ForApproval)


async def test_a_result_is_kept_until_the_database_takes_it(here: World) -> None:
    failures = [StorageFailed("No space left."), StorageFailed("No space left.")]
    told: list[str] = []

    async def around(turn: TurnCommit, commit: Callable[[], Awaitable[None]]) -> None:
        if "result:refund" in names_of(turn) and failures:
            raise failures.pop()
        await commit()

    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["message"]))
    async with running(here, around) as desk:
        await say(desk, here, here.customers[0], "I want a refund", "A1001", "ann@example.com")
        await decide(desk, here, "approve")
        await desk.services.engine.settle(here.workspace, here.customers[0].conversation)
    await here.check_finished()
    assert len(told) == 2


async def test_a_call_that_a_fault_broke_off_goes_to_a_person(here: World) -> None:
    told: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["message"]))
    async with running(here, http=Faulty("POST")) as desk:
        await say(desk, here, here.customers[0], "I want a refund", "A1001", "ann@example.com")
        await decide(desk, here, "approve")
        await desk.services.engine.settle(here.workspace, here.customers[0].conversation)
        assert "A fault of Deskhand's own" in (await waiting(desk, here)).problem
        await decide(desk, here, "retry")
        await desk.services.engine.settle(here.workspace, here.customers[0].conversation)
    here.customers[0].decisions.append("refund: retry")
    await here.check_finished()
    assert len(told) == 1


async def test_stopping_waits_for_what_a_call_leads_to(here: World) -> None:
    refund = here.backend.hold("POST")
    async with running(here) as desk:
        await say(desk, here, here.customers[0], "I want a refund", "A1001", "ann@example.com")
        await decide(desk, here, "approve")
        await refund.reached.wait()
        asyncio.get_running_loop().call_later(0.05, refund.released.set)
    await here.check_finished()


async def test_an_approval_that_cannot_expire_does_not_keep_others_from_it(sqlite_url: str, tmp_path: Path) -> None:
    async with world(sqlite_url, tmp_path, expires_hours=1e-9) as shop:
        first, *others = [shop.customer() for _ in range(3)]

        async def around(turn: TurnCommit, commit: Callable[[], Awaitable[None]]) -> None:
            if "closed:expired" in names_of(turn) and turn.conversation == first.conversation:
                raise KeyError("a fault")
            await commit()

        async with running(shop, around, timers=False) as desk:
            for customer in shop.customers:
                await say(desk, shop, customer, "I want a refund", customer.order, "ann@example.com")
            await Timers(desk.services).wake_due()
            assert await mode(desk, shop, first) == "agent"
            assert [await mode(desk, shop, other) for other in others] == ["member", "member"]


async def mode(desk: Running, here: World, customer: Customer) -> str:
    return (await desk.services.stores.conversations.get(here.workspace, customer.conversation)).mode

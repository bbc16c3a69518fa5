"""Whether somebody is there: at this server, or at another one with the same database."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from deskhand.adapters.sql import open_stores
from deskhand.application.attendance import KNOWN_FOR, STAYS, Attendance
from deskhand.ports.stores import Stores
from tests.clock import ScriptedClock

SHOP, OTHER = ("ws_" + digit * 12 + "7" + digit * 3 + "8" + digit * 15 for digit in "ab")


@pytest.fixture
async def stores(sqlite_url: str) -> AsyncIterator[Stores]:
    opened = await open_stores(sqlite_url)
    yield opened
    await opened.close()


def passes(clock: ScriptedClock, milliseconds: int) -> None:
    clock.advance(milliseconds / 1000)


async def test_a_member_is_there_for_two_minutes_after_the_dashboard_was_heard_of(stores: Stores) -> None:
    clock = ScriptedClock()
    attendance = Attendance(stores, clock)
    assert not await attendance.anybody(SHOP)
    await attendance.here(SHOP)
    passes(clock, STAYS)
    assert await attendance.anybody(SHOP)
    assert not await attendance.anybody(OTHER)
    passes(clock, 1)
    assert not await attendance.anybody(SHOP)


async def test_servers_with_one_database_know_it_of_each_other(stores: Stores) -> None:
    clock = ScriptedClock()
    shared = replace(stores, backend="postgresql 18")
    here, there = Attendance(shared, clock), Attendance(shared, clock)
    assert not await there.anybody(SHOP)
    await here.here(SHOP)
    passes(clock, KNOWN_FOR + 1)
    assert await there.anybody(SHOP)
    passes(clock, STAYS)
    assert not await there.anybody(SHOP)


async def test_a_server_of_its_own_writes_nothing_down(stores: Stores) -> None:
    await Attendance(stores, ScriptedClock()).here(SHOP)
    assert await stores.attendance.last(SHOP) is None

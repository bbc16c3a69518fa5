import asyncio

import pytest
from aiohttp import ClientConnectorError

from deskhand.adapters.edge.pinning import Exchange, NotChecked, current_exchange
from deskhand.adapters.edge.policy import read_origin
from deskhand.adapters.edge.pools import Pools
from deskhand.ports.http import NotSent

NOTHING: frozenset[str] = frozenset()


async def test_workspaces_and_states_of_the_allow_list_have_pools_of_their_own() -> None:
    pools = Pools()
    pool = pools.take("acme", NOTHING)
    assert pools.take("acme", frozenset()) is pool
    assert pools.take("other", NOTHING) is not pool
    assert pools.take("acme", frozenset({"shop.internal"})) is not pool
    await pools.close()


async def test_the_longest_unused_idle_pool_makes_room() -> None:
    pools = Pools(most=2)
    first, second, third = (pools.take(workspace, NOTHING) for workspace in ("one", "two", "three"))
    sessions = [pool.session(fresh=False) for pool in (first, second, third)]
    pools.give_back(second)
    pools.give_back(third)
    await pools.trim()
    assert [session.closed for session in sessions] == [False, True, False]
    await pools.trim()
    assert [session.closed for session in sessions] == [False, True, False]
    await pools.close()


async def test_pools_in_use_stay_open_beyond_the_bound() -> None:
    pools = Pools(most=1)
    sessions = [pools.take(workspace, NOTHING).session(fresh=False) for workspace in ("one", "two")]
    await pools.trim()
    assert not any(session.closed for session in sessions)
    await pools.close()
    assert all(session.closed for session in sessions)


async def test_nothing_is_sent_from_closed_pools() -> None:
    pools = Pools()
    pool = pools.take("acme", NOTHING)
    await pools.close()
    with pytest.raises(NotSent, match="shutting down"):
        pool.session(fresh=True)
    with pytest.raises(NotSent, match="shutting down"):
        pools.take("acme", NOTHING)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://shop.example:9/"])
async def test_a_session_connects_nowhere_without_a_checked_request(url: str) -> None:
    pools = Pools()
    session = pools.take("acme", NOTHING).session(fresh=False)
    with pytest.raises(OSError, match="was not checked") as refusal:
        await session.get(url)
    assert isinstance(refusal.value.os_error, NotChecked)  # type: ignore[attr-defined]
    await pools.close()


async def test_each_request_connects_to_its_own_checked_addresses() -> None:
    server = await asyncio.start_server(answer_once, "127.0.0.1", 0)
    url = f"http://shop.internal:{server.sockets[0].getsockname()[1]}/"
    pools = Pools()
    session = pools.take("acme", NOTHING).session(fresh=False)
    current_exchange.set(Exchange(read_origin(url), ("127.0.0.2",)))
    with pytest.raises(ClientConnectorError, match=r"127\.0\.0\.2"):
        await session.get(url)
    current_exchange.set(Exchange(read_origin(url), ("127.0.0.1",)))
    async with server, session.get(url) as response:
        assert response.status == 204
    await pools.close()


async def answer_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
    writer.close()

"""Where requests may go, seen from the wire: what is refused opens no connection."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskhand.adapters.edge.client import EdgeHttp
from deskhand.ports.http import OutwardRequest, Refused
from tests.integration.edge.wire import ok, wire

SSRF = Path(__file__).parents[4] / "shared/workloads/security/ssrf/patt_ssrf_urls.json"
NOTHING: frozenset[str] = frozenset()


class Connections:
    """The connections that this process asks the system for, as its audit events tell."""

    def __init__(self) -> None:
        self.watching = False
        self.addresses: list[object] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.watching and event == "socket.connect":
            self.addresses.append(arguments[1])


@pytest.fixture(scope="module")
def hooked() -> Connections:
    return Connections()


@pytest.fixture
def connections(hooked: Connections) -> Iterator[list[object]]:
    hooked.addresses.clear()
    hooked.watching = True
    yield hooked.addresses
    hooked.watching = False


def resolving(*addresses: str) -> EdgeHttp:
    """An edge for which every name has these addresses."""

    async def lookup(host: str) -> list[str]:
        return list(addresses)

    return EdgeHttp(lookup=lookup)


@pytest.mark.skipif(not SSRF.exists(), reason=f"the collection of attacks is not beside the project: {SSRF.name}")
async def test_no_known_attack_on_internal_hosts_opens_a_connection(connections: list[object]) -> None:
    attacks = [entry["url"] for entry in json.loads(SSRF.read_text())]
    http = resolving("169.254.169.254")
    for url in attacks:
        with pytest.raises(Refused):
            await http.send("acme", OutwardRequest("GET", url), NOTHING)
    await http.close()
    assert len(attacks) > 100
    assert connections == []


async def test_the_test_would_see_a_connection(connections: list[object]) -> None:
    async with wire(lambda seen: ok()) as shop:
        http = EdgeHttp()
        await http.send("acme", OutwardRequest("GET", shop.url), shop.allowed)
        await http.close()
    assert connections == [("127.0.0.1", shop.port)]


@pytest.mark.parametrize(
    "bad", ["10.0.0.5", "127.0.0.1", "169.254.169.254", "::1", "64:ff9b::a00:5", "::ffff:10.0.0.5"]
)
async def test_a_name_with_one_closed_address_among_global_ones_is_refused(bad: str, connections: list[object]) -> None:
    http = resolving("93.184.216.34", bad, "2606:4700::1111")
    with pytest.raises(Refused, match=r"shop\.example resolves to"):
        await http.send("acme", OutwardRequest("GET", "https://shop.example/"), NOTHING)
    await http.close()
    assert connections == []


async def test_a_listed_name_is_connected_to_at_the_address_that_was_checked(connections: list[object]) -> None:
    http = resolving("127.0.0.1")
    async with wire(lambda seen: ok()) as shop:
        url = f"http://shop.internal:{shop.port}/"
        answer = await http.send("acme", OutwardRequest("GET", url), frozenset({f"shop.internal:{shop.port}"}))
        await http.close()
    assert answer.status == 200
    assert connections == [("127.0.0.1", shop.port)]


async def test_a_second_address_is_tried_when_the_first_does_not_answer(connections: list[object]) -> None:
    http = resolving("127.0.0.2", "127.0.0.1")
    async with wire(lambda seen: ok()) as shop:
        url = f"http://shop.internal:{shop.port}/"
        answer = await http.send("acme", OutwardRequest("GET", url), frozenset({"shop.internal"}))
        await http.close()
    assert answer.status == 200
    assert connections == [("127.0.0.2", shop.port), ("127.0.0.1", shop.port)]


async def test_one_workspaces_connection_serves_no_other_workspace(http: EdgeHttp) -> None:
    async with wire(lambda seen: ok()) as shop:
        request = OutwardRequest("GET", shop.url)
        await http.send("acme", request, shop.allowed)
        with pytest.raises(Refused, match="a loopback address"):
            await http.send("other", request, NOTHING)
        assert len(shop.seen) == 1
        await http.send("other", request, shop.allowed)
        await http.send("acme", request, shop.allowed)
    assert [seen.connection for seen in shop.seen] == [1, 2, 1]


@pytest.mark.parametrize("host", ["127.0.0.1", "shop.internal"])
async def test_a_host_taken_off_the_allow_list_is_refused_though_a_connection_is_open(host: str) -> None:
    http = resolving("127.0.0.1")
    async with wire(lambda seen: ok()) as shop:
        request = OutwardRequest("GET", f"http://{host}:{shop.port}/")
        await http.send("acme", request, frozenset({host}))
        with pytest.raises(Refused):
            await http.send("acme", request, NOTHING)
        with pytest.raises(Refused):
            await http.send("acme", request, frozenset({f"{host}:{shop.port + 1}"}))
        await http.close()
    assert len(shop.seen) == 1


async def test_a_connection_from_before_the_allow_list_changed_is_not_used_again() -> None:
    http = resolving("127.0.0.1")
    async with wire(lambda seen: ok()) as shop:
        request = OutwardRequest("GET", f"http://shop.internal:{shop.port}/")
        await http.send("acme", request, frozenset({"shop.internal"}))
        await http.send("acme", request, frozenset({"127.0.0.0/8"}))
        await http.close()
    assert [seen.connection for seen in shop.seen] == [1, 2]


async def test_an_allow_list_that_cannot_be_read_lets_nothing_out(http: EdgeHttp) -> None:
    async with wire(lambda seen: ok()) as shop:
        with pytest.raises(Refused, match=r'The allow-list entry "http://x" cannot be understood'):
            await http.send("acme", OutwardRequest("GET", shop.url), shop.allowed | {"http://x"})
    assert shop.connections == 0


async def test_idle_pools_beyond_the_bound_are_closed() -> None:
    http = EdgeHttp(most_pools=2)
    async with wire(lambda seen: ok()) as shop:
        for workspace in ("one", "two", "three", "one", "three"):
            await http.send(workspace, OutwardRequest("GET", shop.url), shop.allowed)
        await http.close()
    assert [seen.connection for seen in shop.seen] == [1, 2, 3, 4, 3]

"""Redirects: each hop is checked anew, and what went out stays told."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from deskhand.adapters.edge.client import EdgeHttp
from deskhand.ports.http import Answer, NotSent, OutcomeUnknown, OutwardRequest, Refused
from tests.integration.edge.conftest import Get
from tests.integration.edge.wire import Reply, Seen, Then, Wire, moved, ok, wire

HEADERS = {"Authorization": "Bearer canary", "X-Api-Key": "canary", "Cookie": "canary=1", "Accept": "text/csv"}


def leading_to(location: str, status: str = "302 Found", at: str = "/") -> "Leading":
    return Leading({at: moved(location, status)})


@dataclass(frozen=True, slots=True)
class Leading:
    """Answers paths as told, and every other one with its path."""

    answers: dict[str, bytes | Reply]

    def __call__(self, seen: Seen) -> bytes | Reply:
        return self.answers.get(seen.target) or ok(seen.target.encode())


@pytest.fixture
async def elsewhere() -> AsyncIterator[Wire]:
    async with wire(lambda seen: ok(b"elsewhere")) as server:
        yield server


async def send(http: EdgeHttp, method: str, server: Wire, *others: Wire, **given: object) -> Answer:
    allowed = server.allowed.union(*(other.allowed for other in others))
    return await http.send("acme", OutwardRequest(method, server.url + "/", HEADERS, **given), allowed)  # type: ignore[arg-type]


@pytest.mark.parametrize("status", ["301 x", "302 x", "303 x", "307 x", "308 x"])
async def test_a_read_follows_a_redirect_with_everything_on_its_own_origin(http: EdgeHttp, status: str) -> None:
    async with wire(leading_to("/new", status)) as shop:
        answer = await send(http, "GET", shop)
    assert (answer.status, answer.body, answer.problem) == (200, b"/new", None)
    assert shop.seen[1].headers["authorization"] == "Bearer canary"


async def test_a_read_follows_to_another_origin_without_any_credential(http: EdgeHttp, elsewhere: Wire) -> None:
    async with wire(leading_to(f"{elsewhere.url}/x?y=1")) as shop:
        answer = await send(http, "GET", shop, elsewhere)
    assert answer.body == b"elsewhere"
    (seen,) = elsewhere.seen
    assert "canary" not in str(seen)
    assert (seen.target, seen.headers["accept"]) == ("/x?y=1", "text/csv")


async def test_a_read_is_not_led_to_a_private_address(http: EdgeHttp, elsewhere: Wire) -> None:
    for location in (
        elsewhere.url,
        "http://169.254.169.254/latest/",
        "https://10.0.0.5/",
        "https://127.1/",
        "file:///etc",
    ):
        async with wire(leading_to(location)) as shop:
            with pytest.raises(Refused):
                await send(http, "GET", shop)
    assert elsewhere.connections == 0


async def test_a_call_that_is_no_read_and_is_led_to_a_private_address_was_sent(http: EdgeHttp, elsewhere: Wire) -> None:
    async with wire(leading_to(elsewhere.url, "303 See Other")) as shop:
        answer = await send(http, "POST", shop, body=b"{}")
    assert (answer.status, answer.headers["location"], answer.body) == (303, elsewhere.url, b"")
    assert (answer.problem or "").startswith("The redirect was not followed: 127.0.0.1 is a loopback address")
    assert elsewhere.connections == 0


@pytest.mark.parametrize(
    ("method", "status"), [("POST", "307 x"), ("POST", "308 x"), ("PUT", "307 x"), ("PATCH", "302 x")]
)
async def test_a_change_is_not_repeated_at_another_origin(
    http: EdgeHttp, elsewhere: Wire, method: str, status: str
) -> None:
    async with wire(leading_to(elsewhere.url, status)) as shop:
        answer = await send(http, method, shop, elsewhere, body=b"{}", idempotent=method == "PUT")
    assert answer.status == int(status[:3])
    assert f"redirects this {method} to another origin" in (answer.problem or "")
    assert elsewhere.connections == 0


@pytest.mark.parametrize("status", ["301 x", "302 x", "303 x"])
async def test_a_post_is_followed_by_a_read(http: EdgeHttp, elsewhere: Wire, status: str) -> None:
    async with wire(leading_to("/done", status)) as shop:
        answer = await send(http, "POST", shop, body=b"{}")
    assert answer.body == b"/done"
    assert [(seen.method, seen.body) for seen in shop.seen] == [("POST", b"{}"), ("GET", b"")]


async def test_a_post_is_repeated_where_its_own_origin_wants_it(http: EdgeHttp) -> None:
    async with wire(leading_to("/new", "307 Temporary Redirect")) as shop:
        answer = await send(http, "POST", shop, body=b"{}")
    assert answer.body == b"/new"
    assert [(seen.method, seen.body, seen.connection) for seen in shop.seen] == [
        ("POST", b"{}", 1),
        ("POST", b"{}", 2),
    ]


def counting_down(seen: Seen) -> bytes:
    """`/3` leads to `/2`, and so on to `/0`."""
    left = int(seen.target[1:])
    return moved(f"/{left - 1}") if left else ok(b"there")


async def test_five_redirects_are_followed_and_a_sixth_is_not(call: Get) -> None:
    async with wire(counting_down) as shop:
        answer = await call(shop, "GET", "/5")
        assert (answer.body, len(shop.seen)) == (b"there", 6)
        with pytest.raises(Refused, match="redirected the call over 5 times"):
            await call(shop, "GET", "/6")
        assert len(shop.seen) == 12
        stopped = await call(shop, "POST", "/6")
    assert stopped.status == 302
    assert "over 5 times" in (stopped.problem or "")


async def test_a_redirect_without_a_location_is_the_answer(call: Get) -> None:
    async with wire(lambda seen: ok(b"?", status="302 Found")) as shop:
        answer = await call(shop)
    assert (answer.status, answer.body, answer.problem) == (302, b"?", None)


async def test_an_error_behind_a_redirect_does_not_undo_the_call(http: EdgeHttp) -> None:
    answers: dict[str, bytes | Reply] = {"/": moved("/done", "303 x"), "/done": ok(b"", status="404 Not Found")}
    async with wire(Leading(answers)) as shop:
        answer = await send(http, "POST", shop, body=b"{}")
        read = await send(http, "GET", shop)
    assert answer.status == 303
    assert answer.problem == f"The redirect led to 127.0.0.1:{shop.port}, which answered 404."
    assert read.status == 404


@pytest.mark.parametrize("then", [Then.CLOSE, Then.HANG])
async def test_no_answer_behind_a_redirect_does_not_undo_the_call(http: EdgeHttp, then: Then) -> None:
    async with wire(Leading({"/": moved("/done", "303 x"), "/done": Reply(then=then)})) as shop:
        answer = await send(http, "POST", shop, body=b"{}", timeout=1.0)
        with pytest.raises(OutcomeUnknown):
            await send(http, "GET", shop, timeout=1.0)
    assert answer.status == 303
    assert (answer.problem or "").startswith("The redirect was not followed: ")


async def test_a_repeated_change_without_an_answer_is_unknown(http: EdgeHttp) -> None:
    async with wire(Leading({"/": moved("/new", "307 x"), "/new": Reply(then=Then.CLOSE)})) as shop:
        with pytest.raises(OutcomeUnknown):
            await send(http, "POST", shop, body=b"{}")


async def test_a_redirect_to_a_server_that_is_gone(http: EdgeHttp) -> None:
    async with wire(lambda seen: ok()) as gone:
        pass
    async with wire(leading_to(gone.url, "303 x")) as shop:
        with pytest.raises(NotSent, match="the connection was refused"):
            await send(http, "GET", shop, gone)
        answer = await send(http, "POST", shop, gone, body=b"{}")
    assert answer.status == 303
    assert "the connection was refused" in (answer.problem or "")

"""One request out: what is sent, over which connection, and what a failure is called."""

import asyncio
import ssl
import traceback
from pathlib import Path

import pytest

from deskhand import __version__
from deskhand.adapters.edge.client import EdgeHttp
from deskhand.ports.http import Answer, NotSent, OutcomeUnknown, OutwardError, OutwardRequest, Refused
from tests.integration.edge.conftest import Get
from tests.integration.edge.wire import Reply, Seen, Then, ok, wire

SECRET = "canary-5f2c"


async def test_a_request_goes_out_as_it_was_given(call: Get) -> None:
    async with wire(lambda seen: ok(b'{"id": 1}', "X-Two: a", "x-two: b", status="201 Created")) as shop:
        answer = await call(
            shop, "POST", "/orders?a=%20b", headers={"Content-Type": "application/json"}, body=b'{"n":1}'
        )
    (seen,) = shop.seen
    assert (seen.method, seen.target, seen.body) == ("POST", "/orders?a=%20b", b'{"n":1}')
    assert seen.headers["content-type"] == "application/json"
    assert seen.headers["user-agent"] == f"Deskhand/{__version__}"
    assert seen.headers["accept-encoding"] == "gzip, deflate"
    assert seen.headers["host"] == f"127.0.0.1:{shop.port}"
    assert (answer.status, answer.body, answer.problem) == (201, b'{"id": 1}', None)
    assert answer.headers["x-two"] == "a, b"
    assert answer.milliseconds >= 0


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"])
async def test_every_method_goes_out_without_a_body_or_a_guessed_content_type(call: Get, method: str) -> None:
    async with wire(lambda seen: ok(b"")) as shop:
        answer = await call(shop, method)
    assert (shop.seen[0].method, answer.status) == (method, 200)
    assert "content-type" not in shop.seen[0].headers


async def test_a_user_agent_of_the_callers_own_is_kept(call: Get) -> None:
    async with wire(lambda seen: ok()) as shop:
        await call(shop, headers={"user-agent": "Shop/1"})
    assert shop.seen[0].headers["user-agent"] == "Shop/1"


@pytest.mark.parametrize("method", ["CONNECT", "TRACE", "get", "GET /x HTTP/1.1\r\nX: y"])
async def test_other_methods_are_refused(call: Get, method: str) -> None:
    async with wire(lambda seen: ok()) as shop:
        with pytest.raises(Refused, match="The method"):
            await call(shop, method)
    assert shop.connections == 0


async def test_a_header_that_could_split_the_request_is_refused_before_a_connection(call: Get) -> None:
    async with wire(lambda seen: ok()) as shop:
        with pytest.raises(Refused, match="X-Note"):
            await call(shop, headers={"X-Note": "a\r\nX-Evil: 1"})
    assert shop.connections == 0


async def test_an_answer_of_html_is_an_answer(call: Get) -> None:
    page = b"<!doctype html><p>Down for maintenance"
    async with wire(lambda seen: ok(page, "Content-Type: text/html", status="503 Service Unavailable")) as shop:
        answer = await call(shop)
    assert (answer.status, answer.headers["content-type"], answer.body) == (503, "text/html", page)
    assert answer.problem is None


async def test_reads_and_idempotent_calls_keep_their_connection_and_others_take_a_fresh_one(call: Get) -> None:
    async with wire(lambda seen: ok()) as shop:
        await call(shop, "GET")
        await call(shop, "POST")
        await call(shop, "PUT", idempotent=True)
        await call(shop, "POST")
        await call(shop, "GET")
    assert [(seen.method, seen.connection) for seen in shop.seen] == [
        ("GET", 1),
        ("POST", 2),
        ("PUT", 1),
        ("POST", 3),
        ("GET", 1),
    ]
    assert shop.seen[1].headers["connection"] == "close"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_a_call_on_a_kept_connection_that_drops_is_sent_once(call: Get, method: str) -> None:
    def drop_the_second(seen: Seen) -> Reply | bytes:
        return ok() if seen.target == "/first" else Reply(then=Then.CLOSE)

    async with wire(drop_the_second) as shop:
        await call(shop, "GET", "/first")
        with pytest.raises(OutcomeUnknown, match="closed the connection without an answer"):
            await call(shop, method, "/second", idempotent=True)
    assert [(seen.method, seen.connection) for seen in shop.seen] == [("GET", 1), (method, 1)]


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        (Reply(then=Then.CLOSE), "closed the connection without an answer"),
        (Reply(then=Then.RESET), "broke the connection before it answered"),
        (Reply(b"HTTP/1.1 20", Then.CLOSE), "closed the connection without an answer"),
        (Reply(b"SSH-2.0-OpenSSH_9.6\r\n\r\n", Then.HANG), "answered with something that is not HTTP"),
        (Reply(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000, Then.HANG), "something that is not HTTP"),
        (Reply(then=Then.HANG), "did not answer in time"),
        (Reply(b"HTTP/1.1 200 OK\r\nContent-", Then.HANG), "did not answer in time"),
    ],
)
async def test_without_an_answer_the_outcome_is_unknown(call: Get, reply: Reply, cause: str) -> None:
    async with wire(lambda seen: reply) as shop:
        with pytest.raises(OutcomeUnknown, match=cause) as unknown:
            await call(shop, "POST", body=b"{}", timeout=0.3)
    assert f"127.0.0.1:{shop.port}" in unknown.value.sentence
    assert len(shop.seen) == 1


async def test_a_refused_connection_is_not_sent(call: Get) -> None:
    async with wire(lambda seen: ok()) as shop:
        pass
    with pytest.raises(NotSent, match=r"was not reached: the connection was refused\. Nothing was sent\."):
        await call(shop, "POST")


async def test_a_name_that_does_not_resolve_is_not_sent() -> None:
    async def nowhere(host: str) -> list[str]:
        return []

    http = EdgeHttp(lookup=nowhere)
    with pytest.raises(NotSent, match=r"gone\.example:443 was not reached: its name cannot be resolved"):
        await http.send("acme", OutwardRequest("POST", "https://gone.example/"), frozenset())
    await http.close()


@pytest.mark.parametrize("limits", [{"connect_limit": 0.1}, {"timeout": 0.1}])
async def test_a_server_that_never_finishes_its_handshake_is_not_sent(limits: dict[str, float]) -> None:
    http = EdgeHttp(connect_limit=limits.get("connect_limit", 10))
    async with wire(lambda seen: ok()) as shop:
        request = OutwardRequest("POST", f"https://127.0.0.1:{shop.port}/", timeout=limits.get("timeout", 10))
        with pytest.raises(NotSent, match="there was no connection in time"):
            await http.send("acme", request, shop.allowed)
        await http.close()
    assert shop.seen == []


async def test_a_name_that_takes_too_long_to_resolve_is_not_sent() -> None:
    async def slow(host: str) -> list[str]:
        await asyncio.Event().wait()
        return []

    http = EdgeHttp(lookup=slow, connect_limit=0.05)
    with pytest.raises(NotSent, match="there was no connection in time"):
        await http.send("acme", OutwardRequest("GET", "https://shop.example/"), frozenset())
    await http.close()


async def to_loopback(host: str) -> list[str]:
    return ["127.0.0.1"]


async def test_https_is_spoken_with_the_name_at_the_checked_address(
    certificate: Path, server_tls: ssl.SSLContext
) -> None:
    http = EdgeHttp(lookup=to_loopback, tls=ssl.create_default_context(cafile=str(certificate)))
    async with wire(lambda seen: ok(), tls=server_tls) as shop:
        url = f"https://shop.internal:{shop.port}/"
        answer = await http.send("acme", OutwardRequest("GET", url), frozenset({"shop.internal"}))
        await http.close()
    assert answer.status == 200
    assert shop.seen[0].headers["host"] == f"shop.internal:{shop.port}"


@pytest.mark.parametrize("name", ["shop.internal", "other.internal"])
async def test_a_certificate_that_is_not_trusted_or_for_another_host_is_not_sent(
    certificate: Path, server_tls: ssl.SSLContext, name: str
) -> None:
    trusted = ssl.create_default_context(cafile=str(certificate)) if name == "other.internal" else None
    http = EdgeHttp(lookup=to_loopback, tls=trusted)
    async with wire(lambda seen: ok(), tls=server_tls) as shop:
        with pytest.raises(NotSent, match=r"its TLS certificate is not valid \("):
            await http.send("acme", OutwardRequest("GET", f"https://{name}:{shop.port}/"), frozenset({name}))
        await http.close()
    assert shop.seen == []


async def test_https_to_a_server_that_speaks_plain_http_is_not_sent(http: EdgeHttp) -> None:
    async def answer_in_plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(ok(b"", status="400 Bad Request"))
        writer.close()

    server = await asyncio.start_server(answer_in_plain, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(NotSent, match="it does not speak TLS there"):
            await http.send("acme", OutwardRequest("GET", f"https://127.0.0.1:{port}/"), frozenset({"127.0.0.1"}))


async def test_no_error_shows_a_credential_or_the_query(call: Get) -> None:
    async with wire(lambda seen: Reply(b"HTTP/1.1 nonsense\r\n\r\n", Then.CLOSE)) as shop:
        pass_on = {"headers": {"Authorization": f"Bearer {SECRET}"}, "path": f"/x?token={SECRET}"}
        with pytest.raises(OutwardError) as unknown:
            await call(shop, **pass_on)
    with pytest.raises(OutwardError) as not_sent:
        await call(shop, **pass_on)
    for caught in (unknown, not_sent):
        assert SECRET not in caught.value.sentence
        assert caught.value.__context__ is None
        assert SECRET not in "".join(traceback.format_exception(caught.value))


async def test_cookies_are_not_kept() -> None:
    http = EdgeHttp(lookup=to_loopback)
    async with wire(lambda seen: ok(b"{}", "Set-Cookie: session=1; Path=/")) as shop:
        url = f"http://shop.internal:{shop.port}/"
        for headers in ({}, {"Cookie": "own=1"}, {}):
            answer = await http.send("acme", OutwardRequest("GET", url, headers), frozenset({"shop.internal"}))
        await http.close()
    assert answer.headers["set-cookie"] == "session=1; Path=/"
    assert [seen.headers.get("cookie") for seen in shop.seen] == [None, "own=1", None]


async def test_proxies_and_netrc_of_the_environment_are_ignored(
    call: Get, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine 127.0.0.1 login me password {SECRET}")
    async with wire(lambda seen: ok()) as shop, wire(lambda seen: ok()) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.setenv("NETRC", str(netrc))
        answer: Answer = await call(shop)
    assert (answer.status, proxy.connections) == (200, 0)
    assert "authorization" not in shop.seen[0].headers


async def test_nothing_is_sent_after_closing(http: EdgeHttp) -> None:
    async with wire(lambda seen: ok()) as shop:
        await http.close()
        with pytest.raises(NotSent, match="shutting down"):
            await http.send("acme", OutwardRequest("GET", shop.url), shop.allowed)
    assert shop.connections == 0


async def test_no_request_may_take_longer_than_the_total_limit(call: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskhand.adapters.edge.client.TOTAL_LIMIT", 0.1)
    async with wire(lambda seen: Reply(then=Then.HANG)) as shop:
        with pytest.raises(OutcomeUnknown, match="did not answer in time"):
            await call(shop, timeout=1000.0)


async def test_a_call_that_is_given_up_closes_its_connection(call: Get) -> None:
    arrived = asyncio.Event()

    def hang_at_first(seen: Seen) -> Reply | bytes:
        arrived.set()
        return Reply(then=Then.HANG) if seen.target == "/hang" else ok()

    async with wire(hang_at_first) as shop:
        given_up = asyncio.create_task(call(shop, "GET", "/hang"))
        await arrived.wait()
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        answer = await call(shop)
    assert (answer.status, [seen.connection for seen in shop.seen]) == (200, [1, 2])


async def test_calls_at_once_keep_apart_where_they_go() -> None:
    addresses = {"one.internal": "127.0.0.1", "two.internal": "127.0.0.2"}

    async def lookup(host: str) -> list[str]:
        return [addresses[host]]

    http = EdgeHttp(lookup=lookup)
    async with wire(lambda seen: ok(b"one")) as one, wire(lambda seen: ok(b"two"), host="127.0.0.2") as two:
        urls = [f"http://one.internal:{one.port}/", f"http://two.internal:{two.port}/"] * 30
        allowed = frozenset(addresses)
        answers = await asyncio.gather(*(http.send("acme", OutwardRequest("GET", url), allowed) for url in urls))
        await http.close()
    assert [answer.body for answer in answers] == [b"one", b"two"] * 30

"""Bodies that are too long, broken or never end: the call has happened, and the answer says what is missing."""

import gzip
import zlib

import pytest

from tests.integration.edge.conftest import Get
from tests.integration.edge.wire import Reply, Then, ok, wire

MEBIBYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("gzip", gzip.compress(b'{"a":1}', mtime=0)), ("deflate", zlib.compress(b'{"a":1}')), ("identity", b'{"a":1}')],
)
async def test_a_compressed_body_is_decompressed(call: Get, encoding: str, body: bytes) -> None:
    async with wire(lambda seen: ok(body, f"Content-Encoding: {encoding}")) as shop:
        answer = await call(shop)
    assert (answer.body, answer.problem) == (b'{"a":1}', None)


async def test_a_body_of_exactly_the_cap_is_whole(call: Get) -> None:
    async with wire(lambda seen: ok(b"x" * MEBIBYTE)) as shop:
        answer = await call(shop)
    assert (len(answer.body), answer.problem) == (MEBIBYTE, None)


@pytest.mark.parametrize("packed", [False, True])
async def test_a_larger_body_ends_at_the_cap_with_a_problem(call: Get, packed: bool) -> None:
    body = b"x" * (MEBIBYTE + 1)
    data = ok(gzip.compress(body), "Content-Encoding: gzip") if packed else ok(body)
    async with wire(lambda seen: data) as shop:
        answer = await call(shop)
    assert (answer.status, len(answer.body)) == (200, MEBIBYTE)
    assert answer.problem == f"127.0.0.1:{shop.port} answered 200, but its body is larger than 1,048,576 bytes."


async def test_a_gzip_bomb_ends_early(call: Get) -> None:
    bomb = gzip.compress(b"\0" * (30 * MEBIBYTE))
    async with wire(lambda seen: ok(bomb, "Content-Encoding: gzip")) as shop:
        answer = await call(shop)
    assert len(answer.body) == MEBIBYTE
    assert "larger than" in (answer.problem or "")


@pytest.mark.parametrize("coding", ["", "Content-Encoding: gzip\r\n"])
async def test_a_chunked_body_without_end_is_cut_at_the_cap(call: Get, coding: str) -> None:
    piece = gzip.compress(b"") * 500 if coding else b"x" * 10_000
    chunk = f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    head = f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{coding}\r\n".encode()
    async with wire(lambda seen: Reply(head, Then.REPEAT, more=chunk)) as shop:
        answer = await call(shop)
    assert answer.status == 200
    assert "larger than" in (answer.problem or "")


@pytest.mark.parametrize("then", [Then.CLOSE, Then.RESET])
@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "500 Internal Server Error"])
async def test_half_a_body_is_an_answer_with_a_problem(call: Get, status: str, then: Then) -> None:
    half = f"HTTP/1.1 {status}\r\nContent-Length: 100\r\n\r\nhalf".encode()
    async with wire(lambda seen: Reply(half, then)) as shop:
        answer = await call(shop, "POST", body=b"{}")
    assert answer.status == int(status[:3])
    assert answer.problem == f"127.0.0.1:{shop.port} answered {status[:3]}, but its body was cut off."


async def test_a_chunked_body_that_breaks_off_is_an_answer_with_a_problem(call: Get) -> None:
    half = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"
    async with wire(lambda seen: Reply(half, Then.CLOSE)) as shop:
        answer = await call(shop)
    assert "cut off" in (answer.problem or "")


async def test_a_body_that_does_not_end_in_time_is_an_answer_with_what_came(call: Get) -> None:
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
    async with wire(lambda seen: Reply(half, Then.HANG)) as shop:
        answer = await call(shop, "POST", timeout=1.0)
    assert (answer.status, answer.body) == (200, b"half")
    assert "did not end in time" in (answer.problem or "")


@pytest.mark.parametrize(
    ("encoding", "body", "problem"),
    [
        ("gzip", b"<html>", "its body is not valid gzip"),
        ("gzip", gzip.compress(b"hello", mtime=0)[:-6], "its compressed body ends too early"),
        ("br", b"hello", "its body is encoded as 'br', which was not asked for"),
    ],
)
async def test_a_body_that_cannot_be_decoded_is_an_answer_with_a_problem(
    call: Get, encoding: str, body: bytes, problem: str
) -> None:
    async with wire(lambda seen: ok(body, f"Content-Encoding: {encoding}", status="201 Created")) as shop:
        answer = await call(shop, "POST", body=b"{}")
    assert (answer.status, problem in (answer.problem or "")) == (201, True)


async def test_a_connection_whose_body_was_not_read_to_its_end_is_not_used_again(call: Get) -> None:
    async with wire(lambda seen: ok(b"x" * (3 * MEBIBYTE) if seen.target == "/long" else b"short")) as shop:
        await call(shop, "GET", "/long")
        answer = await call(shop)
    assert (answer.body, [seen.connection for seen in shop.seen]) == (b"short", [1, 2])


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
async def test_an_answer_without_a_body_keeps_its_connection(call: Get, status: str) -> None:
    async with wire(lambda seen: f"HTTP/1.1 {status}\r\nContent-Encoding: gzip\r\n\r\n".encode()) as shop:
        for _ in range(2):
            answer = await call(shop)
    assert (answer.body, answer.problem) == (b"", None)
    assert shop.connections == 1

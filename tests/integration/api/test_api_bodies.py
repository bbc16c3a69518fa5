import asyncio
import json
from collections.abc import AsyncIterator

import httpx2
import pytest

from tests.integration.api.desk import Desk, problem, talk
from tests.integration.api.live import serving

JSON = {"content-type": "application/json"}
DEEP = 10_000


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "it is no JSON"),
        (b'{"text": }', "line 1, column 10"),
        (b'{"text": NaN}', "NaN is no JSON number"),
        (b'{"text": 1e999}', "too large"),
        (b"[" * DEEP + b"]" * DEEP, "nested deeper"),
        (b'{"text": ' + b'{"a":' * DEEP + b"1" + b"}" * DEEP + b"}", "nested deeper"),
        (b'{"text": ' + b"9" * 5000 + b"}", "integer"),
        (b'{"text": "\xff\xfe"}', "not UTF-8"),
    ],
    ids=["cut off", "no value", "NaN", "huge float", "deep list", "deep object", "huge integer", "no UTF-8"],
)
async def test_what_is_no_sound_json_is_refused_in_plain_words(
    owner: httpx2.AsyncClient, body: bytes, said: str
) -> None:
    conversation = await talk(owner)
    refused = await owner.post(f"/v1/conversations/{conversation}/messages", content=body, headers=JSON)
    assert said in problem(refused, 422)["detail"]
    assert (await owner.get(f"/v1/conversations/{conversation}")).json()["seq"] == 0


@pytest.mark.parametrize(
    ("body", "sentence", "field"),
    [
        ([], "The request's body must be an object.", None),
        ("text", "The request's body must be an object.", None),
        (None, "The request's body is missing.", None),
        ({}, "`text` is missing.", "text"),
        ({"text": 7}, "`text` must be a text.", "text"),
        ({"text": "Hi", "txet": "Hi"}, "`txet` is no field of this request: leave it out.", "txet"),
        ({"text": "Hi", "event_id": ""}, "`event_id` must not be empty.", "event_id"),
        ({"text": "Hi", "event_id": "x" * 129}, "`event_id` may have at most 128 characters.", "event_id"),
    ],
)
async def test_what_is_wrong_is_said_with_its_field(
    owner: httpx2.AsyncClient, body: object, sentence: str, field: str | None
) -> None:
    conversation = await talk(owner)
    content = b"" if body is None else json.dumps(body).encode()
    refused = await owner.post(f"/v1/conversations/{conversation}/messages", content=content, headers=JSON)
    (found,) = problem(refused, 422)["problems"]
    assert (found["sentence"], found["field"]) == (sentence, field)


@pytest.mark.parametrize("wait", ["-1", "121", "nan", "inf", "soon"])
async def test_a_wait_that_makes_no_sense_is_refused(owner: httpx2.AsyncClient, wait: str) -> None:
    conversation = await talk(owner)
    refused = await owner.post(f"/v1/conversations/{conversation}/messages?wait={wait}", json={"text": "Hi"})
    assert problem(refused, 422)["problems"][0]["field"] == "wait"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_another_content_type_is_refused(owner: httpx2.AsyncClient, kind: str) -> None:
    conversation = await talk(owner)
    path = f"/v1/conversations/{conversation}/messages"
    problem(await owner.post(path, content=b'{"text": "Hi"}', headers={"content-type": kind}), 415)
    answer = await owner.post(
        path, content=b'{"text": "Hi"}', headers={"content-type": "application/json; charset=utf-8"}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("text", ['"a\\u0000b"', '"a\\ud800b"', '"\\udc00\\ud800"'], ids=["NUL", "half", "halves"])
async def test_characters_that_cannot_be_kept_are_replaced(any_desk: Desk, text: str) -> None:
    async with any_desk.client() as client:
        conversation = await talk(client)
        path = f"/v1/conversations/{conversation}/messages"
        body = f'{{"text": {text}, "event_id": {text}}}'.encode()
        answer = await client.post(path, content=body, headers=JSON)
        assert answer.status_code == 200
        assert "\ufffd" in answer.json()["entries"][0]["body"]["text"]


async def test_queries_that_no_database_could_take_are_refused(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        huge = "9" * 30
        for path in (
            "runs?procedure=%00", "runs?conversation=conv_%00", "approvals?conversation=%00", "audit?limit=" + huge,
            "procedures/greeting/changes?from=" + huge, "approvals?status=%00", "audit?limit=0", "audit?limit=201",
        ):  # fmt: skip
            problem(await client.get(f"/v1/{path}"), 422)
        problem(await client.get("/v1/audit?cursor=%00"), 400)
        conversation = await talk(client)
        for query in ("after=-1", "after=" + huge, "after=x", "limit=1.5"):
            problem(await client.get(f"/v1/conversations/{conversation}/entries?{query}"), 422)
        header = {"last-event-id": huge}
        problem(await client.get(f"/v1/conversations/{conversation}/events", headers=header), 422)


async def test_a_body_that_announces_too_much_is_refused(owner: httpx2.AsyncClient) -> None:
    refused = await owner.post("/v1/procedures", json={"yaml": "x" * (1024 * 1024)})
    assert problem(refused, 413)["detail"].startswith("The request's body is larger than 1 MiB")


async def test_who_sends_ten_megabytes_before_looking_up_reads_why_that_was_refused(desk: Desk) -> None:
    async with serving(desk.app) as live:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(live.address.rpartition(":")[2]))
        body = json.dumps({"text": "x" * 10_000_000}).encode()
        writer.write(b"POST /v1/conversations HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n")
        writer.write(b"content-length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        answer = (await reader.read()).decode()
        writer.close()
        await writer.wait_closed()
    assert answer.startswith("HTTP/1.1 413 ")
    assert "The request's body is larger than 1 MiB" in answer


async def test_a_body_that_does_not_end_is_not_read_to_its_end(owner: httpx2.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b"x" * 64 * 1024

    problem(await owner.post("/v1/procedures", content=endless(), headers=JSON), 413)
    assert sent <= 18


async def test_addresses_and_methods_that_do_not_exist_are_problems(owner: httpx2.AsyncClient) -> None:
    problem(await owner.get("/v1/nothing"), 404)
    problem(await owner.get("/v1/procedures/"), 404)
    problem(await owner.get("/assets/nothing.js"), 404)
    problem(await owner.get("/assets/../app.py"), 404)
    problem(await owner.get("/assets/%2e%2e/app.py"), 404)
    refused = await owner.patch("/v1/procedures/greeting")
    assert refused.headers["allow"] == "GET, PUT, DELETE"
    problem(refused, 405)
    problem(await owner.delete("/assets/page.js"), 405)

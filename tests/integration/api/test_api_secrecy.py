"""A secret that is stored and used must never be seen again."""

import base64
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest

from tests.integration.api.desk import Desk, publish, start, talk
from tests.integration.api.live import following, serving, take, telling

CANARY = 'c4nary/+"secret"&value'
FORMS = (
    CANARY,
    quote(CANARY, safe=""),
    base64.b64encode(CANARY.encode()).decode(),
    CANARY.replace('"', '\\"'),
    "c4nary",
)
ASKING = {
    "name": "Echo",
    "trigger": {"description": "The customer wants to know what is sent to the shop."},
    "steps": [
        {
            "id": "call", "kind": "call", "method": "POST", "url": "/echo", "connection": "shop",
            "headers": {"X-Token": "{{secrets.CANARY}}"}, "body": '{"token": "{{secrets.CANARY}}"}',
            "response_variable": "answer", "approval": "require", "description": "Ask the shop",
        },
        {"id": "tell", "kind": "message", "text": "It said {{answer.joined}}"},
    ],
}  # fmt: skip
GETS = (
    "conversations", "procedures", "procedures/echo", "procedures/echo/versions/1", "runs", "approvals?status=all",
    "connections", "connections/shop", "secrets", "keys", "tickets", "mailbox", "audit", "openapi.json",
)  # fmt: skip


@asynccontextmanager
async def prepared(client: httpx2.AsyncClient) -> AsyncIterator[list[bytes]]:
    """The secret stored, a connection that uses it, and a server that repeats whatever it is sent."""
    async with telling() as (address, received):
        await client.put("/v1/secrets/CANARY", json={"value": CANARY})
        auth = {"kind": "bearer", "secret": "CANARY"}
        await client.put("/v1/connections/shop", json={"base_url": address, "auth": auth})
        hosts = {"hosts": [address.removeprefix("http://")]}
        await client.put("/v1/settings/internal-hosts", json=hosts)
        yield received


def check(text: str, where: str) -> None:
    for form in FORMS:
        assert form not in text, where


async def test_a_secret_is_seen_in_no_answer_no_stream_no_log_and_not_in_the_database(
    desk: Desk, sqlite_url: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    seen: list[str] = []

    async def note(answer: httpx2.Response) -> None:
        seen.append(f"{answer.headers} {(await answer.aread()).decode()}")

    async with serving(desk.app) as live, desk.client() as client, prepared(client) as received:
        client.event_hooks = {"response": [note]}
        await publish(client, ASKING)
        conversation = await talk(client)
        await start(client, conversation, "echo")
        (approval,) = (await client.get("/v1/approvals")).json()["items"]
        receipt = (await client.post(f"/v1/approvals/{approval['id']}/approve")).json()
        assert f"authorization: Bearer {CANARY}".encode() in b"\n".join(received).replace(
            b"Authorization", b"authorization"
        )
        assert "[CANARY]" in str(receipt), "what the server repeated was not recorded"

        async with following(live, desk.keys["agent"], f"/v1/conversations/{conversation}/events") as events:
            check(str(await take(events, receipt["seq"])), "the stream")
        (run,) = (await client.get("/v1/runs")).json()["items"]
        for path in (
            *GETS,
            f"runs/{run['id']}",
            f"conversations/{conversation}",
            f"conversations/{conversation}/entries",
        ):
            assert (await client.get(f"/v1/{path}")).status_code == 200, path
    for answer in seen:
        check(answer, answer[:200])
    out, err = capfd.readouterr()
    check(out + err + caplog.text, "the log")
    assert await in_clear(desk, sqlite_url) == []


async def in_clear(desk: Desk, sqlite_url: str) -> list[str]:
    """The files of the database, as they lie on disk, that the secret can be read in."""
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    files = [path for path in file.parent.iterdir() if path.is_file()]
    assert file in files
    return [path.name for path in files if any(form.encode() in path.read_bytes() for form in FORMS)]

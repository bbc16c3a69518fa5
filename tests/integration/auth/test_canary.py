"""A secret that is used everywhere is seen nowhere, whatever a server makes of it and wherever that is written down."""

import base64
import json
import logging
import re
import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import httpx2
import pytest
from aiohttp import web

from deskhand.worker.deliveries import Deliveries
from tests.integration.api.desk import Desk, publish, start, talk

CANARY = 'c4nary/+ "ü"&va>lue?7'
"""Looks different in every form, and its forms have other lengths."""

ENCODED = CANARY.encode()
FORMS = {
    "plain": CANARY,
    "percent": quote(CANARY, safe=""),
    "percent, small letters": re.sub("%[0-9A-F]{2}", lambda sign: sign[0].lower(), quote(CANARY, safe="")),
    "percent, slashes left": quote(CANARY),
    "form": quote_plus(CANARY),
    "base64": base64.b64encode(ENCODED).decode(),
    "base64 without padding": base64.b64encode(ENCODED).decode().rstrip("="),
    "base64 for addresses": base64.urlsafe_b64encode(ENCODED).decode(),
    "basic": base64.b64encode(b"me:" + ENCODED).decode(),
    "JSON": json.dumps(CANARY)[1:-1],
    "JSON as it is": json.dumps(CANARY, ensure_ascii=False)[1:-1],
    "JSON with slashes": json.dumps(CANARY)[1:-1].replace("/", "\\/"),
    "HTML": escape(CANARY),
}  # fmt: skip

EVERY_FORM = tuple(FORMS.values())


@dataclass
class Parrot:
    """A system that repeats what it was sent, in every form, with whatever status the path names."""

    seen: list[str] = field(default_factory=list)
    hooks: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def repeat(self, request: web.Request) -> web.Response:
        body = await request.text()
        self.seen.append(f"{request.path_qs} {dict(request.headers)} {body}")
        status = int(request.match_info["status"])
        kind = request.match_info["kind"]
        if kind == "text":
            return web.Response(status=status, text=" ; ".join([*FORMS.values(), *self.seen[-1:]]))
        if kind == "page":
            return web.Response(status=status, text="<p>" + " ".join(FORMS.values()), content_type="text/html")
        told = {"error": f"no: {' '.join(FORMS.values())}", "headers": dict(request.headers), CANARY: 1, "forms": FORMS}
        # every sign escaped, as JSON allows
        whole = "".join(f"\\u{ord(sign):04x}" if sign.isalnum() else sign for sign in "you got ") + FORMS["JSON"]
        return web.Response(
            status=status, text=json.dumps(told)[:-1] + f', "escaped": "{whole}"}}', content_type="application/json"
        )

    async def hook(self, request: web.Request) -> web.Response:
        self.hooks.append(await request.text())
        return web.Response()


@pytest.fixture
async def parrot() -> AsyncIterator[Parrot]:
    one = Parrot()
    app = web.Application()
    app.router.add_post("/hook", one.hook)
    app.router.add_route("*", r"/{kind}/{status:\d+}", one.repeat)
    runner = web.AppRunner(app, access_log=None)  # it is the other side: it may write down what it gets
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    one.port = runner.addresses[0][1]
    yield one
    await runner.cleanup()


@pytest.fixture
async def answers(office: Desk, parrot: Parrot) -> AsyncIterator[tuple[httpx2.AsyncClient, list[str]]]:
    """An admin's client that may reach the parrot, and everything that it was ever answered."""
    told: list[str] = []

    async def note(answer: httpx2.Response) -> None:
        told.append(
            f"{answer.request.method} {answer.request.url}\n{answer.headers}\n{(await answer.aread()).decode()}"
        )

    async with office.client("owner") as client:
        client.event_hooks = {"response": [note]}
        await client.put("/v1/settings/internal-hosts", json={"hosts": [parrot.host]})
        hook = {
            "url": f"http://{parrot.host}/hook",
            "events": ["run.completed", "run.failed", "run.escalated", "approval.requested"],
        }
        await client.put("/v1/webhooks/all", json=hook)
        yield client, told


def seen_in(text: str) -> list[str]:
    """The forms in which the secret can be read in a text."""
    return [name for name, form in FORMS.items() if form in text]


WAYS: dict[str, dict[str, Any]] = {
    "bearer": {"kind": "bearer", "token": CANARY},
    "basic": {"kind": "basic", "username": "me", "password": CANARY},
    "header": {"kind": "header", "name": "X-Key", "value": CANARY},
    "query": {"kind": "query", "name": "key", "value": CANARY},
    "body": {"kind": "body", "name": "key", "value": CANARY},
}


def procedure(url: str) -> dict[str, Any]:
    """Calls, tells the customer what came back, and asks a member before it calls again."""
    call = {
        "kind": "call", "method": "POST", "connection": "parrot", "url": url,
        "body": '{"own": "{{secrets.PARROT_OWN}}"}', "headers": {"X-Own": "{{secrets.PARROT_OWN}}"},
        "response_variable": "answer",
    }  # fmt: skip
    return {
        "name": "Flow",
        "trigger": {"description": "When a test wants it to run"},
        "steps": [
            {"id": "one", **call},
            {"id": "tell", "kind": "message", "text": "It said {{answer}}"},
            {"id": "two", **call, "approval": "require", "description": "Again, with {{answer}}"},
        ],
    }


async def everything(client: httpx2.AsyncClient, conversation: str) -> None:
    """Look at whatever a member can look at."""
    for path in (
        "actions", "actions/probe", "actions/probe/export", "actions/probe/export?form=json", "actions/probe/function",
        "connections", "connections/parrot", "secrets", "webhooks", "deliveries", "executions", "audit?limit=200",
        "runs", "approvals?status=all", "conversations", f"conversations/{conversation}",
        f"conversations/{conversation}/entries",
        "procedures/flow", "procedures/flow/versions/1", "openapi.json", "keys", "tickets", "leads", "mailbox",
    ):  # fmt: skip
        assert (await client.get(f"/v1/{path}")).status_code == 200, path
    for row in (await client.get("/v1/executions")).json()["items"]:
        assert (await client.get(f"/v1/executions/{row['id']}")).status_code == 200
    for row in (await client.get("/v1/runs")).json()["items"]:
        assert (await client.get(f"/v1/runs/{row['id']}")).status_code == 200
    assert (await client.get("/")).status_code == 200


@pytest.mark.parametrize(
    ("way", "kind", "status"),
    [
        ("bearer", "json", 200), ("bearer", "text", 500), ("basic", "json", 401), ("header", "page", 404),
        ("query", "text", 200), ("query", "json", 401), ("body", "json", 200),
    ],
)  # fmt: skip
async def test_a_secret_is_seen_by_nobody_but_the_system_it_is_for(
    way: str,
    kind: str,
    status: int,
    office: Desk,
    parrot: Parrot,
    answers: tuple[httpx2.AsyncClient, list[str]],
    sqlite_url: str,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    client, told = answers
    await client.put("/v1/secrets/PARROT_OWN", json={"value": CANARY})
    connection = {"base_url": f"http://{parrot.host}", "auth": WAYS[way]}
    assert (await client.put("/v1/connections/parrot", json=connection)).status_code == 200
    own = {
        "method": "POST",
        "url": f"/{kind}/{status}",
        "connection": "parrot",
        "body": '{"a": "{{secrets.PARROT_OWN}}"}',
    }
    about = {"name": "Probe", "description": "Calls the parrot.", "messages": {"error": "It said {{response}}"}}
    assert (await client.put("/v1/actions/probe", json={**about, "request": own})).status_code == 200
    await client.put("/v1/agents/default", json={"name": "Sam", "actions": ["probe"]})

    await client.post("/v1/actions/probe/try", json={})
    await client.post("/v1/actions/probe/try", json={"dry": True})
    await client.post("/v1/actions/probe/use-as-agent", json={})
    await publish(client, procedure(f"/{kind}/{status}"))
    conversation = await talk(client)
    await start(client, conversation, "flow")
    for approval in (await client.get("/v1/approvals")).json()["items"]:
        await client.post(f"/v1/approvals/{approval['id']}/approve")
    await Deliveries(office.running.services, office.running.http).send_due()
    await everything(client, conversation)

    assert any("c4nary" in one or "YzRuYXJ5" in one for one in parrot.seen), "it was sent"
    assert parrot.hooks
    out, err = capfd.readouterr()
    places = {"the webhook's body": "\n".join(parrot.hooks), "the log": out + err + caplog.text}
    places |= {answer.partition("\n")[0]: answer for answer in told}
    assert {place: seen_in(text) for place, text in places.items() if seen_in(text)} == {}
    assert list(in_clear(sqlite_url)) == []


async def test_an_imported_command_keeps_its_token_to_itself(
    office: Desk, answers: tuple[httpx2.AsyncClient, list[str]], sqlite_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    client, told = answers
    token = "c4nary/+42-value"
    for dry in (True, False):
        for command in (
            f"curl https://api.example/x -H 'Authorization: Bearer {token}'",
            f"curl https://me:{quote(token, safe='')}@api.example/y",
            f"curl 'https://api.example/z?api_key={quote_plus(token)}'",
            f'curl https://api.example/w -d \'{{"password": "{token}"}}\'',
        ):
            answer = await client.post("/v1/import/curl", json={"command": command, "dry": dry})
            assert answer.status_code == 200, answer.text
        definition = {"name": "X", "url": "https://api.example", "auth": {"type": "bearer", "token": token}}
        await client.post("/v1/import/json", json={"text": json.dumps(definition), "dry": dry})
    for row in (await client.get("/v1/actions")).json()["items"]:
        await client.get(f"/v1/actions/{row['slug']}/export")
    await client.get("/v1/audit")

    out, err = capfd.readouterr()
    forms = {
        token,
        quote(token, safe=""),
        base64.b64encode(token.encode()).decode(),
        token.replace("/", "\\/"),
        "c4nary",
    }
    assert [form for form in forms for text in (*told, out, err) if form in text] == []
    assert list(in_clear(sqlite_url, forms)) == []


def in_clear(sqlite_url: str, forms: Iterable[str] = EVERY_FORM) -> Iterator[str]:
    """Where the secret can be read in the database: in its files as they lie on disk, and in any column."""
    wanted = [form.encode() for form in forms]
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    for file in path.parent.iterdir():
        if file.is_file() and any(form in file.read_bytes() for form in wanted):
            yield f"the file {file.name}"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert len(tables) > 15
        for table in tables:
            if table == "digest_texts":  # an index without content: what it keeps lies in tables beside it
                continue
            for row in database.execute(f"SELECT * FROM {table}"):
                cells = [cell if isinstance(cell, bytes) else str(cell).encode() for cell in row]
                if any(form in cell for form in wanted for cell in cells):
                    yield f"the table {table}"

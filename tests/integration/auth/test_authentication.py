"""Every authentication, end to end: what the other side gets, and that nobody else does."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import web

from deskhand.application.trying import Sample, Trial, try_action
from deskhand.bootstrap import Running, build
from deskhand.domain.actions import AnyAction, read_action
from deskhand.settings import Settings
from tests.clock import ScriptedClock

CANARY = "canary/7f3a+9c=never-shown"


@dataclass
class System:
    """A system with an API and a token endpoint; remembers what came."""

    calls: list[dict[str, Any]] = field(default_factory=list)
    grants: list[dict[str, list[str]]] = field(default_factory=list)
    basic: list[str] = field(default_factory=list)
    expires_in: int = 3600
    rotates: bool = False
    refuses: set[str] = field(default_factory=set)
    token_status: int = 200
    echoes: bool = False
    port: int = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def api(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = await request.text()
        self.calls.append({"headers": headers, "query": dict(request.query), "body": body})
        token = headers.get("authorization", "").removeprefix("Bearer ")
        if token in self.refuses:
            return web.json_response({"error": f"no: {token}"}, status=401)
        if self.echoes:
            return web.json_response({"you_sent": [headers, dict(request.query), body]}, status=400)
        return web.json_response({"ok": True})

    async def token(self, request: web.Request) -> web.Response:
        self.grants.append(parse_qs(await request.text()))
        self.basic.append(request.headers.get("Authorization", ""))
        if self.token_status != 200:
            sent = self.grants[-1]
            return web.json_response({"error": "invalid_client", "echo": str(sent)}, status=self.token_status)
        number = len(self.grants)
        granted: dict[str, Any] = {
            "access_token": f"access-{number}",
            "token_type": "Bearer",
            "expires_in": self.expires_in,
        }
        if self.rotates:
            granted["refresh_token"] = f"refresh-{number}"
        return web.json_response(granted)


@dataclass
class Desk:
    running: Running
    workspace: str
    system: System
    clock: ScriptedClock
    folder: Path

    async def connect(self, auth: dict[str, Any] | None, test_auth: dict[str, Any] | None = None) -> None:
        """The connection `api`, its credentials in clear as a member would give them."""
        document = {"base_url": f"http://{self.system.host}", "auth": auth}
        if test_auth is not None:
            document["test_auth"] = test_auth
        await self.running.services.configuration.save_connection(self.workspace, "api", document, "test")

    async def call(self, **request: Any) -> Trial:
        return await try_action(self.running.services, self.workspace, action(**request), Sample())


def action(**request: Any) -> AnyAction:
    return read_action(
        {
            "slug": "probe",
            "name": "Probe",
            "description": "Calls the system.",
            "request": {"connection": "api", "url": "/api", **request},
        }
    )


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    system, clock = System(), ScriptedClock()
    app = web.Application()
    app.router.add_post("/token", system.token)
    app.router.add_route("*", "/api", system.api)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    system.port = runner.addresses[0][1]
    running = await build(Settings(data=tmp_path), clock=clock)
    workspace = (await running.services.configuration.create_workspace("Shop")).id
    await running.services.configuration.set_internal_hosts(workspace, [system.host], "test")
    yield Desk(running, workspace, system, clock, tmp_path)
    await running.close()
    await runner.cleanup()


def client(desk: Desk, **more: Any) -> dict[str, Any]:
    return {
        "kind": "oauth2_client_credentials",
        "token_url": f"http://{desk.system.host}/token",
        "client_id": "deskhand",
        "client_secret": CANARY,
        **more,
    }


async def test_a_bearer_token_goes_into_the_header(desk: Desk) -> None:
    await desk.connect({"kind": "bearer", "token": CANARY})

    assert (await desk.call()).ok
    assert desk.system.calls[0]["headers"]["authorization"] == f"Bearer {CANARY}"


async def test_basic_sends_user_and_password(desk: Desk) -> None:
    await desk.connect({"kind": "basic", "username": "jo@example.com/token", "password": CANARY})
    await desk.call()

    sent = desk.system.calls[0]["headers"]["authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent).decode() == f"jo@example.com/token:{CANARY}"


async def test_a_header_of_any_name(desk: Desk) -> None:
    await desk.connect({"kind": "header", "name": "X-Api-Key", "value": CANARY})
    await desk.call()

    assert desk.system.calls[0]["headers"]["x-api-key"] == CANARY


async def test_a_parameter_behind_the_address_stands_in_no_record(desk: Desk) -> None:
    await desk.connect({"kind": "query", "name": "api_key", "value": CANARY})
    tried = await desk.call(query={"page": "1"})

    assert desk.system.calls[0]["query"] == {"page": "1", "api_key": CANARY}
    assert CANARY not in str(tried)


@pytest.mark.parametrize("body", [{"body": '{"a": 1}'}, {"form": {"a": "1"}}], ids=["JSON", "form"])
async def test_a_field_of_the_body(desk: Desk, body: dict[str, Any]) -> None:
    await desk.connect({"kind": "body", "name": "api_key", "value": CANARY})
    await desk.call(method="POST", **body)

    text = desk.system.calls[0]["body"]
    sent = json.loads(text) if text.startswith("{") else {name: one[0] for name, one in parse_qs(text).items()}
    assert sent["api_key"] == CANARY
    assert str(sent["a"]) == "1"


@pytest.mark.parametrize("style", ["header", "body"])
async def test_client_credentials_fetch_a_token_and_keep_it(desk: Desk, style: str) -> None:
    await desk.connect(client(desk, scope="read write", style=style))
    await desk.call()
    await desk.call()

    assert [one["headers"]["authorization"] for one in desk.system.calls] == ["Bearer access-1"] * 2
    (grant,) = desk.system.grants
    assert grant["grant_type"] == ["client_credentials"]
    assert grant["scope"] == ["read write"]
    if style == "body":
        assert (grant["client_id"], grant["client_secret"]) == (["deskhand"], [CANARY])
    else:
        assert "client_secret" not in grant
        assert desk.system.basic[0].startswith("Basic ")


async def test_many_calls_at_once_fetch_one_token(desk: Desk) -> None:
    await desk.connect(client(desk))

    tried = await asyncio.gather(*(desk.call() for _ in range(32)))

    assert all(one.ok for one in tried)
    assert len(desk.system.grants) == 1


async def test_a_token_is_renewed_before_it_ends(desk: Desk) -> None:
    await desk.connect(client(desk))
    await desk.call()
    desk.clock.advance(3590)
    await desk.call()

    assert [one["headers"]["authorization"] for one in desk.system.calls] == ["Bearer access-1", "Bearer access-2"]


async def test_a_token_that_is_refused_is_fetched_anew_once(desk: Desk) -> None:
    await desk.connect(client(desk))
    await desk.call()
    desk.system.refuses = {"access-1"}
    again = await desk.call()
    desk.system.refuses = {"access-1", "access-2", "access-3"}
    never = await desk.call()

    assert again.ok
    assert never.status == 401
    assert len(desk.system.grants) <= 4


async def test_a_refresh_token_that_is_replaced_is_kept(desk: Desk) -> None:
    desk.system.rotates = True
    auth = {
        "kind": "oauth2_refresh_token",
        "token_url": f"http://{desk.system.host}/token",
        "client_id": "deskhand",
        "refresh_token": "refresh-0",
    }
    await desk.connect(auth)
    await desk.call()
    desk.clock.advance(3600)
    await desk.call()

    assert [one["refresh_token"] for one in desk.system.grants] == [["refresh-0"], ["refresh-1"]]


async def test_what_a_token_endpoint_refuses_is_told_without_the_secret(desk: Desk) -> None:
    desk.system.token_status = 401
    await desk.connect(client(desk, style="body"))
    tried = await desk.call()

    assert not tried.ok
    assert tried.problem is not None
    assert "token" in tried.problem
    assert CANARY not in str(tried)
    assert desk.system.calls == []


async def test_a_trial_uses_the_test_account(desk: Desk) -> None:
    await desk.connect({"kind": "bearer", "token": "the-real-one"}, {"kind": "bearer", "token": "the-test-one"})
    await desk.call()

    assert desk.system.calls[0]["headers"]["authorization"] == "Bearer the-test-one"


async def test_dots_keep_a_credential_and_a_new_one_replaces_it(desk: Desk) -> None:
    await desk.connect({"kind": "bearer", "token": CANARY})
    await desk.connect({"kind": "bearer", "token": "••••••••"})
    await desk.call()
    await desk.connect({"kind": "bearer", "token": "another-token"})
    await desk.call()

    assert [one["headers"]["authorization"] for one in desk.system.calls] == [
        f"Bearer {CANARY}",
        "Bearer another-token",
    ]
    names = [name for name, _ in await desk.running.services.stores.settings.secrets(desk.workspace)]
    assert names == ["API_TOKEN"]


async def test_a_canary_is_seen_nowhere_but_by_the_system_it_is_for(
    desk: Desk, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    desk.system.echoes = True
    told: list[Any] = []
    for auth in (
        {"kind": "bearer", "token": CANARY},
        {"kind": "basic", "username": "jo", "password": CANARY},
        {"kind": "header", "name": "X-Api-Key", "value": CANARY},
        {"kind": "query", "name": "api_key", "value": CANARY},
    ):
        await desk.connect(auth)
        told += [await desk.call(), await desk.call(method="POST", body='{"a": "b"}')]
    services = desk.running.services
    imported = await services.importing.curl(
        desk.workspace, f"curl https://api.example.com/x -H 'Authorization: Bearer {CANARY}' -d 'password={CANARY}'"
    )
    told.append((await services.importing.store(desk.workspace, imported, "test")).actions)
    told.append(await services.stores.conversations.executions(desk.workspace))
    told.append(await services.stores.conversations.audit(desk.workspace))
    told.append([row.document for row in await services.stores.settings.documents(desk.workspace, "connection")])
    assert len(desk.system.calls) == 8

    forms = {CANARY, base64.b64encode(CANARY.encode()).decode(), base64.b64encode(f"jo:{CANARY}".encode()).decode()}
    seen = str(told) + capfd.readouterr().err + caplog.text
    assert [form for form in forms if form in seen] == []
    files = {file.name: file.read_bytes() for file in desk.folder.iterdir() if file.is_file()}
    found = [name for name, content in files.items() if any(form.encode() in content for form in forms)]
    assert {"deskhand.db", "deskhand.db-wal"} <= files.keys()
    assert found == []

"""Hostile texts as a customer's values: through the URL, the query, a header, a JSON body and a form, and back."""

import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from aiohttp import web

from deskhand.application.trying import Sample, try_action
from deskhand.bootstrap import Running, build
from deskhand.domain.actions import read_action
from deskhand.settings import Settings

SECURITY = Path(__file__).parents[4] / "shared/workloads/security"
LONGEST = 10_000
CANARY = "canary-7f3a9c-not-to-be-seen"


def texts() -> list[str]:
    strings = SECURITY / "strings/blns.json"
    injections = SECURITY / "ssti/patt_ssti.fuzz"
    if not strings.exists() or not injections.exists():
        pytest.skip("the security workload is not beside the project")
    found = [*json.loads(strings.read_text(encoding="utf-8")), *injections.read_text(encoding="utf-8").splitlines()]
    return [text for text in dict.fromkeys(found) if text.strip() and len(text) <= LONGEST]


class Echo:
    """A server that answers with the value that it was sent, and remembers the request."""

    def __init__(self) -> None:
        self.seen: dict[str, Any] = {}
        self.next: bytes | None = None
        """What is answered in place of the value."""

    async def answer(self, request: web.Request) -> web.Response:
        if self.next is not None:
            return web.Response(body=self.next, content_type="application/json")
        body = await request.text()
        raw = request.raw_path
        self.seen = {
            "segment": unquote(urlsplit(raw).path.split("/")[2], errors="surrogatepass"),
            "segments": urlsplit(raw).path.count("/"),
            "query": parse_qs(urlsplit(raw).query, keep_blank_values=True, strict_parsing=False),
            "body": body,
        }
        return web.json_response({"echo": json.loads(body)["value"] if body.startswith("{") else body})


@pytest.fixture
async def echo() -> AsyncIterator[tuple[Echo, str]]:
    server = Echo()
    app = web.Application(client_max_size=1 << 22)
    app.router.add_route("*", "/{tail:.*}", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield server, f"127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    made = await build(Settings(data=tmp_path))
    yield made
    await made.close()


async def workspace_of(running: Running, host: str) -> str:
    configuration = running.services.configuration
    workspace = (await configuration.create_workspace("Shop")).id
    await configuration.set_internal_hosts(workspace, [host], "test")
    await configuration.put_secret(workspace, "CANARY", CANARY, "test")
    return workspace


async def test_hostile_texts_arrive_as_they_are_and_are_never_evaluated(
    echo: tuple[Echo, str], running: Running
) -> None:
    server, host = echo
    workspace = await workspace_of(running, host)
    action = read_action(
        {
            "slug": "echo",
            "name": "Echo",
            "description": "Sends a value and gets it back.",
            "variables": [{"name": "value"}],
            "messages": {"success": "You wrote: {{response.echo}}"},
            "request": {
                "method": "POST",
                "url": f"http://{host}/v/{{{{value}}}}/end",
                "query": {"q": "{{value}}"},
                "body": '{"value": "{{value}}", "nested": ["a {{value}} b"]}',
            },
        }
    )
    refused = 0
    for text in texts():
        tried = await try_action(running.services, workspace, action, Sample({"value": text}))
        if not tried.sent:
            assert tried.problem or tried.invalid, text
            refused += 1
            continue
        given = text.strip()
        assert tried.ok, (text, tried)
        assert server.seen["segments"] == 3, text
        assert server.seen["segment"] == given, text
        assert server.seen["query"] == {"q": [given]}, text
        assert json.loads(server.seen["body"]) == {"value": given, "nested": [f"a {given} b"]}, text
        assert tried.said == f"You wrote: {given}", text
        assert CANARY not in str(tried), text
    assert refused <= 3  # texts that would lead to another path, such as `.` and `..`


async def test_hostile_texts_fit_into_a_form(echo: tuple[Echo, str], running: Running) -> None:
    server, host = echo
    workspace = await workspace_of(running, host)
    request = {"method": "POST", "url": f"http://{host}/form/x/end", "form": {"one": "{{value}}", "two": "2"}}
    action = read_action(
        {
            "slug": "form",
            "name": "Form",
            "description": "Sends a form with a value.",
            "variables": [{"name": "value"}],
            "request": request,
        }
    )
    for text in texts():
        tried = await try_action(running.services, workspace, action, Sample({"value": text}))
        assert tried.sent, (text, tried)
        pairs = parse_qs(server.seen["body"], keep_blank_values=True, errors="surrogatepass")
        assert pairs == {"one": [text.strip()], "two": ["2"]}, text


async def test_a_header_takes_no_line_break(echo: tuple[Echo, str], running: Running) -> None:
    _, host = echo
    workspace = await workspace_of(running, host)
    action = read_action(
        {
            "slug": "header",
            "name": "Header",
            "description": "Sends a header with a value.",
            "variables": [{"name": "value"}],
            "request": {"url": f"http://{host}/h/x/end", "headers": {"X-Value": "{{value}}"}},
        }
    )
    tried = await try_action(running.services, workspace, action, Sample({"value": "a\r\nX-Admin: yes"}))

    assert not tried.sent
    assert tried.problem is not None
    assert "line break" in tried.problem


async def test_every_answer_is_read_or_told_in_a_sentence(echo: tuple[Echo, str], running: Running) -> None:
    suite = SECURITY / "json/jsontestsuite.json"
    if not suite.exists():
        pytest.skip("the security workload is not beside the project")
    server, host = echo
    workspace = await workspace_of(running, host)
    action = read_action(
        {
            "slug": "read",
            "name": "Read",
            "description": "Reads whatever is there.",
            "messages": {"success": 'It says {{response | default("nothing")}}'},
            "request": {"url": f"http://{host}/r/x/end"},
        }
    )
    for case in json.loads(suite.read_text(encoding="utf-8")):
        server.next = base64.b64decode(case["b64"])
        tried = await try_action(running.services, workspace, action, Sample())
        assert tried.sent, case["name"]
        if case["expect"] == "accept":
            assert tried.ok, (case["name"], tried.problem)
        elif case["expect"] == "reject" and server.next.strip():
            assert not tried.ok, case["name"]
        assert tried.ok or (tried.problem and tried.hints), case["name"]
        json.dumps(tried.response, allow_nan=False)

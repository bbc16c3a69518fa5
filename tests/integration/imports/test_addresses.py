"""A description by its address: fetched like every call, and nothing else is."""

import gzip
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx2
import pytest
from aiohttp import web

from tests.integration.api.desk import problem
from tests.integration.imports.importing import PLAIN, ask, refusal

REMOTE = {**PLAIN, "servers": [{"url": "/v2"}]}


@dataclass
class Library:
    """A server with descriptions."""

    answers: dict[str, web.Response] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def handle(self, request: web.Request) -> web.Response:
        self.seen.append(request.path)
        return self.answers.get(request.path, web.Response(status=404))


@pytest.fixture
async def library() -> AsyncIterator[Library]:
    one = Library()
    app = web.Application()
    app.router.add_get("/{tail:.*}", one.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    one.port = runner.addresses[0][1]
    yield one
    await runner.cleanup()


async def allow(client: httpx2.AsyncClient, *hosts: str) -> None:
    assert (await client.put("/v1/settings/internal-hosts", json={"hosts": list(hosts)})).status_code == 200


@pytest.fixture
async def allowed(admin: httpx2.AsyncClient, library: Library) -> Library:
    await allow(admin, library.url.removeprefix("http://"))
    return library


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/octet-stream"])
async def test_it_is_read_whatever_its_type_and_its_servers_are_found(
    admin: httpx2.AsyncClient, allowed: Library, kind: str
) -> None:
    allowed.answers["/docs/openapi.json"] = web.Response(
        body=b"\xef\xbb\xbf" + json.dumps(REMOTE).encode(), content_type=kind
    )
    imported = await ask(admin, "openapi", url=f"{allowed.url}/docs/openapi.json")

    assert [one["base_url"] for one in imported["connections"]] == [f"{allowed.url}/v2"]
    assert allowed.seen == ["/docs/openapi.json"]


async def test_yaml_and_compressed_answers_are_read(admin: httpx2.AsyncClient, allowed: Library) -> None:
    text = "openapi: 3.1.0\nservers:\n  - url: /v2\npaths:\n  /orders:\n    get:\n      operationId: listOrders\n"
    packed = web.Response(body=gzip.compress(text.encode()), headers={"Content-Encoding": "gzip"})
    allowed.answers["/openapi.yaml"] = packed
    imported = await ask(admin, "openapi", url=f"{allowed.url}/openapi.yaml", dry=True)

    assert [one["slug"] for one in imported["actions"]] == ["list-orders"]


async def test_an_internal_address_is_refused_unless_it_is_on_the_list(
    admin: httpx2.AsyncClient, library: Library
) -> None:
    library.answers["/x"] = web.json_response(REMOTE)
    for path in ("openapi", "openapi/operations"):
        answer = await admin.post(f"/v1/import/{path}", json={"url": f"{library.url}/x"})
        assert problem(answer, 422)["detail"].startswith("127.0.0.1 is a loopback address; nothing is sent there")
    assert library.seen == []


async def test_a_redirect_to_an_internal_address_is_refused(admin: httpx2.AsyncClient, allowed: Library) -> None:
    for target in ("http://169.254.169.254/latest/meta-data", "http://127.0.0.1:1/x", "file:///etc/passwd"):
        allowed.answers["/x"] = web.Response(status=302, headers={"Location": target})
        answer = await admin.post("/v1/import/openapi", json={"url": f"{allowed.url}/x"})
        problem(answer, 422)
    assert allowed.seen == ["/x"] * 3


async def test_other_documents_are_never_fetched(admin: httpx2.AsyncClient, allowed: Library) -> None:
    body = {"content": {"application/json": {"schema": {"$ref": f"{allowed.url}/other.json"}}}}
    allowed.answers["/x"] = web.json_response({**REMOTE, "paths": {"/a": {"post": {"requestBody": body}}}})
    imported = await ask(admin, "openapi", url=f"{allowed.url}/x")

    assert imported["actions"] == []
    assert imported["refused"][0]["reason"].startswith("it refers to another document")
    assert allowed.seen == ["/x"]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (web.Response(status=404), "answered 404: give the address of the description itself."),
        (web.Response(body=b"\xff\xfe\xfa"), "is no text in UTF-8."),
        (web.Response(text="<html></html>", content_type="text/html"), "this is no API description"),
        (web.Response(body=b"x" * 32_000_001), "32"),
    ],
    ids=["missing", "bytes", "page", "large"],
)
async def test_what_is_no_description_is_told(
    admin: httpx2.AsyncClient, allowed: Library, answer: web.Response, sentence: str
) -> None:
    allowed.answers["/x"] = answer

    assert sentence in await refusal(admin, "openapi", url=f"{allowed.url}/x")


async def test_text_or_address_is_given_and_not_both(admin: httpx2.AsyncClient) -> None:
    for body in ({}, {"text": "x", "url": "https://a.example"}):
        assert await refusal(admin, "openapi", **body) == "give either the description's `text` or its `url`."

"""The widget's files, for pages of every origin, and the full page that has nothing but the chat."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.api.app import create_app
from deskhand.api.page import PageSettings
from tests.integration.api.desk import BASE, Desk, problem
from tests.integration.api.visitors import PAGE

SOURCE = b"export function mount(options) { return options; }\n" * 50


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A build of the widget."""
    folder = tmp_path / "dashboard" / "widget"
    folder.mkdir(parents=True)
    for name in ("widget.js", "widget.mjs", "widget.d.ts", "widget.tgz"):
        (folder / name).write_bytes(SOURCE)
    return folder


@pytest.fixture
async def client(desk: Desk, built: Path) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(desk.running.services, page=PageSettings(dashboard=built.parent))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=BASE) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "kind"),
    [("widget.js", "text/javascript"), ("widget.mjs", "text/javascript"), ("widget.d.ts", "application/typescript")],
)
async def test_a_page_of_any_origin_gets_the_widget(client: httpx2.AsyncClient, name: str, kind: str) -> None:
    plain = await client.get(f"/{name}", headers={"origin": PAGE, "accept-encoding": "identity"})
    assert (plain.status_code, plain.content) == (200, SOURCE)
    assert plain.headers["content-type"] == f"{kind}; charset=utf-8"
    assert plain.headers["access-control-allow-origin"] == "*"
    assert plain.headers["cross-origin-resource-policy"] == "cross-origin"
    assert plain.headers["cache-control"] == "no-cache"
    assert plain.headers["x-content-type-options"] == "nosniff"
    async with client.stream("GET", f"/{name}", headers={"accept-encoding": "gzip"}) as zipped:
        assert zipped.headers["content-encoding"] == "gzip"
        assert zipped.headers["vary"] == "Accept-Encoding"
        raw = b"".join([part async for part in zipped.aiter_raw()])
    assert len(raw) < len(SOURCE)
    head = await client.head(f"/{name}", headers={"accept-encoding": "identity"})
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", plain.headers["etag"])
    assert gzip.decompress(raw) == SOURCE


async def test_the_package_is_sent_as_it_was_packed(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/widget.tgz", headers={"accept-encoding": "gzip"})
    assert (answer.status_code, answer.content) == (200, SOURCE)
    assert (answer.headers["content-type"], "content-encoding" in answer.headers) == ("application/gzip", False)


async def test_a_browser_that_has_it_already_gets_nothing_until_another_build(
    client: httpx2.AsyncClient, built: Path
) -> None:
    tag = (await client.get("/widget.js")).headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = await client.get("/widget.js", headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    (built / "widget.js").write_bytes(SOURCE + b"// newer")
    newer = await client.get("/widget.js", headers={"if-none-match": tag})
    assert newer.status_code == 200
    assert newer.content.endswith(b"// newer")
    assert newer.headers["etag"] != tag


async def test_an_installation_without_the_widget_says_so(desk: Desk, tmp_path: Path) -> None:
    app = create_app(desk.running.services, page=PageSettings(dashboard=tmp_path))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=BASE) as client:
        assert "files are missing" in problem(await client.get("/widget.js"), 404)["detail"]


@pytest.mark.parametrize(
    "path", ["/widget.js.map", "/widget.mjs/", "/widget.css", "/widget.", "/widget./../index.html"]
)
async def test_there_are_no_other_files(client: httpx2.AsyncClient, path: str) -> None:
    problem(await client.get(path), 404)


async def test_an_agent_has_a_page_of_its_own(
    desk: Desk, owner: httpx2.AsyncClient, client: httpx2.AsyncClient
) -> None:
    look = {"title": {"en": "Ask </title><script>alert(1)</script> us", "de": "Fragen"}}
    await owner.put("/v1/agents/default", json={"name": "Sam", "widget": look})
    agent = f"{desk.workspace}.default"
    page = await client.get(f"/talk/{agent}")
    assert page.status_code == 200
    assert "<title>Ask &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; us</title>" in page.text
    assert f'mount({{"agent": "{agent}", "mode": "page", "target": "main"}});' in page.text
    german = await client.get(f"/talk/{agent}", headers={"accept-language": "de-AT,en;q=0.5"})
    assert '<html lang="de">' in german.text
    assert "<title>Fragen</title>" in german.text


async def test_the_page_lets_nothing_in_that_is_not_its_own(desk: Desk, client: httpx2.AsyncClient) -> None:
    pages = [await client.get(f"/talk/{desk.workspace}.default") for _ in range(2)]
    policies = [
        dict(one.strip().split(" ", 1) for one in page.headers["content-security-policy"].split(";")) for page in pages
    ]
    nonces = [policy["script-src"].removeprefix("'self' ") for policy in policies]
    assert nonces[0] != nonces[1]
    for page, policy, nonce in zip(pages, policies, nonces, strict=True):
        assert policy["default-src"] == "'none'"
        assert policy["connect-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert policy["base-uri"] == "'none'"
        assert "unsafe" not in str(policy)
        assert nonce.strip("'").replace("nonce-", 'nonce="') in page.text
        assert page.text.count("<script") == 1
        assert page.headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in page.headers


@pytest.mark.parametrize(
    "agent", ["nobody", "ws_{0}.default", "{own}.nobody", "{own}.desk", '"><script>alert(1)</script>']
)
async def test_where_there_is_no_such_agent_the_page_says_so_kindly(
    desk: Desk, owner: httpx2.AsyncClient, client: httpx2.AsyncClient, agent: str
) -> None:
    await owner.put("/v1/agents/desk", json={"name": "Desk", "kind": "team"})
    page = await client.get("/talk/" + agent.format("0" * 32, own=desk.workspace))
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "There is no chat here" in page.text
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    german = await client.get("/talk/nobody", headers={"accept-language": "de"})
    assert "Hier gibt es keinen Chat" in german.text

"""The dashboard's page and files, as the server gives them to a browser."""

import gzip
import json
import re
from pathlib import Path

import httpx2
import pytest

from deskhand.api.app import create_app, describe_service
from deskhand.api.cookies import LOCAL_COOKIE
from deskhand.api.page import NONCE, VISIT, PageSettings
from tests.integration.api.desk import BASE, Desk, problem

HTML = {"accept": "text/html,application/xhtml+xml"}
CONTRACT = Path(__file__).parents[3] / "web" / "contract" / "openapi.json"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What a build leaves."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "index-1a2b.js").write_text("start()")
    (tmp_path / "icon.svg").write_text("<svg/>")
    (tmp_path / ".made-from").write_text("sources")
    (tmp_path / "index.html").write_text(f'<meta nonce="{NONCE}"><meta content="{VISIT}"><div id="root"></div>')
    return tmp_path


def browser(desk: Desk, dashboard: Path) -> httpx2.AsyncClient:
    app = create_app(desk.running.services, page=PageSettings(dashboard=dashboard))
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=BASE)


@pytest.mark.parametrize("path", ["/", "/inbox", "/procedures/refund/edit?step=ask", "/conversations/conv_1"])
async def test_every_address_of_a_screen_is_the_page(desk: Desk, built: Path, path: str) -> None:
    async with browser(desk, built) as client:
        page = await client.get(path, headers=HTML)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert '<div id="root">' in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_each_page_allows_its_own_styles_alone(desk: Desk, built: Path) -> None:
    async with browser(desk, built) as client:
        pages = [await client.get("/inbox", headers=HTML) for _ in range(2)]
    given = [re.findall(r'nonce="([^"]+)"', page.text)[0] for page in pages]
    allowed = [re.findall(r"'nonce-([^']+)'", page.headers["content-security-policy"])[0] for page in pages]
    assert given == allowed
    assert given[0] != given[1]
    assert len(given[0]) >= 20
    policy = pages[0].headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


async def test_the_page_is_told_whether_its_browser_has_a_session(desk: Desk, built: Path) -> None:
    async with browser(desk, built) as client:
        first = await client.get("/inbox", headers=HTML)
        later = await client.get("/inbox", headers={**HTML, "Cookie": f"{LOCAL_COOKIE}=anything"})
    assert 'content="none"' in first.text
    assert 'content="begun"' in later.text


async def test_built_files_are_kept_for_good_and_others_asked_for_again(desk: Desk, built: Path) -> None:
    async with browser(desk, built) as client:
        script = await client.get("/assets/index-1a2b.js")
        icon = await client.get("/icon.svg")
        gone = await client.get("/assets/index-0000.js")
    assert "immutable" in script.headers["cache-control"]
    assert icon.status_code == 200
    assert "immutable" not in icon.headers["cache-control"]
    assert gone.status_code == 404
    assert gone.headers["cache-control"] == "no-store"


async def test_built_files_come_compressed_and_answers_of_the_api_do_not(desk: Desk, built: Path) -> None:
    styles = "a{color:red}" * 1000
    (built / "assets" / "index-3c4d.css").write_text(styles)
    (built / "assets" / "index-3c4d.css.gz").write_bytes(gzip.compress(styles.encode()))
    async with browser(desk, built) as client:
        style = await client.get("/assets/index-3c4d.css", headers={"accept-encoding": "gzip"})
        plain = await client.get("/assets/index-3c4d.css", headers={"accept-encoding": "identity"})
        again = await client.get("/assets/index-3c4d.css", headers={"if-none-match": style.headers["etag"]})
        answer = await client.get("/v1/openapi.json", headers={"accept-encoding": "gzip"})
    assert style.headers["content-encoding"] == "gzip"
    assert again.status_code == 304
    for one in (style, plain):
        assert one.text == styles
        assert one.headers["content-type"].startswith("text/css")
        assert one.headers["vary"] == "Accept-Encoding"
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/v1/nothing", "/assets/nothing.js", "/scripts/nothing", "/.made-from", "/%2e%2e/settings.py", "/nothing.png"],
)
async def test_what_is_no_screen_and_no_file_is_not_there(desk: Desk, built: Path, path: str) -> None:
    async with browser(desk, built) as client:
        found = await client.get(path)
    assert found.status_code in (401, 404)
    assert "root" not in found.text
    assert "sources" not in found.text


@pytest.mark.parametrize("name", ["a" * 300, "%00", "../../settings.py", "%2e%2e/index.html"], ids=repr)
async def test_odd_names_of_built_files_are_not_there(desk: Desk, built: Path, name: str) -> None:
    async with browser(desk, built) as client:
        problem(await client.get(f"/assets/{name}", headers={"accept-encoding": "gzip"}), 404)


async def test_an_installation_without_the_dashboard_says_how_to_get_it(desk: Desk, tmp_path: Path) -> None:
    async with browser(desk, tmp_path / "none") as client:
        missing = await client.get("/", headers=HTML)
    assert "make setup" in problem(missing, 404)["detail"]


def test_the_client_is_generated_from_what_the_service_offers_now() -> None:
    if not CONTRACT.is_file():
        pytest.skip("the web parts are not beside the package")
    assert json.loads(CONTRACT.read_text()) == json.loads(json.dumps(describe_service())), "run `make contract`"


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
async def test_an_address_longer_than_any_file_s_name_is_no_fault_of_the_server(
    desk: Desk, built: Path, accept: str
) -> None:
    async with browser(desk, built) as client:
        answer = await client.get("/" + "a" * 300, headers={"accept": accept})
    assert answer.status_code == (200 if accept == "text/html" else 404)

import httpx2
import pytest

from deskhand.api.app import create_app
from deskhand.api.page import PageSettings
from tests.integration.api.desk import BASE, Desk, problem

SHOP = "http://127.0.0.1:8001"
OWN = ["127.0.0.1:8000", "localhost:5", "[::1]:8000", "LOCALHOST", "127.0.0.1"]
FOREIGN = ["evil.example", "127.0.0.1.evil.example:8000", "localhost.evil.example", "10.0.0.1:8000", "", "a@localhost",
           "localhost/evil", "evil.example#localhost", "localhost:x"]  # fmt: skip


def client_of(desk: Desk, page: PageSettings | None = None, loopback_only: bool = True) -> httpx2.AsyncClient:
    app = create_app(desk.running.services, page=page, loopback_only=loopback_only)
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=BASE)


@pytest.mark.parametrize("host", OWN)
async def test_a_request_for_this_machine_is_answered(desk: Desk, host: str) -> None:
    async with client_of(desk) as client:
        assert (await client.get("/v1/health", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("host", FOREIGN)
async def test_a_request_for_another_name_is_refused(desk: Desk, host: str) -> None:
    async with client_of(desk, PageSettings(demo=True, shop=SHOP)) as client:
        for path in ("/v1/health", "/session.json", "/"):
            refused = await client.get(path, headers={"host": host})
            problem(refused, 403)
            assert SHOP not in refused.text


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:9999", "https://127.0.0.1:8000", "http://127.0.0.1"]
)
async def test_another_origin_is_refused(desk: Desk, origin: str) -> None:
    async with client_of(desk) as client:
        problem(await client.get("/v1/health", headers={"origin": origin}), 403)


async def test_the_own_origin_is_answered(desk: Desk) -> None:
    async with client_of(desk) as client:
        answer = await client.get("/v1/health", headers={"origin": "http://127.0.0.1:8000"})
        assert answer.status_code == 200


async def test_a_server_that_is_open_to_others_takes_any_host(desk: Desk) -> None:
    async with client_of(desk, loopback_only=False) as client:
        assert (await client.get("/v1/health", headers={"host": "desk.example"})).status_code == 200


async def test_the_demos_page_is_told_so_and_gets_no_key(desk: Desk) -> None:
    async with client_of(desk, PageSettings(demo=True, shop=SHOP)) as client:
        for own in ({}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}):
            session = await client.get("/session.json", headers=own)
            assert session.json() == {"demo": True, "shop": SHOP}
            assert session.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "other"])
async def test_no_other_page_learns_where_the_shop_is(desk: Desk, site: str) -> None:
    async with client_of(desk, PageSettings(demo=True, shop=SHOP)) as client:
        session = await client.get("/session.json", headers={"sec-fetch-site": site})
        assert session.json() == {"demo": True, "shop": None}


async def test_a_server_that_is_no_demo_says_so(desk: Desk) -> None:
    async with client_of(desk) as client:
        assert (await client.get("/session.json")).json() == {"demo": False, "shop": None}


async def test_every_answer_carries_the_security_headers(desk: Desk) -> None:
    async with client_of(desk) as client:
        for path in ("/session.json", "/v1/me", "/v1/nothing", "/x.js", "foreign"):
            foreign = {"host": "evil.example"} if path == "foreign" else {}
            answer = await client.get("/" if foreign else path, headers=foreign)
            assert answer.headers["content-security-policy"] == (
                "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
            )
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == "no-store"


async def test_what_nobody_foresaw_becomes_a_problem_with_a_reference_that_is_in_the_log(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken() -> int | None:
        raise ZeroDivisionError("the innermost secret")

    monkeypatch.setattr(desk.running.services.stores.conversations, "next_due", broken)
    async with client_of(desk) as client:
        answer = await client.get("/v1/health")
    body = problem(answer, 500)
    assert "innermost" not in answer.text
    assert "Traceback" not in answer.text
    logged = capsys.readouterr()
    assert body["reference"] in logged.out + logged.err
    assert "ZeroDivisionError" in logged.out + logged.err

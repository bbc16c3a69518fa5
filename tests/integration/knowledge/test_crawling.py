"""Pages are fetched through the guarded edge, kept up to date, and say in a sentence what went wrong."""

import asyncio

import httpx2
import pytest

from deskhand.worker.crawling import Crawling
from tests.integration.api.desk import Desk, problem
from tests.integration.knowledge.looking import answer, crawl, put
from tests.integration.knowledge.site import Page, Site
from tests.unit.adapters.documents.made_up import pdf

HOURS = "<h2 id=hours>Opening hours</h2><p>The showroom is open from nine to five, all week long and all year.</p>"
ASKED = "when is the showroom open"


async def test_a_page_is_fetched_read_and_cited(admin: httpx2.AsyncClient, site: Site) -> None:
    site.write("/help", HOURS)
    stored = await put(admin, "help", kind="page", url=site.url("/help"))
    assert (stored["state"], stored["passages"]) == ("fetching", 0)

    fetched = await crawl(admin, "help")

    assert (fetched["state"], fetched["problem"], fetched["crawl_at"]) == ("ready", None, None)
    assert fetched["crawled_at"] is not None
    assert (await answer(admin, ASKED) or "").startswith("The showroom is open from nine to five")
    shown = (await admin.get("/v1/sources/help/passages")).json()["items"]
    assert [(one["title"], one["url"]) for one in shown] == [("Help", site.url("/help#hours"))]
    assert [path for path, _ in site.asked] == ["/help"]


async def test_the_worker_fetches_what_is_due_and_again_after_its_hours(desk: Desk, admin, site: Site) -> None:
    site.write("/help", HOURS)
    await put(admin, "help", kind="page", url=site.url("/help"), every=24)
    worker = Crawling(desk.running.services)

    assert await worker.crawl_due() == 1
    assert await worker.crawl_due() == 0
    fetched = (await admin.get("/v1/sources/help")).json()
    assert fetched["state"] == "ready"
    assert fetched["crawl_at"][:10] > fetched["crawled_at"][:10]
    store = desk.running.services.stores.knowledge
    tomorrow = desk.running.services.clock.now() + 24 * 3_600_000
    assert await store.due(tomorrow) == [(desk.workspace, "help")]


async def test_a_new_page_is_fetched_without_anybody_waiting_for_it(desk: Desk, admin, site: Site) -> None:
    site.write("/help", HOURS)
    site.hold = asyncio.Event()
    working = asyncio.create_task(Crawling(desk.running.services).run())
    await put(admin, "help", kind="page", url=site.url("/help"))

    await site.came.wait()
    joined = asyncio.create_task(desk.running.services.crawler.crawl(desk.workspace, "help"))
    await asyncio.sleep(0)
    site.hold.set()
    await joined
    working.cancel()
    assert len(site.asked) == 1
    assert await answer(admin, ASKED) is not None


async def test_a_page_that_has_not_changed_is_not_sent_again(admin: httpx2.AsyncClient, site: Site) -> None:
    site.write("/help", HOURS, ETag='"1"')
    await put(admin, "help", kind="page", url=site.url("/help"))
    first = await crawl(admin, "help")

    again = await crawl(admin, "help")

    assert [headers.get("if-none-match") for _, headers in site.asked] == [None, '"1"']
    assert (again["state"], again["passages"]) == ("ready", first["passages"])
    site.write("/help", HOURS.replace("nine", "ten"), ETag='"2"')
    await crawl(admin, "help")
    assert "from ten to five" in (await answer(admin, ASKED) or "")


async def test_a_page_that_fails_keeps_what_was_read_before(admin: httpx2.AsyncClient, site: Site) -> None:
    site.write("/help", HOURS)
    await put(admin, "help", kind="page", url=site.url("/help"))
    await crawl(admin, "help")
    site.pages["/help"] = Page(b"down", 503)

    failed = await crawl(admin, "help")

    assert (failed["state"], failed["passages"]) == ("failed", 1)
    assert failed["problem"] == "The page answered 503: look whether its address is right."
    assert await answer(admin, ASKED) is not None


async def test_another_address_forgets_what_stood_at_the_first(admin: httpx2.AsyncClient, site: Site) -> None:
    site.write("/help", HOURS)
    await put(admin, "help", kind="page", url=site.url("/help"))
    await crawl(admin, "help")
    renamed = await put(admin, "help", kind="page", url=site.url("/help"), name="Help pages")
    assert (renamed["state"], renamed["passages"]) == ("ready", 1)

    moved = await put(admin, "help", kind="page", url=site.url("/other"))

    assert (moved["state"], moved["passages"]) == ("fetching", 0)
    assert await answer(admin, ASKED) is None


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (Page(b"{}", headers={"Content-Type": "application/json"}), "only web pages, PDF, Markdown and"),
        (Page(b"<html><body><div id=app></div></body></html>"), "no text on it"),
        (Page(b"", 404), "answered 404"),
        (Page(b"x" * (11 << 20)), "larger than"),
        (Page(b"junk", headers={"Content-Type": "application/pdf"}), "no PDF that can be read"),
        (Page(b"", 302, {"Location": "http://169.254.169.254/latest/meta-data"}), "169.254.169.254"),
    ],
    ids=["json", "empty", "missing", "large", "no-pdf", "redirect-inside"],
)
async def test_what_cannot_be_read_is_told_in_a_sentence(admin, site: Site, page: Page, sentence: str) -> None:
    site.pages["/page"] = page
    await put(admin, "page", kind="page", url=site.url("/page"))

    failed = await crawl(admin, "page")

    assert failed["state"] == "failed"
    assert sentence in failed["problem"]
    assert failed["problem"].endswith(".")


async def test_an_address_that_nobody_opened_is_not_fetched(admin: httpx2.AsyncClient, site: Site) -> None:
    site.write("/help", HOURS)
    await admin.put("/v1/settings/internal-hosts", json={"hosts": []})
    await put(admin, "help", kind="page", url=site.url("/help"))

    failed = await crawl(admin, "help")

    assert (failed["state"], site.asked) == ("failed", [])


@pytest.mark.parametrize(
    ("kind", "body", "wanted"),
    [
        ("application/pdf", pdf([("Charging", 20), ("Charging takes four hours.", 10)]), "Charging takes four hours."),
        ("text/markdown", b"# Charging\n\nCharging takes *four* hours.", "Charging takes four hours."),
        ("text/plain; charset=iso-8859-1", "Charging\n\nCharging takes v\xe4ry long.".encode("latin-1"), "väry"),
    ],
    ids=["pdf", "markdown", "text"],
)
async def test_other_forms_behind_an_address_are_read_too(admin, site: Site, kind, body, wanted) -> None:
    site.pages["/file"] = Page(body, headers={"Content-Type": kind})
    await put(admin, "file", kind="page", url=site.url("/file"))

    await crawl(admin, "file")

    assert wanted in (await answer(admin, "how long does charging take") or "")


async def test_two_who_want_a_page_at_once_get_one_fetch(admin: httpx2.AsyncClient, site: Site) -> None:
    site.write("/help", HOURS)
    site.hold = asyncio.Event()
    await put(admin, "help", kind="page", url=site.url("/help"))
    both = [asyncio.create_task(crawl(admin, "help")) for _ in range(2)]
    await site.came.wait()

    site.hold.set()
    assert [one["state"] for one in await asyncio.gather(*both)] == ["ready", "ready"]
    assert len(site.asked) == 1


async def test_a_source_that_changes_while_it_is_fetched_keeps_the_change(admin, site: Site) -> None:
    site.write("/help", HOURS)
    site.hold = asyncio.Event()
    await put(admin, "help", kind="page", url=site.url("/help"))
    fetching = asyncio.create_task(crawl(admin, "help"))
    await site.came.wait()
    await put(admin, "help", kind="text", content="The showroom is open on Mondays.")
    site.hold.set()

    assert (await fetching)["kind"] == "text"
    assert await answer(admin, ASKED) == "The showroom is open on Mondays."


async def test_only_pages_are_fetched(admin: httpx2.AsyncClient) -> None:
    await put(admin, "note", kind="text", content="Hello there.")

    assert "no page" in problem(await admin.post("/v1/sources/note/crawl"), 409)["detail"]
    problem(await admin.post("/v1/sources/nothing/crawl"), 404)

"""Sources over the API: what each kind takes, what is refused, and what is found in them."""

import base64
from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import Desk, problem
from tests.integration.knowledge.looking import DELIVERY, answer, faq, put, search
from tests.unit.adapters.documents.made_up import pdf

LONG = "how long does delivery take"


async def test_questions_are_stored_found_and_answered_word_for_word(any_desk: Desk) -> None:
    async with any_desk.client("admin") as admin:
        made = await put(admin, "delivery", kind="faq", questions=DELIVERY, url="shop.example/delivery")
        assert (made["state"], made["passages"], made["questions"]) == ("ready", 2, DELIVERY)
        assert made["url"] == "https://shop.example/delivery"

        found = await search(admin, LONG)
        assert found["answer"]["text"] == "Two to three working days."
        cite = {"source": "delivery", "title": "Delivery", "url": "https://shop.example/delivery", "page": None}
        assert found["answer"]["cites"] == [cite]
        assert found["passages"][0]["score"] == found["answer"]["score"] >= found["least"]
        assert await answer(admin, "do you sell bicycles?") is None


async def test_a_workspace_without_sources_knows_nothing(admin: httpx2.AsyncClient) -> None:
    assert await search(admin, LONG) == {"passages": [], "answer": None, "least": 0.5}


async def test_markdown_and_text_are_cut_along_their_headings(admin: httpx2.AsyncClient) -> None:
    text = "# Help\n\n## Opening hours\n\nThe showroom is open from nine to five.\n\n## Parking\n\nPark in the yard.\n"
    await put(admin, "help", kind="markdown", content=text, url="https://shop.example/help")
    await put(admin, "note", kind="text", content="Batteries\n\nA battery lasts for seventy kilometres.\n")

    shown = (await admin.get("/v1/sources/help/passages")).json()["items"]
    assert [(one["number"], one["headings"]) for one in shown] == [
        (1, ["Help", "Opening hours"]),
        (2, ["Help", "Parking"]),
    ]
    assert shown[0]["url"] == "https://shop.example/help#opening-hours"
    assert [one["number"] for one in (await admin.get("/v1/sources/help/passages?after=1")).json()["items"]] == [2]
    assert await answer(admin, "when is the showroom open?") == "The showroom is open from nine to five."
    assert await answer(admin, "how long does the battery last") == "A battery lasts for seventy kilometres."


async def test_a_pdf_is_read_with_its_pages(admin: httpx2.AsyncClient) -> None:
    made = pdf([("Charging", 20), ("Charging takes four hours.", 10)], [("Range", 20), ("It is 70 km.", 10)])
    stored = await put(admin, "manual", kind="pdf", data=base64.b64encode(made).decode())

    assert (stored["passages"], stored["content"]) == (2, None)
    found = await search(admin, "how long does charging take")
    assert found["answer"]["text"] == "Charging takes four hours."
    assert found["answer"]["cites"][0]["page"] == 1
    renamed = await put(admin, "manual", kind="pdf", enabled=False)
    assert (renamed["passages"], renamed["enabled"]) == (2, False)
    assert await answer(admin, "how long does charging take") is None


async def test_a_change_is_found_at_once_and_what_was_before_is_not(admin: httpx2.AsyncClient) -> None:
    await faq(admin, "delivery", "How long does delivery take?", "Two days.")
    assert await answer(admin, LONG) == "Two days."
    await faq(admin, "delivery", "How long does delivery take?", "Three days.")
    assert await answer(admin, LONG) == "Three days."
    kept = await put(admin, "delivery", kind="faq", name="Delivery again")
    assert (kept["name"], kept["questions"][0]["answer"]) == ("Delivery again", "Three days.")
    assert (await admin.delete("/v1/sources/delivery")).status_code == 204
    assert await answer(admin, LONG) is None
    problem(await admin.get("/v1/sources/delivery"), 404)
    problem(await admin.get("/v1/sources/delivery/passages"), 404)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"kind": "faq"}, "`questions`"),
    ({"kind": "faq", "questions": []}, "from 1 to 2,000"),
    ({"kind": "faq", "questions": [{"question": "Why?"}]}, "answer"),
    ({"kind": "text"}, "`content` is missing"),
    ({"kind": "text", "content": " \n"}, "`content` is missing"),
    ({"kind": "markdown", "content": "<div></div>"}, "there is no text in it"),
    ({"kind": "page"}, "a page needs the `url`"),
    ({"kind": "page", "url": "ftp://shop.example"}, "`url` must be an address"),
    ({"kind": "page", "url": "https://me:secret@shop.example"}, "without a password"),
    ({"kind": "text", "content": "x", "every": 5}, "only a page is fetched"),
    ({"kind": "pdf"}, "`data` is missing"),
    ({"kind": "pdf", "data": "%%%"}, "no base64"),
    ({"kind": "pdf", "data": base64.b64encode(b"hello").decode()}, "no PDF that can be read"),
    ({"kind": "cloud"}, "kind"),
    ({"kind": "text", "content": "x", "language": "klingon language"}, "language"),
]


@pytest.mark.parametrize(("fields", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
async def test_what_makes_no_source_is_refused_with_a_sentence(admin, fields, sentence) -> None:
    told = await admin.put("/v1/sources/wrong", json={"name": "Wrong", **fields})

    assert sentence in problem(told, 422)["detail"]
    assert (await admin.get("/v1/sources")).json()["items"] == []


async def test_a_topic_that_is_not_there_is_refused(admin: httpx2.AsyncClient) -> None:
    told = await admin.put("/v1/sources/a", json={"name": "A", "kind": "text", "content": "x", "topics": ["no"]})

    assert "There is no topic `no`" in problem(told, 409)["detail"]
    told = await admin.put("/v1/topics/t", json={"name": "T", "sources": ["no"]})
    assert "There is no source `no`" in problem(told, 409)["detail"]
    problem(await admin.post("/v1/knowledge/search", json={"text": "x", "topic": "no"}), 404)


async def test_a_topic_narrows_the_search(admin: httpx2.AsyncClient) -> None:
    await faq(admin, "shop", "When are you open?", "From nine to five.")
    await faq(admin, "cafe", "When are you open?", "Day and night.")
    assert (await admin.put("/v1/topics/food", json={"name": "Food", "sources": ["cafe"]})).status_code == 200
    await admin.put("/v1/topics/empty", json={"name": "Empty"})

    assert await answer(admin, "when are you open", topic="food") == "Day and night."
    assert await answer(admin, "when are you open", topic="empty") is None
    moved = await faq(admin, "shop", "When are you open?", "From nine to five.", topics=["food", "empty"])
    assert moved["topics"] == ["empty", "food"]
    assert await answer(admin, "when are you open", topic="empty") == "From nine to five."
    await admin.delete("/v1/sources/cafe")
    assert (await admin.get("/v1/topics/food")).json()["sources"] == ["shop"]
    assert (await admin.delete("/v1/topics/food")).status_code == 204
    assert (await admin.get("/v1/sources/shop")).json()["topics"] == ["empty"]


async def test_a_topic_that_was_removed_narrows_nothing(desk: Desk, admin: httpx2.AsyncClient) -> None:
    await faq(admin, "shop", "When are you open?", "From nine to five.")

    found = await desk.running.services.knowledge.search(desk.workspace, "when are you open", topic="gone")
    assert [one.excerpt for one in found] == ["From nine to five."]


async def test_members_read_and_builders_edit(desk: Desk) -> None:
    async with desk.client("agent") as agent:
        for method, path in (
            ("PUT", "/v1/sources/a"), ("DELETE", "/v1/sources/a"), ("POST", "/v1/sources/a/crawl"),
            ("PUT", "/v1/topics/a"), ("DELETE", "/v1/topics/a"),
        ):  # fmt: skip
            problem(await agent.request(method, path, json={"name": "A", "kind": "text"}), 403)
        assert (await agent.get("/v1/sources")).json() == {"items": []}
        assert await answer(agent, LONG) is None


async def test_who_changed_what_is_in_the_audit_trail(admin: httpx2.AsyncClient) -> None:
    await faq(admin, "delivery", "How long?", "Two days.")
    await admin.put("/v1/topics/orders", json={"name": "Orders", "sources": ["delivery"]})
    await admin.delete("/v1/topics/orders")
    await admin.delete("/v1/sources/delivery")

    rows = (await admin.get("/v1/audit")).json()["items"]
    told = [(row["action"], row["subject"], row["actor"]) for row in rows if row["subject"] in ("delivery", "orders")]
    assert told == [
        ("source.removed", "delivery", "the admin"), ("topic.removed", "orders", "the admin"),
        ("topic.stored", "orders", "the admin"), ("source.stored", "delivery", "the admin"),
    ]  # fmt: skip


async def test_only_what_changed_is_read_again(desk: Desk, admin: httpx2.AsyncClient, monkeypatch) -> None:
    await faq(admin, "one", "When are you open?", "From nine to five.")
    await faq(admin, "two", "Where can I park?", "In the yard.")
    await answer(admin, "when are you open")
    store, read = desk.running.services.stores.knowledge, []
    passages = type(store).passages

    async def watched(self, workspace, source, after=0, limit=1000):
        read.append(source)
        return await passages(self, workspace, source, after, limit)

    monkeypatch.setattr(type(store), "passages", watched)
    assert await answer(admin, "where can i park") == "In the yard."
    assert read == []
    await faq(admin, "two", "Where can I park?", "On the roof.")
    assert await answer(admin, "where can i park") == "On the roof."
    assert set(read) == {"two"}

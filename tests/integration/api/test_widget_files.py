"""Visitors send files, members and they fetch them, and no browser ever runs what is in them."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from deskhand.api.app import create_app
from deskhand.application import attachments
from deskhand.worker.pruning import Pruning
from tests.integration.api.desk import problem
from tests.integration.api.live import serving
from tests.integration.api.visitors import Browser, Company, open_company, page, visit

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
HTML = b"<!doctype html><script>alert(document.domain)</script>"


@pytest.fixture
async def company(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Company]:
    async with open_company(sqlite_url, tmp_path) as opened:
        yield opened


@pytest.fixture
async def ada(company: Company) -> AsyncIterator[Browser]:
    await allow(company)
    async with page(company.desk) as client:
        yield await visit(client, company.agent)


async def allow(company: Company, allowed: bool = True) -> None:
    async with company.desk.client("owner") as owner:
        assert (await owner.put("/v1/settings/widget", json={"attachments": allowed})).status_code == 200


async def bring(browser: Browser, conversation: str, content: bytes, name: str = "a.png") -> httpx2.Response:
    address = f"/v1/widget/conversations/{conversation}/attachments"
    headers = {**browser.headers, "x-deskhand-name": name, "content-type": "text/html"}
    return await browser.client.post(address, content=content, headers=headers)


async def test_a_file_goes_with_a_message_and_is_there_for_both_sides(company: Company, ada: Browser) -> None:
    assert ada.session["settings"]["attachments"] == {"allowed": True, "most_bytes": 10 * 1024 * 1024}
    conversation = await ada.talk(text="It arrived broken")
    brought = (await bring(ada, conversation, PNG, "Gr%C3%B6%C3%9Fe%20der%20Kiste.png")).json()
    assert (brought["name"], brought["type"], brought["size"]) == ("Größe der Kiste.png", "image/png", len(PNG))
    sent = await ada.post(f"/{conversation}/messages", text="Look", attachments=[brought["id"]])
    assert sent.status_code == 200, sent.text
    async with company.desk.client("agent") as member:
        items = (await member.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
        said = [one["body"] for one in items if one["kind"] == "said"]
        assert said[1] == {"text": "Look", "attachments": [brought]}
        fetched = [
            await member.get(f"/v1/conversations/{conversation}/attachments/{brought['id']}"),
            await ada.get(f"/{conversation}/attachments/{brought['id']}"),
        ]
    for file in fetched:
        assert (file.status_code, file.content) == (200, PNG)
        assert file.headers["content-type"] == "image/png"


async def test_a_message_may_be_files_alone(company: Company, ada: Browser) -> None:
    conversation = await ada.talk(text="Hello")
    files = [(await bring(ada, conversation, PNG, f"{name}.png")).json()["id"] for name in ("b", "a")]
    await ada.post(f"/{conversation}/messages", attachments=files)
    async with company.desk.client("owner") as owner:
        items = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()["items"]
    last = [one["body"] for one in items if one["kind"] == "said"][-1]
    assert last["text"] == "b.png, a.png"
    assert [one["id"] for one in last["attachments"]] == files
    problem(await ada.post(f"/{conversation}/messages", text="  "), 422)


async def attach(member: httpx2.AsyncClient, conversation: str, content: bytes, name: str) -> httpx2.Response:
    address = f"/v1/conversations/{conversation}/attachments"
    return await member.post(address, content=content, headers={"x-deskhand-name": name})


async def test_a_member_sends_a_file_with_a_reply(company: Company, ada: Browser) -> None:
    conversation = await ada.talk(text="How do I put it together?")
    async with company.desk.client("agent") as member:
        assert (await member.get(f"/v1/conversations/{conversation}")).json()["files"] is True
        plan = (await attach(member, conversation, b"%PDF-1.7 ...", "Plan.pdf")).json()
        reply = {"text": "Like this", "attachments": [plan["id"]], "event_id": "r-1"}
        for _ in range(2):  # the answer to the first may have been lost
            assert (await member.post(f"/v1/conversations/{conversation}/reply", json=reply)).status_code == 200
        photo = (await attach(member, conversation, PNG, "done.png")).json()
        await member.post(f"/v1/conversations/{conversation}/reply", json={"attachments": [photo["id"]]})
        entries = (await member.get(f"/v1/conversations/{conversation}/entries")).json()["items"]

    replied = [one["body"] for one in entries if one["kind"] == "replied"]
    assert [(one["text"], one["attachments"]) for one in replied] == [("Like this", [plan]), ("done.png", [photo])]
    fetched = await ada.get(f"/{conversation}/attachments/{plan['id']}")
    assert (fetched.content, fetched.headers["content-type"]) == (b"%PDF-1.7 ...", "application/pdf")
    assert "File: Plan.pdf" in (await ada.get(f"/{conversation}/transcript")).text


async def test_a_file_stays_unsent_when_its_reply_crosses_with_others_words(company: Company, ada: Browser) -> None:
    conversation = await ada.talk(text="Hello")
    async with company.desk.client("agent") as member:
        file = (await attach(member, conversation, PNG, "a.png")).json()
        reply = {"text": "Look", "attachments": [file["id"]], "event_id": "r-1"}
        crossed = await member.post(f"/v1/conversations/{conversation}/reply", json={**reply, "based_on": 0})
        assert problem(crossed, 409)["type"] == "urn:deskhand:problem:crossed"
        sent = await member.post(f"/v1/conversations/{conversation}/reply", json={**reply, "event_id": "r-2"})
        assert sent.status_code == 200


async def test_members_send_files_only_where_customers_can_fetch_them(company: Company, ada: Browser) -> None:
    conversation = await ada.talk(text="Hello")
    async with company.desk.client("agent") as member:
        elsewhere = (await member.post("/v1/conversations", json={"text": "Hello"})).json()
        assert elsewhere["files"] is False
        problem(await attach(member, elsewhere["id"], PNG, "a.png"), 409)
        file = (await attach(member, conversation, PNG, "a.png")).json()["id"]
        problem(await member.post(f"/v1/conversations/{elsewhere['id']}/reply", json={"attachments": [file]}), 409)
        problem(await member.post(f"/v1/conversations/{conversation}/reply", json={"text": " "}), 422)
        problem(await attach(member, conversation, b"PK\x03\x04archive", "a.png"), 415)
        await allow(company, False)
        assert (await member.get(f"/v1/conversations/{conversation}")).json()["files"] is False
        problem(await attach(member, conversation, PNG, "a.png"), 409)
        problem(await member.post(f"/v1/conversations/{conversation}/reply", json={"attachments": [file]}), 409)


async def test_whatever_is_in_a_file_no_browser_runs_it(company: Company, ada: Browser) -> None:
    conversation = await ada.talk(text="Hello")
    brought = (await bring(ada, conversation, HTML, 'evil".html')).json()
    assert (brought["name"], brought["type"]) == ("evil_.html.txt", "text/plain")
    async with company.desk.client("owner") as owner:
        for file in (
            await owner.get(f"/v1/conversations/{conversation}/attachments/{brought['id']}"),
            await ada.get(f"/{conversation}/attachments/{brought['id']}"),
        ):
            assert file.headers["content-type"] == "text/plain; charset=utf-8"
            assert file.headers["content-disposition"].startswith('attachment; filename="evil_.html.txt"')
            assert file.headers["x-content-type-options"] == "nosniff"
            assert file.headers["content-security-policy"] == "default-src 'none'; sandbox"
            assert file.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04archive", b"MZ\x90\0program"])
async def test_a_file_of_another_kind_is_refused(company: Company, ada: Browser, content: bytes) -> None:
    conversation = await ada.talk(text="Hello")
    refused = problem(await bring(ada, conversation, content, "photo.png"), 415)
    assert refused["type"] == "urn:deskhand:problem:unfit-file"


async def test_a_file_that_is_too_large_is_refused_however_it_comes(company: Company, ada: Browser) -> None:
    conversation = await ada.talk(text="Hello")
    large = PNG + bytes(10 * 1024 * 1024)

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(large), 1024 * 1024):
            yield large[at : at + 1024 * 1024]

    address = f"/v1/widget/conversations/{conversation}/attachments"
    problem(await bring(ada, conversation, large), 413)
    unannounced = await ada.client.post(address, content=pieces(), headers=ada.headers)
    assert "10 MiB" in problem(unannounced, 413)["detail"]
    assert (await bring(ada, conversation, large[: 10 * 1024 * 1024])).status_code == 200


async def test_where_files_are_not_wanted_none_are_taken(company: Company, ada: Browser) -> None:
    conversation = await ada.talk(text="Hello")
    brought = (await bring(ada, conversation, PNG)).json()["id"]
    await allow(company, False)
    problem(await bring(ada, conversation, PNG), 409)
    again = await visit(ada.client, company.agent)
    assert again.session["settings"]["attachments"]["allowed"] is False
    problem(await ada.post(f"/{conversation}/messages", text="Look", attachments=[brought]), 409)


async def test_a_conversation_has_room_for_so_many_files(
    company: Company, ada: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST_OF_CONVERSATION", 2)
    conversation = await ada.talk(text="Hello")
    for _ in range(2):
        assert (await bring(ada, conversation, PNG)).status_code == 200
    problem(await bring(ada, conversation, PNG), 409)
    monkeypatch.setattr(attachments, "MOST_OF_CONVERSATION", 50)
    monkeypatch.setattr(attachments, "LARGEST_OF_CONVERSATION", 150)
    problem(await bring(ada, conversation, PNG), 409)


async def test_a_file_of_another_conversation_or_message_cannot_be_sent_along(company: Company, ada: Browser) -> None:
    one, other = await ada.talk(text="Hello"), await ada.talk(text="Hello")
    brought = (await bring(ada, one, PNG)).json()["id"]
    problem(await ada.post(f"/{other}/messages", text="Look", attachments=[brought]), 404)
    problem(await ada.get(f"/{other}/attachments/{brought}"), 404)
    assert (await ada.post(f"/{one}/messages", text="Look", attachments=[brought])).status_code == 200
    problem(await ada.post(f"/{one}/messages", text="And again", attachments=[brought]), 404)
    problem(await ada.post(f"/{one}/messages", text="Look", attachments=["att_" + "0" * 32]), 404)
    eve = await visit(ada.client, company.agent)
    problem(await eve.get(f"/{one}/attachments/{brought}"), 404)
    async with company.desk.client("stranger") as stranger:
        problem(await stranger.get(f"/v1/conversations/{one}/attachments/{brought}"), 404)


async def test_a_message_with_a_file_sent_twice_happens_once(company: Company, ada: Browser) -> None:
    conversation = await ada.talk(text="Hello")
    brought = (await bring(ada, conversation, PNG)).json()["id"]
    message = {"event_id": "m-1", "text": "Look", "attachments": [brought]}
    answers = [(await ada.post(f"/{conversation}/messages", **message)).json() for _ in range(2)]
    assert [one["duplicate"] for one in answers] == [False, True]


async def test_what_was_never_sent_is_removed_after_a_day(company: Company, ada: Browser) -> None:
    conversation = await ada.talk(text="Hello")
    sent, unsent = [(await bring(ada, conversation, PNG)).json()["id"] for _ in range(2)]
    await ada.post(f"/{conversation}/messages", text="Look", attachments=[sent])
    pruning = Pruning(company.desk.running.services, log_days=0)
    company.clock.advance(hours=23)
    assert await pruning.prune() == 0
    company.clock.advance(hours=2)
    assert await pruning.prune() == 1
    problem(await ada.get(f"/{conversation}/attachments/{unsent}"), 404)
    assert (await ada.get(f"/{conversation}/attachments/{sent}")).status_code == 200


async def test_a_file_stays_with_a_message_that_is_sent_again_too_fast(company: Company, ada: Browser) -> None:
    conversation = await ada.talk(text="Hello")
    brought = (await bring(ada, conversation, PNG)).json()["id"]
    sent = {"attachments": [brought], "event_id": "once"}
    assert (await ada.post(f"/{conversation}/messages", **sent)).status_code == 200
    while (await ada.post(f"/{conversation}/typing")).status_code != 429:
        pass
    problem(await ada.post(f"/{conversation}/messages", **sent), 429)
    company.clock.advance(hours=25)
    assert await Pruning(company.desk.running.services, log_days=0).prune() == 0
    assert (await ada.get(f"/{conversation}/attachments/{brought}")).status_code == 200


async def test_a_file_comes_in_over_a_real_connection(company: Company, ada: Browser) -> None:
    conversation = await ada.talk(text="Hello")
    async with (
        serving(create_app(company.desk.running.services)) as live,
        httpx2.AsyncClient(base_url=live.address, trust_env=False) as client,
    ):
        browser = Browser(client, ada.token, {})
        large = PNG + bytes(5 * 1024 * 1024)
        brought = (await bring(browser, conversation, large)).json()
        fetched = await browser.get(f"/{conversation}/attachments/{brought['id']}")
    assert fetched.content == large


async def test_a_transcript_tells_what_was_said_with_the_times_of_a_zone(company: Company, ada: Browser) -> None:
    conversation = await ada.talk(text="Hello\nthere", language="de")
    async with company.desk.client("owner") as owner:
        await owner.post(f"/v1/conversations/{conversation}/note", json={"text": "A difficult one"})
        await owner.post(f"/v1/conversations/{conversation}/reply", json={"text": "I'll look at it"})
    company.clock.advance(hours=20)
    brought = (await bring(ada, conversation, PNG)).json()["id"]
    await ada.post(f"/{conversation}/messages", text="Look", attachments=[brought])
    told = await ada.get(f"/{conversation}/transcript?zone=Europe/Berlin")
    assert told.headers["content-type"] == "text/plain; charset=utf-8"
    lines = told.text.splitlines()
    assert lines[0] == "Gespräch mit Deskhand, 2026-03-02 (CET)"
    assert lines[2:4] == ["[10:00] Sie: Hello", "        there"]
    assert "[10:00] the owner: I'll look at it" in lines
    assert lines[-4:] == ["2026-03-03", "", "[06:00] Sie: Look", "        Datei: a.png"]
    assert "difficult" not in told.text
    problem(await ada.get(f"/{conversation}/transcript?zone=Mars/Olympus"), 422)

"""Conversations are found by what they are about, on both databases, and no workspace finds another's."""

import csv
import io
from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import GREETING, Desk, problem, publish, start, talk, waiting_approval


async def found(client: httpx2.AsyncClient, **asked: Any) -> list[str]:
    answer = await client.get("/v1/conversations", params=asked)
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


async def say(client: httpx2.AsyncClient, conversation: str, text: str) -> None:
    answer = await client.post(f"/v1/conversations/{conversation}/messages", json={"text": text})
    assert answer.status_code == 200, answer.text


async def with_contact(client: httpx2.AsyncClient, **contact: Any) -> str:
    made = await client.post("/v1/conversations", json={"channel": "widget", "contact": contact})
    conversation: str = made.json()["id"]
    return conversation


async def test_the_newest_activity_comes_first_and_a_new_conversation_is_there_at_once(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        first, second = await talk(client), await talk(client)
        assert await found(client) == [second, first]
        await say(client, first, "Hello?")
        assert await found(client) == [first, second]


async def test_each_filter_finds_what_it_names(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        approval = await waiting_approval(client)
        waiting = approval["conversation"]
        plain = await talk(client)
        ada = await with_contact(client, id="c-1", first_name="Ada", last_name="Byron", email="Ada@Example.com")
        await say(client, ada, "Mein Paket ist beschädigt, Bestellung ORD-1001")
        await client.post(f"/v1/conversations/{ada}/feedback", json={"reaction": "negative", "reason": "Slow"})
        await client.post(f"/v1/conversations/{plain}/take-over")
        await client.post(f"/v1/conversations/{plain}/tags", json={"add": ["vip"]})
        contact = (await client.get("/v1/contacts")).json()["items"][0]["id"]
        await client.post(f"/v1/conversations/{ada}/resolve")

        wanted = {
            "procedure=complaint": [waiting], "waiting=approval": [waiting], "status=resolved": [ada],
            "mode=member": [plain], "waiting=member": [plain], "tag=vip": [plain], "channel=widget": [ada],
            "reaction=negative": [ada], "contact=ada@example.com": [ada], f"contact={contact}": [ada],
            "text=beschadigt": [ada], "text=ord-1001 PAKET": [ada], "text=ord-1002": [], f"text={waiting}": [waiting],
            "text=Byron": [ada], "text=%20%3F": [], "procedure=nothing": [], "agent=main": [], "test=true": [],
            f"text=ord&contact={contact}": [ada], "tag=vip&mode=member": [plain], "tag=vip&procedure=complaint": [],
            "escalated=true": [], "since=2200-01-01T00:00:00Z": [], "until=2000-01-01T00:00:00Z": [],
        }  # fmt: skip
        for query, expected in wanted.items():
            answer = await client.get(f"/v1/conversations?{query}")
            assert [one["id"] for one in answer.json()["items"]] == expected, query
            count = (await client.get(f"/v1/conversations/count?{query}")).json()
            assert count == {"count": len(expected), "capped": False}, query


async def test_an_item_shows_what_a_list_needs_and_what_it_always_showed(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        approval = await waiting_approval(client)
        (item,) = (await client.get("/v1/conversations")).json()["items"]
        whole = (await client.get(f"/v1/conversations/{approval['conversation']}")).json()
        assert {name: item[name] for name in whole} == whole
        assert item["digest"] == {
            "waiting": "approval", "reaction": None, "escalated": False, "test": False, "unanswered": 0, "messages": 3,
            "contact_name": None, "contact_email": None, "procedures": ["complaint"],
            "first_text": "The box was empty", "last_text": "A colleague is checking this. I will let you know.",
            "last_by": "agent", "last_at": item["updated_at"],
        } | {"last_text": item["digest"]["last_text"]}  # fmt: skip


async def test_pages_lead_through_all_of_them_once(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        made = [await talk(client) for _ in range(5)]
        for filters in ({}, {"status": "open"}, {"channel": "api", "mode": "agent"}):
            seen: list[str] = []
            cursor: str | None = None
            while True:
                more = {"cursor": cursor} if cursor else {}
                page = (await client.get("/v1/conversations", params={**filters, "limit": 2, **more})).json()
                seen += [one["id"] for one in page["items"]]
                cursor = page["cursor"]
                if cursor is None:
                    break
            assert seen == made[::-1]
        problem(await client.get("/v1/conversations", params={"cursor": "nonsense"}), 400)


async def test_what_changes_is_no_longer_found_where_it_was(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        conversation = await talk(client)
        await client.post(f"/v1/conversations/{conversation}/tags", json={"add": ["vip"]})
        assert await found(client, tag="vip") == [conversation]
        await client.post(f"/v1/conversations/{conversation}/tags", json={"remove": ["vip"], "add": ["late"]})
        assert (await found(client, tag="vip"), await found(client, tag="late")) == ([], [conversation])
        await say(client, conversation, "Zebra")
        await say(client, conversation, "Giraffe")
        assert await found(client, text="zebra giraffe") == [conversation]


async def test_two_workspaces_never_mix(any_desk: Desk) -> None:
    async with any_desk.client() as own, any_desk.client("stranger") as other:
        mine, theirs = (
            await with_contact(own, email="ada@example.com"),
            await with_contact(other, email="ada@example.com"),
        )
        for client, conversation in ((own, mine), (other, theirs)):
            await say(client, conversation, "Zebra")
            await client.post(f"/v1/conversations/{conversation}/tags", json={"add": ["vip"]})
        for client, conversation in ((own, mine), (other, theirs)):
            for asked in ({}, {"text": "zebra"}, {"tag": "vip"}, {"contact": "ada@example.com"}, {"channel": "widget"}):
                assert await found(client, **asked) == [conversation], asked
        assert await found(own, text=theirs) == []


@pytest.mark.parametrize("query", ["status=gone", "since=yesterday", "waiting=godot", "limit=0", "agent=No%20Slug"])
async def test_a_filter_that_is_none_is_refused(any_desk: Desk, query: str) -> None:
    async with any_desk.client() as client:
        problem(await client.get(f"/v1/conversations?{query}"), 422)


async def test_the_filtered_list_can_be_taken_along_as_a_table(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        slug = await publish(client, GREETING)
        conversation = await with_contact(client, email="ada@example.com", first_name="=cmd()")
        await talk(client)
        await start(client, conversation, slug)
        answer = await client.get("/v1/conversations/export", params={"procedure": slug})
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        (row,) = csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")))
        assert (row["id"], row["contact_name"], row["procedures"]) == (conversation, "'=cmd()", "greeting")


async def test_an_agent_may_read_lists_but_a_caller_without_key_may_not(any_desk: Desk) -> None:
    async with any_desk.client("agent") as agent, any_desk.client(None) as nobody:
        for path in ("", "/count", "/export"):
            assert (await agent.get(f"/v1/conversations{path}")).status_code == 200
            problem(await nobody.get(f"/v1/conversations{path}"), 401)


@pytest.mark.parametrize("bound", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
async def test_the_first_and_the_last_of_times_are_bounds_like_others(any_desk: Desk, bound: str) -> None:
    async with any_desk.client() as client:
        conversation = await talk(client)
        begins = bound.startswith("0001")
        for path in ("", "/count", "/export"):
            for name in ("since", "until"):
                answer = await client.get(f"/v1/conversations{path}", params={name: bound})
                assert answer.status_code == 200, answer.text
                assert (name == "since") is (begins) or conversation not in answer.text
        assert await found(client, **{"since" if begins else "until": bound}) == [conversation]

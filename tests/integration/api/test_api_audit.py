"""The audit trail is found by who did what to which subject and when, and taken along whole."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import GREETING, Desk, problem, publish, talk, waiting_approval


async def found(client: httpx2.AsyncClient, **asked: Any) -> list[tuple[str, str]]:
    answer = await client.get("/v1/audit", params={"limit": 200, **asked})
    assert answer.status_code == 200, answer.text
    return [(one["actor"], one["action"]) for one in answer.json()["items"]]


async def filled(desk: Desk) -> dict[str, Any]:
    async with desk.client() as owner, desk.client("agent") as agent:
        approval = await waiting_approval(owner)
        await agent.post(f"/v1/approvals/{approval['id']}/approve")
        await publish(owner, GREETING)
        conversation = await talk(owner)
        await owner.post(f"/v1/conversations/{conversation}/take-over")
    return {**approval, "other": conversation}


async def test_each_filter_finds_what_it_names(any_desk: Desk) -> None:
    approval = await filled(any_desk)
    async with any_desk.client() as client:
        everything = await found(client)
        assert await found(client, action="procedure.") == [
            one for one in everything if one[1].startswith("procedure.")
        ] != []  # fmt: skip
        assert await found(client, action="approval.approved") == [("the agent", "approval.approved")]
        assert await found(client, action="c") == [one for one in everything if one[1].startswith("c")] != []
        assert await found(client, actor="the agent") == [("the agent", "approval.approved")]
        assert await found(client, actor="agent") == [one for one in everything if one[0] == "agent"] != []
        assert await found(client, subject=approval["id"]) == [("the agent", "approval.approved")]
        assert await found(client, subject=approval["other"], actor="the owner", action="conv") == [
            ("the owner", "conversation.taken_over")
        ]
        assert await found(client, actor="nobody") == []


async def test_a_stretch_of_time_ends_before_its_end(any_desk: Desk) -> None:
    await filled(any_desk)
    soon = (datetime.now(UTC) + timedelta(minutes=1)).isoformat()
    async with any_desk.client() as client:
        everything = await found(client)
        assert await found(client, until=soon) == everything
        assert await found(client, since=soon) == []
        newest = (await client.get("/v1/audit", params={"limit": 1})).json()["items"][0]["at"]
        later = await found(client, since=newest)
        assert later + await found(client, until=newest) == everything
        assert later != []


async def test_pages_keep_to_the_filters(any_desk: Desk) -> None:
    await filled(any_desk)
    async with any_desk.client() as client:
        seen, cursor = [], None
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = (await client.get("/v1/audit", params={"action": "procedure.", "limit": 1, **more})).json()
            seen += [(one["actor"], one["action"]) for one in page["items"]]
            if (cursor := page["cursor"]) is None:
                break
        assert seen == await found(client, action="procedure.")


@pytest.mark.parametrize("role", ["owner", "agent"])
async def test_an_export_has_every_row_that_the_filters_show(any_desk: Desk, role: str) -> None:
    await filled(any_desk)
    async with any_desk.client(role) as client:
        listed = await found(client, action="procedure.")
        table = await client.get("/v1/audit/export", params={"action": "procedure."})
        lines = await client.get("/v1/audit/export", params={"action": "procedure.", "form": "jsonl"})
    rows = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))
    records = [json.loads(line) for line in lines.text.splitlines()]
    assert [(row["actor"], row["action"]) for row in rows] == listed
    assert [(one["actor"], one["action"]) for one in records] == listed
    assert [json.loads(row["body"]) for row in rows] == [one["body"] for one in records]


async def test_another_workspace_shows_nothing_of_it(any_desk: Desk) -> None:
    approval = await filled(any_desk)
    async with any_desk.client("stranger") as other:
        assert await found(other, subject=approval["id"]) == []
        assert await found(other, actor="the agent") == []
        exported = (await other.get("/v1/audit/export", params={"form": "jsonl"})).text
    assert approval["id"] not in exported


async def test_a_filter_that_is_none_is_refused(owner: httpx2.AsyncClient) -> None:
    problem(await owner.get("/v1/audit", params={"since": "yesterday"}), 422)
    problem(await owner.get("/v1/audit/export", params={"form": "xlsx"}), 422)

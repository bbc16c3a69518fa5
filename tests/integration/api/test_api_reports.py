"""Reports count what happened, on both databases: each figure is made by real conversations."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import GREETING, TICKET, Desk, problem, publish, start, talk, waiting_approval

FLAGGED: dict[str, Any] = {
    "name": "Lost parcel",
    "escalation": True,
    "trigger": {"description": "The customer's parcel was lost on its way to them."},
    "steps": [{"id": "sorry", "kind": "message", "text": "We are sorry."}],
}
CALLING: dict[str, Any] = {
    "name": "Ping",
    "trigger": {"description": "The customer wants to know whether the shop's system answers."},
    "steps": [{"id": "ping", "kind": "call", "method": "GET", "url": "http://127.0.0.1:9/ping"}],
}


async def report(client: httpx2.AsyncClient, name: str, **asked: Any) -> dict[str, Any]:
    answer = await client.get(f"/v1/reports/{name}", params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def write(client: httpx2.AsyncClient, conversation: str, path: str, **body: Any) -> None:
    answer = await client.post(f"/v1/conversations/{conversation}/{path}", json=body)
    assert answer.status_code == 200, answer.text


async def greeted(client: httpx2.AsyncClient, slug: str, name: str | None = "Ada") -> str:
    """A conversation in which the greeting ran, to its end if the customer says a name."""
    conversation = await talk(client)
    await start(client, conversation, slug)
    if name:
        await write(client, conversation, "messages", text=name)
    return conversation


async def test_runs_are_counted_by_day_and_procedure_with_what_became_of_them(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        slug = await publish(client, GREETING)
        await greeted(client, slug)
        await greeted(client, slug)
        await write(client, await greeted(client, slug, None), "cancel")
        await greeted(client, slug, None)

        found = await report(client, "runs")

    (only,) = found["procedures"]
    expected = {"began": 4, "completed": 2, "escalated": 0, "cancelled": 1, "failed": 0, "running": 1}
    assert only["outcomes"] == {**expected, "completion": 2 / 3}
    assert only["procedure"] == slug
    assert only["median_ms"] <= only["p95_ms"]
    assert found["total"]["outcomes"] == only["outcomes"]
    assert (len(found["days"]), found["days"][-1]["outcomes"]["began"]) == (30, 4)
    assert found["days"][-1]["day"] == datetime.now(UTC).date().isoformat()


async def test_steps_tell_where_runs_stop(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        slug = await publish(client, GREETING)
        await greeted(client, slug)
        await write(client, await greeted(client, slug, None), "cancel")
        await greeted(client, slug, None)

        found = await report(client, f"steps/{slug}")
        never = await report(client, "steps/" + await publish(client, TICKET))
        problem(await client.get("/v1/reports/steps/nothing"), 404)

    assert (found["version"], found["runs"], found["versions"]) == (1, 3, [{"version": 1, "runs": 3}])
    assert found["steps"] == [
        {"step": "ask", "entered": 3, "left": 1, "here": 1, "stopped": 1, "visits": 3},
        {"step": "greet", "entered": 1, "left": 1, "here": 0, "stopped": 0, "visits": 1},
    ]
    assert (never["version"], never["runs"], never["steps"]) == (None, 0, [])


async def test_reactions_are_counted_and_lead_to_where_they_stand(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        slug = await publish(client, GREETING)
        conversation = await greeted(client, slug)
        await write(client, conversation, "feedback", reaction="negative", reason="Too slow")
        await write(client, await greeted(client, slug), "feedback", reaction="positive")

        found = await report(client, "reactions")

    assert (found["positive"], found["negative"]) == (1, 1)
    assert found["procedures"] == [{"procedure": slug, "positive": 1, "negative": 1}]
    oldest = found["latest"][-1]
    assert (oldest["conversation"], oldest["value"], oldest["text"]) == (conversation, "negative", "Too slow")


async def test_an_escalation_is_a_hand_over_a_rejection_or_a_flagged_procedure_that_ran(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        approval = await waiting_approval(client)
        await client.post(f"/v1/approvals/{approval['id']}/reject", json={"reason": "No"})
        flagged = await publish(client, FLAGGED)
        await start(client, await talk(client), flagged)
        await greeted(client, await publish(client, GREETING))

        found = await report(client, "escalations")
        escalated = (await client.get("/v1/conversations", params={"escalated": True})).json()["items"]

    assert found["count"] == 2
    assert [(one["procedure"], one["count"], one["share"], one["reasons"]) for one in found["procedures"]] == [
        ("complaint", 1, 1.0, {"rejected": 1}),
        ("lost-parcel", 1, 1.0, {"flagged": 1}),
    ]
    assert found["days"][-1]["procedures"] == {"complaint": 1, "lost-parcel": 1}
    assert len(escalated) == 2


async def test_unanswered_questions_are_grouped_by_their_words(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        await publish(client, GREETING)
        for text in ("Do you ship to Malmö?", "do you ship to Malmo", "What is the meaning of life?"):
            last = await talk(client)
            await write(client, last, "messages", text=text)

        found = await report(client, "unanswered")

    assert [(one["text"], one["count"]) for one in found["questions"]] == [
        ("do you ship to Malmo", 2),
        ("What is the meaning of life?", 1),
    ]
    assert (found["count"], found["days"][-1]["count"], found["questions"][1]["conversation"]) == (3, 3, last)


async def test_calls_tell_errors_and_times(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        await client.put("/v1/settings/internal-hosts", json={"hosts": ["127.0.0.1:9"]})
        slug = await publish(client, CALLING)
        await start(client, await talk(client), slug)

        found = await report(client, "calls")

    (only,) = found["actions"]
    assert (only["action"], only["kind"], only["count"], only["failed"]) == ("ping/ping", "call_http", 1, 1)
    assert (only["error_rate"], only["statuses"]) == (1.0, [{"status": None, "count": 1}])
    assert (found["count"], found["errors"], found["days"][-1]["failed"]) == (1, 1, 1)


async def test_approvals_tell_how_long_they_waited_and_who_decided(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        approval = await waiting_approval(client)
        await waiting_approval(client, {**TICKET, "name": "Second"})
        await client.post(f"/v1/approvals/{approval['id']}/approve")

        found = await report(client, "approvals")

    assert (found["asked"], found["pending"], found["statuses"]) == (2, 1, {"approved": 1, "pending": 1})
    assert found["deciders"] == [{"by": "the owner", "count": 1, "statuses": {"approved": 1}}]
    assert found["median_ms"] == found["p95_ms"]


async def test_an_overview_compares_with_the_stretch_before(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        slug = await publish(client, GREETING)
        await greeted(client, slug)
        soon = (datetime.now(UTC) + timedelta(minutes=5)).isoformat()
        later = (datetime.now(UTC) + timedelta(minutes=10)).isoformat()

        now = await report(client, "overview")
        past = await report(client, "overview", since=soon, until=later)

    assert (now["now"]["conversations"], now["now"]["runs"]["completed"]) == (1, 1)
    assert (now["before"]["conversations"], now["before"]["runs"]["began"]) == (0, 0)
    assert past["now"]["runs"]["began"] == 0


async def test_procedures_have_their_last_run_and_completion(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        slug = await publish(client, GREETING)
        await greeted(client, slug)
        (only,) = (await report(client, "procedures"))["items"]

    assert (only["procedure"], only["runs"], only["completion"]) == (slug, 1, 1.0)


async def test_a_report_can_be_narrowed_to_a_procedure_and_an_agent(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        slug = await publish(client, GREETING)
        await greeted(client, slug)
        await waiting_approval(client)

        assert (await report(client, "runs", procedure=slug))["total"]["outcomes"]["began"] == 1
        assert (await report(client, "runs", agent="default"))["total"]["outcomes"]["began"] in (0, 2)
        assert (await report(client, "runs", agent="sales"))["total"]["outcomes"]["began"] == 0


async def test_tries_count_in_no_report(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        slug = await publish(client, GREETING)
        made = (await client.post("/v1/conversations", json={"channel": "preview"})).json()["id"]
        await start(client, made, slug)

        assert (await report(client, "overview"))["now"]["runs"]["began"] == 0
        assert (await report(client, "overview"))["now"]["conversations"] == 0
        assert (await client.get("/v1/conversations", params={"test": True})).json()["items"][0]["id"] == made


@pytest.mark.parametrize(
    "name", ["overview", "runs", "steps/greeting", "reactions", "escalations", "unanswered", "calls", "approvals",
             "procedures"]
)  # fmt: skip
async def test_every_report_is_a_table_too_and_shows_nothing_of_another_workspace(desk: Desk, name: str) -> None:
    async with desk.client() as client, desk.client("stranger") as other:
        slug = await publish(client, GREETING)
        await write(client, await greeted(client, slug), "feedback", reaction="positive")
        await write(client, await talk(client), "messages", text="=HYPERLINK(1) of what?")
        own = await client.get(f"/v1/reports/{name}", headers={"accept": "text/csv"})
        theirs = await other.get(f"/v1/reports/{name}", params={"form": "csv"})

    assert own.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(own.text.removeprefix("\ufeff"))))
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    others = list(csv.DictReader(io.StringIO(theirs.text.removeprefix("\ufeff"))))
    assert all(cell in ("0", "") for row in others for key, cell in row.items() if key not in ("figure", "day"))


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ({"zone": "Mars/Olympus"}, 409, "There is no time zone `Mars/Olympus`"),
        ({"zone": "../etc/passwd"}, 409, "There is no time zone"),
        ({"since": "2026-03-02T00:00:00Z", "until": "2026-03-01T00:00:00Z"}, 409, "`since` is not before `until`"),
        ({"since": "2000-01-01T00:00:00Z"}, 409, "two years at most"),
        ({"until": "0001-01-01T00:00:00Z"}, 409, "`until` is too far away"),
        ({"since": "9999-12-31T00:00:00Z", "until": "9999-12-31T23:59:59-23:59"}, 409, "`until` is too far away"),
        ({"since": "soon"}, 422, ""),
        ({"procedure": "No Slug"}, 422, ""),
    ],
)
async def test_a_stretch_of_time_that_is_none_is_refused(
    owner: httpx2.AsyncClient, asked: dict[str, str], status: int, told: str
) -> None:
    assert told in problem(await owner.get("/v1/reports/runs", params=asked), status)["detail"]

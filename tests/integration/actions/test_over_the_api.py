"""Actions over the REST service: used, tried, filled in, clicked, and read in the log."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from deskhand.api.app import create_app
from tests.integration.actions.desk import VERIFIED, Desk
from tests.integration.actions.shop import Reply, Shop
from tests.integration.api.desk import problem


@pytest.fixture
async def client(desk: Desk) -> AsyncIterator[httpx2.AsyncClient]:
    _, key = await desk.running.services.configuration.create_key(desk.workspace, "owner", "owner", "test")
    transport = httpx2.ASGITransport(app=create_app(desk.running.services))
    headers = {"authorization": f"Bearer {key}"}
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", headers=headers) as one:
        yield one


async def opened(client: httpx2.AsyncClient) -> str:
    made = await client.post("/v1/conversations")
    return f"/v1/conversations/{made.json()['id']}"


def said(answer: httpx2.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["body"]["text"] for one in answer.json()["entries"] if one["kind"] in ("say", "ask")]


def entry(answer: httpx2.Response, kind: str) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = next(one["body"] for one in answer.json()["entries"] if one["kind"] == kind)
    return found


async def test_an_action_is_used_and_its_facts_are_shown_as_the_identity(
    desk: Desk, client: httpx2.AsyncClient, shop: Shop
) -> None:
    await desk.verify()
    await desk.cancel_order(VERIFIED)
    place = await opened(client)
    wanted = {"action": "cancel-order", "arguments": {"order_id": "1"}}

    refused = await client.post(f"{place}/use", json=wanted)
    assert said(refused) == ["I have to verify who you are before I can do that."]
    guarded = entry(refused, "guarded")
    assert (guarded["action"], guarded["rule"]) == ("cancel-order", "succeeded")
    proof = {"action": "verify", "arguments": {"email": "ada@example.com"}}
    assert said(await client.post(f"{place}/use", json=proof)) == ["You are verified."]
    assert (await client.get(place)).json()["identity"] == "C1"
    assert said(await client.post(f"{place}/use", json=wanted)) == ["Cancelled 1."]


async def test_the_same_request_sent_twice_is_one_use(desk: Desk, client: httpx2.AsyncClient, shop: Shop) -> None:
    await desk.cancel_order()
    place = await opened(client)
    wanted = {"action": "cancel-order", "arguments": {"order_id": "1"}, "event_id": "use-1"}

    first, second = [await client.post(f"{place}/use", json=wanted) for _ in range(2)]

    assert (first.json()["duplicate"], second.json()["duplicate"]) == (False, True)
    assert len(shop.seen) == 1


@pytest.mark.parametrize("action", ["nothing", "cancel-order"])
async def test_what_the_agent_may_not_use_is_told(desk: Desk, client: httpx2.AsyncClient, action: str) -> None:
    await desk.cancel_order()
    await desk.enable()
    refused = await client.post(f"{await opened(client)}/use", json={"action": action})
    assert problem(refused, 409)["type"].endswith("not-now")


async def test_a_form_is_filled_in_and_a_late_one_is_told(desk: Desk, client: httpx2.AsyncClient) -> None:
    fields = [{"name": "email", "type": "email"}, {"name": "pin", "sensitive": True}]
    await desk.put("ask", kind="form", form={"fields": fields}, messages={"success": "Thanks, {{response.email}}."})
    place = await opened(client)
    shown = entry(await client.post(f"{place}/use", json={"action": "ask"}), "show_form")
    form = {"question": shown["question"], "values": {"email": "nonsense", "pin": "4711"}}

    again = await client.post(f"{place}/forms", json=form)
    assert list(entry(again, "show_form")["errors"]) == ["email"]
    form["values"]["email"] = "ada@example.com"
    done = await client.post(f"{place}/forms", json=form)
    assert said(done) == ["Thanks, ada@example.com."]
    assert problem(await client.post(f"{place}/forms", json=form), 409)["detail"] == "That question is no longer open."
    assert "4711" not in (await client.get(f"{place}/entries")).text


async def test_a_scripts_result_is_brought_back_once(desk: Desk, client: httpx2.AsyncClient) -> None:
    script = {"source": "return 7", "label": "Go"}
    await desk.put("js", kind="javascript", script=script, messages={"success": "It is {{response}}."})
    place = await opened(client)
    shown = entry(await client.post(f"{place}/use", json={"action": "js"}), "show_button")
    click = {"question": shown["question"], "choice": "Go"}
    run = entry(await client.post(f"{place}/clicks", json=click), "run_in_browser")
    module = await client.get(run["script"])
    assert "return 7" in module.text

    result = {"question": run["question"], "ok": True, "value": 7, "milliseconds": 3}
    assert said(await client.post(f"{place}/browser-results", json=result)) == ["It is 7."]
    assert problem(await client.post(f"{place}/browser-results", json=result), 409)


async def test_saying_who_the_customer_is_voids_what_another_one_proved(desk: Desk, client: httpx2.AsyncClient) -> None:
    await desk.verify()
    place = await opened(client)
    await client.post(f"{place}/identify", json={"contact": {"id": "1"}})
    await client.post(f"{place}/use", json={"action": "verify", "arguments": {"email": "ada@example.com"}})
    assert (await client.get(place)).json()["identity"] == "C1"
    await client.post(f"{place}/identify", json={"contact": {"id": "2"}})
    assert (await client.get(place)).json()["identity"] is None


async def test_the_log_is_filtered_and_paged(desk: Desk, client: httpx2.AsyncClient, shop: Shop) -> None:
    await desk.get_order()
    await desk.cancel_order()
    shop.answers["GET /orders/2"] = Reply({"error": "gone"}, 410)
    place = await opened(client)
    for action, order in (("get-order", "1"), ("cancel-order", "1"), ("get-order", "3")):
        await client.post(f"{place}/use", json={"action": action, "arguments": {"order_id": order}})
        desk.clock.advance(seconds=1)
    await client.post("/v1/actions/get-order/try", json={"values": {"order_id": "2"}})

    async def listed(**params: Any) -> list[tuple[str, bool]]:
        answer = await client.get("/v1/executions", params=params)
        assert answer.status_code == 200, answer.text
        return [(one["action"], one["test"]) for one in answer.json()["items"]]

    assert await listed() == [
        ("get-order", True), ("get-order", False), ("cancel-order", False), ("get-order", False)
    ]  # fmt: skip
    assert await listed(action="cancel-order") == [("cancel-order", False)]
    assert await listed(test="true", status="failed") == [("get-order", True)]
    assert len(await listed(conversation=place.rpartition("/")[2])) == 3
    assert await listed(until="2020-01-01T00:00:00Z") == []
    first = (await client.get("/v1/executions", params={"limit": 3})).json()
    rest = (await client.get("/v1/executions", params={"limit": 3, "cursor": first["cursor"]})).json()
    assert (len(first["items"]), len(rest["items"]), rest["cursor"]) == (3, 1, None)
    one = first["items"][1]
    assert (await client.get(f"/v1/executions/{one['id']}")).json() == one
    assert problem(await client.get("/v1/executions", params={"cursor": "nonsense"}), 400)


async def test_a_trial_of_a_document_that_is_not_stored_tells_what_to_mend(
    desk: Desk, client: httpx2.AsyncClient, shop: Shop
) -> None:
    document = {
        "slug": "x",
        "name": "X",
        "description": "Looks something up.",
        "request": {"url": f"{shop.url}/nothing"},
    }
    answer = await client.post("/v1/try-action", json={"document": document})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["ok"], found["status"], found["problem"]) == (False, 404, "The server answered 404: no such thing.")
    assert found["hints"]
    wrong = await client.post("/v1/try-action", json={"document": {**document, "description": "short"}})
    assert "description needs at least 10 characters" in problem(wrong, 422)["detail"]


async def test_a_trial_of_a_form_shows_the_form(client: httpx2.AsyncClient) -> None:
    field = {"name": "reason", "label": "Why?", "choices": ["Broken", "Too small"]}
    document = {"slug": "x", "name": "X", "kind": "form", "draft": True, "form": {"fields": [field]}}
    answer = await client.post("/v1/try-action", json={"document": document})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["ok"], found["sent"]) == (True, False)
    assert [(one["label"], one["choices"]) for one in found["shown"]["fields"]] == [("Why?", ["Broken", "Too small"])]


async def test_an_address_that_no_button_may_open_is_refused_at_its_field(client: httpx2.AsyncClient) -> None:
    button = {"label": "Go", "url": "javascript:alert(1)"}
    document = {"name": "X", "kind": "button", "draft": True, "button": button}
    wrong = problem(await client.put("/v1/actions/x", json=document), 422)
    assert [one["field"] for one in wrong["problems"]] == ["button.url"]


async def test_a_trial_is_told_in_german(client: httpx2.AsyncClient, shop: Shop) -> None:
    german = {"Accept-Language": "de"}
    document = {
        "slug": "x",
        "name": "X",
        "description": "Looks something up.",
        "request": {"url": f"{shop.url}/nothing"},
    }
    found = (await client.post("/v1/try-action", json={"document": document}, headers=german)).json()
    assert found["problem"] == "Der Server hat mit 404 geantwortet: no such thing."
    assert found["hints"][0].startswith("Dort gibt es nichts: Prüfen Sie die Adresse")

    document["request"] = {"url": "https://10.0.0.1/orders"}
    found = (await client.post("/v1/try-action", json={"document": document}, headers=german)).json()
    assert found["problem"].startswith("10.0.0.1 ist eine private Adresse; dorthin wird nur gesendet, wenn")

    document["description"] = "short"
    wrong = await client.post("/v1/try-action", json={"document": document}, headers=german)
    assert "die Beschreibung braucht mindestens 10 Zeichen" in problem(wrong, 422)["detail"]

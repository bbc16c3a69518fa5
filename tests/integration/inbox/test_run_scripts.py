"""A run as a script: simulating the same version with it gives the same path."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from deskhand.api.app import create_app
from deskhand.bootstrap import Running, build
from deskhand.demo.setup import prepare
from deskhand.demo.shop import build_shop
from deskhand.demo.shop_serving import serving as serving_shop
from deskhand.settings import Settings
from deskhand.worker.timers import Timers
from tests.clock import ScriptedClock
from tests.integration.inbox.team import BASE, Team

TOKEN = "shop-token"


@pytest.fixture(scope="module")
def shop_address() -> Iterator[str]:
    with serving_shop(build_shop(TOKEN, rig=True)) as address:
        yield address


@pytest.fixture
def demo_shop(shop_address: str) -> Iterator[httpx2.Client]:
    headers = {"authorization": f"Bearer {TOKEN}"}
    with httpx2.Client(base_url=shop_address, headers=headers, trust_env=False) as client:
        client.post("/_test/reset").raise_for_status()
        yield client


@pytest.fixture
async def running(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    running = await build(Settings(data=tmp_path, database_url=sqlite_url), clock=ScriptedClock())
    yield running
    await running.close()


@pytest.fixture
async def api(running: Running, shop_address: str, demo_shop: httpx2.Client) -> AsyncIterator[httpx2.AsyncClient]:
    demo = await prepare(running.services, shop_address, TOKEN)
    _, key = await running.services.configuration.create_key(demo.workspace, "Mia", "owner", "test")
    headers = {"authorization": f"Bearer {key}"}
    transport = httpx2.ASGITransport(app=create_app(running.services))
    async with httpx2.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
        yield client


async def said(api: httpx2.AsyncClient, *texts: str) -> str:
    """A customer says all this; gives the conversation."""
    conversation: str = (await api.post("/v1/conversations")).raise_for_status().json()["id"]
    for text in texts:
        (await api.post(f"/v1/conversations/{conversation}/messages", json={"text": text})).raise_for_status()
    return conversation


async def decide(api: httpx2.AsyncClient, conversation: str, decision: str, **body: str) -> None:
    (approval,) = (await api.get("/v1/approvals", params={"conversation": conversation})).json()["items"]
    (await api.post(f"/v1/approvals/{approval['id']}/{decision}", json=body)).raise_for_status()


async def script(api: httpx2.AsyncClient, conversation: str, procedure: str = "") -> dict[str, Any]:
    """The script of a conversation's run, which must give the same path, over the API's own simulation too."""
    runs = (await api.get("/v1/runs", params={"conversation": conversation})).json()["items"]
    (run,) = [one for one in runs if procedure in one["procedure"]]
    found: dict[str, Any] = (await api.get(f"/v1/runs/{run['id']}/script")).raise_for_status().json()
    assert found["simulated"] == found["expected"], found
    assert found["same"]
    report = (await api.post(f"/v1/procedures/{found['procedure']}/simulate", json=found["script"])).json()
    assert (report["outcome"], report["steps"]) == (found["expected"]["outcome"], found["expected"]["steps"])
    assert report["unused"] == []
    return found


async def test_an_approved_refund(api: httpx2.AsyncClient) -> None:
    conversation = await said(api, "I want a refund", "A1001", "It arrived broken")
    await decide(api, conversation, "approve")
    found = await script(api, conversation)

    assert found["script"]["inputs"] == {"order_id": "A1001", "refund_reason": "It arrived broken"}
    assert found["script"]["decisions"] == {"open_ticket": "approve"}
    assert found["script"]["responses"]["look_up"]["body"]["refundable"] is True
    assert found["expected"]["outcome"] == "completed"
    assert found["notes"] == []


async def test_a_rejected_refund(api: httpx2.AsyncClient) -> None:
    conversation = await said(api, "I want a refund", "A1001", "It arrived broken")
    await decide(api, conversation, "reject", reason="Every week")
    found = await script(api, conversation)
    assert (found["script"]["decisions"], found["expected"]["outcome"]) == ({"open_ticket": "reject"}, "escalated")


async def test_a_refund_that_nobody_decided(api: httpx2.AsyncClient, running: Running) -> None:
    conversation = await said(api, "I want a refund", "A1001", "It arrived broken")
    clock = running.services.clock
    assert isinstance(clock, ScriptedClock)
    clock.advance(hours=25)
    await Timers(running.services).wake_due()
    assert (await script(api, conversation))["script"]["decisions"] == {"open_ticket": "expire"}


async def test_a_wrong_order_number_and_the_right_one(api: httpx2.AsyncClient) -> None:
    conversation = await said(api, "I want a refund", "A9999", "It arrived broken", "A1001")
    await decide(api, conversation, "approve")
    found = await script(api, conversation)
    assert found["script"]["inputs"]["order_id"] == ["A9999", "A1001"]
    assert [one["status"] for one in found["script"]["responses"]["look_up"]] == [404, 200]


async def test_a_value_that_came_with_the_request(api: httpx2.AsyncClient) -> None:
    conversation = await said(api, "I want a refund for order A1001", "It arrived broken")
    await decide(api, conversation, "approve")
    assert (await script(api, conversation))["script"]["inputs"]["order_id"] == "A1001"


async def test_a_refund_that_the_policy_forbids(api: httpx2.AsyncClient) -> None:
    found = await script(api, await said(api, "I want a refund", "A1002", "I don't like it"))
    assert found["expected"]["outcome"] == "escalated"


@pytest.mark.parametrize("fault", [{"kind": "status", "status": 500}, {"kind": "drop_before"}, {"kind": "malformed"}])
async def test_a_shop_that_is_down(api: httpx2.AsyncClient, demo_shop: httpx2.Client, fault: dict[str, Any]) -> None:
    demo_shop.post("/_test/faults", json={**fault, "times": 9}).raise_for_status()
    found = await script(api, await said(api, "I want a refund", "A1001", "It arrived broken"))
    assert found["expected"]["outcome"] == "escalated"


@pytest.mark.parametrize("size", ["50", "49"])
async def test_a_lead_with_answers_that_were_not_valid(api: httpx2.AsyncClient, size: str) -> None:
    talk = ("I want to talk to sales", "Ana", "ana at example", "ana@example.com", "many", size)
    found = await script(api, await said(api, *talk))
    assert found["script"]["inputs"]["email"] == ["ana at example", "ana@example.com"]
    assert found["expected"]["outcome"] == "completed"


async def test_an_orders_status_asked_for_in_the_middle_of_something_else(api: httpx2.AsyncClient) -> None:
    conversation = await said(api, "I want to talk to sales", "Ana", "Where is my order A1003?")
    found = await script(api, conversation, "lead")
    assert found["expected"]["outcome"] == "waiting"
    assert found["script"]["inputs"] == {"name": "Ana"}


async def test_what_cannot_be_simulated_is_said(team: Team) -> None:
    conversation = await team.open()
    await team.post(team.ana, conversation, "start", procedure="status")
    await team.post(team.ana, conversation, "cancel")
    (run,) = (await team.get(f"runs?conversation={conversation}"))["items"]
    found = await team.get(f"runs/{run['id']}/script")
    assert (found["expected"]["outcome"], found["simulated"]["outcome"], found["same"]) == (
        "cancelled", "waiting", False,
    )  # fmt: skip

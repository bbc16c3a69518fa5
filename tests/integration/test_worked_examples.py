"""The three worked examples over HTTP, against the demo shop: every branch, approval and rejection included."""

import asyncio
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
from tests.integration.api.live import serving

TOKEN = "shop-token"
CHECKING = "A colleague is checking this for you. I'll write here as soon as they have decided."
FOR_A_REFUND = "I can help you with a refund. Let me gather some information."
UNAVAILABLE = "I can't look up your order right now. Let me connect you with an agent who can help you."


@pytest.fixture(scope="module")
def shop_address() -> Iterator[str]:
    with serving_shop(build_shop(TOKEN, rig=True)) as address:
        yield address


@pytest.fixture
def shop(shop_address: str) -> Iterator[httpx2.Client]:
    headers = {"authorization": f"Bearer {TOKEN}"}
    with httpx2.Client(base_url=shop_address, headers=headers, trust_env=False) as client:
        client.post("/_test/reset").raise_for_status()
        yield client


@pytest.fixture
async def running(database_url: str, tmp_path: Path) -> AsyncIterator[Running]:
    running = await build(Settings(data=tmp_path, database_url=database_url), clock=ScriptedClock())
    yield running
    await running.close()


@pytest.fixture
async def api(running: Running, shop_address: str) -> AsyncIterator[httpx2.AsyncClient]:
    demo = await prepare(running.services, shop_address, TOKEN)
    _, key = await running.services.configuration.create_key(demo.workspace, "Mia", "agent", "test")
    headers = {"authorization": f"Bearer {key}"}
    async with (
        serving(create_app(running.services)) as live,
        httpx2.AsyncClient(base_url=live.address, headers=headers, trust_env=False) as client,
    ):
        yield client


class Talk:
    """One conversation over the REST service."""

    def __init__(self, api: httpx2.AsyncClient) -> None:
        self._api = api
        self.id = ""

    async def says(self, *texts: str) -> list[str]:
        """The customer writes one message after the other; gives what they read after the last."""
        if not self.id:
            self.id = (await self._api.post("/v1/conversations")).raise_for_status().json()["id"]
        for text in texts:
            answer = await self._api.post(f"/v1/conversations/{self.id}/messages", json={"text": text})
        return _read(answer)

    async def approval(self) -> dict[str, Any]:
        listed = await self._api.get("/v1/approvals", params={"conversation": self.id})
        (found,) = listed.raise_for_status().json()["items"]
        return dict(found)

    async def decided(self, decision: str, **body: str) -> list[str]:
        """A member decides; gives what the customer then reads."""
        return _read(await self._api.post(f"/v1/approvals/{(await self.approval())['id']}/{decision}", json=body))

    async def run(self) -> tuple[str, str]:
        """How its only run ended, and at which step."""
        (found,) = (await self._api.get("/v1/runs", params={"conversation": self.id})).json()["items"]
        return found["status"], found["step"]

    async def entries(self, kind: str) -> list[dict[str, Any]]:
        items = (await self._api.get(f"/v1/conversations/{self.id}/entries")).json()["items"]
        return [entry["body"] for entry in items if entry["kind"] == kind]

    async def is_with_a_person(self) -> bool:
        return bool((await self._api.get(f"/v1/conversations/{self.id}")).json()["mode"] == "member")


def _read(answer: httpx2.Response) -> list[str]:
    entries = answer.raise_for_status().json()["entries"]
    return [entry["body"]["text"] for entry in entries if entry["kind"] in ("say", "ask")]


@pytest.fixture
def talk(api: httpx2.AsyncClient, shop: httpx2.Client) -> Talk:
    return Talk(api)


async def records(api: httpx2.AsyncClient, kind: str) -> list[dict[str, Any]]:
    return list((await api.get(f"/v1/{kind}")).raise_for_status().json()["items"])


# refund request


async def test_an_approved_refund_ends_with_one_ticket_and_no_person(talk: Talk, api: httpx2.AsyncClient) -> None:
    assert await talk.says("I want a refund") == [FOR_A_REFUND, "What's your order number?"]
    assert await talk.says("A1001") == ["What's the reason for the refund?"]
    assert await talk.says("It arrived broken") == [CHECKING]
    assert await records(api, "tickets") == []
    assert (await talk.approval())["card"]["variables"]["order_data"]["refundable"] is True
    assert await talk.decided("approve") == [
        "Your refund request has been submitted (Ticket #1). We'll process it within 2 business days."
    ]
    (ticket,) = await records(api, "tickets")
    assert (ticket["subject"], ticket["priority"]) == ("Refund: Order #A1001", "HIGH")
    assert await talk.run() == ("completed", "submitted")
    assert not await talk.is_with_a_person()


async def test_of_two_approvals_at_once_one_counts(talk: Talk, api: httpx2.AsyncClient) -> None:
    await talk.says("I want a refund", "A1001", "It arrived broken")
    approve = f"/v1/approvals/{(await talk.approval())['id']}/approve"
    answers = await asyncio.gather(*(api.post(approve) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert len(await records(api, "tickets")) == 1


async def test_a_rejected_refund_hands_over_and_keeps_its_reason(talk: Talk, api: httpx2.AsyncClient) -> None:
    await talk.says("I want a refund", "A1001", "It arrived broken")
    told = await talk.decided("reject", reason="He does this every week")
    assert told == ["I'm handing you over to a colleague, who will answer you here."]
    assert await talk.is_with_a_person()
    assert "every week" in (await talk.entries("handed_over"))[0]["reason"]
    assert await records(api, "tickets") == []
    assert await talk.run() == ("escalated", "open_ticket")


async def test_a_refund_that_nobody_decides_hands_over(talk: Talk, running: Running, api: httpx2.AsyncClient) -> None:
    await talk.says("I want a refund", "A1001", "It arrived broken")
    clock = running.services.clock
    assert isinstance(clock, ScriptedClock)
    clock.advance(hours=25)
    assert await Timers(running.services).wake_due() == 1
    assert await talk.is_with_a_person()
    assert await records(api, "tickets") == []


async def test_an_order_that_is_too_old_hands_over(talk: Talk) -> None:
    (told,) = await talk.says("I want a refund", "A1002", "I don't like it")
    assert told.startswith("This order isn't eligible for a refund under our policy.")
    assert await talk.run() == ("escalated", "not_eligible")
    assert await talk.is_with_a_person()


async def test_a_refunds_unknown_order_is_asked_for_again(talk: Talk) -> None:
    (asked,) = await talk.says("I want a refund", "A9999", "It arrived broken")
    assert asked == "I can't find an order with the number A9999. Could you check it and send it again?"
    assert await talk.says("A1001") == [CHECKING]


async def test_a_refund_in_a_shop_that_is_down_hands_over(talk: Talk, shop: httpx2.Client) -> None:
    shop.post("/_test/faults", json={"kind": "status", "status": 500, "times": 9}).raise_for_status()
    assert await talk.says("I want a refund", "A1001", "It arrived broken") == [UNAVAILABLE]
    assert await talk.run() == ("escalated", "shop_unavailable")


# lead qualification


@pytest.mark.parametrize(
    ("size", "step", "words", "told"),
    [
        ("50", "sales_will_call", "Thanks, Ana! Our sales team will reach out within 24 hours.", 1),
        ("49", "check_inbox", "Thanks, Ana! Check your inbox — we'll send you a link to get started.", 0),
    ],
)
async def test_a_lead_is_saved_once(
    talk: Talk, api: httpx2.AsyncClient, size: str, step: str, words: str, told: int
) -> None:
    asked = await talk.says("I want to talk to sales")
    assert asked == ["I'd love to learn more about what you're looking for!", "What's your name?"]
    assert await talk.says("Ana") == ["What's your email address?"]
    (again,) = await talk.says("ana at example")
    assert again.endswith("\nWhat's your email address?")
    assert await talk.says("ana@example.com") == ["How many people work at your company?"]
    (again,) = await talk.says("many")
    assert again.endswith("\nHow many people work at your company?")
    assert await talk.says(size) == [words]
    (lead,) = await records(api, "leads")
    assert (lead["email"], lead["name"], lead["message"]) == ("ana@example.com", "Ana", f"Company size: {size}")
    assert await talk.run() == ("completed", step)
    assert len(await talk.entries("notified")) == told


# order status


async def test_an_orders_status_is_told(talk: Talk) -> None:
    assert await talk.says("Where is my order?") == ["What's your order number?"]
    (told,) = await talk.says("A1003")
    assert told.startswith("Your order #A1003 is currently: shipped. Estimated delivery: 2")
    assert await talk.run() == ("completed", "tell_status")


async def test_an_unknown_order_is_asked_for_again(talk: Talk) -> None:
    (asked,) = await talk.says("Where is my order?", "A9999")
    assert asked == "I can't find an order with the number A9999. Could you check it and send it again?"
    (told,) = await talk.says("A1001")
    assert told.startswith("Your order #A1001 is currently: delivered.")


@pytest.mark.parametrize("kind", ["html", "malformed", "drop_before"])
async def test_a_status_that_cannot_be_read_hands_over(talk: Talk, shop: httpx2.Client, kind: str) -> None:
    shop.post("/_test/faults", json={"kind": kind, "times": 9}).raise_for_status()
    assert await talk.says("Where is my order?", "A1003") == [UNAVAILABLE]
    assert await talk.run() == ("escalated", "shop_unavailable")
    assert await talk.is_with_a_person()

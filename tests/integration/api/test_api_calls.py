"""What a client sees while a call to another system is under way, and when its answer never comes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

from tests.integration.api.desk import kinds, problem, publish, start, talk, texts

BOOKING = {
    "name": "Booking",
    "trigger": {"description": "The customer wants to book an appointment with us."},
    "steps": [
        {
            "id": "book", "kind": "call", "method": "POST", "url": "/bookings", "connection": "calendar",
            "body": '{"when": "tomorrow"}', "description": "Book tomorrow",
        },
        {"id": "done", "kind": "message", "text": "It is booked."},
    ],
}  # fmt: skip
ANSWER = b"HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}"


class Calendar:
    """A server that answers when it is told to, or hangs up."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.go_on = asyncio.Event()
        self.answer = ANSWER

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"tomorrow")
        self.asked.set()
        await self.go_on.wait()
        writer.write(self.answer)
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def booking(client: httpx2.AsyncClient) -> AsyncIterator[tuple[Calendar, str]]:
    """The calendar, and a conversation in which the booking can be started."""
    calendar = Calendar()
    server = await asyncio.start_server(calendar.handle, "127.0.0.1", 0)
    async with server:
        host = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        await client.put("/v1/connections/calendar", json={"base_url": f"http://{host}"})
        await client.put("/v1/settings/internal-hosts", json={"hosts": [host]})
        await publish(client, BOOKING)
        yield calendar, await talk(client)


async def test_an_event_is_answered_before_a_slow_call_has_ended(owner: httpx2.AsyncClient) -> None:
    async with booking(owner) as (calendar, conversation):
        path = f"/v1/conversations/{conversation}"
        receipt = (await owner.post(f"{path}/start?wait=0", json={"procedure": "booking"})).json()
        assert receipt["settled"] is False
        assert "call_http" not in kinds(receipt)
        await calendar.asked.wait()
        assert (await owner.get(path)).json()["busy"] is True
        (run,) = (await owner.get("/v1/runs")).json()["items"]
        (act,) = (await owner.get(f"/v1/runs/{run['id']}")).json()["acts"]
        assert (act["status"], act["response"], act["request"]["method"]) == ("sent", None, "POST")
        calendar.go_on.set()
        message = {"text": "Are you still there?"}
        settled = (await owner.post(f"{path}/messages?wait=60", json=message)).json()
        assert settled["settled"] is True
        assert "It is booked." in texts(settled)
        (act,) = (await owner.get(f"/v1/runs/{run['id']}")).json()["acts"]
        assert (act["status"], act["response"]["status"]) == ("succeeded", 201)


async def test_a_member_tells_what_became_of_a_call_whose_answer_never_came(owner: httpx2.AsyncClient) -> None:
    async with booking(owner) as (calendar, conversation):
        calendar.answer = b""
        calendar.go_on.set()
        await start(owner, conversation, "booking")
        (open_outcome,) = (await owner.get("/v1/approvals")).json()["items"]
        assert open_outcome["about"] == "outcome"
        path = f"/v1/approvals/{open_outcome['id']}"
        problem(await owner.post(f"{path}/approve"), 409)
        told = (await owner.post(f"{path}/outcome", json={"decision": "happened", "event_id": "o-1"})).json()
        assert texts(told)[-1] == "It is booked."
        again = (await owner.post(f"{path}/outcome", json={"decision": "happened", "event_id": "o-1"})).json()
        assert again["duplicate"] is True
        assert (await owner.get("/v1/approvals")).json()["items"] == []

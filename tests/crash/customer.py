"""A customer who wants a refund, and the member who decides about it: both go on from what the server tells."""

import asyncio
from typing import Any

from tests.crash.backend import Backend
from tests.crash.client import PAUSE, Client

_KINDS = {"refund": "POST", "mark": "PUT", "mail": "MAIL"}


class Customer:
    """One conversation from its beginning to its end, through any number of crashes."""

    def __init__(self, client: Client, backend: Backend, order: str, *, hurry: bool, mailbox: bool, wait: int) -> None:
        self._client = client
        self._backend = backend
        self._hurry = hurry
        self._mailbox = mailbox
        self._wait = wait
        self.order = order
        self.edited: str | None = None
        """The order that the member puts in place of the customer's when they approve."""
        self.conversation = ""
        self.said: set[str] = set()
        """The events of everything that was acknowledged."""
        self.decisions: list[str] = []
        """What the member said about acts of which nobody knew whether they happened: `refund: retry`, …"""

    async def run(self) -> None:
        """Get the refund."""
        await self.open()
        await self.say("start", "I want a refund")
        await self.finish()

    async def finish(self) -> None:
        """Go on until nothing is asked any more."""
        while (state := await self.look())["runs"]:
            assert state["mode"] == "agent", state
            await self.go_on(state["runs"][-1])

    async def open(self) -> None:
        self.conversation = (await self._client.post("/v1/conversations", {}))["id"]

    async def look(self) -> Any:
        return await self._client.get(f"/v1/conversations/{self.conversation}")

    async def say(self, event_id: str, text: str, wait: int | None = None) -> None:
        """Write a message, for as long as it takes until it is acknowledged."""
        wait = self._wait if wait is None else wait
        path = f"/v1/conversations/{self.conversation}/messages?wait={wait}"
        await self._client.post(path, {"text": text, "event_id": event_id})
        self.said.add(event_id)

    async def go_on(self, run: dict[str, Any]) -> None:
        """Do what the run waits for."""
        match run["waiting"], run["step"]:
            case "answer", "ask_order":
                await self.say("order", self.order)
            case "answer", "ask_email":
                await self.say("email", f"{self.order.lower()}@example.com")
            case "approval" | "outcome", _:
                if self._hurry and "hurry" not in self.said:
                    await self.say("hurry", "Are you still there?")
                await self._decide()
            case "effect", _:
                await asyncio.sleep(PAUSE)
            case _:
                raise AssertionError(f"nobody knows how to go on: {run}")

    # the member

    async def _decide(self) -> None:
        asked = await self._client.get(f"/v1/approvals?conversation={self.conversation}")
        for approval in asked["items"]:
            path = f"/v1/approvals/{approval['id']}"
            if approval["about"] == "approval":
                values = {"order_id": self.edited} if self.edited else {}
                await self._client.post(f"{path}/approve?wait={self._wait}", {"event_id": "approved", "values": values})
            else:
                step = approval["card"]["step"]
                decision = "happened" if await self._happened(step) else "retry"
                body = {"decision": decision, "event_id": f"{decision}:{approval['id']}"}
                await self._client.post(f"{path}/outcome?wait={self._wait}", body)
                self.decisions.append(f"{step}: {decision}")

    async def _happened(self, step: str) -> bool:
        """Look at the other side."""
        if step == "mail" and self._mailbox:
            mails = await self._client.get("/v1/mailbox?limit=200")
            return any(mail["subject"].endswith(self.order) for mail in mails["items"])
        return self._backend.effects(_KINDS[step], self.edited or self.order) > 0

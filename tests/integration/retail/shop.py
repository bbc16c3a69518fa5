"""The shop of the retail workload as a process of its own: its data, its log of calls, its faults."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx2

REPOSITORY = Path(__file__).parents[3]
WORKLOAD = REPOSITORY.parent / "shared" / "workloads" / "retail"
TOKEN = "shop-token-for-tests"

Data = dict[str, Any]


class Shop:
    """A running shop, seen from its test rig."""

    def __init__(self, address: str, client: httpx2.Client) -> None:
        self.address = address
        self._client = client

    def reset(self) -> None:
        """Restore the start data and forget calls and faults."""
        self._client.post("/_test/reset").raise_for_status()

    def state(self) -> Data:
        state: Data = self._client.get("/_test/state").raise_for_status().json()
        return state

    def calls(self, operation: str | None = None) -> list[Data]:
        """What the shop was asked since the last reset, in that order."""
        calls = self._client.get("/_test/calls").raise_for_status().json()["calls"]
        return [call for call in calls if operation in (None, call["operation"])]

    def cancellations(self) -> list[Data]:
        return self.calls("cancel_pending_order")

    def fault(self, operation: str, kind: str, **more: int) -> None:
        """Have the next calls of an operation go wrong."""
        self._client.post("/_test/faults", json={"operation": operation, "kind": kind, **more}).raise_for_status()

    async def has_answered(self, operation: str) -> None:
        """Wait until it has carried out all calls of an operation, also those that nobody waits for any more."""
        async with asyncio.timeout(10):
            while any(call["outcome"] is None for call in self.calls(operation)):  # noqa: ASYNC110
                await asyncio.sleep(0.02)  # another process: there is nothing to wait on

    def cancel(self, order: str) -> None:
        """What somebody else does in the meantime."""
        path = f"/orders/{order.replace('#', '%23')}/cancel"
        self._client.post(path, json={"reason": "ordered by mistake"}).raise_for_status()


@contextmanager
def open_shop() -> Iterator[Shop]:
    """The shop on a free port of loopback, until the block ends."""
    command = [sys.executable, str(WORKLOAD / "server.py"), "--token", TOKEN, "--idempotency", "on"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().removeprefix("listening on ").strip()
        headers = {"Authorization": f"Bearer {TOKEN}"}
        with httpx2.Client(base_url=address, headers=headers, trust_env=False) as client:
            yield Shop(address, client)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def after_cancelling(start: Data, reasons: Mapping[str, str]) -> Data:
    """The shop's data as its rule wants them once some orders are cancelled, each for a reason; all else stays.

    Every payment is refunded to where it came from, and a gift card has the money at once.
    """
    data = deepcopy(start)
    for number, reason in reasons.items():
        order = data["orders"][number]
        order["status"], order["cancel_reason"] = "cancelled", reason
        methods = data["users"][order["user_id"]]["payment_methods"]
        for payment in list(order["payment_history"]):
            order["payment_history"].append({**payment, "transaction_type": "refund"})
            method = methods[payment["payment_method_id"]]
            if method["source"] == "gift_card":
                method["balance"] = round(method["balance"] + payment["amount"], 2)
    return data

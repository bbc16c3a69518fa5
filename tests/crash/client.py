"""A program that talks to Deskhand and minds that it may die: what was not acknowledged is sent again."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import ClientError, ClientSession

PAUSE = 0.02
"""Seconds before an unanswered request is sent again, or something unfinished is looked at again."""


class Refused(AssertionError):
    """The server answered that this cannot be done."""


class Client:
    """One API key on one server, whichever process is behind it."""

    def __init__(self, session: ClientSession, address: str, key: str) -> None:
        self._session = session
        self._address = address
        self._headers = {"Authorization": f"Bearer {key}"}

    async def get(self, path: str) -> Any:
        return await self._request("GET", path, None)

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        """Send until it is acknowledged: the body's `event_id` makes all of these one event."""
        return await self._request("POST", path, body)

    async def until(self, path: str, fits: Callable[[Any], bool]) -> Any:
        """Look there again and again until it is as it should be."""
        while True:
            answer = await self.get(path)
            if fits(answer):
                return answer
            await asyncio.sleep(PAUSE)

    async def _request(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        while True:
            try:
                return await self._once(method, path, body)
            except ClientError:
                await asyncio.sleep(PAUSE)

    async def _once(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        async with self._session.request(method, self._address + path, json=body, headers=self._headers) as response:
            answer = await response.json(content_type=None)
            if response.status >= 300:
                raise Refused(f"{method} {path}: {response.status} {answer}")
            return answer

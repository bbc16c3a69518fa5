"""Resolving names: one question at a time for each name, answers remembered for a few seconds."""

import asyncio
import socket
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from aiohttp import ThreadedResolver

Lookup: TypeAlias = Callable[[str], Awaitable[Sequence[str]]]
"""A host's addresses in text form; raises OSError where there are none."""


async def system_lookup(host: str) -> list[str]:
    """The machine's own answer for a host, both families."""
    answers = await ThreadedResolver().resolve(host, family=socket.AF_UNSPEC)
    return [answer["host"] for answer in answers]


class Names:
    """Remembers what names resolve to, so that a busy host is asked for once and not once a request."""

    def __init__(self, lookup: Lookup = system_lookup, *, seconds: float = 10.0, most: int = 1000) -> None:
        self._lookup = lookup
        self._seconds = seconds
        self._most = most
        self._known: OrderedDict[str, tuple[float, tuple[str, ...]]] = OrderedDict()
        self._asking: dict[str, asyncio.Task[tuple[str, ...]]] = {}

    def known(self, host: str) -> tuple[str, ...] | None:
        """The addresses of a host that was asked for a moment ago."""
        entry = self._known.get(host)
        return entry[1] if entry is not None and entry[0] > time.monotonic() else None

    async def ask(self, host: str) -> tuple[str, ...]:
        """The addresses of a host, at least one; raises OSError where there are none."""
        task = self._asking.get(host)
        if task is None:
            task = self._asking[host] = asyncio.create_task(self._ask(host))
            task.add_done_callback(lambda done: self._asked(host, done))
        # One caller's time-out must not take the answer from the others.
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Give up the questions under way."""
        tasks = list(self._asking.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask(self, host: str) -> tuple[str, ...]:
        addresses = tuple(await self._lookup(host))
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
        self._known[host] = (time.monotonic() + self._seconds, addresses)
        self._known.move_to_end(host)
        if len(self._known) > self._most:
            self._known.popitem(last=False)
        return addresses

    def _asked(self, host: str, task: asyncio.Task[tuple[str, ...]]) -> None:
        del self._asking[host]
        if not task.cancelled():
            task.exception()  # read, so that a failure whose callers have all gone is not reported as lost

"""Telling listeners in this process that something was committed; what it was, they read from the store."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Streams:
    """Wake-ups per conversation and per workspace."""

    def __init__(self) -> None:
        self._listeners: dict[tuple[str, str | None], set[asyncio.Event]] = {}
        self.closed = False

    def publish(self, workspace: str, conversation: str) -> None:
        """A turn of this conversation was committed."""
        for topic in ((workspace, conversation), (workspace, None)):
            for listener in self._listeners.get(topic, ()):
                listener.set()

    def close(self) -> None:
        """Wake every listener for the last time: the server stops."""
        self.closed = True
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.set()

    @asynccontextmanager
    async def listen(self, workspace: str, conversation: str | None = None) -> AsyncIterator[asyncio.Event]:
        """An event that is set whenever something was committed; the listener clears it."""
        event = asyncio.Event()
        topic = (workspace, conversation)
        self._listeners.setdefault(topic, set()).add(event)
        try:
            yield event
        finally:
            self._listeners[topic].discard(event)
            if not self._listeners[topic]:
                del self._listeners[topic]

"""A conversation's entries as they come, read in the background; a connection that breaks is made again."""

import threading
from collections.abc import Callable
from typing import Any

from deskhand.adapters.edge.rest import RestClient, Stream, Unreachable

PAUSES = (0.1, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds to wait before each new try; after the last one the server counts as gone."""

Entry = dict[str, Any]


class Following:
    """Shows every entry of a conversation once and in order, those of the past first, and words as they are written."""

    def __init__(
        self, server: RestClient, conversation: str, show: Callable[[Entry], None], grow: Callable[[str], None]
    ) -> None:
        self._server = server
        self._conversation = conversation
        self._show = show
        self._grow = grow
        self._changed = threading.Condition()
        self._closed = threading.Event()
        self._stream: Stream | None = None
        self._error: Exception | None = None
        self._seq = 0
        self._thread = threading.Thread(target=self._run, name="conversation", daemon=True)

    def start(self) -> None:
        """Begin to show what comes."""
        self._thread.start()

    def wait_for(self, seq: int) -> None:
        """Wait until the entry with this number was shown. Raises what ended the following."""
        with self._changed:
            self._changed.wait_for(lambda: self._seq >= seq or self._error is not None)
        if self._seq < seq and self._error is not None:
            raise self._error

    def close(self) -> None:
        """Show no more."""
        self._closed.set()
        if self._stream is not None:
            self._stream.close()
        self._thread.join(PAUSES[-1])

    def _run(self) -> None:
        tries = 0
        while not self._closed.is_set():
            before = self._seq
            try:
                self._follow()
            except Exception as error:  # whoever waits is told
                if not isinstance(error, Unreachable) or tries == len(PAUSES):
                    self._end(error)
                    return
            tries = 0 if self._seq > before else tries
            self._closed.wait(PAUSES[min(tries, len(PAUSES) - 1)])
            tries += 1

    def _follow(self) -> None:
        """Show entries until the stream ends."""
        self._stream = self._server.follow(f"/v1/conversations/{self._conversation}/events?after={self._seq}")
        if self._closed.is_set():  # it was closed while the stream was being opened
            self._stream.close()
        for event, data in self._stream:
            if event == "entry":
                self._take(data)
            elif event == "writing":
                self._grow(data["text"])

    def _take(self, entry: Entry) -> None:
        self._show(entry)
        with self._changed:
            self._seq = entry["seq"]
            self._changed.notify_all()

    def _end(self, error: Exception) -> None:
        with self._changed:
            self._error = error
            self._changed.notify_all()

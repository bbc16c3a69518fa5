"""A fake model in a thread of its own, for tests that have no event loop to spare."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.fake_model import FakeModel, Reply


@dataclass(frozen=True)
class ModelBeside:
    """The model, reached from another thread."""

    fake: FakeModel
    loop: asyncio.AbstractEventLoop

    def say(self, *replies: Reply) -> None:
        """Answer the next requests like this."""
        self.loop.call_soon_threadsafe(self.fake.say, *replies)

    def go_on(self) -> None:
        """Send the rest of an answer that pauses."""
        self.loop.call_soon_threadsafe(self.fake.goes_on.set)


@contextmanager
def model_beside() -> Iterator[ModelBeside]:
    """A model for as long as the block."""
    ready = threading.Event()
    made: list[tuple[ModelBeside, Callable[[], None]]] = []

    async def run() -> None:
        over, loop = asyncio.Event(), asyncio.get_running_loop()
        async with FakeModel.running() as fake:
            made.append((ModelBeside(fake, loop), lambda: loop.call_soon_threadsafe(over.set)))  # type: ignore[arg-type, return-value]
            ready.set()
            await over.wait()

    thread = threading.Thread(target=asyncio.run, args=(run(),), name="model")
    thread.start()
    ready.wait()
    model, end = made[0]
    try:
        yield model
    finally:
        end()
        thread.join()

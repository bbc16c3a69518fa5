"""Starts a process for each document, and ends it where it takes too long."""

import asyncio
import json
import sys
from typing import Any

from deskhand.domain.passages import Block, Document
from deskhand.ports.knowledge import Form, Unreadable

WALL_SECONDS = 30.0
AT_ONCE = 2
LARGEST_ANSWER = 64 << 20
"""Bytes of what a process may say."""


class DocumentReader:
    """Reads documents in processes of their own, two at a time."""

    def __init__(self, wall_seconds: float = WALL_SECONDS) -> None:
        self._wall_seconds = wall_seconds
        self._places = asyncio.Semaphore(AT_ONCE)

    async def read(self, form: Form, content: bytes, charset: str | None = None) -> Document:
        """The document. Raises Unreadable with a sentence."""
        async with self._places:
            answer = await self._answer(form, content, charset)
        if "problem" in answer:
            raise Unreadable(str(answer["problem"]))
        blocks = tuple(Block(*block) for block in answer["blocks"])
        return Document(blocks, answer["title"], answer["language"])

    async def _answer(self, form: Form, content: bytes, charset: str | None) -> dict[str, Any]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-B", "-m", "deskhand.adapters.documents.process",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            env={}, close_fds=True,
        )  # fmt: skip
        asked = json.dumps({"form": form, "charset": charset}).encode() + b"\n"
        try:
            async with asyncio.timeout(self._wall_seconds):
                told, _ = await process.communicate(asked + content)
        except TimeoutError:
            raise Unreadable(f"Reading it takes longer than {self._wall_seconds:g} seconds.") from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode or len(told) > LARGEST_ANSWER:
            raise Unreadable("Reading it takes more time or memory than a document may.")
        answer: dict[str, Any] = json.loads(told)
        return answer

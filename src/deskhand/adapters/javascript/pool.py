"""A few worker processes that run transformers; one that hangs or dies is replaced."""

import asyncio
import json
import re
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from deskhand.domain.model import Json
from deskhand.domain.phrases import phrase
from deskhand.domain.untrusted import Unreadable, read_json
from deskhand.ports.transformer import TransformFailed

WALL_SECONDS = 1.5
"""Seconds after which a worker is ended, whatever it does: its own limit counts CPU time only."""
START_SECONDS = 10.0
LARGEST = 1 << 20
"""Characters of a source or of the data."""
SAFE = 2**53
"""Integers from here on reach JavaScript as texts: its numbers cannot hold them."""

_WORKER = Path(__file__).with_name("worker.py")
_PLACE = re.compile(r"<input>:(\d+)")
_WORDS = (
    ("InternalError: interrupted", "it ran longer than 1 second"),
    ("out of memory", "it used more than 32 MB of memory"),
    ("InternalError: stack overflow", "it called itself too deeply"),
    ("Maximum call stack", "it called itself too deeply"),
)


class QuickJsTransformer:
    """Runs transformers in processes that can do nothing else."""

    def __init__(self, workers: int = 2, wall_seconds: float = WALL_SECONDS) -> None:
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        self._workers = [_Worker(wall_seconds) for _ in range(workers)]
        for worker in self._workers:
            self._free.put_nowait(worker)

    async def transform(self, source: str, response: Json, context: Json) -> Json:
        """The value that `transform(response, context)` of the source returns. Raises TransformFailed."""
        data = json.dumps([_safe(response), _safe(context)])
        if len(source) > LARGEST or len(data) > LARGEST:
            raise TransformFailed(
                phrase("the answer is too large for a script: at most {most} characters.", most=LARGEST)
            )
        line = json.dumps({"source": source, "data": data}).encode() + b"\n"
        worker = await self._free.get()
        try:
            answer = await worker.ask(line)
        finally:
            self._free.put_nowait(worker)
        if "error" in answer:
            raise TransformFailed(_told(str(answer["error"])))
        try:
            value: Json = read_json(answer["ok"])
        except Unreadable as error:
            raise TransformFailed(phrase("what it returned cannot be read: {why}.", why=error.sentence)) from None
        return value

    async def close(self) -> None:
        """End all workers."""
        await asyncio.gather(*(worker.end() for worker in self._workers))


class _Worker:
    """One process, started when it is first needed."""

    def __init__(self, wall_seconds: float) -> None:
        self._wall_seconds = wall_seconds
        self._process: asyncio.subprocess.Process | None = None

    async def ask(self, line: bytes) -> dict[str, Any]:
        """Its answer to one line. A worker that was killed is replaced once: a transformer has no effects."""
        answer = await self._once(line)
        if answer is None:
            answer = await self._once(line)
        return {"error": "the process that ran it was ended from outside, twice"} if answer is None else answer

    async def _once(self, line: bytes) -> dict[str, Any] | None:
        """None where the process ended by itself, or was killed."""
        process = await self._started()
        try:
            async with asyncio.timeout(self._wall_seconds):
                answer = await _exchange(process, line)
        except TimeoutError:
            await self.end()
            return {"error": "InternalError: interrupted"}
        except BaseException:
            # whoever gave up leaves an answer behind that nobody may take for the next one's
            await self.end()
            raise
        if answer is None:
            await self.end()
        return answer

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-S", "-B", str(_WORKER), _library(),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            env={}, limit=8 * LARGEST, close_fds=True,
        )  # fmt: skip
        ready = json.dumps({"source": "const transform = () => true", "data": "[null,null]"}).encode() + b"\n"
        try:
            async with asyncio.timeout(START_SECONDS):
                await _exchange(self._process, ready)
        except TimeoutError:
            await self.end()
            raise TransformFailed("the process that runs scripts did not start in time.") from None
        return self._process

    async def end(self) -> None:
        """End the process; the next call starts another one."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _exchange(process: asyncio.subprocess.Process, line: bytes) -> dict[str, Any] | None:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(line)
        await process.stdin.drain()
        answer = await process.stdout.readline()
    except (ConnectionError, ValueError):
        return None
    if not answer.endswith(b"\n"):
        return None
    parsed: dict[str, Any] = json.loads(answer)
    return parsed


def _library() -> str:
    """The folder that holds the JavaScript library."""
    spec = find_spec("quickjs")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parent.parent)


def _safe(value: Any) -> Any:
    """The value with integers that JavaScript cannot hold as texts."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= SAFE:
        return str(value)
    if isinstance(value, dict):
        return {key: _safe(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_safe(item) for item in value]
    return value


def _told(error: str) -> str:
    """What went wrong, in a sentence, with the line of the script where it is known."""
    if error.strip() in ("", "null"):  # an exception that there was no memory left for
        return "it used more than 32 MB of memory."
    for sign, sentence in _WORDS:
        if sign in error:
            return f"{sentence}."
    first = error.strip().splitlines()[0] if error.strip() else "it failed"
    place = _PLACE.search(error)
    where = phrase(" (line {place})", place=place[1]) if place else ""
    return f"{first[:300].rstrip('.')}{where}."

"""Recording what models answer, and answering from a recording: conversations can be replayed without a model.

A recording is a file of JSON lines, such as the exchanges of a conversation's timeline. A line is found again by its
prompt; where none is the same to the letter, as on another day, by what the customer's side of it says beside the time.
"""

import asyncio
import hashlib
import json
from collections import defaultdict, deque
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from deskhand.adapters.llm.wire import Answered, Asked, OnPart, Wire, WireFailed
from deskhand.domain.errors import DeskhandError
from deskhand.domain.masking import masked_text
from deskhand.ports.language_model import Access, Exchange


class BadRecording(DeskhandError):
    """The recording cannot be read."""


def digest(asked: Asked) -> str:
    """What a question is found again by."""
    return _digest(asked.purpose, [[one.role, one.text] for one in asked.messages])


def situation(purpose: str, messages: Iterable[tuple[str, str]]) -> str:
    """What a question is found again by where its time and its catalogue may differ."""
    told = [_timeless(text) for role, text in messages if role == "user"]
    return _digest(purpose, [["user", text] for text in told])


def _timeless(text: str) -> str:
    try:
        found = json.loads(text)
    except ValueError:
        return text
    if isinstance(found, dict):
        found.pop("now", None)
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def recorded(exchange: Exchange) -> dict[str, Any]:
    """An exchange of a conversation's timeline as a line of a recording."""
    prompt = [[one.role, one.text] for one in exchange.prompt]
    return {**exchange.body(), "digest": _digest(exchange.purpose, prompt)}


class Recorder:
    """A wire that writes down what comes over it. Failures are not recorded."""

    def __init__(self, wire: Wire, path: Path) -> None:
        self._wire = wire
        self._path = path
        self._lock = asyncio.Lock()

    async def ask(self, access: Access, asked: Asked, on_part: OnPart | None = None) -> Answered:
        """The answer. Raises WireFailed."""
        answered = await self._wire.ask(access, asked, on_part)
        line = {
            "digest": digest(asked),
            "purpose": asked.purpose,
            "prompt": [{"role": one.role, "text": one.text} for one in asked.messages],
            "answer": answered.text,
            "input_tokens": answered.input_tokens,
            "output_tokens": answered.output_tokens,
            "milliseconds": answered.milliseconds,
        }
        text = json.dumps(line, ensure_ascii=False)
        async with self._lock:
            await asyncio.to_thread(self._write, masked_text(text, (access.key,)) if access.key else text)
        return answered

    async def close(self) -> None:
        """Close the connections."""
        await self._wire.close()

    def _write(self, line: str) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


class Replay:
    """A wire that leads nowhere: it gives the answers that were recorded, in their order."""

    def __init__(self, lines: Iterable[dict[str, Any]]) -> None:
        self._answers: dict[str, deque[Answered]] = defaultdict(deque)
        for line in lines:
            answered = Answered(
                line["answer"], line.get("input_tokens"), line.get("output_tokens"), line.get("milliseconds", 0)
            )
            for key in _keys(line):
                self._answers[key].append(answered)

    @classmethod
    def of(cls, path: Path) -> "Replay":
        """The recording in a file. Raises BadRecording."""
        lines = []
        try:
            for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if text.strip():
                    lines.append(_line(text, number))
        except (OSError, UnicodeDecodeError) as error:
            raise BadRecording(f"The recording {path} cannot be read: {error}.") from None
        return cls(lines)

    async def ask(self, access: Access, asked: Asked, on_part: OnPart | None = None) -> Answered:
        """The recorded answer; the last one again where the same was asked more often. Raises WireFailed."""
        said = situation(asked.purpose, ((one.role, one.text) for one in asked.messages))
        answers = self._answers.get(digest(asked)) or self._answers.get(said)
        if not answers:
            raise WireFailed("The recording holds no answer to this.", "rejected")
        answered = answers.popleft() if len(answers) > 1 else answers[0]
        if on_part is not None:
            on_part(answered.text)
        return answered

    async def close(self) -> None:
        """Nothing is open."""


def _digest(purpose: str, prompt: list[list[str]]) -> str:
    return hashlib.sha256(json.dumps([purpose, prompt], ensure_ascii=False).encode()).hexdigest()


def _line(text: str, number: int) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except ValueError:
        line = None
    if not isinstance(line, dict) or not isinstance(line.get("answer"), str) or not _keys(line):
        raise BadRecording(
            f"Line {number} of the recording is no exchange: it needs `prompt` or `digest`, and `answer`."
        )
    return {"milliseconds": 0, **line}


def _keys(line: dict[str, Any]) -> list[str]:
    """Everything that a line is found by."""
    known, prompt = line.get("digest"), line.get("prompt")
    keys = [known] if isinstance(known, str) else []
    if not isinstance(prompt, list) or not all(isinstance(one, dict) for one in prompt):
        return keys
    purpose = str(line.get("purpose", "understand"))
    parts = [(str(one.get("role", "")), str(one.get("text", ""))) for one in prompt]
    return [*keys, _digest(purpose, [list(part) for part in parts]), situation(purpose, parts)] if parts else keys

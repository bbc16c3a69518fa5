"""Texts as vectors, from any endpoint that speaks OpenAI's `/embeddings`; what was asked before is kept."""

import asyncio
import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from deskhand.adapters.edge.attempts import attempted
from deskhand.adapters.llm.failures import failure
from deskhand.adapters.llm.providers import credential
from deskhand.adapters.llm.transports import Transports
from deskhand.adapters.llm.wire import Answered, WireFailed
from deskhand.domain.phrases import phrase
from deskhand.domain.untrusted import Unreadable, read_json
from deskhand.ports.language_model import Access

BATCH = 96
"""Texts of one request."""
LONGEST = 8_000
"""Characters of a text that count."""
KEPT = 20_000
"""Vectors that are kept, the longest unused goes first."""

Vector = tuple[float, ...]
_Key = tuple[str, str, str, bytes]


class StatusError(Exception):
    """The endpoint answered with an error's status."""

    def __init__(self, status_code: int, body: Any, headers: dict[str, str]) -> None:
        super().__init__(str(status_code))
        self.status_code = status_code
        self.body = body
        self.headers = headers


class Embeddings:
    """Turns texts into vectors."""

    def __init__(self, transports: Transports, kept: int = KEPT) -> None:
        self._transports = transports
        self._most = kept
        self._kept: OrderedDict[_Key, Vector] = OrderedDict()

    async def embed(self, access: Access, texts: Sequence[str]) -> tuple[tuple[Vector, ...], Answered]:
        """A vector for each text, and what that took. Raises WireFailed."""
        if access.model.embeddings_model is None:
            raise WireFailed(
                phrase("The model `{slug}` names no `embeddings_model`.", slug=access.model.slug), "rejected"
            )
        keys = [_key(access, text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._kept}
        began, tokens, fresh = time.monotonic(), 0, dict[_Key, Vector]()
        batch = list(missing.items())
        for at in range(0, len(batch), BATCH):
            part = batch[at : at + BATCH]
            vectors, used = await self._asked(access, [text[:LONGEST] or " " for _, text in part])
            fresh |= dict(zip((key for key, _ in part), vectors, strict=True))
            tokens += used
        found = tuple(fresh[key] if key in fresh else self._kept[key] for key in keys)
        self._keep(fresh, keys)
        return found, Answered("", tokens, 0, round((time.monotonic() - began) * 1000))

    def _keep(self, fresh: dict[_Key, Vector], used: list[_Key]) -> None:
        self._kept |= fresh
        for key in used:
            self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    async def _asked(self, access: Access, texts: list[str]) -> tuple[list[Vector], int]:
        limit = access.model.timeout_seconds
        with attempted() as attempt:
            try:
                async with asyncio.timeout(limit), self._transports.used(access.workspace, access.allowed) as transport:
                    answer = await _post(access, transport, texts)
                if attempt.broke is not None:
                    raise WireFailed(
                        phrase("The model `{slug}` {broke}.", slug=access.model.slug, broke=attempt.broke),
                        "unreachable",
                    )
                return _read(answer, len(texts))
            except TimeoutError:
                sentence = phrase(
                    "The model `{slug}` gave no embeddings within {limit:g} s.", slug=access.model.slug, limit=limit
                )
                raise WireFailed(sentence, "timeout") from None
            except Exception as error:
                raise failure(access, error, attempt, Answered()) from None


def _key(access: Access, text: str) -> _Key:
    model = access.model
    digest = hashlib.blake2b(text[:LONGEST].encode(errors="replace"), digest_size=16).digest()
    return access.workspace, model.address, model.embeddings_model or "", digest


async def _post(access: Access, transport: Any, texts: list[str]) -> Any:
    from deskhand.adapters.edge.model_client import model_client

    model = access.model
    client = model_client(transport, model.address, credential(access), model.timeout_seconds)
    asked = {"model": model.embeddings_model, "input": texts, "encoding_format": "float"}
    response = await client.post(f"{model.address}/embeddings", json=asked)
    answer = None
    try:
        answer = read_json(response.text)
    except Unreadable:
        if response.status_code == 200:
            raise WireFailed(
                phrase("The model `{slug}` gave embeddings that cannot be read.", slug=model.slug), "malformed"
            ) from None
    if response.status_code != 200:
        raise StatusError(response.status_code, answer, {key.lower(): value for key, value in response.headers.items()})
    return answer


def _read(answer: Any, count: int) -> tuple[list[Vector], int]:
    rows = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(rows, list) or len(rows) != count:
        raise WireFailed(phrase("The model gave no {count} embeddings.", count=count), "malformed")
    if all(isinstance(row, dict) and isinstance(row.get("index"), int) for row in rows):
        rows = sorted(rows, key=lambda row: row["index"])
    vectors = [_vector(row) for row in rows]
    if len({len(one) for one in vectors}) > 1:
        raise WireFailed("The model's embeddings have different lengths.", "malformed")
    usage = answer.get("usage")
    used = usage.get("prompt_tokens") if isinstance(usage, dict) else None
    return vectors, used if isinstance(used, int) and used > 0 else 0


def _vector(row: Any) -> Vector:
    given = row.get("embedding") if isinstance(row, dict) else None
    given = given if isinstance(given, list) else []
    numbers = tuple(float(one) for one in given if isinstance(one, int | float) and math.isfinite(one))
    if not numbers or len(numbers) < len(given):
        raise WireFailed("The model gave an embedding that is no list of numbers.", "malformed")
    return numbers

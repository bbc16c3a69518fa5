"""A model as an `Understanding`, for benchmarks and tools that work without a database.

understanding = model_understanding("openai:gpt-5-mini")             # the key from DESKHAND_MODEL_KEY
understanding = model_understanding("http://127.0.0.1:11434/v1#qwen3", record=Path("answers.jsonl"))
understanding = model_understanding("replay:answers.jsonl")
commands = await understanding.understand(context)
understanding.exchanges                                              # tokens, time, what was dropped
vectors = await understanding.embed(["words", "more words"])         # with `embeddings=`
await understanding.close()
"""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from deskhand.adapters.llm.models import Models
from deskhand.adapters.llm.online import Online
from deskhand.adapters.llm.recording import Recorder, Replay
from deskhand.adapters.llm.wire import Wire
from deskhand.domain.commands import Command
from deskhand.domain.errors import DeskhandError
from deskhand.domain.language_model import PROVIDERS, LanguageModel
from deskhand.ports.language_model import Access, Exchange, ModelFailed
from deskhand.ports.understanding import Context

KEY = "DESKHAND_MODEL_KEY"
TRIES = 2
_SECRET = "MODEL_KEY"  # noqa: S105 - a name that nothing looks up here


class UnknownModel(DeskhandError):
    """That names no model."""


class ModelUnderstanding:
    """Understands through one model; what fails twice is understood as nothing."""

    immediate = False

    def __init__(self, models: Models, access: Access) -> None:
        self._models = models
        self._access = access
        self.exchanges: list[Exchange] = []

    async def understand(self, context: Context) -> tuple[Command, ...]:
        """The commands that the words hold; none where the model gave nothing to use. Raises ModelFailed for a wrong
        key, name or address.
        """
        if not any(sign.isalnum() for sign in context.text):
            return ()
        complaint = None
        for _ in range(TRIES):
            try:
                found = await self._models.understand(self._access, context, complaint=complaint)
            except ModelFailed as failure:
                if failure.exchange is not None:
                    self.exchanges.append(failure.exchange)
                if failure.cause in ("unauthorized", "blocked", "rejected"):
                    raise
                complaint = failure.sentence
                continue
            self.exchanges.append(found.exchange)
            return found.commands
        return ()

    async def embed(self, texts: Sequence[str]) -> tuple[tuple[float, ...], ...]:
        """Texts as vectors. Raises ModelFailed."""
        found = await self._models.embed(self._access, texts)
        self.exchanges.append(found.exchange)
        return found.vectors

    async def close(self) -> None:
        """Close all connections."""
        await self._models.close()


def model_understanding(
    name_or_url: str, *, record: Path | None = None, embeddings: str | None = None, timeout: float = 60.0
) -> ModelUnderstanding:
    """The understanding through a model: `PROVIDER:MODEL`, `URL#MODEL` or `replay:FILE`.

    record: a file to which exchanges are added. embeddings: the model there that gives vectors. timeout: in seconds.
    Raises UnknownModel, and BadRecording.
    """
    key = os.environ.get(KEY) or None
    provider, _, rest = name_or_url.partition(":")
    if provider == "replay":
        model = LanguageModel(slug="replay", provider="compatible", model="replay", base_url="http://127.0.0.1/v1")
        return ModelUnderstanding(Models(Replay.of(Path(rest))), Access("bench", model, frozenset()))
    url, _, name = name_or_url.partition("#")
    host = urlsplit(url).hostname if provider in ("http", "https") else None
    if host and name:
        model = LanguageModel(
            slug="default", provider="compatible", model=name, base_url=url, timeout_seconds=timeout,
            embeddings_model=embeddings,
        )  # fmt: skip
        allowed = frozenset({f"[{host}]" if ":" in host else host})
    elif provider in PROVIDERS and provider != "compatible" and rest:
        if key is None:
            raise UnknownModel(f"{provider} asks for a key: put it into {KEY}.")
        model = LanguageModel(
            slug="default", provider=provider, model=rest, secret=_SECRET, timeout_seconds=timeout,
            embeddings_model=embeddings,
        )  # fmt: skip
        allowed = frozenset()
    else:
        raise UnknownModel(
            f"`{name_or_url[:100]}` names no model: write `openai:MODEL`, `anthropic:MODEL`, `gemini:MODEL`, "
            "`http://HOST/v1#MODEL` or `replay:FILE`."
        )
    wire: Wire = Recorder(Online(), record) if record else Online()
    return ModelUnderstanding(Models(wire), Access("bench", model, allowed, key))

"""The port `LanguageModels`: prompts out, answers checked, and a record of each exchange without the key."""

from collections.abc import Callable, Sequence

from pydantic_core import from_json

from deskhand.adapters.edge.names import Lookup, system_lookup
from deskhand.adapters.llm.embeddings import Embeddings
from deskhand.adapters.llm.offered import offered
from deskhand.adapters.llm.prompts import phrase_prompt, understanding_prompt
from deskhand.adapters.llm.reading import Malformed, answer_grounds, read_answer
from deskhand.adapters.llm.schema import answer_schema
from deskhand.adapters.llm.wire import LONGEST, Answered, Asked, OnPart, Wire, WireFailed
from deskhand.domain.grounding import settled
from deskhand.domain.masking import masked_text
from deskhand.domain.phrases import phrase
from deskhand.ports.language_model import (
    Access,
    Embedded,
    Exchange,
    Facts,
    Message,
    ModelFailed,
    OnText,
    Phrased,
    Understood,
)  # fmt: skip
from deskhand.ports.understanding import Context

PING = (Message("system", "Answer with the one word: ready"), Message("user", "Are you there?"))
_CHARACTERS_PER_TOKEN = 4
"""For an estimate, where a model does not tell what it used."""


class Models:
    """Asks models over a wire: the real one, or one that records or replays."""

    def __init__(self, wire: Wire | None = None, *, lookup: Lookup = system_lookup) -> None:
        from deskhand.adapters.llm.online import Online

        online = Online(lookup)
        self._wire: Wire = wire or online
        self._online = online
        self._embeddings = Embeddings(online.transports)

    async def understand(
        self, access: Access, context: Context, on_text: OnText | None = None, complaint: str | None = None
    ) -> Understood:
        """The commands in a customer's words; see the port."""
        names = offered(context)
        asked = Asked("understand", understanding_prompt(names, complaint), answer_schema(names))
        told = None if on_text is None else _answer_so_far(settled(on_text, answer_grounds(names)))
        answered = await self._ask(access, asked, told)
        try:
            commands, dropped = read_answer(answered.text, names)
        except Malformed as error:
            sentence = phrase("The model's answer cannot be used. {why}", why=error.sentence)
            raise ModelFailed(
                _safe(access, sentence), "malformed", _exchange(access, asked, answered, sentence)
            ) from None
        return Understood(commands, _exchange(access, asked, answered, dropped=dropped))

    async def phrase(self, access: Access, facts: Facts, on_text: OnText | None = None) -> Phrased:
        """Words for facts; see the port."""
        asked = Asked("phrase", phrase_prompt(facts))
        answered = await self._ask(access, asked, on_text)
        text = answered.text.strip()
        if not text:
            sentence = "The model's answer is empty."
            raise ModelFailed(sentence, "malformed", _exchange(access, asked, answered, sentence))
        return Phrased(text, _exchange(access, asked, answered))

    async def embed(self, access: Access, texts: Sequence[str]) -> Embedded:
        """Texts as vectors; see the port."""
        asked = Asked("embed", ())
        try:
            vectors, answered = await self._embeddings.embed(access, texts)
        except WireFailed as error:
            raise _failed(access, asked, error) from None
        return Embedded(vectors, _exchange(access, asked, answered))

    async def ping(self, access: Access) -> Exchange:
        """A short question; see the port."""
        asked = Asked("test", PING)
        return _exchange(access, asked, await self._ask(access, asked, None))

    async def close(self) -> None:
        """Close all connections."""
        await self._wire.close()
        await self._online.close()

    async def _ask(self, access: Access, asked: Asked, on_part: OnPart | None) -> Answered:
        try:
            return await self._wire.ask(access, asked, on_part)
        except WireFailed as error:
            raise _failed(access, asked, error) from None


def _answer_so_far(show: OnText) -> Callable[[str], None]:
    """Shows the words of an answer whose JSON is still coming in."""

    def grown(part: str) -> None:
        try:
            found = from_json(part.encode(errors="replace"), allow_partial="trailing-strings")
        except ValueError:
            return
        answer = found.get("answer") if isinstance(found, dict) else None
        text = answer.get("text") if isinstance(answer, dict) else None
        if isinstance(text, str):
            show(text)

    return grown


def _failed(access: Access, asked: Asked, error: WireFailed) -> ModelFailed:
    answered, sentence = error.answered, _safe(access, error.sentence)
    return ModelFailed(sentence, error.cause, _exchange(access, asked, answered, sentence, error), error.retry_after)


def _exchange(
    access: Access,
    asked: Asked,
    answered: Answered,
    problem: str | None = None,
    failed: WireFailed | None = None,
    dropped: tuple[str, ...] = (),
) -> Exchange:
    model = access.model
    told = answered.input_tokens is not None or answered.output_tokens is not None
    used = _used(asked, answered, failed) if not told else (answered.input_tokens or 0, answered.output_tokens or 0)
    return Exchange(
        purpose=asked.purpose,
        model=model.slug,
        name=(model.embeddings_model or model.model) if asked.purpose == "embed" else model.model,
        prompt=tuple(Message(one.role, _safe(access, one.text)) for one in asked.messages),
        answer=_safe(access, answered.text[:LONGEST]),
        input_tokens=used[0],
        output_tokens=used[1],
        estimated=not told and any(used),
        cost=model.cost(*used),
        milliseconds=answered.milliseconds,
        problem=None if problem is None else _safe(access, problem),
        dropped=tuple(_safe(access, one) for one in dropped),
    )


def _used(asked: Asked, answered: Answered, failed: WireFailed | None) -> tuple[int, int]:
    """An estimate of the tokens; none where the request cannot have been worked on."""
    lost = failed is not None and not answered.text and failed.cause not in ("timeout", "malformed")
    if lost or not asked.messages:
        return 0, 0
    length = sum(len(one.text) for one in asked.messages)
    return -(-length // _CHARACTERS_PER_TOKEN), -(-len(answered.text) // _CHARACTERS_PER_TOKEN)


def _safe(access: Access, text: str) -> str:
    """The text without the key, should somebody have said it."""
    return masked_text(text, (access.key,)) if access.key else text

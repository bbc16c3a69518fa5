"""The language of an answer: what its request asks for, and sentences said in it. What is stored stays English."""

import json
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deskhand.domain.phrases import Filling, Phrase
from deskhand.domain.sentences import translations

Language = Literal["en", "de"]

CATALOGUES = Path(__file__).with_name("german")


class Listener:
    """Who is answered: the language they asked for, and whether anything was said to them in it."""

    def __init__(self, accepted: str) -> None:
        self._accepted = accepted
        self.spoken: Language | None = None

    @property
    def language(self) -> Language:
        """The language, which the answer depends on from now on."""
        if self.spoken is None:
            self.spoken = asked_for(self._accepted)
        return self.spoken


_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


def told(sentence: Any) -> Any:
    """The sentence in the language of whoever is answered; English outside of a request. Other values stay."""
    listener = _listener.get()
    if listener is None or not isinstance(sentence, str) or listener.language == "en":
        return sentence
    return german(sentence)


Told = Annotated[str, BeforeValidator(told)]
"""A sentence of ours in an answer."""


def german(sentence: str) -> str:
    """The sentence in German; as it is where it is none of ours."""
    if not isinstance(sentence, Phrase):
        return _catalogue().get(sentence, sentence)
    template = _catalogue().get(sentence.template, sentence.template)
    values = {name: german(one) if isinstance(one, Phrase) else one for name, one in sentence.values.items()}
    return _filling.vformat(template, (), values) if values else template


def asked_for(accepted: str) -> Language:
    """German where an `Accept-Language` prefers it to English, else English."""
    weights = {"de": 0.0, "en": 0.0}
    for one in accepted.lower().split(","):
        name, _, parameter = one.partition(";")
        language = name.strip().split("-")[0]
        if language in weights:
            weights[language] = max(weights[language], _weight(parameter))
    return "de" if weights["de"] > weights["en"] else "en"


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


class Languages:
    """Lets what is answered be said in the language that was asked for, and says so in the answer's headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        listener = Listener(",".join(Headers(scope=scope).getlist("accept-language")))

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and listener.spoken is not None:
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Accept-Language")
                headers.setdefault("Content-Language", listener.spoken)
            await send(message)

        token = _listener.set(listener)
        try:
            await self._app(scope, receive, marked)
        finally:
            _listener.reset(token)


class _GermanFilling(Filling):
    """Writes numbers as German does."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text = super().format_field(value, format_spec)
        return text.translate(_NUMBERS) if format_spec in (",", "g") and isinstance(value, int | float) else text


_NUMBERS = str.maketrans(",.", ".,")
_filling = _GermanFilling()


@cache
def _catalogue() -> Mapping[str, str]:
    files = sorted(CATALOGUES.glob("*.json"))
    own = {english: text for file in files for english, text in json.loads(file.read_text(encoding="utf-8")).items()}
    return {**translations("de"), **own}

"""A language model that a workspace may use: where it is, what it costs, and how much of it may be used."""

from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, model_validator

from deskhand.domain.addresses import address_of, with_scheme
from deskhand.domain.authentication import SecretName
from deskhand.domain.model import Record, sparse
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG

DEFAULT_MODEL = "default"
"""The slug of the model that agents use which name none."""
OFFLINE = "offline"
"""What an agent names that shall use no model; no model can have this slug."""

Provider = Literal["openai", "anthropic", "gemini", "compatible"]
PROVIDERS: tuple[Provider, ...] = get_args(Provider)

BASE_URLS: dict[Provider, str] = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "gemini": "https://generativelanguage.googleapis.com/v1beta/openai",
}
"""Where a provider is reached; one that is only compatible has to be named."""

LONGEST_TIMEOUT = 120.0


def _model_slug(slug: str) -> str:
    if slug == OFFLINE:
        raise ValueError(
            phrase("may not be `{name}`: that is what an agent names that shall use no model.", name=OFFLINE)
        )
    return slug


def _base_url(url: str) -> str:
    whole = with_scheme(url.strip()).rstrip("/")
    parts = address_of(whole)
    if parts is None or parts.username or parts.password or parts.query or parts.fragment or "{{" in whole:
        raise ValueError("must be an address such as https://models.example.com/v1, without password and query.")
    return whole


Dollars = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Tokens = Annotated[int, Field(ge=0, le=1_000_000_000_000)]


class LanguageModel(Record):
    """How a model is reached and bounded. Prices are USD for a million tokens, limits of spending are USD."""

    slug: Annotated[str, Field(pattern=SLUG, max_length=64), AfterValidator(_model_slug)]
    provider: Provider
    model: str = Field(min_length=1, max_length=200, pattern=r"^[!-~]+$")
    """The model's name, as its provider writes it."""
    base_url: Annotated[str, Field(max_length=2000), AfterValidator(_base_url)] | None = sparse(None)
    secret: SecretName | None = sparse(None)
    """The name of the secret that holds the key."""
    timeout_seconds: float = Field(default=20.0, ge=1, le=LONGEST_TIMEOUT, allow_inf_nan=False)
    """Seconds for one answer, from connecting to its last character."""
    temperature: float | None = Field(default=None, ge=0, le=2, allow_inf_nan=False)
    price_input: Dollars | None = sparse(None)
    price_output: Dollars | None = sparse(None)
    limit_conversation: Dollars | None = sparse(None)
    limit_day: Dollars | None = sparse(None)
    tokens_conversation: Tokens | None = sparse(None)
    tokens_day: Tokens | None = sparse(None)
    requests_per_minute: int | None = Field(default=None, ge=1, le=1_000_000)
    embeddings_model: str | None = Field(default=None, min_length=1, max_length=200, pattern=r"^[!-~]+$")
    """The name of the model that turns texts into vectors, at the same address."""
    only_embeddings: bool = sparse(False)
    """Whether it gives vectors alone: the offline agent understands, and matches requests by their meaning too."""

    @model_validator(mode="after")
    def _complete(self) -> "LanguageModel":
        if self.provider == "compatible" and self.base_url is None:
            raise ValueError("`base_url` is missing: a compatible model needs the address that it is reached at.")
        if self.provider != "compatible" and self.secret is None:
            raise ValueError(
                phrase(
                    "`key` is missing: {provider} asks for one. Give it, or its secret's name.", provider=self.provider
                )
            )
        if self.provider == "anthropic" and self.embeddings_model is not None:
            raise ValueError("`embeddings_model`: anthropic has none. Use another provider's model for embeddings.")
        if self.only_embeddings and self.embeddings_model is None:
            raise ValueError("`embeddings_model` is missing: it is all that this model is for.")
        if (self.limit_conversation is not None or self.limit_day is not None) and not self.priced:
            raise ValueError(
                "`price_input` and `price_output` are missing: without them nobody knows what an answer costs. "
                "Give them, or limit the tokens with `tokens_conversation` and `tokens_day`."
            )
        return self

    @property
    def priced(self) -> bool:
        """Whether its costs are known."""
        return self.price_input is not None and self.price_output is not None

    @property
    def address(self) -> str:
        """Where it is reached."""
        return self.base_url or BASE_URLS[self.provider]

    def cost(self, input_tokens: int, output_tokens: int) -> int:
        """What these tokens cost in millionths of a USD; 0 where no price is known."""
        return round(input_tokens * (self.price_input or 0) + output_tokens * (self.price_output or 0))


class Spent(Record):
    """What a conversation, or a day, has used of models. Cost in millionths of a USD."""

    cost: int = 0
    tokens: int = 0

    def plus(self, cost: int, tokens: int) -> "Spent":
        """With this on top."""
        return Spent(cost=self.cost + cost, tokens=self.tokens + tokens)

"""Language models: which ones there are, how they are reached and bounded, and what was spent on them."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.languages import Told
from deskhand.api.models import Asked, Items, Shown, Slug, matching_slug
from deskhand.domain.agent import DEFAULT_AGENT, Agent
from deskhand.domain.authentication import MASKED, SECRET_NAME
from deskhand.domain.language_model import LanguageModel, Provider
from deskhand.ports.language_model import ModelFailed

router = APIRouter(prefix="/v1/models", tags=["Configuration"], route_class=KeyedRoute)

Dollars = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Tokens = Annotated[int, Field(ge=0, le=1_000_000_000_000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class _Bounds(Asked):
    """What a model costs and how much of it may be used."""

    timeout_seconds: Annotated[float, Field(ge=1, le=120, allow_inf_nan=False)] = Field(
        default=20, description="Seconds for one answer, from connecting to its end."
    )
    temperature: Annotated[float, Field(ge=0, le=2, allow_inf_nan=False)] | None = None
    price_input: Dollars | None = Field(default=None, description="USD for a million tokens of the prompt.")
    price_output: Dollars | None = Field(default=None, description="USD for a million tokens of the answer.")
    limit_conversation: Dollars | None = Field(default=None, description="USD that one conversation may cost.")
    limit_day: Dollars | None = Field(default=None, description="USD that one day (UTC) may cost.")
    tokens_conversation: Tokens | None = Field(default=None, description="Tokens that one conversation may take.")
    tokens_day: Tokens | None = Field(default=None, description="Tokens that one day (UTC) may take.")
    requests_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    embeddings_model: Name | None = Field(default=None, description="The model at that address that gives vectors.")
    only_embeddings: bool = Field(
        default=False, description="Understand offline, and match requests by the vectors' likeness too."
    )


class NewModel(_Bounds):
    """A language model."""

    slug: str | None = Field(default=None, description="The same as in the address, or left out.")
    provider: Provider
    model: Annotated[Name, Field(examples=["gpt-5-mini"])] = Field(description="Its name, as the provider writes it.")
    base_url: Annotated[str, Field(max_length=2000, examples=["http://127.0.0.1:11434/v1"])] | None = Field(
        default=None, description="Where it is reached; only `compatible` needs it."
    )
    secret: Annotated[str, Field(pattern=SECRET_NAME)] | None = Field(
        default=None, description="The name of the secret that holds the key."
    )
    key: Annotated[str, Field(min_length=1, max_length=10_000)] | None = Field(
        default=None, description="The key in clear, which becomes a secret; dots keep the one that is stored."
    )


class ShownModel(Shown):
    """A language model; its key as dots."""

    slug: str
    provider: Provider
    model: str
    base_url: str | None
    address: str
    secret: str | None
    key: str | None
    timeout_seconds: float
    temperature: float | None
    price_input: float | None
    price_output: float | None
    limit_conversation: float | None
    limit_day: float | None
    tokens_conversation: int | None
    tokens_day: int | None
    requests_per_minute: int | None
    embeddings_model: str | None
    only_embeddings: bool


class Speaker(Shown):
    """An agent, as front ends know models: what they name in `/v1/chat/completions`."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "deskhand"


class ModelList(Items[ShownModel]):
    """All models; front ends that look for models to talk to find the agents in `data`."""

    object: Literal["list"] = "list"
    data: list[Speaker]


class ModelTest(Shown):
    """What became of a short question."""

    ok: bool
    answer: str
    problem: Told | None = Field(description="What went wrong, or null.")
    milliseconds: int
    input_tokens: int
    output_tokens: int
    cost: int = Field(description="In millionths of a USD.")


class ShownSpending(Shown):
    """What one day took of a model."""

    day: str = Field(description="In UTC.", examples=["2026-03-02"])
    model: str
    cost: int = Field(description="In millionths of a USD.")
    input_tokens: int
    output_tokens: int
    calls: int


class SpendingList(Items[ShownSpending]):
    """What was spent, the newest day first."""


@router.get("", summary="List language models")
async def list_models(who: Member) -> ModelList:
    """All language models of the workspace; agents that name none use `default`.

    `data` is what front ends for OpenAI's interface look for at this address: the agents that talk to customers.
    """
    rows = await who.services.stores.settings.documents(who.workspace, "agent")
    agents = {row.slug: Agent.model_validate_json(row.document) for row in rows}
    speakers = {DEFAULT_AGENT, *(slug for slug, agent in agents.items() if agent.kind == "customer")}
    if DEFAULT_AGENT in agents and agents[DEFAULT_AGENT].kind == "team":
        speakers.discard(DEFAULT_AGENT)
    shown = [_shown(one) for one in await who.services.models.all(who.workspace)]
    return ModelList(items=shown, data=[Speaker(id=slug) for slug in sorted(speakers)])


@router.get("/{slug}", summary="Look at a language model")
async def get_model(who: Member, slug: Slug) -> ShownModel:
    """One language model; its key is shown by its secret's name, and as dots."""
    return _shown(await who.services.models.get(who.workspace, slug))


@router.put("/{slug}", summary="Store a language model")
async def put_model(who: Builder, slug: Slug, wanted: NewModel) -> ShownModel:
    """Make or replace a language model. A key in clear is stored as a secret; without one, the stored one stays.

    A model in an internal network has to be on the workspace's allow-list.
    """
    matching_slug(slug, wanted.slug)
    document = wanted.model_dump(exclude={"slug", "key"}, exclude_none=True)
    return _shown(await who.services.models.put(who.workspace, slug, document, who.by, wanted.key))


@router.delete("/{slug}", status_code=204, summary="Remove a language model")
async def remove_model(who: Builder, slug: Slug) -> None:
    """Remove a language model; its secret stays. Agents then understand offline."""
    await who.services.models.remove(who.workspace, slug, who.by)


@router.post("/{slug}/test", summary="Try a language model")
async def test_model(who: Builder, slug: Slug) -> ModelTest:
    """Ask it a short question; what is wrong with the address, the key or the name is said."""
    try:
        exchange = await who.services.models.test(who.workspace, slug)
    except ModelFailed as failure:
        told = failure.exchange
        return ModelTest(
            ok=False, answer=told.answer if told else "", problem=failure.sentence,
            milliseconds=told.milliseconds if told else 0, input_tokens=0, output_tokens=0, cost=0,
        )  # fmt: skip
    return ModelTest(
        ok=True, answer=exchange.answer, problem=None, milliseconds=exchange.milliseconds,
        input_tokens=exchange.input_tokens, output_tokens=exchange.output_tokens, cost=exchange.cost,
    )  # fmt: skip


@router.get("/{slug}/spending", summary="See what was spent on a language model")
async def list_spending(
    who: Member,
    slug: Slug,
    since: Annotated[str, Query(pattern=r"^\d{4}-\d{2}-\d{2}$", description="The first day.")] = "0000-00-00",
) -> SpendingList:
    """What was used day by day, the newest day first."""
    rows = await who.services.models.spending(who.workspace, slug, since)
    return SpendingList(items=[ShownSpending.model_validate(row) for row in rows])


def _shown(model: LanguageModel) -> ShownModel:
    empty = dict.fromkeys(ShownModel.model_fields)
    told = {
        "address": model.address,
        "key": MASKED if model.secret else None,
        "only_embeddings": model.only_embeddings,  # left out of what is stored where it is not set
    }
    return ShownModel.model_validate({**empty, **model.model_dump(), **told})

"""Actions: what an agent may do, and trying it out."""

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.exceptions import RequestValidationError
from pydantic import Field, JsonValue, RootModel, ValidationError

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.languages import Told
from deskhand.api.models import Asked, Items, Shown, Slug
from deskhand.application.trying import Sample, try_action, try_as_agent
from deskhand.domain.actions import ACTION_KINDS, AnyAction, document_of, json_schema, read_action, read_action_json
from deskhand.domain.authentication import with_masks
from deskhand.domain.contact import Contact
from deskhand.domain.errors import DocumentError
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG
from deskhand.ports.transformer import TransformFailed

router = APIRouter(prefix="/v1/actions", tags=["Configuration"], route_class=KeyedRoute)
trials = APIRouter(prefix="/v1", tags=["Configuration"], route_class=KeyedRoute)


class ActionDocument(RootModel[dict[str, JsonValue]]):
    """An action; `GET /v1/schema/action` describes its fields."""


class ActionList(Items[ActionDocument]):
    """All actions."""


class FunctionSchema(Shown):
    """A function as a model sees it."""

    name: str
    description: str
    parameters: dict[str, JsonValue] = Field(description="JSON Schema.")


class Samples(Asked):
    """What an action is tried with."""

    values: dict[str, JsonValue] = Field(default={}, description="Its variables' values.")
    contact: Contact | None = None
    context: dict[str, JsonValue] = Field(
        default={}, description="Context values in place of the usual ones: `message`, `conversation`, …"
    )
    agent: Annotated[str, Field(pattern=SLUG, max_length=64)] = "default"
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")] = "en"


class Try(Samples):
    """How an action is tried."""

    dry: bool = Field(default=False, description="Render, and send nothing.")


class TryDocument(Try):
    """An action that need not be stored, and what it is tried with."""

    document: dict[str, JsonValue]


class TrialResult(Shown):
    """How it went."""

    ok: bool
    sent: bool = Field(description="Whether anything went out.")
    request: dict[str, JsonValue] | None = Field(description="What was, or would be, sent; without credentials.")
    curl: str | None
    shown: dict[str, JsonValue] | None = Field(description="The form or the button that the customer would see.")
    status: int | None
    response: JsonValue
    milliseconds: int | None
    attempt: int
    outcome: str | None = Field(description="`succeeded`, `failed` or `unknown`.")
    said: str | None = Field(description="What the customer would be told.")
    problem: Told | None
    missing: list[str] = Field(description="Required variables without a value.")
    invalid: list[Told] = Field(description="What is wrong with values that were given.")
    hints: list[Told] = Field(description="What to mend.")


class TryTransform(Asked):
    """A transformer, and an answer that it is tried with."""

    transform: Annotated[str, Field(min_length=1, max_length=65_536)]
    response: JsonValue = Field(default=None, description="The answer as it came.")
    variables: dict[str, JsonValue] = Field(default={}, description="`context.variables`.")
    status: int | None = Field(default=200, description="`context.status`.")


class Transformed(Shown):
    """What a transformer made of an answer."""

    ok: bool
    value: JsonValue
    problem: Told | None = Field(description="Why there is no value.")


class Used(Shown):
    """An action was used as an agent would use it."""

    conversation: str = Field(description="The conversation of its own in which that happened.")


@router.get("", summary="List actions")
async def list_actions(who: Member) -> ActionList:
    """All actions of the workspace."""
    rows = await who.services.stores.settings.documents(who.workspace, "action")
    return ActionList(items=[shown(read_action_json(row.document)) for row in rows])


@router.get("/{slug}", summary="Look at an action")
async def get_action(who: Member, slug: Slug) -> ActionDocument:
    """One action; its credentials are shown by their secrets' names, and as dots."""
    return shown(await who.services.configuration.action(who.workspace, slug))


@router.get("/{slug}/function", summary="See an action as a model does")
async def get_function(who: Member, slug: Slug) -> FunctionSchema:
    """The function that a model is offered: name, description, and the JSON Schema of the parameters."""
    action = await who.services.configuration.action(who.workspace, slug)
    return FunctionSchema.model_validate(action.function())


@router.put("/{slug}", summary="Store an action")
async def put_action(who: Builder, slug: Slug, document: ActionDocument) -> ActionDocument:
    """Make or replace an action. Published procedures keep the one that they were published with.

    A credential in clear is stored as a secret. One that is left out, or sent as dots, stays as it was.
    """
    given = document.root.get("slug", slug)
    if given != slug:
        raise DocumentError(
            phrase(
                "The action's slug is `{given}`, but it is put at `{slug}`: write one of both.",
                given=str(given)[:80],
                slug=slug,
            )
        )
    try:
        action = await who.services.configuration.save_action(who.workspace, slug, document.root, who.by)
    except ValidationError as error:
        raise _refused(error) from None
    return shown(action)


@router.post("/{slug}/try", summary="Try an action")
async def try_stored(who: Builder, slug: Slug, wanted: Try | None = None) -> TrialResult:
    """Run an action with sample values: what was sent, what came back, what would be said, what to mend.

    It is really sent, with test credentials where the connection has some, unless `dry` is set. Preconditions are not
    looked at: see `/use-as-agent`.
    """
    action = await who.services.configuration.action(who.workspace, slug)
    tried = await try_action(who.services, who.workspace, action, _sample(wanted or Try()))
    return TrialResult.model_validate(tried)


@router.post("/{slug}/use-as-agent", summary="Use an action as the agent would")
async def use_as_agent(who: Builder, slug: Slug, wanted: Samples | None = None) -> Used:
    """Use an action in a conversation of its own, with preconditions, confirmations and approvals in force."""
    await who.services.configuration.action(who.workspace, slug)
    return Used(conversation=await try_as_agent(who.services, who.workspace, slug, _sample(wanted or Samples())))


@router.delete("/{slug}", status_code=204, summary="Remove an action")
async def remove_action(who: Builder, slug: Slug) -> None:
    """Remove an action; drafts that name it cannot be published until it is there again."""
    await who.services.configuration.remove(who.workspace, "action", slug, who.by)


@trials.post("/try-action", summary="Try an action that is not stored")
async def try_document(who: Builder, wanted: TryDocument) -> TrialResult:
    """The same as trying a stored action, for a document as it stands in an editor; credentials by name only."""
    action = read(wanted.document)
    return TrialResult.model_validate(await try_action(who.services, who.workspace, action, _sample(wanted)))


@trials.post("/try-transform", summary="Try a transformer")
async def try_transform(who: Builder, wanted: TryTransform) -> Transformed:
    """What a transformer makes of an answer; nothing is sent, nothing is stored."""
    context: dict[str, JsonValue] = {"variables": wanted.variables, "status": wanted.status}
    try:
        value = await who.services.performer.try_transform(wanted.transform, wanted.response, context)
    except TransformFailed as error:
        return Transformed(ok=False, value=None, problem=error.sentence)
    return Transformed(ok=True, value=value, problem=None)


@trials.get("/schema/action", summary="Get the schema of actions")
async def get_action_schema(who: Member) -> dict[str, JsonValue]:
    """The JSON Schema of an action, for editors that complete and check while you type."""
    return json_schema()


def read(document: dict[str, Any]) -> AnyAction:
    """An action from a request. Raises RequestValidationError."""
    try:
        return read_action(document)
    except ValidationError as error:
        raise _refused(error) from None


def _refused(error: ValidationError) -> RequestValidationError:
    return RequestValidationError([_located(dict(one)) for one in error.errors(include_url=False)])


def _located(error: dict[str, Any]) -> dict[str, Any]:
    # an action's kind stands in front of its fields, and is part of no document
    rest = error["loc"][1:] if error["loc"] and error["loc"][0] in ACTION_KINDS else error["loc"]
    return {**error, "loc": ("body", *rest)}


def shown(action: AnyAction) -> ActionDocument:
    """An action as people see it."""
    return ActionDocument(with_masks(document_of(action)))


def _sample(wanted: Samples) -> Sample:
    return Sample(
        values=wanted.values,
        contact=wanted.contact,
        context=wanted.context,
        agent=wanted.agent,
        language=wanted.language,
        dry=isinstance(wanted, Try) and wanted.dry,
    )

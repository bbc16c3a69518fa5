"""Importing actions: OpenAPI, cURL, the JSON of other products, the tools of MCP servers; and exporting them."""

import json
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field, JsonValue

from deskhand.api.actions import ActionDocument, shown
from deskhand.api.auth import Builder, Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.connections import ShownConnection, shown_connection
from deskhand.api.languages import Told
from deskhand.api.models import Asked, Items, Shown, Slug
from deskhand.domain.actions import document_of
from deskhand.domain.documents.writing import write_data
from deskhand.domain.errors import DocumentError
from deskhand.domain.importing import Imported
from deskhand.domain.importing.definition import export_definition, left_out
from deskhand.domain.preconditions import SLUG

router = APIRouter(prefix="/v1", tags=["Configuration"], route_class=KeyedRoute)

Name = Annotated[str, Field(min_length=1, max_length=300)]


class Storing(Asked):
    """What becomes of what is read."""

    dry: bool = Field(default=False, description="Show what would be imported, and store nothing.")
    replace: bool = Field(default=False, description="Replace actions of the same slug; else they are left alone.")


class Description(Asked):
    """An API description: its text, or where it is."""

    text: str | None = Field(default=None, description="OpenAPI 3 or Swagger 2.0, as JSON or YAML; at most 24 MB.")
    url: Annotated[str, Field(max_length=2000)] | None = Field(
        default=None, description="Its address; it is fetched like every call, and nothing else is."
    )


class OpenApiImport(Storing, Description):
    """Which operations of a description become actions."""

    base_url: Annotated[str, Field(max_length=2000)] | None = Field(
        default=None, description="In place of the description's servers."
    )
    connection: Annotated[str, Field(pattern=SLUG, max_length=64)] | None = Field(
        default=None, description="The slug of the connection that is made."
    )
    tags: list[Name] = Field(default=[], description="Operations with one of these tags.")
    operations: list[Name] = Field(default=[], description="Operations by id, or as `GET /path`.")


class CurlImport(Storing):
    """A cURL command; nothing of it is executed."""

    command: Annotated[str, Field(min_length=1, max_length=100_000)]
    slug: Annotated[str, Field(pattern=SLUG, max_length=64)] | None = None
    only_secrets: bool = Field(
        default=False, description="Store the credentials alone: the action goes on in an editor."
    )


class JsonImport(Storing):
    """A JSON definition of an action, or several."""

    text: Annotated[str, Field(min_length=1, max_length=1_000_000)]


class McpImport(Storing):
    """Tools of an MCP server."""

    connection: Annotated[str, Field(pattern=SLUG, max_length=64)]
    tools: list[Name] = Field(default=[], description="By name; all of them where none is named.")


class RefusedPart(Shown):
    """Something that could not be imported."""

    what: str
    reason: Told


class ImportResult(Shown):
    """What was imported, or would be."""

    stored: bool
    actions: list[ActionDocument]
    connections: list[ShownConnection]
    secrets: list[str] = Field(description="Names of secrets that credentials in clear became.")
    refused: list[RefusedPart]
    notes: list[Told] = Field(description="What to fill in or look at.")


class Operation(Shown):
    """An operation of a description."""

    id: str
    method: str
    path: str
    tags: list[str]
    summary: str


class OperationList(Items[Operation]):
    """What a description offers."""


class McpTool(Shown):
    """A tool, as its server describes it: a stranger's words."""

    name: str
    title: str
    description: str
    input_schema: dict[str, JsonValue]
    read_only: bool | None
    destructive: bool | None
    idempotent: bool | None
    fingerprint: str


class McpToolList(Items[McpTool]):
    """The tools of a server."""


class Exported(Shown):
    """An action as text."""

    text: str
    left_out: list[Told] = Field(description="What that form has no place for; YAML keeps all of an action.")


@router.post("/import/openapi/operations", summary="See what a description offers")
async def list_operations(who: Builder, wanted: Description) -> OperationList:
    """The operations of a description, to choose from."""
    text, _ = await _text(who, wanted)
    found = await who.services.importing.operations(text)
    return OperationList(items=[Operation.model_validate(one) for one in found])


@router.post("/import/openapi", summary="Import an API description")
async def import_openapi(who: Builder, wanted: OpenApiImport) -> ImportResult:
    """Operations of an OpenAPI 3 or Swagger 2.0 description become actions, its security a connection to fill in.

    References to other documents are not followed, and nothing is called.
    """
    text, source = await _text(who, wanted)
    found = await who.services.importing.openapi(
        text, source=source, base_url=wanted.base_url, connection=wanted.connection, tags=wanted.tags,
        ids=wanted.operations,
    )  # fmt: skip
    return await _result(who, found, wanted)


@router.post("/import/curl", summary="Import a cURL command")
async def import_curl(who: Builder, wanted: CurlImport) -> ImportResult:
    """The command's request becomes a draft, its credentials secrets."""
    found = await who.services.importing.curl(who.workspace, wanted.command, wanted.slug)
    if wanted.only_secrets and not wanted.dry:
        return result_of(await who.services.importing.keep_secrets(who.workspace, found, who.by), stored=False)
    return await _result(who, found, wanted)


@router.post("/import/json", summary="Import a JSON definition")
async def import_json(who: Builder, wanted: JsonImport) -> ImportResult:
    """An action's JSON definition as other products write it becomes a draft, a token in it a secret."""
    return await _result(who, await who.services.importing.definition(who.workspace, wanted.text), wanted)


@router.post("/import/mcp", summary="Import tools of an MCP server")
async def import_mcp(who: Builder, wanted: McpImport) -> ImportResult:
    """Tools become actions that are pinned to the tools as they are now."""
    found = await who.services.importing.mcp(who.workspace, wanted.connection, wanted.tools)
    return await _result(who, found, wanted)


@router.get("/connections/{slug}/tools", summary="List the tools of an MCP server")
async def list_tools(who: Builder, slug: Slug) -> McpToolList:
    """What the server offers now, in its own words."""
    tools = await who.services.importing.tools(who.workspace, slug)
    return McpToolList(items=[McpTool.model_validate(one) for one in tools])


@router.post("/actions/{slug}/accept-tool", summary="Accept a changed tool")
async def accept_tool(who: Builder, slug: Slug) -> ActionDocument:
    """Type the action anew from the tool as it is now, and switch it on: a member has looked at it."""
    return shown(await who.services.importing.look_again(who.workspace, slug, who.by))


@router.get("/actions/{slug}/export", summary="Export an action")
async def export_action(who: Member, slug: Slug, form: Literal["yaml", "json"] = "yaml") -> Exported:
    """An action as our YAML, or as the JSON definition of other products; credentials by their secrets' names."""
    action = await who.services.configuration.action(who.workspace, slug)
    if form == "json":
        return Exported(
            text=json.dumps(export_definition(action), indent=2, ensure_ascii=False), left_out=left_out(action)
        )
    return Exported(text=write_data(document_of(action)), left_out=[])


async def _text(who: Caller, wanted: Description) -> tuple[str, str | None]:
    if (wanted.text is None) == (wanted.url is None):
        raise DocumentError("give either the description's `text` or its `url`.")
    if wanted.text is not None:
        return wanted.text, None
    return await who.services.importing.description(who.workspace, wanted.url or "")


async def _result(who: Caller, found: Imported, how: Storing) -> ImportResult:
    if not how.dry:
        found = await who.services.importing.store(who.workspace, found, who.by, how.replace)
    return result_of(replace(found, notes=[*found.to_fill_in, *found.notes]), stored=not how.dry)


def result_of(found: Imported, stored: bool) -> ImportResult:
    """What people are told of an import."""
    return ImportResult(
        stored=stored,
        actions=[shown(one) for one in found.actions],
        connections=[shown_connection(one) for one in found.connections],
        secrets=sorted(found.secrets),
        refused=[RefusedPart(what=one.what, reason=one.reason) for one in found.refused],
        notes=found.notes,
    )

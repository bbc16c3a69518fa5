"""The execution log: every call that went out."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, Field, JsonValue

from deskhand.api.auth import Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.languages import Told
from deskhand.api.models import Cursor, Limit, Listing, RunId, Shown, Time
from deskhand.application import executions
from deskhand.domain.preconditions import SLUG

router = APIRouter(prefix="/v1/executions", tags=["Records"], route_class=KeyedRoute)


class Execution(Shown):
    """One call as it went out and came back, without credentials and without values that are sensitive."""

    id: str = Field(description="The run, and the call's number in it.")
    at: Time
    action: str | None = Field(description="The action's slug; null where a step describes the call itself.")
    conversation: str | None = Field(description="Null for a trial.")
    run: str
    step: str
    kind: str = Field(description="`call_http`, `call_tool`, `run_script`, `send_email`.")
    status: str = Field(description="`succeeded`, `failed`, `unknown`, `sent`, `intended` or `lapsed`.")
    test: bool = Field(description="Whether a member tried it out.")
    request: dict[str, JsonValue] | None = Field(description="Null once it was cleared away.")
    http_status: int | None
    response: JsonValue
    milliseconds: int | None
    attempt: int = Field(description="How often it was sent.")
    problem: Told | None
    in_conversation: bool = Field(description="Whether the answer was used in the conversation.")
    curl: str | None = Field(description="The request as a command, credentials left out.")


class ExecutionPage(Listing[Execution]):
    """A page of the log."""


Status = Literal["intended", "sent", "succeeded", "failed", "unknown", "lapsed"]


@router.get("", summary="List executions")
async def list_executions(
    who: Member,
    action: Annotated[str | None, Query(pattern=SLUG, max_length=64)] = None,
    conversation: Annotated[str | None, Query(max_length=100)] = None,
    status: Status | None = None,
    test: bool | None = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ExecutionPage:
    """Every call that went out, newest first; chosen by action, conversation, status, trial or not, and time."""
    page = await executions.executions(
        who.services,
        who.workspace,
        cursor,
        limit,
        action=action,
        conversation=conversation,
        status=status,
        test=test,
        since=None if since is None else int(since.timestamp() * 1000),
        until=None if until is None else int(until.timestamp() * 1000),
    )
    return ExecutionPage.model_validate(page)


@router.get("/{id}/{number}", summary="Look at an execution")
async def get_execution(who: Member, id: RunId, number: int) -> Execution:
    """One call, by its run and its number in it."""
    found = await executions.one_execution(who.services, who.workspace, id, number)
    return Execution.model_validate(found)

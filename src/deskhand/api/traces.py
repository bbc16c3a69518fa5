"""The way of a run, for a canvas."""

from fastapi import APIRouter
from pydantic import Field, JsonValue

from deskhand.api.auth import Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import RunId, Shown, Time
from deskhand.application import tracing
from deskhand.application.painting import Paint

router = APIRouter(prefix="/v1/runs", tags=["Runs"], route_class=KeyedRoute)


class RunTrace(Shown):
    """A run and its way through the version that it began with."""

    run: str
    conversation: str
    procedure: str
    version: int
    status: str
    started_at: Time
    ended_at: Time | None
    variables: dict[str, JsonValue] = Field(description="All values at the end, or now.")
    paint: Paint = Field(description="As the report of a simulation has it, with times in place of values before.")


@router.get("/{id}/trace", summary="Follow a run's way")
async def get_trace(who: Member, id: RunId) -> RunTrace:
    """A run's steps in order, with what was said, done and waited for, and the branches that it took."""
    found = await tracing.trace(who.services, who.workspace, id)
    return RunTrace(
        run=found.row.id,
        conversation=found.row.conversation,
        procedure=found.row.procedure,
        version=found.version,
        status=found.row.status,
        started_at=found.row.started_at,  # type: ignore[arg-type]
        ended_at=found.row.ended_at,  # type: ignore[arg-type]
        variables=found.variables,
        paint=found.paint,
    )

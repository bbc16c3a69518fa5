"""Runs: what procedures did, step by step."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field, JsonValue

from deskhand.api.auth import Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.entries import Entry
from deskhand.api.languages import Told
from deskhand.api.models import Cursor, Limit, Listing, RunId, Shown, Time
from deskhand.application import reading, run_scripts
from deskhand.domain.preconditions import SLUG

router = APIRouter(prefix="/v1/runs", tags=["Runs"], route_class=KeyedRoute)

RunStatus = Literal["running", "completed", "escalated", "cancelled", "failed"]


class RunSummary(Shown):
    """One execution of one version of a procedure."""

    id: str
    conversation: str
    procedure: str
    version: int
    status: RunStatus
    waiting: str | None = Field(description="What it waits for, or null.")
    step: str = Field(description="Where it is, or where it ended.")
    started_at: Time
    ended_at: Time | None


class Act(Shown):
    """Something that the run did, or is about to do."""

    seq: int
    step: str
    kind: str
    status: str = Field(description="`intended`, `sent`, `succeeded`, `failed`, `unknown` or `lapsed`.")
    key: str = Field(description="The idempotency key that goes with the request.")
    at: Time
    request: dict[str, JsonValue] | None = Field(description="Secrets by name only; null once it was cleared away.")
    response: JsonValue


class Run(RunSummary):
    """A run with everything that is known of it."""

    variables: dict[str, JsonValue]
    sources: dict[str, str] = Field(description="Where each value came from.")
    visits: dict[str, int] = Field(description="How often each step was entered.")
    timeline: list[Entry]
    acts: list[Act]


class RunOutcome(Shown):
    """What a simulation comes to."""

    outcome: str = Field(description="`completed`, `escalated`, …; `waiting` for a run that goes on.")
    steps: list[str] = Field(description="The steps in the order in which they were entered.")


class RunScript(Shown):
    """A run as a simulation's script."""

    run: str
    procedure: str
    version: int
    script: dict[str, JsonValue] = Field(description="What `POST /v1/procedures/{slug}/simulate` takes.")
    expected: RunOutcome = Field(description="What the run came to: what a test should expect.")
    simulated: RunOutcome = Field(description="What simulating the same version with this script came to just now.")
    same: bool = Field(description="Whether these are the same.")
    notes: list[Told] = Field(description="What could not be put into the script, in sentences.")


class RunPage(Listing[RunSummary]):
    """A page of runs."""


@router.get("", summary="List runs")
async def list_runs(
    who: Member,
    status: Annotated[RunStatus | None, Query()] = None,
    procedure: Annotated[str | None, Query(pattern=SLUG, max_length=64)] = None,
    conversation: Annotated[str | None, Query(pattern="^conv_[0-9a-f]{32}$")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> RunPage:
    """Runs, newest first, of one procedure or conversation if wanted."""
    page = await who.services.stores.conversations.runs(
        who.workspace, conversation=conversation, status=status, procedure=procedure, cursor=cursor, limit=limit
    )
    return RunPage.model_validate(page)


@router.get("/{id}", summary="Look at a run")
async def get_run(who: Member, id: RunId) -> Run:
    """A run's values, its timeline and every request that it sent."""
    view = await reading.run(who.services, who.workspace, id)
    summary = RunSummary.model_validate(view.row)
    return Run(
        **summary.model_dump(),
        variables=view.variables,
        sources=view.sources,
        visits=view.visits,
        timeline=[Entry.model_validate(entry) for entry in view.timeline],
        acts=[Act.model_validate(act) for act in view.acts],
    )


@router.get("/{id}/script", summary="Make a script of a run")
async def get_run_script(who: Member, id: RunId) -> RunScript:
    """What the customer gave, what the APIs answered and what members decided, so that it can be simulated again."""
    found = await run_scripts.script_of(who.services, who.workspace, id)
    shown = {name: getattr(found, name) for name in RunScript.model_fields if name != "script"}
    script = found.script.model_dump(exclude_unset=True)
    return RunScript(**shown, script={name: given for name, given in script.items() if given or given is False})

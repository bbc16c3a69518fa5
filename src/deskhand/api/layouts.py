"""Positions of steps on the canvas, and values that steps are tried with: beside the draft, without any meaning."""

import json
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field, JsonValue

from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.models import Asked, Items, Shown, Slug, Time
from deskhand.application import pinning
from deskhand.domain.steps.base import STEP_ID
from deskhand.ports.editor import Position

router = APIRouter(prefix="/v1/procedures", tags=["Editor"], route_class=KeyedRoute)

FARTHEST = 1_000_000
MOST_STEPS = 2000
StepName = Annotated[str, Path(pattern=STEP_ID, description="The step's id.", examples=["ask_order"])]


class Place(Asked):
    """Where a step stands, in whole pixels."""

    x: int = Field(ge=-FARTHEST, le=FARTHEST)
    y: int = Field(ge=-FARTHEST, le=FARTHEST)


class Layout(Asked):
    """Positions to save; a step that is not named keeps its own, null takes one away."""

    positions: dict[str, Place | None] = Field(max_length=MOST_STEPS, examples=[{"ask_order": {"x": 120, "y": 80}}])


class SavedLayout(Shown):
    """All positions of a draft."""

    positions: dict[str, Place]


class Pin(Asked):
    """Values that a step is tried with; those of sensitive variables are not kept."""

    values: dict[str, JsonValue] = Field(default={}, max_length=200, description="The run's variables.")
    reply: JsonValue = Field(default=None, description="What the customer answers.")
    response: dict[str, JsonValue] | None = Field(default=None, description="What the call answers: a mock.")


class Pinned(Shown):
    """What is pinned to a step."""

    step: str
    pin: Pin
    updated_at: Time


class PinList(Items[Pinned]):
    """Everything that is pinned to a procedure's steps."""


def places(layout: Mapping[str, Position]) -> dict[str, Place]:
    """Positions as they are answered."""
    return {step: Place(x=place.x, y=place.y) for step, place in layout.items()}


@router.put("/{slug}/layout", summary="Save positions")
async def save_layout(who: Builder, slug: Slug, layout: Layout) -> SavedLayout:
    """Save where steps stand on the canvas; of two who move the same step, the last one wins."""
    row = await who.services.stores.procedures.get(who.workspace, slug)
    given = layout.positions.items()
    wanted = {step: None if place is None else Position(place.x, place.y) for step, place in given}
    editor = who.services.stores.editor
    await editor.place(who.workspace, row.id, wanted, who.services.clock.now())
    return SavedLayout(positions=places(await editor.layout(who.workspace, row.id)))


@router.get("/{slug}/pins", summary="List pinned values")
async def list_pins(who: Member, slug: Slug) -> PinList:
    """The values that steps are tried with; those of sensitive variables are masked."""
    row = await who.services.stores.procedures.get(who.workspace, slug)
    rows = await who.services.stores.editor.pins(who.workspace, row.id)
    return PinList(
        items=[
            Pinned(step=one.step, pin=Pin(**json.loads(one.document)), updated_at=one.updated_at)  # type: ignore[arg-type]
            for one in rows
        ]
    )


@router.put("/{slug}/pins/{step}", summary="Pin values to a step")
async def put_pin(who: Builder, slug: Slug, step: StepName, pin: Pin) -> Pinned:
    """Keep the values that a step is tried with."""
    row = await pinning.pin(who.services, who.workspace, slug, step, pin.model_dump(mode="json"))
    return Pinned(step=row.step, pin=Pin(**json.loads(row.document)), updated_at=row.updated_at)  # type: ignore[arg-type]


@router.delete("/{slug}/pins/{step}", status_code=204, summary="Let go of pinned values")
async def remove_pin(who: Builder, slug: Slug, step: StepName) -> None:
    """Forget what is pinned to a step."""
    row = await who.services.stores.procedures.get(who.workspace, slug)
    await who.services.stores.editor.unpin(who.workspace, row.id, step)

"""Agents: who talks to customers, and which actions each may use by itself."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field

from deskhand.api.auth import Builder, Caller, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.languages import Told
from deskhand.api.models import Asked, Items, Shown, Slug, matching_slug
from deskhand.domain.actions import read_action_json
from deskhand.domain.agent import DEFAULT_AGENT, Agent
from deskhand.domain.instructions import unknown_names
from deskhand.domain.live_chat import LiveChat
from deskhand.domain.preconditions import SLUG
from deskhand.domain.widget import LeadForm, WidgetLook

router = APIRouter(prefix="/v1/agents", tags=["Configuration"], route_class=KeyedRoute)


class NewAgent(Asked):
    """An agent."""

    slug: str | None = Field(default=None, description="The same as in the address, or left out.")
    name: Annotated[str, Field(min_length=1, max_length=100, examples=["Sam"])]
    number: Annotated[str, Field(max_length=50)] = Field(default="", description="Its phone number: `{{agent_number}}`")
    kind: Literal["customer", "team"] = Field(
        default="customer", description="Whether it talks to customers, or to members of the team."
    )
    instructions: Annotated[str, Field(max_length=20_000)] = Field(default="", description="How it shall talk.")
    actions: Annotated[list[Annotated[str, Field(pattern=SLUG, max_length=64)]], Field(max_length=1000)] = Field(
        default=[], description="The actions that it may use by itself; all others are for procedures alone."
    )
    procedures: Annotated[list[Annotated[str, Field(pattern=SLUG, max_length=64)]], Field(max_length=1000)] | None = (
        Field(default=None, description="The procedures that it may run; all active ones where it is left out.")
    )
    model: Annotated[str, Field(pattern=SLUG, max_length=64)] | None = Field(
        default=None, description="The language model that understands for it: `default` if left out, or `offline`."
    )
    live_chat: LiveChat | None = Field(
        default=None, description="Where and when its customers can talk to a person; null switches live chat off."
    )
    lead_form: LeadForm | None = Field(
        default=None, description="What visitors of the widget may leave of themselves; null shows no such form."
    )
    widget: WidgetLook = Field(default=WidgetLook(), description="How its widget looks, and on whose pages it works.")


class ShownAgent(Shown):
    """An agent."""

    slug: str
    name: str
    number: str
    kind: Literal["customer", "team"]
    instructions: str
    actions: list[str]
    procedures: list[str] | None
    model: str | None
    live_chat: LiveChat | None
    lead_form: LeadForm | None
    widget: WidgetLook


class StoredAgent(ShownAgent):
    """An agent, with what its instructions name that is not there."""

    problems: list[Told] = Field(description="Names in the instructions that match no action and no procedure.")


class AgentList(Items[ShownAgent]):
    """All agents."""


@router.get("", summary="List agents")
async def list_agents(who: Member) -> AgentList:
    """All agents of the workspace; `default` is always there."""
    rows = await who.services.stores.settings.documents(who.workspace, "agent")
    agents = {row.slug: Agent.model_validate_json(row.document) for row in rows}
    first = {DEFAULT_AGENT: agents.pop(DEFAULT_AGENT, None) or Agent(slug=DEFAULT_AGENT, name="Deskhand")}
    return AgentList(items=[ShownAgent.model_validate(one) for one in {**first, **agents}.values()])


@router.get("/{slug}", summary="Look at an agent")
async def get_agent(who: Member, slug: Slug) -> ShownAgent:
    """One agent."""
    return ShownAgent.model_validate(await who.services.configuration.agent(who.workspace, slug))


@router.put("/{slug}", summary="Store an agent")
async def put_agent(who: Builder, slug: Slug, wanted: NewAgent) -> StoredAgent:
    """Make or replace an agent. Actions and a model that it names have to be there.

    Names in its instructions that match nothing are pointed out in `problems`; it is stored all the same.
    """
    matching_slug(slug, wanted.slug)
    agent = Agent(slug=slug, **wanted.model_dump(exclude={"slug"}))
    await who.services.models.check_name(who.workspace, agent.model)
    await who.services.configuration.put_agent(who.workspace, agent, who.by)
    unknown = unknown_names(agent.instructions, await _names(who)) if agent.instructions else ()
    shown = ShownAgent.model_validate(agent).model_dump()
    return StoredAgent(**shown, problems=[one.sentence for one in unknown])


@router.delete("/{slug}", status_code=204, summary="Remove an agent")
async def remove_agent(who: Builder, slug: Slug) -> None:
    """Remove an agent; its conversations go on, without actions that it could use by itself."""
    await who.services.configuration.remove(who.workspace, "agent", slug, who.by)


async def _names(who: Caller) -> dict[str, str]:
    """What instructions can name: the slugs of all actions and procedures, with their names."""
    stores = who.services.stores
    actions = [read_action_json(row.document) for row in await stores.settings.documents(who.workspace, "action")]
    procedures = await stores.procedures.all(who.workspace)
    return {one.slug: one.name for one in actions} | {row.slug: row.name for row in procedures}

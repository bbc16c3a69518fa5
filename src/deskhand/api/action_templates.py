"""Templates of actions, to begin with."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from deskhand.api.actions import ActionDocument, shown
from deskhand.api.auth import Builder, Member
from deskhand.api.bodies import KeyedRoute
from deskhand.api.connections import BaseUrl
from deskhand.api.imports import ImportResult, result_of
from deskhand.api.models import Asked, Items, Shown
from deskhand.api.reference import Template
from deskhand.application.action_templates import ActionTemplates
from deskhand.domain.documents import write_yaml
from deskhand.domain.preconditions import SLUG
from deskhand.templates import action_template_names

router = APIRouter(prefix="/v1/action-templates", tags=["Configuration"], route_class=KeyedRoute)

Name = Annotated[str, Path(pattern=SLUG, max_length=64)]
Filled = Annotated[str, Field(min_length=1, max_length=2000)]


class ActionTemplateShown(Shown):
    """Actions that belong together, with the connection that they need."""

    name: str
    title: str
    description: str
    base_url: str
    secrets: list[str] = Field(description="What has to be stored for it.")
    fill_in: dict[str, str] = Field(description="What else is your own: fields of the authentication.")
    actions: list[ActionDocument]
    agent_actions: list[str] = Field(description="Those that the agent uses by itself.")
    procedure: Template | None = Field(description="A procedure that uses them step by step.")


class ActionTemplateList(Items[ActionTemplateShown]):
    """All templates of actions."""


class UseTemplate(Asked):
    """How a template is used."""

    base_url: BaseUrl | None = Field(default=None, description="Where your system is, in place of the template's.")
    agent: Annotated[str, Field(pattern=SLUG, max_length=64)] | None = Field(
        default="default", description="The agent that may use the actions by itself; null for none."
    )
    fill_in: dict[str, Filled] = Field(default={}, description="Your own values of what the template says to fill in.")


class UsedTemplate(ImportResult):
    """What was stored of a template."""

    procedure: str | None = Field(description="The draft that was made, by its slug.")


@router.get("", summary="List templates of actions")
async def list_action_templates(who: Member) -> ActionTemplateList:
    """Worked examples, each a connection with its actions, and with a procedure where they are used in steps."""
    return ActionTemplateList(
        items=[_template(who.services.action_templates, name) for name in action_template_names()]
    )


@router.post("/{name}/use", summary="Use a template of actions")
async def use_action_template(who: Builder, name: Name, wanted: UseTemplate | None = None) -> UsedTemplate:
    """Store a template's connection, its actions, and its procedure as a draft.

    What is there already is left as it is; secrets are yours to store.
    """
    wanted = wanted or UseTemplate()
    used = await who.services.action_templates.use(
        who.workspace, name, who.by, wanted.base_url, wanted.agent, wanted.fill_in
    )
    return UsedTemplate(**dict(result_of(used.imported, stored=True)), procedure=used.procedure)


def _template(templates: ActionTemplates, name: str) -> ActionTemplateShown:
    template, procedure = templates.get(name), templates.procedure(name)
    return ActionTemplateShown(
        name=name,
        title=template.title,
        description=template.description,
        base_url=template.connections[0].base_url,
        secrets=template.secrets,
        fill_in=template.fill_in,
        actions=[shown(one) for one in template.actions],
        agent_actions=template.agent_actions,
        procedure=None
        if procedure is None
        else Template(name=procedure.slug, title=procedure.name, yaml=write_yaml(procedure)),
    )

"""Templates of actions: a connection to fill in, with the actions that go over it."""

from functools import cache
from typing import Any

from pydantic import Field

from deskhand.application.configuration import Configuration
from deskhand.application.importing import Importing
from deskhand.domain.actions import Action
from deskhand.domain.authentication import secrets_of
from deskhand.domain.documents import parse_yaml
from deskhand.domain.importing import Imported
from deskhand.domain.model import Record
from deskhand.domain.requests import Connection
from deskhand.ports.stores import NotFound
from deskhand.templates import action_template_names, action_template_text


class ActionTemplate(Record):
    """Actions that belong together, ready to be used once their connection is filled in."""

    title: str
    description: str
    connections: list[Connection] = Field(min_length=1)
    actions: list[Action] = Field(min_length=1)
    agent_actions: list[str] = Field(min_length=1)
    """Those that the agent uses by itself; the others are read for preconditions, or are for procedures."""

    @property
    def secrets(self) -> list[str]:
        """The secrets that have to be stored for it."""
        found = [secrets_of(one.auth) for one in self.connections if one.auth is not None]
        return sorted(set().union(*found))


class ActionTemplates:
    """Use cases about templates of actions."""

    def __init__(self, importing: Importing, configuration: Configuration) -> None:
        self._importing = importing
        self._configuration = configuration

    def get(self, name: str) -> ActionTemplate:
        """A template. Raises NotFound."""
        if name not in action_template_names():
            raise NotFound(f"There is no template `{name[:64]}`: there are {', '.join(action_template_names())}.")
        return read_action_template(name)

    async def use(
        self, workspace: str, name: str, by: str, base_url: str | None = None, agent: str | None = None
    ) -> Imported:
        """Store a template's connection and actions, and switch them on for an agent. Raises NotFound, RuleError.

        base_url: where the system is, in place of the template's. Actions that are there already are left as they are.
        """
        template = self.get(name)
        connections = template.connections
        if base_url is not None:
            connections = [Connection.model_validate({**one.model_dump(), "base_url": base_url}) for one in connections]
        if agent is not None:
            known = await self._configuration.agent(workspace, agent)
        notes = [f"Store the secret `{secret}`." for secret in template.secrets]
        wanted = Imported(list(template.actions), list(connections), notes=notes)
        stored = await self._importing.store(workspace, wanted, by)
        if agent is not None:
            actions = list(dict.fromkeys([*known.actions, *template.agent_actions]))
            await self._configuration.put_agent(workspace, known.model_copy(update={"actions": actions}), by)
        return stored


@cache
def read_action_template(name: str) -> ActionTemplate:
    """A shipped template."""
    data: dict[str, Any] = parse_yaml(action_template_text(name), name)
    return ActionTemplate.model_validate(data)

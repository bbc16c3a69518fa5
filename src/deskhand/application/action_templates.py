"""Templates of actions: a connection to fill in, the actions that go over it, a procedure that uses them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import Field, ValidationError

from deskhand.application.authoring import Authoring
from deskhand.application.configuration import Configuration
from deskhand.application.importing import Importing
from deskhand.domain.actions import Action, AnyAction
from deskhand.domain.authentication import secrets_of
from deskhand.domain.documents import parse_yaml, read_procedure
from deskhand.domain.errors import RuleError
from deskhand.domain.faults import fault_of
from deskhand.domain.importing import Imported, Refused
from deskhand.domain.model import Record
from deskhand.domain.phrases import phrase
from deskhand.domain.procedure import Procedure
from deskhand.domain.requests import Connection
from deskhand.ports.stores import NotFound, Taken
from deskhand.templates import action_template_names, action_template_procedure, action_template_text

NOTHING_FILLED_IN: Mapping[str, str] = {}


class ActionTemplate(Record):
    """Actions that belong together, ready to be used once their connection is filled in."""

    title: str
    description: str
    fill_in: dict[str, str] = {}
    """Fields of the authentication that every workspace has its own value for, and what they are."""
    connections: list[Connection] = Field(min_length=1)
    actions: list[Action] = Field(min_length=1)
    agent_actions: list[str] = Field(min_length=1)
    """Those that the agent uses by itself; the others are read for preconditions, or are for procedures."""

    @property
    def secrets(self) -> list[str]:
        """The secrets that have to be stored for it."""
        found = [secrets_of(one.auth) for one in self.connections if one.auth is not None]
        return sorted(set().union(*found))


@dataclass(frozen=True, slots=True)
class Used:
    """What was stored of a template."""

    imported: Imported
    procedure: str | None
    """The draft that was made, by its slug."""


class ActionTemplates:
    """Use cases about templates of actions."""

    def __init__(self, importing: Importing, configuration: Configuration, authoring: Authoring) -> None:
        self._importing = importing
        self._configuration = configuration
        self._authoring = authoring

    def get(self, name: str) -> ActionTemplate:
        """A template. Raises NotFound."""
        if name not in action_template_names():
            raise NotFound(
                phrase(
                    "There is no template `{name}`: there are {names}.",
                    name=name[:64],
                    names=", ".join(action_template_names()),
                )
            )
        return read_action_template(name)

    def procedure(self, name: str) -> Procedure | None:
        """The procedure that uses a template's actions, where one belongs to it. Raises NotFound."""
        self.get(name)
        return read_template_procedure(name)

    async def use(
        self,
        workspace: str,
        name: str,
        by: str,
        base_url: str | None = None,
        agent: str | None = None,
        filled_in: Mapping[str, str] = NOTHING_FILLED_IN,
    ) -> Used:
        """Store a template's connection, actions and draft, and switch its actions on for an agent.

        base_url: where the system is, in place of the template's. filled_in: fields of the authentication by name.
        What is there already is left as it is. Raises NotFound, RuleError.
        """
        template = self.get(name)
        _only_known(name, template.fill_in, filled_in)
        connections = [_moved(_filled(one, filled_in), base_url) for one in template.connections]
        known = None if agent is None else await self._configuration.agent(workspace, agent)
        wanted = Imported(list(template.actions), connections, notes=_still_to_do(template, filled_in))
        stored = await self._importing.store(workspace, wanted, by, trusted=True)
        stored = await self._settled(workspace, template, stored)
        if known is not None:
            actions = list(dict.fromkeys([*known.actions, *template.agent_actions]))
            await self._configuration.put_agent(workspace, known.model_copy(update={"actions": actions}), by)
        return await self._with_draft(workspace, name, stored, by)

    async def _settled(self, workspace: str, template: ActionTemplate, stored: Imported) -> Imported:
        """An action that another template brought already is nothing to complain about."""
        own = {one.slug: one for one in template.actions}
        same = [
            one.what
            for one in stored.refused
            if _means_the_same(own[one.what], await self._configuration.action(workspace, one.what))
        ]
        refused = [one for one in stored.refused if one.what not in same]
        notes = [phrase("The action `{slug}` is there already and stays as it is.", slug=slug) for slug in same]
        return replace(stored, refused=refused, notes=[*stored.notes, *notes])

    async def _with_draft(self, workspace: str, name: str, stored: Imported, by: str) -> Used:
        text, procedure = action_template_procedure(name), read_template_procedure(name)
        if text is None or procedure is None:
            return Used(stored, None)
        try:
            await self._authoring.create(workspace, parse_yaml(text, name), by)
        except Taken:
            taken = Refused(procedure.slug, "there is a procedure of that name already; it stays as it is.")
            return Used(replace(stored, refused=[*stored.refused, taken]), None)
        note = phrase("Look at the draft `{slug}` and publish it.", slug=procedure.slug)
        return Used(replace(stored, notes=[*stored.notes, note]), procedure.slug)


def _only_known(name: str, known: Mapping[str, str], given: Mapping[str, str]) -> None:
    there = phrase("only {known}", known=", ".join(f"`{one}`" for one in known)) if known else phrase("nothing")
    for field in given:
        if field not in known:
            raise RuleError(
                phrase(
                    "The template `{name}` has no `{field}` to fill in, but {there}.",
                    name=name,
                    field=field,
                    there=there,
                )
            )


def _still_to_do(template: ActionTemplate, given: Mapping[str, str]) -> list[str]:
    missing = {field: what for field, what in template.fill_in.items() if field not in given}
    return [
        *(phrase("Store the secret `{secret}`.", secret=secret) for secret in template.secrets),
        *(
            phrase("Put your own `{field}` into the connection: {what}", field=field, what=what)
            for field, what in missing.items()
        ),
    ]


def _filled(connection: Connection, given: Mapping[str, str]) -> Connection:
    """A connection with a workspace's own values in its authentication. Raises RuleError."""
    if connection.auth is None or not given:
        return connection
    auth = {**connection.auth.model_dump(), **given}
    try:
        return Connection.model_validate({**connection.model_dump(), "auth": auth})
    except ValidationError as error:
        wrong = error.errors()[0]
        raise RuleError(
            phrase(
                "`{field}` cannot be filled in like this: {fault:open}.", field=wrong["loc"][-1], fault=fault_of(wrong)
            )
        ) from None


def _moved(connection: Connection, base_url: str | None) -> Connection:
    """A connection to where the system really is; tokens are fetched there too."""
    if base_url is None:
        return connection
    data = connection.model_dump()
    if data["auth"] and (token_url := data["auth"].get("token_url", "")).startswith(connection.base_url):
        data["auth"]["token_url"] = base_url.rstrip("/") + token_url.removeprefix(connection.base_url)
    return Connection.model_validate({**data, "base_url": base_url})


def _means_the_same(own: AnyAction, stored: AnyAction) -> bool:
    """Whether two actions are the same but for the connection that they go over."""
    first, second = own.model_dump(), stored.model_dump()
    for one in (first, second):
        if "request" in one:
            one["request"].pop("connection")
    return first == second


@cache
def read_action_template(name: str) -> ActionTemplate:
    """A shipped template."""
    data: dict[str, Any] = parse_yaml(action_template_text(name), name)
    return ActionTemplate.model_validate(data)


@cache
def read_template_procedure(name: str) -> Procedure | None:
    """The procedure that belongs to a shipped template, if one does."""
    text = action_template_procedure(name)
    return None if text is None else read_procedure(parse_yaml(text, name))

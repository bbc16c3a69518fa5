"""Importing actions: reading what others wrote, and storing what a member has chosen of it."""

import asyncio
import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from deskhand.application.catalogue import Catalogues
from deskhand.application.configuration import Configuration
from deskhand.application.performing import Performer
from deskhand.application.secrets import mentions
from deskhand.domain.actions import AnyAction, McpAction, read_action_json
from deskhand.domain.actions.checks import action_problem
from deskhand.domain.addresses import with_scheme
from deskhand.domain.authentication import secrets_of
from deskhand.domain.documents.json_reader import read_json
from deskhand.domain.errors import DocumentError, RuleError
from deskhand.domain.importing import Imported, Refused
from deskhand.domain.importing.curl import import_curl
from deskhand.domain.importing.definition import import_definition
from deskhand.domain.importing.descriptions import LARGEST_FETCHED, read_description
from deskhand.domain.importing.openapi import Choice, Found, import_openapi, operations
from deskhand.domain.importing.tools import import_tool, typed_anew
from deskhand.domain.phrases import phrase
from deskhand.domain.requests import Connection
from deskhand.ports.http import Http, OutwardRequest
from deskhand.ports.mcp import Mcp, Tool
from deskhand.ports.stores import NotFound, Stores

FETCH_SECONDS = 30.0
_SECRET = re.compile(r"\{\{\s*secrets\.([A-Z][A-Z0-9_]*)")
_ANY_SECRET = re.compile(r"(secrets\.|\"(?:refresh_)?secret\":\s*\")([A-Z][A-Z0-9_]*)")
ACCEPT = "application/json, application/yaml, text/yaml, text/plain;q=0.5, */*;q=0.1"


class Importing:
    """Use cases about importing. Nothing that is imported is executed, and nothing but the description is fetched."""

    def __init__(
        self,
        stores: Stores,
        http: Http,
        mcp: Mcp,
        performer: Performer,
        catalogues: Catalogues,
        configuration: Configuration,
    ) -> None:
        self._stores = stores
        self._http = http
        self._mcp = mcp
        self._performer = performer
        self._catalogues = catalogues
        self._configuration = configuration

    async def description(self, workspace: str, url: str) -> tuple[str, str]:
        """The text at an address, fetched through the guarded edge, and the address. Raises DocumentError."""
        url = with_scheme(url.strip())
        snapshot = await self._catalogues.at(workspace)
        request = OutwardRequest(
            "GET", url, {"Accept": ACCEPT}, idempotent=True, timeout=FETCH_SECONDS, largest=LARGEST_FETCHED
        )  # fmt: skip
        answer = await self._http.send(workspace, request, snapshot.internal_hosts)
        if not 200 <= answer.status < 300:
            raise DocumentError(
                phrase(
                    "{url} answered {status}: give the address of the description itself.",
                    url=url,
                    status=answer.status,
                )
            )
        if answer.problem:
            raise DocumentError(answer.problem)
        try:
            return answer.body.decode("utf-8-sig"), url
        except UnicodeDecodeError:
            raise DocumentError(phrase("what {url} answered is no text in UTF-8.", url=url)) from None

    async def operations(self, text: str) -> list[Found]:
        """What a description offers. Raises DocumentError."""
        # a large description takes seconds, in which conversations go on
        return await asyncio.to_thread(lambda: operations(read_description(text)))

    async def openapi(
        self, text: str, *, source: str | None = None, base_url: str | None = None, connection: str | None = None,
        tags: Sequence[str] = (), ids: Sequence[str] = (),
    ) -> Imported:  # fmt: skip
        """The chosen operations of a description. Raises DocumentError."""
        if base_url is not None:
            base_url = with_scheme(base_url)
        choice = Choice(tuple(tags), tuple(ids))
        return await asyncio.to_thread(
            lambda: import_openapi(
                read_description(text), source=source, base_url=base_url, slug=connection, choice=choice
            )
        )

    async def curl(self, workspace: str, command: str, slug: str | None = None) -> Imported:
        """A cURL command as a draft. Raises DocumentError."""
        return import_curl(command, slug, () if slug else await self._taken(workspace))

    async def definition(self, workspace: str, text: str) -> Imported:
        """JSON definitions of another product as drafts. Raises DocumentError."""
        return import_definition(read_json(text), await self._taken(workspace))

    async def tools(self, workspace: str, connection: str) -> list[Tool]:
        """The tools of an MCP server, as it describes them now. Raises NotFound, RuleError, OutwardError."""
        snapshot = await self._catalogues.at(workspace, await self._stores.conversations.catalogue(workspace))
        found = snapshot.connections.get(connection)
        if found is None:
            raise NotFound(phrase("There is no connection `{connection}`.", connection=connection))
        if found.kind == "http":
            raise RuleError(
                phrase(
                    "The connection `{connection}` is a web service, not an MCP server: its kind is `http`.",
                    connection=connection,
                )
            )
        target, _ = await self._performer.target(workspace, found, snapshot)
        return await self._mcp.tools(workspace, target)

    async def mcp(self, workspace: str, connection: str, names: Sequence[str] = ()) -> Imported:
        """Tools of an MCP server as actions; all of them where none is named."""
        tools = await self.tools(workspace, connection)
        whole = Imported()
        known = {tool.name for tool in tools}
        whole.refused += [Refused(name, "the server has no such tool.") for name in names if name not in known]
        slugs: list[str] = []
        for tool in tools:
            if names and tool.name not in names:
                continue
            if tool.problem:
                whole.refused.append(Refused(tool.name, phrase("{why}.", why=tool.problem)))
                continue
            found = import_tool(
                connection, tool.name, tool.title, tool.description, tool.input_schema, tool.fingerprint,
                reads=tool.read_only, taken=slugs,
            )  # fmt: skip
            slugs += [one.slug for one in found.actions]
            whole.actions += found.actions
            whole.refused += found.refused
            whole.notes += found.notes
        return whole

    async def look_again(self, workspace: str, slug: str, by: str) -> AnyAction:
        """A member has looked at a tool that changed: the action is typed anew and switched on. Raises RuleError."""
        action = await self._configuration.action(workspace, slug)
        if not isinstance(action, McpAction):
            raise RuleError(phrase("The action `{slug}` calls no tool of an MCP server.", slug=slug))
        tool = next(
            (one for one in await self.tools(workspace, action.call.connection) if one.name == action.call.tool), None
        )
        if tool is None:
            raise RuleError(phrase("The server has no tool `{tool}` any more.", tool=action.call.tool))
        if tool.problem:
            raise RuleError(phrase("The tool `{name}` cannot be used: {why}.", name=tool.name, why=tool.problem))
        found = import_tool(
            action.call.connection, tool.name, tool.title, tool.description, tool.input_schema, tool.fingerprint,
            slug=slug,
        )  # fmt: skip
        if not found.actions:
            raise RuleError(
                phrase("The tool `{name}` cannot be used: {why}", name=tool.name, why=found.refused[0].reason)
            )
        typed = found.actions[0]
        assert isinstance(typed, McpAction)
        fresh = typed_anew(action, typed)
        await self._configuration.put_action(workspace, fresh, by)
        return fresh

    async def store(
        self, workspace: str, imported: Imported, by: str, replaces: bool = False, *, trusted: bool = False
    ) -> Imported:
        """Store what was imported; gives what was stored, as it was stored.

        An action whose slug is in use is refused, unless it `replaces` that one. A connection of the same address that
        is there already is used and left as it is. Secrets never replace others. trusted: what it leads to may use
        secrets that are there already; what a stranger wrote must not get them by naming them.
        """
        imported = await self._with_free_secrets(workspace, imported)
        imported = await self._with_known_connections(workspace, imported)
        if not trusted:
            imported = await self._with_own_secrets(workspace, imported)
        taken = set() if replaces else set(await self._taken(workspace))
        wrong = {one.slug: problem for one in imported.actions if (problem := action_problem(one)) is not None}
        kept = [one for one in imported.actions if one.slug not in taken and one.slug not in wrong]
        # one that could not be stored must not keep the others from it
        refused = [Refused(slug, problem) for slug, problem in wrong.items() if slug not in taken] + [
            Refused(one.slug, "there is an action of that name already: import it as a replacement, or remove it.")
            for one in imported.actions
            if one.slug in taken
        ]
        used = {one.reaches for one in kept}
        connections = [one for one in imported.connections if one.slug in used]
        for connection in connections:
            await self._configuration.put_connection(workspace, connection, by)
        documents = [one.model_dump_json() for one in kept]
        secrets = {
            name: value for name, value in imported.secrets.items() if any(mentions(one, name) for one in documents)
        }
        for name, value in secrets.items():
            await self._configuration.put_secret(workspace, name, value, by)
        for action in kept:
            await self._configuration.put_action(workspace, action, by)
        return replace(
            imported, actions=kept, connections=connections, secrets=secrets, refused=[*imported.refused, *refused]
        )

    async def keep_secrets(self, workspace: str, imported: Imported, by: str) -> Imported:
        """Store the credentials alone, under names that are free; gives what was imported with these names."""
        imported = await self._with_free_secrets(workspace, imported)
        for name, value in imported.secrets.items():
            await self._configuration.put_secret(workspace, name, value, by)
        return imported

    async def _taken(self, workspace: str) -> list[str]:
        return [row.slug for row in await self._stores.settings.documents(workspace, "action")]

    async def _with_free_secrets(self, workspace: str, imported: Imported) -> Imported:
        known = {name for name, _ in await self._stores.settings.secrets(workspace)}
        renamed: dict[str, str] = {}
        for name in imported.secrets:
            renamed[name] = _free(name, known | set(renamed.values()))
        if all(name == free for name, free in renamed.items()):
            return imported
        written = [_renamed(one.model_dump_json(), renamed) for one in imported.actions]
        secrets = {renamed[name]: value for name, value in imported.secrets.items()}
        return replace(imported, actions=[read_action_json(one) for one in written], secrets=secrets)

    async def _with_own_secrets(self, workspace: str, imported: Imported) -> Imported:
        """With names of their own for the secrets that new connections, and the headers of calls over them, ask for."""
        known = {name for name, _ in await self._stores.settings.secrets(workspace)}
        fresh = {one.slug for one in imported.connections}
        actions = [one for one in imported.actions if one.reaches in fresh]
        asked = {name for one in imported.connections if one.auth for name in secrets_of(one.auth)}
        asked |= {name for one in actions for name in _SECRET.findall(one.model_dump_json())}
        renamed: dict[str, str] = {}
        for name in sorted((asked & known) - imported.secrets.keys()):
            renamed[name] = _free(name, known | asked | set(renamed.values()))
        if not renamed:
            return imported
        return replace(
            imported,
            connections=[
                Connection.model_validate_json(_renamed(one.model_dump_json(), renamed)) for one in imported.connections
            ],
            actions=[
                read_action_json(_renamed(one.model_dump_json(), renamed)) if one.reaches in fresh else one
                for one in imported.actions
            ],
        )

    async def _with_known_connections(self, workspace: str, imported: Imported) -> Imported:
        rows = await self._stores.settings.documents(workspace, "connection")
        known = {row.slug: Connection.model_validate_json(row.document) for row in rows}
        moved: dict[str, str] = {}
        fresh: list[Connection] = []
        for one in imported.connections:
            same = _known_place(one, known, moved)
            if same is not None:
                moved[one.slug] = same
                continue
            slug, number = one.slug, 1
            while slug in known or slug in {other.slug for other in fresh}:
                number += 1
                slug = f"{one.slug[:60]}-{number}"
            moved[one.slug] = slug
            fresh.append(one.model_copy(update={"slug": slug}))
        if all(slug == other for slug, other in moved.items()):
            return replace(imported, connections=fresh)
        actions = [_moved(one, moved) for one in imported.actions]
        return replace(imported, actions=actions, connections=fresh)


def _known_place(one: Connection, known: dict[str, Connection], moved: dict[str, str]) -> str | None:
    """The stored connection that an imported one is, by slug: one that authenticates alike goes before another."""
    places = [(slug, other) for slug, other in known.items() if _same_place(one, other)]
    alike = [slug for slug, other in places if _way_of(one) == _way_of(other)]
    others = [slug for slug, _ in places if slug not in moved.values()]
    return next(iter([*alike, *others]), None)


def _way_of(connection: Connection) -> tuple[str, str] | None:
    """How a connection authenticates, whatever its secrets are called."""
    auth = connection.auth
    return None if auth is None else (auth.kind, str(getattr(auth, "name", "")))


def _same_place(one: Connection, other: Connection) -> bool:
    """Whether a stored connection leads where an imported one would; both authenticate, or neither does."""
    if one.base_url != other.base_url or one.kind != other.kind:
        return False
    return one.auth is None if other.auth is None else one.auth is not None


def _moved(action: AnyAction, moved: dict[str, str]) -> AnyAction:
    if action.kind != "http" or action.request.connection is None:
        return action
    request = action.request.model_copy(update={"connection": moved[action.request.connection]})
    return action.model_copy(update={"request": request})


def _free(name: str, known: Collection[str]) -> str:
    """The name of a secret, with a number behind it where it is taken."""
    free, number = name, 1
    while free in known:
        number += 1
        free = f"{name[:60]}_{number}"
    return free


def _renamed(document: str, names: dict[str, str]) -> str:
    """A document with its secrets under other names."""
    return _ANY_SECRET.sub(lambda found: found[1] + names.get(found[2], found[2]), document)

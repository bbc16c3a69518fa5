"""What a workspace is set up with: keys, connections, actions, secrets, internal hosts."""

import hashlib
import re
from ipaddress import ip_network
from typing import Any, Literal, get_args

from pydantic import ValidationError

from deskhand.application.absorbing import Absorber
from deskhand.application.audit import audit_row
from deskhand.application.ids import fresh_id
from deskhand.application.secrets import Secrets
from deskhand.domain.actions import AnyAction, JavascriptAction, read_action, read_action_json
from deskhand.domain.actions.checks import action_problem
from deskhand.domain.agent import DEFAULT_AGENT, Agent
from deskhand.domain.channel import Channel
from deskhand.domain.errors import DocumentError, RuleError
from deskhand.domain.faults import fault_of
from deskhand.domain.live_chat import INBOX
from deskhand.domain.phrases import phrase
from deskhand.domain.requests import Connection
from deskhand.domain.steps.call_checks import connection_problem
from deskhand.domain.webhook import Webhook
from deskhand.ports.accounts import Preferences
from deskhand.ports.clock import Clock
from deskhand.ports.stores import DocumentRow, KeyRow, NotFound, Stores, WorkspaceRow
from deskhand.ports.vault import Vault

Role = Literal["owner", "admin", "agent"]
ROLES: tuple[Role, ...] = get_args(Role)
KEY_PREFIX = "dh_"
_HOST = re.compile(
    r"(?:\[(?P<six>[0-9a-f:.]+(?:/\d{1,3})?)\]|(?P<host>[a-z0-9._-]+(?:/\d{1,3})?))(?::(?P<port>\d{1,5}))?"
    r"|(?P<bare>[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*(?:/\d{1,3})?)",
    re.ASCII,
)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\.?|.*/.*")


class Configuration:
    """Use cases of people who set a workspace up."""

    def __init__(self, stores: Stores, vault: Vault, clock: Clock, *, mcp_stdio: bool = False) -> None:
        self._settings = stores.settings
        self._preferences = stores.preferences
        self._members = stores.members
        self._secrets = Secrets(stores, vault, clock)
        self._absorber = Absorber(stores, self._secrets)
        self._clock = clock
        self._mcp_stdio = mcp_stdio

    async def create_workspace(self, name: str) -> WorkspaceRow:
        """Make a workspace."""
        row = WorkspaceRow(fresh_id("ws", self._clock), name, (), self._clock.now())
        await self._settings.create_workspace(row)
        return row

    async def create_key(
        self, workspace: str, name: str, role: Role, by: str, member: str | None = None
    ) -> tuple[KeyRow, str]:
        """Make an API key; the key itself is given once and never again.

        member: who answers for it. It never may more than this member, and ends when they leave.
        """
        if role not in ROLES:
            raise RuleError(phrase("`{role}` is no role: use one of {roles}.", role=role, roles=", ".join(ROLES)))
        key = KEY_PREFIX + (self._clock.entropy() + self._clock.entropy() + self._clock.entropy()).hex()
        row = KeyRow(workspace, fresh_id("key", self._clock), name, role, self._clock.now(), None, member)
        await self._settings.add_key(
            row, digest(key), audit_row(self._clock, by, "key.created", row.id, {"name": name, "role": role})
        )
        return row, key

    async def is_valid(self, key: str, workspace: str) -> bool:
        """Whether this key opens this workspace."""
        row = await self._settings.key(digest(key))
        return row is not None and row.workspace == workspace

    async def revoke_key(self, workspace: str, key: str, by: str) -> None:
        """End a key; the last owner's key stays where no member is an owner."""
        keys = await self._settings.keys(workspace)
        owners = [row for row in keys if row.role == "owner" and row.revoked_at is None]
        people = [one for one in await self._members.all(workspace) if one.role == "owner"]
        if [row.id for row in owners] == [key] and not people:
            raise RuleError("This is the last owner's key: make another one before you revoke it.")
        await self._settings.revoke_key(
            workspace, key, self._clock.now(), audit_row(self._clock, by, "key.revoked", key)
        )

    async def put_connection(self, workspace: str, connection: Connection, by: str) -> None:
        """Store a connection; approvals that were asked for with the old one lapse. Raises RuleError."""
        self._check(connection)
        await self._put(workspace, "connection", connection.slug, connection.model_dump_json(), by)

    async def save_connection(self, workspace: str, slug: str, document: dict[str, Any], by: str) -> Connection:
        """Store a connection whose credentials may come in clear. Raises RuleError and DocumentError."""
        absorbed = await self._absorber.absorb(workspace, "connection", slug, document)
        try:
            connection = Connection.model_validate({**absorbed.document, "slug": slug})
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise DocumentError(phrase("`{where}`: {fault:small}.", where=where, fault=fault_of(first))) from None
        self._check(connection)
        await self._put_secrets(workspace, absorbed.secrets, by)
        await self._put(workspace, "connection", slug, connection.model_dump_json(), by)
        return connection

    async def save_action(self, workspace: str, slug: str, document: dict[str, Any], by: str) -> AnyAction:
        """Store an action whose credentials may come in clear: they become secrets, once all of it can be read.

        Dots, and what is left out, keep the credential of the stored action. Raises DocumentError, and pydantic's
        ValidationError.
        """
        absorbed = await self._absorber.absorb(workspace, "action", slug, document)
        action = read_action({**absorbed.document, "slug": slug})
        await self._put_secrets(workspace, absorbed.secrets, by)
        await self.put_action(workspace, action, by)
        return action

    async def put_action(self, workspace: str, action: AnyAction, by: str) -> None:
        """Store an action; published procedures keep the one they were published with."""
        wrong = action_problem(action)
        if wrong:
            raise DocumentError(phrase("The action `{slug}`: {why}", slug=action.slug, why=wrong))
        if isinstance(action, JavascriptAction):
            script = action.script
            await self._settings.put_script(workspace, script.sha256, script.module, self._clock.now())
        await self._put(workspace, "action", action.slug, action.model_dump_json(), by)

    async def action(self, workspace: str, slug: str) -> AnyAction:
        """One action. Raises NotFound."""
        return read_action_json((await self._settings.document(workspace, "action", slug)).document)

    async def agent(self, workspace: str, slug: str) -> Agent:
        """One agent; the usual one is there even where nobody has stored it. Raises NotFound."""
        try:
            return Agent.model_validate_json((await self._settings.document(workspace, "agent", slug)).document)
        except NotFound:
            if slug != DEFAULT_AGENT:
                raise
            return Agent(slug=DEFAULT_AGENT, name="Deskhand")

    async def put_agent(self, workspace: str, agent: Agent, by: str) -> None:
        """Store an agent. Raises RuleError where it names an action or a channel that is not there."""
        known = {row.slug for row in await self._settings.documents(workspace, "action")}
        unknown = [slug for slug in agent.actions if slug not in known]
        if unknown:
            raise RuleError(phrase("There is no action `{name}`: store it first, or leave it out.", name=unknown[0]))
        await self._check_live_chat(workspace, agent)
        await self._put(workspace, "agent", agent.slug, agent.model_dump_json(), by)

    async def _check_live_chat(self, workspace: str, agent: Agent) -> None:
        to = agent.live_chat.to if agent.live_chat else INBOX
        if to != INBOX and to not in {row.slug for row in await self._settings.documents(workspace, "channel")}:
            raise RuleError(
                phrase("There is no channel `{to}`: make it first, or have live chat in the `inbox`.", to=to)
            )

    async def put_webhook(self, workspace: str, webhook: Webhook, by: str) -> None:
        """Store a webhook."""
        await self._put(workspace, "webhook", webhook.slug, webhook.model_dump_json(), by)

    async def put_channel(self, workspace: str, channel: Channel, by: str) -> None:
        """Store a channel. Raises NotFound where its agent is not there."""
        await self.agent(workspace, channel.agent)
        await self._put(workspace, "channel", channel.slug, channel.model_dump_json(), by)

    async def remove(self, workspace: str, kind: str, slug: str, by: str) -> None:
        """Remove an action, a connection, an agent or a webhook."""
        if kind == "action":
            await self._take_from_agents(workspace, slug, by)
        await self._settings.remove(workspace, kind, slug, audit_row(self._clock, by, f"{kind}.removed", slug))

    async def _take_from_agents(self, workspace: str, action: str, by: str) -> None:
        """Another action of the same name must not be switched on for whoever used this one."""
        for row in await self._settings.documents(workspace, "agent"):
            agent = Agent.model_validate_json(row.document)
            if action in agent.actions:
                left = [slug for slug in agent.actions if slug != action]
                await self.put_agent(workspace, agent.model_copy(update={"actions": left}), by)

    async def put_secret(self, workspace: str, name: str, value: str, by: str) -> None:
        """Store a secret, which nobody can read again. Raises RuleError where a webhook or a channel signs with it."""
        signing = [kind for kind, _ in await self._secrets.owners(workspace, name) if kind in ("webhook", "channel")]
        if signing:
            raise RuleError(
                phrase(
                    "A {signer} signs with `{name}`: give it a new secret in place of writing one.",
                    signer=phrase(signing[0]),
                    name=name,
                )
            )
        await self._secrets.put(workspace, name, value, by)

    async def put_own_secret(self, workspace: str, name: str, value: str, by: str) -> None:
        """Store a secret that Deskhand made itself."""
        await self._secrets.put(workspace, name, value, by)

    async def remove_secret(self, workspace: str, name: str, by: str, force: bool = False) -> None:
        """Remove a secret. Raises RuleError where something uses it, unless it is forced."""
        await self._secrets.remove(workspace, name, by, force)

    async def secret_users(self, workspace: str, names: list[str]) -> dict[str, list[str]]:
        """By secret: what uses it, in words."""
        return await self._secrets.users_of(workspace, names)

    async def set_internal_hosts(self, workspace: str, hosts: list[str], by: str) -> None:
        """Replace the allow-list of internal hosts."""
        for host in hosts:
            if not _is_host(host):
                raise RuleError(
                    phrase(
                        "`{host}` is no host: write `host`, `host:port`, or a network like 10.0.0.0/8.", host=host[:80]
                    )
                )
        audit = audit_row(self._clock, by, "settings.internal_hosts", "workspace", {"hosts": hosts})
        await self._settings.set_internal_hosts(workspace, tuple(hosts), audit)

    async def set_preferences(self, workspace: str, name: str, wanted: Preferences, by: str) -> None:
        """Name the workspace, and say what its conversations and dates are in where nobody says otherwise."""
        body = {"name": name, "language": wanted.language, "time_zone": wanted.time_zone}
        audit = audit_row(self._clock, by, "settings.changed", "workspace", body)
        await self._preferences.put(workspace, name, wanted, audit)

    def _check(self, connection: Connection) -> None:
        if connection.kind == "mcp_stdio" and not self._mcp_stdio:
            raise RuleError(
                "Connections may not start programs on the machine that Deskhand runs on. Whoever runs it can switch "
                "that on with DESKHAND_MCP_STDIO=on: everybody who may edit connections then runs programs there."
            )
        wrong = connection_problem(connection, frozenset())
        if wrong and wrong[0] != "plain-http":  # the allow-list may follow: publishing looks at both together
            raise RuleError(wrong[1][0].upper() + wrong[1][1:])

    async def _put_secrets(self, workspace: str, secrets: dict[str, str], by: str) -> None:
        for name, value in secrets.items():
            await self._secrets.put(workspace, name, value, by)

    async def _put(self, workspace: str, kind: str, slug: str, document: str, by: str) -> None:
        row = DocumentRow(slug, document, self._clock.now())
        await self._settings.put(workspace, kind, row, audit_row(self._clock, by, f"{kind}.stored", slug))


def _is_host(entry: str) -> bool:
    """Whether the edge can read the entry: one that it cannot would stop every call of the workspace."""
    found = _HOST.fullmatch(entry.lower())
    if found is None or (found["port"] and not 0 < int(found["port"]) < 65536):
        return False
    name = found["host"]
    if name and not _NUMERIC.fullmatch(name):
        return len(name) <= 253 and bool(_NAME.fullmatch(name))
    try:
        ip_network(found["six"] or found["bare"] or name)
    except ValueError:
        return False
    return True


def digest(key: str) -> bytes:
    """What is stored of an API key. Keys are random, so a plain hash is enough."""
    return hashlib.sha256(key.encode()).digest()

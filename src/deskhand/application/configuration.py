"""What a workspace is set up with: keys, connections, actions, secrets, internal hosts."""

import hashlib
import re
from ipaddress import ip_network
from typing import Literal, get_args

from deskhand.application.audit import audit_row
from deskhand.application.ids import fresh_id
from deskhand.domain.actions import AnyAction
from deskhand.domain.errors import RuleError
from deskhand.domain.requests import Connection
from deskhand.domain.steps.call_checks import connection_problem
from deskhand.ports.clock import Clock
from deskhand.ports.stores import DocumentRow, KeyRow, Stores, WorkspaceRow
from deskhand.ports.vault import Vault

Role = Literal["owner", "admin", "agent"]
ROLES: tuple[Role, ...] = get_args(Role)
KEY_PREFIX = "dh_"
_SECRET_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,63}")
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

    def __init__(self, stores: Stores, vault: Vault, clock: Clock) -> None:
        self._settings = stores.settings
        self._vault = vault
        self._clock = clock

    async def create_workspace(self, name: str) -> WorkspaceRow:
        """Make a workspace."""
        row = WorkspaceRow(fresh_id("ws", self._clock), name, (), self._clock.now())
        await self._settings.create_workspace(row)
        return row

    async def create_key(self, workspace: str, name: str, role: Role, by: str) -> tuple[KeyRow, str]:
        """Make an API key; the key itself is given once and never again."""
        if role not in ROLES:
            raise RuleError(f"`{role}` is no role: use one of {', '.join(ROLES)}.")
        key = KEY_PREFIX + (self._clock.entropy() + self._clock.entropy() + self._clock.entropy()).hex()
        row = KeyRow(workspace, fresh_id("key", self._clock), name, role, self._clock.now(), None)
        await self._settings.add_key(
            row, digest(key), audit_row(self._clock, by, "key.created", row.id, {"name": name, "role": role})
        )
        return row, key

    async def is_valid(self, key: str, workspace: str) -> bool:
        """Whether this key opens this workspace."""
        row = await self._settings.key(digest(key))
        return row is not None and row.workspace == workspace

    async def revoke_key(self, workspace: str, key: str, by: str) -> None:
        """End a key; the last owner's key stays."""
        keys = await self._settings.keys(workspace)
        owners = [row for row in keys if row.role == "owner" and row.revoked_at is None]
        if [row.id for row in owners] == [key]:
            raise RuleError("This is the last owner's key: make another one before you revoke it.")
        await self._settings.revoke_key(
            workspace, key, self._clock.now(), audit_row(self._clock, by, "key.revoked", key)
        )

    async def put_connection(self, workspace: str, connection: Connection, by: str) -> None:
        """Store a connection; approvals that were asked for with the old one lapse. Raises RuleError."""
        wrong = connection_problem(connection, frozenset())
        if wrong and wrong[0] != "plain-http":  # the allow-list may follow: publishing looks at both together
            raise RuleError(wrong[1][0].upper() + wrong[1][1:])
        await self._put(workspace, "connection", connection.slug, connection.model_dump_json(), by)

    async def put_action(self, workspace: str, action: AnyAction, by: str) -> None:
        """Store an action; published procedures keep the one they were published with."""
        await self._put(workspace, "action", action.slug, action.model_dump_json(), by)

    async def remove(self, workspace: str, kind: str, slug: str, by: str) -> None:
        """Remove an action or a connection."""
        await self._settings.remove(workspace, kind, slug, audit_row(self._clock, by, f"{kind}.removed", slug))

    async def put_secret(self, workspace: str, name: str, value: str, by: str) -> None:
        """Store a secret: it can be replaced and removed, never read."""
        if not _SECRET_NAME.fullmatch(name):
            raise RuleError(f"`{name[:64]}` is no name for a secret: use capitals, digits and `_`, like SHOP_TOKEN.")
        if not value or any(sign in value for sign in "\r\n\0"):
            raise RuleError("A secret's value may not be empty or hold line breaks.")
        sealed = self._vault.seal(workspace, f"secret:{name}", value)
        audit = audit_row(self._clock, by, "secret.stored", name)
        await self._settings.put_secret(workspace, name, sealed, self._clock.now(), audit)

    async def remove_secret(self, workspace: str, name: str, by: str) -> None:
        """Remove a secret."""
        await self._settings.remove_secret(workspace, name, audit_row(self._clock, by, "secret.removed", name))

    async def set_internal_hosts(self, workspace: str, hosts: list[str], by: str) -> None:
        """Replace the allow-list of internal hosts."""
        for host in hosts:
            if not _is_host(host):
                raise RuleError(f"`{host[:80]}` is no host: write `host`, `host:port`, or a network like 10.0.0.0/8.")
        audit = audit_row(self._clock, by, "settings.internal_hosts", "workspace", {"hosts": hosts})
        await self._settings.set_internal_hosts(workspace, tuple(hosts), audit)

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

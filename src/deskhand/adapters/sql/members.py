"""Members of workspaces, and invitations to become one."""

from collections.abc import Sequence

from deskhand.adapters.sql import ids, people
from deskhand.adapters.sql.database import Do, Params, Script
from deskhand.adapters.sql.reading import Store, audited, counted_up, workspace_id
from deskhand.adapters.sql.statements import delete, insert, select, update
from deskhand.domain.errors import RuleError
from deskhand.ports.accounts import AccountRow, InvitationRow, MemberRow
from deskhand.ports.stores import NotFound, Stale, Taken
from deskhand.ports.turns import AuditRow

ALL = select(people.MEMBER, f"{people.MEMBERS} WHERE m.workspace = ? ORDER BY m.created_at, m.id")
GET = select(people.MEMBER, f"{people.MEMBERS} WHERE m.workspace = ? AND m.id = ?")
ANYBODY = "SELECT 1 FROM members LIMIT 1"
ROLE = update("members", "role = ?", "workspace = ? AND id = ? RETURNING 1")
OWNER = "SELECT 1 FROM members WHERE workspace = ? AND role = 'owner' LIMIT 1"
REMOVE = delete("members", "workspace = ? AND id = ? RETURNING account")
REVOKE_KEYS = update("api_keys", "revoked_at = ?", "workspace = ? AND made_by = ? AND revoked_at IS NULL")
TAKE_BACK = update("invitations", "ended = 'revoked'", "workspace = ? AND inviter = ? AND ended IS NULL")
TAKE_BACK_ONE = update(
    "invitations", "ended = 'revoked'", "workspace = ? AND inviter = ? AND ended IS NULL AND role = ?"
)  # fmt: skip
END_SESSIONS = delete("sessions", "account = ? AND workspace = ?")
INVITE = insert("invitations", people.INVITATION + ", digest")
REPLACE = update("invitations", "ended = 'revoked'", "workspace = ? AND email = ? AND ended IS NULL")
OPEN = select(people.INVITATION, "invitations WHERE workspace = ? AND ended IS NULL ORDER BY id DESC")
INVITATION = select(people.INVITATION, "invitations WHERE workspace = ? AND id = ?")
INVITED = select(people.INVITATION, "invitations WHERE digest = ?")
RENEW = update(
    "invitations",
    "digest = ?, expires_at = ?, invited_by = ?, inviter = ?",
    "workspace = ? AND id = ? AND ended IS NULL RETURNING 1",
)
END = update("invitations", "ended = ?", "workspace = ? AND id = ? AND ended IS NULL RETURNING 1")


class SqlMembers(Store):
    """Members on SQLite or PostgreSQL."""

    async def all(self, workspace: str) -> list[MemberRow]:
        return [people.member(row) for row in await self._database.rows(ALL, (workspace_id(workspace),))]

    async def get(self, workspace: str, member: str) -> MemberRow:
        return people.member(await self._one(GET, _member(workspace, member)))

    async def anywhere(self) -> bool:
        return bool(await self._database.rows(ANYBODY))

    async def set_role(
        self, workspace: str, member: str, role: str, audit: AuditRow, without: Sequence[str] = ()
    ) -> None:
        place = _member(workspace, member)
        then = [Do(TAKE_BACK_ONE, (*place, one)) for one in without]
        await self._database.write(_changed(place[0], Do(ROLE, (role, *place)), then, audit))

    async def remove(self, workspace: str, member: str, audit: AuditRow) -> None:
        await self._database.write(_removed(_member(workspace, member), audit))

    async def add(self, workspace: str, row: MemberRow, audit: AuditRow) -> None:
        own = workspace_id(workspace)
        await self._database.write(_added(people.add_member(row), audited(own, audit)))

    async def invite(self, workspace: str, row: InvitationRow, digest: bytes, audit: AuditRow) -> None:
        own = workspace_id(workspace)
        place = own, ids.raw(ids.INVITATION, row.id)
        times = row.created_at, row.expires_at
        asked = (*place, row.email, row.role, row.invited_by, *times, row.ended, _inviter(row), digest)
        await self._database.write(_all(Do(REPLACE, (own, row.email)), Do(INVITE, asked), audited(own, audit)))

    async def invitations(self, workspace: str) -> list[InvitationRow]:
        return [people.invitation(row) for row in await self._database.rows(OPEN, (workspace_id(workspace),))]

    async def invitation(self, workspace: str, invitation: str) -> InvitationRow:
        return people.invitation(await self._one(INVITATION, _invitation(workspace, invitation)))

    async def invited(self, digest: bytes) -> InvitationRow | None:
        found = await self._database.rows(INVITED, (digest,))
        return people.invitation(found[0]) if found else None

    async def renew(self, workspace: str, row: InvitationRow, digest: bytes, audit: AuditRow) -> None:
        place = _invitation(workspace, row.id)
        change = Do(RENEW, (digest, row.expires_at, row.invited_by, _inviter(row), *place))
        await self._database.write(_there(change, audited(place[0], audit)))

    async def revoke(self, workspace: str, invitation: str, audit: AuditRow) -> None:
        place = _invitation(workspace, invitation)
        await self._database.write(_there(Do(END, ("revoked", *place)), audited(place[0], audit)))

    async def accept(
        self, workspace: str, invitation: str, member: MemberRow, new: AccountRow | None, audit: AuditRow
    ) -> None:
        place = _invitation(workspace, invitation)
        await self._database.write(_accepted(place, member, new, audited(place[0], audit)))


def _member(workspace: str, member: str) -> tuple[bytes, bytes]:
    return workspace_id(workspace), ids.raw(ids.MEMBER, member)


def _invitation(workspace: str, invitation: str) -> tuple[bytes, bytes]:
    return workspace_id(workspace), ids.raw(ids.INVITATION, invitation)


def _inviter(row: InvitationRow) -> bytes | None:
    return ids.raw(ids.MEMBER, row.inviter) if row.inviter else None


def _changed(workspace: bytes, change: Do, then: list[Do], audit: AuditRow) -> Script[None]:
    # two who demote each other at once wait for one another here
    yield from counted_up(workspace)
    if not (yield change):
        raise NotFound
    yield from _owned(workspace)
    yield from _all(*then)
    yield audited(workspace, audit)


def _removed(place: tuple[bytes, bytes], audit: AuditRow) -> Script[None]:
    workspace, _ = place
    yield from counted_up(workspace)
    found = yield Do(REMOVE, place)
    if not found:
        raise NotFound
    yield from _owned(workspace)
    yield Do(END_SESSIONS, (bytes(found[0][0]), workspace))
    yield Do(REVOKE_KEYS, (audit.at, *place))
    yield Do(TAKE_BACK, place)
    yield audited(workspace, audit)


def _owned(workspace: bytes) -> Script[None]:
    """Raises RuleError, which takes the change back, where no owner is left."""
    if not (yield Do(OWNER, (workspace,))):
        raise RuleError("A workspace needs an owner: make somebody else an owner first.")


def _added(change: Do, audit: Do) -> Script[None]:
    if not (yield change):
        raise Taken("This person is a member already.")
    yield audit


def _accepted(place: Params, member: MemberRow, new: AccountRow | None, audit: Do) -> Script[None]:
    if not (yield Do(END, ("accepted", *place))):
        raise Stale("This invitation was used or taken back in the meantime: ask for a new one.")
    if new is not None and not (yield people.add_account(new)):
        raise Taken("There is an account with this e-mail address already: accept with its password.")
    if not (yield people.add_member(member)):
        raise Taken("You are a member of this workspace already: sign in.")
    yield audit


def _there(change: Do, audit: Do) -> Script[None]:
    if not (yield change):
        raise NotFound("This invitation is open no more.")
    yield audit


def _all(*steps: Do) -> Script[None]:
    for step in steps:  # noqa: UP028 (a tuple's iterator cannot be sent the rows)
        yield step

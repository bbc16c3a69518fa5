"""Accounts and their sessions."""

from deskhand.adapters.sql import ids, people
from deskhand.adapters.sql.database import Do, Script
from deskhand.adapters.sql.reading import Store, audited, counted_up, workspace_id
from deskhand.adapters.sql.statements import delete, insert, select, update
from deskhand.ports.accounts import AccountRow, MemberRow, SessionRow
from deskhand.ports.stores import NotFound, Stale, Taken
from deskhand.ports.turns import AuditRow

GET = select(people.ACCOUNT, "accounts WHERE id = ?")
BY_EMAIL = select(people.ACCOUNT, "accounts WHERE email = ?")
MEMBERSHIPS = select(people.MEMBER, f"{people.MEMBERS} WHERE m.account = ? ORDER BY m.created_at, m.id")
ANYBODY = "SELECT 1 FROM members LIMIT 1"
PASSWORD = update("accounts", "password = ?", "id = ? RETURNING 1")
REPLACE_PASSWORD = update("accounts", "password = ?", "id = ? AND password = ? RETURNING 1")
CHANGE = update("accounts", "name = ?, language = ?", "id = ? RETURNING 1")
RENAME = update("members", "name = ?", "account = ?")
WORK_IN = update("accounts", "workspace = ?", "id = ?")
COME_IN = update("accounts", "workspace = ?", "id = ? AND password = ? RETURNING 1")
BEGIN = insert("sessions", people.SESSION + ", digest")
SESSION = select(
    ", ".join(f"s.{name}" for name in people.SESSION.split(", ")) + ", " + people.MEMBER,
    "sessions s JOIN members m ON m.account = s.account AND m.workspace = s.workspace "
    "JOIN accounts a ON a.id = m.account WHERE s.digest = ?",
)
SESSIONS = select(people.SESSION, "sessions WHERE account = ? ORDER BY id DESC LIMIT 200")
SEEN = update("sessions", "seen_at = ?, expires_at = ?", "id = ?")
SWITCH = update(
    "sessions",
    "workspace = ?",
    "id = ? AND account IN (SELECT account FROM members WHERE workspace = ?) RETURNING account",
)
END = delete("sessions", "account = ? AND id = ? RETURNING 1")
END_OTHERS = delete("sessions", "account = ? AND id <> ? RETURNING 1")
EXPIRED = delete("sessions", "expires_at <= ?")
_SESSION_COLUMNS = 8
_NONE = bytes(16)
"""In place of a session that stays, where none does."""


class SqlAccounts(Store):
    """Accounts on SQLite or PostgreSQL."""

    async def account(self, account: str) -> AccountRow:
        return people.account(await self._one(GET, (ids.raw(ids.ACCOUNT, account),)))

    async def by_email(self, email: str) -> AccountRow | None:
        found = await self._database.rows(BY_EMAIL, (email,))
        return people.account(found[0]) if found else None

    async def memberships(self, account: str) -> list[MemberRow]:
        found = await self._database.rows(MEMBERSHIPS, (ids.raw(ids.ACCOUNT, account),))
        return [people.member(row) for row in found]

    async def add(self, account: AccountRow, member: MemberRow, audit: AuditRow, alone: bool = False) -> None:
        await self._database.write(_added(account, member, audit, alone))

    async def set_password(self, account: str, password: str, but: str | None = None, old: str | None = None) -> None:
        own = ids.raw(ids.ACCOUNT, account)
        change = Do(PASSWORD, (password, own)) if old is None else Do(REPLACE_PASSWORD, (password, own, old))
        await self._database.write(_password(own, change, _session(but)))

    async def renew_hash(self, account: str, old: str, new: str) -> bool:
        change = Do(REPLACE_PASSWORD, (new, ids.raw(ids.ACCOUNT, account), old))
        return await self._database.write(_counted(change)) > 0

    async def change(self, account: str, name: str, language: str | None, audits: dict[str, AuditRow]) -> None:
        await self._database.write(_changed(ids.raw(ids.ACCOUNT, account), name, language, audits))

    async def audit(self, workspace: str, row: AuditRow) -> None:
        await self._database.write(_once(audited(workspace_id(workspace), row)))

    async def begin(self, session: SessionRow, password: str, digest: bytes, audit: AuditRow) -> None:
        await self._database.write(_begun(session, password, digest, audit))

    async def session(self, digest: bytes) -> tuple[SessionRow, MemberRow] | None:
        found = await self._database.rows(SESSION, (digest,))
        if not found:
            return None
        row = found[0]
        return people.session(row[:_SESSION_COLUMNS]), people.member(row[_SESSION_COLUMNS:])

    async def sessions(self, account: str) -> list[SessionRow]:
        found = await self._database.rows(SESSIONS, (ids.raw(ids.ACCOUNT, account),))
        return [people.session(row) for row in found]

    async def seen(self, session: str, at: int, expires_at: int) -> None:
        await self._database.write(_once(Do(SEEN, (at, expires_at, ids.raw(ids.SESSION, session)))))

    async def switch(self, session: str, workspace: str) -> None:
        await self._database.write(_switched(ids.raw(ids.SESSION, session), workspace_id(workspace)))

    async def end(self, account: str, session: str, audit: tuple[str, AuditRow] | None = None) -> None:
        own = ids.raw(ids.ACCOUNT, account), ids.raw(ids.SESSION, session)
        then = [audited(workspace_id(audit[0]), audit[1])] if audit else []
        await self._database.write(_ended(Do(END, own), then))

    async def end_others(self, account: str, but: str | None) -> int:
        return await self._database.write(_counted(Do(END_OTHERS, (ids.raw(ids.ACCOUNT, account), _session(but)))))


def _session(shown: str | None) -> bytes:
    return ids.raw(ids.SESSION, shown) if shown else _NONE


def _added(account: AccountRow, member: MemberRow, audit: AuditRow, alone: bool) -> Script[None]:
    own = workspace_id(member.workspace)
    # whoever comes second waits here, and then finds the first
    yield from counted_up(own)
    if alone and (yield Do(ANYBODY)):
        raise Taken("Somebody has set this Deskhand up already: sign in, or ask for an invitation.")
    if not (yield people.add_account(account)):
        raise Taken("There is an account with this e-mail address already.")
    yield people.add_member(member)
    yield audited(own, audit)


def _password(account: bytes, change: Do, but: bytes) -> Script[None]:
    if not (yield change):
        raise NotFound
    yield Do(END_OTHERS, (account, but))


def _changed(account: bytes, name: str, language: str | None, audits: dict[str, AuditRow]) -> Script[None]:
    if not (yield Do(CHANGE, (name, language, account))):
        raise NotFound
    yield Do(RENAME, (name, account))
    for workspace, row in audits.items():
        yield audited(workspace_id(workspace), row)


def _begun(session: SessionRow, password: str, digest: bytes, audit: AuditRow) -> Script[None]:
    workspace, account = workspace_id(session.workspace), ids.raw(ids.ACCOUNT, session.account)
    times = session.created_at, session.seen_at, session.expires_at
    own = ids.raw(ids.SESSION, session.id)
    # first: who replaces the password waits here, and then ends this session too
    if not (yield Do(COME_IN, (workspace, account, password))):
        raise Stale("The password was changed a moment ago: sign in with the new one.")
    yield Do(EXPIRED, (session.created_at,))
    yield Do(BEGIN, (own, account, workspace, *times, session.user_agent, session.ip, digest))
    yield audited(workspace, audit)


def _switched(session: bytes, workspace: bytes) -> Script[None]:
    found = yield Do(SWITCH, (workspace, session, workspace))
    if not found:
        raise NotFound("You are no member of such a workspace.")
    yield Do(WORK_IN, (workspace, bytes(found[0][0])))


def _ended(change: Do, then: list[Do]) -> Script[None]:
    if not (yield change):
        raise NotFound
    yield from _all(then)


def _all(steps: list[Do]) -> Script[None]:
    for step in steps:  # noqa: UP028 (a list's iterator cannot be sent the rows)
        yield step


def _counted(change: Do) -> Script[int]:
    return len((yield change))


def _once(step: Do) -> Script[None]:
    yield step

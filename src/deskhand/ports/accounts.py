"""People and how they get in: accounts, their sessions, the members of workspaces, invitations.

An account and its sessions belong to no workspace; everything else takes the workspace first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from deskhand.ports.turns import AuditRow


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A person who can sign in."""

    id: str
    email: str
    """In lower case, unique."""
    name: str
    password: str
    """An Argon2 hash; empty where no password opens it."""
    language: str | None
    """`en` or `de`; None follows the browser."""
    workspace: str | None
    """The one that was worked in last."""
    created_at: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person's place in one workspace."""

    workspace: str
    id: str
    account: str
    email: str
    name: str
    role: str
    created_at: int


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A browser that is signed in."""

    id: str
    account: str
    workspace: str
    created_at: int
    seen_at: int
    expires_at: int
    user_agent: str
    ip: str


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An e-mail address that may become a member."""

    workspace: str
    id: str
    email: str
    role: str
    invited_by: str
    created_at: int
    expires_at: int
    ended: str | None
    """`accepted` or `revoked`; None while it is open, also past its time."""
    inviter: str | None = None
    """The member who invited, or whose key did; None where that is not known."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a workspace wants where nobody says otherwise."""

    language: str = "en"
    time_zone: str = "UTC"


class Accounts(Protocol):
    """Who can sign in, and who is signed in."""

    async def account(self, account: str) -> AccountRow: ...

    async def by_email(self, email: str) -> AccountRow | None:
        """The account of an address in lower case."""
        ...

    async def memberships(self, account: str) -> list[MemberRow]:
        """Where this person is a member, the oldest first."""
        ...

    async def add(self, account: AccountRow, member: MemberRow, audit: AuditRow, alone: bool = False) -> None:
        """Make an account with its first membership.

        alone: only where no workspace has any member. Raises Taken for a known address, or where it is not alone.
        """
        ...

    async def set_password(self, account: str, password: str, but: str | None = None, old: str | None = None) -> None:
        """Replace the hash, and end the account's sessions but this one.

        old: the hash that it replaces, where no other shall be. Raises NotFound.
        """
        ...

    async def renew_hash(self, account: str, old: str, new: str) -> bool:
        """Keep the same password's newer hash; False where another hash was stored in the meantime."""
        ...

    async def change(self, account: str, name: str, language: str | None, audits: dict[str, AuditRow]) -> None:
        """Rename the person everywhere; what is said of it, by workspace."""
        ...

    async def audit(self, workspace: str, row: AuditRow) -> None:
        """Add to the audit trail."""
        ...

    async def begin(self, session: SessionRow, password: str, digest: bytes, audit: AuditRow) -> None:
        """Begin a session; its workspace becomes the one that was worked in last, expired sessions are dropped.

        password: the hash that was proved. Raises Stale where it is the account's no more.
        """
        ...

    async def session(self, digest: bytes) -> tuple[SessionRow, MemberRow] | None:
        """The session with this digest, and the member that it acts as; None without either."""
        ...

    async def sessions(self, account: str) -> list[SessionRow]:
        """The newest first."""
        ...

    async def seen(self, session: str, at: int, expires_at: int) -> None:
        """Put a session's end off; one that was ended stays so."""
        ...

    async def switch(self, session: str, workspace: str) -> None:
        """Work in another workspace. Raises NotFound where the session's account is no member of it."""
        ...

    async def end(self, account: str, session: str, audit: tuple[str, AuditRow] | None = None) -> None:
        """End a session of this account. Raises NotFound."""
        ...

    async def end_others(self, account: str, but: str | None) -> int:
        """End all sessions of an account but one; gives how many."""
        ...


class Members(Protocol):
    """Who belongs to a workspace, and who is invited to."""

    async def all(self, workspace: str) -> list[MemberRow]:
        """In the order in which they came."""
        ...

    async def get(self, workspace: str, member: str) -> MemberRow: ...

    async def anywhere(self) -> bool:
        """Whether any workspace has a member."""
        ...

    async def set_role(
        self, workspace: str, member: str, role: str, audit: AuditRow, without: Sequence[str] = ()
    ) -> None:
        """Give a role, and end the open invitations that this member gave to become one of `without`.

        Raises NotFound, and RuleError where it would leave no owner.
        """
        ...

    async def remove(self, workspace: str, member: str, audit: AuditRow) -> None:
        """Take a member out, and end the sessions, keys and open invitations that were this member's here.

        Raises NotFound, and RuleError like `set_role`.
        """
        ...

    async def add(self, workspace: str, row: MemberRow, audit: AuditRow) -> None:
        """Make an account a member. Raises Taken where it is one."""
        ...

    async def invite(self, workspace: str, row: InvitationRow, digest: bytes, audit: AuditRow) -> None:
        """Store an invitation; an open one for the same address is replaced."""
        ...

    async def invitations(self, workspace: str) -> list[InvitationRow]:
        """The open ones, the newest first, also past their time."""
        ...

    async def invitation(self, workspace: str, invitation: str) -> InvitationRow: ...

    async def invited(self, digest: bytes) -> InvitationRow | None:
        """The invitation with this digest, whatever became of it."""
        ...

    async def renew(self, workspace: str, row: InvitationRow, digest: bytes, audit: AuditRow) -> None:
        """Give an open invitation a new token, a new end, and whom it now comes from. Raises NotFound."""
        ...

    async def revoke(self, workspace: str, invitation: str, audit: AuditRow) -> None:
        """End an open invitation. Raises NotFound."""
        ...

    async def accept(
        self, workspace: str, invitation: str, member: MemberRow, new: AccountRow | None, audit: AuditRow
    ) -> None:
        """Use an open invitation up: its member, and where there was none its account.

        Raises Stale where it is open no more, Taken where the member or the account is there already.
        """
        ...


class AttendanceBook(Protocol):
    """When a member was there last, as several servers tell each other."""

    async def put(self, workspace: str, at: int) -> None:
        """A member is there; an earlier moment than the one that is known changes nothing."""
        ...

    async def last(self, workspace: str) -> int | None:
        """When a member was there last, in milliseconds since 1970."""
        ...


class WorkspacePreferences(Protocol):
    """Name, language and time zone of workspaces."""

    async def get(self, workspace: str) -> Preferences: ...

    async def put(self, workspace: str, name: str, wanted: Preferences, audit: AuditRow) -> None:
        """Replace them. Raises NotFound."""
        ...

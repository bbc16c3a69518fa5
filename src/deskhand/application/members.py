"""Who belongs to a workspace, in which role."""

from dataclasses import dataclass

from deskhand.application.audit import audit_row
from deskhand.application.configuration import Role
from deskhand.application.sessions import Sessions
from deskhand.domain.errors import DeskhandError
from deskhand.ports.accounts import MemberRow, Members
from deskhand.ports.clock import Clock

ROLES: tuple[Role, ...] = ("owner", "admin", "agent")
INVITES: dict[str, tuple[Role, ...]] = {"owner": ROLES, "admin": ("admin", "agent"), "agent": ()}
"""Whom a member of a role may invite, by role."""


class NotForThisRole(DeskhandError):
    """Only an owner may do this to an owner, or make one."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Who asks for a change, as it is recorded, and in which role."""

    by: str
    role: Role
    member: str | None = None
    """The member behind it; None for a key that nobody is known to have made."""


class Membership:
    """Use cases of owners and admins who look after the members."""

    def __init__(self, members: Members, sessions: Sessions, clock: Clock) -> None:
        self._members = members
        self._sessions = sessions
        self._clock = clock

    async def set_role(self, workspace: str, member: str, role: Role, who: Acting) -> MemberRow:
        """Give a member another role, at once; their open invitations to roles above it end.

        Raises NotForThisRole, NotFound, and RuleError without an owner left.
        """
        before = await self._members.get(workspace, member)
        only_an_owner(who, before.role, role)
        if before.role != role:
            body = {"member": before.name, "from": before.role, "to": role}
            told = audit_row(self._clock, who.by, "member.role_changed", member, body)
            without = [one for one in ROLES if one not in INVITES[role]]
            await self._members.set_role(workspace, member, role, told, without)
            self._sessions.forget(before.account)
        return await self._members.get(workspace, member)

    async def remove(self, workspace: str, member: str, who: Acting) -> None:
        """Take a member out; their sessions, keys and open invitations here end. Raises what `set_role` raises."""
        before = await self._members.get(workspace, member)
        only_an_owner(who, before.role)
        body = {"member": before.name, "email": before.email, "role": before.role}
        await self._members.remove(workspace, member, audit_row(self._clock, who.by, "member.removed", member, body))
        self._sessions.forget(before.account)


def only_an_owner(who: Acting, *roles: str) -> None:
    """Raises NotForThisRole where an owner is concerned, and none asks."""
    if "owner" in roles and who.role != "owner":
        raise NotForThisRole

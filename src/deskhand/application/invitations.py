"""Invitations: an e-mail address may become a member, once, with a link that nobody can guess."""

import asyncio
import re
from dataclasses import dataclass, replace
from typing import Literal

from deskhand.application.accounts import NotInvited
from deskhand.application.audit import audit_row
from deskhand.application.configuration import Role, digest
from deskhand.application.ids import fresh_id
from deskhand.application.invitation_mail import body_of, subject_of
from deskhand.application.members import INVITES, Acting, only_an_owner
from deskhand.application.people import NewPerson, check_password, email_of, new_account, new_member
from deskhand.application.proving import Prover
from deskhand.application.sessions import Browser, Sessions, fresh_token
from deskhand.domain.errors import DocumentError, RuleError
from deskhand.domain.phrases import phrase
from deskhand.ports.accounts import InvitationRow
from deskhand.ports.clock import Clock
from deskhand.ports.mail import Mailer, MailNotSent, MailOutcomeUnknown
from deskhand.ports.passwords import Passwords
from deskhand.ports.stores import NotFound, Stores

LASTS = 7 * 24 * 3600 * 1000
"""Milliseconds for which an invitation can be accepted."""
PREFIX = "dhi_"
LONGEST_SENDING = 15.0
"""Seconds that whoever invites waits for the mail server."""

_TOKEN = re.compile(rf"{PREFIX}[0-9a-f]+")

Mailed = Literal["sent", "mailbox", "failed"]


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation with its token, which is known this once."""

    row: InvitationRow
    token: str
    mailed: Mailed
    problem: str | None
    """Why the e-mail did not go."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation is for."""

    row: InvitationRow
    workspace: str
    """The workspace's name."""
    known: bool
    """Whether there is an account with this address already."""


class Invitations:
    """Use cases of those who invite and those who are invited."""

    def __init__(
        self,
        stores: Stores,
        sessions: Sessions,
        prover: Prover,
        passwords: Passwords,
        mailer: Mailer,
        clock: Clock,
        *,
        local: bool,
    ) -> None:
        self._stores = stores
        self._members = stores.members
        self._sessions = sessions
        self._prover = prover
        self._passwords = passwords
        self._mailer = mailer
        self._clock = clock
        self._local = local

    async def invite(self, workspace: str, email: str, role: Role, who: Acting, join: str) -> Invited:
        """Invite somebody; `join` is the address that the token is put behind.

        Raises NotForThisRole, DocumentError for what is no address, and RuleError for a member.
        """
        only_an_owner(who, role)
        address = email_of(email)
        if any(one.email == address for one in await self._members.all(workspace)):
            raise RuleError(phrase("{address} is a member of this workspace already.", address=address))
        for before in await self._members.invitations(workspace):
            if before.email == address:
                only_an_owner(who, before.role)
        now, token = self._clock.now(), PREFIX + fresh_token(self._clock)
        own = fresh_id("inv", self._clock)
        row = InvitationRow(workspace, own, address, role, who.by, now, now + LASTS, None, who.member)
        told = audit_row(self._clock, who.by, "member.invited", own, {"email": address, "role": role})
        await self._members.invite(workspace, row, digest(token), told)
        return await self._send(row, token, join)

    async def resend(self, workspace: str, invitation: str, who: Acting, join: str) -> Invited:
        """Give an open invitation a new link and seven new days. Raises NotForThisRole and NotFound."""
        before = await self._open(workspace, invitation, who)
        expires_at, token = self._clock.now() + LASTS, PREFIX + fresh_token(self._clock)
        body = {"email": before.email, "role": before.role}
        told = audit_row(self._clock, who.by, "invitation.renewed", invitation, body)
        # from here on it is whoever knows the new link that answers for it
        row = replace(before, expires_at=expires_at, invited_by=who.by, inviter=who.member)
        await self._members.renew(workspace, row, digest(token), told)
        return await self._send(row, token, join)

    async def revoke(self, workspace: str, invitation: str, who: Acting) -> None:
        """Take an open invitation back. Raises NotForThisRole and NotFound."""
        before = await self._open(workspace, invitation, who)
        told = audit_row(self._clock, who.by, "invitation.revoked", invitation, {"email": before.email})
        await self._members.revoke(workspace, invitation, told)

    async def offer(self, token: str, browser: Browser) -> Offer:
        """What an invitation is for. Raises NotInvited where it is open no more, and TooManyTries."""
        row = await self._valid(token, browser)
        workspace = await self._stores.settings.workspace(row.workspace)
        known = await self._stores.accounts.by_email(row.email)
        return Offer(row, workspace.name, known is not None)

    async def accept(self, token: str, name: str, password: str, browser: Browser) -> str:
        """Become a member, with a new account or the own one's password; gives a session's token.

        Raises NotInvited, WrongPassword, UnfitPassword and TooManyTries.
        """
        row = await self._valid(token, browser)
        role: Role = row.role  # type: ignore[assignment]
        new = None
        account = await self._stores.accounts.by_email(row.email)
        if account is not None:
            account = await self._prover.proven(row.email, password, browser)
        else:
            if not name:
                raise DocumentError("Say what your name is: what you do is recorded under it.")
            check_password(password, row.email)
            hashed = await self._passwords.hashed(password)
            new = account = new_account(self._clock, NewPerson(row.email, name, password), hashed, row.workspace)
        member = new_member(self._clock, account, row.workspace, role)
        body = {"role": role, "invitation": row.id, "invited_by": row.invited_by}
        told = audit_row(self._clock, member.name, "member.joined", member.id, body)
        await self._members.accept(row.workspace, row.id, member, new, told)
        return await self._sessions.begin(member, account.password, browser, "invitation")

    async def _open(self, workspace: str, invitation: str, who: Acting) -> InvitationRow:
        row = await self._members.invitation(workspace, invitation)
        if row.ended:
            raise NotFound("This invitation is open no more.")
        only_an_owner(who, row.role)
        return row

    async def _valid(self, token: str, browser: Browser) -> InvitationRow:
        self._prover.count(browser)
        row = await self._members.invited(digest(token))
        if row is None or row.ended == "revoked" or not (row.ended or await self._is_wanted(row)):
            raise NotInvited("This invitation is not valid: ask whoever invited you for a new one.")
        self._prover.uncount(browser)
        if row.ended:
            raise NotInvited("This invitation was used already: sign in, or ask for a new one.")
        if row.expires_at <= self._clock.now():
            raise NotInvited("This invitation has expired: ask whoever invited you for a new one.")
        return row

    async def _is_wanted(self, row: InvitationRow) -> bool:
        """Whether who invited is still there, and may still invite to this role."""
        if row.inviter is None:
            return True
        try:
            inviter = await self._members.get(row.workspace, row.inviter)
        except NotFound:
            return False
        return row.role in INVITES[inviter.role]

    async def _send(self, row: InvitationRow, token: str, join: str) -> Invited:
        workspace = await self._stores.settings.workspace(row.workspace)
        language = (await self._stores.preferences.get(row.workspace)).language
        subject = subject_of(workspace.name, language)
        body = body_of(row.invited_by, workspace.name, join + token, language)
        try:
            async with asyncio.timeout(LONGEST_SENDING):
                await self._mailer.send(row.workspace, row.email, subject, body, digest(token).hex())
        except (MailNotSent, MailOutcomeUnknown) as error:
            return Invited(row, token, "failed", error.sentence)
        except TimeoutError:
            return Invited(row, token, "failed", "The mail server took too long.")
        return Invited(row, token, "mailbox" if self._local else "sent", None)


def without_tokens(text: str) -> str:
    """The text, with dots in place of what lets somebody in."""
    return _TOKEN.sub("…", text)

"""A new password for who forgot theirs: a link by e-mail, which works once and for an hour."""

import asyncio
import json
from dataclasses import dataclass

import structlog

from deskhand.application.audit import audit_row
from deskhand.application.base64url import decoded, encoded
from deskhand.application.configuration import digest
from deskhand.application.people import check_password, folded
from deskhand.application.proving import Prover
from deskhand.application.reset_mail import body_of, subject_of
from deskhand.application.sessions import Browser, Sessions
from deskhand.application.tries import Tries
from deskhand.domain.errors import DeskhandError
from deskhand.domain.ids import is_id
from deskhand.ports.accounts import AccountRow, MemberRow
from deskhand.ports.clock import Clock
from deskhand.ports.mail import Mailer, MailNotSent, MailOutcomeUnknown
from deskhand.ports.passwords import Passwords
from deskhand.ports.stores import NotFound, Stores
from deskhand.ports.vault import Vault

LASTS = 3_600_000
"""Milliseconds for which a link works."""
MOST_MAILS = 3
"""To one address, in the window of `tries`."""
PREFIX = "dhp_"
_FIELD = "password-reset"

log = structlog.get_logger()


class LinkOver(DeskhandError):
    """This link is not valid any more: it works once, and for an hour. Ask for a new one on the sign-in page."""


class NoMail(DeskhandError):
    """This server sends no such e-mails. Whoever runs it sets a new password with `deskhand set-password`."""


@dataclass(frozen=True, slots=True)
class Reset:
    """What a link is for."""

    account: AccountRow
    expires_at: int


class PasswordResets:
    """Use cases of people who forgot their password.

    A link is stored nowhere: it is signed together with the hash of the password that it replaces, so that a new
    password ends every link before it.
    """

    def __init__(
        self,
        stores: Stores,
        sessions: Sessions,
        prover: Prover,
        passwords: Passwords,
        vault: Vault,
        mailer: Mailer,
        clock: Clock,
        *,
        mails: bool,
    ) -> None:
        self.mails = mails
        """Whether e-mail leaves this machine: colleagues could read a link in the local mailbox."""
        self._stores = stores
        self._accounts = stores.accounts
        self._sessions = sessions
        self._prover = prover
        self._passwords = passwords
        self._vault = vault
        self._mailer = mailer
        self._clock = clock
        self._by_account = Tries(clock, MOST_MAILS)
        self._sending: set[asyncio.Task[None]] = set()

    async def ask(self, email: str, browser: Browser, address: str) -> None:
        """E-mail a link to an address, where it has an account; which of both it is, nobody learns from the answer.

        address: what the token is put behind. Raises NoMail and TooManyTries.
        """
        if not self.mails:
            raise NoMail
        self._prover.count(browser)
        email = folded(email)
        self._by_account.take(email)
        # after the answer: how long that takes must not tell that there is such an account
        task = asyncio.create_task(self._send(email, browser, address))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def look(self, token: str, browser: Browser) -> Reset:
        """Whose password a link replaces. Raises LinkOver and TooManyTries."""
        self._prover.count(browser)
        found = await self._read(token)
        if found is None:
            raise LinkOver
        self._prover.uncount(browser)
        return found

    async def reset(self, token: str, new: str, browser: Browser) -> str:
        """Replace the password, end all sessions, and begin a new one; gives its token.

        Raises LinkOver, UnfitPassword and TooManyTries.
        """
        found = (await self.look(token, browser)).account
        check_password(new, found.email)
        places = await self._accounts.memberships(found.id)
        if not places:
            raise LinkOver("You belong to no workspace any more: ask an owner or admin of yours for an invitation.")
        hashed = await self._passwords.hashed(new)
        try:
            await self._accounts.set_password(found.id, hashed, old=found.password)
        except NotFound:
            raise LinkOver from None  # somebody else was quicker with it
        self._sessions.forget(found.id)
        await self._tell(places, "member.password_reset", browser)
        home = next((one for one in places if one.workspace == found.workspace), places[0])
        return await self._sessions.begin(home, hashed, browser, "password reset")

    async def close(self) -> None:
        """Finish what is being sent."""
        while self._sending:
            await asyncio.wait(self._sending)

    async def _send(self, email: str, browser: Browser, address: str) -> None:
        account = await self._accounts.by_email(email)
        places = await self._accounts.memberships(account.id) if account else []
        if account is None or not account.password or not places:
            return
        home = next((one.workspace for one in places if one.workspace == account.workspace), places[0].workspace)
        language = account.language or (await self._stores.preferences.get(home)).language
        token = self._issue(account)
        body = body_of(account.name, address + token, language)
        try:
            await self._mailer.send(home, email, subject_of(language), body, digest(token).hex())
        except (MailNotSent, MailOutcomeUnknown) as error:
            log.warning("a link for a new password was not sent", problem=error.sentence)
            return
        await self._tell(places, "member.password_reset_asked", browser)

    async def _tell(self, places: list[MemberRow], action: str, browser: Browser) -> None:
        about = {"ip": browser.ip, "user_agent": browser.user_agent}
        for member in places:
            await self._accounts.audit(member.workspace, audit_row(self._clock, member.name, action, member.id, about))

    def _issue(self, account: AccountRow) -> str:
        said = encoded(json.dumps([account.id, self._clock.now() + LASTS]).encode())
        return f"{PREFIX}{said}.{encoded(self._vault.sign(_FIELD, _signed(said, account)))}"

    async def _read(self, token: str) -> Reset | None:
        said, _, signature = token.removeprefix(PREFIX).partition(".")
        try:
            account_id, expires_at = json.loads(decoded(said))
            mark = decoded(signature)
        except (ValueError, TypeError):
            return None
        # nothing of it is proved yet: that takes the account's password
        if not isinstance(account_id, str) or not is_id("acct", account_id):
            return None
        if not isinstance(expires_at, int) or expires_at <= self._clock.now():
            return None
        try:
            account = await self._accounts.account(account_id)
        except NotFound:
            return None
        good = account.password and self._vault.is_signed(_FIELD, _signed(said, account), mark)
        return Reset(account, expires_at) if good else None


def _signed(said: str, account: AccountRow) -> str:
    return f"{said}.{account.password}"

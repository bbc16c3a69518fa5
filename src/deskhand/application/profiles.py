"""What people change about themselves: name, language, password."""

from deskhand.application.audit import audit_row
from deskhand.application.people import check_password, folded
from deskhand.application.proving import Prover, WrongPassword
from deskhand.application.sessions import Browser, Sessions, Signed
from deskhand.domain.errors import RuleError
from deskhand.domain.phrases import phrase
from deskhand.ports.accounts import AccountRow, Accounts
from deskhand.ports.clock import Clock
from deskhand.ports.passwords import Passwords
from deskhand.ports.stores import NotFound


class Profiles:
    """Use cases of people and their own account."""

    def __init__(
        self, accounts: Accounts, sessions: Sessions, prover: Prover, passwords: Passwords, clock: Clock
    ) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._prover = prover
        self._passwords = passwords
        self._clock = clock

    async def change(self, signed: Signed, name: str, language: str | None) -> None:
        """Rename oneself, in all workspaces, and choose a language; None follows the browser."""
        account = await self._accounts.account(signed.session.account)
        body = {"from": account.name, "to": name}
        places = await self._accounts.memberships(account.id) if name != account.name else []
        told = {one.workspace: audit_row(self._clock, name, "member.renamed", one.id, body) for one in places}
        await self._accounts.change(account.id, name, language, told)
        self._sessions.forget(account.id)

    async def change_password(self, signed: Signed, old: str, new: str, browser: Browser) -> None:
        """Replace one's password and end all other sessions.

        Raises WrongPassword, UnfitPassword, TooManyTries, and RuleError for the demo's owner.
        """
        account = await self._accounts.account(signed.session.account)
        if not account.password:
            raise RuleError("The demo's owner has no password: the demo signs in by itself.")
        check_password(new, account.email)
        try:
            proven = (await self._prover.proven(account.email, old, browser)).password
            hashed = await self._passwords.hashed(new)
            # not over a password that was set in the meantime, which ended whoever knows the old one
            await self._accounts.set_password(account.id, hashed, but=signed.session.id, old=proven)
        except (WrongPassword, NotFound):
            raise WrongPassword("The current password is not right.") from None
        self._sessions.forget(account.id)
        told = audit_row(self._clock, signed.member.name, "member.password_changed", signed.member.id)
        await self._accounts.audit(signed.member.workspace, told)

    async def reset_password(self, email: str, new: str, by: str) -> AccountRow:
        """Set somebody's password and end all their sessions. Raises RuleError for an unknown address."""
        account = await self._accounts.by_email(folded(email))
        if account is None:
            raise RuleError(phrase("There is no account with the e-mail address {email}.", email=email[:254]))
        check_password(new, account.email)
        await self._accounts.set_password(account.id, await self._passwords.hashed(new))
        for member in await self._accounts.memberships(account.id):
            told = audit_row(self._clock, by, "member.password_changed", member.id)
            await self._accounts.audit(member.workspace, told)
        return account

"""Proving who one is with a password: in constant work, and not too often."""

import asyncio
from dataclasses import replace

from deskhand.application.audit import audit_row
from deskhand.application.sessions import Browser
from deskhand.application.tries import PER_ACCOUNT, PER_ADDRESS, Tries, network
from deskhand.domain.errors import DeskhandError
from deskhand.ports.accounts import AccountRow, Accounts
from deskhand.ports.clock import Clock
from deskhand.ports.passwords import Passwords


class WrongPassword(DeskhandError):
    """E-mail and password do not go together: check both, or ask an owner of your workspace for help."""


class Prover:
    """Compares passwords, and counts who tries."""

    def __init__(self, accounts: Accounts, passwords: Passwords, clock: Clock) -> None:
        self._accounts = accounts
        self._passwords = passwords
        self._clock = clock
        self._by_address = Tries(clock, PER_ADDRESS)
        self._by_account = Tries(clock, PER_ACCOUNT)
        self._telling: set[asyncio.Task[None]] = set()

    async def proven(self, email: str, password: str, browser: Browser) -> AccountRow:
        """The account that this password opens, with the hash it has now. An unknown address is answered alike.

        Raises WrongPassword and TooManyTries.
        """
        self.count(browser)
        self._by_account.take(email)
        account = await self._accounts.by_email(email)
        right, newer = await self._passwords.verify(password, account.password if account else "")
        if account is None or not right:
            if account is not None:
                self._tell_of_failure(account, browser)
            raise WrongPassword
        self.uncount(browser)
        self._by_account.forget(email)
        if not newer:
            return account
        if await self._accounts.renew_hash(account.id, account.password, newer):
            return replace(account, password=newer)
        return await self.proven(email, password, browser)  # it was renewed by another try, or replaced

    def count(self, browser: Browser) -> None:
        """Count a try of something that is not to be guessed. Raises TooManyTries."""
        self._by_address.take(network(browser.ip))

    def uncount(self, browser: Browser) -> None:
        """It was a good one."""
        self._by_address.give_back(network(browser.ip))

    def _tell_of_failure(self, account: AccountRow, browser: Browser) -> None:
        # after the answer: how long that takes must not tell that there is such an account
        task = asyncio.create_task(self._record_failure(account, browser))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _record_failure(self, account: AccountRow, browser: Browser) -> None:
        about = {"ip": browser.ip, "user_agent": browser.user_agent}
        for member in await self._accounts.memberships(account.id):
            told = audit_row(self._clock, member.name, "member.sign_in_failed", member.id, about)
            await self._accounts.audit(member.workspace, told)

    async def close(self) -> None:
        """Finish what is being written down."""
        while self._telling:
            await asyncio.wait(self._telling)

"""How people get in: setting up, signing up, signing in."""

import hmac

from deskhand.application.audit import audit_row
from deskhand.application.configuration import Configuration, digest
from deskhand.application.people import NewPerson, check_password, email_of, folded, new_account, new_member
from deskhand.application.proving import Prover
from deskhand.application.sessions import Browser, Sessions, fresh_token
from deskhand.domain.errors import DeskhandError
from deskhand.ports.accounts import AccountRow, MemberRow
from deskhand.ports.clock import Clock
from deskhand.ports.passwords import Passwords
from deskhand.ports.stores import Stores, WorkspaceRow
from deskhand.ports.turns import AuditRow

DEMO = NewPerson("owner@demo.example", "Demo owner", "")
"""As whom the demo signs people in; no password opens this account."""


class NotInvited(DeskhandError):
    """Accounts are made by invitation here: ask an owner or admin of your workspace for one."""


class Accounts:
    """Use cases of people who are not signed in yet."""

    def __init__(
        self,
        stores: Stores,
        configuration: Configuration,
        sessions: Sessions,
        prover: Prover,
        passwords: Passwords,
        clock: Clock,
        *,
        open_to_all: bool = False,
    ) -> None:
        self.open_to_all = open_to_all
        """Whether anybody may make a workspace of their own."""
        self._stores = stores
        self._accounts = stores.accounts
        self._configuration = configuration
        self._sessions = sessions
        self._prover = prover
        self._passwords = passwords
        self._clock = clock
        self._set_up: bytes | None = None

    async def needs_set_up(self) -> bool:
        """Whether nobody can sign in yet."""
        return not await self._stores.members.anywhere()

    async def set_up_token(self) -> str | None:
        """What lets the first owner in, until the server stops; None where somebody is in already."""
        if not await self.needs_set_up():
            return None
        token = fresh_token(self._clock)
        self._set_up = digest(token)
        return token

    async def set_up(self, token: str, who: NewPerson, workspace: str | None, browser: Browser) -> str:
        """Make the first owner; gives the session's token.

        Raises NotInvited where the token is not the right one, UnfitPassword, DocumentError and TooManyTries.
        """
        self._prover.count(browser)
        if self._set_up is None or not hmac.compare_digest(digest(token), self._set_up):
            raise NotInvited(
                "This link is not valid any more. As long as nobody has signed up, `deskhand serve` prints a new one "
                "whenever it starts."
            )
        self._prover.uncount(browser)
        known = await self._stores.settings.workspaces()
        home = known[0] if known else await self._configuration.create_workspace(workspace or "Default")
        account = await self._new_account(who, home.id)
        member = new_member(self._clock, account, home.id, "owner")
        await self._accounts.add(account, member, self._joined(member, "set up"), alone=True)
        self._set_up = None
        if workspace and workspace != home.name:
            await self._rename(home, workspace, member)
        return await self._sessions.begin(member, account.password, browser, "set up")

    async def demo_owner(self, workspace: str) -> None:
        """Make the owner as whom the demo signs people in, unless it is there."""
        if await self._accounts.by_email(DEMO.email):
            return
        account = new_account(self._clock, DEMO, "", workspace)
        member = new_member(self._clock, account, workspace, "owner")
        await self._accounts.add(account, member, self._joined(member, "demo"))

    async def sign_up(self, who: NewPerson, workspace: str | None, browser: Browser) -> str:
        """Make a workspace of one's own, where that is allowed; gives the session's token.

        Whoever has an account already gives its password. Raises NotInvited, UnfitPassword, DocumentError,
        WrongPassword and TooManyTries.
        """
        if not self.open_to_all:
            raise NotInvited
        email = email_of(who.email)
        if await self._accounts.by_email(email):
            known = await self._prover.proven(email, who.password, browser)
            home = await self._configuration.create_workspace(workspace or who.name)
            member = new_member(self._clock, known, home.id, "owner")
            await self._stores.members.add(home.id, member, self._joined(member, "sign-up"))
            return await self._sessions.begin(member, known.password, browser, "sign-up")
        self._prover.count(browser)  # for good: each makes a workspace
        check_password(who.password, email)
        home = await self._configuration.create_workspace(workspace or who.name)
        account = await self._new_account(who, home.id)
        member = new_member(self._clock, account, home.id, "owner")
        await self._accounts.add(account, member, self._joined(member, "sign-up"))
        return await self._sessions.begin(member, account.password, browser, "sign-up")

    async def sign_in(self, email: str, password: str, browser: Browser) -> str:
        """A new session's token. Raises WrongPassword, TooManyTries, and NotInvited without any workspace."""
        account = await self._prover.proven(folded(email), password, browser)
        return await self._sessions.begin(await self._home(account), account.password, browser)

    async def sign_in_demo(self, browser: Browser) -> str:
        """A new session of the demo's owner. Raises NotInvited where there is none."""
        account = await self._accounts.by_email(DEMO.email)
        if account is None:
            raise NotInvited("This Deskhand has no demo owner: sign in with e-mail and password.")
        return await self._sessions.begin(await self._home(account), account.password, browser, "demo")

    async def _home(self, account: AccountRow) -> MemberRow:
        """Where this person worked last, or came to first."""
        found = await self._accounts.memberships(account.id)
        if not found:
            raise NotInvited("You belong to no workspace any more: ask an owner or admin of yours for an invitation.")
        return next((one for one in found if one.workspace == account.workspace), found[0])

    async def _new_account(self, who: NewPerson, workspace: str) -> AccountRow:
        check_password(who.password, email_of(who.email))
        return new_account(self._clock, who, await self._passwords.hashed(who.password), workspace)

    async def _rename(self, home: WorkspaceRow, name: str, by: MemberRow) -> None:
        prefers = await self._stores.preferences.get(home.id)
        told = audit_row(self._clock, by.name, "settings.changed", "workspace", {"name": name})
        await self._stores.preferences.put(home.id, name, prefers, told)

    def _joined(self, member: MemberRow, how: str) -> AuditRow:
        return audit_row(self._clock, member.name, "member.joined", member.id, {"role": member.role, "how": how})

"""Browsers that are signed in: opaque tokens, of which only a digest is kept."""

from dataclasses import dataclass, replace

from deskhand.application.audit import audit_row
from deskhand.application.configuration import digest
from deskhand.application.ids import fresh_id
from deskhand.ports.accounts import Accounts, MemberRow, SessionRow
from deskhand.ports.clock import Clock

LASTS = 30 * 24 * 3600 * 1000
"""Milliseconds that a session lasts after it was last used."""
SEEN_EVERY = 300_000
"""Milliseconds until the use of a session is written down again."""
FRESH = 5_000
"""Milliseconds for which a session that was found need not be looked up again."""
MOST_KEPT = 10_000
LONGEST_AGENT = 300


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a request comes from."""

    ip: str
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """A session and the member that it acts as."""

    session: SessionRow
    member: MemberRow


class Sessions:
    """Begins, finds and ends sessions, and remembers those in use for a moment."""

    def __init__(self, accounts: Accounts, clock: Clock) -> None:
        self._accounts = accounts
        self._clock = clock
        self._kept: dict[bytes, tuple[Signed, int]] = {}

    async def begin(self, member: MemberRow, password: str, browser: Browser, how: str = "password") -> str:
        """A new session of this member; gives its token, once.

        password: the hash that was proved. Raises Stale where it is the account's no more.
        """
        now = self._clock.now()
        token = fresh_token(self._clock)
        row = SessionRow(
            id=fresh_id("session", self._clock),
            account=member.account,
            workspace=member.workspace,
            created_at=now,
            seen_at=now,
            expires_at=now + LASTS,
            user_agent=browser.user_agent[:LONGEST_AGENT],
            ip=browser.ip,
        )
        about = {"ip": row.ip, "user_agent": row.user_agent, "how": how}
        told = audit_row(self._clock, member.name, "member.signed_in", member.id, about)
        await self._accounts.begin(row, password, digest(token), told)
        return token

    async def find(self, token: str) -> Signed | None:
        """The session with this token; None where there is none, or it has expired."""
        wanted, now = digest(token), self._clock.now()
        kept = self._kept.get(wanted)
        if kept is not None and now < kept[1] and now < kept[0].session.expires_at:
            return kept[0]
        self._kept.pop(wanted, None)
        found = await self._accounts.session(wanted)
        if found is None or found[0].expires_at <= now:
            return None
        signed = Signed(*found)
        if now - signed.session.seen_at >= SEEN_EVERY:
            await self._accounts.seen(signed.session.id, now, now + LASTS)
            signed = replace(signed, session=replace(signed.session, seen_at=now, expires_at=now + LASTS))
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[wanted] = (signed, now + FRESH)
        return signed

    async def all(self, signed: Signed) -> list[SessionRow]:
        """The account's sessions, the newest first; what has expired is none."""
        now = self._clock.now()
        return [row for row in await self._accounts.sessions(signed.session.account) if row.expires_at > now]

    async def sign_out(self, signed: Signed) -> None:
        """End the session that was used to ask for it."""
        told = audit_row(self._clock, signed.member.name, "member.signed_out", signed.member.id)
        await self._accounts.end(signed.session.account, signed.session.id, (signed.member.workspace, told))
        self.forget(signed.session.account)

    async def end(self, signed: Signed, session: str) -> None:
        """End another session of the same account. Raises NotFound."""
        told = audit_row(self._clock, signed.member.name, "session.ended", signed.member.id, {"session": session})
        await self._accounts.end(signed.session.account, session, (signed.member.workspace, told))
        self.forget(signed.session.account)

    async def end_others(self, signed: Signed) -> int:
        """End all other sessions of the account; gives how many."""
        ended = await self._accounts.end_others(signed.session.account, signed.session.id)
        self.forget(signed.session.account)
        told = audit_row(self._clock, signed.member.name, "session.ended", signed.member.id, {"others": ended})
        await self._accounts.audit(signed.member.workspace, told)
        return ended

    async def switch(self, signed: Signed, workspace: str) -> None:
        """Work in another workspace from here on. Raises NotFound."""
        await self._accounts.switch(signed.session.id, workspace)
        self.forget(signed.session.account)

    def forget(self, account: str) -> None:
        """Look this account's sessions up again before they are used the next time."""
        self._kept = {wanted: kept for wanted, kept in self._kept.items() if kept[0].session.account != account}


def fresh_token(clock: Clock) -> str:
    """What nobody can guess: 192 bits and more, in hex."""
    return (clock.entropy() + clock.entropy() + clock.entropy()).hex()

"""What accounts and members are made of, and which e-mail addresses and passwords will do."""

from dataclasses import dataclass

from deskhand.application.configuration import Role
from deskhand.application.ids import fresh_id
from deskhand.domain.errors import DeskhandError, DocumentError
from deskhand.domain.phrases import phrase
from deskhand.domain.suggestions import shortened
from deskhand.domain.values import InvalidValue, parse
from deskhand.ports.accounts import AccountRow, MemberRow
from deskhand.ports.clock import Clock

SHORTEST = 10
"""Characters that a password has at least."""


class UnfitPassword(DeskhandError):
    """This password cannot be used."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What somebody gives to get an account."""

    email: str
    name: str
    password: str


def folded(email: str) -> str:
    """An address as it is looked up."""
    return email.strip().lower()


def email_of(text: str) -> str:
    """The address in lower case. Raises DocumentError for what is none."""
    try:
        return folded(str(parse("email", text.strip())))
    except InvalidValue:
        raise DocumentError(
            phrase("`{text}` is no e-mail address: write it like ada@example.com.", text=shortened(text))
        ) from None


def check_password(password: str, email: str) -> None:
    """Length alone makes a password good. Raises UnfitPassword."""
    if len(password) < SHORTEST:
        raise UnfitPassword(
            phrase(
                "The password is too short: use at least {least} characters. A sentence is a good one.", least=SHORTEST
            )
        )
    if password.strip().lower() in (email, email.partition("@")[0]):
        raise UnfitPassword("The password is the e-mail address, which is the first that anybody tries: use another.")


def new_account(clock: Clock, who: NewPerson, password: str, workspace: str) -> AccountRow:
    """The row of a person who is new; `password` is the hash."""
    email = email_of(who.email)
    return AccountRow(fresh_id("acct", clock), email, who.name.strip(), password, None, workspace, clock.now())


def new_member(clock: Clock, account: AccountRow, workspace: str, role: Role) -> MemberRow:
    """The row of somebody who comes to a workspace."""
    own = fresh_id("member", clock)
    return MemberRow(workspace, own, account.id, account.email, account.name, role, clock.now())

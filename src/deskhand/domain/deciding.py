"""Who may decide an approval: the members that its step names, and where four eyes are wanted somebody else."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from deskhand.domain.errors import DeskhandError
from deskhand.domain.model import Record, sparse
from deskhand.domain.phrases import phrase
from deskhand.domain.values import InvalidValue, parse

Role = Literal["owner", "admin", "agent"]
RANKS: tuple[Role, ...] = ("agent", "admin", "owner")
"""From the one that may least; whoever stands further on may all that the ones before may."""
Why = Literal["role", "members", "four_eyes_key", "four_eyes_published", "four_eyes_edited"]


class MayNotDecide(DeskhandError):
    """Somebody else has to decide this."""


def _address(given: str) -> str:
    try:
        return str(parse("email", given)).lower()
    except InvalidValue:
        raise ValueError(
            phrase("`{given}` is no email address: members are named by theirs.", given=given[:80])
        ) from None


class Approvers(Record):
    """Who may decide; with both fields given, one of them is enough."""

    role: Role | None = Field(
        default=None,
        description="This role and those above it: `agent`, `admin`, `owner`. API keys have one too.",
    )
    members: list[Annotated[str, AfterValidator(_address)]] = Field(
        default=[], max_length=100, description="Members by their email addresses."
    )

    @property
    def anybody(self) -> bool:
        """Whether every member may."""
        return self.role in (None, "agent") and (self.role == "agent" or not self.members)


class Person(Record):
    """Somebody who did something: a member, or the name of an API key."""

    name: str
    member: str | None = sparse(None)

    def is_(self, other: "Person") -> bool:
        """Whether both are the same member; where one of them is no member, the names tell."""
        if self.member is not None and other.member is not None:
            return self.member == other.member
        return self.name == other.name


class Decider(Person):
    """Somebody who wants to decide."""

    role: Role
    email: str | None = sparse(None)


class Rights(Record):
    """What tells who may decide an approval."""

    approvers: Approvers = sparse(Approvers())
    publisher: Person | None = sparse(None)
    """Who published the procedure's version."""
    editor: Person | None = sparse(None)
    """Who edited the request last."""


@dataclass(frozen=True, slots=True)
class Barred:
    """Why somebody may not decide."""

    why: Why
    sentence: str


def barred(rights: Rights, about: str, four_eyes: bool, who: Decider) -> Barred | None:
    """Why somebody may not decide, or None where they may.

    about: `approval`, or `outcome`, which is a matter of fact and needs no second person.
    """
    if not _is_named(rights.approvers, who):
        return Barred("members" if rights.approvers.role is None else "role", _only(rights.approvers))
    if not four_eyes or about == "outcome":
        return None
    if who.member is None:
        return Barred(
            "four_eyes_key",
            "This workspace wants four eyes, and an API key stands for nobody: sign in as a member to decide.",
        )
    if rights.publisher is not None and rights.publisher.is_(who):
        return Barred("four_eyes_published", "You published this procedure: somebody else has to decide (four eyes).")
    if rights.editor is not None and rights.editor.is_(who):
        return Barred("four_eyes_edited", "You edited this request: somebody else has to decide (four eyes).")
    return None


def _is_named(approvers: Approvers, who: Decider) -> bool:
    if approvers.anybody:
        return True
    if approvers.role is not None and RANKS.index(who.role) >= RANKS.index(approvers.role):
        return True
    return who.email is not None and who.email.lower() in approvers.members


_NAMED: dict[Role, str] = {
    "agent": phrase("any member"),
    "admin": phrase("an admin or an owner"),
    "owner": phrase("an owner"),
}


def _only(approvers: Approvers) -> str:
    named = [_NAMED[approvers.role]] if approvers.role else []
    named += approvers.members
    who = named[0] if len(named) == 1 else phrase("{names} or {last}", names=", ".join(named[:-1]), last=named[-1])
    return phrase("Only {who} may decide this.", who=who)

"""Deciding approvals: who may, how many wait for somebody, and what became of one that was decided already."""

from dataclasses import dataclass

from deskhand.application.approval_settings import approval_settings
from deskhand.domain.deciding import Barred, Decider, Rights, barred
from deskhand.domain.errors import RuleError
from deskhand.domain.lapsing import LAPSED
from deskhand.domain.phrases import phrase
from deskhand.ports.stores import ApprovalRow, Stores

DONE = {
    "approved": "{by} approved this already.",
    "rejected": "{by} rejected this already.",
    "expired": "This has expired: nobody decided in time.",
    "lapsed": "This has lapsed: {reason}",
    "happened": "{by} said already that it happened.",
    "retried": "{by} said already that it did not happen, and it was sent again.",
    "taken_over": "{by} has taken this over already.",
}


@dataclass(frozen=True, slots=True)
class Waits:
    """How many approvals wait."""

    pending: int
    """Approvals that the caller may decide."""
    outcomes: int
    """Outcomes that the caller may find out."""
    others: int
    """Both kinds, for other members alone."""


class AlreadyDecided(RuleError):
    """Somebody decided this already."""


class Deciding:
    """What one member or key may decide in a workspace."""

    def __init__(self, stores: Stores, workspace: str, who: Decider, four_eyes: bool) -> None:
        self._stores = stores
        self._workspace = workspace
        self.who = who
        self.four_eyes = four_eyes

    @classmethod
    async def of(cls, stores: Stores, workspace: str, who: Decider) -> "Deciding":
        """With the workspace's present settings."""
        return cls(stores, workspace, who, (await approval_settings(stores, workspace)).four_eyes)

    def barred(self, row: ApprovalRow) -> Barred | None:
        """Why they may not decide this one, or None."""
        return barred(rights_of(row.rights), row.about, self.four_eyes, self.who)

    async def mine(self) -> list[str]:
        """The rights, as they are stored, of everything that waits for them, among others."""
        waiting = await self._stores.conversations.waiting_approvals(self._workspace)
        return sorted({one.rights for one in waiting if self._may(one.about, one.rights)})

    async def waits(self) -> Waits:
        """How many wait for them."""
        pending = outcomes = others = 0
        for one in await self._stores.conversations.waiting_approvals(self._workspace):
            if not self._may(one.about, one.rights):
                others += one.count
            elif one.about == "outcome":
                outcomes += one.count
            else:
                pending += one.count
        return Waits(pending, outcomes, others)

    def _may(self, about: str, rights: str) -> bool:
        return barred(rights_of(rights), about, self.four_eyes, self.who) is None


def rights_of(stored: str) -> Rights:
    """Who may decide, from what is stored."""
    return Rights.model_validate_json(stored or "{}")


def already(row: ApprovalRow) -> AlreadyDecided | None:
    """The error of deciding once more; None where it still waits."""
    sentence = DONE.get(row.status)
    if sentence is None:
        return None
    reason: str = phrase("it is over.")
    if row.reason:  # a member's own words, or why it lapsed
        reason = phrase(row.reason) if row.reason in LAPSED.values() else row.reason
    by = row.decided_by or phrase("Somebody")
    return AlreadyDecided(phrase(sentence, by=by, reason=reason))

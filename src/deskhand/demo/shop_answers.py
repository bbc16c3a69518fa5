"""The demo shop's memory of `Idempotency-Key`s."""

from collections.abc import Callable

from deskhand.demo.shop_ledger import Conflict, Unusable
from deskhand.demo.shop_views import CancelRequest, OrderView, RefundRequest, RefundView

Answer = OrderView | RefundView
Asked = tuple[str, RefundRequest | CancelRequest]


class Answers:
    """What each key was answered, a refusal included: the same question again gets the same answer."""

    def __init__(self) -> None:
        self._given: dict[str, tuple[Asked, Answer | Conflict]] = {}

    def reset(self) -> None:
        """Forget every key."""
        self._given.clear()

    def once(self, key: str | None, asked: Asked, act: Callable[[], Answer]) -> Answer:
        """What `act` gives, done at most once per key; Conflict as before, Unusable for another question."""
        if key is None:
            return act()
        if key not in self._given:
            self._given[key] = (asked, _outcome(act))
        before, outcome = self._given[key]
        if before != asked:
            raise Unusable(f"Idempotency-Key: {key} was already used for another request.")
        if isinstance(outcome, Conflict):
            raise Conflict(str(outcome))
        return outcome


def _outcome(act: Callable[[], Answer]) -> Answer | Conflict:
    try:
        return act()
    except Conflict as refusal:
        return refusal

"""How much of a model may be used: per minute, per conversation and per day, and not while it is in trouble."""

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime

from deskhand.domain.language_model import LanguageModel, Spent
from deskhand.domain.phrases import phrase
from deskhand.ports.clock import Clock
from deskhand.ports.language_model import Cause, Exchange, ModelFailed
from deskhand.ports.stores import Spending

MINUTE = 60_000
MOST_FAILURES = 3
"""Time-outs and broken connections in a row after which a model is left alone for a while."""
PAUSE = 30_000
"""Milliseconds for which a model in trouble, or one that refuses the key, is left alone."""
LONGEST_PAUSE = 300_000
_TROUBLE: frozenset[Cause] = frozenset({"timeout", "unreachable"})


@dataclass(slots=True)
class _Use:
    """What one workspace lately asked of one model."""

    requests: deque[int] = field(default_factory=deque)
    failures: int = 0
    paused_until: int = 0
    why: str = ""


class Limits:
    """Says whether a model may be asked now, and keeps account of what was used.

    Requests per minute and pauses are counted by each process for itself; spending is in the database.
    """

    def __init__(self, spending: Spending, clock: Clock) -> None:
        self._spending = spending
        self._clock = clock
        self._uses: dict[tuple[str, str], _Use] = {}

    async def why_not(self, workspace: str, model: LanguageModel, conversation: Spent) -> str | None:
        """Why the model may not be asked now, as a sentence; or None."""
        now, use = self._clock.now(), self._use(workspace, model)
        if now < use.paused_until:
            return phrase(
                "The model `{slug}` is left alone for {seconds} s: {why}",
                slug=model.slug,
                seconds=-(-(use.paused_until - now) // 1000),
                why=use.why,
            )
        while use.requests and use.requests[0] <= now - MINUTE:
            use.requests.popleft()
        if model.requests_per_minute is not None and len(use.requests) >= model.requests_per_minute:
            return phrase(
                "The model `{slug}` was asked {count} times within a minute: that is its limit.",
                slug=model.slug,
                count=len(use.requests),
            )
        over = _over(conversation, model.limit_conversation, model.tokens_conversation)
        if over:
            return phrase(
                "This conversation has used {over} of the model `{slug}`: that is its limit.",
                over=over,
                slug=model.slug,
            )
        if model.limit_day is None and model.tokens_day is None:
            return None
        spent = await self._spending.spent(workspace, self.today(), model.slug)
        over = _over(spent, model.limit_day, model.tokens_day)
        return (
            None
            if over is None
            else phrase("Today {over} of the model `{slug}` were used: that is its limit.", over=over, slug=model.slug)
        )

    def today(self) -> str:
        """The day that spending counts for, in UTC."""
        return datetime.fromtimestamp(self._clock.now() / 1000, UTC).date().isoformat()

    def asking(self, workspace: str, model: LanguageModel) -> None:
        """A request goes out."""
        self._use(workspace, model).requests.append(self._clock.now())

    async def asked(self, workspace: str, model: LanguageModel, exchange: Exchange | None) -> None:
        """A request came back: what it used counts from now on."""
        if exchange is not None:
            await self._spending.add(
                workspace, self.today(), model.slug, exchange.cost, exchange.input_tokens, exchange.output_tokens
            )

    def worked(self, workspace: str, model: LanguageModel) -> None:
        """It answered, with something that can be used or not."""
        self._use(workspace, model).failures = 0

    def failed(self, workspace: str, model: LanguageModel, failure: ModelFailed) -> None:
        """It did not answer: leave it alone for a while where that spares customers from waiting."""
        use = self._use(workspace, model)
        use.failures = use.failures + 1 if failure.cause in _TROUBLE else 0
        pause = 0
        if failure.cause == "rate_limited":
            pause = round((failure.retry_after or 1.0) * 1000)
        elif failure.cause == "unauthorized" or use.failures >= MOST_FAILURES:
            pause = PAUSE
        if pause:
            use.paused_until = self._clock.now() + min(pause, LONGEST_PAUSE)
            use.why = failure.sentence

    def _use(self, workspace: str, model: LanguageModel) -> _Use:
        # by all of the model: one that was changed starts anew
        return self._uses.setdefault((workspace, model.model_dump_json()), _Use())


def _over(spent: Spent, cost: float | None, tokens: int | None) -> str | None:
    """What was spent, where that has reached a limit."""
    if cost is not None and spent.cost >= cost * 1_000_000:
        return f"{spent.cost / 1_000_000:.4f} USD"
    if tokens is not None and spent.tokens >= tokens:
        return f"{spent.tokens:,} tokens"
    return None

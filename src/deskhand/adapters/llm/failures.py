"""What an error of the models' library means, and what the guarded edge knows of it."""

import re

from deskhand.adapters.edge.attempts import Attempt
from deskhand.adapters.llm.wire import Answered, WireFailed
from deskhand.domain.phrases import phrase
from deskhand.domain.suggestions import shortened
from deskhand.domain.untrusted import fit_text
from deskhand.ports.http import OutwardError, Refused
from deskhand.ports.language_model import Access

LONGEST_SAID = 300
_SAID = re.compile(r"'message': (['\"])(.*?)\1", re.DOTALL)


def failure(access: Access, error: BaseException, attempt: Attempt, answered: Answered) -> WireFailed:
    """The failure that an error is: the edge knows better than the library, which was only told a status."""
    if isinstance(error, WireFailed):
        return WireFailed(error.sentence, error.cause, answered, error.retry_after)
    stopped = error if isinstance(error, OutwardError) else attempt.stopped
    who = phrase("The model `{slug}`", slug=access.model.slug)
    if stopped is not None:
        cause = "blocked" if isinstance(stopped, Refused) else "unreachable"
        return WireFailed(phrase("{who}: {why}", who=who, why=stopped.sentence), cause, answered)  # type: ignore[arg-type]
    if attempt.broke is not None:
        return WireFailed(phrase("{who} {broke}.", who=who, broke=attempt.broke), "unreachable", answered)
    status = getattr(error, "status_code", None) or attempt.status
    if isinstance(status, int) and status >= 300:
        return _by_status(who, status, error, answered)
    return _by_kind(who, error, answered)


def _by_status(who: str, status: int, error: BaseException, answered: Answered) -> WireFailed:
    said = _said(error)
    if status in (401, 403):
        return WireFailed(
            phrase("{who} refuses the key ({status}){said}.", who=who, status=status, said=said),
            "unauthorized",
            answered,
        )
    if status == 429:
        return WireFailed(
            phrase("{who} is asked too often (429){said}.", who=who, said=said),
            "rate_limited",
            answered,
            _retry_after(error),
        )
    if status in (408, 409) or status >= 500:
        return WireFailed(
            phrase("{who} answered {status}{said}.", who=who, status=status, said=said), "unreachable", answered
        )
    return WireFailed(
        phrase("{who} turns the request down ({status}){said}.", who=who, status=status, said=said),
        "rejected",
        answered,
    )


def _by_kind(who: str, error: BaseException, answered: Answered) -> WireFailed:
    from pydantic_ai import exceptions

    if isinstance(error, exceptions.ContentFilterError):
        return WireFailed(phrase("{who} declined to answer.", who=who), "refused", answered)
    if isinstance(error, exceptions.ModelAPIError):
        return WireFailed(
            phrase("{who} broke the connection{said}.", who=who, said=_said(error)), "unreachable", answered
        )
    return WireFailed(phrase("{who} answered with something that cannot be read.", who=who), "malformed", answered)


def _said(error: BaseException) -> str:
    """What the provider wrote, behind a colon; its words are shown and never believed."""
    body = getattr(error, "body", None)
    message = body.get("message") if isinstance(body, dict) else None
    if message is None and isinstance(body, dict) and isinstance(body.get("error"), dict):
        message = body["error"].get("message")
    if not isinstance(message, str):
        found = _SAID.search(str(body)[:5000]) if body is not None else None
        message = found[2] if found else ""
    text = shortened(fit_text(message), LONGEST_SAID).rstrip(".")
    return f": {text}" if text else ""


def _retry_after(error: BaseException) -> float | None:
    """Seconds that the provider asked to wait; a date is taken for no wish."""
    given = (getattr(error, "headers", None) or {}).get("retry-after", "")
    try:
        return max(float(given), 0.0)
    except ValueError:
        return None

"""What an error of the protocol's library means: an answer after all, nothing sent, or nobody can say."""

from deskhand.adapters.edge.attempts import Attempt
from deskhand.domain.phrases import phrase
from deskhand.domain.untrusted import fit_text
from deskhand.ports.http import NotSent, OutcomeUnknown, OutwardError

LONGEST_ANSWER = 1000
_INVALID_PARAMS = -32602
_MADE_UP = (
    "Connection closed",
    "Failed to parse ",
    "Request 'tools/call' timed out",
    "SSE stream ",
    "Server returned an error response",
    "Session terminated",
    "Redirect to ",
    "Unexpected content type",
    "server answered a request with 202",
)
"""How errors begin that the library makes up where the server gave no answer to the message itself."""


class Forgotten(NotSent):
    """The server does not know the session, so it did nothing."""

    usual = "broken"

    def __init__(self, server: str, said: str) -> None:
        super().__init__(phrase("The MCP server `{server}` has forgotten the session.", server=server))
        self.said = said
        """What it answered, should a fresh session change nothing."""


def is_forgotten(error: BaseException, status: int | None) -> bool:
    """Whether the server answered that it knows no such session; many say so with 400 in place of 404."""
    found = _protocol_error(error)
    return found is not None and (status == 404 or (status == 400 and found[0] != _INVALID_PARAMS))


def refusal(error: BaseException, status: int | None) -> str | None:
    """What the server itself answered in place of a result, or None where it answered nothing that can be believed."""
    found = _protocol_error(error)
    if found is None or status in (401, 403) or (status is not None and status >= 500):
        return None
    message = found[1]
    if not message.startswith(_MADE_UP):
        return fit_text(message)[:LONGEST_ANSWER]
    return phrase("the server answered {status}", status=status) if status is not None and 400 <= status < 500 else None


def failure(server: str, error: BaseException, attempt: Attempt, sent: bool) -> OutwardError:
    """What it means that there was no answer. sent: whether it matters that something may have gone out."""
    if isinstance(error, OutwardError):
        return error
    unknown = sent and attempt.reached
    if attempt.stopped is not None and not unknown:
        return attempt.stopped
    where = phrase("The MCP server `{server}`", server=server)
    if attempt.status in (401, 403):
        return NotSent(
            phrase("{where} refused the credentials ({status}).", where=where, status=attempt.status), "credentials"
        )
    why = attempt.broke or _reason(error, attempt.status)
    if unknown:
        return OutcomeUnknown(
            phrase("{where} {why}. The call may have been carried out all the same.", where=where, why=why), "broken"
        )
    return NotSent(phrase("{where} could not be used: it {why}. Nothing was sent.", where=where, why=why), "broken")


def _leaves(error: BaseException) -> list[BaseException]:
    """The errors in a group, or the one."""
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    return [error, *([error.__cause__] if error.__cause__ else [])]


def _protocol_error(error: BaseException) -> tuple[int, str] | None:
    from mcp.shared.exceptions import MCPError

    found = next((leaf for leaf in _leaves(error) if isinstance(leaf, MCPError)), None)
    return None if found is None else (found.error.code, str(found.error.message))


def _reason(error: BaseException, status: int | None) -> str:
    from pydantic import ValidationError

    if status is not None and status >= 300:
        return phrase("answered {status}", status=status)
    for leaf in _leaves(error):
        if isinstance(leaf, FileNotFoundError):
            return phrase("could not be started: there is no such command")
        if isinstance(leaf, ValidationError):
            place = ".".join(str(part) for part in leaf.errors(include_url=False, include_input=False)[0]["loc"])
            return phrase(
                "answered with something that is not what the protocol asks for (`{place}`)",
                place=fit_text(place)[:200],
            )
        text = fit_text(str(leaf)).strip().splitlines()
        if text:
            return phrase("failed: {fault}", fault=text[0][:200].rstrip("."))
    return phrase("broke the connection")

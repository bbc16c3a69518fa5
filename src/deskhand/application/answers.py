"""What an answer says: whether the act happened, and what can be read in it."""

from dataclasses import dataclass
from typing import Any

from deskhand.domain.effects import CallHttp, Perform
from deskhand.domain.events import EffectFailed, EffectSucceeded, EffectUnknown, Result
from deskhand.domain.masking import forms_of
from deskhand.domain.phrases import altered, phrase
from deskhand.domain.untrusted import Unreadable, fit_text, read_json
from deskhand.domain.values import text_of
from deskhand.ports.http import Answer, Cause

TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which trying again could help."""

SHORTEST_SECRET = 4
"""A secret so short is not taken out of answers: that would garble the text and tell what it is."""


@dataclass(frozen=True, slots=True)
class Performed:
    """What became of an act: the event for its run, and what the journal records."""

    result: Result
    status: int | None = None
    milliseconds: int = 0
    problem: str | None = None
    body: Any = None
    transient: bool = False
    """Whether trying again could help."""
    tries: int = 1
    cause: Cause | None = None
    """Why no answer came, where none did."""
    tool_changed: bool = False
    """Whether an MCP server's tool is another one than a member looked at."""


def judge(wanted: Perform, answer: Answer, used: dict[str, str]) -> Performed:
    """What an answer says about the act.

    2xx: it happened, even if the body cannot be read. 4xx but 408 and 429, and statuses that the action declares as
    definite: it did not. Anything else leaves it open, unless the call only reads.
    """
    reads = not wanted.act.changes
    definite = wanted.act.request.definite if isinstance(wanted.act, CallHttp) else ()
    body, problem = read_body(answer, used)
    status, took = answer.status, answer.milliseconds
    run, seq = wanted.run, wanted.seq
    if 200 <= status < 300:
        unusable = problem is not None and reads
        result: Result = (
            EffectFailed(run=run, seq=seq, problem=problem or "", status=status)
            if unusable
            else EffectSucceeded(run=run, seq=seq, output=body, status=status, problem=problem)
        )
        return Performed(result, status, took, problem, body)
    problem = phrase("The server answered {status}{reason}.", status=status, reason=_reason(body))
    if reads or status in definite or (400 <= status < 500 and status not in (408, 429)):
        result = EffectFailed(run=run, seq=seq, problem=problem, status=status, body=body)
    else:
        result = EffectUnknown(run=run, seq=seq, problem=problem)
    return Performed(result, status, took, problem, body, transient=status in TRANSIENT)


def read_body(answer: Answer, used: dict[str, str]) -> tuple[Any, str | None]:
    """The body as a value, and what is wrong with it: JSON where it is JSON, text where it is plain text."""
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    try:
        text = scrub(answer.body.decode(_charset(answer)), used)
    except (UnicodeDecodeError, LookupError):
        return None, "The answer's text cannot be decoded."
    if answer.problem:
        return None, answer.problem
    if not text.strip():
        return None, None
    if kind == "text/html" or (not kind and text.lstrip()[:1] == "<"):
        return None, "The answer is an HTML page, not JSON."
    if kind.startswith("text/") and kind != "text/json":
        return fit_text(text), None
    try:
        value = read_json(text)
        # only behind an escape can a secret be that is not in the text itself
        return scrub_value(value, used) if "\\" in text else value, None
    except Unreadable as error:
        return None, phrase("The answer cannot be read: {why}.", why=error.sentence)


def scrub_value(value: Any, secrets: dict[str, str]) -> Any:
    """The value with its texts scrubbed: JSON can escape any sign of a secret, as many servers do with `/`."""
    if isinstance(value, str):
        return scrub(value, secrets)
    if isinstance(value, dict):
        return {scrub(key, secrets): scrub_value(item, secrets) for key, item in value.items()}
    if isinstance(value, list):
        return [scrub_value(item, secrets) for item in value]
    return value


def scrub(text: str, secrets: dict[str, str]) -> str:
    """The text without the secrets that were sent, in whatever form a server echoes them."""
    return altered(text, lambda plain: _scrubbed(plain, secrets))


def _scrubbed(text: str, secrets: dict[str, str]) -> str:
    for name, value in secrets.items():
        for form in forms_of(value) if len(value) >= SHORTEST_SECRET else ():
            if form in text:
                text = text.replace(form, f"[{name}]")
    return text


def _charset(answer: Answer) -> str:
    for part in answer.headers.get("content-type", "").split(";")[1:]:
        name, _, value = part.strip().partition("=")
        if name.lower() == "charset":
            return value.strip('"') or "utf-8"
    return "utf-8"


def _reason(body: Any) -> str:
    if isinstance(body, dict):
        for name in ("error", "message", "detail", "title"):
            if isinstance(body.get(name), str):
                return f": {body[name][:200]}".rstrip(".")
    return ""


def retry_after(answer: Answer) -> float | None:
    """Seconds that the server asks to wait, or None."""
    value = answer.headers.get("retry-after", "")
    return float(value) if value.isdigit() and len(value) < 6 else None


def plain(value: Any) -> str:
    """A value as a short text in a sentence."""
    return fit_text(text_of(value))[:200].rstrip(".")

"""Carrying out acts: what went over the wire, and what can be said about it afterwards."""

import asyncio
import base64
import json
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from deskhand.application.catalogue import Catalogues, Snapshot
from deskhand.domain.effects import CallHttp, Perform, SendEmail
from deskhand.domain.errors import DeskhandError, RuleError
from deskhand.domain.events import EffectFailed, EffectSucceeded, EffectUnknown, Result
from deskhand.domain.requests import RenderedRequest
from deskhand.domain.templates import fill_secrets
from deskhand.domain.untrusted import Unreadable, fit_text, read_json
from deskhand.ports.clock import Clock
from deskhand.ports.http import Answer, Http, NotSent, OutcomeUnknown, OutwardError, OutwardRequest
from deskhand.ports.mail import Mailer, MailNotSent, MailOutcomeUnknown

TRIES = 3
"""How often a repeatable call is sent at most."""
FIRST_WAIT = 0.25
"""Seconds before the first repetition; doubled each time."""
WHOLE_LIMIT = 120.0
FAULT = "A fault of Deskhand's own broke it off: the server's log says more."
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})


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


class Performer:
    """Sends what the engine released."""

    def __init__(self, http: Http, mailer: Mailer, catalogues: Catalogues, clock: Clock) -> None:
        self._http = http
        self._mailer = mailer
        self._catalogues = catalogues
        self._clock = clock

    async def perform(self, workspace: str, wanted: Perform, snapshot: Snapshot) -> Performed:
        """Carry out one outward act and say what became of it; never raises."""
        try:
            match wanted.act:
                case CallHttp():
                    return await self._call(workspace, wanted, wanted.act.request, snapshot)
                case SendEmail():
                    return await self._mail(workspace, wanted, wanted.act)
                case _:
                    raise TypeError(f"{wanted.act.kind} is carried out by the commit, not over the wire")
        except Exception as error:
            # It may have struck before the wire was touched or after: left alone, the run would wait for ever.
            complain(f"The act {wanted.seq} of {wanted.run} was broken off.", error)
            return _broken_off(wanted)

    async def _mail(self, workspace: str, wanted: Perform, act: SendEmail) -> Performed:
        begin = self._clock.now()
        try:
            await self._mailer.send(workspace, act.to, act.subject, act.body, wanted.key)
        except MailNotSent as error:
            return _failed(wanted, error.sentence)
        except MailOutcomeUnknown as error:
            return _unknown(wanted, error.sentence)
        return Performed(EffectSucceeded(run=wanted.run, seq=wanted.seq), milliseconds=self._clock.now() - begin)

    async def _call(self, workspace: str, wanted: Perform, request: RenderedRequest, snapshot: Snapshot) -> Performed:
        try:
            outward, used = await self._outward(workspace, wanted, request, snapshot)
        except DeskhandError as error:
            return _failed(wanted, error.sentence)
        deadline = self._clock.now() + WHOLE_LIMIT * 1000
        tries = 0
        while True:
            tries += 1
            performed, retry_after = await self._once(workspace, wanted, request, outward, used, snapshot)
            wait = self._wait_before_repeating(wanted, performed, retry_after, tries)
            if wait is None or self._clock.now() + wait * 1000 >= deadline:
                return performed if tries == 1 else replace(performed, tries=tries)
            await self._clock.sleep(wait)

    def _wait_before_repeating(
        self, wanted: Perform, performed: Performed, retry_after: float | None, tries: int
    ) -> float | None:
        """Seconds until the next try, or None where there must be none."""
        if tries >= TRIES or not performed.transient or wanted.irreversible:
            return None
        if performed.status in (429, 503) and retry_after is not None:
            return retry_after
        return FIRST_WAIT * float(2 ** (tries - 1)) if wanted.repeatable else None

    async def _outward(
        self, workspace: str, wanted: Perform, request: RenderedRequest, snapshot: Snapshot
    ) -> tuple[OutwardRequest, dict[str, str]]:
        """Fill in the secrets; gives the request for the wire and the secrets that are in it."""
        names = request.secrets()
        connection = snapshot.connections.get(request.connection) if request.connection else None
        if request.connection and connection is None:
            raise RuleError(f"The connection `{request.connection}` was removed.")
        if connection is not None and connection.fingerprint != request.fingerprint:
            # the request was made for another address: the new credential must not go there
            raise RuleError(f"The connection `{request.connection}` was changed after the request was made.")
        auth = connection.auth if connection else None
        if auth:
            names = names | {auth.secret}
        used = {name: await self._catalogues.secret(workspace, snapshot, name) for name in names}
        headers = {name: fill_secrets(value, used) for name, value in request.headers.items()}
        if auth:
            headers["Authorization"] = f"Bearer {used[auth.secret]}"
        if not request.read_only:
            headers.setdefault(request.key_header, wanted.key)
        body = None if request.body is None else fill_secrets(request.body, used, in_json=True).encode()
        outward = OutwardRequest(
            method=request.method,
            url=request.url,
            headers=headers,
            body=body,
            idempotent=wanted.repeatable,
            timeout=request.timeout,
        )
        return outward, used

    async def _once(
        self,
        workspace: str,
        wanted: Perform,
        request: RenderedRequest,
        outward: OutwardRequest,
        used: dict[str, str],
        snapshot: Snapshot,
    ) -> tuple[Performed, float | None]:
        try:
            answer = await self._http.send(workspace, outward, snapshot.internal_hosts)
        except NotSent as error:
            return _failed(wanted, scrub(error.sentence, used), transient=True), None
        except OutcomeUnknown as error:
            sentence = scrub(error.sentence, used)
            return (_failed if request.read_only else _unknown)(wanted, sentence, transient=True), None
        except OutwardError as error:
            return _failed(wanted, scrub(error.sentence, used)), None
        return judge(wanted, request, answer, used), _retry_after(answer)


def judge(wanted: Perform, request: RenderedRequest, answer: Answer, used: dict[str, str]) -> Performed:
    """What an answer says about the act.

    2xx: it happened, even if the body cannot be read. 4xx but 408 and 429: it did not. Anything else leaves it open,
    unless the call only reads.
    """
    body, problem = read_body(answer, used)
    status, took = answer.status, answer.milliseconds
    run, seq = wanted.run, wanted.seq
    if 200 <= status < 300:
        unusable = problem is not None and request.read_only
        result: Result = (
            EffectFailed(run=run, seq=seq, problem=problem or "", status=status)
            if unusable
            else EffectSucceeded(run=run, seq=seq, output=body)
        )
        return Performed(result, status, took, problem, body)
    problem = f"The server answered {status}{_reason(body)}."
    if request.read_only or (400 <= status < 500 and status not in (408, 429)):
        result = EffectFailed(run=run, seq=seq, problem=problem, status=status, body=body)
    else:
        result = EffectUnknown(run=run, seq=seq, problem=problem)
    return Performed(result, status, took, problem, body, transient=status in _TRANSIENT)


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
        return _scrubbed(read_json(text), used), None
    except Unreadable as error:
        return None, f"The answer cannot be read: {error.sentence}."


def _scrubbed(value: Any, secrets: dict[str, str]) -> Any:
    """The value with its texts scrubbed: JSON can escape any sign of a secret, as many servers do with `/`."""
    if isinstance(value, str):
        return scrub(value, secrets)
    if isinstance(value, dict):
        return {scrub(key, secrets): _scrubbed(item, secrets) for key, item in value.items()}
    if isinstance(value, list):
        return [_scrubbed(item, secrets) for item in value]
    return value


def scrub(text: str, secrets: dict[str, str]) -> str:
    """The text without the secrets that were sent, in whatever form a server echoes them."""
    for name, value in secrets.items():
        for form in _forms(value):
            if form in text:
                text = text.replace(form, f"[{name}]")
    return text


def _forms(value: str) -> list[str]:
    if len(value) < 4:
        return []  # so short that taking it out would garble the text and tell what it is
    encoded = base64.b64encode(value.encode()).decode()
    forms = {value, quote(value, safe=""), quote(value), encoded.rstrip("="), json.dumps(value)[1:-1]}
    return sorted(forms, key=len, reverse=True)


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


def _retry_after(answer: Answer) -> float | None:
    value = answer.headers.get("retry-after", "")
    return float(value) if value.isdigit() and len(value) < 6 else None


def _broken_off(wanted: Perform) -> Performed:
    read_only = isinstance(wanted.act, CallHttp) and wanted.act.request.read_only
    return (_failed if read_only else _unknown)(wanted, FAULT)


def complain(message: str, error: BaseException) -> None:
    """Put an error into the server's log that no caller is there to be told of."""
    asyncio.get_running_loop().call_exception_handler({"message": message, "exception": error})


def _failed(wanted: Perform, problem: str, transient: bool = False) -> Performed:
    failed = EffectFailed(run=wanted.run, seq=wanted.seq, problem=problem)
    return Performed(failed, problem=problem, transient=transient)


def _unknown(wanted: Perform, problem: str, transient: bool = False) -> Performed:
    unknown = EffectUnknown(run=wanted.run, seq=wanted.seq, problem=problem)
    return Performed(unknown, problem=problem, transient=transient)

"""Carrying out acts: what went over the wire, and what can be said about it afterwards."""

import asyncio
from dataclasses import replace

from deskhand.application.answers import Performed, judge, plain, retry_after, scrub, scrub_value
from deskhand.application.authenticating import Authenticator, Credentials
from deskhand.application.catalogue import Snapshot
from deskhand.domain.addresses import with_scheme
from deskhand.domain.authentication import Auth
from deskhand.domain.effects import Call, CallHttp, CallTool, Perform, SendEmail
from deskhand.domain.errors import DeskhandError, RuleError
from deskhand.domain.events import EffectFailed, EffectSucceeded, EffectUnknown
from deskhand.domain.masking import masked_text
from deskhand.domain.model import Json
from deskhand.domain.phrases import phrase
from deskhand.domain.requests import Connection, RenderedRequest
from deskhand.domain.templates import fill_secrets
from deskhand.ports.clock import Clock
from deskhand.ports.http import Http, NotSent, OutcomeUnknown, OutwardError, OutwardRequest
from deskhand.ports.mail import Mailer, MailNotSent, MailOutcomeUnknown
from deskhand.ports.mcp import Mcp, McpTarget, ToolChanged
from deskhand.ports.transformer import Transformer, TransformFailed

TRIES = 3
"""How often a repeatable call is sent at most."""
FIRST_WAIT = 0.25
"""Seconds before the first repetition; doubled each time."""
WHOLE_LIMIT = 120.0
FAULT = "A fault of Deskhand's own broke it off: the server's log says more."


class Performer:
    """Sends what the engine released."""

    def __init__(
        self,
        http: Http,
        mailer: Mailer,
        mcp: Mcp,
        transformer: Transformer,
        authenticator: Authenticator,
        clock: Clock,
    ) -> None:
        self._http = http
        self._mailer = mailer
        self._mcp = mcp
        self._transformer = transformer
        self._authenticator = authenticator
        self._clock = clock

    async def perform(self, workspace: str, wanted: Perform, snapshot: Snapshot, test: bool = False) -> Performed:
        """Carry out one outward act and say what became of it; never raises.

        test: with the connection's test credentials, where it has some.
        """
        try:
            match wanted.act:
                case CallHttp():
                    performed = await self._call(workspace, wanted, wanted.act.request, snapshot, test)
                case CallTool():
                    performed = await self._tool(workspace, wanted, wanted.act, snapshot, test)
                case SendEmail():
                    return await self._mail(workspace, wanted, wanted.act)
                case _:
                    raise TypeError(f"{wanted.act.kind} is carried out by the commit, not over the wire")
            return await self.read(wanted, performed)
        except Exception as error:
            # It may have struck before the wire was touched or after: left alone, the run would wait for ever.
            complain(f"The act {wanted.seq} of {wanted.run} was broken off.", error)
            return _broken_off(wanted)

    async def read(self, wanted: Perform, performed: Performed) -> Performed:
        """The answer to a call, real or made up, as the run gets it: transformed, and without what nobody may read."""
        if not isinstance(wanted.act, CallHttp | CallTool):
            return performed
        performed = await self._transformed(wanted, wanted.act, performed)
        return _readable(performed, wanted.act.handling.sensitive)

    async def try_transform(self, source: str, response: Json, context: Json) -> Json:
        """What a transformer makes of an answer. Raises TransformFailed."""
        return await self._transformer.transform(source, response, context)

    async def _mail(self, workspace: str, wanted: Perform, act: SendEmail) -> Performed:
        begin = self._clock.now()
        try:
            await self._mailer.send(workspace, act.to, act.subject, act.body, wanted.key)
        except MailNotSent as error:
            return _failed(wanted, error.sentence)
        except MailOutcomeUnknown as error:
            return _unknown(wanted, error.sentence)
        return Performed(EffectSucceeded(run=wanted.run, seq=wanted.seq), milliseconds=self._clock.now() - begin)

    async def _transformed(self, wanted: Perform, act: Call, performed: Performed) -> Performed:
        """The result with the value that the action's script makes of the answer."""
        result = performed.result
        if act.handling.transform is None or not isinstance(result, EffectSucceeded) or performed.problem:
            return performed
        context = {**act.handling.context, "status": performed.status}
        try:
            value = await self._transformer.transform(act.handling.transform, result.output, context)
        except TransformFailed as error:
            problem = phrase("The transformer failed: {why}", why=error.sentence)
            if not act.changes:
                failed = EffectFailed(run=wanted.run, seq=wanted.seq, problem=problem, status=performed.status)
                return replace(performed, result=failed, problem=problem)
            # what was called happened, whatever the script makes of the answer
            unread = result.model_copy(update={"output": None, "problem": problem})
            return replace(performed, result=unread, problem=problem)
        return replace(performed, result=result.model_copy(update={"output": value}))

    # HTTP

    async def _call(
        self, workspace: str, wanted: Perform, request: RenderedRequest, snapshot: Snapshot, test: bool
    ) -> Performed:
        deadline = self._clock.now() + WHOLE_LIMIT * 1000
        tries, refused = 0, False
        while True:
            tries += 1
            try:
                auth = _auth_of(request, snapshot, test)
                sent = await self._outward(workspace, wanted, request, auth, snapshot)
            except DeskhandError as error:
                return _failed(wanted, error.sentence)
            performed, wait_for = await self._once(workspace, wanted, sent, snapshot)
            if performed.status == 401 and not refused and self._authenticator.drop(sent):
                refused = True  # the token had expired before its time; a 401 says that nothing was done
                continue
            wait = self._wait_before_repeating(wanted, performed, wait_for, tries)
            if wait is None or self._clock.now() + wait * 1000 >= deadline:
                return performed if tries == 1 else replace(performed, tries=tries)
            await self._clock.sleep(wait)

    def _wait_before_repeating(
        self, wanted: Perform, performed: Performed, wait_for: float | None, tries: int
    ) -> float | None:
        """Seconds until the next try, or None where there must be none."""
        if tries >= TRIES or not performed.transient or wanted.irreversible:
            return None
        if performed.status in (429, 503) and wait_for is not None:
            return wait_for
        return FIRST_WAIT * float(2 ** (tries - 1)) if wanted.repeatable else None

    async def _outward(
        self, workspace: str, wanted: Perform, request: RenderedRequest, auth: Auth | None, snapshot: Snapshot
    ) -> Credentials:
        """The request for the wire, with all that is secret in it."""
        used = await self._authenticator.secrets(workspace, snapshot, request.secrets())
        headers = {name: fill_secrets(value, used) for name, value in request.headers.items()}
        if not request.read_only:
            headers.setdefault(request.key_header, wanted.key)
        body = None if request.body is None else fill_secrets(request.body, used, request.escaping).encode()
        outward = OutwardRequest(
            method=request.method,
            url=request.url,
            headers=headers,
            body=body,
            idempotent=wanted.repeatable,
            timeout=request.timeout,
        )
        return await self._authenticator.authenticate(workspace, snapshot, auth, outward, used)

    async def _once(
        self, workspace: str, wanted: Perform, sent: Credentials, snapshot: Snapshot
    ) -> tuple[Performed, float | None]:
        try:
            answer = await self._http.send(workspace, sent.request, snapshot.internal_hosts)
        except OutwardError as error:
            return _not_answered(wanted, error, sent.used), None
        return judge(wanted, answer, sent.used), retry_after(answer)

    # MCP

    async def _tool(
        self, workspace: str, wanted: Perform, act: CallTool, snapshot: Snapshot, test: bool, again: bool = True
    ) -> Performed:
        used: dict[str, str] = {}
        sent: Credentials | None = None
        try:
            connection = _checked(act.connection, act.fingerprint, snapshot)
            target, sent = await self.target(workspace, connection, snapshot, test)
            used = sent.used
            answer = await self._mcp.call(
                workspace, target, act.tool, act.tool_fingerprint, act.arguments, act.timeout, wanted.repeatable
            )
        except ToolChanged as error:
            problem = phrase("{why} A member has to look at the action before it is used again.", why=error.sentence)
            return replace(_failed(wanted, problem), tool_changed=True)
        except OutwardError as error:
            refused = isinstance(error, NotSent) and error.cause == "credentials"
            if again and refused and sent is not None and self._authenticator.drop(sent):
                # the token had expired before its time; who refuses a credential has done nothing
                return await self._tool(workspace, wanted, act, snapshot, test, again=False)
            return _not_answered(wanted, error, used)
        except DeskhandError as error:
            return _failed(wanted, error.sentence)
        output = scrub_value(answer.output, used)
        if answer.is_error:
            said = plain(output)
            problem = phrase("The tool answered with an error.")
            if said:
                problem = phrase("The tool answered with an error: {said}.", said=said)
            failed = EffectFailed(run=wanted.run, seq=wanted.seq, problem=problem, body=output, answered=True)
            return Performed(failed, None, answer.milliseconds, problem, output)
        done = EffectSucceeded(run=wanted.run, seq=wanted.seq, output=output)
        return Performed(done, None, answer.milliseconds, body=output)

    async def target(
        self, workspace: str, connection: Connection, snapshot: Snapshot, test: bool = False
    ) -> tuple[McpTarget, Credentials]:
        """An MCP server with its credentials, and where they come from."""
        auth = (connection.test_auth if test else None) or connection.auth
        bare = OutwardRequest(method="POST", url=with_scheme(connection.base_url))
        sent = await self._authenticator.authenticate(workspace, snapshot, auth, bare, {})
        target = McpTarget(
            slug=connection.slug,
            fingerprint=connection.fingerprint,
            url=None if connection.kind == "mcp_stdio" else sent.request.url,
            command=tuple(connection.command),
            headers=sent.request.headers,
            allowed=snapshot.internal_hosts,
        )
        return target, sent


def _auth_of(request: RenderedRequest, snapshot: Snapshot, test: bool) -> Auth | None:
    """How the request proves who we are. Raises RuleError where its connection is another one by now."""
    if request.connection is None:
        return request.auth
    connection = _checked(request.connection, request.fingerprint, snapshot)
    if test and connection.test_auth is not None:
        return connection.test_auth
    return request.auth or connection.auth


def _checked(slug: str, fingerprint: str | None, snapshot: Snapshot) -> Connection:
    connection = snapshot.connections.get(slug)
    if connection is None:
        raise RuleError(phrase("The connection `{slug}` was removed.", slug=slug))
    if connection.fingerprint != fingerprint:
        # the request was made for another address: the new credential must not go there
        raise RuleError(phrase("The connection `{slug}` was changed after the request was made.", slug=slug))
    return connection


def _not_answered(wanted: Perform, error: OutwardError, used: dict[str, str]) -> Performed:
    """What it means that no answer came."""
    sentence = scrub(error.sentence, used)
    match error:
        case NotSent():
            performed = _failed(wanted, sentence, transient=True)
        case OutcomeUnknown():
            performed = (_unknown if wanted.act.changes else _failed)(wanted, sentence, transient=True)
        case _:
            performed = _failed(wanted, sentence)
    if error.cause == "timeout" and isinstance(performed.result, EffectFailed):
        late = performed.result.model_copy(update={"timed_out": True})
        performed = replace(performed, result=late)
    return replace(performed, cause=error.cause)


def _readable(performed: Performed, hidden: tuple[str, ...]) -> Performed:
    """What went wrong, without values that nobody may read: a server may quote them."""
    if not hidden or performed.problem is None:
        return performed
    result = performed.result
    if result.problem is not None:
        result = result.model_copy(update={"problem": masked_text(result.problem, hidden)})
    return replace(performed, result=result, problem=masked_text(performed.problem, hidden))


def _broken_off(wanted: Perform) -> Performed:
    return (_unknown if wanted.act.changes else _failed)(wanted, FAULT)


def complain(message: str, error: BaseException) -> None:
    """Put an error into the server's log that no caller is there to be told of."""
    asyncio.get_running_loop().call_exception_handler({"message": message, "exception": error})


def _failed(wanted: Perform, problem: str, transient: bool = False) -> Performed:
    failed = EffectFailed(run=wanted.run, seq=wanted.seq, problem=problem)
    return Performed(failed, problem=problem, transient=transient)


def _unknown(wanted: Perform, problem: str, transient: bool = False) -> Performed:
    unknown = EffectUnknown(run=wanted.run, seq=wanted.seq, problem=problem)
    return Performed(unknown, problem=problem, transient=transient)

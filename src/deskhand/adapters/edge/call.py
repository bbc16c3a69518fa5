"""One call through the edge: its redirects, its total limit, its answer."""

import asyncio
from dataclasses import replace

from aiohttp import ClientError, ClientResponse

from deskhand.adapters.edge.body import Body, Unreadable
from deskhand.adapters.edge.policy import read_origin
from deskhand.adapters.edge.redirects import MOST_REDIRECTS, READS, redirect_location, redirected
from deskhand.adapters.edge.sending import Sender
from deskhand.domain.phrases import phrase
from deskhand.ports.http import Answer, OutcomeUnknown, OutwardError, OutwardRequest, Refused


class Call:
    """One request and the redirects that it leads to; used once."""

    def __init__(self, sender: Sender, request: OutwardRequest, body_cap: int) -> None:
        self._sender = sender
        self._request = request
        self._body_cap = body_cap
        self._started = asyncio.get_running_loop().time()
        # Where the call stands, so that the total limit may strike at any point and is told rightly.
        self._hop = request
        self._redirect: Answer | None = None
        self._reading: tuple[ClientResponse, Body] | None = None

    async def run(self, seconds: float) -> Answer:
        """The final answer, within so many seconds; raises Refused, NotSent or OutcomeUnknown."""
        try:
            async with asyncio.timeout_at(self._started + seconds):
                return self._conclude(await self._follow())
        except TimeoutError:
            if self._reading is not None:
                return self._conclude(self._answer(*self._reading, phrase("its body did not end in time")))
            stopped = self._sender.late()
        except OutwardError as error:
            stopped = error
        return self._stop(stopped)

    async def _follow(self) -> Answer:
        for _ in range(MOST_REDIRECTS + 1):
            response = await self._sender.send(self._hop)
            location = redirect_location(response.status, response.headers) if self._request.follows else None
            if location is None:
                return await self._read(response)
            self._redirect = self._answer(response)
            response.release()
            self._hop = redirected(self._hop, response.status, location)
        raise Refused(
            phrase(
                "{where} redirected the call over {most} times.",
                where=read_origin(self._request.url).where,
                most=MOST_REDIRECTS,
            )
        )

    async def _read(self, response: ClientResponse) -> Answer:
        body = Body(response.headers.get("Content-Encoding", ""), self._body_cap)
        self._reading = response, body
        cause = None
        try:
            await body.read(response.content)
        except Unreadable as error:
            cause = error.args[0]
        except (ClientError, OSError):
            cause = phrase("its body was cut off")
        finally:
            if not response.closed:
                response.close()
        return self._answer(response, body, cause)

    def _answer(self, response: ClientResponse, body: Body | None = None, cause: str | None = None) -> Answer:
        headers: dict[str, str] = {}
        for name, value in response.headers.items():
            lower = name.lower()
            headers[lower] = f"{headers[lower]}, {value}" if lower in headers else value
        milliseconds = round((asyncio.get_running_loop().time() - self._started) * 1000)
        problem = cause and phrase(
            "{where} answered {status}, but {cause}.",
            where=read_origin(self._hop.url).where,
            status=response.status,
            cause=cause,
        )
        return Answer(response.status, headers, body.content if body else b"", milliseconds, problem)

    def _conclude(self, answer: Answer) -> Answer:
        """What the call came to, which an error page behind a redirect does not undo."""
        if self._redirect is None or self._led_from_read() or not self._leads_to_read() or answer.status // 100 == 2:
            return answer
        where = read_origin(self._hop.url).where
        return replace(
            self._redirect,
            problem=phrase("The redirect led to {where}, which answered {status}.", where=where, status=answer.status),
        )

    def _stop(self, error: OutwardError) -> Answer:
        """A failure; but a call that changes something and was redirected has reached a server, and that is told."""
        unknown = isinstance(error, OutcomeUnknown) and not self._leads_to_read()
        if self._redirect is None or self._led_from_read() or unknown:
            raise error
        return replace(self._redirect, problem=phrase("The redirect was not followed: {why}", why=error.sentence))

    def _led_from_read(self) -> bool:
        return self._request.method in READS

    def _leads_to_read(self) -> bool:
        return self._hop.method in READS

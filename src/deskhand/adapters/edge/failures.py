"""What a failed exchange means: not sent, or nobody can say. Sentences name host and cause, no URL or header."""

import os
import socket

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorError,
    ClientConnectorSSLError,
    ClientResponseError,
    ServerDisconnectedError,
)

from deskhand.adapters.edge.pinning import Exchange, NotChecked
from deskhand.domain.phrases import phrase
from deskhand.ports.http import Cause, NotSent, OutcomeUnknown, OutwardError, Refused


def failure(error: Exception, exchange: Exchange) -> OutwardError:
    """What an error means for the exchange that it ended."""
    where = exchange.origin.where
    if exchange.connected:
        late: Cause = "timeout" if isinstance(error, TimeoutError) else "broken"
        return OutcomeUnknown(
            phrase(
                "{where} {why}. The call may have been carried out all the same.",
                where=where,
                why=_why_no_answer(error),
            ),
            late,
        )
    cause = error.os_error if isinstance(error, ClientConnectorError) else error
    if isinstance(cause, NotChecked):
        return Refused(phrase("{where} leads to an address that was not checked; nothing is sent there.", where=where))
    why = _why_not_reached(error, cause)
    return NotSent(
        phrase("{where} was not reached: {why}. Nothing was sent.", where=where, why=why), _cause(error, cause)
    )


def _cause(error: Exception, cause: Exception) -> Cause:
    match error, cause:
        case (ClientConnectorCertificateError() | ClientConnectorSSLError(), _):
            return "tls"
        case (TimeoutError(), _):
            return "timeout"
        case (_, socket.gaierror()):
            return "name"
        case (_, ConnectionRefusedError()):
            return "refused"
    return "broken"


def _why_not_reached(error: Exception, cause: Exception) -> str:
    match error:
        case ClientConnectorCertificateError():
            return phrase(
                "its TLS certificate is not valid ({fault})", fault=_certificate_fault(error.certificate_error)
            )
        case ClientConnectorSSLError():
            return phrase("it does not speak TLS there, or not in a version that is still safe")
        case TimeoutError():
            return phrase("there was no connection in time")
    match cause:
        case socket.gaierror():
            return phrase("its name cannot be resolved")
        case ConnectionRefusedError():
            return phrase("the connection was refused")
        case OSError(errno=int(number)):
            return os.strerror(number).lower()
    return phrase("the connection failed")


def _certificate_fault(error: Exception) -> str:
    said = getattr(error, "verify_message", "")
    return str(said) if said else phrase("it does not match the host")


def _why_no_answer(error: Exception) -> str:
    match error:
        case TimeoutError():
            return phrase("did not answer in time")
        case ServerDisconnectedError():
            return phrase("closed the connection without an answer")
        case ClientResponseError():
            return phrase("answered with something that is not HTTP")
        case _:
            return phrase("broke the connection before it answered")

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
from deskhand.ports.http import Cause, NotSent, OutcomeUnknown, OutwardError, Refused


def failure(error: Exception, exchange: Exchange) -> OutwardError:
    """What an error means for the exchange that it ended."""
    where = exchange.origin.where
    if exchange.connected:
        late: Cause = "timeout" if isinstance(error, TimeoutError) else "broken"
        return OutcomeUnknown(
            f"{where} {_why_no_answer(error)}. The call may have been carried out all the same.", late
        )
    cause = error.os_error if isinstance(error, ClientConnectorError) else error
    if isinstance(cause, NotChecked):
        return Refused(f"{where} leads to an address that was not checked; nothing is sent there.")
    why = _why_not_reached(error, cause)
    return NotSent(f"{where} was not reached: {why}. Nothing was sent.", _cause(error, cause))


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
            return f"its TLS certificate is not valid ({_certificate_fault(error.certificate_error)})"
        case ClientConnectorSSLError():
            return "it does not speak TLS there, or not in a version that is still safe"
        case TimeoutError():
            return "there was no connection in time"
    match cause:
        case socket.gaierror():
            return "its name cannot be resolved"
        case ConnectionRefusedError():
            return "the connection was refused"
        case OSError(errno=int(number)):
            return os.strerror(number).lower()
    return "the connection failed"


def _certificate_fault(error: Exception) -> str:
    return str(getattr(error, "verify_message", "") or "it does not match the host")


def _why_no_answer(error: Exception) -> str:
    match error:
        case TimeoutError():
            return "did not answer in time"
        case ServerDisconnectedError():
            return "closed the connection without an answer"
        case ClientResponseError():
            return "answered with something that is not HTTP"
        case _:
            return "broke the connection before it answered"

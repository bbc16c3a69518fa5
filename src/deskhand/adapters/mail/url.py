"""Where the mail server is: `smtp://user:password@host:587?starttls=true` or `smtps://user:password@host`."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from deskhand.adapters.mail.message import BadAddress
from deskhand.adapters.mail.smtp import SmtpMailer
from deskhand.domain.errors import DeskhandError

_EXAMPLE = "Write it as in `smtp://user:password@mail.example.com:587`."
_ENCODE = "Write special characters in user name and password with %, as in %40 for @."


class BadMailSettings(DeskhandError):
    """The mail server's address or the sender cannot be read."""


@dataclass(frozen=True, slots=True)
class _Server:
    host: str
    port: int
    username: str | None
    password: str | None
    tls: bool
    start_tls: bool | None


def mailer_from_url(url: str, sender: str, timeout: float = 30.0) -> SmtpMailer:
    """The mailer for a server's address; `timeout` in seconds. Raises BadMailSettings, which never shows the address.

    `smtps` encrypts from the first byte (port 465). `smtp` encrypts after the greeting where the server offers it,
    and insists where there is a password (port 587, without a password 25); `?starttls=true` insists always,
    `?starttls=false` never encrypts.
    """
    server = _read(url.strip())
    try:
        return SmtpMailer(
            server.host, server.port, server.username, server.password, sender, server.start_tls, timeout,
            tls=server.tls,
        )  # fmt: skip
    except BadAddress as error:
        raise BadMailSettings(f"The sender of e-mail is no address: {error}") from None


def _read(url: str) -> _Server:
    # No message quotes any part of the address: where a special character was left bare, any part may be password.
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadMailSettings(f"The mail server's address cannot be read. {_ENCODE} {_EXAMPLE}") from None
    if parts.scheme not in ("smtp", "smtps") or "://" not in url:
        raise BadMailSettings(f"The mail server's address must begin with `smtp://` or `smtps://`. {_EXAMPLE}")
    if not host or any(character.isspace() for character in url):
        raise BadMailSettings(f"The mail server's address names no host, or holds a space. {_EXAMPLE}")
    if parts.path not in ("", "/") or parts.fragment:
        raise BadMailSettings(f"Nothing but `?starttls=…` may follow the mail server's host and port. {_ENCODE}")
    if bool(parts.username) != bool(parts.password):
        raise BadMailSettings("The mail server's address needs both a user name and a password, or neither.")
    tls = parts.scheme == "smtps"
    start_tls = _start_tls(parts.query, tls)
    username, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    usual = 465 if tls else 587 if username or start_tls else 25
    return _Server(host, port or usual, username, password, tls, start_tls)


def _start_tls(query: str, tls: bool) -> bool | None:
    options = parse_qsl(query, keep_blank_values=True)
    if not options:
        return None
    if len(options) > 1 or options[0] not in (("starttls", "true"), ("starttls", "false")):
        raise BadMailSettings(
            f"Only `?starttls=true` or `?starttls=false` may end the mail server's address. {_ENCODE}"
        )
    if tls:
        raise BadMailSettings("`smtps://` encrypts from the start: leave `?starttls=…` out, or write `smtp://`.")
    return options[0][1] == "true"

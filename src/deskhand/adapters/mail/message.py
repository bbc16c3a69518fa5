"""An e-mail as the wire wants it: plain text, every header on one line."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime, formataddr

from email_validator import EmailNotValidError, validate_email

# What str.splitlines() takes for a line's end, and every other control character.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NAMED = re.compile(r"([^<>@\r\n]*?)\s*<([^<>]+)>")
_WIRE = compat32.clone(linesep="\r\n")
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP


class BadAddress(ValueError):
    """An e-mail address cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address in ASCII, with the name shown beside it (or "")."""

    mailbox: str
    name: str = ""

    @property
    def domain(self) -> str:
        """What follows the @."""
        return self.mailbox.rpartition("@")[2]

    def __str__(self) -> str:
        return formataddr((one_line(self.name), self.mailbox))


def read_sender(text: str) -> Address:
    """Read `support@example.com` or `Support <support@example.com>`. Raises BadAddress."""
    named = _NAMED.fullmatch(text.strip())
    if named is None:
        return read_address(text.strip())
    name, mailbox = named.groups()
    return replace(read_address(mailbox), name=name.strip('"'))


def read_address(text: str) -> Address:
    """Read `ann@example.com`, and only one. Raises BadAddress."""
    try:
        read = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise BadAddress(one_line(str(error))) from None
    if read.ascii_email is None:
        raise BadAddress("Before the @, only ASCII characters can be sent.")
    return Address(read.ascii_email)


def compose(sender: Address, to: Address, subject: str, body: str, message_id: str) -> bytes:
    """The whole e-mail in ASCII, lines ending in CRLF. Raises ValueError for text that is no Unicode.

    The older message class is used on purpose: the newer one decodes `=?utf-8?q?=0ABcc:…?=` in a subject and can
    write the line break out again.
    """
    message: Message[Header | str, Header | str] = Message(policy=compat32)
    message["From"] = str(sender)
    message["To"] = to.mailbox
    message["Subject"] = _subject(one_line(subject))
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    body.encode()  # raises for lone surrogates, which set_payload would let through
    message.set_payload(re.sub(r"\r\n?", "\n", body), _UTF8)
    return message.as_bytes(policy=_WIRE)


def message_id(key: str, sender: Address) -> str:
    """The same for the same key: `<key@domain>`, with a digest where the key is no plain word."""
    plain = key.isascii() and key.isalnum() and len(key) <= 64
    return f"<{key if plain else hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}@{sender.domain}>"


def one_line(text: str) -> str:
    """The text with a space for every run of line breaks and control characters."""
    return _CONTROL.sub(" ", text).strip()


def _subject(text: str) -> Header:
    short = text.isascii() and "=?" not in text and len(text) < 70
    return Header(text, "us-ascii" if short else "utf-8", header_name="Subject")

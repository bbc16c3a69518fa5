"""The mail server's address as people write it."""

import pytest

from deskhand.adapters.mail import url as mail_url
from deskhand.adapters.mail.smtp import SmtpMailer
from deskhand.adapters.mail.url import BadMailSettings, mailer_from_url

SENDER = "support@example.com"
Read = tuple[str, int, str | None, str | None, bool | None, bool]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[Read]:
    """What the mailer was made with."""
    made: list[Read] = []

    class Recorded(SmtpMailer):
        def __init__(
            self, host: str, port: int, username: str | None, password: str | None, sender: str,
            start_tls: bool | None, timeout: float = 30.0, *, tls: bool = False,
        ) -> None:  # fmt: skip
            made.append((host, port, username, password, start_tls, tls))
            super().__init__(host, port, username, password, sender, start_tls, timeout, tls=tls)

    monkeypatch.setattr(mail_url, "SmtpMailer", Recorded)
    return made


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.com", ("mail.example.com", 25, None, None, None, False)),
        ("smtp://mail.example.com/?starttls=true", ("mail.example.com", 587, None, None, True, False)),
        ("smtp://u:p@mail.example.com", ("mail.example.com", 587, "u", "p", None, False)),
        ("smtp://u:p@mail.example.com:25?starttls=false", ("mail.example.com", 25, "u", "p", False, False)),
        ("smtps://u:p@mail.example.com", ("mail.example.com", 465, "u", "p", None, True)),
        ("SMTPS://mail.example.com:4650", ("mail.example.com", 4650, None, None, None, True)),
        (" smtp://me%40x.eu:p%2F%3A%40%C3%BC@[::1]:2525\n", ("::1", 2525, "me@x.eu", "p/:@ü", None, False)),
    ],
)
def test_an_address_is_read(read: list[Read], url: str, expected: Read) -> None:
    mailer_from_url(url, SENDER)

    assert read == [expected]


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("", "must begin with `smtp://` or `smtps://`"),
        ("hunter2", "must begin with"),
        ("user:hunter2@mail.example.com", "must begin with"),
        ("smtp:user:hunter2@mail.example.com", "must begin with"),
        ("hunter2://mail.example.com", "must begin with"),
        ("smtp://", "names no host"),
        ("smtp://user:hunter2@:587", "names no host"),
        ("smtp://user:hunter2 @mail.example.com", "holds a space"),
        ("smtp://user:hunter2@mail.exa\nmple.com", "holds a space"),
        ("smtp://user:hunter2/x@mail.example.com", "cannot be read. Write special characters"),
        ("smtp://user:12/hunter2@mail.example.com", "Nothing but `?starttls=…` may follow"),
        ("smtp://user:hunter2@mail.example.com:70000", "cannot be read"),
        ("smtp://user:hunter2@[mail.example.com", "cannot be read"),
        ("smtp://user:hunter2@mail.example.com\u2100", "cannot be read"),
        ("smtp://user:5?hunter2@mail.example.com", "Only `?starttls=true` or `?starttls=false`"),
        ("smtp://user:5#hunter2@mail.example.com", "Nothing but"),
        ("smtp://hunter2@mail.example.com", "needs both a user name and a password"),
        ("smtp://:hunter2@mail.example.com", "needs both"),
        ("smtp://user:@mail.example.com", "needs both"),
        ("smtp://user:hunter2@mail.example.com?starttls=yes", "Only `?starttls=true`"),
        ("smtp://user:hunter2@mail.example.com?starttls=true&starttls=false", "Only `?starttls=true`"),
        ("smtps://user:hunter2@mail.example.com?starttls=true", "leave `?starttls=…` out"),
    ],
)
def test_a_bad_address_is_explained_without_showing_the_password(url: str, problem: str) -> None:
    with pytest.raises(BadMailSettings) as caught:
        mailer_from_url(url, SENDER)

    assert problem in caught.value.sentence
    assert "hunter2" not in caught.value.sentence
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "support",
        "Support support@example.com",
        "a@example.com\r\nBcc: b@example.com",
        "a@example.com <b@example.com>",
    ],
)
def test_a_sender_that_is_no_address_is_explained(sender: str) -> None:
    with pytest.raises(BadMailSettings, match="The sender of e-mail is no address: "):
        mailer_from_url("smtp://mail.example.com", sender)


def test_a_mailer_does_not_show_its_password() -> None:
    assert "hunter2" not in repr(mailer_from_url("smtp://user:hunter2@mail.example.com", SENDER))

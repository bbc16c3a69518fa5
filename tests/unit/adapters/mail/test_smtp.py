"""Sending through SMTP: what is certain about an e-mail afterwards, and what is not."""

import re
import ssl
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from urllib.parse import quote

import pytest

from deskhand.adapters.mail.smtp import SmtpMailer
from deskhand.adapters.mail.url import mailer_from_url
from deskhand.ports.mail import Mailer, MailNotSent, MailOutcomeUnknown
from tests.mail_server import PASSWORD, USER, MailServer

Serve = Callable[..., Awaitable[MailServer]]
SENDER = "Fern & Söhne <support@shop.example.com>"
CREDENTIALS = f"{USER}:{quote(PASSWORD, safe='')}@"


def mailer_for(server: MailServer, timeout: float = 20.0) -> Mailer:
    return mailer_from_url(f"smtp://127.0.0.1:{server.port}", SENDER, timeout)


async def send(mailer: Mailer, to: str = "ann@example.com", subject: str = "Hi", body: str = "Hello") -> None:
    await mailer.send("ws_1", to, subject, body, "0123abcd")


def text(mail: EmailMessage) -> str:
    """The body as it was before it went over the wire, which ends every line, the last one too, with CRLF."""
    return str(mail.get_content()).replace("\r\n", "\n").removesuffix("\n")


async def test_an_email_arrives_as_it_was_written(serve: Serve) -> None:
    server = await serve()

    await send(mailer_for(server), subject="Your order – größer", body="Grüße,\r\n.\n.dot\n\n" + "long " * 400)

    (mail,) = server.mails
    assert server.sent_to == ["ann@example.com"]
    assert mail["From"] == SENDER
    assert mail["To"] == "ann@example.com"
    assert mail["Subject"] == "Your order – größer"
    assert mail["Message-ID"] == "<0123abcd@shop.example.com>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"].datetime.tzinfo is not None
    assert mail.get_content_type() == "text/plain"
    assert text(mail) == "Grüße,\n.\n.dot\n\n" + "long " * 400


async def test_what_goes_over_the_wire_is_short_ascii_lines(serve: Serve) -> None:
    server = await serve()

    await send(mailer_for(server), subject="ü" * 2000, body="ü" * 5000 + "x" * 5000)

    assert server.raw[0].isascii()
    assert max(map(len, server.raw[0].split(b"\r\n"))) <= 78
    assert server.mails[0]["Subject"] == "ü" * 2000


async def test_the_message_id_is_the_same_for_the_same_key_only(serve: Serve) -> None:
    server = await serve()
    mailer = mailer_for(server)

    for key in ("k1", "k1", "k2", "a key>\r\nBcc: eve@example.com", "ключ"):
        await mailer.send("ws_1", "ann@example.com", "Hi", "Hello", key)

    ids = [str(mail["Message-ID"]) for mail in server.mails]
    assert ids[0] == ids[1] == "<k1@shop.example.com>"
    assert len(set(ids)) == 4
    assert all(re.fullmatch(r"<[0-9a-z]+@shop\.example\.com>", each) for each in ids)


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\0"])
async def test_a_subject_cannot_add_a_header(serve: Serve, ending: str) -> None:
    server = await serve()

    await send(mailer_for(server), subject=f"Hi{ending}Bcc: eve@example.com{ending}{ending}Body")

    assert server.mails[0]["Subject"] == "Hi Bcc: eve@example.com Body"
    assert server.mails[0]["Bcc"] is None
    assert text(server.mails[0]) == "Hello"
    assert server.sent_to == ["ann@example.com"]


@pytest.mark.parametrize("word", ["=?utf-8?q?Hi=0D=0ABcc:_eve@example.com?=", "=?utf-8?b?SGkKQmNjOiBlQGUuZXU=?= x"])
async def test_an_encoded_line_break_in_a_subject_stays_the_text_it_is(serve: Serve, word: str) -> None:
    server = await serve()

    await send(mailer_for(server), subject=word)

    assert server.mails[0]["Subject"] == word
    assert server.mails[0]["Bcc"] is None
    assert b"\nBcc" not in server.raw[0]


@pytest.mark.parametrize(
    "to",
    [
        "ann@example.com\r\nRCPT TO:<eve@example.com>",
        "ann@example.com, eve@example.com",
        "ann@example.com> SIZE=1 <eve@example.com",
        "Ann <ann@example.com>",
        "ann",
        "",
        "änn@example.com",
        "\ud800@example.com",
    ],
)
async def test_an_address_that_is_none_is_refused_before_anything_is_sent(serve: Serve, to: str) -> None:
    server = await serve()

    with pytest.raises(MailNotSent, match="is no address that e-mail can be sent to"):
        await send(mailer_for(server), to=to)
    assert server.sent_to == []


async def test_a_domain_in_any_script_is_sent_in_ascii(serve: Serve) -> None:
    server = await serve()

    await send(mailer_for(server), to="ann@bücher.example.com")

    assert server.sent_to == ["ann@xn--bcher-kva.example.com"]
    assert server.mails[0]["To"] == "ann@xn--bcher-kva.example.com"


@pytest.mark.parametrize("where", ["subject", "body"])
async def test_text_that_cannot_be_written_is_refused(serve: Serve, where: str) -> None:
    server = await serve()

    with pytest.raises(MailNotSent, match="characters that cannot be written"):
        await send(mailer_for(server), **{where: "half a pair: \ud83d"})


async def test_a_refused_recipient_is_not_sent_to(serve: Serve) -> None:
    server = await serve(on_recipient="550 5.1.1 No such user")

    with pytest.raises(MailNotSent, match=r"refused the recipient ann@example.com: 550 5.1.1 No such user.$"):
        await send(mailer_for(server))
    assert server.raw == []


@pytest.mark.parametrize("answer", ["451 Try again later", "554 Looks like spam", "552 Too big"])
async def test_an_email_refused_after_it_was_read_was_not_sent(serve: Serve, answer: str) -> None:
    server = await serve(on_data=answer)

    with pytest.raises(MailNotSent, match=f"refused the e-mail: {answer}"):
        await send(mailer_for(server))
    assert len(server.raw) == 1


async def test_a_connection_that_breaks_before_the_email_has_sent_nothing(serve: Serve) -> None:
    server = await serve(on_recipient=None)

    with pytest.raises(MailNotSent, match=f"No e-mail could be handed to 127.0.0.1:{server.port}"):
        await send(mailer_for(server))
    assert server.raw == []


@pytest.mark.parametrize("answer", [None, "299 Perhaps", "Perhaps"])
async def test_without_a_definite_answer_to_the_email_the_outcome_is_unknown(serve: Serve, answer: str | None) -> None:
    server = await serve(on_data=answer)

    with pytest.raises(MailOutcomeUnknown, match="did not say whether it took the e-mail"):
        await send(mailer_for(server))
    assert len(server.raw) == 1


async def test_without_any_answer_to_the_email_the_outcome_is_unknown(serve: Serve) -> None:
    server = await serve(on_data="silence")

    with pytest.raises(MailOutcomeUnknown, match="Timed out"):
        await send(mailer_for(server, timeout=2.0))
    assert len(server.raw) == 1


async def test_bad_manners_after_the_email_was_accepted_change_nothing(serve: Serve) -> None:
    server = await serve(on_quit=None)

    await send(mailer_for(server))

    assert len(server.raw) == 1


async def test_a_server_that_is_down_gets_no_email(closed_port: int) -> None:
    mailer = mailer_from_url(f"smtp://127.0.0.1:{closed_port}", SENDER)

    with pytest.raises(MailNotSent, match=f"127.0.0.1:{closed_port}: .*Connect call failed"):
        await send(mailer)


async def test_an_answer_in_no_encoding_can_still_be_stored(serve: Serve) -> None:
    server = await serve(on_recipient="550 Kein Empf\udce4nger")

    with pytest.raises(MailNotSent) as caught:
        await send(mailer_for(server))
    assert caught.value.sentence.encode()


async def test_start_tls_is_used_where_it_is_offered(serve: Serve, trusted: ssl.SSLContext) -> None:
    server = await serve(tls=trusted)

    await send(mailer_for(server))

    assert server.encrypted == [True]


async def test_a_certificate_that_nobody_vouches_for_is_refused(serve: Serve, server_tls: ssl.SSLContext) -> None:
    server = await serve(tls=server_tls)

    with pytest.raises(MailNotSent, match="certificate verify failed"):
        await send(mailer_for(server))
    await send(mailer_from_url(f"smtp://127.0.0.1:{server.port}?starttls=false", SENDER))
    assert server.encrypted == [False]


async def test_a_password_is_sent_encrypted(serve: Serve, trusted: ssl.SSLContext) -> None:
    server = await serve(tls=trusted, asks_for_password=True)

    await send(mailer_from_url(f"smtp://{CREDENTIALS}127.0.0.1:{server.port}", SENDER))

    assert server.logins == [(USER.encode(), PASSWORD.encode())]
    assert server.encrypted == [True]


async def test_a_password_is_never_sent_in_the_clear_unasked(serve: Serve) -> None:
    server = await serve(asks_for_password=True)

    with pytest.raises(MailNotSent, match="STARTTLS extension not supported"):
        await send(mailer_from_url(f"smtp://{CREDENTIALS}127.0.0.1:{server.port}", SENDER))
    assert server.logins == []


async def test_a_wrong_password_is_explained_without_showing_it(serve: Serve, trusted: ssl.SSLContext) -> None:
    server = await serve(tls=trusted, asks_for_password=True)

    with pytest.raises(MailNotSent, match=r"refused user name or password \(535\)") as caught:
        await send(mailer_from_url(f"smtp://{USER}:hunter2@127.0.0.1:{server.port}", SENDER))
    assert "hunter2" not in caught.value.sentence
    assert server.raw == []


async def test_smtps_is_encrypted_from_the_start(serve: Serve, trusted: ssl.SSLContext) -> None:
    server = await serve(tls=trusted, tls_at_once=True, asks_for_password=True)

    await send(mailer_from_url(f"smtps://{CREDENTIALS}127.0.0.1:{server.port}", SENDER))

    assert server.logins == [(USER.encode(), PASSWORD.encode())]
    assert server.encrypted == [True]


def test_encrypting_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="not both"):
        SmtpMailer("mail.example.com", 465, None, None, SENDER, start_tls=True, tls=True)

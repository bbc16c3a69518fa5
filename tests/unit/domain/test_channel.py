from typing import Any

import pytest
from pydantic import ValidationError

from deskhand.domain.channel import OWN, Channel, outgoing

FIELDS: dict[str, Any] = {"slug": "whatsapp", "name": "WhatsApp", "url": "bridge.example/in", "secret": "SIGNS"}


def test_an_address_without_a_protocol_is_a_safe_one() -> None:
    assert Channel.model_validate(FIELDS).url == "https://bridge.example/in"


@pytest.mark.parametrize(
    "wrong",
    [
        *({"slug": slug} for slug in sorted(OWN)),
        {"slug": "What's App"},
        {"slug": "7"},
        {"slug": "a" * 41},
        {"url": "ftp://bridge.example"},
        {"medium": "fax"},
        {"language": "German"},
        {"region": "de"},
        {"name": ""},
    ],
    ids=str,
)
def test_what_cannot_be_a_channel_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Channel.model_validate({**FIELDS, **wrong})


@pytest.mark.parametrize("kind", ["said", "clicked", "form_submitted", "feedback", "run_in_browser"])
def test_what_the_customer_brought_is_not_brought_back(kind: str) -> None:
    assert outgoing(kind, {"text": "Hello"}, "en") is None


def test_a_message_says_who_it_is_from() -> None:
    told = outgoing("say", {"text": "Hello"}, "en")
    replied = outgoing("replied", {"text": "Hello", "by": "Ana"}, "en")
    assert told is not None
    assert replied is not None

    assert (told.sender, told.text, told.body) == ("agent", "Hello", {"text": "Hello"})
    assert replied.sender == "member"

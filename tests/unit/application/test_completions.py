from deskhand.application.completions import Answering, Asked, Message
from deskhand.ports.channels import Exchange
from deskhand.ports.turns import Entry

HELLO = (Message("user", "Hello"), Message("assistant", "Hello! What can I do for you?"))


def asked(**fields: object) -> Asked:
    given: dict[str, object] = {"agent": "default", "history": HELLO, "text": "A refund"}
    return Asked(**{**given, **fields})  # type: ignore[arg-type]


def answering() -> Answering:
    return Answering("ws", asked(), Exchange("conv_1", "r1", 0), "en", 0)


def entry(seq: int, kind: str, body: str, visible_to: str = "all") -> Entry:
    return Entry(seq, kind, 0, body, visible_to)  # type: ignore[arg-type]


# what is sent


def test_what_the_customer_is_told_is_one_answer() -> None:
    one = answering()
    sent = [
        one.take(entry(1, "said", '{"text":"Hello"}')),
        one.take(entry(2, "say", '{"text":"One moment."}')),
        one.take(entry(3, "model", '{"input_tokens":120,"output_tokens":9}', "members")),
        one.take(entry(4, "offer_closed", '{"status":"accepted"}')),
        one.take(entry(5, "ask", '{"text":"Which?","choices":["Red","Blue"]}')),
    ]

    assert sent == ["", "One moment.", "", "", "\n\nWhich?\n1. Red\n2. Blue"]
    assert one.text == "".join(sent)
    assert (one.told, one.usage.prompt, one.usage.completion) == (5, 120, 9)


def test_words_that_were_sent_while_the_agent_wrote_are_not_sent_twice() -> None:
    one = answering()
    sent = [one.say("First."), one.write("Your par"), one.write("Your parcel"), one.say("Your parcel is there.")]

    assert sent == ["First.", "\n\nYour par", "cel", " is there."]
    assert one.text == "".join(sent)


def test_what_is_said_in_place_of_words_that_were_sent_follows_them() -> None:
    one = answering()
    sent = [one.write("Your parcel is l"), one.write("Another"), one.say("I don't know.")]

    assert sent == ["Your parcel is l", "", "\n\nI don't know."]
    assert one.text == "".join(sent)


# what is the same request


def test_the_same_messages_are_the_same_request() -> None:
    trimmed = (Message("user", " Hello\n"), HELLO[1])

    assert asked().request == asked(history=trimmed).request
    assert asked(conversation="conv_1").request == asked(conversation="conv_1", history=trimmed).request


def test_another_customer_agent_conversation_or_message_makes_it_another() -> None:
    others: list[dict[str, object]] = [
        {}, {"user": "ada"}, {"agent": "sales"}, {"conversation": "conv_1"}, {"conversation": "conv_2"},
        {"text": "A return"}, {"history": HELLO[1:]}, {"key": "1"}, {"key": "2"},
        {"key": "1", "conversation": "conv_1"},
    ]  # fmt: skip
    requests = [asked(**other).request for other in others]

    assert len(set(requests)) == len(others)


def test_a_first_message_is_like_no_other() -> None:
    assert asked(history=()).request is None
    assert asked(history=(), conversation="conv_1").request is None
    assert asked(history=(), user="ada").request is not None
    assert asked(history=(), key="1").request == asked(key="1").request


def test_who_said_what_matters() -> None:
    swapped = (Message("assistant", "Hello"), Message("user", "Hello! What can I do for you?"))

    assert asked().digest("history", HELLO) != asked().digest("history", swapped)

"""Step `switch_topic`: another slice of the knowledge from here on."""

from deskhand.domain.effects import ShowOffer, SwitchTopic
from tests.unit.domain.builders import Play, message, of, published, told


def test_answers_come_from_the_topic_from_here_on() -> None:
    one = Play(
        published("returns", {"kind": "switch_topic", "topic": "returns", "text": "Returns, then."}, message("?"))
    )
    turn = one.starts("returns")
    assert of(SwitchTopic, turn.effects) == [SwitchTopic(topic="returns")]
    assert one.state.topic == "returns"
    assert told(turn) == ["Returns, then.", "?"]


def test_without_a_topic_they_come_from_everywhere_again() -> None:
    one = Play(published("all", {"kind": "switch_topic"}), topic="returns")
    assert told(one.starts("all")) == ["What can I do for you?"]
    assert one.state.topic is None


def test_the_customer_reads_the_topics_name_where_nothing_was_written() -> None:
    one = Play(published("returns", {"kind": "switch_topic", "topic": "returns"}), language="de")
    one.given["topics"] = {"returns": "Rücksendungen"}
    assert told(one.starts("returns")) == ["Sprechen wir über Rücksendungen."]


def test_alone_it_is_offered() -> None:
    one = Play(published("returns", {"kind": "switch_topic", "topic": "returns"}))
    [offered] = of(ShowOffer, one.wants("returns").effects)
    assert one.state.topic is None
    one.clicks("accept", offered.offer)
    assert one.state.topic == "returns"

"""What publishing says of steps that suggest, redirect, show, switch and hand over."""

from collections.abc import Callable
from typing import Any

import pytest

from deskhand.domain.agent import Agent
from deskhand.domain.live_chat import LiveChat
from deskhand.domain.problems import Problem

Checked = Callable[..., list[Problem]]
PIN: dict[str, Any] = {"variables": [{"name": "pin", "sensitive": True}]}


def errors(found: list[Problem]) -> list[tuple[str, str | None]]:
    return [(one.code, one.field) for one in found if one.severity == "error"]


def shows(**component: Any) -> dict[str, Any]:
    return {"id": "it", "kind": "component", "component": component}


@pytest.mark.parametrize(
    ("step", "problems"),
    [
        ({"kind": "suggest", "suggestions": ["How long?"]}, []),
        ({"kind": "suggest", "suggestions": [" ", {"en": "How long?", "de": ""}], "text": ""},
         [("required", "text"), ("required", "suggestions.0"), ("required", "suggestions.1")]),
        ({"kind": "suggest", "suggestions": ["{{secrets.KEY}}"]}, [("secret-exposed", "suggestions.0")]),
        ({"kind": "suggest", "suggestions": ["{{order"]}, [("template", "suggestions.0")]),
        ({"kind": "suggest", "suggestions": ["Where is {{order}}?"]}, [("unknown-variable", "suggestions.0")]),
        ({"kind": "redirect", "url": "https://a.test/{{conversation.id}}"}, []),
        ({"kind": "redirect", "url": "mailto:help@a.test"}, []),
        ({"kind": "redirect", "url": "javascript:alert(1)"}, [("url", "url")]),
        ({"kind": "redirect", "url": "https://{{contact.id}}.test"}, [("url", "url")]),
        ({"kind": "redirect", "url": "a.test", "button": "", "text": ""},
         [("required", "text"), ("required", "button")]),
        ({"kind": "switch_topic"}, []),
        ({"kind": "switch_topic", "topic": "returns"}, []),
        ({"kind": "switch_topic", "topic": "prices", "text": ""}, [("required", "text"), ("unknown-topic", "topic")]),
    ],
)  # fmt: skip
def test_a_step_says_what_is_wrong_with_it(
    checked: Checked, step: dict[str, Any], problems: list[tuple[str, str | None]]
) -> None:
    assert errors(checked({"id": "it", **step}, around={"topics": frozenset({"returns"})})) == problems


@pytest.mark.parametrize(
    ("component", "problems"),
    [
        ({"kind": "video", "url": "a.test/v", "title": "A tour"}, []),
        ({"kind": "video", "url": "http://intra/v", "title": "A tour"}, []),
        ({"kind": "video", "url": "http://a.test/v", "title": "A tour"}, [("plain-http", "component.url")]),
        ({"kind": "video", "url": "https://a.test/v", "title": "", "captions": "http://a.test/c"},
         [("required", "component.title"), ("plain-http", "component.captions")]),
        ({"kind": "image", "url": "https://{{contact.id}}/i", "alt": "A"}, [("templated-origin", "component.url")]),
        ({"kind": "image", "url": "data:image/png;base64,AA", "alt": "A"}, [("url", "component.url")]),
        ({"kind": "image", "url": "https://me:pw@a.test/i", "alt": {"en": "A", "de": " "}},
         [("required", "component.alt"), ("literal-credential", "component.url")]),
        ({"kind": "flow", "pages": [{"text": "Read this."}]}, []),
        ({"kind": "flow", "pages": [{}], "submit": ""},
         [("required", "component.pages.0.title"), ("required", "component.submit")]),
        ({"kind": "flow", "pages": [{"title": "A", "image": {"url": "http://a.test/i", "alt": ""}}]},
         [("required", "component.pages.0.image.alt"), ("plain-http", "component.pages.0.image.url")]),
        ({"kind": "flow", "pages": [{"fields": [{"name": "a"}]}, {"fields": [{"name": "a"}, {"name": "agent"}]}]},
         [("fields", "component"), ("reserved", None)]),
        ({"kind": "flow", "pages": [{"fields": [{"name": f"f{at}"} for at in range(51)]}]}, [("fields", "component")]),
        ({"kind": "element", "name": "seat-map", "properties": {"a": ["{{contact.id}}"]}}, []),
        ({"kind": "element", "name": "seatmap"}, [("element", "component.name")]),
        ({"kind": "element", "name": "font-face"}, [("element", "component.name")]),
        ({"kind": "element", "name": "Seat-Map"}, [("element", "component.name")]),
        ({"kind": "element", "name": "a-b onclick=x"}, [("element", "component.name")]),
        ({"kind": "element", "name": "seat-map", "properties": {"a": {"b": "{{secrets.KEY}}"}}},
         [("secret-exposed", "component.properties.a.b")]),
        ({"kind": "element", "name": "seat-map", "properties": {"a": "{{pin}}"}}, [("secret-exposed", "component")]),
    ],
)  # fmt: skip
def test_a_component_says_what_is_wrong_with_it(
    checked: Checked, component: dict[str, Any], problems: list[tuple[str, str | None]]
) -> None:
    assert errors(checked(shows(**component), around={"internal_hosts": frozenset({"intra"})}, **PIN)) == problems


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://a.test/tour.mp4", None),
        ("a.test/tour.WEBM?v=2#t=10", None),
        ("https://player.vimeo.com/playback/1/file.mp4", None),
        ("https://a.test/{{conversation.language}}.mp4", None),
        ("https://a.test/films/{{conversation.language}}", None),
        ("https://{{contact.id}}.test/film", None),
        ("https://www.youtube.com/watch?v=abc", "`www.youtube.com` gives a page, not a film file"),
        ("youtu.be/abc", "`youtu.be` gives a page, not a film file"),
        ("https://vimeo.com/{{conversation.id}}", "`vimeo.com` gives a page, not a film file"),
        ("https://notyoutube.com/watch", "the address does not end like a film file"),
        ("https://a.test/{{conversation.language}}/tour", "the address does not end like a film file"),
    ],
)
def test_a_page_in_place_of_a_film_is_warned_of(checked: Checked, url: str, said: str | None) -> None:
    found = [one for one in checked(shows(kind="video", url=url, title="A tour")) if one.code == "film"]
    assert [(one.severity, one.field) for one in found] == ([("warning", "component.url")] if said else [])
    assert all(one.sentence.startswith(said or "") for one in found)


def test_what_the_fields_of_a_flow_set_is_there_afterwards(checked: Checked) -> None:
    flow = {"kind": "flow", "pages": [{"fields": [{"name": "email"}]}]}
    says = {"id": "say", "kind": "message", "text": "Thanks, {{email}}. {{given}}"}
    assert errors(checked(shows(**flow) | {"response_variable": "given"}, says)) == []


def test_a_loop_over_what_does_not_wait_is_told(checked: Checked) -> None:
    suggest = {"id": "it", "kind": "suggest", "suggestions": ["How long?"], "next": "it"}
    assert errors(checked(suggest)) == [("endless-cycle", None)]
    page = {"id": "it", "kind": "redirect", "url": "https://a.test", "next": "it"}
    assert errors(checked(page)) == []


# live chat


ON = LiveChat()


@pytest.mark.parametrize(
    ("agents", "problems"),
    [
        ([Agent(slug="a", name="A", live_chat=ON)], []),
        ([Agent(slug="a", name="A"), Agent(slug="b", name="B", live_chat=ON, procedures=["refund"])], []),
        ([], [("live-chat-off", None)]),
        ([Agent(slug="a", name="A")], [("live-chat-off", None)]),
        ([Agent(slug="a", name="A", live_chat=ON, kind="team")], [("live-chat-off", None)]),
        ([Agent(slug="a", name="A", live_chat=ON, procedures=["other"])], [("live-chat-off", None)]),
    ],
)
def test_live_chat_has_to_be_on_for_an_agent_that_may_run_it(
    checked: Checked, agents: list[Agent], problems: list[tuple[str, str | None]]
) -> None:
    around = {"agents": {one.slug: one for one in agents}}
    assert errors(checked({"id": "it", "kind": "live_chat"}, around=around)) == problems


def test_a_file_on_its_own_is_not_refused_for_what_the_workspace_has(checked: Checked) -> None:
    topic = {"id": "topic", "kind": "switch_topic", "topic": "prices"}
    chat = {"id": "chat", "kind": "live_chat", "on_unavailable": "end"}
    assert errors(checked(topic, chat, around={"workspace_known": False})) == []


def test_empty_texts_and_unknown_targets_of_live_chat_are_told(checked: Checked) -> None:
    around = {"agents": {"a": Agent(slug="a", name="A", live_chat=ON)}}
    chat = {"id": "it", "kind": "live_chat", "text": "", "away_text": {"en": " "}, "on_unavailable": "nowhere"}
    found = errors(checked(chat, around=around))
    assert found == [("required", "text"), ("required", "away_text"), ("unknown-step", "on_unavailable")]

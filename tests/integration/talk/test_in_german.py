"""A German shop: du and Sie, umlauts and none, capitals and none, and a word of English in between."""

from typing import Any

import pytest

from deskhand.application.knowledge import Given
from deskhand.domain.knowledge import Faq, Source
from tests.integration.actions.desk import Desk
from tests.integration.actions.shop import Reply
from tests.integration.talk.shop_desk import Talk, talk_at

ERSTATTUNG: dict[str, Any] = {
    "trigger": {
        "description": "Wenn jemand sein Geld zurück möchte",
        "phrases": ["Ich möchte mein Geld zurück", "Erstattung bitte", "Kann ich das zurückgeben?"],
    },
    "steps": [
        {"id": "order", "kind": "collect", "variable": "bestellnummer", "prompt": "Um welche Bestellung geht es?",
         "example": "A1001"},
        {"id": "why", "kind": "collect", "variable": "grund", "prompt": "Was ist der Grund?"},
        {"id": "pay", "kind": "call", "method": "POST", "url": "{shop}/refunds",
         "body": '{"order": "{{bestellnummer}}"}', "confirm": "{{bestellnummer}} erstatten?"},
        {"id": "done", "kind": "message", "text": "Erstattet: {{bestellnummer}}, {{grund}}."},
    ],
}  # fmt: skip
RUECKRUF: dict[str, Any] = {
    "trigger": {
        "description": "Wenn jemand zurückgerufen werden möchte",
        "phrases": ["Bitte rufen Sie mich an", "ruf mich an", "Rückruf bitte", "Können Sie mich anrufen?"],
    },
    "variables": [
        {"name": "tag", "type": "date", "prompt": "An welchem Tag?"},
        {"name": "nummer", "type": "phone", "prompt": "Unter welcher Nummer?"},
        {"name": "thema", "choices": ["Bestellung", "Rechnung"], "prompt": "Geht es um eine Bestellung oder Rechnung?"},
    ],
    "steps": [{"id": "done", "kind": "message", "text": "Am {{tag}} unter {{nummer}}: {{thema}}."}],
}  # fmt: skip


@pytest.fixture
async def talk(desk: Desk) -> Talk:
    desk.shop.answers["POST /refunds"] = Reply({"ok": True})
    steps = [
        {**step, "url": step["url"].replace("{shop}", desk.shop.url)} if "url" in step else step
        for step in ERSTATTUNG["steps"]
    ]
    await desk.publish("Erstattung", **{**ERSTATTUNG, "steps": steps})
    await desk.publish("Rueckruf", **RUECKRUF)
    source = Source(slug="fragen", name="Fragen", kind="faq", language="de")
    questions = [
        Faq(question="Wie lange dauert die Lieferung?", answer="Die Lieferung dauert drei Tage."),
        Faq(question="Habt ihr am Samstag geöffnet?", answer="Samstags ist bis 14 Uhr geöffnet."),
    ]
    await desk.running.services.sources.save(desk.workspace, source, Given(questions=questions), None, "test")
    return await talk_at(desk, language="de", region="DE")


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("Ich möchte mein Geld zurück", ("erstattung", "bestellnummer")),
        ("ich moechte mein geld zurueck", ("erstattung", "bestellnummer")),
        ("ICH WILL MEIN GELD ZURÜCK!!!", ("erstattung", "bestellnummer")),
        ("kannst du mir das geld für A1001 zurück geben", ("erstattung", "grund")),
        ("Könnten Sie mir bitte die Bestellung A1001 erstatten?", ("erstattung", "grund")),
        ("hi, refund bitte für A1001", ("erstattung", "grund")),
        ("ruf mich bitte morgen an", ("rueckruf", "nummer")),
        ("Würden Sie mich bitte am Freitag unter 030 1234567 anrufen", ("rueckruf", "thema")),
    ],
)
async def test_what_is_wanted_starts(talk: Talk, text: str, waits: tuple[str, str]) -> None:
    await talk.says(text)
    assert await talk.open() == [waits]


@pytest.mark.parametrize(
    ("texts", "knows"),
    [
        (["Rückruf bitte", "nächsten Freitag"], {"tag": "2026-03-13"}),
        (["Rückruf bitte", "übermorgen wäre gut"], {"tag": "2026-03-04"}),
        (["Rückruf bitte", "am 12.3.", "0301234567"], {"tag": "2026-03-12", "nummer": "+49301234567"}),
        (["Rückruf bitte", "morgen", "meine nummer ist 030 1234567"], {"tag": "2026-03-03", "nummer": "+49301234567"}),
        (["Rückruf bitte", "morgen", "nein, doch lieber am Freitag"], {"tag": "2026-03-06"}),
        (["Erstattung bitte", "die A1001", "nein, ich meinte A1002"], {"bestellnummer": "A1002"}),
        (["Erstattung bitte", "A1001", "war kaputt", "nicht A1001 sondern A1002"],
         {"bestellnummer": "A1002", "grund": "war kaputt"}),
    ],
)  # fmt: skip
async def test_values_and_corrections_are_understood(talk: Talk, texts: list[str], knows: dict[str, Any]) -> None:
    await talk.says(*texts)
    assert await talk.knows() == knows


@pytest.mark.parametrize("text", ["vergiss es", "abbrechen bitte", "schon gut", "egal", "lass das"])
async def test_stopping_ends_it(talk: Talk, text: str) -> None:
    assert await talk.says("Erstattung bitte", text) == ["In Ordnung, das habe ich abgebrochen."]
    assert await talk.open() == []


@pytest.mark.parametrize("text", ["ja", "JA!", "klar", "passt", "ja bitte gerne", "jo 👍", "machen Sie das"])
async def test_a_plain_yes_confirms(talk: Talk, text: str) -> None:
    told = await talk.says("Erstattung bitte", "A1001", "war kaputt", text)
    assert told == ["Erstattet: A1001, war kaputt."]
    assert len(talk.sent) == 1


@pytest.mark.parametrize("text", ["ja aber nicht die", "jein", "ok?", "ja nein warte", "na ja", "vielleicht"])
async def test_what_is_no_plain_yes_confirms_nothing(talk: Talk, text: str) -> None:
    told = await talk.says("Erstattung bitte", "A1001", "war kaputt", text)
    assert told[-1].endswith("Bitte antworten Sie mit Ja oder Nein.")
    assert talk.sent == []


async def test_a_question_in_the_middle_is_answered(talk: Talk) -> None:
    told = await talk.says("Erstattung bitte", "wie lange dauert denn die Lieferung?")
    assert told == ["Die Lieferung dauert drei Tage.", "Um welche Bestellung geht es?"]


async def test_something_else_is_done_instead(talk: Talk) -> None:
    await talk.says("Erstattung bitte", "vergiss es, ruf mich lieber an")
    assert await talk.open() == [("rueckruf", "tag")]


async def test_what_was_interrupted_goes_on_afterwards(talk: Talk) -> None:
    await talk.says("Erstattung bitte", "ruf mich bitte an", "morgen", "030 1234567")
    told = await talk.says("Rechnung")
    assert told == [
        "Am 2026-03-03 unter +49301234567: Rechnung.", "Zurück zu: Erstattung.", "Um welche Bestellung geht es?",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["ich will mit einem Menschen sprechen", "Mitarbeiter bitte!", "gib mir einen Menschen"]
)
async def test_a_person_comes(talk: Talk, text: str) -> None:
    await talk.says(text)
    assert (await talk.state()).mode == "member"


@pytest.mark.parametrize("text", ["ich will keine Erstattung", "nein, ich möchte keine Erstattung"])
async def test_what_is_not_wanted_does_not_start(talk: Talk, text: str) -> None:
    await talk.says(text)
    assert await talk.open() == []

"""Sentences of the service in the language that a request asks for; nothing that is stored changes with it."""

from typing import Any

import httpx2
import pytest

from tests.integration.api.desk import GREETING, Desk, publish

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.8"}
ENGLISH = {"Accept-Language": "en"}

BROKEN: dict[str, Any] = {
    **GREETING,
    "steps": [
        {"id": "greet", "kind": "message", "text": "Hello {{first_nam}}!", "next": "nowhere"},
        {"id": "ask", "kind": "collect", "variable": "first_name", "prompt": ""},
    ],
}


async def sentences(client: httpx2.AsyncClient, headers: dict[str, str], **written: Any) -> list[str]:
    answer = await client.post("/v1/check", json=written, headers=headers)
    assert answer.status_code == 200, answer.text
    assert "Accept-Language" in answer.headers["Vary"]
    return [one["sentence"] for one in answer.json()["problems"]]


async def test_mistakes_of_a_procedure_are_told_in_german(owner: httpx2.AsyncClient) -> None:
    told = await sentences(owner, GERMAN, document=BROKEN)
    assert "`next` führt zu `nowhere`, aber einen solchen Schritt gibt es nicht; " in " ".join(told)
    assert "`first_nam` wird nirgends gesetzt; meinten Sie `first_name`?" in told
    assert "`prompt` ist leer: Schreiben Sie die Frage." in told
    assert "`prompt` is empty: write the question." in await sentences(owner, ENGLISH, document=BROKEN)


async def test_yaml_that_cannot_be_read_is_told_in_german(owner: httpx2.AsyncClient) -> None:
    assert await sentences(owner, GERMAN, yaml='name: "Half') == [
        "Zeile 1, Spalte 12: hier beginnt ein Anführungszeichen, das nie geschlossen wird."
    ]
    missing = await sentences(owner, GERMAN, yaml="name: A\nslug: a\nsteps:\n  - id: x\n    kind: message\n")
    assert "`text` fehlt: was der Kunde liest." in missing
    wrong = await sentences(owner, GERMAN, yaml="name: [1]\nslug: a\nsteps: []\n")
    assert "`name` muss ein Text sein, ist aber eine Liste." in wrong


async def test_problems_are_told_in_german_and_say_so(owner: httpx2.AsyncClient) -> None:
    lost = await owner.get("/v1/procedures/none", headers=GERMAN)
    assert (lost.status_code, lost.headers["Content-Language"]) == (404, "de")
    assert lost.json()["title"] == "Nicht gefunden"
    assert lost.json()["detail"] == "In diesem Arbeitsbereich gibt es das nicht."
    assert "Accept-Language" in lost.headers["Vary"]

    await publish(owner, GREETING)
    taken = await owner.post("/v1/procedures", json={"document": GREETING}, headers=GERMAN)
    assert (taken.status_code, taken.json()["title"]) == (409, "Name ist vergeben")
    assert taken.json()["detail"] == "Es gibt schon einen Ablauf `greeting`: Wählen Sie einen anderen Slug."

    wrong = await owner.post("/v1/procedures", json={"documents": 1}, headers=GERMAN)
    assert (wrong.status_code, wrong.json()["title"]) == (422, "Die Anfrage ist nicht, wie sie sein soll")
    assert "`documents` ist kein Feld dieser Anfrage: Lassen Sie es weg." in wrong.json()["detail"]
    assert wrong.json()["problems"][0]["sentence"] in wrong.json()["detail"]

    refused = await owner.post("/v1/procedures", json={"document": {**GREETING, "slug": "A B"}}, headers=GERMAN)
    assert refused.json()["detail"].startswith("`slug` darf nur Kleinbuchstaben, Ziffern und Bindestriche enthalten")


async def test_problems_are_english_for_everybody_else(owner: httpx2.AsyncClient) -> None:
    for headers in ({}, ENGLISH, {"Accept-Language": "fr"}, {"Accept-Language": "*"}, {"Accept-Language": "de;q=x, ;"}):
        lost = await owner.get("/v1/procedures/none", headers=headers)
        assert lost.json()["title"] == "Not found", headers
        assert lost.json()["detail"] == "There is no such thing in this workspace."
        assert lost.headers["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("accepted", "title"),
    [
        ("de", "Nicht gefunden"),
        ("DE-ch", "Nicht gefunden"),
        ("fr, de;q=0.5", "Nicht gefunden"),
        ("en, de;q=0.5", "Not found"),
        ("de;q=0", "Not found"),
        ("de;q=0.4, en;q=0.3", "Nicht gefunden"),
    ],
)
async def test_the_preferred_of_both_languages_is_spoken(owner: httpx2.AsyncClient, accepted: str, title: str) -> None:
    lost = await owner.get("/v1/procedures/none", headers={"Accept-Language": accepted})
    assert lost.json()["title"] == title


async def test_what_a_request_in_german_stores_is_what_any_other_stores(desk: Desk) -> None:
    async with desk.client(**GERMAN) as owner:
        conversation = (await owner.post("/v1/conversations", json={"text": "Hello"})).json()["id"]
        await owner.post(f"/v1/conversations/{conversation}/messages", json={"text": "I want to talk to somebody"})
        audit = (await owner.get("/v1/audit")).text
        timeline = (await owner.get(f"/v1/conversations/{conversation}/timeline")).text
    async with desk.client(**ENGLISH) as owner:
        assert (await owner.get("/v1/audit")).text == audit
        assert (await owner.get(f"/v1/conversations/{conversation}/timeline")).text == timeline


async def test_answers_without_a_sentence_don_t_depend_on_the_language(owner: httpx2.AsyncClient) -> None:
    answer = await owner.get("/v1/openapi.json", headers=GERMAN)
    assert "Accept-Language" not in answer.headers.get("Vary", "")
    assert "Content-Language" not in answer.headers

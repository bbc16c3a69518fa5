import httpx2
import pytest

from tests.integration.api.desk import GREETING, Desk, kinds, problem, publish, start, talk, texts


async def test_a_conversation_is_opened_and_talked_in(any_desk: Desk) -> None:
    async with any_desk.client() as client:
        await publish(client, GREETING)
        made = await client.post("/v1/conversations", json={"channel": "widget", "language": "de", "region": "DE"})
        assert made.status_code == 201
        conversation = made.json()
        assert (conversation["channel"], conversation["language"], conversation["runs"]) == ("widget", "de", [])

        asked = await start(client, conversation["id"], "greeting")
        assert texts(asked) == ["What is your name?"]
        assert asked["settled"] is True
        assert asked["duplicate"] is False

        (run,) = (await client.get(f"/v1/conversations/{conversation['id']}")).json()["runs"]
        assert (run["procedure"], run["name"], run["version"], run["waiting"]) == ("greeting", "Greeting", 1, "answer")
        assert run["question"] == {"text": "What is your name?", "choices": []}

        answer = await client.post(f"/v1/conversations/{conversation['id']}/messages", json={"text": "Ada"})
        receipt = answer.json()
        assert texts(receipt) == ["Hello Ada!"]
        assert kinds(receipt)[0] == "said"
        assert kinds(receipt)[-1] == "run_ended"
        assert receipt["seq"] == receipt["entries"][-1]["seq"]


async def test_the_same_event_id_twice_is_one_event_with_the_same_entries(
    desk: Desk, owner: httpx2.AsyncClient
) -> None:
    await publish(owner, GREETING)
    conversation = await talk(owner)
    await start(owner, conversation, "greeting")
    message = {"text": "Ada", "event_id": "m-1"}
    first = (await owner.post(f"/v1/conversations/{conversation}/messages", json=message)).json()
    second = (await owner.post(f"/v1/conversations/{conversation}/messages", json=message)).json()
    assert second["duplicate"] is True
    assert second["entries"] == first["entries"]
    assert second["seq"] == first["seq"]
    log = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()
    assert [entry["kind"] for entry in log["items"]].count("said") == 1


async def test_a_members_words_take_the_conversation_over_until_it_is_handed_back(
    agent: httpx2.AsyncClient, owner: httpx2.AsyncClient
) -> None:
    await publish(owner, GREETING)
    conversation = await talk(owner)
    await start(owner, conversation, "greeting")
    replied = (await agent.post(f"/v1/conversations/{conversation}/reply", json={"text": "Mia here."})).json()
    assert replied["entries"][0]["body"] == {"text": "Mia here.", "by": "the agent"}
    state = (await owner.get(f"/v1/conversations/{conversation}")).json()
    assert (state["mode"], state["member"]) == ("member", "the agent")
    back = (await agent.post(f"/v1/conversations/{conversation}/hand-back")).json()
    assert texts(back)[-1] == "What is your name?"
    resolved = await agent.post(f"/v1/conversations/{conversation}/resolve", json={"event_id": "r"})
    assert resolved.status_code == 200
    assert (await owner.get(f"/v1/conversations/{conversation}")).json()["status"] == "resolved"


async def test_a_click_answers_the_question_that_stands(owner: httpx2.AsyncClient) -> None:
    document = {
        **GREETING,
        "steps": [
            {"id": "size", "kind": "collect", "variable": "size", "prompt": "Which size?", "choices": ["S", "L"]},
            {"id": "told", "kind": "message", "text": "{{size}} it is."},
        ],
    }
    await publish(owner, document)
    conversation = await talk(owner)
    asked = await start(owner, conversation, "greeting")
    ask = next(entry["body"] for entry in asked["entries"] if entry["kind"] == "ask")
    assert ask["choices"] == ["S", "L"]
    click = {"question": ask["question"], "choice": "L"}
    assert texts((await owner.post(f"/v1/conversations/{conversation}/clicks", json=click)).json()) == ["L it is."]
    late = problem(await owner.post(f"/v1/conversations/{conversation}/clicks", json=click), 409)
    assert late["detail"] == "That question is no longer open."


async def test_a_log_is_read_on_from_where_one_was(owner: httpx2.AsyncClient) -> None:
    conversation = await talk(owner)
    for text in ("one", "two", "three"):
        await owner.post(f"/v1/conversations/{conversation}/messages", json={"text": text})
    whole = (await owner.get(f"/v1/conversations/{conversation}/entries")).json()
    part = (await owner.get(f"/v1/conversations/{conversation}/entries", params={"after": 0, "limit": 2})).json()
    rest = (await owner.get(f"/v1/conversations/{conversation}/entries", params={"after": part["last"]})).json()
    assert part["items"] + rest["items"] == whole["items"]
    assert [entry["seq"] for entry in whole["items"]] == list(range(1, whole["last"] + 1))
    assert whole["items"][0]["at"].endswith("Z")


async def test_lists_come_in_pages(owner: httpx2.AsyncClient) -> None:
    made = [await talk(owner) for _ in range(5)]
    seen, cursor = [], None
    for _ in range(3):
        given = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await owner.get("/v1/conversations", params=given)).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["cursor"]
    assert cursor is None
    assert seen == made[::-1]


async def test_a_made_up_cursor_is_refused(owner: httpx2.AsyncClient) -> None:
    for path in ("conversations", "runs", "approvals", "tickets", "leads", "mailbox", "audit"):
        problem(await owner.get(f"/v1/{path}", params={"cursor": "made-up"}), 400)


@pytest.mark.parametrize("text", ["", "   \n"])
async def test_an_empty_message_is_refused(owner: httpx2.AsyncClient, text: str) -> None:
    conversation = await talk(owner)
    answer = await owner.post(f"/v1/conversations/{conversation}/messages", json={"text": text})
    assert problem(answer, 422)["problems"][0]["sentence"] == "`text` must not be empty."


async def test_a_message_that_is_too_long_is_refused_and_nothing_is_written(owner: httpx2.AsyncClient) -> None:
    conversation = await talk(owner)
    path = f"/v1/conversations/{conversation}"
    too_long = problem(await owner.post(f"{path}/messages", json={"text": "x" * 10_001}), 422)
    assert too_long["detail"] == "`text` may have at most 10,000 characters."
    assert (await owner.get(path)).json()["seq"] == 0
    assert (await owner.post(f"{path}/messages", json={"text": "x" * 10_000})).status_code == 200


async def test_what_is_not_there_is_not_found(owner: httpx2.AsyncClient) -> None:
    unknown = "conv_" + "0" * 32
    for id in (unknown, "conv_1", "run_" + "0" * 32, "%00", "conv_" + "0" * 31 + "\u0660"):
        problem(await owner.get(f"/v1/conversations/{id}"), 404)
        problem(await owner.post(f"/v1/conversations/{id}/messages", json={"text": "Hi"}), 404)
        problem(await owner.get(f"/v1/conversations/{id}/events"), 404)


async def test_a_procedure_that_is_not_active_cannot_be_started(owner: httpx2.AsyncClient) -> None:
    await owner.post("/v1/procedures", json={"document": GREETING})
    conversation = await talk(owner)
    refused = await owner.post(f"/v1/conversations/{conversation}/start", json={"procedure": "greeting"})
    assert problem(refused, 409)["detail"] == "There is no active procedure `greeting`."


async def test_a_run_shows_its_values_and_its_timeline(owner: httpx2.AsyncClient) -> None:
    await publish(owner, GREETING)
    conversation = await talk(owner)
    await start(owner, conversation, "greeting")
    (open_run,) = (await owner.get("/v1/runs", params={"status": "running"})).json()["items"]
    waiting = (await owner.get(f"/v1/runs/{open_run['id']}")).json()
    assert (waiting["waiting"], waiting["step"], waiting["ended_at"]) == ("answer", "ask", None)
    await owner.post(f"/v1/conversations/{conversation}/messages", json={"text": "Ada"})
    ended = (await owner.get(f"/v1/runs/{open_run['id']}")).json()
    assert ended["variables"] == {"first_name": "Ada"}
    assert ended["sources"] == {"first_name": "customer"}
    assert ended["status"] == "completed"
    assert [entry["kind"] for entry in ended["timeline"]] == ["steps", "steps", "run_ended"]
    assert (await owner.get("/v1/runs", params={"procedure": "other"})).json()["items"] == []


async def test_opening_a_conversation_again_with_the_same_id_opens_nothing_new(owner: httpx2.AsyncClient) -> None:
    await publish(owner, GREETING)
    wanted = {"id": "conv_01a1fb92252478feb59426bcdf1d5eb5", "text": "Hello there"}
    answers = [(await owner.post("/v1/conversations", json=wanted)).json() for _ in range(2)]
    assert [answer["id"] for answer in answers] == [wanted["id"]] * 2
    entries = (await owner.get(f"/v1/conversations/{wanted['id']}/entries")).json()["items"]
    assert [entry["body"]["text"] for entry in entries if entry["kind"] == "said"] == ["Hello there"]


@pytest.mark.parametrize("made", ["conv_1", "run_01a1fb92252478feb59426bcdf1d5eb5", "conv_" + "0" * 32])
async def test_an_id_that_is_no_uuid7_is_refused(owner: httpx2.AsyncClient, made: str) -> None:
    answer = await owner.post("/v1/conversations", json={"id": made})
    assert answer.status_code == 422

"""The queues tell what is so in this very moment, whoever asks."""

from deskhand.domain.events import Said
from tests.integration.inbox.team import Team


async def test_a_conversation_goes_from_queue_to_queue(team: Team) -> None:
    conversation = await team.open("Hello", contact={"first_name": "Ada", "last_name": "Lovelace"})
    assert await team.queue("agent") == await team.queue("all") == [conversation]
    assert await team.queue("waiting") == []

    await team.says(conversation, "I want to talk to a human")
    assert await team.queue("unassigned") == await team.queue("waiting") == [conversation]
    item = await team.item(conversation)
    assert (item["name"], item["waits"], item["queue"]) == ("Ada Lovelace", "reply", "unassigned")
    assert item["since"] is not None

    await team.post(team.ana, conversation, "reply", text="What can I do for you?")
    assert await team.queue("mine") == [conversation]
    assert await team.queue("mine", "Ben") == await team.queue("waiting") == await team.queue("unassigned") == []
    item = await team.item(conversation)
    assert (item["last_by"], item["last_text"], item["assignee"]) == ("Ana", "What can I do for you?", "Ana")

    await team.says(conversation, "A refund, please")
    assert await team.queue("waiting", "Ben") == [conversation]
    await team.post(team.ana, conversation, "resolve")
    assert await team.queue("resolved") == [conversation]
    counts = (await team.get("inbox"))["counts"]
    assert counts == {"mine": 0, "unassigned": 0, "waiting": 0, "agent": 0, "all": 0, "resolved": 1}


async def test_who_waits_waits_since_their_first_unanswered_words(team: Team) -> None:
    conversation = await team.open("I want to talk to a human")
    begun = (await team.item(conversation))["since"]
    team.desk.clock.advance(minutes=5)
    await team.says(conversation, "Hello?")
    assert (await team.item(conversation))["since"] == begun

    await team.post(team.ana, conversation, "reply", text="Here I am")
    team.desk.clock.advance(minutes=5)
    await team.says(conversation, "At last")
    assert (await team.item(conversation))["since"] > begun


async def test_a_request_that_a_member_must_decide_keeps_the_customer_waiting(team: Team) -> None:
    conversation = await team.open()
    await team.post(team.ana, conversation, "start", procedure="complaint")
    team.desk.clock.advance(minutes=1)
    await team.says(conversation, "The box was empty")
    item = await team.item(conversation, queue="waiting")
    (approval,) = (await team.get(f"approvals?conversation={conversation}"))["items"]
    assert (item["waits"], item["since"], item["queue"]) == ("approval", approval["requested_at"], "agent")

    await team.ana.post(f"/v1/approvals/{approval['id']}/approve")
    assert await team.queue("waiting") == []


async def test_the_newest_activity_comes_first(team: Team) -> None:
    names = []
    for text in ("one", "two", "three"):
        names.append(await team.open(text))
        team.desk.clock.advance(seconds=1)
    await team.says(names[0], "again")
    assert await team.queue("all") == [names[0], names[2], names[1]]


async def test_what_a_member_has_not_read_is_unread_for_them_alone(team: Team) -> None:
    conversation = await team.open("Hello")
    assert (await team.item(conversation))["unread"]
    seq = (await team.item(conversation))["seq"]
    read = await team.ana.post(f"/v1/conversations/{conversation}/read", json={"seq": seq})
    assert read.status_code == 204
    assert not (await team.item(conversation))["unread"]
    assert (await team.item(conversation, "Ben"))["unread"]

    await team.post(team.ben, conversation, "note", text="Look at this")
    assert (await team.item(conversation))["unread"]


async def test_reading_ahead_of_what_is_there_hides_nothing_that_comes(team: Team) -> None:
    conversation = await team.open("Hello")
    await team.ana.post(f"/v1/conversations/{conversation}/read", json={"seq": 9_000})
    await team.says(conversation, "Anybody?")
    assert (await team.item(conversation))["unread"]


async def test_nobody_sees_anothers_workspace(team: Team) -> None:
    conversation = await team.open("Hello")
    listed = await team.get("inbox", "Eve")
    assert listed["items"] == []
    assert set(listed["counts"].values()) == {0}
    answer = await team.clients["Eve"].post(f"/v1/conversations/{conversation}/read", json={"seq": 1})
    assert answer.status_code == 404


async def test_an_unknown_queue_or_cursor_is_told_in_a_sentence(team: Team) -> None:
    assert (await team.ana.get("/v1/inbox?queue=yours")).status_code == 422
    assert (await team.ana.get("/v1/inbox?cursor=xyz")).json()["type"] == "urn:deskhand:problem:bad-cursor"


async def test_what_happened_while_nobody_kept_the_rows_is_caught_up_with(team: Team) -> None:
    names = [await team.open("Hello") for _ in range(3)]
    team.desk.running.services.inbox._changed.clear()  # as a process that was killed
    assert await team.queue("all") == []
    assert await team.desk.running.services.inbox.catch_up() == 3
    assert sorted(await team.queue("all")) == sorted(names)
    assert await team.desk.running.services.inbox.catch_up() == 0


async def test_a_long_log_is_looked_at_to_its_end(team: Team) -> None:
    conversation = await team.open("Hello")
    await team.post(team.ana, conversation, "take-over")
    engine, workspace = team.desk.running.services.engine, team.desk.workspace

    for number in range(1100):
        await engine.handle(workspace, conversation, Said(text=f"Message {number}"))
    for _ in range(3):
        item = await team.item(conversation)
    assert item["last_text"] == "Message 1099"

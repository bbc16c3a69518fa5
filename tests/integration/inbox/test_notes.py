"""What members write down for each other, whose a conversation is, and its tags."""

from tests.fake_model import FakeModel, calls
from tests.integration.inbox.team import Team
from tests.integration.talk.conftest import with_model


async def test_a_note_is_for_members_alone_and_takes_nothing_over(team: Team) -> None:
    conversation = await team.open("I have a complaint")
    written = await team.post(team.ana, conversation, "note", text="Third time this week, @Ben")

    (note,) = [one for one in written["entries"] if one["kind"] == "note"]
    assert (note["visible_to"], note["body"]) == ("members", {"text": "Third time this week, @Ben", "by": "Ana"})
    assert "Third time" not in str(await team.read(conversation))
    state = await team.get(f"conversations/{conversation}")
    assert (state["mode"], state["member"], state["assignee"]) == ("agent", None, None)


async def test_a_note_leaves_the_question_that_stands_to_the_customer(team: Team) -> None:
    conversation = await team.open()
    await team.post(team.ana, conversation, "start", procedure="complaint")
    await team.post(team.ben, conversation, "note", text="Let us see")
    await team.says(conversation, "The box was empty")

    assert (await team.get(f"conversations/{conversation}"))["runs"][0]["waiting"] == "approval"


async def test_a_note_sent_twice_is_one(team: Team) -> None:
    conversation = await team.open()
    for duplicate in (False, True):
        receipt = await team.post(team.ana, conversation, "note", text="Once", event_id="tab-1")
        assert receipt["duplicate"] is duplicate
    assert [one["kind"] for one in await team.entries(conversation)] == ["note"]


async def test_no_model_is_told_a_note(team: Team, fake: FakeModel) -> None:
    await with_model(team.desk, fake)
    conversation = await team.open()
    await team.post(team.ana, conversation, "note", text="Is known to be difficult")
    fake.say(calls({"kind": "small_talk", "about": "greeting"}))
    await team.says(conversation, "Hello there, is anybody in?")

    assert len(fake.requests) == 1
    assert "difficult" not in str(fake.requests)


async def test_taking_over_assigns_and_handing_back_frees(team: Team) -> None:
    conversation = await team.open()
    whose = []
    for who, what in ((team.ana, "take-over"), (team.ben, "take-over"), (team.ben, "hand-back")):
        await team.post(who, conversation, what)
        whose.append((await team.get(f"conversations/{conversation}"))["assignee"])
    assert whose == ["Ana", "Ben", None]


async def test_who_answers_what_is_somebodys_does_not_take_it_away(team: Team) -> None:
    conversation = await team.open()
    await team.post(team.ana, conversation, "assign", member="Ben")
    await team.post(team.ana, conversation, "reply", text="Ben will write to you soon")
    state = await team.get(f"conversations/{conversation}")
    assert (state["assignee"], state["member"]) == ("Ben", "Ana")

    await team.post(team.ana, conversation, "assign", member=None)
    assert (await team.get(f"conversations/{conversation}"))["assignee"] is None


async def test_a_customer_who_comes_back_is_nobodys(team: Team) -> None:
    conversation = await team.open()
    await team.post(team.ana, conversation, "take-over")
    await team.post(team.ana, conversation, "resolve")
    assert (await team.get(f"conversations/{conversation}"))["assignee"] == "Ana"
    await team.says(conversation, "One more thing")
    state = await team.get(f"conversations/{conversation}")
    assert (state["status"], state["assignee"]) == ("open", None)


async def test_members_add_and_remove_tags(team: Team) -> None:
    conversation = await team.open()
    await team.post(team.ana, conversation, "tags", add=["vip", " late   delivery "])
    await team.post(team.ben, conversation, "tags", add=["vip"], remove=["late delivery", "unknown"])
    assert (await team.get(f"conversations/{conversation}"))["tags"] == ["vip"]

    many = await team.ana.post(f"/v1/conversations/{conversation}/tags", json={"add": [f"t{i}" for i in range(20)]})
    assert many.status_code == 200
    more = {"add": [f"u{i}" for i in range(20)]}
    assert (await team.ana.post(f"/v1/conversations/{conversation}/tags", json=more)).status_code == 200
    refused = await team.ana.post(f"/v1/conversations/{conversation}/tags", json={"add": [f"v{i}" for i in range(20)]})
    assert (refused.status_code, refused.json()["detail"]) == (
        409, "A conversation has at most 50 tags: take some away first.",
    )  # fmt: skip


async def test_bad_input_is_told_in_a_sentence(team: Team) -> None:
    conversation = await team.open()
    for what, body in (("note", {"text": "  "}), ("tags", {"add": [" "]}), ("assign", {"member": ""}), ("assign", {})):
        answer = await team.ana.post(f"/v1/conversations/{conversation}/{what}", json=body)
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:deskhand:problem:invalid-request")

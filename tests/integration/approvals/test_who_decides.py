from tests.integration.api.desk import problem, texts
from tests.integration.approvals.office import Office, complaint


async def waiting(office: Office, name: str) -> dict[str, int]:
    found: dict[str, int] = (await office[name].get("/v1/approvals/count")).json()
    return found


async def mine(office: Office, name: str) -> list[str]:
    page = (await office[name].get("/v1/approvals", params={"mine": "true"})).json()
    return [one["id"] for one in page["items"]]


async def test_who_is_no_approver_is_told_and_refused(office: Office) -> None:
    await office.publish(complaint(approvers={"role": "admin", "members": ["cleo@example.com"]}))
    approval = await office.asked()
    seen = await office.look("Ben", approval)
    assert (seen["may_decide"], seen["why_not"]["why"]) == (False, "role")
    assert seen["why_not"]["sentence"] == "Only an admin or an owner or cleo@example.com may decide this."
    for what, body in (("approve", {}), ("reject", {"reason": "No"}), ("approve", {"values": {"amount": 1}})):
        assert (
            problem(await office.decides("Ben", approval, what, **body), 403)["detail"] == seen["why_not"]["sentence"]
        )
    assert await office.tickets() == []
    assert await mine(office, "Ben") == []
    assert (await waiting(office, "Ben"), await waiting(office, "Cleo")) == (
        {"pending": 0, "outcomes": 0, "others": 1}, {"pending": 1, "outcomes": 0, "others": 0},
    )  # fmt: skip
    for name in ("Cleo", "Dora", "Ana"):
        assert (await office.look(name, approval))["may_decide"]
        assert await mine(office, name) == [approval["id"]]
    assert (await office.decides("Cleo", approval)).status_code == 200


async def test_a_keys_role_counts_and_its_name_stands_for_no_member(office: Office) -> None:
    await office.publish(complaint(approvers={"members": ["cleo@example.com"]}))
    approval = await office.asked()
    async with office.town.browser(**await office.town.key("owner", "cleo@example.com")) as program:
        problem(await program.post(f"/v1/approvals/{approval['id']}/approve"), 403)


async def test_publishing_refuses_approvers_who_are_not_there(office: Office) -> None:
    made = await office["Ana"].post(
        "/v1/procedures", json={"document": complaint(approvers={"members": ["bem@example.com"]})}
    )
    refused = problem(await office["Ana"].post(f"/v1/procedures/{made.json()['slug']}/publish"), 422)
    assert "there is no member `bem@example.com`. Do you mean `ben@example.com`?" in refused["detail"]


async def test_with_four_eyes_whoever_published_does_not_decide(office: Office) -> None:
    await office.publish(complaint(), by="Dora")
    wanted = await office["Ana"].put("/v1/settings/approvals", json={"four_eyes": True})
    assert wanted.json() == {"four_eyes": True}
    approval = await office.asked()
    assert (await office.look("Dora", approval))["why_not"]["why"] == "four_eyes_published"
    problem(await office.decides("Dora", approval), 403)
    assert await mine(office, "Dora") == []
    assert (await waiting(office, "Dora"))["others"] == 1
    async with office.town.browser(**await office.town.key("owner")) as program:
        refused = problem(await program.post(f"/v1/approvals/{approval['id']}/approve"), 403)
        assert "sign in as a member" in refused["detail"]
    assert (await office.decides("Ben", approval)).status_code == 200


async def test_with_four_eyes_whoever_published_with_a_key_of_their_own_does_not_decide(office: Office) -> None:
    made = await office["Dora"].post("/v1/keys", json={"name": "ci", "role": "admin"})
    async with office.town.browser(authorization=f"Bearer {made.json()['key']}") as program:
        drafted = await program.post("/v1/procedures", json={"document": complaint()})
        published = await program.post(f"/v1/procedures/{drafted.json()['slug']}/publish")
        assert published.status_code == 200, published.text
    await office["Ana"].put("/v1/settings/approvals", json={"four_eyes": True})
    approval = await office.asked()
    assert (await office.look("Dora", approval))["why_not"]["why"] == "four_eyes_published"
    problem(await office.decides("Dora", approval), 403)
    assert (await office.decides("Ben", approval)).status_code == 200


async def test_with_four_eyes_an_edit_waits_for_somebody_else(office: Office) -> None:
    await office.publish(complaint())
    await office["Ana"].put("/v1/settings/approvals", json={"four_eyes": True})
    approval = await office.asked()
    edited = await office.decides("Ben", approval, values={"amount": 40})
    assert edited.status_code == 200
    assert texts(edited.json()) == []
    assert await office.tickets() == []
    ben, cleo = await office.look("Ben", approval), await office.look("Cleo", approval)
    assert (ben["status"], ben["revision"], ben["why_not"]["why"]) == ("pending", 1, "four_eyes_edited")
    assert (cleo["may_decide"], cleo["card"]["request"]["subject"]) == (True, "Complaint over 40")
    problem(await office.decides("Ben", approval, based_on=1), 403)
    stale = problem(await office.decides("Cleo", approval), 409)
    assert "Ben edited this request: look at it again" in stale["detail"]
    assert (await office.decides("Cleo", approval, based_on=1)).status_code == 200
    assert await office.tickets() == [("Complaint over 40", "The box was empty")]


async def test_only_an_owner_says_how_approvals_are_decided(office: Office) -> None:
    for name in ("Ben", "Dora"):
        problem(await office[name].put("/v1/settings/approvals", json={"four_eyes": True}), 403)
    assert (await office["Ben"].get("/v1/settings/approvals")).json() == {"four_eyes": False}
    await office["Ana"].put("/v1/settings/approvals", json={"four_eyes": True})
    assert ("Ana", "approvals.settings") in await office.town.audit()


async def test_a_second_decision_is_told_whose_the_first_was(office: Office) -> None:
    await office.publish(complaint())
    approval = await office.asked()
    await office.decides("Ben", approval)
    late = problem(await office.decides("Cleo", approval, "reject", reason="No"), 409)
    assert late["detail"] == "Ben approved this already."
    assert len(await office.tickets()) == 1

"""Accounts, sessions, members, invitations and what a workspace prefers."""

import asyncio
from dataclasses import replace

import pytest

from deskhand.domain.errors import RuleError
from deskhand.ports.accounts import AccountRow, InvitationRow, MemberRow, Preferences, SessionRow
from deskhand.ports.stores import KeyRow, NotFound, Stale, Stores, Taken
from tests.contract.samples import NOW, OTHER, WORKSPACE, audit_row, fresh

DIGEST = b"\x01" * 32
PASSWORD = "$argon2id$…"


def account_row(email: str = "ada@example.com", **fields: object) -> AccountRow:
    made = AccountRow(fresh("acct"), email, "Ada", PASSWORD, None, WORKSPACE, NOW)
    return replace(made, **fields)  # type: ignore[arg-type]


def member_row(account: AccountRow, role: str = "owner", workspace: str = WORKSPACE) -> MemberRow:
    return MemberRow(workspace, fresh("member"), account.id, account.email, account.name, role, NOW)


def session_row(member: MemberRow, expires_at: int = NOW + 1000) -> SessionRow:
    own = fresh("session")
    return SessionRow(own, member.account, member.workspace, NOW, NOW, expires_at, "Firefox — ü", "127.0.0.1")


def invitation_row(email: str = "max@example.com", workspace: str = WORKSPACE) -> InvitationRow:
    return InvitationRow(workspace, fresh("inv"), email, "agent", "Ada", NOW, NOW + 1000, None)


async def joined(stores: Stores, email: str = "ada@example.com", role: str = "owner") -> MemberRow:
    account = account_row(email)
    member = member_row(account, role)
    await stores.accounts.add(account, member, audit_row())
    return member


async def actions(stores: Stores, workspace: str = WORKSPACE) -> list[str]:
    return [row.action for row in (await stores.conversations.audit(workspace)).items]


async def test_an_account_is_found_by_its_id_and_its_address(stores: Stores) -> None:
    account = account_row(language="de", workspace=None)
    await stores.accounts.add(account, member_row(account), audit_row("joined"))
    assert await stores.accounts.account(account.id) == account
    assert await stores.accounts.by_email("ada@example.com") == account
    assert await stores.accounts.by_email("Ada@example.com") is None
    assert await actions(stores) == ["joined"]
    with pytest.raises(NotFound):
        await stores.accounts.account(fresh("acct"))


async def test_an_address_has_one_account(stores: Stores) -> None:
    await joined(stores)
    with pytest.raises(Taken):
        await joined(stores)
    assert len(await stores.members.all(WORKSPACE)) == 1
    assert len(await actions(stores)) == 1


async def test_of_two_first_owners_one_comes_in(stores: Stores) -> None:
    people = [account_row(f"{name}@example.com") for name in ("a", "b")]
    adding = [stores.accounts.add(one, member_row(one), audit_row(), alone=True) for one in people]
    done = await asyncio.gather(*adding, return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["NoneType", "Taken"]
    assert await stores.members.anywhere()
    assert len(await stores.members.all(WORKSPACE)) == 1


async def test_nobody_is_anywhere_at_first(stores: Stores) -> None:
    assert not await stores.members.anywhere()


async def test_a_session_is_found_by_its_digest_with_its_member(stores: Stores) -> None:
    member = await joined(stores)
    session = session_row(member)
    await stores.accounts.begin(session, PASSWORD, DIGEST, audit_row("signed_in"))
    assert await stores.accounts.session(DIGEST) == (session, member)
    assert await stores.accounts.session(b"\x02" * 32) is None
    assert await stores.accounts.sessions(member.account) == [session]
    assert "signed_in" in await actions(stores)


async def test_a_session_whose_member_is_gone_is_none(stores: Stores) -> None:
    await joined(stores, "bob@example.com")
    member = await joined(stores)
    await stores.accounts.begin(session_row(member), PASSWORD, DIGEST, audit_row())
    await stores.members.remove(WORKSPACE, member.id, audit_row("removed"))
    assert await stores.accounts.session(DIGEST) is None
    assert await stores.accounts.sessions(member.account) == []
    assert await stores.accounts.memberships(member.account) == []
    assert (await stores.accounts.account(member.account)).email == member.email


async def test_a_password_that_was_replaced_in_the_meantime_begins_no_session(stores: Stores) -> None:
    member = await joined(stores)
    await stores.accounts.set_password(member.account, "new")
    with pytest.raises(Stale):
        await stores.accounts.begin(session_row(member), PASSWORD, DIGEST, audit_row("signed_in"))
    assert await stores.accounts.sessions(member.account) == []
    assert "signed_in" not in await actions(stores)


async def test_beginning_a_session_drops_those_that_expired(stores: Stores) -> None:
    member = await joined(stores)
    await stores.accounts.begin(session_row(member, expires_at=NOW), PASSWORD, DIGEST, audit_row())
    later = replace(session_row(member), created_at=NOW + 1)
    await stores.accounts.begin(later, PASSWORD, b"\x03" * 32, audit_row())
    assert await stores.accounts.sessions(member.account) == [later]


async def test_a_sessions_end_is_put_off(stores: Stores) -> None:
    member = await joined(stores)
    session = session_row(member)
    await stores.accounts.begin(session, PASSWORD, DIGEST, audit_row())
    await stores.accounts.seen(session.id, NOW + 5, NOW + 5000)
    (found,) = await stores.accounts.sessions(member.account)
    assert (found.seen_at, found.expires_at) == (NOW + 5, NOW + 5000)


async def test_sessions_are_ended_one_by_one_and_all_others(stores: Stores) -> None:
    member, stranger = await joined(stores), await joined(stores, "bob@example.com")
    sessions = [session_row(member) for _ in range(4)]
    for number, session in enumerate(sessions):
        await stores.accounts.begin(session, PASSWORD, bytes([number]) * 32, audit_row())
    with pytest.raises(NotFound):
        await stores.accounts.end(stranger.account, sessions[0].id)
    await stores.accounts.end(member.account, sessions[0].id, (WORKSPACE, audit_row("ended")))
    with pytest.raises(NotFound):
        await stores.accounts.end(member.account, sessions[0].id)
    assert (await actions(stores)).count("ended") == 1
    assert await stores.accounts.end_others(member.account, sessions[1].id) == 2
    assert await stores.accounts.sessions(member.account) == [sessions[1]]
    assert await stores.accounts.end_others(member.account, None) == 1


async def test_a_session_moves_only_to_a_workspace_of_its_account(stores: Stores) -> None:
    member = await joined(stores)
    session = session_row(member)
    await stores.accounts.begin(session, PASSWORD, DIGEST, audit_row())
    with pytest.raises(NotFound):
        await stores.accounts.switch(session.id, OTHER)
    account = await stores.accounts.account(member.account)
    there = member_row(account, "agent", OTHER)
    await stores.members.add(OTHER, there, audit_row("joined"))
    await stores.accounts.switch(session.id, OTHER)
    found = await stores.accounts.session(DIGEST)
    assert found is not None
    assert found[1] == there
    assert (await stores.accounts.account(member.account)).workspace == OTHER
    assert [one.workspace for one in await stores.accounts.memberships(member.account)] == [WORKSPACE, OTHER]
    with pytest.raises(Taken):
        await stores.members.add(OTHER, replace(there, id=fresh("member")), audit_row())


async def test_a_new_password_ends_the_other_sessions(stores: Stores) -> None:
    member = await joined(stores)
    kept, ended = session_row(member), session_row(member)
    await stores.accounts.begin(kept, PASSWORD, DIGEST, audit_row())
    await stores.accounts.begin(ended, PASSWORD, b"\x02" * 32, audit_row())
    await stores.accounts.set_password(member.account, "new", but=kept.id)
    assert (await stores.accounts.account(member.account)).password == "new"
    assert await stores.accounts.sessions(member.account) == [kept]
    assert not await stores.accounts.renew_hash(member.account, "old", "newer")
    assert (await stores.accounts.account(member.account)).password == "new"
    assert await stores.accounts.renew_hash(member.account, "new", "newer")
    assert (await stores.accounts.account(member.account)).password == "newer"


async def test_a_person_has_one_name_everywhere(stores: Stores) -> None:
    member = await joined(stores)
    account = await stores.accounts.account(member.account)
    await stores.members.add(OTHER, member_row(account, "agent", OTHER), audit_row())
    told = {WORKSPACE: audit_row("renamed"), OTHER: audit_row("renamed")}
    await stores.accounts.change(member.account, "Ada L.", "de", told)
    account = await stores.accounts.account(member.account)
    assert (account.name, account.language) == ("Ada L.", "de")
    assert {one.name for one in await stores.accounts.memberships(member.account)} == {"Ada L."}
    assert "renamed" in await actions(stores)
    assert "renamed" in await actions(stores, OTHER)


async def test_a_key_says_who_made_it_and_what_they_may_now(stores: Stores) -> None:
    maker = await joined(stores)
    await joined(stores, "bob@example.com")
    row = KeyRow(WORKSPACE, fresh("key"), "ci", "owner", NOW, None, maker.id)
    await stores.settings.add_key(row, b"\x01" * 32, audit_row())
    await stores.members.set_role(WORKSPACE, maker.id, "agent", audit_row())
    assert await stores.settings.key(b"\x01" * 32) == replace(row, maker_role="agent")
    assert await stores.settings.keys(WORKSPACE) == [row]


async def test_what_a_member_made_ends_with_them(stores: Stores) -> None:
    leaving, staying = await joined(stores), await joined(stores, "bob@example.com")
    for number, maker in enumerate((leaving, staying, None)):
        key = KeyRow(WORKSPACE, fresh("key"), f"{number}", "admin", NOW, None, maker and maker.id)
        await stores.settings.add_key(key, bytes([number]) * 32, audit_row())
        asked = replace(invitation_row(f"{number}@example.com"), inviter=maker and maker.id)
        await stores.members.invite(WORKSPACE, asked, bytes([number]) * 32, audit_row())
    await stores.members.remove(WORKSPACE, leaving.id, replace(audit_row("removed"), at=NOW + 7))
    assert [key.revoked_at for key in await stores.settings.keys(WORKSPACE)] == [NOW + 7, None, None]
    assert {one.email for one in await stores.members.invitations(WORKSPACE)} == {"1@example.com", "2@example.com"}


async def test_the_last_owner_stays(stores: Stores) -> None:
    owner, agent = await joined(stores), await joined(stores, "bob@example.com", "agent")
    with pytest.raises(RuleError):
        await stores.members.set_role(WORKSPACE, owner.id, "admin", audit_row("changed"))
    with pytest.raises(RuleError):
        await stores.members.remove(WORKSPACE, owner.id, audit_row("removed"))
    assert await stores.members.get(WORKSPACE, owner.id) == owner
    await stores.members.set_role(WORKSPACE, agent.id, "owner", audit_row("changed"))
    await stores.members.remove(WORKSPACE, owner.id, audit_row("removed"))
    assert [one.id for one in await stores.members.all(WORKSPACE)] == [agent.id]
    assert sorted(await actions(stores))[:2] == ["changed", "removed"]


async def test_two_owners_cannot_demote_each_other_at_once(stores: Stores) -> None:
    owners = [await joined(stores, f"{name}@example.com") for name in ("a", "b")]
    changes = [stores.members.set_role(WORKSPACE, one.id, "agent", audit_row()) for one in owners]
    done = await asyncio.gather(*changes, return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["NoneType", "RuleError"]
    assert sorted(one.role for one in await stores.members.all(WORKSPACE)) == ["agent", "owner"]


async def test_another_workspaces_members_are_out_of_reach(stores: Stores) -> None:
    member = await joined(stores)
    for act in (
        stores.members.get(OTHER, member.id),
        stores.members.set_role(OTHER, member.id, "agent", audit_row()),
        stores.members.remove(OTHER, member.id, audit_row()),
    ):
        with pytest.raises(NotFound):
            await act
    assert await stores.members.all(OTHER) == []
    assert await stores.members.get(WORKSPACE, member.id) == member


async def test_an_invitation_is_accepted_once(stores: Stores) -> None:
    invitation = invitation_row()
    await stores.members.invite(WORKSPACE, invitation, DIGEST, audit_row("invited"))
    assert await stores.members.invited(DIGEST) == invitation
    assert await stores.members.invitations(WORKSPACE) == [invitation]
    account = account_row(invitation.email)
    member = member_row(account, "agent")
    await stores.members.accept(WORKSPACE, invitation.id, member, account, audit_row("joined"))
    with pytest.raises(Stale):
        await stores.members.accept(WORKSPACE, invitation.id, member, None, audit_row("joined"))
    assert await stores.members.all(WORKSPACE) == [member]
    assert await stores.members.invitations(WORKSPACE) == []
    used = await stores.members.invited(DIGEST)
    assert used is not None
    assert used.ended == "accepted"
    assert await actions(stores) == ["joined", "invited"]


async def test_two_who_accept_at_once_make_one_member(stores: Stores) -> None:
    invitation = invitation_row()
    await stores.members.invite(WORKSPACE, invitation, DIGEST, audit_row())
    people = [account_row(invitation.email) for _ in range(2)]
    accepting = [
        stores.members.accept(WORKSPACE, invitation.id, member_row(one, "agent"), one, audit_row()) for one in people
    ]
    done = await asyncio.gather(*accepting, return_exceptions=True)
    assert sum(one is None for one in done) == 1
    assert len(await stores.members.all(WORKSPACE)) == 1


async def test_accepting_as_a_member_uses_nothing_up(stores: Stores) -> None:
    member = await joined(stores)
    invitation = invitation_row(member.email)
    await stores.members.invite(WORKSPACE, invitation, DIGEST, audit_row())
    again = replace(member, id=fresh("member"))
    with pytest.raises(Taken):
        await stores.members.accept(WORKSPACE, invitation.id, again, None, audit_row())
    assert await stores.members.invitations(WORKSPACE) == [invitation]


async def test_a_second_invitation_takes_the_first_ones_place(stores: Stores) -> None:
    first, second = invitation_row(), invitation_row()
    await stores.members.invite(WORKSPACE, first, DIGEST, audit_row())
    await stores.members.invite(WORKSPACE, second, b"\x02" * 32, audit_row())
    await stores.members.invite(OTHER, invitation_row(workspace=OTHER), b"\x03" * 32, audit_row())
    assert await stores.members.invitations(WORKSPACE) == [second]
    replaced = await stores.members.invited(DIGEST)
    assert replaced is not None
    assert replaced.ended == "revoked"


async def test_an_invitation_is_renewed_and_revoked(stores: Stores) -> None:
    invitation, later = invitation_row(), b"\x02" * 32
    await stores.members.invite(WORKSPACE, invitation, DIGEST, audit_row())
    renewed = replace(invitation, expires_at=NOW + 9000, invited_by="Bob", inviter=fresh("member"))
    await stores.members.renew(WORKSPACE, renewed, later, audit_row("renewed"))
    assert await stores.members.invited(DIGEST) is None
    assert await stores.members.invited(later) == renewed
    with pytest.raises(NotFound):
        await stores.members.revoke(OTHER, invitation.id, audit_row())
    await stores.members.revoke(WORKSPACE, invitation.id, audit_row("revoked"))
    for act in (
        stores.members.revoke(WORKSPACE, invitation.id, audit_row()),
        stores.members.renew(WORKSPACE, invitation, DIGEST, audit_row()),
    ):
        with pytest.raises(NotFound):
            await act
    assert (await actions(stores))[:2] == ["revoked", "renewed"]


async def test_preferences_are_english_and_utc_until_somebody_says_otherwise(stores: Stores) -> None:
    assert await stores.preferences.get(WORKSPACE) == Preferences("en", "UTC")
    counted = await stores.conversations.catalogue(WORKSPACE)
    for zone in ("Europe/Vienna", "Europe/Berlin"):
        await stores.preferences.put(WORKSPACE, "Acme", Preferences("de", zone), audit_row())
    assert await stores.preferences.get(WORKSPACE) == Preferences("de", "Europe/Berlin")
    assert (await stores.settings.workspace(WORKSPACE)).name == "Acme"
    assert await stores.conversations.catalogue(WORKSPACE) == counted + 2
    assert await stores.preferences.get(OTHER) == Preferences()
    with pytest.raises(NotFound):
        await stores.preferences.put(fresh("ws"), "x", Preferences(), audit_row())


async def test_the_last_moment_counts_at_which_a_member_was_there(stores: Stores) -> None:
    assert await stores.attendance.last(WORKSPACE) is None
    for at in (NOW, NOW + 5, NOW + 2):
        await stores.attendance.put(WORKSPACE, at)
    assert await stores.attendance.last(WORKSPACE) == NOW + 5
    assert await stores.attendance.last(OTHER) is None

"""User tokens: what proves who a customer is, and what does not."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any

import jwt
import pytest

from deskhand.adapters.sql import open_stores
from deskhand.adapters.vault import AesVault
from deskhand.application.identity import NAME, Identity, IdentityRefused
from deskhand.application.rotating import rotate
from deskhand.domain.contact import Contact
from deskhand.ports.stores import Stores
from tests.clock import ScriptedClock
from tests.contract.samples import OTHER, WORKSPACE, workspace_row

OLD, NEW = bytes(32), bytes(range(32))


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock()


@pytest.fixture
async def stores(sqlite_url: str) -> AsyncIterator[Stores]:
    opened = await open_stores(sqlite_url)
    for shown in (WORKSPACE, OTHER):
        await opened.settings.create_workspace(workspace_row(shown))
    yield opened
    await opened.close()


@pytest.fixture
def identity(stores: Stores, clock: ScriptedClock) -> Identity:
    return Identity(stores, AesVault([OLD]), clock)


@pytest.fixture
async def secret(identity: Identity) -> str:
    return await identity.replace(WORKSPACE, "Ana")


def signed(secret: str, algorithm: str = "HS256", headers: dict[str, Any] | None = None, **claims: Any) -> str:
    return jwt.encode(claims, secret, algorithm=algorithm, headers=headers)


def raw(header: Any, claims: Any, secret: str) -> str:
    """A token as no library would make it."""
    parts = [base64.urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in (header, claims)]
    mac = hmac.digest(secret.encode(), ".".join(parts).encode(), "sha256")
    return ".".join([*parts, base64.urlsafe_b64encode(mac).decode().rstrip("=")])


async def test_a_token_tells_who_the_customer_is_and_what_the_company_knows(
    identity: Identity, secret: str, clock: ScriptedClock
) -> None:
    token = signed(
        secret, sub="c-7", exp=clock.now() // 1000 + 60, email="ada@example.com", name="Ada  King Lovelace",
        phone_number="+44 20 7946 0000", attributes={"plan": "pro"}, iss="shop", aud="someone",
    )  # fmt: skip
    user = await identity.verify(WORKSPACE, token)

    assert user.id == "c-7"
    assert user.contact == Contact(
        id="c-7", first_name="Ada King", last_name="Lovelace", email="ada@example.com",
        phone_number="+44 20 7946 0000", attributes={"plan": "pro"},
    )  # fmt: skip


async def test_a_customers_own_id_may_be_a_number(identity: Identity, secret: str) -> None:
    assert (await identity.verify(WORKSPACE, raw({"alg": "HS256"}, {"sub": 7}, secret))).id == "7"


async def test_the_id_alone_can_be_signed_too(identity: Identity, secret: str) -> None:
    signature = hmac.new(secret.encode(), b"shop:7", hashlib.sha256).hexdigest()

    assert (await identity.verify(WORKSPACE, f"shop:7:{signature}")).contact == Contact(id="shop:7")
    assert (await identity.verify(WORKSPACE, f"shop:7:{signature.upper()}")).id == "shop:7"
    with pytest.raises(IdentityRefused):
        await identity.verify(WORKSPACE, f"shop:8:{signature}")


async def test_a_token_is_good_until_it_expires_and_a_minute_more_for_slow_clocks(
    identity: Identity, secret: str, clock: ScriptedClock
) -> None:
    token = signed(secret, sub="c-7", exp=clock.now() // 1000 + 60)
    clock.advance(119)
    await identity.verify(WORKSPACE, token)
    clock.advance(1)
    with pytest.raises(IdentityRefused, match="expired"):
        await identity.verify(WORKSPACE, token)


async def test_a_token_for_later_is_not_good_yet(identity: Identity, secret: str, clock: ScriptedClock) -> None:
    token = signed(secret, sub="c-7", nbf=clock.now() // 1000 + 300)
    with pytest.raises(IdentityRefused, match="not valid yet"):
        await identity.verify(WORKSPACE, token)
    clock.advance(240)
    await identity.verify(WORKSPACE, token)


FORGED = {
    "nothing": lambda secret: "",
    "no token": lambda secret: "nonsense",
    "another secret": lambda secret: signed("x" * 64, sub="c-7"),
    "no algorithm": lambda secret: jwt.encode({"sub": "c-7"}, None, algorithm="none"),  # type: ignore[arg-type]
    "no signature": lambda secret: signed(secret, sub="c-7").rpartition(".")[0] + ".",
    "another algorithm": lambda secret: signed(secret, algorithm="HS512", sub="c-7"),
    "algorithm in other letters": lambda secret: raw({"alg": "hs256"}, {"sub": "c-7"}, secret),
    "algorithm as a list": lambda secret: raw({"alg": ["HS256"]}, {"sub": "c-7"}, secret),
    "no header": lambda secret: raw("HS256", {"sub": "c-7"}, secret),
    "an unknown extension": lambda secret: raw({"alg": "HS256", "crit": ["x"], "x": 1}, {"sub": "c-7"}, secret),
    "a detached payload": lambda secret: raw({"alg": "HS256", "b64": False}, {"sub": "c-7"}, secret),
    "no object": lambda secret: raw({"alg": "HS256"}, ["c-7"], secret),
    "too long": lambda secret: signed(secret, sub="c-7", attributes={"x": "y" * 6000}),
    "no customer": lambda secret: signed(secret, email="ada@example.com"),
    "an empty customer": lambda secret: signed(secret, sub="  "),
    "a customer with room around": lambda secret: signed(secret, sub=" c-7"),
    "a long customer": lambda secret: signed(secret, sub="c" * 201),
    "a customer that is true": lambda secret: raw({"alg": "HS256"}, {"sub": True}, secret),
    "a customer that is an object": lambda secret: raw({"alg": "HS256"}, {"sub": {"id": 7}}, secret),
    "an end in words": lambda secret: raw({"alg": "HS256"}, {"sub": "c-7", "exp": "tomorrow"}, secret),
    "an end without end": lambda secret: raw({"alg": "HS256"}, {"sub": "c-7", "exp": float("inf")}, secret),
    "an end that is no number": lambda secret: raw({"alg": "HS256"}, {"sub": "c-7", "exp": float("nan")}, secret),
    "an end of null": lambda secret: raw({"alg": "HS256"}, {"sub": "c-7", "exp": None}, secret),
    "no e-mail": lambda secret: signed(secret, sub="c-7", email="ada"),
    "an e-mail that is none": lambda secret: signed(secret, sub="c-7", email=["ada@example.com"]),
    "attributes that are none": lambda secret: signed(secret, sub="c-7", attributes="pro"),
    "a name cut short": lambda secret: "c-7:" + hmac.new(secret.encode(), b"c-7", hashlib.sha256).hexdigest()[:-1],
    "an empty name": lambda secret: ":" + hmac.new(secret.encode(), b"", hashlib.sha256).hexdigest(),
    "another name's form": lambda secret: "é:" + hmac.new(secret.encode(), "é".encode(), hashlib.sha256).hexdigest(),
}  # fmt: skip


@pytest.mark.parametrize("how", FORGED)
async def test_what_does_not_prove_anything_is_refused(identity: Identity, secret: str, how: str) -> None:
    with pytest.raises(IdentityRefused) as refused:
        await identity.verify(WORKSPACE, FORGED[how](secret))
    assert secret not in refused.value.sentence


async def test_a_deep_token_is_refused_like_any_other(identity: Identity, secret: str) -> None:
    deep = "[" * 2000 + "]" * 2000
    parts = [base64.urlsafe_b64encode(one.encode()).decode().rstrip("=") for one in ('{"alg":"HS256"}', deep)]
    mac = base64.urlsafe_b64encode(hmac.digest(secret.encode(), ".".join(parts).encode(), "sha256")).decode()
    with pytest.raises(IdentityRefused):
        await identity.verify(WORKSPACE, ".".join([*parts, mac.rstrip("=")]))


async def test_another_workspaces_secret_proves_nothing_here(identity: Identity, secret: str) -> None:
    other = await identity.replace(OTHER, "Eve")
    assert other != secret
    await identity.verify(OTHER, signed(other, sub="c-7"))
    with pytest.raises(IdentityRefused):
        await identity.verify(WORKSPACE, signed(other, sub="c-7"))


async def test_without_a_secret_nothing_is_proved(identity: Identity) -> None:
    with pytest.raises(IdentityRefused, match="no identity secret yet"):
        await identity.verify(WORKSPACE, signed("x" * 64, sub="c-7"))


async def test_a_replaced_secret_is_good_for_a_day_and_one_before_it_no_longer(
    identity: Identity, secret: str, clock: ScriptedClock
) -> None:
    second = await identity.replace(WORKSPACE, "Ana")
    await identity.verify(WORKSPACE, signed(secret, sub="c-7"))
    await identity.verify(WORKSPACE, signed(second, sub="c-7"))
    clock.advance(hours=23)
    third = await identity.replace(WORKSPACE, "Ana")
    await identity.verify(WORKSPACE, signed(second, sub="c-7"))
    await identity.verify(WORKSPACE, signed(third, sub="c-7"))
    with pytest.raises(IdentityRefused):
        await identity.verify(WORKSPACE, signed(secret, sub="c-7"))
    assert (await identity.state(WORKSPACE)).previous_until == clock.now() + 24 * 3_600_000
    clock.advance(hours=24)
    with pytest.raises(IdentityRefused):
        await identity.verify(WORKSPACE, signed(second, sub="c-7"))
    assert (await identity.state(WORKSPACE)).previous_until is None


async def test_the_secret_is_sealed_and_goes_along_with_a_new_encryption_key(
    identity: Identity, secret: str, stores: Stores, clock: ScriptedClock
) -> None:
    assert secret.encode() not in await stores.settings.secret(WORKSPACE, NAME)
    await rotate(stores, AesVault([NEW, OLD]), lambda *_: None)

    rotated = Identity(stores, AesVault([NEW]), clock)
    assert (await rotated.verify(WORKSPACE, signed(secret, sub="c-7"))).id == "c-7"


async def test_making_a_secret_is_audited_without_it(identity: Identity, secret: str, stores: Stores) -> None:
    rows = (await stores.conversations.audit(WORKSPACE)).items

    assert [(row.actor, row.action) for row in rows] == [("Ana", "widget.identity_secret")]
    assert secret not in str(rows)

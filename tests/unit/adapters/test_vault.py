"""The vault: what it refuses to unseal."""

import pytest

from deskhand.adapters.vault import AesVault
from deskhand.ports.vault import CannotUnseal, Vault

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
CANARY = "sk-canary-Ünïcode"


@pytest.fixture
def vault() -> Vault:
    return AesVault([OLD])


@pytest.mark.parametrize("value", [CANARY, "", "x" * 100_000])
def test_what_was_sealed_can_be_unsealed(vault: Vault, value: str) -> None:
    assert vault.unseal("ws_1", "shop.token", vault.seal("ws_1", "shop.token", value)) == value


def test_the_value_cannot_be_seen_and_never_looks_the_same_twice(vault: Vault) -> None:
    first, second = vault.seal("ws_1", "token", CANARY), vault.seal("ws_1", "token", CANARY)

    assert b"canary" not in first
    assert first[:8] == second[:8]
    assert first[8:20] != second[8:20]
    assert first[20:] != second[20:]


@pytest.mark.parametrize(("workspace", "field"), [("ws_2", "token"), ("ws_1", "other"), ("ws_1t", "oken")])
def test_a_secret_moved_to_another_place_stays_sealed(vault: Vault, workspace: str, field: str) -> None:
    sealed = vault.seal("ws_1", "token", CANARY)

    with pytest.raises(CannotUnseal, match="moved here from another place"):
        vault.unseal(workspace, field, sealed)


def test_no_two_places_look_the_same(vault: Vault) -> None:
    with pytest.raises(ValueError, match="NUL"):
        vault.seal("ws\0a", "b", CANARY)


def test_a_secret_with_any_byte_altered_stays_sealed(vault: Vault) -> None:
    sealed = vault.seal("ws_1", "token", "secret")

    for position in range(len(sealed)):
        altered = bytearray(sealed)
        altered[position] ^= 1
        with pytest.raises(CannotUnseal):
            vault.unseal("ws_1", "token", bytes(altered))


def test_a_secret_cut_short_anywhere_stays_sealed(vault: Vault) -> None:
    sealed = vault.seal("ws_1", "token", "secret")

    for length in range(len(sealed)):
        with pytest.raises(CannotUnseal):
            vault.unseal("ws_1", "token", sealed[:length])


def test_another_key_does_not_unseal_and_says_what_to_do(vault: Vault) -> None:
    sealed = vault.seal("ws_1", "token", CANARY)

    with pytest.raises(CannotUnseal, match="Put that key back, or enter the secret again"):
        AesVault([NEW]).unseal("ws_1", "token", sealed)


def test_another_key_that_claims_the_id_does_not_unseal(vault: Vault) -> None:
    sealed = vault.seal("ws_1", "token", CANARY)
    other = AesVault([NEW])
    forged = other.seal("ws_1", "token", "")[:8] + sealed[8:]

    with pytest.raises(CannotUnseal, match="altered"):
        other.unseal("ws_1", "token", forged)


def test_rotation_reads_old_secrets_and_seals_with_the_new_key(vault: Vault) -> None:
    old = vault.seal("ws_1", "token", CANARY)
    rotating = AesVault([NEW, OLD])

    renewed = rotating.seal("ws_1", "token", rotating.unseal("ws_1", "token", old))

    assert (rotating.is_current(old), rotating.is_current(renewed)) == (False, True)
    assert AesVault([NEW]).unseal("ws_1", "token", renewed) == CANARY
    with pytest.raises(CannotUnseal):
        vault.unseal("ws_1", "token", renewed)


@pytest.mark.parametrize("keys", [[], [OLD[:16]], [OLD, b""]])
def test_a_vault_without_proper_keys_is_refused(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        AesVault(keys)

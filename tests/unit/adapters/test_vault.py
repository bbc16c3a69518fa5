"""The vault: what it refuses to unseal, and how its key is kept."""

import base64
import os
from pathlib import Path

import pytest

from deskhand.adapters.vault import AesVault, BadKey, key_from_text, load_or_create_key
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

    assert AesVault([NEW]).unseal("ws_1", "token", renewed) == CANARY
    with pytest.raises(CannotUnseal):
        vault.unseal("ws_1", "token", renewed)


@pytest.mark.parametrize("keys", [[], [OLD[:16]], [OLD, b""]])
def test_a_vault_without_proper_keys_is_refused(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        AesVault(keys)


@pytest.mark.parametrize("written", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_key_is_read_from_base64_of_either_kind_with_or_without_padding(written: object) -> None:
    assert callable(written)
    key = bytes(range(224, 256))
    text = written(key).decode()

    assert key_from_text(f" {text}\n") == key_from_text(text.rstrip("=")) == key


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("  ", "is empty"),
        ("hunter2hunter2", "is 10 bytes long"),
        ("hunter2-is-no base64!", "is not base64"),
        ("hünter2", "is not base64"),
        ("hunter2hunter", "is not base64"),
    ],
)
def test_a_bad_key_is_explained_without_showing_it(text: str, problem: str) -> None:
    with pytest.raises(BadKey) as caught:
        key_from_text(text)

    assert caught.value.sentence.startswith(f"DESKHAND_ENCRYPTION_KEY {problem}")
    assert "openssl rand -base64 32" in caught.value.sentence
    assert "nter2" not in caught.value.sentence


def test_the_first_start_makes_a_key_file_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "deskhand.key"

    key = load_or_create_key(path)

    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_create_key(path) == key
    assert key_from_text(path.read_text()) == key
    assert [entry.name for entry in path.parent.iterdir()] == ["deskhand.key"]


def test_the_key_file_is_closed_to_others_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load_or_create_key(tmp_path / "key")
    finally:
        os.umask(before)

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_every_first_start_makes_another_key(tmp_path: Path) -> None:
    assert load_or_create_key(tmp_path / "one") != load_or_create_key(tmp_path / "two")


def test_of_two_that_start_at_once_both_use_the_key_that_was_there_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key"
    link, keys = os.link, list[bytes]()

    def another_starts_first(source: Path, target: Path) -> None:
        monkeypatch.setattr(os, "link", link)
        keys.append(load_or_create_key(path))
        link(source, target)

    monkeypatch.setattr(os, "link", another_starts_first)
    keys.append(load_or_create_key(path))

    assert keys[0] == keys[1]
    assert [entry.name for entry in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o620, 0o604, 0o601])
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    load_or_create_key(path)
    path.chmod(mode)

    with pytest.raises(BadKey, match=f"open to others \\(mode 0{mode:o}\\).*chmod 600 {path}"):
        load_or_create_key(path)


def test_a_key_file_that_holds_no_key_is_kept_and_explained(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.touch(0o600)

    with pytest.raises(BadKey, match=f"The encryption key in {path} is empty"):
        load_or_create_key(path)
    assert path.read_bytes() == b""


def test_a_folder_in_the_place_of_the_key_is_explained(tmp_path: Path) -> None:
    with pytest.raises(BadKey, match="cannot be read: Is a directory"):
        load_or_create_key(tmp_path)


def test_a_place_where_nothing_can_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BadKey, match=r"key in .*cannot be read: Not a directory"):
        load_or_create_key(tmp_path / "file" / "key")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere" / "key")
    with pytest.raises(BadKey, match=r"cannot be written to .* set DESKHAND_ENCRYPTION_KEY"):
        load_or_create_key(tmp_path / "dangling")

"""Encryption keys: how they are written, and the file that holds them."""

import base64
import os
from pathlib import Path

import pytest

from deskhand.adapters.vault_keys import (
    BadKey,
    fresh_key,
    keys_from_text,
    load_keys,
    load_or_create_keys,
    remove_drafts,
    replace_keys,
)


@pytest.mark.parametrize("written", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_key_is_read_from_base64_of_either_kind_with_or_without_padding(written: object) -> None:
    assert callable(written)
    key = bytes(range(224, 256))
    text = written(key).decode()

    assert keys_from_text(f" {text}\n") == keys_from_text(text.rstrip("=")) == [key]


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
        keys_from_text(text)

    assert caught.value.sentence.startswith(f"DESKHAND_ENCRYPTION_KEY {problem}")
    assert "openssl rand -base64 32" in caught.value.sentence
    assert "nter2" not in caught.value.sentence


def test_the_first_start_makes_a_key_file_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "deskhand.key"

    (key,) = load_or_create_keys(path)

    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_create_keys(path) == [key]
    assert keys_from_text(path.read_text()) == [key]
    assert [entry.name for entry in path.parent.iterdir()] == ["deskhand.key"]


def test_the_key_file_is_closed_to_others_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        load_or_create_keys(tmp_path / "key")
    finally:
        os.umask(before)

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_every_first_start_makes_another_key(tmp_path: Path) -> None:
    assert load_or_create_keys(tmp_path / "one") != load_or_create_keys(tmp_path / "two")


def test_of_two_that_start_at_once_both_use_the_key_that_was_there_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "key"
    link, keys = os.link, list[bytes]()

    def another_starts_first(source: Path, target: Path) -> None:
        monkeypatch.setattr(os, "link", link)
        keys.extend(load_or_create_keys(path))
        link(source, target)

    monkeypatch.setattr(os, "link", another_starts_first)
    keys.extend(load_or_create_keys(path))

    assert keys[0] == keys[1]
    assert [entry.name for entry in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o620, 0o604, 0o601])
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    load_or_create_keys(path)
    path.chmod(mode)

    with pytest.raises(BadKey, match=f"open to others \\(mode 0{mode:o}\\).*chmod 600 {path}"):
        load_or_create_keys(path)


def test_a_key_file_that_holds_no_key_is_kept_and_explained(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.touch(0o600)

    with pytest.raises(BadKey, match=f"The encryption key in {path} is empty"):
        load_or_create_keys(path)
    assert path.read_bytes() == b""


def test_a_folder_in_the_place_of_the_key_is_explained(tmp_path: Path) -> None:
    with pytest.raises(BadKey, match="cannot be read: Is a directory"):
        load_or_create_keys(tmp_path)


def test_a_place_where_nothing_can_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BadKey, match=r"key in .*cannot be read: Not a directory"):
        load_or_create_keys(tmp_path / "file" / "key")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere" / "key")
    with pytest.raises(BadKey, match=r"cannot be written to .* set DESKHAND_ENCRYPTION_KEY"):
        load_or_create_keys(tmp_path / "dangling")


def test_several_keys_stand_newest_first_apart_by_commas_or_lines() -> None:
    keys = [fresh_key(), fresh_key()]
    written = [base64.b64encode(key).decode() for key in keys]

    assert keys_from_text(", ".join(written)) == keys_from_text("\n".join(written) + "\n") == keys
    assert keys_from_text(",".join([*written, written[0]])) == keys


def test_a_bad_one_of_several_keys_is_named_by_its_place() -> None:
    with pytest.raises(BadKey, match="Key 2 of DESKHAND_ENCRYPTION_KEY is 3 bytes long"):
        keys_from_text(base64.b64encode(fresh_key()).decode() + ",AAAA")


def test_other_keys_take_the_place_of_the_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "key"
    old = load_or_create_keys(path)
    new = [fresh_key(), *old]

    replace_keys(path, new)

    assert load_keys(path) == new
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["key"]


def test_a_write_that_is_broken_off_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "key"
    old = load_or_create_keys(path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadKey, match=r"cannot be written to .*: No space left on device"):
        replace_keys(path, [fresh_key()])

    assert load_keys(path) == old
    assert [entry.name for entry in tmp_path.iterdir()] == ["key"]


def test_drafts_of_a_killed_process_are_removed(tmp_path: Path) -> None:
    path = tmp_path / "key"
    load_or_create_keys(path)
    (tmp_path / ".key.0123").touch()

    remove_drafts(path)

    assert [entry.name for entry in tmp_path.iterdir()] == ["key"]

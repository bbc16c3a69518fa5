"""Changing the encryption key of a database that no server has open."""

from pathlib import Path

from deskhand.adapters.sql import open_stores
from deskhand.adapters.vault import AesVault
from deskhand.adapters.vault_keys import (
    ENVIRONMENT,
    fresh_key,
    keys_from_text,
    load_keys,
    remove_drafts,
    replace_keys,
)
from deskhand.application.rotating import PAGE, Rotated, rotate
from deskhand.cli.printing import say, tell
from deskhand.ports.stores import Stores
from deskhand.settings import SettingError, Settings


async def run(settings: Settings) -> None:
    """Seal all secrets with a new key. Raises SettingError, BadKey, InUse and StorageFailed."""
    if settings.encryption_key is None and not settings.key_file.exists():
        raise SettingError(f"There is no encryption key in {settings.key_file}: nothing was encrypted with one yet.")
    # whoever has the database open has the key in memory: it must be closed before anything changes
    stores = await open_stores(settings.database)
    try:
        if settings.encryption_key is None:
            await _with_file(stores, settings.key_file)
        else:
            await _with_environment(stores, settings.encryption_key)
    finally:
        await stores.close()


async def _with_file(stores: Stores, file: Path) -> None:
    """Both keys are in the file before the first secret changes, and until the last one has."""
    keys = load_keys(file)
    if len(keys) == 1:
        keys = [fresh_key(), *keys]
        replace_keys(file, keys)
    else:
        tell(f"{file} holds {len(keys)} keys: taking up a change of keys that was broken off.")
    rotated = await rotate(stores, AesVault(keys), _progress)
    _all_readable(rotated, f"The old key stays in {file}")
    replace_keys(file, keys[:1])
    remove_drafts(file)
    say(f"{_count(rotated)} {file} holds the new key alone; backups made until now need the old one.")


async def _with_environment(stores: Stores, text: str) -> None:
    keys = keys_from_text(text)
    if len(keys) == 1:
        raise SettingError(
            f"{ENVIRONMENT} holds one key. Put a new one in front of it, with a comma in between, and run this again: "
            f"{ENVIRONMENT}=NEW,OLD. `openssl rand -base64 32` makes one."
        )
    rotated = await rotate(stores, AesVault(keys), _progress)
    _all_readable(rotated, f"Leave the old key in {ENVIRONMENT}")
    say(f"{_count(rotated)} Set {ENVIRONMENT} to its first key alone; backups made until now need the old one.")


def _progress(seen: int, renewed: int) -> None:
    if seen >= PAGE:
        tell(f"{seen:,} secrets looked at, {renewed:,} encrypted anew.")


def _count(rotated: Rotated) -> str:
    return f"{rotated.secrets:,} secrets, {rotated.renewed:,} encrypted anew."


def _all_readable(rotated: Rotated, what_stays: str) -> None:
    if rotated.left:
        some = ", ".join(rotated.left[:10]) + (", …" if len(rotated.left) > 10 else "")
        raise SettingError(
            f"{_count(rotated)} {len(rotated.left):,} cannot be read with the keys at hand: {some}. "
            f"{what_stays}. Store those secrets again or remove them, with the server running, then run this again."
        )

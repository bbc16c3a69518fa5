"""Another encryption key: every secret is sealed anew, one after the other, and can be read at any moment."""

from collections.abc import Callable
from dataclasses import dataclass

from deskhand.ports.stores import Stores
from deskhand.ports.vault import CannotUnseal, Vault

PAGE = 100


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation came to."""

    secrets: int
    renewed: int
    """Of these, how many were sealed with another key before."""
    left: tuple[str, ...]
    """Names of secrets that were left as they are: no key at hand opens them."""


async def rotate(stores: Stores, vault: Vault, told: Callable[[int, int], None]) -> Rotated:
    """Seal every secret with the vault's first key; what has it already is left alone.

    told: is given, after each page, how many secrets were looked at and how many were sealed anew.
    """
    seen = renewed = 0
    left: list[str] = []
    after: tuple[str, str] | None = None
    while page := await stores.settings.sealed(after, PAGE):
        for workspace, name, sealed in page:
            seen += 1
            if vault.is_current(sealed):
                continue
            try:
                value = vault.unseal(workspace, f"secret:{name}", sealed)
            except CannotUnseal:
                left.append(f"{name} of {workspace}")
                continue
            again = vault.seal(workspace, f"secret:{name}", value)
            if await stores.settings.reseal(workspace, name, sealed, again):
                renewed += 1
            else:
                left.append(f"{name} of {workspace}")  # somebody else wrote it in this moment
        after = page[-1][0], page[-1][1]
        told(seen, renewed)
    return Rotated(seen, renewed, tuple(left))

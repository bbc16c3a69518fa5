"""Secrets that Deskhand makes itself, to sign with."""

import base64

from deskhand.domain.webhook import SECRET_BYTES, SECRET_PREFIX
from deskhand.ports.clock import Clock
from deskhand.ports.stores import Stores


def fresh_secret(clock: Clock) -> str:
    """A new signing secret: `whsec_…`."""
    random = b"".join(clock.entropy() for _ in range(4))[:SECRET_BYTES]
    return SECRET_PREFIX + base64.b64encode(random).decode()


async def free_name(stores: Stores, workspace: str, kind: str, slug: str) -> str:
    """A name for a secret that nothing else has, such as `WEBHOOK_CRM`."""
    known = {name for name, _ in await stores.settings.secrets(workspace)}
    name = base = f"{kind}_{slug.upper().replace('-', '_')}"[:60]
    number = 1
    while name in known:
        number += 1
        name = f"{base}_{number}"
    return name

"""What looks like a credential that somebody wrote out in clear."""

import re
from collections.abc import Callable

_CREDENTIAL_NAME = re.compile(
    r"^(authorization|proxy-authorization|cookie|x-api-key|api[-_]?key|apikey|access[-_]?token|auth[-_]?token|token|"
    r"x-auth-token|secret|client[-_]?secret|password|passwd|pwd|private[-_]?key|x-[\w-]*-?(token|secret|password)|"
    r"([\w-]+[-_])?(api|access|auth|secret|private|subscription|session|refresh|bearer)[-_]?(token|key))$",
    re.IGNORECASE,
)
_CREDENTIAL_VALUE = re.compile(
    r"\b(sk_(live|test)_\w{8,}|sk-[\w-]{20,}|rk_live_\w{8,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|"
    r"xox[abposr]-[\w-]{10,}|AKIA[A-Z0-9]{16}|AIza[\w-]{30,}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*|"
    r"(Bearer|Basic)\s+[A-Za-z0-9+/_=.-]{8,})"
)


_LIKELY_NAME = re.compile(
    r"^([\w-]*keys?|sig|signature|jwt|auth|x-auth|pass|passphrase|passcode|session([-_]?id)?|"
    r"x-session-id|code|hapikey|credentials?)$",
    re.IGNORECASE,
)
_OPAQUE = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[\w.~+/=:-]{8,}")


def is_likely_credential(name: str, value: str) -> bool:
    """Whether a field may hold a credential: what an import had better keep as a secret, though it may be none."""
    if is_credential(name, value):
        return True
    return bool(_LIKELY_NAME.match(name)) and bool(_OPAQUE.fullmatch(value.strip()))


def is_credential(name: str, value: str) -> bool:
    """Whether a field of this name with this value looks like a credential in clear."""
    if _CREDENTIAL_VALUE.search(value):
        return True
    return bool(value.strip()) and "{{" not in value and bool(_CREDENTIAL_NAME.match(name))


def credential_values(text: str, replace: Callable[[str], str]) -> str:
    """A text with something else in place of everything in it that looks like a credential by itself."""
    return _CREDENTIAL_VALUE.sub(lambda found: replace(found[0]), text)

"""How often somebody may try a password: counted in memory, by address and by account."""

from collections import deque
from ipaddress import ip_address, ip_network

from deskhand.domain.errors import DeskhandError
from deskhand.domain.phrases import phrase
from deskhand.ports.clock import Clock

WINDOW = 600_000
"""Milliseconds in which tries are counted."""
PER_ACCOUNT = 10
PER_ADDRESS = 40
"""More, for a whole office can sit behind one address."""
MOST_KEPT = 20_000


class TooManyTries(DeskhandError):
    """That were many tries: take a break and try again later."""

    def __init__(self, milliseconds: int) -> None:
        self.seconds = max(1, -(-milliseconds // 1000))
        minutes = max(1, round(self.seconds / 60))
        unit = phrase("a minute") if minutes == 1 else phrase("{minutes} minutes", minutes=minutes)
        super().__init__(
            phrase("That were many tries in a short time. Take a break and try again in {unit}.", unit=unit)
        )


class Tries:
    """Counts tries; each counts until it is given back, or until its window has passed."""

    def __init__(self, clock: Clock, most: int) -> None:
        self._clock = clock
        self._most = most
        self._made: dict[str, deque[int]] = {}

    def take(self, name: str) -> None:
        """Count a try, before it is made. Raises TooManyTries."""
        now = self._clock.now()
        made = self._made.setdefault(name, deque())
        while made and made[0] <= now - WINDOW:
            made.popleft()
        if len(made) >= self._most:
            raise TooManyTries(made[0] + WINDOW - now)
        made.append(now)
        while len(self._made) > MOST_KEPT:
            del self._made[next(iter(self._made))]

    def give_back(self, name: str) -> None:
        """The last try was a good one."""
        made = self._made.get(name)
        if made:
            made.pop()
        if not made:
            self._made.pop(name, None)

    def forget(self, name: str) -> None:
        """Count from nothing again."""
        self._made.pop(name, None)


def network(address: str) -> str:
    """What one household has of the Internet: an IPv4 address, or 64 bits of an IPv6 one."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    return str(found) if found.version == 4 else str(ip_network(f"{found}/64", strict=False))

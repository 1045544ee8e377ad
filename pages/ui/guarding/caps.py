"""How much each of many may use within a time: connections of an address, uploads of a person."""

import ipaddress
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_KNOWN = 10_000  # names remembered at once; what is over by then is forgotten first


@dataclass
class Meter:
    """Counts what names take, and forgets it after some seconds. A `most` of 0 is no limit.

    One thread uses it: that of the server's event loop.
    """

    seconds: float
    now: Callable[[], float] = time.monotonic
    taken: dict[str, deque[tuple[float, float]]] = field(default_factory=dict)

    def take(self, name: str, most: float, amount: float = 1) -> bool:
        """Take an amount if as much is left, and tell whether it was."""
        if not most:
            return True
        if len(self.taken) >= MOST_KNOWN and name not in self.taken:
            self._forget()
        used = self.taken.setdefault(name, deque())
        while used and used[0][0] <= self.now() - self.seconds:
            used.popleft()
        if sum(one for _, one in used) + amount > most:
            return False
        used.append((self.now(), amount))
        return True

    def _forget(self) -> None:
        """Leave out names whose time is over; where none is, the one that has been there longest."""
        old = self.now() - self.seconds
        over = [name for name, used in self.taken.items() if not used or used[-1][0] <= old]
        for name in over or list(self.taken)[:1]:
            del self.taken[name]


def address(client: str) -> str:
    """The address that connections are counted by: an IPv6 one by the network that a household or office is given."""
    try:
        found = ipaddress.ip_address(client)
    except ValueError:
        return client
    if found.version == 6 and not found.ipv4_mapped:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found.ipv4_mapped or found) if found.version == 6 else str(found)

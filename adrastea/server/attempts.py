"""How often somebody may guess: failures are counted by address, and after some each makes the next wait twice as long.

    failures   1 … 5: no wait    6: 1 s    7: 2 s    8: 4 s    …    60 s at most

An address that has not failed for a quarter of an hour is forgotten, and so is the one that failed longest ago when
there are too many: what is kept is bounded. The addresses of one IPv6 network (/64) count as one.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_FREE: Final = 5  # failures without a wait: typing errors
_LONGEST_SECONDS: Final = 60.0
_FORGOTTEN_SECONDS: Final = 15 * 60.0
_ADDRESSES: Final = 1024  # about 200 bytes each


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last: float


class Attempts:
    """The failures of all addresses. Server thread only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def wait_seconds(self, address: str) -> int:
        """How long this address has to wait before it may guess again, in whole seconds; 0 is not at all."""
        failures = self._failures.get(_network(address))
        if failures is None:
            return 0
        return max(0, math.ceil(failures.last + delay_seconds(failures.count) - self._clock()))

    def failed(self, address: str) -> None:
        """A guess was wrong."""
        network, now = _network(address), self._clock()
        before = self._failures.pop(network, None)
        count = 0 if before is None or before.last + _FORGOTTEN_SECONDS < now else before.count
        self._failures[network] = _Failures(count + 1, now)
        while len(self._failures) > _ADDRESSES:
            self._failures.popitem(last=False)

    def succeeded(self, address: str) -> None:
        """Somebody at this address knows the secret."""
        self._failures.pop(_network(address), None)


def delay_seconds(failures: int) -> float:
    """The wait after so many failures."""
    if failures <= _FREE:
        return 0.0
    return min(_LONGEST_SECONDS, 2.0 ** min(failures - _FREE - 1, 10))


def _network(address: str) -> str:
    if ":" not in address:
        return address
    import ipaddress

    try:
        return str(ipaddress.ip_network((address.partition("%")[0], 64), strict=False))
    except ValueError:
        return address

"""What signing one message costs: the ways to compute an HMAC of SHA-256 in Python.

Run it with `python -m bench.signing` from the root of the repository.
"""

from __future__ import annotations

import hmac
import platform
import ssl
import sys
from collections.abc import Callable
from hashlib import sha256
from timeit import repeat

from adrastea.protocol.wire import Signer

KEY = b"k" * 64
PARTS = (b"h" * 250, b"p" * 250, b"{}", b"c" * 40)
INNER = bytes(byte ^ 0x36 for byte in KEY)
OUTER = bytes(byte ^ 0x5C for byte in KEY)
TIMES = 20_000


def one_shot() -> bytes:
    """Pad and parts hashed in one call."""
    return sha256(OUTER + sha256(b"".join((INNER, *PARTS))).digest()).hexdigest().encode("ascii")


def main() -> int:
    """Measure and print."""
    signer = Signer(KEY)
    ways: dict[str, Callable[[], bytes]] = {
        "halves copied (wire.Signer)": lambda: signer.sign(PARTS),
        "in one shot": one_shot,
        "hmac.new": lambda: hmac.new(KEY, b"".join(PARTS), sha256).hexdigest().encode("ascii"),
        "hmac.digest": lambda: hmac.digest(KEY, b"".join(PARTS), "sha256").hex().encode("ascii"),
    }
    if len({sign() for sign in ways.values()}) != 1:
        return 1
    print(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {ssl.OPENSSL_VERSION}")
    for name, sign in ways.items():
        print(f"{name:28} {min(repeat(sign, number=TIMES, repeat=9)) / TIMES * 1e6:.2f} µs")
    return 0


if __name__ == "__main__":
    sys.exit(main())

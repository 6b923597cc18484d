"""The password of this user's servers: one line in the file `password` of the config folder, mode 0600.

    scrypt:<n>:<r>:<p>:<salt>:<hash>        salt and hash in hexadecimal

A check costs 32 MiB and a tenth of a second or more, on purpose, and lets other threads run: it belongs into a pool.
The sum is done by OpenSSL: by Python's own `hashlib` where that has it, else (the one file) by the system's library,
which is loaded at the first check and not before.

Source of truth: RFC 7914 (scrypt); OWASP's password storage cheat sheet for the numbers.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from adrastea.errors import StartFailed
from adrastea.private_folder import private_folder

SHORTEST: Final = 8  # characters
LONGEST: Final = 1024  # characters; more is no password

_N: Final = 2**15  # with r = 8: 32 MiB
_R: Final = 8
_P: Final = 3
_SALT_BYTES: Final = 16
_HASH_BYTES: Final = 32
_MEMORY_BYTES: Final = 256 * 1024 * 1024  # the most that a hash may ask for
_FIELDS: Final = 6
_LIBRARIES: Final = ("libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so")


@dataclass(frozen=True, slots=True)
class Hash:
    """A hash with what it was made with."""

    n: int
    r: int
    p: int
    salt: bytes
    digest: bytes

    def line(self) -> str:
        """As it stands in the file."""
        return f"scrypt:{self.n}:{self.r}:{self.p}:{self.salt.hex()}:{self.digest.hex()}"


class PasswordFile:
    """The file, read again when it has changed: a new password counts at once. One thread, the server's."""

    def __init__(self, config_dir: Path) -> None:
        self._path = config_dir / "password"
        self._seen: tuple[int, int, int] | None = None
        self._hash: Hash | None = None

    def current(self) -> Hash | None:
        """The hash in the file; None where there is no password.

        Raises:
            StartFailed: the file cannot be read, others can read it too, or it holds something else.
        """
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self._seen = self._hash = None
            return None
        except OSError as error:
            raise StartFailed(f"The password file {self._path} cannot be read: {error.strerror}.") from None
        seen = (status.st_mtime_ns, status.st_ino, status.st_size)
        if seen != self._seen:
            if os.name == "posix" and status.st_mode & 0o077:
                raise StartFailed(f"Others can read the password file {self._path}. Type: chmod 600 {self._path}")
            self._hash, self._seen = self._read(), seen
        return self._hash

    def write(self, password: str) -> None:
        """Keep a new password. It takes the place of the old one whole, and no other user ever sees the file.

        Raises:
            StartFailed: it cannot be written.
        """
        private_folder(self._path.parent)
        made = self._path.with_name(f".password-{secrets.token_hex(8)}")
        try:
            descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(f"{hashed(password).line()}\n")
                file.flush()
                os.fsync(file.fileno())
            made.replace(self._path)
        except OSError as error:
            made.unlink(missing_ok=True)
            raise StartFailed(f"The password file {self._path} cannot be written: {error.strerror}.") from None

    def remove(self) -> bool:
        """Have no password any more; whether there was one.

        Raises:
            StartFailed: the file cannot be removed.
        """
        try:
            self._path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StartFailed(f"The password file {self._path} cannot be removed: {error.strerror}.") from None
        return True

    def _read(self) -> Hash:
        try:
            found = parse(self._path.read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            found = None
        if found is None:
            raise StartFailed(f"The password file {self._path} makes no sense. Make a new one: adrastea password")
        return found


def hashed(password: str) -> Hash:
    """A new hash, with a salt of its own.

    Raises:
        StartFailed: nothing on this machine can compute it.
    """
    salt = secrets.token_bytes(_SALT_BYTES)
    return Hash(_N, _R, _P, salt, _scrypt(password, salt, _N, _R, _P))


def matches(password: str, known: Hash) -> bool:
    """Whether this is the password. Takes a tenth of a second or more; for a pool.

    Raises:
        StartFailed: nothing on this machine can compute it.
    """
    return hmac.compare_digest(_scrypt(password, known.salt, known.n, known.r, known.p), known.digest)


def parse(line: str) -> Hash | None:
    """The hash that a line of the file holds; None when it makes no sense or would cost too much."""
    parts = line.split(":")
    if len(parts) != _FIELDS or parts[0] != "scrypt":
        return None
    try:
        n, r, p = (int(part) for part in parts[1:4])
        salt, digest = bytes.fromhex(parts[4]), bytes.fromhex(parts[5])
    except ValueError:
        return None
    sensible = n > 1 and n & (n - 1) == 0 and r > 0 and 0 < p <= 16 and 128 * n * r <= _MEMORY_BYTES  # noqa: PLR2004 -- as many rounds as anybody takes
    return Hash(n, r, p, salt, digest) if sensible and salt and len(digest) == _HASH_BYTES else None


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    secret, memory = password.encode("utf-8", "surrogatepass"), 2 * 128 * n * r + 1024 * 1024
    if hasattr(hashlib, "scrypt"):
        return hashlib.scrypt(secret, salt=salt, n=n, r=r, p=p, maxmem=memory, dklen=_HASH_BYTES)
    return by_the_system(secret, salt, n, r, p, memory)


def by_the_system(secret: bytes, salt: bytes, n: int, r: int, p: int, memory: int) -> bytes:
    """The same by the system's OpenSSL, for a Python without it; at most `memory` bytes are used.

    Raises:
        StartFailed: there is none here.
    """
    import ctypes

    for name in _LIBRARIES:
        try:
            derive = ctypes.CDLL(name).EVP_PBE_scrypt
        except (OSError, AttributeError):
            continue
        out = ctypes.create_string_buffer(_HASH_BYTES)
        number, size = ctypes.c_uint64, ctypes.c_size_t
        derive.argtypes = [ctypes.c_char_p, size, ctypes.c_char_p, size, *[number] * 4, ctypes.c_char_p, size]
        if derive(secret, len(secret), salt, len(salt), n, r, p, memory, out, _HASH_BYTES) == 1:
            return out.raw
    raise StartFailed("A password needs OpenSSL's libcrypto, and this machine has none. Install it (Debian: libssl3).")

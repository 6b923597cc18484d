"""TLS for the server: the user's certificate and key, as a context of the system's OpenSSL.

`ssl` costs 4 MB of memory and is imported here, when there is a certificate, and nowhere else.

Source of truth: RFC 9325 (TLS 1.2 and newer only).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from adrastea.errors import StartFailed

if TYPE_CHECKING:
    from ssl import SSLContext


def server_context(certfile: Path, keyfile: Path | None) -> SSLContext:
    """What the server speaks TLS with.

    Raises:
        StartFailed: a file cannot be read, holds something else, or the key is not that of the certificate; the
            sentence says which, and what to do.
    """
    key = keyfile or certfile
    _look("certificate", certfile)
    _look("private key", key)
    try:
        import ssl
    except ImportError:
        raise StartFailed("TLS needs OpenSSL, and this machine has none. Install it (Debian: libssl3).") from None

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    asked: list[bool] = []

    def password() -> str:
        asked.append(True)
        return ""

    try:
        context.load_cert_chain(certfile, key, password)
    except (OSError, ValueError) as error:  # SSLError is an OSError
        raise StartFailed(_reason(str(error), certfile, key, asks=bool(asked))) from None
    return context


def _look(what: str, path: Path) -> None:
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        raise StartFailed(f"The {what} {path} cannot be read: {error.strerror}.") from None


def _reason(said: str, certfile: Path, keyfile: Path, *, asks: bool) -> str:
    if asks:
        return (
            f"The private key {keyfile} has a passphrase. Give one without: openssl pkey -in {keyfile} -out plain.pem"
        )
    if "KEY_VALUES_MISMATCH" in said:
        return f"The private key {keyfile} is not that of the certificate {certfile}."
    return f"{certfile} and {keyfile} hold no certificate with its key in PEM: name them with --certfile, --keyfile."

"""Certificates that sign themselves, made by the openssl command."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate for 127.0.0.1 and localhost, and its key."""

    certfile: Path
    keyfile: Path


def make(folder: Path, name: str = "own") -> Pair:
    """A new pair in `folder`, good for a day."""
    pair = Pair(folder / f"{name}.pem", folder / f"{name}.key")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    more = ["-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-out", str(pair.certfile), "-keyout", str(pair.keyfile)]
    subprocess.run([*command, *more, *files], check=True, capture_output=True, timeout=60)
    return pair


def with_passphrase(pair: Pair) -> Path:
    """The key once more, encrypted."""
    made = pair.keyfile.with_name("encrypted.key")
    command = ["openssl", "pkey", "-aes256", "-passout", "pass:secret"]
    files = ["-in", str(pair.keyfile), "-out", str(made)]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=60)
    return made

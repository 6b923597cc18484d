"""A kernel that speaks the real protocol on real sockets, from a script: the code that it is asked to run.

It runs in a process of its own (`kernelspecs.install`), needs nothing but pyzmq, and shares no code with what it tests.
Each line of the code is one command, told on iopub between `busy` and `idle` as a kernel would:

    print TEXT       stdout                     err TEXT         stderr
    result TEXT      an execute_result          display TEXT     a display_data
    error NAME TEXT  an error, status error     input PROMPT     asks on stdin, prints the answer
    wait             until SIGINT               exit CODE        ends at once
    kill NUMBER      kills itself               flood COUNT      that many stream messages
    child            starts a process and       env NAME         prints a variable
                     prints its pid             cwd              prints the folder
    forge            a message that is signed with another key
    garbage          a message that is none     pid              prints the number of its process
    lost             no idle at the end         silent           no reply
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import zmq

Header = dict[str, Any]
_DELIMITER = b"<IDS|MSG>"


class ScriptError(Exception):
    """What the script wants to fail with: a name and a text."""


class Kernel:
    """The sockets, and what is said on them."""

    def __init__(self, info: dict[str, Any], options: argparse.Namespace) -> None:
        self.options = options
        self.key = str(info["key"]).encode()
        self.session = uuid4().hex
        self.count = 0
        self.context = zmq.Context()
        self.signalled, told = socket.socketpair()
        for end in (self.signalled, told):
            end.settimeout(0)
        signal.set_wakeup_fd(told.detach())  # a signal that comes just before a poll would not end it
        self.sockets: dict[str, zmq.Socket[bytes]] = {}
        for channel, kind in (
            ("iopub", zmq.PUB),
            ("stdin", zmq.ROUTER),
            ("control", zmq.ROUTER),
            ("shell", zmq.ROUTER),
        ):
            self.sockets[channel] = opened = self.context.socket(kind)
            opened.set(zmq.SNDHWM, 0)
            opened.bind(f"{info['transport']}://{info['ip']}:{info[f'{channel}_port']}")

    def serve(self) -> None:
        """Answer until told to end."""
        while True:
            with contextlib.suppress(KeyboardInterrupt):
                for channel in self.poll("control", "shell"):
                    self.answer(channel)

    def poll(self, *channels: str) -> list[str]:
        """Wait until a message has come on one of the channels."""
        poller = zmq.Poller()
        poller.register(self.signalled, zmq.POLLIN)
        for channel in channels:
            poller.register(self.sockets[channel], zmq.POLLIN)
        found: list[str] = []
        while not found:
            ready = dict(poller.poll())
            if self.signalled.fileno() in ready:
                self.signalled.recv(64)
            found = [channel for channel in channels if self.sockets[channel] in ready]
        return found

    def answer(self, channel: str) -> None:
        """Take one request and do what it asks for."""
        identities, header, content = self.receive(channel)
        kind = header["msg_type"]
        if kind == "shutdown_request" and self.options.stubborn:
            return
        self.status("busy", header)
        idle = True
        reply: dict[str, Any] = {"status": "ok"}
        if kind == "kernel_info_request":
            reply["language_info"] = {"name": "fake", "file_extension": ".fake"}
        if kind == "execute_request":
            reply, idle = self.execute(identities, header, content)
        if reply:
            self.send(channel, kind.replace("request", "reply"), reply, header, identities)
        if idle:
            self.status("idle", header)
        if kind == "shutdown_request":
            self.end(0)
        if kind == "interrupt_request":
            raise KeyboardInterrupt

    def execute(self, identities: list[bytes], header: Header, content: Header) -> tuple[dict[str, Any], bool]:
        """Run a script. Returns the reply (empty: none) and whether `idle` follows."""
        self.count += 1
        reply: dict[str, Any] = {"status": "ok", "execution_count": self.count, "user_expressions": {}, "payload": []}
        lines = content["code"].splitlines()
        try:
            self.publish("execute_input", {"code": content["code"], "execution_count": self.count}, header)
            for line in lines:
                self.do(line, identities, header)
        except (KeyboardInterrupt, ScriptError) as caught:
            name, value = (caught.args[0], caught.args[1]) if caught.args else ("KeyboardInterrupt", "")
            error = {"ename": name, "evalue": value, "traceback": [f"{name}: {value}"]}
            self.publish("error", error, header)
            reply |= {**error, "status": "error"}
        return {} if "silent" in lines else reply, "lost" not in lines

    def do(self, line: str, identities: list[bytes], header: Header) -> None:  # noqa: C901, PLR0912 -- a language
        """Run one line of a script."""
        command, _, text = line.partition(" ")
        match command:
            case "lost" | "silent":
                pass  # `execute` looks for them
            case "error":
                raise ScriptError(*text.split(" ", 1))
            case "wait":
                self.wait()
            case "input":
                self.send("stdin", "input_request", {"prompt": text, "password": False}, header, identities)
                self.poll("stdin")
                self.stream("stdout", str(self.receive("stdin")[2]["value"]), header)
            case "print":
                self.stream("stdout", text + "\n", header)
            case "err":
                self.stream("stderr", text + "\n", header)
            case "result":
                data = {"data": {"text/plain": text}, "metadata": {}, "execution_count": self.count}
                self.publish("execute_result", data, header)
            case "display":
                self.publish("display_data", {"data": {"text/plain": text}, "metadata": {}}, header)
            case "flood":
                for number in range(int(text)):
                    self.stream("stdout", f"{number}\n", header)
            case "exit":
                self.end(int(text))
            case "kill":
                os.kill(os.getpid(), int(text))
            case "env":
                self.stream("stdout", os.environ.get(text, "") + "\n", header)
            case "pid":
                self.stream("stdout", f"{os.getpid()}\n", header)
            case "cwd":
                self.stream("stdout", f"{Path.cwd()}\n", header)
            case "child":
                child = subprocess.Popen([sys.executable, "-S", "-c", "import signal; signal.pause()"])
                self.stream("stdout", f"{child.pid}\n", header)
            case "forge":
                self.send("iopub", "stream", {"name": "stdout", "text": "forged"}, header, [b"stream"], b"another key")
            case "garbage":
                self.sockets["iopub"].send_multipart([b"this is no message"])
            case _:
                raise ValueError(command)

    def wait(self) -> None:
        """Do as a busy kernel does: nothing but what comes on control, until interrupted."""
        while True:
            self.poll("control")
            self.answer("control")

    def stream(self, name: str, text: str, parent: Header) -> None:
        """Print."""
        self.publish("stream", {"name": name, "text": text}, parent)

    def status(self, state: str, parent: Header) -> None:
        """Tell the execution state."""
        self.publish("status", {"execution_state": state}, parent)

    def publish(self, kind: str, content: dict[str, Any], parent: Header) -> None:
        """Tell everybody."""
        self.send("iopub", kind, content, parent, [kind.encode()])

    def send(
        self,
        channel: str,
        kind: str,
        content: dict[str, Any],
        parent: Header,
        identities: list[bytes],
        key: bytes | None = None,
    ) -> None:
        """Sign and send a message."""
        header = {
            "msg_id": uuid4().hex,
            "session": self.session,
            "username": "kernel",
            "date": "2026-01-01T00:00:00+00:00",
            "msg_type": kind,
            "version": "5.4",
        }
        parts = [json.dumps(part).encode() for part in (header, parent, {}, content)]
        digest = hmac.new(self.key if key is None else key, b"".join(parts), hashlib.sha256).hexdigest().encode()
        self.sockets[channel].send_multipart([*identities, _DELIMITER, digest, *parts])

    def receive(self, channel: str) -> tuple[list[bytes], Header, dict[str, Any]]:
        """The next message: identities, header, content. One with a wrong signature ends the kernel."""
        frames = self.sockets[channel].recv_multipart()
        at = frames.index(_DELIMITER)
        digest, parts = frames[at + 1], frames[at + 2 : at + 6]
        if digest != hmac.new(self.key, b"".join(parts), hashlib.sha256).hexdigest().encode():
            self.end(70)
        return frames[:at], json.loads(parts[0]), json.loads(parts[3])

    def end(self, code: int) -> None:
        """Let what was said go out, and end."""
        for opened in self.sockets.values():
            opened.close(linger=2000)
        self.context.term()
        os._exit(code)


def main() -> None:
    """Read the options and the connection file, then serve."""
    parser = argparse.ArgumentParser()
    parser.add_argument("connection_file", type=Path)
    parser.add_argument("--say", default="", help="print this on stderr")
    parser.add_argument("--exit", type=int, help="then end, with this code")
    parser.add_argument("--once", type=Path, help="do the two above only if this file does not exist; make it")
    parser.add_argument("--deaf", action="store_true", help="open no sockets")
    parser.add_argument("--stubborn", action="store_true", help="end for SIGKILL only")
    options = parser.parse_args()
    if options.stubborn:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    first = options.once is None or not options.once.exists()
    if options.once is not None:
        options.once.touch()
    if first and options.say:
        sys.stderr.write(options.say.replace("\\n", "\n") + "\n")
        sys.stderr.flush()
    if first and options.exit is not None:
        os._exit(options.exit)
    if options.deaf:
        signal.pause()
    Kernel(json.loads(options.connection_file.read_text(encoding="utf-8")), options).serve()


if __name__ == "__main__":
    main()

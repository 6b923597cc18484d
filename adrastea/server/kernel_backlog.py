"""What waits for one client of a kernel: in order, counted in bytes, and less of it when the client falls behind. Pure.

A client is behind when what was taken for it `BEHIND_SECONDS` ago has not left the program. Then, above `SORT_BYTES`,
what waits is sorted by type, so that a flood costs neither memory nor the messages that a client cannot do without:

    stream                             the newest 64 KB stay; once, in their place, it says how much was left out
    display_data, update_display_data  the newest of each display_id stays
    everything else                    stays: replies, questions, states, errors, results, comms

A stream message that is too large for a client which is behind is cut to its head and its tail. Nothing is lost by this
to the notebook: its document is a client of its own, which is never behind. Above `LIMIT_BYTES` the client is to be
closed, and can come back. A client that is away is behind, and has less room: `AWAY_LIMIT_BYTES`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from adrastea.errors import ProtocolError
from adrastea.protocol import messages
from adrastea.protocol.json_part import JsonObject, dump_object
from adrastea.protocol.wire import Channel, Frames

LIMIT_BYTES: Final = 64 << 20
AWAY_LIMIT_BYTES: Final = 8 << 20
SORT_BYTES: Final = 1 << 20
STREAM_BYTES: Final = 64 << 10
BEHIND_SECONDS: Final = 0.1

_MESSAGE_BYTES: Final = 512  # what a message costs besides its parts
_MSG_TYPE: Final = re.compile(rb'"msg_type"\s*:\s*"([a-z_]+)"')
_NAME: Final = re.compile(rb'"name"\s*:\s*"([a-z]+)"')
_DISPLAY_ID: Final = re.compile(rb'"display_id"\s*:\s*"')
_DISPLAYS: Final = frozenset({b"display_data", b"update_display_data"})
_UNITS: Final = ((1_000_000, "MB"), (1_000, "kB"), (1, "bytes"))


@dataclass(slots=True)
class _Waiting:
    """One message, or the sentence that stands for those that were left out."""

    channel: Channel
    frames: Frames
    size: int
    left_out: int = 0


class KernelBacklog:
    """See the module. Server thread only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: list[_Waiting] = []  # taken many at a time; an empty deque would be 760 bytes for each client
        self._bytes = 0
        self._taken_bytes = 0
        self._taken_at = 0.0
        self._sort_at = SORT_BYTES
        self._away = False
        self._limit = LIMIT_BYTES

    @property
    def waiting_bytes(self) -> int:
        """How much waits, with what was taken and has not left the program yet."""
        return self._bytes + self._taken_bytes

    @property
    def is_full(self) -> bool:
        """Whether even what may not be left out is too much. One message alone never is, however large."""
        return self._bytes + self._taken_bytes > self._limit and (len(self._waiting) > 1 or self._taken_bytes > 0)

    @property
    def is_behind(self) -> bool:
        """Whether the client reads too slowly."""
        return self._away or (self._taken_bytes > 0 and self._clock() - self._taken_at > BEHIND_SECONDS)

    def put(self, channel: Channel, frames: Frames) -> None:
        """One more message."""
        size = size_of(frames)
        if size > SORT_BYTES and self.is_behind and _is_stream(channel, frames):
            frames = _cut(frames)
            size = size_of(frames)
        self._waiting.append(_Waiting(channel, frames, size))
        self._bytes += size
        if self._bytes > self._sort_at and (self.is_behind or self.waiting_bytes > self._limit):
            self._sort()

    def take(self, most_bytes: int) -> list[tuple[Channel, Frames]]:
        """The oldest messages, as many as `most_bytes` holds, and one at least if there is any."""
        taken: list[tuple[Channel, Frames]] = []
        if not self._waiting:
            return taken
        size = 0
        for item in self._waiting:
            if taken and size + item.size > most_bytes:
                break
            size += item.size
            taken.append((item.channel, _sentence(item) if item.left_out else item.frames))
        del self._waiting[: len(taken)]
        self._bytes -= size
        self._taken_bytes += size
        self._taken_at = self._clock()
        if not self._waiting:
            self._sort_at = SORT_BYTES
        return taken

    def sent(self) -> None:
        """What was taken has left the program."""
        self._taken_bytes = 0

    def leave(self, unconfirmed: Sequence[tuple[Channel, Frames]]) -> None:
        """The client is away; these are to be taken first when it comes back."""
        self._away, self._limit, self._taken_bytes = True, AWAY_LIMIT_BYTES, 0
        again = [_Waiting(channel, frames, size_of(frames)) for channel, frames in unconfirmed]
        self._waiting[:0] = again
        self._bytes += sum(item.size for item in again)

    def come_back(self, last_seen: str = "") -> None:
        """The client reads again. `last_seen` is the id of the last message that it has; empty: it does not say."""
        self._away, self._limit = False, LIMIT_BYTES
        seen = f'"{last_seen}"'.encode()
        at = next((at for at, item in enumerate(self._waiting) if seen in item.frames.header), -1) if last_seen else -1
        self._bytes -= sum(item.size for item in self._waiting[: at + 1])
        del self._waiting[: at + 1]

    def clear(self) -> None:
        """Nobody listens any more."""
        self._waiting.clear()
        self._bytes = self._taken_bytes = 0

    def _sort(self) -> None:
        """Leave out what may be left out, from the newest to the oldest."""
        streams, displays = _Streams(), _Displays()
        kept: list[_Waiting] = []
        for item in reversed(self._waiting):
            kind = _kind(item)
            if kind == b"stream":
                stays = streams.stays(item)
            elif kind in _DISPLAYS:
                stays = displays.stays(item, is_update=kind != b"display_data")
            else:
                stays = True
            if stays:
                kept.append(item)
        self._waiting = [item for item in reversed(kept) if id(item) not in displays.moved]
        self._bytes = sum(item.size for item in self._waiting)
        self._sort_at = max(SORT_BYTES, 2 * self._bytes)  # or the work would be done for every message that comes


class _Streams:
    """Which stream messages stay, asked from the newest to the oldest."""

    def __init__(self) -> None:
        self._room = STREAM_BYTES
        self._sentences: dict[tuple[bytes, bytes], _Waiting] = {}

    def stays(self, item: _Waiting) -> bool:
        """Whether this one does; if not, the sentence about its stream counts it, and is itself the first of these."""
        if not item.left_out and item.size <= self._room:
            self._room -= item.size
            return True
        if not item.left_out and self._room == STREAM_BYTES:
            self._room = 0
            item.frames = _cut(item.frames)
            item.size = size_of(item.frames)
            return True
        self._room = 0
        count = item.left_out or len(item.frames.content)
        key = (item.frames.parent_header, _stream_name(item.frames))
        sentence = self._sentences.get(key)
        if sentence is not None:
            sentence.left_out += count
            return False
        self._sentences[key] = item
        item.left_out = count
        item.frames = replace(item.frames, content=b'{"name":"%s"}' % key[1])
        item.size = size_of(item.frames)
        return True


class _Displays:
    """Which displays stay, asked from the newest to the oldest."""

    def __init__(self) -> None:
        self.moved: set[int] = set()
        """Updates whose display still waits, by identity: it has taken over what they say."""
        self._newest: dict[str, tuple[_Waiting, bool]] = {}

    def stays(self, item: _Waiting, *, is_update: bool) -> bool:
        """Whether this one does. A display is as new as its last update, and stands where it stood."""
        display_id = _display_id(item.frames)
        if display_id is None:
            return True
        newest, newest_is_update = self._newest.get(display_id, (item, is_update))
        if newest is not item:
            if is_update or not newest_is_update:
                return False
            self.moved.add(id(newest))
            item.frames = replace(item.frames, content=newest.frames.content, buffers=newest.frames.buffers)
            item.size = newest.size
        self._newest[display_id] = (item, is_update)
        return True


def size_of(frames: Frames) -> int:
    """What a message counts for, in bytes."""
    size = len(frames.header) + len(frames.parent_header) + len(frames.metadata) + len(frames.content)
    return size + _MESSAGE_BYTES + (sum(map(len, frames.buffers)) if frames.buffers else 0)


def _kind(item: _Waiting) -> bytes:
    """The type of a message on iopub; empty for the other channels, where nothing is left out."""
    found = _MSG_TYPE.search(item.frames.header) if item.channel == "iopub" else None
    return found[1] if found else b""


def _is_stream(channel: Channel, frames: Frames) -> bool:
    return _kind(_Waiting(channel, frames, 0)) == b"stream"


def _stream_name(frames: Frames) -> bytes:
    found = _NAME.search(frames.content)
    return found[1] if found else b"stdout"


def _display_id(frames: Frames) -> str | None:
    if not _DISPLAY_ID.search(frames.content):  # parsing it may take long
        return None
    transient = _content(frames).get("transient")
    display_id = transient.get("display_id") if isinstance(transient, dict) else None
    return display_id if isinstance(display_id, str) else None


def _content(frames: Frames) -> JsonObject:
    try:
        return messages.decode(frames).content
    except ProtocolError:
        return {}


def _cut(frames: Frames) -> Frames:
    """The message with head and tail of its text, and a sentence between them."""
    content = _content(frames)
    text = content.get("text")
    half = STREAM_BYTES // 2
    if not isinstance(text, str) or len(text) <= STREAM_BYTES:
        return frames
    middle = _left_out(len(text) - 2 * half)
    return replace(frames, content=dump_object({**content, "text": text[:half] + middle + text[-half:]}))


def _sentence(item: _Waiting) -> Frames:
    """What stands for messages that were left out: the last of them, saying how much they were."""
    name = str(_stream_name(item.frames), "ascii")
    return replace(item.frames, content=dump_object({"name": name, "text": _left_out(item.left_out)}))


def _left_out(count: int) -> str:
    size, unit = next((size, unit) for size, unit in _UNITS if count >= size)
    number = f"{count / size:.1f}" if size > 1 else str(count)
    return f"\n[… {number} {unit} left out: more than was read in time …]\n"

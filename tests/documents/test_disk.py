"""Files, journals, syncs and the spool have a thread each, which begins when it is needed and ends when all is done."""

from __future__ import annotations

import threading
from pathlib import Path

from adrastea.documents.disk import disk
from adrastea.documents.spool import Spool


def test_each_has_a_thread_of_its_own(tmp_path: Path) -> None:
    made = disk(Spool(tmp_path, 0))

    names = [thread.submit(lambda: threading.current_thread().name) for thread in (made.files.pool, made.journals)]
    made.close()

    assert [name.result() for name in names] == ["disk_0", "journal_0"]


def test_what_was_asked_for_is_done_when_it_is_closed(tmp_path: Path) -> None:
    made = disk(Spool(tmp_path, 0))

    asked = made.spool.submit(lambda: "done")
    made.close()

    assert asked.done()

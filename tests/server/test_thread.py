"""The server's thread: what comes in by its door, what comes out, and that it ends."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from adrastea.errors import NotFound, StartFailed, Unavailable
from adrastea.server.thread import ServerThread


class Recorder:
    """A server that serves nothing and remembers on which thread it was asked to."""

    def __init__(self, fails: BaseException | None = None) -> None:
        self.events = [f"built on {threading.current_thread().name}"]
        self._fails = fails

    async def start(self) -> None:
        self.events.append(f"started on {threading.current_thread().name}")
        if self._fails is not None:
            raise self._fails

    async def stop(self) -> None:
        self.events.append(f"stopped on {threading.current_thread().name}")

    def one_time_url(self) -> str:
        return f"http://here/?token={len(self.events)}"

    async def double(self, number: int) -> int:
        await asyncio.sleep(0)
        return 2 * number


def test_a_server_is_built_started_and_stopped_on_its_own_thread() -> None:
    with ServerThread(Recorder) as thread:
        server = thread.call(lambda server: server)

    assert server.events == ["built on server", "started on server", "stopped on server"]


def test_a_function_runs_on_the_thread_and_its_result_comes_back() -> None:
    with ServerThread(Recorder) as thread:
        assert thread.call(lambda _: threading.current_thread().name) == "server"


def test_a_coroutine_function_runs_on_the_loop_and_its_result_comes_back() -> None:
    with ServerThread(Recorder) as thread:
        assert thread.call(lambda server: server.double(21)) == 42


def test_what_a_call_raises_is_raised_in_the_caller() -> None:
    def fail(_: Recorder) -> int:
        raise NotFound("gone")

    with ServerThread(Recorder) as thread, pytest.raises(NotFound, match="gone"):
        thread.call(fail)


def test_a_timeout_inside_a_call_is_not_taken_for_one_of_the_call() -> None:
    def fail(_: Recorder) -> int:
        raise TimeoutError("of the disk")

    with ServerThread(Recorder) as thread, pytest.raises(TimeoutError, match="of the disk"):
        thread.call(fail)


def test_a_call_that_gets_no_answer_in_time_says_so() -> None:
    async def wait(_: Recorder) -> None:
        await asyncio.Event().wait()

    with ServerThread(Recorder) as thread, pytest.raises(Unavailable, match="did not answer"):
        thread.call(wait, timeout_seconds=0.01)


def test_calls_from_many_threads_are_all_answered() -> None:
    with ServerThread(Recorder) as thread, ThreadPoolExecutor(8) as callers:

        def ask(number: int) -> int:
            answer: int = thread.call(lambda server: server.double(number))
            return answer

        answers = list(callers.map(ask, range(40)))

    assert answers == [2 * number for number in range(40)]


def test_what_fails_at_the_start_is_raised_in_the_caller_and_put_away() -> None:
    built: list[Recorder] = []

    def build() -> Recorder:
        built.append(Recorder(StartFailed("port in use")))
        return built[0]

    with pytest.raises(StartFailed, match="port in use"), ServerThread(build):
        pass

    assert built[0].events[-1] == "stopped on server"


def test_what_fails_while_it_is_built_is_raised_in_the_caller() -> None:
    def build() -> Recorder:
        raise StartFailed("no folder")

    with pytest.raises(StartFailed, match="no folder"), ServerThread(build):
        pass


def test_a_server_that_has_stopped_is_unavailable() -> None:
    with ServerThread(Recorder) as thread:
        pass

    with pytest.raises(Unavailable, match="stopped"):
        thread.call(lambda server: server.one_time_url())


def test_a_call_under_way_when_the_server_stops_ends() -> None:
    entered = threading.Event()

    async def wait(_: Recorder) -> None:
        entered.set()
        await asyncio.Event().wait()

    with ThreadPoolExecutor(1) as caller:
        with ServerThread(Recorder) as thread:
            answer = caller.submit(thread.call, wait)
            assert entered.wait(10)

        with pytest.raises(Unavailable, match="stopped"):
            answer.result(10)


def test_stopping_twice_does_nothing_the_second_time() -> None:
    with ServerThread(Recorder) as thread:
        thread.stop()
        thread.stop()


def test_no_thread_is_left_over() -> None:
    before = threading.active_count()

    with ServerThread(Recorder) as thread:
        thread.call(lambda _: asyncio.get_running_loop().run_in_executor(None, threading.get_ident))

    assert threading.active_count() == before


def test_the_address_is_a_new_one_each_time() -> None:
    with ServerThread(Recorder) as thread:
        thread.call(lambda server: server.events.append("another"))

        assert thread.url == "http://here/?token=3"

"""What code in a notebook finds around it: the same, however the kernel has come about."""

import logging
import os
import pwd
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from adrastea.kernels.exit import Exit
from adrastea.kernels.lifecycle import State
from adrastea.protocol import messages
from adrastea.protocol.json_part import EMPTY, JsonObject
from adrastea.protocol.messages import Header, Message, MsgId
from tests.fakes.client import printed
from tests.system import real_kernel
from tests.system.real_kernel import Play, Stage

pytestmark = pytest.mark.slow


def prints(play: Play, folder: Path, code: str, env: Mapping[str, str] | None = None) -> str:
    """What the code prints in a kernel; nothing is printed on stderr."""
    texts: list[str] = []

    async def scenario(stage: Stage) -> None:
        told = await stage.run(code)
        assert printed(told, "stderr") == ""
        texts.append(printed(told))

    play(folder, scenario, env)
    return texts[0]


def kinds(told: Sequence[Message]) -> set[str]:
    return {message.header.msg_type for message in told}


def test_the_environment_is_the_one_that_is_given_and_nothing_else(tmp_path: Path, play: Play) -> None:
    code = "import os; print(sorted(os.environ.items()))"

    names = {name for name, _ in eval(prints(play, tmp_path, code, {"FLAVOUR": "mint"}))}

    ours = set(os.environ) - {"PYTHONASYNCIODEBUG", "PYTEST_CURRENT_TEST"}
    of_the_kernel = {"FLAVOUR", "JPY_PARENT_PID", "MPLBACKEND", "PYDEVD_USE_FRAME_EVAL"}
    of_ipython = {"TERM", "CLICOLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "PAGER", "GIT_PAGER"}
    assert names - ours <= of_the_kernel | of_ipython
    assert ours <= names
    assert {"FLAVOUR", "JPY_PARENT_PID"} <= names


def test_local_time_is_that_of_the_environment(tmp_path: Path, play: Play) -> None:
    code = "import time; print(time.strftime('%z', time.localtime(0)))"

    assert prints(play, tmp_path, code, {"TZ": "Asia/Tokyo"}) == "+0900\n"


RANDOM = """
import multiprocessing.process, numpy, random, secrets, tempfile, uuid
print([random.random(), numpy.random.random(), secrets.token_hex(), str(uuid.uuid1()), str(uuid.uuid4()),
       tempfile.mktemp(), multiprocessing.process.current_process().authkey.hex()])
"""


def test_two_kernels_have_no_random_number_in_common(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        other = await stage.kernels.start("fake", tmp_path)
        other.attach(stage.client)
        first: list[object] = eval(printed(await stage.run(RANDOM)))
        second: list[object] = eval(printed(await stage.client.result(other, RANDOM)))

        assert len(first) == 7
        assert not set(first) & set(second)

    play(tmp_path, scenario)


def test_what_a_library_writes_past_python_is_shown(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.run("import os, sys; os.write(1, b'low\\n'); os.write(2, b'lower\\n'); sys.stdout.flush()")
        await stage.client.until(
            lambda: "lower\n" in printed([message for _, message in stage.client.messages], "stderr")
        )

        assert kinds(told) >= {"execute_reply"}
        assert "low\n" in printed([message for _, message in stage.client.messages])

    play(tmp_path, scenario)


def test_a_command_of_the_shell_runs_and_prints(tmp_path: Path, play: Play) -> None:
    assert prints(play, tmp_path, "!echo $FLAVOUR && pwd", {"FLAVOUR": "mint"}).split() == ["mint", str(tmp_path)]


def test_a_program_runs_and_its_output_is_caught(tmp_path: Path, play: Play) -> None:
    code = "import subprocess; print(subprocess.run(['cat'], input='x', capture_output=True, text=True, check=True))"

    assert "stdout='x'" in prints(play, tmp_path, code)


def test_pip_is_the_one_of_the_kernels_python(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.run("%pip list --disable-pip-version-check")

        assert "ipykernel" in printed(told)

    play(tmp_path, scenario)


def test_a_plot_is_shown_inline(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        told = await stage.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")

        assert "image/png" in str([message.content for message in told if message.header.msg_type == "display_data"])

    play(tmp_path, scenario)


@pytest.mark.parametrize(
    "pool",
    [
        "futures.ThreadPoolExecutor(2)",
        "futures.ProcessPoolExecutor(2, mp_context=multiprocessing.get_context('fork'))",
        "futures.ProcessPoolExecutor(2, mp_context=multiprocessing.get_context('spawn'))",
        "futures.ProcessPoolExecutor(2, mp_context=multiprocessing.get_context('forkserver'))",
    ],
    ids=["threads", "fork", "spawn", "forkserver"],
)
def test_pools_work(tmp_path: Path, play: Play, pool: str) -> None:
    code = (
        "import math, multiprocessing, warnings; from concurrent import futures\n"
        f"with {pool} as pool: print(list(pool.map(math.factorial, [3, 4, 5])))"
    )

    assert prints(play, tmp_path, code) == "[6, 24, 120]\n"


def test_functions_of_the_notebook_go_to_a_pool_of_forks(tmp_path: Path, play: Play) -> None:
    code = (
        "import multiprocessing\ndef double(number): return 2 * number\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool: print(pool.map(double, [1, 2]))"
    )

    assert prints(play, tmp_path, code) == "[2, 4]\n"


def test_classes_of_the_notebook_are_pickled(tmp_path: Path, play: Play) -> None:
    code = "import pickle\nclass Point: x = 3\nprint(pickle.loads(pickle.dumps(Point())).x, Point.__module__, __name__)"

    assert prints(play, tmp_path, code) == "3 __main__ __main__\n"


def test_await_works_at_the_top_and_tasks_go_on(tmp_path: Path, play: Play) -> None:
    code = (
        "import asyncio\nasync def slow(): await asyncio.sleep(0); return 5\n"
        "task = asyncio.create_task(slow())\nprint(await asyncio.gather(slow(), task))"
    )

    assert prints(play, tmp_path, code) == "[5, 5]\n"


MAIN = """
import os, signal, sys, threading
import __main__
print([
    os.path.basename(sys.argv[0]), sys.argv[1], os.path.exists(sys.argv[2]), len(sys.argv), sys.orig_argv[1:3],
    '__file__' in globals(), hasattr(__main__, '__file__'), sys.path.count(''), sys.stdin.read(),
    [path for path in sys.path if 'run' in path.split('/')],
    [int(signal.getsignal(number)) for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE)],
    threading.current_thread() is threading.main_thread(), os.getsid(0) == os.getpid(), os.readlink('/proc/self/fd/0'),
    sys.flags.utf8_mode, sys.stdout.encoding, sys.getfilesystemencoding(),
])
"""


def test_the_process_looks_like_one_that_was_started_for_this_kernel(tmp_path: Path, play: Play) -> None:
    found = eval(prints(play, tmp_path, MAIN))

    assert found[:5] == ["ipykernel_launcher.py", "-f", True, 3, ["-m", "ipykernel_launcher"]]
    assert found[5:10] == [False, False, 1, "", []]
    assert found[10] == [0, 0, 0, 1]
    assert found[11:] == [True, True, "/dev/null", 0, "UTF-8", "utf-8"]


def test_no_open_file_but_its_own_is_there(tmp_path: Path, play: Play) -> None:
    code = (
        "import os\nfor name in os.listdir('/proc/self/fd'):\n"
        " try: where = os.readlink('/proc/self/fd/' + name)\n except OSError: continue\n"
        " if where.startswith('/') and not where.startswith('/dev/'): print(where)"
    )

    found = prints(play, tmp_path, code).splitlines()

    own = {"log", "sqlite", "profile_default"}  # SQLite opens the folder of its file while it syncs
    assert {Path(where).name.rpartition(".")[2].partition("-")[0] for where in found} <= own
    assert not [where for where in found if "zygote" in where]


def test_modules_are_found_beside_the_notebook(tmp_path: Path, play: Play) -> None:
    (tmp_path / "trees.py").write_text("oak = 7", encoding="ascii")

    assert prints(play, tmp_path, "import trees; print(trees.oak)") == "7\n"


def test_a_file_beside_the_notebook_does_not_hide_a_module_of_the_kernels_start(tmp_path: Path, play: Play) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('hidden')", encoding="ascii")

    assert prints(play, tmp_path, "print(1)") == "1\n"


def test_at_shutdown_it_ends_by_itself_and_runs_what_was_left_to_be_done(
    tmp_path: Path, play: Play, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.run("import atexit; atexit.register(lambda: open('done', 'w').close())")
        with caplog.at_level(logging.INFO):
            await stage.kernel.shutdown()

    play(tmp_path, scenario)

    assert (tmp_path / "done").exists()
    assert f"has ended: {Exit(0)}" in caplog.text


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("import os; os._exit(7)", "The kernel has ended by itself with exit code 7."),
        (
            "import os; os.abort()",
            "The kernel was killed by signal 6 (SIGABRT), usually a compiled library that gave up.",
        ),
    ],
)
def test_how_it_ended_is_known(tmp_path: Path, play: Play, code: str, cause: str) -> None:
    async def scenario(stage: Stage) -> None:
        stage.client.run(stage.kernel, code)
        await stage.client.until(lambda: stage.client.states[-1] is State.DEAD)

        assert stage.kernel.cause.endswith(cause)

    play(tmp_path, scenario)


def test_what_it_prints_past_jupyter_is_in_its_log(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        await stage.run("import sys; print('aside', file=sys.__stderr__, flush=True)")
        await stage.run("get_ipython().kernel.log.warning('noted')")

        assert "noted" in stage.kernel.log_tail()

    play(tmp_path, scenario)


def test_the_debugger_answers(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        now = datetime.now(UTC).isoformat()
        header = Header(MsgId(uuid4().hex), stage.client.origin.session, "tester", now, "debug_request")
        question: JsonObject = {"type": "request", "seq": 1, "command": "debugInfo", "arguments": {}}
        request = Message(header, None, EMPTY, question)
        stage.kernel.send(stage.client, "control", messages.encode(request))
        await stage.client.until(lambda: "debug_reply" in stage.client.kinds("control"))
        (reply,) = [message for _, message in stage.client.messages if message.header.msg_type == "debug_reply"]

        assert reply.content["success"] is True

    play(tmp_path, scenario)


def test_a_restart_keeps_the_id_and_forgets_the_rest(tmp_path: Path, play: Play) -> None:
    async def scenario(stage: Stage) -> None:
        kernel_id, before = stage.kernel.id, await stage.pid()
        await stage.run("x = 1")
        await stage.kernel.restart()
        told = await stage.run("x")

        assert "NameError" in str([message.content for message in told])
        assert (stage.kernel.id, stage.kernels.get(kernel_id)) == (kernel_id, stage.kernel)
        assert await stage.pid() != before

    play(tmp_path, scenario)


def test_a_forked_kernel_drops_no_message_of_a_burst(tmp_path: Path) -> None:
    code = "import zmq; print(get_ipython().kernel.iopub_thread.socket.get(zmq.SNDHWM))"

    async def scenario(stage: Stage) -> None:
        assert printed(await stage.run(code)) == "0\n"

    real_kernel.play("forked", tmp_path, scenario)


def test_the_user_is_who_they_were(tmp_path: Path, play: Play) -> None:
    code = "import getpass, os; print(getpass.getuser(), os.path.expanduser('~'))"

    assert prints(play, tmp_path, code).split()[0] in {
        os.environ.get("USER"),
        os.environ.get("LOGNAME"),
        pwd.getpwuid(os.getuid()).pw_name,
    }

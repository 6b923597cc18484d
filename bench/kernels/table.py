"""The languages: how each kernel is started, and what it is asked in its own words.

What a kernel itself cannot do is a `Cannot` with the reason and the nearest code that there is: that it cannot is then
what is looked for, so that the table says what is true of this version and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from build import other_kernels
from build.console import CACHE

BEGUN = "begun"
"""What code that takes long prints first."""
NAME = "Ada"
"""What is typed for the question of a kernel."""
DIGITS = "0123456789" * 100_000
"""What floods: a million characters, in lines of ten thousand."""


@dataclass(frozen=True, slots=True)
class Cannot:
    """Something that the kernel does not do: why, and the code that shows it."""

    why: str
    code: str


@dataclass(frozen=True, slots=True)
class Language:
    """A kernel, and what it is asked. Code for what it can do, a `Cannot` for what it cannot."""

    name: str
    """Of the kernelspec."""
    title: str
    kernel: str
    argv: tuple[str, ...]
    says: str
    """Prints `hello` on stdout."""
    warns: str | Cannot
    """Prints `oops` on stderr; where it cannot, on stdout."""
    fails: str | Cannot
    """Ends with an error; where it cannot say so, with a message on a stream."""
    shows: str | Cannot
    """Shows something as HTML."""
    asks: str | Cannot
    """Reads a line and prints `hello` and the line."""
    completes: tuple[str, str] | Cannot
    """The beginning of a name, and the name."""
    inspects: tuple[str, str] | Cannot
    """A name, and a word of its documentation."""
    lasts: str
    """Prints `begun`, then takes a minute."""
    floods: str
    """Prints a hundred lines of ten thousand digits."""
    remembers: tuple[str, str, str] | Cannot
    """Sets a variable; prints it; and what is printed: a restart forgets it."""
    interrupt_mode: Literal["signal", "message"] = "signal"
    interrupt: Literal["works"] | Cannot = "works"
    """Where it cannot: a restart is what ends such code."""
    control: Literal["works"] | Cannot = "works"
    """Where it cannot: only that the kernel goes on is looked at."""
    env: Mapping[str, str] = field(default_factory=dict[str, str])


_PYTHON = str(other_kernels.PYTHON)
_LINE = "0123456789" * 1000


def _wrapped(module: str) -> tuple[str, ...]:
    return (_PYTHON, "-m", module, "-f", "{connection_file}")


_NEVER_ASKS = "it never sends an input_request"
_COMPLETES_NOTHING = "it has no completion: the reply is empty"
_INSPECTS_NOTHING = "it has no inspection: found is false"


def _python(name: str, title: str, kernel: str, module: str) -> Language:
    """Two kernels of one language are asked the same."""
    return Language(
        name,
        title,
        kernel,
        _wrapped(module),
        says="print('hello')",
        warns="import sys; print('oops', file=sys.stderr)",
        fails="1 / 0",
        shows="from IPython.display import HTML; HTML('<b>shown</b>')",
        asks="print('hello', input('Name?'))",
        completes=("pri", "print"),
        inspects=("print", "values"),
        lasts="print('begun', flush=True)\nimport time\ntime.sleep(60)",
        floods="for _ in range(100): print('0123456789' * 1000)",
        remembers=("kept = 41", "print(kept + 1)", "42"),
    )


PYTHON = _python("ipython", "Python", "ipykernel 7.4.0", "ipykernel_launcher")
XPYTHON = replace(
    _python("xpython", "Python (xeus)", "xeus-python 0.19.0", "xpython_launcher"),
    interrupt=Cannot("SIGINT ends its process, and to interrupt_request it does not listen while it works", ""),
)
BASH = Language(
    "bash",
    "Bash",
    "bash_kernel 0.10.0",
    _wrapped("bash_kernel"),
    says="echo hello",
    warns=Cannot("both streams come as stdout: it reads a terminal", "echo oops >&2"),
    fails="false",
    shows="echo '<b>shown</b>' | displayHTML",
    asks=Cannot(_NEVER_ASKS, 'read -t 0.1 NAME; echo "hello $NAME"'),
    completes=("ech", "echo"),
    inspects=Cannot(_INSPECTS_NOTHING, "echo"),
    lasts="echo begun; sleep 60",
    floods="for i in {1..100}; do printf '0123456789%.0s' {1..1000}; echo; done",
    remembers=("kept=41", "echo $((kept + 1))", "42"),
)
DENO = Language(
    "deno",
    "TypeScript",
    "Deno 2.9.8",
    (str(other_kernels.PYTHON.parent / "deno"), "jupyter", "--kernel", "--conn", "{connection_file}"),
    says="console.log('hello')",
    warns="console.error('oops')",
    fails="throw new Error('no')",
    shows="Deno.jupyter.html`<b>shown</b>`",
    asks="console.log('hello ' + prompt('Name?'))",
    completes=("conso", "console"),
    inspects=Cannot(_INSPECTS_NOTHING, "console"),
    lasts="console.log('begun'); while (true) {}",
    floods="for (let i = 0; i < 100; i++) console.log('0123456789'.repeat(1000))",
    remembers=("globalThis.kept = 41", "console.log(kept + 1)", "42"),
    interrupt_mode="message",
    env={"DENO_DIR": str(CACHE / "deno")},
)
R = Language(
    "ir",
    "R",
    "IRkernel 1.3.2",
    ("R", "--slave", "-e", "IRkernel::main()", "--args", "{connection_file}"),
    says="cat('hello\\n')",
    warns="message('oops')",
    fails="stop('no')",
    shows="data.frame(shown = 1:2)",
    asks="cat('hello', readline('Name?'), '\\n')",
    completes=("prin", "print"),
    inspects=("print", "argument"),
    lasts="cat('begun\\n'); flush.console(); Sys.sleep(60)",
    floods="for (i in 1:100) cat(strrep('0123456789', 1000), '\\n', sep = '')",
    remembers=("kept <- 41", "cat(kept + 1)", "42"),
    control=Cannot("it answers nothing there but a request to end", ""),
)
SCHEME = Language(
    "scheme",
    "Scheme",
    "Calysto Scheme 2.1.9",
    _wrapped("calysto_scheme"),
    says='(begin (display "hello") (newline))',
    warns='(begin (import "sys") (sys.stderr.write "oops"))',
    fails="(car 5)",
    shows=Cannot(
        "it prints the name of what it should show",
        '(begin (import "IPython.display") (IPython.display.display (IPython.display.HTML "<b>")))',
    ),
    asks='(begin (display "hello ") (display (read)))',
    completes=("displ", "display"),
    inspects=Cannot("its answer is aborted, even to the names that it has documentation for", "car?"),
    lasts='(begin (display "begun") (newline) (let loop () (loop)))',
    floods=f'(let loop ((i 0)) (if (< i 100) (begin (display "{_LINE}") (newline) (loop (+ i 1)))))',
    remembers=("(define kept 41)", "(begin (display (+ kept 1)) (newline))", "42"),
)


def _c(body: str) -> str:
    """A program. The kernel loses what one prints in its last moment, so each stays for another."""
    begins = "#define _DEFAULT_SOURCE\n#include <stdio.h>\n#include <unistd.h>\n"
    return f"{begins}int main() {{ {body} fflush(stdout); usleep(200000); }}"


C = Language(
    "c",
    "C",
    "jupyter_c_kernel 1.2.2",
    _wrapped("jupyter_c_kernel"),
    says=_c('printf("hello\\n");'),
    warns=_c('fprintf(stderr, "oops\\n");'),
    fails=Cannot("a program that fails, or is none, is told on stderr, and the reply is ok", _c("return no;")),
    shows=Cannot("it knows text only", _c('printf("<b>\\n");')),
    asks=Cannot(_NEVER_ASKS, _c('char name[9] = ""; scanf("%8s", name); printf("hello %s\\n", name);')),
    completes=Cannot(_COMPLETES_NOTHING, "prin"),
    inspects=Cannot(_INSPECTS_NOTHING, "printf"),
    lasts=_c('printf("begun\\n"); fflush(stdout); sleep(60);'),
    floods=_c(f'for (int i = 0; i < 100; i++) puts("{_LINE}");'),
    remembers=Cannot("each cell is a program of its own", _c("int kept = 41;")),
    interrupt=Cannot("it stops waiting for its program, and never replies", ""),
)
OCTAVE = Language(
    "octave",
    "Octave",
    "octave_kernel 1.1.1",
    _wrapped("octave_kernel"),
    says="disp('hello')",
    warns=Cannot("both streams come as stdout: it reads a terminal", 'fputs(stderr, "oops\\n");'),
    fails=Cannot("an error is told on stdout, and the reply is ok", "error('no')"),
    shows="%%html\n<b>shown</b>",
    asks="printf('hello %s\\n', input('Name?', 's'))",
    completes=("prin", "printf"),
    inspects=("printf", "template"),
    lasts="disp('begun'); fflush(stdout); while true; end",
    floods="for i = 1:100 disp(repmat('0123456789', 1, 1000)); end",
    remembers=("kept = 41;", "disp(kept + 1)", "42"),
)

ALL = (PYTHON, XPYTHON, BASH, DENO, R, SCHEME, C, OCTAVE)

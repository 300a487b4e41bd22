"""The process of the command: its exit code and all of its output, with what waits for its end."""

from __future__ import annotations

import subprocess
import sys

from tests.running import REPOSITORY

TOLD = "print('told at exit')"


def ended(*code: str) -> subprocess.CompletedProcess[str]:
    """A run of `llmnotes show gpt-9` after this code, with a function that tells of a regular exit."""
    run = (
        f"import atexit, sys; atexit.register(lambda: {TOLD})",
        "sys.argv = ['llmnotes', 'show', 'gpt-nine-hundred']",
        *code,
        "from llmnotes.__main__ import main",
        "main()",
    )
    return subprocess.run(
        [sys.executable, "-c", "\n".join(run)],
        cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_exit_code_and_the_remark_arrive_where_the_process_ends_at_once():
    done = ended()

    assert done.returncode == 2
    assert "gpt-nine-hundred" in done.stderr
    assert done.stdout == "", "it ended at once"


def test_a_thread_a_profiler_and_a_search_for_errors_get_a_regular_exit():
    thread = "import threading, time; threading.Thread(target=time.sleep, args=(1,)).start()"
    profiler = "sys.setprofile(lambda *_: None)"
    debugging = "import os; os.environ['LLMNOTES_DEBUG'] = '1'"
    for code in (thread, profiler, debugging):
        done = ended(code)

        assert done.returncode == 2
        assert done.stdout == "told at exit\n"

"""Runs the command line for tests: in a forked child where that is equivalent, else in a new process.

A fork of the test process has Python and the package loaded, so that the cost of a command does not include
start-up; streams, folder and environment are the child's own.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import pkgutil
import re
import signal
import subprocess
import sys
import tempfile
import threading
import tomllib
import warnings
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import IO, Any, NoReturn

import llmnotes

REPOSITORY = Path(__file__).parent.parent

REFERENCE = Path(os.environ.get("LLMNOTES_REFERENCE", REPOSITORY.parent / "shared" / "reference"))
"""The reference files that several projects share; they need not be there."""

FIRST = ("bert", "t5", "gpt-1", "gpt-2", "gpt-3", "gpt-4", "palm", "llama", "llama-2", "mistral",
         "mixtral")  # fmt: skip
"""Families used by tests of whole answers, so that new ones change no expectation."""

_SECONDS = 120

_OF_THE_INTERPRETER = ("PYTHON", "LC_", "LANG")
"""Environment variables that Python reads only at start."""

_DRAWN = (".svg", ".png", ".pdf", ".html")
"""Suffixes of files written by a library with threads, which a fork lacks."""

_LARGE = {"plot": "altair", "anki": "genanki"}
"""Libraries that every child would otherwise import."""


class Result:
    """The result of a command: exit code, standard output, standard error."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code = code
        self.out = out
        self.err = err

    @property
    def json(self) -> Any:
        """Standard output parsed as JSON."""
        return json.loads(self.out)


def keep_families(data: Path, kept: Collection[str], *, course: bool = False) -> None:
    """Remove all other families from a copy of the curated files, and the sources that nothing else names.

    It stays small as the base grows; the course is emptied unless `course` keeps it.
    """
    sources: dict[str, dict[str, Any]] = tomllib.loads((data / "sources.toml").read_text("utf-8"))
    for path in sorted((data / "families").glob("*.toml")):
        if path.stem not in kept:
            sources.update(tomllib.loads(path.read_text("utf-8")).get("sources", {}))
            path.unlink()
    (data / "sources.toml").unlink()
    if not course:
        (data / "topics.toml").write_text("", "utf-8")
    wanted = {named for path in data.rglob("*.toml") for named in _quoted(path.read_text("utf-8"))}
    wanted |= {key for key, source in sources.items() if source.get("kind") == "formula"}
    named = wanted & sources.keys()
    while named:  # a source may be quoted through another
        more = {one for key in named for one in _quoted(json.dumps(sources[key]))}
        named = (more & sources.keys()) - wanted
        wanted |= named
    texts = (
        "\n".join(
            [f"[{json.dumps(key)}]"]
            + [f"{name} = {json.dumps(said, ensure_ascii=False)}" for name, said in source.items()]
        )
        for key, source in sources.items()
        if key in wanted
    )
    (data / "sources.toml").write_text("\n\n".join(texts) + "\n", "utf-8")


_QUOTED = re.compile(r'"([^"\n]+)"')


def _quoted(text: str) -> set[str]:
    return set(_QUOTED.findall(text))


def run_command(
    arguments: tuple[str, ...], folder: Path, input: str | None, environment: Mapping[str, str]
) -> Result:
    """Run `llmnotes` with these arguments in a forked child."""
    settings = {"LLMNOTES_DEBUG": "1", **environment}
    if (
        not hasattr(os, "fork")
        or ("plot" in arguments and arguments[-1].endswith(_DRAWN))
        or any(name.startswith(_OF_THE_INTERPRETER) for name in environment)
    ):
        return run_process(arguments, folder, input, settings)
    return _forked(arguments, folder, input, settings)


def run_process(
    arguments: tuple[str, ...], folder: Path, input: str | None, environment: Mapping[str, str]
) -> Result:
    """Run `llmnotes` with these arguments in a new process."""
    done = subprocess.run(
        [sys.executable, "-m", "llmnotes", *arguments],
        capture_output=True,
        encoding="utf-8",
        input=input,
        stdin=None if input is not None else subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        timeout=_SECONDS,
    )
    return Result(done.returncode, done.stdout, done.stderr)


@cache
def _load() -> None:
    """Import what every child would otherwise import."""
    import sqlmodel  # noqa: F401 - to be there

    for module in pkgutil.walk_packages(llmnotes.__path__, "llmnotes."):
        if module.name != "llmnotes.__main__":
            importlib.import_module(module.name)


def _forked(
    arguments: tuple[str, ...], folder: Path, input: str | None, environment: Mapping[str, str]
) -> Result:
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write((input or "").encode())
        given.seek(0)

        def child() -> None:
            os.chdir(folder)
            os.environ.update(environment)
            if input is None:
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            else:
                os.dup2(given.fileno(), 0)
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            main(*arguments)

        code = forked(child)
        return Result(code, _text(out), _text(err))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8").replace("\r\n", "\n")


def main(*arguments: str) -> NoReturn:
    """Run the command line on this process's streams, as a new interpreter would."""
    from llmnotes import cli

    sys.argv = ["llmnotes", *arguments]
    sys.stdin, sys.stdout, sys.stderr = _opened(0, "r"), _opened(1, "w"), _opened(2, "w")
    cli.main()


def _opened(descriptor: int, mode: str) -> Any:
    try:
        os.fstat(descriptor)
    except OSError:
        return None
    buffered = open(descriptor, f"{mode}b", closefd=False)  # noqa: SIM115 - as the interpreter does
    return io.TextIOWrapper(buffered, encoding="utf-8", line_buffering=descriptor == 2)


def forked(function: Callable[[], None], seconds: float = _SECONDS) -> int:
    """Call a function in a forked child; returns its exit code, negative for a signal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of the test runner are idle
        child = os.fork()
    if child == 0:
        os._exit(_ended(function))
    timer = threading.Timer(seconds, os.kill, (child, signal.SIGKILL))
    timer.start()
    try:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    finally:
        timer.cancel()


def _ended(function: Callable[[], None]) -> int:
    try:
        function()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    except BaseException:
        import traceback

        os.write(2, traceback.format_exc().encode())
        code = 1
    else:
        code = 0
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            code = code or 120
    return code

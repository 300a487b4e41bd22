"""Writes the reference pages, the README's outputs and its picture from the program itself, the
schema of family files, and the line in each of them that leads editors to it.

`--check` writes nothing and says which of them are not fresh.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from llmnotes.cli import CONTENTS, app
from llmnotes.commands.schema import family_schema
from llmnotes.schema import ATTRIBUTES, GROUPS, STATUSES, Attribute

ROOT = Path(__file__).parent.parent
NOTE = "<!-- Written by docs/generate.py; `make docs` checks it. Do not edit. -->"


def commands() -> str:
    """Every command with its help, as it is printed."""
    lines = ["# Commands", "", NOTE, "", "```text", _help(get_command(app), "llmnotes"), "```"]
    for name in CONTENTS:
        lines += ["", f"## llmnotes {name}", ""]
        command = get_command(app).commands[name].load()
        lines += ["```text", _help(command, f"llmnotes {name}"), "```"]
        for inner, subcommand in getattr(command, "commands", {}).items():
            lines += ["", f"### llmnotes {name} {inner}", ""]
            lines += ["```text", _help(subcommand, f"llmnotes {name} {inner}"), "```"]
    return "\n".join(lines) + "\n"


def _help(command: Any, name: str) -> str:
    settings = {"terminal_width": 88, "max_content_width": 88}
    with command.make_context(name, [], resilient_parsing=True, **settings) as context:
        return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def attributes() -> str:
    """Every attribute with its meaning, its columns and the terms it may take."""
    return "\n".join(_attributes()) + "\n"


def _attributes() -> Iterator[str]:
    yield from ["# Attributes", "", NOTE, ""]
    yield (
        "Everything that can be said of a model. The id names the column of the view `models`, the "
        "key of JSON records and the word in `--where`; the option is how `filter` calls it."
    )
    yield from ["", "A claim's status says how far to trust it:", ""]
    yield from (f"- `{status}`: {meaning}." for status, meaning in STATUSES.items())
    yield from ["", "No claim at all means unknown."]
    for group, heading in GROUPS.items():
        yield from ["", f"## {heading}"]
        for item in ATTRIBUTES.values():
            if item.group == group:
                yield from _attribute(item)


def _attribute(item: Attribute) -> Iterator[str]:
    yield from ["", f"### `{item.id}`", "", f"{item.label}. {item.meaning}", ""]
    yield f"- option `--{item.option_name.replace('_', '-')}`; kind {_kind(item)}"
    columns = ", ".join(f"`{column.name}` {column.sql_type}" for column in item.columns)
    yield f"- columns: {columns}"
    if item.inherited:
        yield "- a post-trained variant takes it from the model it is based on"
    if item.fallback:
        yield f"- filled by `{item.fallback}` where nothing is claimed of it"
    if item.row:
        yield f"- row of the starting notes' table: {item.row}"
    for term, synonyms in item.terms.items():
        also = f" (also {', '.join(synonyms)})" if synonyms else ""
        yield f"  - `{term}`{also}"


def _kind(item: Attribute) -> str:
    kind = item.kind + (f", in {item.unit}" if item.unit else "")
    kind += ", may be a set" if item.many else ""
    kind += ", may differ by layer" if item.per_layer else ""
    return kind + (", `4k` is 4,096" if item.binary else "")


_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_EXAMPLE = re.compile(r"```console\n\$ (llmnotes [^\n]*)\n.*?```", re.DOTALL)


def readme() -> str:
    """The README with the output of each of its `$ llmnotes` examples as it is now."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return _EXAMPLE.sub(lambda found: f"```console\n$ {found[1]}\n{_output(found[1])}```", text)


def _output(command: str) -> str:
    """What the shell prints for an example, in a folder of its own with a new store."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "docs").symlink_to(ROOT / "docs")
        program = Path(folder, "llmnotes")
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m llmnotes "$@"\n')
        program.chmod(0o755)
        done = subprocess.run(
            ["sh", "-c", command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            cwd=folder,
            env={
                **os.environ,
                "PATH": f"{folder}:{os.environ['PATH']}",
                "PYTHONPATH": str(ROOT),
                "PYTHONIOENCODING": "utf-8",
                "PYTHONUNBUFFERED": "1",
                "LLMNOTES_DB": f"{folder}/notes.sqlite",
            },
        )
    if done.returncode not in {0, 1}:
        raise SystemExit(f"{command}\n{done.stdout}")
    return _TIME.sub("2026-01-01T12:00:00Z", done.stdout)


def picture() -> str:
    """A table of `compare llama llama2` as a terminal of 92 columns shows it."""
    from rich.console import Console
    from rich.terminal_theme import MONOKAI
    from rich.text import Text

    from llmnotes.export.table import draw
    from llmnotes.knowledge.compare import compare
    from llmnotes.store.connect import connect
    from llmnotes.views.comparison import comparison_answer

    rows = (
        "organization,released,params,context,training_tokens,",
        "tokenizer,attention,activation,n_layers,batch_size,optimizer,license",
    )
    shown = f"$ llmnotes compare llama llama2 --attributes {rows[0]}\\\n    {rows[1]}"
    found = compare(connect(), ["llama", "llama2"], attributes="".join(rows).split(","))
    answer = comparison_answer(found)
    out = Console(record=True, width=92, file=io.StringIO(), force_terminal=True, highlight=False)
    out.print(Text(shown, style="bold"))
    draw(out, answer.tables[0], 92)
    return out.export_svg(title="llmnotes", theme=MONOKAI, unique_id="llmnotes")


def schema() -> str:
    """The JSON Schema of a family file, for editors."""
    return json.dumps(family_schema(), indent=1, ensure_ascii=False) + "\n"


SCHEMA = "llmnotes/data/family.schema.json"
_LINE = "#:schema ../family.schema.json\n"
"""The directive by which editors (taplo, Even Better TOML) find the schema."""


def families() -> Iterator[tuple[Path, str]]:
    """Every family file with its text as it should begin."""
    for path in sorted((ROOT / SCHEMA).parent.glob("families/*.toml")):
        text = path.read_text(encoding="utf-8")
        yield path, text if text.startswith("#:schema ") else _LINE + text


PAGES = {
    SCHEMA: schema,
    "docs/commands.md": commands,
    "docs/attributes.md": attributes,
    "docs/compare.svg": picture,
    "README.md": readme,
}


def main() -> int:
    """Write the pages, or with `--check` name those that are not fresh."""
    stale = []
    for path, text in [*families(), *((ROOT / name, write()) for name, write in PAGES.items())]:
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.relative_to(ROOT).as_posix())
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv and stale:
        print(f"not fresh: {', '.join(stale)}; run `python docs/generate.py`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""YAML of the same structure as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from llmnotes.escapes import printable
from llmnotes.export.answer import Answer, is_list


def pieces(answer: Answer, format: str) -> Iterator[str]:
    """The answer's data in block style, with keys in their order."""
    data = answer.data
    if not is_list(data):
        yield _text(data)
    elif len(data):
        yield from (_text([item]) for item in data)  # a list is its items, one below another
    else:
        yield _text([])


def _text(data: Any) -> str:
    import yaml

    how: dict[str, Any] = {"Dumper": _dumper(), "sort_keys": False, "width": 100}
    text: str = yaml.dump(data, allow_unicode=True, **how)
    if printable(text) == text:
        return text
    escaped: str = yaml.dump(data, allow_unicode=False, **how)
    return escaped


@cache
def _dumper() -> Any:
    import yaml

    class Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        """A dumper without anchors and aliases: repeated values are written out."""

        def ignore_aliases(self, data: object) -> bool:
            return True

    return Plain

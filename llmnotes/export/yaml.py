"""YAML of the same structure as JSON."""

from __future__ import annotations

from typing import Any

from llmnotes.escapes import printable
from llmnotes.export.answer import Answer


def render(answer: Answer, format: str) -> str:
    """The answer's data in block style, with keys in their order."""
    import yaml

    class Plain(yaml.SafeDumper):
        """A dumper without anchors and aliases: repeated values are written out."""

        def ignore_aliases(self, data: object) -> bool:
            return True

    how: dict[str, Any] = {"Dumper": Plain, "sort_keys": False, "width": 100}
    text: str = yaml.dump(answer.data, allow_unicode=True, **how)
    if printable(text) == text:
        return text
    escaped: str = yaml.dump(answer.data, allow_unicode=False, **how)
    return escaped

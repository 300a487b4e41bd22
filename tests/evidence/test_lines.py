"""Keys are found on their lines."""

from llmnotes.evidence.lines import Lines

TEXT = '''\
id = "x"  # [not.a.table]
[sources.one]
title = "A [title"

[claims]
plain = { value = 1 }
listed = [
  { value = 1 },
  { value = 2, note = "a # b ] }" },
]
long = """
[sources.two]
key = 1
"""
last = 1

[[models]]
id = "a"
[models.claims]
plain = { value = 1 }
[[models]]
id = "b"
[models.claims]
plain = { value = 1 }
'''


def test_tables_keys_and_items_are_found():
    lines = Lines(TEXT)

    assert lines.of(("id",)) == 1
    assert lines.of(("sources", "one", "title")) == 3
    assert lines.of(("sources", "one", "year")) == 2
    assert lines.of(("sources", "two")) == 1
    assert lines.of(("claims", "listed", 0)) == 8
    assert lines.of(("claims", "listed", 1, "note")) == 9
    assert lines.of(("claims", "plain", 0, "value")) == 6
    assert lines.of(("claims", "last")) == 15
    assert lines.of(("models", 0, "claims", "plain")) == 20
    assert lines.of(("models", 1, "id")) == 22
    assert lines.of(("models", 1, "claims", "plain", 0)) == 24

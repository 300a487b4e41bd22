"""Real configuration files against counts of the real model classes, where the files are at hand."""

from __future__ import annotations

import csv
import json

import pytest

from llmnotes.configs import read_config
from llmnotes.errors import InputError
from llmnotes.sizing import count_parameters
from tests.configs.cases import REFERENCE

pytestmark = pytest.mark.skipif(
    not (REFERENCE / "counts.csv").exists(), reason="the reference configurations are not here"
)


def _rows() -> list[dict[str, str]]:
    with (REFERENCE / "counts.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_counts_agree_with_the_real_classes() -> None:
    """At least 98 of 100 are exact, at most one of 200 is wrong, the rest is refused by name."""
    exact, wrong, refused = 0, [], []
    rows = _rows()
    for row in rows:
        config = json.loads((REFERENCE / row["file"]).read_text(encoding="utf-8"))
        try:
            total = count_parameters(read_config(config)).total
        except InputError as error:
            refused.append((row["file"], str(error)))
            continue
        if str(total) in (row["language_total"], row["base_total"]):
            exact += 1
        else:
            wrong.append((row["file"], total, row["language_total"]))

    assert len(wrong) <= 0.005 * len(rows), wrong
    assert exact >= 0.98 * len(rows), (wrong, refused)


def test_every_file_is_counted_or_refused_in_one_sentence() -> None:
    """No file of any format ends in anything but a count or one sentence."""
    for path in sorted(REFERENCE.rglob("*.json")):
        config = json.loads(path.read_text(encoding="utf-8"))
        sentence, count = "", None
        try:
            count = count_parameters(read_config(config))
        except InputError as error:
            sentence = str(error)
        if count is None:
            assert sentence, path
            assert "\n" not in sentence, path
        else:
            assert count.total > 0, path
            assert 0 < count.active <= count.total, path

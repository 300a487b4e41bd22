"""Any family file is checked without a traceback."""

from pathlib import Path

import pytest

from llmnotes.evidence.copies import Copies
from llmnotes.evidence.files import check_file

SHAPES = [
    "",
    "id = 1",
    "sources = 1\nclaims = 1\nmodels = 1",
    "sources = []\nclaims = []\nmodels = [1, 2]",
    "[sources]\nx = 1",
    "[sources.x]\nkind = 1\ntitle = []\nauthors = 7\narxiv = 3\nvia = []",
    '[sources.x]\nkind = "paper"\ntitle = "T"\nread = "quoted"\nvia = "x"',
    "[claims]\nd_model = 1\nn_layers = []\nn_heads = [1, []]",
    "[claims]\nd_model = {value = {}, source = [], at = 1, printed = {}}",
    '[claims]\norganization = {value = 3, source = "x", at = "y"}',
    '[claims]\norganization = {value = [[1]], source = "x", at = "y"}',
    '[claims]\nbased_on = {value = [1, {}], source = "x", at = "y"}',
    "[[models]]\n[[models]]\nid = []\nclaims = 3\n[[models]]\nid = 1979-05-27",
    '[claims]\nd_model = {value = 1e400, source = "x", at = "y"}',
    '[claims]\nd_model = {value = nan, source = "x", at = "Table 99999999999999"}',
    '[sources.x]\nkind = "config"\ntitle = "T"\nread = "whole"\n'
    '[claims]\nd_model = {value = 1, source = "x", at = "..a...b"}',
]


@pytest.mark.parametrize("text", SHAPES)
def test_any_shape_has_faults_in_sentences(text: str, tmp_path: Path, data: Path):
    path = tmp_path / "toy.toml"
    path.write_text(text)
    (tmp_path / "x.json").write_text('{"a": [[]], "b": null}')

    for copies in (None, Copies(tmp_path)):
        faults = check_file(path, copies, data)
        assert faults
        assert all(fault.line >= 1 and fault.problem for fault in faults)

"""All faults of a family file are reported at once, each with its line and its repair."""

import pytest

from llmnotes.errors import InputError
from llmnotes.evidence.copies import Copies
from llmnotes.evidence.files import check_file

PLANTED: dict[str, tuple[str, str, str]] = {}
"""Fault -> the text in the valid file, its replacement, and the expected message."""

for _block in """
a title that is another paper's: does not begin with
- "Toy: A Model for Tests"
+ "Game: A Model for Tests"

the arXiv id of another paper: arXiv:2001.00001v2
- arxiv = "2001.00001v2"
+ arxiv = "2001.00002v2"

a digest of another text: 64
- sha256 = "
+ sha256 = "0000

a year that is none: 2199
- year = 2020
- url = "https://arxiv
+ year = 20200
+ url = "https://arxiv

a kind of source that is none: code
- kind = "code"
+ kind = "codes"

an abbreviated commit: 40 digits
- copy_read = "huggingface.co/toy/toy-1b@0123456789abcdef0123456789abcdef01234567
+ copy_read = "huggingface.co/toy/toy-1b@0123456

a source quoted by an unknown one: lee-2020-toi
- via = "lee-2020-toy"
+ via = "lee-2020-toi"

an organization that is none: toys
- ["toys"]
+ ["toyz"]

an attribute that is none: objective
- objective =
+ objectives =

a value one digit off: 6.0
- value = 6e-4
+ value = 5e-4

a figure that the source does not print: 1024
- printed = "512"
+ printed = "1024"

a place that does not exist: App. C.4
- at = "App. A.1", printed = "2,000 steps"
+ at = "App. C.4", printed = "2,000 steps"

a term that is none: cosine
- value = "cosine"
+ value = "cosinus"

a figure that stands elsewhere: not at §2.1
- at = "App. A.1", printed = "0.1"
+ at = "§2.1", printed = "0.1"

a name that the code has not: drop_out_rate
- toy/model.py dropout
+ toy/model.py drop_out_rate

a file that the code has not: toy/models.py
- toy/model.py mlp
+ toy/models.py mlp

a key that claims have not: where
- at = "LICENSE",
+ where = "LICENSE",

a value beside a refusal: remove
- hardware = { status
+ hardware = { value = ["TPU"], status

a source that is none: toy-talk
- source = "toy-talk"
+ source = "toy-walk"

a variant that is none: post-trained
- size = "1B"
+ size = "1B"
+ variant = "bas"

a sentence in place of figures: 60 characters
- printed = "1.0B"
+ printed = "One billion parameters. One billion parameters. One billion parameters. "

a key that the configuration has not: num_hidden_layers
- "num_hidden_layers"
+ "num_hidden_layer"

a value that the configuration contradicts: 2048
- value = 2048
+ value = 2049

a claim without its place: say where
- at = "num_attention_heads"
+ note = "x"

a score that the table has not: 40.6
- score = 40.5
+ score = 40.6
""".strip().split("\n\n"):
    _head, *_lines = _block.split("\n")
    _name, _hint = _head.split(": ")
    _old, _new = ("\n".join(x[2:] for x in _lines if x[0] == sign) for sign in "-+")
    PLANTED[_name] = _old, _new, _hint


def told(path, copies, data) -> list[tuple[int, str]]:
    return [(item.line, item.sentence) for item in check_file(path, Copies(copies), data)]


def test_a_sound_file_has_no_faults(family, copies, data):
    assert told(family(), copies, data) == []


def test_a_copy_with_other_line_ends_is_the_same_text(family, copies, data):
    path = copies / "lee-2020-toy.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert check_file(family(), Copies(copies), data) == []

    path.write_bytes(path.read_bytes() + b"\r\nmore")
    (fault,) = check_file(family(), Copies(copies), data)
    assert "another sha256" in str(fault)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_told_with_its_line_and_its_repair(name, family, copies, data):
    old, new, hint = PLANTED[name]
    path = family((old, new))
    lines = path.read_text(encoding="utf-8").splitlines()

    found = told(path, copies, data)

    assert found
    line, sentence = found[0]
    assert hint in sentence
    assert sentence.startswith(f"line {line}: ")
    assert sentence.rstrip().endswith(";") is False
    changed = new.partition("\n")[2].partition("\n")[0] or new.partition("\n")[0]
    near = "\n".join(lines[line - 1 : line + 12])
    assert changed in near or old.partition("=")[0].strip() in near


def test_all_planted_faults_are_told_at_once(family, copies, data):
    path = family(*((old, new) for old, new, _ in PLANTED.values()))

    found = told(path, copies, data)

    assert len(PLANTED) == 25
    for name, (_, _, hint) in PLANTED.items():
        assert any(hint in sentence for _, sentence in found), name
    assert len(found) >= 25


def test_a_license_without_an_entry_is_told_with_the_nearest(family, copies, data):
    (data / "entities" / "licenses.toml").write_text(
        '[mit]\nname = "MIT"\naliases = ["MIT License"]\n'
    )
    assert told(family(), copies, data) == []

    ((_, sentence),) = told(family(('value = "MIT"', 'value = "MTI"')), copies, data)
    assert "'MTI' names no license that has an entry" in sentence
    assert "MIT" in sentence.partition("entry")[2]


def test_the_id_of_a_model_of_another_file_is_told(family, copies, data):
    (data / "families" / "game.toml").write_text(
        'id = "game"\nname = "Game"\n\n[[models]]\nid = "toy-1b"\nname = "Game 1B"\n'
    )

    sentences = [sentence for _, sentence in told(family(), copies, data)]
    assert any("is the id of a model of game.toml too" in sentence for sentence in sentences)


def test_a_day_of_reading_that_is_to_come_is_told(family, copies, data):
    ((_, sentence),) = told(
        family(('checked = "2026-11-28"', 'checked = "2198-11-28"')), copies, data
    )

    assert "was checked on 2198-11-28, which is to come" in sentence


def test_a_stale_commit_is_told_by_the_place_of_the_copy(family, copies, data):
    path = family(
        (
            '@0123456789abcdef0123456789abcdef01234567"\nread = "part"',
            "@" + "f" * 40 + '"\nread = "part"',
        )
    )

    (line, sentence), *_ = told(path, copies, data)

    assert line == 18
    assert "fetch it from there" in sentence


def test_a_value_from_a_source_that_was_not_read_is_refused(family, copies, data):
    path = family(
        ("length = ", 'doi = "10.1/x"\nlength = '), ('read = "whole"\nchecked', "checked")
    )

    sentences = [sentence for _, sentence in told(path, copies, data)]

    assert any("says not how it was read" in sentence for sentence in sentences)


def test_without_copies_only_the_form_is_looked_at(family, data):
    assert check_file(family(("value = 2048", "value = 2049")), None, data) == []
    assert check_file(family(("objective =", "objectives =")), None, data) != []


def test_a_claim_from_prose_without_figures_is_told_without_copies_too(family, data):
    (fault,) = check_file(family((', printed = "gelu"', "")), None, data)

    assert fault.place == "toy.activation"
    assert "printed" in fault.repair


def test_a_missing_copy_is_told_at_each_claim_that_needs_it(family, copies, data):
    (copies / "toy-config.json").unlink()

    found = told(family(), copies, data)

    assert len(found) == 5
    assert all("no copy of toy-config" in sentence for _, sentence in found)


@pytest.mark.parametrize("text", ["id = ", 'id = "toy"\nid = "toy"'])
def test_a_file_that_is_no_toml_is_refused(text, tmp_path, data):
    path = tmp_path / "toy.toml"
    path.write_text(text)

    with pytest.raises(InputError, match=r"toy\.toml: "):
        check_file(path, None, data)


def test_a_file_that_is_not_there_is_refused(tmp_path, data):
    with pytest.raises(InputError, match="name a family file"):
        check_file(tmp_path / "no.toml", None, data)

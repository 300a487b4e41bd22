"""All faults of a family file are reported at once, each with its line and its repair."""

import pytest

from llmnotes.errors import InputError
from llmnotes.evidence.copies import Copies
from llmnotes.evidence.files import check_file
from tests.evidence.planting import COMMIT, told


def test_a_sound_file_has_no_faults(family, copies, data):
    assert told(family(), copies, data) == []


def test_a_copy_with_other_line_ends_is_the_same_text(family, copies, data):
    path = copies / "lee-2020-toy.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert check_file(family(), Copies(copies), data) == []

    path.write_bytes(path.read_bytes() + b"\r\nmore")
    (fault,) = check_file(family(), Copies(copies), data)
    assert "another sha256" in str(fault)


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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('copy_read = "a copy in a public repository"\nread = "part"', "cannot be found again"),
        ('copy_read = "toy/toy, model.py at 0123456"\nread = "part"', "cannot be found again"),
        ('copy_read = "toy/toy@main"\nread = "part"', "all 40 digits"),
        ('read = "part"', "`copy_read` is missing"),
        (f'copy_read = "toy/toy@{COMMIT}"', "says not how it was read"),
    ],
)
def test_a_source_whose_text_cannot_be_found_again_is_refused(line, said, family, data):
    path = family((f'copy_read = "toy/toy@{COMMIT}"\nread = "part"', line))

    (sentence,) = [item.sentence for item in check_file(path, None, data)]
    assert sentence.startswith("line 18: sources.toy-code: ")
    assert said in sentence


def test_without_copies_only_the_form_is_looked_at(family, data):
    assert check_file(family(("value = 2048", "value = 2049")), None, data) == []
    assert check_file(family(("objective =", "objectives =")), None, data) != []


def test_a_claim_from_prose_without_figures_is_told_without_copies_too(family, data):
    (fault,) = check_file(family((', printed = "gelu"', "")), None, data)

    assert fault.place == "toy.activation"
    assert "printed" in fault.repair


@pytest.mark.parametrize("with_copies", [False, True])
def test_figures_that_are_not_those_of_the_value_are_told_without_a_copy_too(
    with_copies, family, copies, data
):
    (copies / "lee-2020-toy.txt").unlink()
    path = family(('value = "1B"', 'value = "1M"'), ('size = "1B"\n', ""))

    faults = check_file(path, Copies(copies) if with_copies else None, data)

    (fault,) = [item for item in faults if item.place == "toy-1b.params_reported"]
    assert "another scale" in fault.problem


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


def test_a_derived_count_with_swapped_digits_is_told_unless_it_is_an_exception(family, data):
    shape = """
architecture = { value = "causal-decoder", source = "toy-config", at = "a" }
mixer = { value = "transformer", source = "toy-config", at = "a" }
attention = { value = "MHA", source = "toy-config", at = "a" }
head_dim = { value = 128, source = "toy-config", at = "a" }
vocab_size = { value = 1000, source = "toy-config", at = "a" }
gated_ffn = { value = false, source = "toy-config", at = "a" }
bias = { value = ["none"], source = "toy-config", at = "a" }
normalization = { value = "RMSNorm", source = "toy-config", at = "a" }
norm_placement = { value = "pre-norm", source = "toy-config", at = "a" }
positional_encoding = { value = "RoPE", source = "toy-config", at = "a" }
sparsity = { value = "dense", source = "toy-config", at = "a" }
params_total = { value = %d, status = "derived", source = "parameters-from-shape", at = "the shape" }
"""
    (data / "sources.toml").write_text(
        '[parameters-from-shape]\nkind = "formula"\ntitle = "Parameters from the shape"\n'
    )
    total = 1000 * 2048 + 24 * (4 * 2048**2 + 2 * 2048 * 8192 + 2 * 2048) + 2048
    digits = str(total)
    swapped = int(digits[0] + digits[2] + digits[1] + digits[3:])
    assert swapped != total

    def written(number: int) -> list[str]:
        path = family(("[models.claims]\n", "[models.claims]" + shape % number))
        return [item.sentence for item in check_file(path, None, data)]

    assert written(total) == []
    (sentence,) = written(swapped)
    assert f"toy-1b.params_total: {swapped:,} parameters are derived" in sentence
    assert f"write {total}" in sentence
    (data / "exceptions.toml").write_text(
        f'[[exception]]\nrule = "parameters-differ-from-shape"\nsubject = "toy-1b"\nvalue = {swapped}\n'
    )
    assert written(swapped) == []


def test_a_name_that_means_another_model_already_is_told(family, copies, data):
    (data / "families" / "game.toml").write_text(
        'id = "game"\nname = "Game"\n\n[[models]]\nid = "game-1b"\nname = "Game 1B"\n'
    )
    path = family(('size = "1B"', 'size = "1B"\naliases = ["Toy1B", "GAME-1B"]'))

    ((_, sentence),) = told(path, copies, data)
    assert "toy-1b: the name 'GAME-1B' already means game-1b" in sentence

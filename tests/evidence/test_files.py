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


MORE: dict[str, tuple[str, str, str]] = {}
"""Likewise, for faults that one other fault hides or that need no copies."""

for _block in """
a heading that the text has not: no Compute budget
- at = "§2.1", printed = "512"
+ at = "Compute budget", printed = "512"

a flag written as a text: write value = true
- value = true
+ value = "yes"

a number written as a text: write value = 24
- value = 24
+ value = "24"

a list written as a text: write value = ["CLM"]
- value = ["CLM"]
+ value = "CLM"

a list for one number: not a value of kind 'number'
- value = 0.1, source = "lee
+ value = [0.1], source = "lee

a size that is no size: the size 'huge'
- size = "1B"
+ size = "huge"

the size of another model: the size 7B is not that of
- size = "1B"
+ size = "7B"

a silence without what was searched: which documents were searched
- , note = "None are named."
+ , note = "None."

a month that is none: calendar
- objective =
+ release_date = { value = "2020-13", source = "lee-2020-toy", at = "title page", printed = "2020" }
+ objective =

the day of another month: the value is 2020-04-05
- objective =
+ release_date = { value = "2020-04-05", source = "lee-2020-toy", at = "title page", printed = "5 Mar 2020" }
+ objective =

tokens for sequences: the source says sequences
- value = "512 sequences"
+ value = "512 tokens"

another power of ten: another scale
- value = 6e-4
+ value = 6e-3

thousands for millions: another scale
- objective =
+ training_tokens = { value = "1.0K", source = "lee-2020-toy", at = "Table 1", printed = "1.0B" }
+ objective =

a benchmark without an entry: nearest: MMLU
- benchmark = "MMLU"
+ benchmark = "MMLUU"

a dataset without an entry: nearest: C4
- objective =
+ training_data = { value = ["C5"], source = "lee-2020-toy", at = "§2.1", printed = "Toy" }
+ objective =

a year that the arXiv id does not have: write 2020
- year = 2020
- url = "https://arxiv
+ year = 2021
+ url = "https://arxiv

the address of another paper: leads to arXiv:2001.00003
- abs/2001.00001"
- arxiv
+ abs/2001.00003"
+ arxiv

a source checked before it was: but was checked in 2019
- checked = "2026-11-28"
+ checked = "2019-11-28"

a day of reading that is none: 2026-28-11 is not a day
- on 2026-11-28"
- sha
+ on 2026-28-11"
+ sha

an address read in the future: was read on 2196-11-28
- on 2026-11-28"
- sha
+ on 2196-11-28"
+ sha

two claims preferred: prefer one
- at = "intermediate_size" },
-   { value = 8192, source = "lee-2020-toy", at = "Table 1",
+ at = "intermediate_size", preferred = true, reason = "a" },
+   { value = 8192, preferred = true, reason = "b", source = "lee-2020-toy", at = "Table 1",

the same claim twice: repeats an earlier claim
- { value = 8192, source = "lee-2020-toy", at = "Table 1", printed = "8192" }
+ { value = 8192, source = "toy-config", at = "intermediate_size" }

a model based on itself: refers to itself
- [models.claims]
+ [models.claims]
+ based_on = { value = ["toy-1b"], source = "toy-code", at = "LICENSE", printed = "MIT" }

a model based on one that is none: unknown model 'toi-1b'
- [models.claims]
+ [models.claims]
+ based_on = { value = ["toi-1b"], source = "toy-code", at = "LICENSE", printed = "MIT" }

a repository that is no address: https://
- objective =
+ repository = { value = ["toy/toy"], source = "toy-code", at = "LICENSE", printed = "MIT" }
+ objective =

a unit that is none: sequences
- 512 sequences
+ 512 sequents

a figure that the paper has not: no Figure 9
- at = "Table 1", printed = "1.0B"
+ at = "Figure 9", printed = "1.0B"

a key of another value: intermediate_size is 8192
- "hidden_size"
+ "intermediate_size"

a version that is not named: 2001.00001v1
- "2001.00001v2"
- copy
+ "2001.00001"
+ copy

a preference without a reason: reason
- printed = "gelu"
+ printed = "gelu", preferred = true
""".strip().split("\n\n"):
    _head, *_lines = _block.split("\n")
    _name, _hint = _head.split(": ", 1)
    _old, _new = ("\n".join(x[2:] for x in _lines if x[0] == sign) for sign in "-+")
    MORE[_name] = _old, _new, _hint


@pytest.mark.parametrize("name", MORE)
def test_each_further_fault_is_told_in_one_sentence_at_its_line(name, family, copies, data):
    (data / "entities" / "datasets.toml").write_text('[c4]\nname = "C4"\n')
    (data / "entities" / "benchmarks.toml").write_text('[mmlu]\nname = "MMLU"\n')
    old, new, hint = MORE[name]
    path = family((old, new))
    lines = path.read_text(encoding="utf-8").splitlines()

    (found,) = told(path, copies, data)

    line, sentence = found
    assert hint in sentence
    changed = [part for part in new.split("\n") if part not in old.split("\n")]
    assert any(part in "\n".join(lines[line - 1 : line + 12]) for part in changed)


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

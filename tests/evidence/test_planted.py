"""Twenty-five faults planted into a sound file: each told with its line and its repair, all at once."""

import pytest

from tests.evidence.planting import faults, told

PLANTED = faults("""
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
""")


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

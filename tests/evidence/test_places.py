"""A locator is resolved to a part of the text."""

import json

import pytest

from llmnotes.evidence.copies import Copy
from llmnotes.evidence.places import headings, places

TEXT = (
    """\
A Title
Abstract
We train 7B.

2 Method
We do this and that, over and over, until it is done, and then we do it once more to be sure of it.
2.1 Data
It is 40 GB of text, over and over, until it is done, and then we do it once more, to be sure of it.
2.2 Model
It has 12 layers, over and over, until it is done, and then we do it once more, to be sure of it all.
3 Results
"""
    + "Words. " * 3_000
    + """
Table 2: Scores.
MMLU 40.5
"""
    + "Words. " * 3_000
    + """
A.1 More
The batch has 512 sequences.
"""
)


@pytest.fixture
def copy(tmp_path):
    path = tmp_path / "x.txt"
    path.write_text(TEXT)
    return Copy(path)


@pytest.mark.parametrize(
    ("locator", "inside", "outside"),
    [
        ("§2.1", "40 GB", "12 layers"),
        ("§2.2 Model", "12 layers", "40 GB"),
        ("§2", "12 layers", "MMLU"),
        ("Table 2", "MMLU", "40 GB"),
        ("App. A.1", "512", "MMLU"),
        ("Appendix A.1", "512", "12 layers"),
        ("abstract", "7B", "512"),
    ],
)
def test_a_place_has_its_own_text_and_not_that_of_another(locator, inside, outside, copy):
    (place,) = places(locator, copy)

    assert inside in place.text
    assert outside not in place.text


@pytest.mark.parametrize(
    ("locator", "names"),
    [
        ("Tables 2, 4 and 7", ["Table 2", "Table 4", "Table 7"]),
        ("Tables 19–21 and 25", ["Table 19", "Table 20", "Table 21", "Table 25"]),
        ("Table D.1", ["Table D.1"]),
        ("§2.2, §3.7", ["§2.2", "§3.7"]),
        ("Table 2; App. A", ["Table 2", "App. A"]),
        ("the second paragraph", ["the whole text"]),
    ],
)
def test_a_locator_may_name_several_places(locator, names, copy):
    assert [place.name for place in places(locator, copy)] == names


def test_a_place_that_the_text_has_not_is_told(copy):
    assert [place.text for place in places("Table 9, §7.3", copy)] == [None, None]


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "code"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "model.py").write_text("def block(x):\n    return norm(x)\n")
    (folder / "README.md").write_text("# Toy\n\n## What is it?\n\nA model.\n")
    return Copy(folder)


@pytest.mark.parametrize(
    ("locator", "there"),
    [
        ("src/model.py block: one norm", True),
        ("src/model.py blocks", False),
        ("src/other.py", False),
        ("README.md, What is it?", True),
        ("README.md, What was it?", False),
        ("../README.md", False),
        ("src/model.py, block calls norm(x)", True),
        ("src/model.py, block calls layer_norm", False),
        ("src/model.py, block calls rms(x)", False),
        ("What is it?", True),
        ("What was it?", False),
    ],
)
def test_a_file_is_there_with_what_is_named_in_it(locator, there, tree):
    (place,) = places(locator, tree)

    assert (place.text is not None) == there


def test_a_locator_without_a_file_is_the_whole_repository(tree):
    (place,) = places("date of the initial commit", tree)

    assert "def block" in place.text
    assert "A model." in place.text


@pytest.mark.parametrize("line", ["", "Table 2: x", "2.1 Data", " ", "2.1", "Table 2", "\t|*"])
def test_a_long_hostile_text_is_read_in_one_go(line, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text(f"{line}\n" * 50_000)

    assert len(places("Table 2, §2.1, App. B", Copy(path))) == 3


@pytest.mark.parametrize("name", ["models/pythia-1.4b.yml", "train/tr11.b-1B3.slurm"])
def test_a_file_may_have_points_in_its_name(name, tmp_path):
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text("layers: 24")

    (place,) = places(f"{name} layers", Copy(tmp_path))

    assert place == (f"{name}, layers", "layers: 24")


@pytest.mark.parametrize("name", ["src/models/small.ts", "src/models/page.tsx"])
def test_a_file_of_a_typed_script_is_a_place_of_its_own(name, tmp_path):
    (tmp_path / "src/models").mkdir(parents=True)
    (tmp_path / name).write_text("contextSize: '32k'")
    (tmp_path / "src/models/large.ts").write_text("contextSize: '256k'")

    (place,) = places(name, Copy(tmp_path))

    assert "32k" in place.text
    assert "256k" not in place.text


COMMITS = """\
89abcdef00000000000000000000000000000000 2024-05-06 Release the second
1234567000000000000000000000000000000000 2024-01-02 First commit
"""


def test_a_commit_is_its_line_of_the_log(tmp_path):
    (tmp_path / "commits.txt").write_text(COMMITS)
    (tmp_path / "README.md").write_text("card of 2024-09-09")
    repository = Copy(tmp_path)

    (one,) = places("commit 1234567, First commit", repository)
    assert one.text.strip().endswith("2024-01-02 First commit")
    (everything,) = places("commit log", repository)
    assert everything.text.count("2024-") == 2
    (none,) = places("commit 7654321", repository)
    assert none.text is None
    (file,) = places("git log, commit 1234567: README.md", repository)
    assert "2024-09-09" in file.text


def test_pages_kept_as_json_have_their_lines(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps([{"page": n, "text": t} for n, t in enumerate(TEXT.split("3 R"))]))

    (place,) = places("§2.1", Copy(path))

    assert "40 GB" in place.text
    assert "12 layers" not in place.text


@pytest.mark.parametrize(
    "locator",
    [
        "Method",
        "A Title, Method",
        "introduction",
        "head of the post",
        "Data and Model",
        "Section 9.9",
    ],
)
def test_a_heading_that_the_text_has_or_a_description_is_taken(locator, copy):
    (place,) = places(locator, copy)
    assert place.text == copy.text


@pytest.mark.parametrize(
    "locator", ["Compute budget", "Data and Hardware", "Toy.forward_pass", "Limits: see there"]
)
def test_a_heading_or_name_that_the_text_has_not_is_told(locator, copy):
    (place,) = places(locator, copy)
    assert place.text is None


def test_one_part_of_a_dotted_name_is_enough(tmp_path):
    path = tmp_path / "x.py"
    path.write_text("class Block:\n    def forward(self): ...\n")
    (place,) = places("Block.forward", Copy(path))
    assert place.text is not None


def test_headings_are_those_of_markdown(tmp_path):
    path = tmp_path / "x.md"
    path.write_text("# Toy\n\n## Training Data ##\n#hash\ntext\n")
    assert headings(Copy(path)) == ["Toy", "Training Data"]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("```bash\n# Install\n```\n", ["Toy", "Use"]),
        ("~~~\n# Install\n```\n# Run\n~~~\n", ["Toy", "Use"]),
        ("````\n```\n# Install\n````\n", ["Toy", "Use"]),
        ("```python\n# Install\n", ["Toy"]),
        ("`# code` in a line\n", ["Toy", "Use"]),
        ("    ```\n# Install\n    ```\n", ["Toy", "Install", "Use"]),
        ("```Install``` and\n", ["Toy", "Use"]),
    ],
)
def test_comments_in_a_block_of_code_are_no_headings(tmp_path, code, found):
    path = tmp_path / "x.md"
    path.write_text(f"# Toy\n\n{code}\n## Use\n")
    assert headings(Copy(path)) == found

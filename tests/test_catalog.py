"""The reader of curated files refuses what is wrong and says how to mend it."""

from pathlib import Path

import pytest

from llmnotes.catalog import load
from llmnotes.coverage import FORMULA
from llmnotes.errors import InputError
from tests.curated import curated

FAMILY = """
id = "tiny"
name = "Tiny"

[sources.paper]
kind = "paper"
title = "A Tiny Model"
url = "https://toy.org/paper"
copy_read = "https://toy.org/paper on 2026-11-28"
read = "whole"

[claims]
organization = { value = ["lab"], source = "paper", at = "title page" }

[[models]]
id = "tiny-1b"
name = "Tiny 1B"
size = "1B"

[models.claims]
n_layers = { value = 12, source = "paper", at = "Table 1" }
"""


@pytest.fixture
def data(tmp_path):
    """A folder of curated files with one small, sound family."""
    (tmp_path / "families").mkdir()
    (tmp_path / "techniques").mkdir()
    (tmp_path / "families" / "tiny.toml").write_text(FAMILY)
    (tmp_path / "entities").mkdir()
    (tmp_path / "entities" / "organizations.toml").write_text('[lab]\nname = "Lab"\n')
    (tmp_path / "sources.toml").write_text("")
    (tmp_path / "topics.toml").write_text("")
    return tmp_path


def rewrite(data: Path, old: str, new: str) -> None:
    path = data / "families" / "tiny.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_sound_family_is_read(data):
    found = load(data)

    assert [family.id for family in found.families] == ["tiny"]
    assert found.families[0].models[0].claims["n_layers"][0].value == 12


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("n_layers =", "params =", "tiny.toml: models.tiny-1b.claims: write the attribute's id"),
        ("n_layers =", "layerz =", "tiny.toml: models.tiny-1b.claims: unknown attribute 'layerz'"),
        ('size = "1B"', 'sise = "1B"', "tiny.toml: models.tiny-1b.sise: unknown key"),
        ("value = 12", 'value = "many"', "tiny.toml: models.tiny-1b: n_layers: 'many' is not a quantity"),
        ('source = "paper", at = "Table 1"', 'source = "papers", at = "Table 1"',
         "tiny.toml: tiny-1b.n_layers: unknown source 'papers'; nearest: paper"),
        (', source = "paper", at = "Table 1"', "", "`source` is missing"),
        (', at = "Table 1"', "", "`at` is missing"),
        ("value = 12,", "", "`value` is missing"),
        ("value = 12,", 'value = 12, status = "undisclosed",', "has no value"),
        ("value = 12,", "value = 12, preferred = true,", "`preferred` needs a `reason`"),
        ('["lab"]', '["lap"]', "unknown organization 'lap'; nearest: lab"),
        ('id = "tiny"', 'id = "small"', "tiny.toml: id = 'small' differs from the file's name"),
        ('kind = "paper"', 'kind = "papyrus"', "sources.paper.kind"),
        ("[claims]", "[claims", "tiny.toml: "),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_the_place_and_the_repair(data, old, new, complaint):
    rewrite(data, old, new)

    with pytest.raises(InputError) as refused:
        load(data)

    assert complaint in str(refused.value).replace("claims.n_layers.0: ", "")


def test_two_subjects_cannot_share_a_name(data):
    (data / "families" / "other.toml").write_text(
        FAMILY.replace('"tiny"', '"other"')
        .replace("sources.paper", "sources.other-paper")
        .replace('"paper"', '"other-paper"')
        .replace('kind = "other-paper"', 'kind = "paper"')
        .replace('name = "Tiny"', 'name = "Other"')
        .replace('id = "tiny-1b"', 'id = "other-1b"')
    )

    with pytest.raises(InputError, match="the name 'tiny1b' already means"):
        load(data)


def test_prerequisites_cannot_go_in_a_circle(data):
    (data / "techniques" / "things.toml").write_text(
        """
[egg]
name = "Egg"
definition = "Comes from a hen."
prerequisites = ["hen"]
no_paper = "too old"
[hen]
name = "Hen"
definition = "Comes from an egg."
prerequisites = ["egg"]
no_paper = "too old"
"""
    )

    with pytest.raises(InputError, match="go in a circle"):
        load(data)


def test_the_curated_files_are_sound():
    found = curated()
    models = {model.id for family in found.families for model in family.models}

    assert {family.id for family in found.families} >= {
        "bert", "t5", "gpt-1", "gpt-2", "gpt-3", "gpt-4", "palm", "llama", "llama-2", "mistral", "mixtral",
    }  # fmt: skip
    assert models >= {
        "bert-base", "bert-large", "t5-small", "t5-base", "t5-large", "t5-3b", "t5-11b", "gpt-1",
        "gpt-2-small", "gpt-2-medium", "gpt-2-large", "gpt-2-xl", "gpt-3-small", "gpt-3-medium",
        "gpt-3-large", "gpt-3-xl", "gpt-3-2.7b", "gpt-3-6.7b", "gpt-3-13b", "gpt-3-175b", "gpt-4",
        "palm-8b", "palm-62b", "palm-540b", "llama-7b", "llama-13b", "llama-33b", "llama-65b",
        "llama-2-7b", "llama-2-13b", "llama-2-34b", "llama-2-70b", "mistral-7b", "mixtral-8x7b",
    }  # fmt: skip


def test_no_curated_source_is_unused():
    found = curated()
    used = {
        claim.source
        for family in found.families
        for subject in (family, *family.models)
        for claims in subject.claims.values()
        for claim in claims
    }
    used |= {source.via for source in found.sources.values()}
    used.add(FORMULA)  # of claims that the build derives
    named = " ".join(
        f"{claim.note} {claim.at}"
        for family in found.families
        for subject in (family, *family.models)
        for claims in subject.claims.values()
        for claim in claims
    )

    assert [key for key in found.sources if key not in used and key not in named] == []


@pytest.mark.parametrize(
    ("file", "text", "complaint"),
    [
        ("datasets", '[c4]\nname = "C4"\nabuot = "x"\n', "c4.abuot: unknown key; nearest: about"),
        ("datasets", '[c4]\nname = "C4"\n[other]\nname = "Other"\naliases = ["c 4"]\n',
         "datasets.toml: other: 'c4' already means 'c4'"),
        ("hardware", '[a100]\nname = "A100"\npart_of = "gpus"\n[gpu]\nname = "GPU"\n',
         "hardware.toml: a100: unknown hardware 'gpus'; nearest: gpu"),
        ("benchmarks", '[drop]\nname = "DROP"\nexact = ["Drop"]\n', "'Drop' is none of its names"),
        ("licenses", '[mit]\nname = "MIT"\npart_of = "mit"\n', "licenses.toml: mit is a part of itself"),
        ("licenses", '[mit]\nname = "MIT"\ncountry = "US"\n', "mit.country: unknown key"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_refused_with_its_place(data, file, text, complaint):
    (data / "entities" / f"{file}.toml").write_text(text)

    with pytest.raises(InputError) as refused:
        load(data)

    assert complaint in str(refused.value)

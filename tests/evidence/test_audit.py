"""The audit counts claims, and lists those not found."""

from types import SimpleNamespace

import pytest

from llmnotes.evidence.audit import audit, main, report
from llmnotes.evidence.copies import Copies


def parsed(path):
    import tomllib

    from llmnotes.records import Family, Source

    family = Family.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    sources = {key: Source(id=key, **fields.model_dump()) for key, fields in family.sources.items()}
    return SimpleNamespace(families=[family], sources=sources, entities={"benchmark": {}})


def test_everything_of_a_sound_family_is_found_again(family, copies):
    (result,) = audit(parsed(family()), Copies(copies))

    assert result.counts == {"found again": 19, "nothing to find": 1}
    assert result.share == 1.0
    assert result.lost == []


def test_what_is_lost_is_told_with_its_reason(family, copies):
    (result,) = audit(parsed(family(("value = 2048", "value = 2049"))), Copies(copies))

    assert result.counts["not found"] == 1
    assert result.lost == ["toy-1b.d_model: hidden_size is 2048, the claim says 2049"]


def test_a_missing_copy_is_no_loss(family, copies):
    (copies / "lee-2020-toy.txt").unlink()

    (result,) = audit(parsed(family()), Copies(copies))

    assert result.counts["copy missing"] == 12
    assert result.lost == []
    assert result.missing == {"lee-2020-toy": 12}


def test_the_report_gives_each_claim_its_reason_and_each_missing_copy_its_source(family, copies):
    (copies / "toy-code" / "LICENSE").unlink()
    (copies / "toy-config.json").unlink()
    changed = family((', printed = "gelu"', ""))

    table, *said = report(list(audit(parsed(changed), Copies(copies))))[1:]
    assert table.split()[0] == "toy"
    assert said == [
        "toy.license: the copy has no LICENSE",
        "toy.activation: no figure or word is named as it is printed",
        "toy: the folder has no copy of toy-config, 5 claims",
    ]


@pytest.mark.thorough
def test_a_folder_that_is_none_is_refused(tmp_path, capsys):
    assert main([str(tmp_path / "no")]) == 2
    assert main([]) == 2
    assert "is no folder" in capsys.readouterr().err

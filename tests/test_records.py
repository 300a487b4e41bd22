"""What a source says of its reading is strict once it says it at all."""

import pytest
from pydantic import ValidationError

from llmnotes.records import Claim, SourceFields

COMMIT = "0123456789abcdef0123456789abcdef01234567"
BARE = {"kind": "paper", "title": "T", "url": "https://github.com/toy/toy"}
DIGEST = {"sha256": "0" * 64, "length": 10}


@pytest.mark.parametrize(
    "fields",
    [
        {"read": "part", "copy_read": f"toy/toy@{COMMIT}"},
        {"read": "whole", "copy_read": f"Toy/toy@{COMMIT}:docs/a b.pdf"},
        {"read": "whole", "copy_read": f"other/place@{COMMIT}:x.md", **DIGEST},
        {"read": "whole", "copy_read": f"huggingface.co/a/b@{COMMIT}:config.json", **DIGEST},
        {"read": "part", "copy_read": "pypi:toy==1.2.3:toy/config.json", **DIGEST},
        {"read": "abstract", "copy_read": "https://toy.org/x on 2026-11-28", **DIGEST},
        {"read": "abstract", "copy_read": "copy of https://toy.org/x on 2026-11-28", **DIGEST},
        {"read": "whole", "arxiv": "2001.00001v2", **DIGEST},
        {"read": "quoted", "via": "another"},
    ],
)
def test_a_source_that_can_be_found_again_is_taken(fields):
    assert SourceFields(**BARE, **fields)


@pytest.mark.parametrize(
    ("fields", "repair"),
    [
        ({}, "says not how it was read"),
        ({"copy_read": "a text found somewhere"}, "says not how it was read"),
        ({"read": "whole"}, "`copy_read` is missing"),
        ({"read": "whole", "copy_read": "a text found somewhere"}, "owner/repository@commit:path"),
        ({"read": "whole", "copy_read": "toy/toy@0123456:x.py"}, "all 40 digits"),
        ({"read": "whole", "copy_read": f"other/place@{COMMIT}:x.md"}, "another place"),
        ({"read": "whole", "copy_read": "pypi:toy==1.0"}, "`sha256` and `length`"),
        ({"read": "whole", "arxiv": "2001.00001", **DIGEST}, "2001.00001v1"),
        ({"read": "quoted"}, "`via` is missing"),
        ({"read": "whole", "via": "another", **DIGEST}, "`via` is for"),
        ({"via": "another"}, "`via` is for"),
        ({"sha256": "0" * 64}, "given together"),
        ({"length": 10}, "given together"),
        ({"sha256": "0" * 63, "length": 10}, "pattern"),
        ({"read": "skimmed"}, "whole"),
    ],
)
def test_what_cannot_be_found_again_is_refused_with_its_repair(fields, repair):
    with pytest.raises(ValidationError) as refused:
        SourceFields(**BARE, **fields)

    assert repair in str(refused.value)


def test_printed_is_one_text_or_a_list_of_at_most_sixty_characters_each():
    fields = {"value": 1, "source": "x", "at": "Table 1"}

    assert Claim(**fields, printed="5140").printed == ["5140"]
    assert Claim(**fields, printed=["1", "2"]).printed == ["1", "2"]
    assert Claim(**fields).printed == []
    assert Claim(**fields, printed="x" * 60)
    for wrong in ("x" * 61, "", ["x" * 61]):
        with pytest.raises(ValidationError):
            Claim(**fields, printed=wrong)

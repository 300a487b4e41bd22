"""The origin of a source is derived from its record."""

import pytest

from llmnotes.evidence.origins import CopyOrigin, of_address, origin_of
from llmnotes.records import Source

COMMIT = "89abcdef" * 5
DIGEST = {"sha256": "0" * 64, "length": 7}


def source(**fields) -> Source:
    return Source(id="s", kind="paper", title="T", read="whole", **{**DIGEST, **fields})


@pytest.mark.parametrize(
    ("fields", "origin"),
    [
        ({"copy_read": f"a/b@{COMMIT}:x/y.md"}, CopyOrigin("forge", "a/b", COMMIT, "x/y.md")),
        ({"copy_read": f"a/b@{COMMIT}"}, CopyOrigin("forge", "a/b", COMMIT)),
        (
            {"copy_read": f"a/b@{COMMIT}:x/y z.py#Part-1"},
            CopyOrigin("forge", "a/b", COMMIT, "x/y z.py", "Part-1"),
        ),
        (
            {"copy_read": f"huggingface.co/a/b@{COMMIT}:config.json"},
            CopyOrigin("hub", "a/b", COMMIT, "config.json"),
        ),
        ({"copy_read": "pypi:toy==1.2:toy/m.py"}, CopyOrigin("package", "toy", "1.2", "toy/m.py")),
        (
            {"copy_read": "pypi:toy==1.2:toy/m.py#toy/1b"},
            CopyOrigin("package", "toy", "1.2", "toy/m.py", "toy/1b"),
        ),
        (
            {"copy_read": "npm:@toys/toy==1.2-rc.1:dist/models.js"},
            CopyOrigin("npm", "@toys/toy", "1.2-rc.1", "dist/models.js"),
        ),
        ({"arxiv": "2001.00001v3"}, CopyOrigin("arxiv", "2001.00001", "3")),
        (
            {"copy_read": "copy of https://example.org/page on 2026-01-02"},
            CopyOrigin("address", "https://example.org/page"),
        ),
        ({"url": "https://example.org/page"}, CopyOrigin("address", "https://example.org/page")),
        ({}, None),
    ],
)
def test_a_record_names_its_origin(fields, origin):
    assert origin_of(source(**fields)) == origin


def test_an_edition_of_arxiv_goes_before_its_page():
    read = "copy of https://arxiv.org/abs/2001.00001 on 2026-01-02"
    assert origin_of(source(copy_read=read, arxiv="2001.00001v2")).revision == "2"
    assert origin_of(source(copy_read=read)).revision is None


def test_what_is_told_in_words_alone_has_no_origin():
    told = Source(
        id="s", kind="news", title="T", copy_read="as quoted elsewhere", url="https://x.org",
        read="quoted", via="a-note",
    )  # fmt: skip
    assert origin_of(told) is None


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://arxiv.org/pdf/2001.00001v2.pdf", CopyOrigin("arxiv", "2001.00001", "2")),
        ("https://arxiv.org/html/2001.00001", CopyOrigin("arxiv", "2001.00001")),
        ("https://huggingface.co/a/b", CopyOrigin("hub", "a/b", "main", "README.md")),
        (
            "https://huggingface.co/a/b/blob/refs%2Fpr%2F2/x/config.json",
            CopyOrigin("hub", "a/b", "refs/pr/2", "x/config.json"),
        ),
        ("https://github.com/a/b/blob/dev/c/d.md", CopyOrigin("forge", "a/b", "dev", "c/d.md")),
    ],
)
def test_pages_that_show_a_file_stand_for_it(address, origin):
    assert of_address(address) == origin


@pytest.mark.parametrize(
    "address",
    [
        "https://huggingface.co/blog/some-model",
        "https://huggingface.co/docs/library/page",
        "https://github.com/a/b",
        "https://arxiv.org/list/cs.CL/2001",
    ],
)
def test_other_pages_stand_for_themselves(address):
    assert of_address(address) == CopyOrigin("address", address)


def test_claims_name_the_files_of_a_repository_that_names_none():
    whole = origin_of(source(copy_read=f"a/b@{COMMIT}"))
    assert whole.is_tree
    assert not whole.file("x.md").is_tree
    assert not of_address("https://example.org/page").is_tree

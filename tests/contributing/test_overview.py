"""CONTRIBUTING is true: the files it names exist, and it links every walk-through."""

from __future__ import annotations

import re

import pytest

from tests.contributing.guide import GUIDE, REPOSITORY

PAGE = REPOSITORY / "CONTRIBUTING.md"
pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="an installed package has no page")


def test_it_leads_to_every_walk_through() -> None:
    headings = re.findall(r"^## (.*)$", GUIDE.read_text("utf-8"), re.M)
    anchors = [heading.lower().replace(" ", "-") for heading in headings]

    assert anchors == re.findall(r"\(docs/adding\.md#([\w-]+)\)", PAGE.read_text("utf-8"))


def test_the_paths_it_names_are_there() -> None:
    named = re.findall(
        r"`(?:pytest |python )?((?:llmnotes|tests|docs)/[\w/.]+)`", PAGE.read_text("utf-8")
    )
    fixed = {path for path in named if not re.search(r"[A-Z]", path)}

    assert len(fixed) >= 10
    assert [path for path in sorted(fixed) if not (REPOSITORY / path).exists()] == []


def test_it_is_on_one_page() -> None:
    assert len(PAGE.read_text("utf-8").splitlines()) <= 60

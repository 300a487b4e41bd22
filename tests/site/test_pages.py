"""The content of the pages without JavaScript."""

from __future__ import annotations

import json
import posixpath
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import llmnotes
from llmnotes.site import places

pytestmark = pytest.mark.thorough


class _Reader(HTMLParser):
    """The text, the links and the ids of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"script", "style"}:
            self._silent += 1
        for name in ("href", "src", "action"):
            if given.get(name) and tag not in {"script"}:
                self.links.append(str(given[name]))
        if tag == "script" and given.get("src"):
            self.links.append(str(given["src"]))
        if given.get("id"):
            self.ids.add(str(given["id"]))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text.append(data)


def read(file: Path) -> _Reader:
    reader = _Reader()
    reader.feed(file.read_text(encoding="utf-8"))
    return reader


def words(file: Path) -> str:
    return " ".join("".join(read(file).text).split())


_LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')


def test_every_link_leads_to_a_page_and_a_place_on_it(site: Path) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert len(texts) > 100
    ids = {path: set(_ID.findall(text)) for path, text in texts.items()}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    broken = []
    for path, text in texts.items():
        folder = path.parent.relative_to(site).as_posix()
        for link in set(_LINK.findall(text)):
            if re.match(r"[a-z]+:", link):
                continue
            target, _, place = unescape(link).partition("#")
            name = posixpath.normpath(posixpath.join(folder, target.partition("?")[0]))
            file = site / name if target else path
            if (target and name not in files) or (place and place not in ids.get(file, {place})):
                broken.append((path.name, link))
    assert broken == []


def test_a_model_page_shows_every_claim_with_its_source_and_place(
    site: Path, kb: llmnotes.KnowledgeBase
) -> None:
    for model in ("llama-2-70b", "gpt-4", "t5-large"):
        text = words(site / places.page("model", model))
        for claims in kb.claims(model).values():
            for claim in claims:
                assert claim.locator is None or " ".join(claim.locator.split()) in text
        for source in kb.cite(model):
            assert " ".join(source.title.split()) in text


def test_what_is_withheld_rumoured_and_unknown_is_told_apart(site: Path) -> None:
    text = (site / "models" / "gpt-4.html").read_text()
    assert 'class="v undisclosed"' in text
    assert 'class="status rumoured"' in text
    assert "Nothing is known of: " in words(site / "models" / "gpt-4.html")


def test_a_comparison_of_neighbours_marks_what_differs(site: Path) -> None:
    text = (site / places.comparison("llama", "llama-2")).read_text()
    row = re.search(r"<tr([^>]*)><th[^>]*><a[^>]*>Context length</a>.*?</tr>", text, re.S)
    assert row is not None
    assert "differs" in row[1]
    assert "2,048" in row[0]
    assert "4,096" in row[0]
    assert "≠" in row[0]


def test_files_beside_a_page_hold_the_commands_answers(site: Path, run: Any) -> None:
    record = json.loads((site / "models" / "llama-2-7b.json").read_text())
    assert record == _without_nulls(run("show", "llama-2-7b", "-f", "json").json)
    assert record["claims"]["n_layers"][0]["value"] == 32
    assert (site / "models" / "llama-2-7b.md").read_text() == run(
        "show", "llama-2-7b", "-f", "markdown"
    ).out


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def test_every_page_is_named_in_the_sitemap(site: Path) -> None:
    tree = ElementTree.fromstring((site / "sitemap.xml").read_text())
    named = {
        str(item.text).removeprefix("https://example.org/notes/")
        for item in tree.iter()
        if item.text
    }
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert pages <= named


def test_json_ld_is_a_dataset_with_its_sources(site: Path, kb: llmnotes.KnowledgeBase) -> None:
    text = (site / "models" / "palm-540b.html").read_text()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert block is not None
    found = json.loads(block[1])
    assert found["@type"] == "Dataset"
    assert found["name"] == "PaLM 540B"
    assert len(found["citation"]) == len(kb.cite("palm-540b"))


def test_a_picture_for_other_sites_is_a_png_of_the_usual_ratio(site: Path) -> None:
    from PIL import Image

    with Image.open(site / "models" / "llama-7b.png") as picture:
        assert picture.size == (600, 315)


def test_plots_link_to_their_models_and_say_their_numbers(
    site: Path, kb: llmnotes.KnowledgeBase
) -> None:
    tree = ElementTree.fromstring((site / "plots" / "params.svg").read_text())
    links = {
        item.get("href"): "".join(item.itertext())
        for item in tree.iter()
        if item.tag.endswith("}a")
    }
    assert len(links) > 50  # the latest ones
    for link, text in links.items():
        assert f"{kb.model(Path(str(link)).stem).params_total:,}" in text
    assert "gpt-4" not in {Path(str(link)).stem for link in links}


def test_every_page_names_a_picture_that_is_there(site: Path) -> None:
    root = "https://example.org/notes/"
    pages = list(site.rglob("*.html"))
    assert len(pages) > 100
    for path in pages:
        named = re.search(r'<meta property="og:image" content="([^"]+)">', path.read_text())
        assert named is not None, path
        assert named[1].startswith(root)
        assert (site / named[1].removeprefix(root)).is_file(), path


def test_what_an_edition_changed_is_told_on_a_page_and_in_the_feed(site: Path, run: Any) -> None:
    found = run("changes", "-f", "json", "--change", "corrected").json["changes"]
    assert found
    page = words(site / "changes" / "index.html")
    feed = ElementTree.fromstring((site / "changes.xml").read_text())
    told = "".join(feed.itertext())
    for item in found:
        assert item["reason"] is None or " ".join(item["reason"].split()) in page
        assert item["reason"] is None or item["reason"] in told
    atom = "{http://www.w3.org/2005/Atom}"
    ids = [item.text for item in feed.iter(f"{atom}id")]
    assert len(ids) == len(set(ids))
    for link in feed.iter(f"{atom}link"):
        address = link.attrib["href"].removeprefix("https://example.org/notes/")
        assert (site / address).is_file()


def test_families_without_a_date_stand_last_and_follow_nobody(site: Path) -> None:
    table = (site / "index.html").read_text().partition("<tbody>")[2]
    dates = re.findall(r"</th><td>[^<]*</td><td>([^<]*)</td>", table)
    assert len(dates) > 90
    known = [date for date in dates if date[:1].isdigit()]
    assert dates[: len(known)] == sorted(known, reverse=True)


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 100
    for path in pages:
        text = path.read_text()
        assert not re.search(
            r'<(?:script|img|iframe|object|embed)[^>]*(?:src|data)="(?:https?:)?//', text
        )
        assert not re.search(r'<link[^>]*rel="stylesheet"[^>]*href="(?:https?:)?//', text)
        assert not re.search(r"<script(?![^>]*(?:src=|ld\+json))", text)
        assert not re.search(r'\son[a-z]+="', text)


def test_the_first_view_of_every_page_is_small(site: Path) -> None:
    """A page with its style, scripts and pictures, without the index, which is loaded once for all."""
    sizes = {}
    for path in site.rglob("*.html"):
        named = re.findall(r'<(?:script|img|link)[^>]*(?:src|href)="([^"]+)"', path.read_text())
        files = {
            file
            for name in named
            if (file := path.parent / name).suffix in {".css", ".js", ".svg"}
            and file.name != "data.js"
        }
        sizes[path] = path.stat().st_size + sum(file.stat().st_size for file in files)
    assert len(sizes) > 100
    assert {str(path): size for path, size in sizes.items() if size > 100_000} == {}


def test_every_claim_on_a_family_stands_on_its_pages(
    site: Path, kb: llmnotes.KnowledgeBase
) -> None:
    for family in ("llama-2", "pythia"):
        pages = sorted((site / "families").glob(f"{family}~claims*.html"))
        text = " ".join(words(page) for page in pages)
        for model in kb.models():
            if model.family == family:
                for claims in kb.claims(model.id).values():
                    for claim in claims:
                        assert claim.locator is None or " ".join(claim.locator.split()) in text


def test_the_parts_of_a_list_lead_to_each_other_and_miss_nothing(
    site: Path, kb: llmnotes.KnowledgeBase
) -> None:
    pages = {path: read(path) for path in (site / "timeline").glob("*.html")}
    assert len(pages) > 1
    for found in pages.values():
        assert {path.name for path in pages} <= set(found.links)
    linked = {link for found in pages.values() for link in found.links}
    assert {f"../models/{places.slug(model.id)}.html" for model in kb.models()} <= linked


def test_the_front_page_names_the_families_or_leads_to_the_rest(
    site: Path, kb: llmnotes.KnowledgeBase
) -> None:
    names = {unescape(family.name) for family in kb.families()}
    front = words(site / "index.html")
    rest = " ".join(words(path) for path in (site / "families").glob("index*.html"))
    missing = {name for name in names if name not in front}
    assert len(names) - len(missing) >= 200
    assert {name for name in missing if name not in rest} == set()
    assert not missing or "families/index.html" in read(site / "index.html").links


@pytest.mark.parametrize("name", ["llms.txt", "changes.xml"])
def test_what_machines_look_for_is_there(site: Path, name: str) -> None:
    assert (site / name).stat().st_size > 100

"""In a real browser, the pages are used: from a folder, by address and keyboard, scrolled, on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.site.browsing import ask

pytestmark = pytest.mark.thorough


def test_it_works_from_a_folder_without_a_server(site: Path, page: Any) -> None:
    base = site.as_uri()
    page.goto(f"{base}/compare/index.html?m=llama,llama-2")
    assert page.locator("table.compare tbody tr").count() > 20
    page.goto(f"{base}/filter/index.html?attention=GQA")
    assert page.locator("#result tbody tr").count() > 1
    page.goto(f"{base}/search/index.html?q=llama2")
    assert page.locator("#result a").count() > 1


def test_a_comparison_is_its_address(address: str, page: Any) -> None:
    page.goto(f"{address}/compare/index.html")
    page.fill("#m", "llama, llama-2")
    page.check("#only")
    page.press("#m", "Enter")
    assert "m=llama,llama-2" in page.url.replace("%20", "").replace("%2C", ",").replace("+", "")
    assert "only=diff" in page.url
    marked = page.locator("table.compare tr.differs").count()
    assert marked > 0
    page.reload()
    assert page.locator("table.compare tr.differs").count() == marked
    page.go_back()
    assert page.locator("table.compare").count() == 0


def test_the_keyboard_reaches_everything(address: str, page: Any) -> None:
    page.goto(f"{address}/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "q"
    page.keyboard.type("llama2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=llama2")
    page.goto(f"{address}/filter/index.html?attention=GQA")
    page.locator("#facets a").first.focus()
    page.keyboard.press("Enter")
    assert page.url.count("=") >= 2


def test_names_that_mean_something_to_javascript_mean_nothing_here(address: str, page: Any) -> None:
    names = ("constructor", "__proto__", "toString", "hasOwnProperty")
    page.goto(f"{address}/compare/index.html")
    for name in names:
        ask(page, f"?m={name}")
        assert "unknown model or family" in page.text_content("#say")
    page.goto(f"{address}/filter/index.html")
    for name in names:
        queries = ["attention={}", "organization={}", "{}=1", "params={}", "params=7 {}",
                   "batch_size=7 {}", "where=evaluation.{} > 1"]  # fmt: skip
        for query in (text.format(name) for text in queries):
            ask(page, f"?{query}")
            assert not re.match(r"\d+ models|No model", page.text_content("#say")), query
    page.goto(f"{address}/search/index.html?q=constructor")
    page.goto(f"{address}/plots/index.html?x=constructor&y=__proto__")
    assert page.locator("#result svg").count() == 1


@pytest.mark.parametrize("path", ["compare/index.html?m=llama,llama-2,gpt-4", "compare/llama--llama-2.html",
                                  "filter/index.html"])  # fmt: skip
def test_the_heads_of_a_long_table_stay_in_sight(address: str, page: Any, path: str) -> None:
    page.goto(f"{address}/{path}")
    page.wait_for_function("() => document.querySelectorAll('.tall tbody tr').length > 20")
    page.evaluate("() => document.querySelector('.tall').scrollTo(0, 500)")
    gap = page.evaluate(
        """() => document.querySelector(".tall thead th").getBoundingClientRect().top
          - document.querySelector(".tall").getBoundingClientRect().top"""
    )
    assert abs(gap) <= 1
    assert page.evaluate("() => document.querySelector('.tall').scrollTop") == 500


def test_on_paper_a_table_is_whole_and_what_acts_is_left_out(address: str, page: Any) -> None:
    page.emulate_media(media="print")
    page.goto(f"{address}/compare/llama--llama-2.html")
    assert page.evaluate(
        """() => { const box = document.querySelector(".tall");
          return getComputedStyle(box).overflowY === "visible" && box.clientHeight === box.scrollHeight; }"""
    )
    for selector in (".bar", ".tools", "footer"):
        assert not page.locator(selector).first.is_visible()

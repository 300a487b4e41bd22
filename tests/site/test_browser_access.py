"""In a real browser, nobody is barred: contrast and labels, narrow and wide windows, no scripts."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.thorough

KINDS = [
    "index.html", "families/pythia~claims.html", "plots/lineage.html", "plots/params.html",
    "sources/touvron-2023-llama-2.html", "topics/0-fundamentals.html", "timeline/index~2.html",
    "sources/index~2.html", "models/llama-2-70b.html", "models/gpt-4.html", "families/t5.html",
    "organizations/meta.html", "techniques/gqa.html", "sources/index.html",
    "attributes/index.html", "topics/index.html",
    "compare/index.html?m=llama,llama-2", "compare/llama--llama-2.html", "filter/index.html?params=7B..",
    "search/index.html?q=llama", "plots/index.html", "timeline/index.html", "conflicts/index.html",
    "check/index.html", "families/index.html",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_the_way_to_anybody(address: str, browser: Any, scheme: str) -> None:
    axe_module = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1100, "height": 800})
    page = context.new_page()
    # Colours are all that the dark scheme changes.
    rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else None
    for kind in KINDS:
        page.goto(f"{address}/{kind}")
        found = axe_module.Axe().run(page, options=rules)
        assert found.violations_count == 0, f"{kind}: {found.generate_report()}"
    context.close()


@pytest.mark.parametrize("width", [360, 2560])
def test_no_page_is_wider_than_the_window(address: str, browser: Any, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for kind in KINDS:
        page.goto(f"{address}/{kind}")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, kind
    context.close()


def test_without_scripts_every_fact_and_source_is_there(address: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/index.html")
    family = page.locator('a[href^="families/"]').first
    name = family.inner_text()
    family.click()
    assert name in page.title()
    page.goto(f"{address}/families/llama-2.html")
    assert "4,096" in page.content()
    page.click("text=compare the two >> nth=0")
    assert page.locator("tr.differs").count() > 0
    page.goto(f"{address}/filter/index.html")
    assert page.locator("#result tbody tr").count() > 10
    context.close()

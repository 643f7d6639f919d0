"""Supervisors look at the numbers: the page in both languages and themes, and its file."""

import re

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import OpenPerson
from tests.browser.pages import Person, has_no_sideways_scroll, violations
from tests.browser.server import Server

ONCE = re.compile(r"https?://\S+/console/\S+")


def supervisor(person: OpenPerson, server: Server, **options: object) -> Person:
    """Somebody who has come in by the link that the server printed, or by a fresh one."""
    one = person(**options)
    found = ONCE.search(server.lendline("staff", "add", f"Nora {id(one)}", "--role", "supervisor"))
    assert found is not None
    page = one.page
    page.goto(found[0])
    if "/enter/" in page.url:
        page.locator("main button").first.click()
    page.wait_for_url(re.compile(r"/console(/account)?$"))
    return one


@pytest.mark.parametrize("options", [{"locale": "en-GB"}, {"locale": "zh-CN", "color_scheme": "dark"}])
def test_the_overview_is_readable_and_its_file_is_there(
    person: OpenPerson, server: Server, options: dict[str, object]
) -> None:
    one = supervisor(person, server, **options)
    page = one.go("/console/overview?days=7")
    expect(page.locator("section.card")).to_have_count(9)
    assert violations(page) == []
    sizes: tuple[ViewportSize, ...] = ({"width": 390, "height": 844}, {"width": 640, "height": 400})
    for size in sizes:
        page.set_viewport_size(size)
        assert has_no_sideways_scroll(page)
    with page.expect_download() as coming:
        page.locator("a[download]").click()
    assert coming.value.suggested_filename == "lendline-overview.csv"

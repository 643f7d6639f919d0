"""A real server, Debian's Chromium, and pages that report every console error and every breach of the CSP.

`pytest --browser tests/browser` runs them; without the option, or without Chromium, they are skipped with the reason.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.pages import PATIENCE, Person, open_person
from tests.browser.server import Server
from tests.browser.shop import Shop

CHROMIUM = os.environ.get("LENDLINE_TEST_CHROMIUM", "/usr/bin/chromium")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--browser"):
        reason = "browser tests run with --browser"
    elif shutil.which(CHROMIUM) is None:
        reason = f"there is no Chromium at {CHROMIUM}: apt-get install chromium"
    else:
        reason = ""
    here = Path(__file__).parent
    for item in items:
        if here not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser"))  # one browser and one server for all of them
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`lendline up` on a home of its own."""
    with Server(tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


OpenPerson = Callable[..., Person]


@pytest.fixture
def person(chromium: Browser, server: Server) -> Iterator[OpenPerson]:
    """Opens somebody with a browser of their own; at the end, nobody may have met an error.

    The keywords are those of Playwright's `new_context`: viewport, color_scheme, locale, java_script_enabled.
    """
    opened: list[Person] = []

    def open_one(**options: object) -> Person:
        opened.append(open_person(chromium, server.base, **options))
        return opened[-1]

    yield open_one
    complaints = [complaint for each in opened for complaint in each.complaints]
    for each in opened:
        each.close()
    assert complaints == []


SignIn = Callable[[Person, str, str], Page]


@pytest.fixture(scope="session")
def staff(server: Server) -> SignIn:
    """Signs a person in as a member of staff by a one-time link; each name is added once."""
    added: set[str] = set()

    def sign_in(person: Person, name: str, role: str) -> Page:
        command = ("link", name) if name in added else ("add", name, "--role", role)
        added.add(name)
        link = server.lendline("staff", *command, "--url", server.base).split()[0]
        person.page.goto(link)
        expect(person.page.locator("#inbox")).to_be_visible()
        return person.page

    return sign_in


@pytest.fixture
def shop(server: Server, person: OpenPerson) -> Shop:
    """An owner who has begun to apply."""
    return Shop(server, person())


def open_thread(page: Page, server: Server, shop: Shop) -> Page:
    page.goto(f"{server.base}/console/conversations/{shop.conversation}")
    expect(page.locator("html[data-live]")).to_be_attached()
    return page

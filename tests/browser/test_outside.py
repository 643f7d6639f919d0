"""Pages for people outside: a consent, a co-signer's answer, a credit report, its link for others, and errors."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPerson
from tests.browser.pages import Person, has_no_sideways_scroll, violations
from tests.browser.prepared import NAMES, Addresses, prepare
from tests.browser.server import Server

LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
DESK, PHONE, ZOOMED = ({"width": w, "height": h} for w, h in ((1280, 800), (390, 844), (640, 400)))
LOOKS = ({"viewport": DESK}, {"viewport": PHONE, "color_scheme": "dark"}, {"viewport": ZOOMED})


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, Addresses]]]:
    """A server whose owners have pages to show, and their addresses by language."""
    home = tmp_path_factory.mktemp("outside")
    addresses = prepare(home)
    with Server(home) as running:
        yield running, addresses


def looked_at(one: Person, server: Server, path: str) -> None:
    one.page.goto(f"{server.base}{path}")
    assert one.page.locator("h1").first.is_visible()
    assert violations(one.page) == [], path
    assert has_no_sideways_scroll(one.page), path


@pytest.mark.parametrize("look", LOOKS, ids=["desk", "dark phone", "zoomed"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_accessible_and_fits(
    person: OpenPerson, outside: tuple[Server, dict[str, Addresses]], lang: str, look: dict[str, object]
) -> None:
    server, addresses = outside
    one = person(locale=LANGUAGES[lang], **look)
    one.expected = ("404",)
    here = addresses[lang]
    for path in (here.consent, here.party, here.report, here.shared):
        looked_at(one, server, path)
    for path in ("/consent/x", "/party/x", "/report/x", "/report/x/y/z", "/chat/none"):
        looked_at(one, server, path)
        assert one.page.locator("html").get_attribute("lang") == ("en-GB" if lang == "en" else "zh-Hans")
    one.page.goto(f"{server.base}{here.shared}")
    one.page.locator("[name=name]").fill("Ann Bell")
    one.page.locator("[name=firm]").fill("Harbour")
    one.page.get_by_role("button").click()
    expect(one.page.locator("main.report")).to_contain_text(NAMES[lang][0])
    assert violations(one.page) == []
    assert has_no_sideways_scroll(one.page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_co_signer_agrees_from_the_keyboard(
    person: OpenPerson, outside: tuple[Server, dict[str, Addresses]], lang: str
) -> None:
    server, addresses = outside
    one = person(locale=LANGUAGES[lang], viewport=PHONE)
    one.page.goto(f"{server.base}{addresses[lang].party}")
    expect(one.page.locator("main")).to_contain_text(NAMES[lang][1])
    for _ in range(1 if lang == "en" else 2):  # the second button of the Chinese owner's co-signer refuses
        one.page.keyboard.press("Tab")
    one.page.keyboard.press("Enter")
    outcome = one.page.locator(".outcome")
    expect(outcome).to_be_visible()
    assert ("yes" if lang == "en" else "no") in (outcome.get_attribute("class") or "").split()
    assert one.page.get_by_role("button").count() == 0
    assert violations(one.page) == []


def test_a_report_is_saved_by_its_owner_and_by_who_was_given_the_link(
    person: OpenPerson, outside: tuple[Server, dict[str, Addresses]]
) -> None:
    server, addresses = outside
    one = person(locale="en-GB")
    one.page.goto(f"{server.base}{addresses['en'].report}")
    with one.page.expect_download() as own:
        one.page.locator(".downloads a").first.click()
    assert own.value.suggested_filename.endswith(".pdf")
    one.page.goto(f"{server.base}{addresses['en'].shared}")
    one.page.locator("[name=name]").fill("Ann Bell")
    one.page.locator("[name=firm]").fill("Harbour")
    one.page.keyboard.press("Enter")
    with one.page.expect_download() as shared:
        one.page.locator(".downloads button").last.click()
    assert shared.value.suggested_filename.endswith(".json")

"""Owners apply in a browser: whole journeys, reload, two tabs, keyboard, phone, zoom, dark, no script, in a frame."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import expect

from flows.texts import load
from integrations.merchants import Merchant
from integrations.merchants import load as merchants
from tests.browser.applicant import Applicant
from tests.browser.conftest import OpenPerson
from tests.browser.pages import has_no_sideways_scroll, is_reachable, violations
from tests.browser.server import Server

TEXTS = load()
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 640, "height": 400}  # 1280 x 800 at 200 %


def merchant(name: str) -> Merchant:
    return next(each for each in merchants() if each.id == name)


def opened(person: OpenPerson, lang: str = "en", **options: object) -> tuple[Applicant, Merchant]:
    """Somebody who has opened the chat."""
    who = merchant("salt-and-crumb" if lang == "en" else "banri-tea")
    one = person(locale="en-GB" if lang == "en" else "zh-CN", **options)
    one.go("/chat")
    one.page.get_by_role("button", name=TEXTS.get(lang, "welcome.start"), exact=True).wait_for()
    return Applicant(one, who, TEXTS), who


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_owner_goes_from_the_first_page_to_an_accepted_offer(person: OpenPerson, lang: str) -> None:
    owner, _ = opened(person, lang, viewport=PHONE)
    assert violations(owner.page) == []
    owner.until(owner.text("connect.title"))
    assert has_no_sideways_scroll(owner.page)
    assert violations(owner.page) == []
    owner.press(owner.text("connect.allow_all"))
    owner.until(owner.text("offers.look_at", number=1))
    assert has_no_sideways_scroll(owner.page)
    assert violations(owner.page) == []
    owner.press(owner.text("offers.look_at", number=1))
    owner.press(owner.text("offers.accept"))
    owner.page.get_by_role("heading", name=owner.text("status.offer_accepted.title")).first.wait_for()
    assert owner.typed <= 4
    assert "\ufffd" not in owner.page.inner_text("body")


def test_consent_is_answered_on_its_page_and_the_chat_goes_on(person: OpenPerson) -> None:
    owner, _ = opened(person)
    owner.until(owner.text("connect.title"))
    owner.press(owner.text("connect.choose"))
    page = owner.page
    with page.context.expect_page() as new:
        page.get_by_role("link", name=re.compile(owner.text("connect.page"))).last.click()
    consent = new.value
    assert violations(consent) == []
    before = page.inner_html("#log")
    consent.get_by_role("button", name=owner.text("connect.allow"), exact=True).click()
    expect(consent.get_by_role("heading", level=1)).to_have_text(owner.text("page.outcome.active.title"))
    page.wait_for_function("(before) => document.getElementById('log').innerHTML !== before", arg=before)
    consent.get_by_role("link", name=owner.text("chat.back")).click()
    consent.locator("#log article").first.wait_for()
    assert consent.url.endswith("/chat")


def test_a_reload_in_the_middle_loses_nothing(person: OpenPerson) -> None:
    owner, _ = opened(person)
    owner.until(owner.text("identify.number.title"))
    before = owner.page.inner_text("#log")
    owner.page.reload()
    owner.card().wait_for()
    expect(owner.page.locator("#log")).to_have_text(before, use_inner_text=True)
    owner.until(owner.text("need.title"))


def test_two_tabs_show_the_same(person: OpenPerson) -> None:
    owner, who = opened(person)
    other = owner.page.context.new_page()
    other.goto(owner.page.url)
    other.locator("#log article").first.wait_for()
    owner.press(owner.text("welcome.start"))
    owner.say(who.phone)
    expect(other.locator("#log")).to_contain_text(owner.text("identify.number.title"))
    expect(other.locator("#log")).to_have_text(owner.page.inner_text("#log"), use_inner_text=True)


def test_the_keyboard_alone_is_enough(person: OpenPerson) -> None:
    owner, who = opened(person)
    page = owner.page
    assert is_reachable(page, owner.text("welcome.start"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=owner.text("identify.phone.title")).wait_for()
    # The card that held the focus was rewritten: the focus is on its new version, not lost.
    expect(page.locator("article:focus")).to_have_count(1)
    assert is_reachable(page, owner.text("button.person"))
    page.locator("#text").focus()
    page.keyboard.insert_text(who.phone)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=owner.text("identify.number.title")).wait_for()
    assert page.evaluate("document.activeElement.id") == "text"
    keyboard = Applicant(owner.person, who, TEXTS, keyboard=True)
    keyboard.until(owner.text("need.title"))


@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"viewport": ZOOMED}, {"viewport": PHONE}])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_size_and_theme_is_readable(person: OpenPerson, lang: str, options: dict[str, object]) -> None:
    owner, _ = opened(person, lang, **options)
    owner.until(owner.text("connect.title"))
    assert has_no_sideways_scroll(owner.page)
    assert violations(owner.page) == []
    owner.page.locator(".menu summary").click()
    assert violations(owner.page) == []
    assert owner.page.locator("#text").is_visible()


def test_the_language_changes_everywhere_and_a_draft_stays(person: OpenPerson) -> None:
    owner, _ = opened(person)
    owner.page.locator("#text").fill("half a thought")
    owner.page.locator("article").get_by_role("button", name="中文").click()
    expect(owner.page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(owner.page.locator("#text")).to_have_value("half a thought")
    owner.page.get_by_role("navigation").get_by_role("button", name="English").click()
    expect(owner.page.locator("html")).to_have_attribute("lang", "en-GB")


def test_what_is_written_without_a_connection_is_sent_later_and_once(person: OpenPerson) -> None:
    one = person(locale="en-GB")
    one.expected = ("ERR_INTERNET_DISCONNECTED", "ERR_NETWORK")
    page = one.go("/chat")
    page.get_by_role("button", name="Start", exact=True).wait_for()
    one.context.set_offline(True)
    page.locator("#text").fill("what does APR mean?")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text(TEXTS.get("en", "chat.unsent"))
    assert page.locator("article.unsent").count() == 1
    one.context.set_offline(False)
    expect(page.locator("article.unsent")).to_have_count(0)
    expect(page.locator("article.owner")).to_have_count(1)
    expect(page.locator("#state")).to_be_empty()


def test_without_a_script_the_chat_works_by_forms(person: OpenPerson) -> None:
    one = person(locale="en-GB", java_script_enabled=False)
    page = one.go("/chat")
    page.get_by_role("button", name=TEXTS.get("en", "chat.begin.button")).click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("heading", name=TEXTS.get("en", "identify.phone.title")).wait_for()
    page.locator("#text").fill("+447700900101")
    page.get_by_role("button", name=TEXTS.get("en", "chat.send"), exact=True).click()
    page.get_by_role("heading", name=TEXTS.get("en", "identify.number.title")).wait_for()


def test_a_deep_link_carries_the_registration_number(person: OpenPerson) -> None:
    one = person(locale="en-GB")
    one.go("/chat?start=n-99412087")
    owner = Applicant(one, merchant("salt-and-crumb"), TEXTS)
    one.page.get_by_role("button", name="Start", exact=True).wait_for()
    assert "n-99412087" not in one.page.url
    owner.press("Start")
    owner.say("+447700900101")
    assert owner.text("identify.number.title") not in one.page.inner_text("#log")


def test_markup_of_an_owner_is_text(person: OpenPerson) -> None:
    owner, _ = opened(person)
    owner.say("<img src=x onerror=alert(1)> & \"quotes\" 'too'")
    assert owner.page.locator("#log img").count() == 0
    owner.page.reload()
    expect(owner.page.locator("article.owner")).to_contain_text("<img src=x onerror=alert(1)>")


def test_a_listed_site_shows_the_chat_in_a_frame(person: OpenPerson, framing: tuple[Server, str]) -> None:
    running, listed = framing
    one = person(locale="en-GB")
    one.page.goto(f"{listed}/?{running.base}")
    frame = one.page.frame_locator("iframe")
    frame.get_by_role("button", name="Start", exact=True).click()
    frame.get_by_role("heading", name=TEXTS.get("en", "identify.phone.title")).wait_for()


def test_another_site_does_not(person: OpenPerson, framing: tuple[Server, str], server: Server) -> None:
    _, listed = framing
    one = person(locale="en-GB")
    one.expected = ("frame-ancestors", "ERR_BLOCKED_BY_RESPONSE", "Framing")
    with one.page.expect_console_message(lambda message: "frame" in message.text.lower()):
        one.page.goto(f"{listed}/?{server.base}")  # this server lists nobody
    assert one.page.frame_locator("iframe").get_by_role("button").count() == 0


class _Lender(BaseHTTPRequestHandler):
    """A lender's own page, with the chat of the server that its query names in a frame."""

    def do_GET(self) -> None:
        body = f'<!doctype html><title>Lender</title><iframe src="{self.path[2:]}/chat"></iframe>'.encode()
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing."""


@pytest.fixture(scope="session")
def framing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server that lists a lender's site, and the address of that site."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), _Lender)
    Thread(target=site.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{site.server_port}"
    with Server(tmp_path_factory.mktemp("framing"), LENDLINE_EMBED_ORIGINS=address) as running:
        yield running, address
    site.shutdown()
    site.server_close()


def test_a_large_file_shows_how_far_it_has_come(person: OpenPerson, tmp_path: Path) -> None:
    owner, _ = opened(person)
    page = owner.page
    session = owner.person.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 20, "downloadThroughput": 5_000_000, "uploadThroughput": 1_500_000}
    session.send("Network.emulateNetworkConditions", slow)
    file = tmp_path / "statement.csv"
    file.write_text("date,amount,description\n" + "2026-10-01,12.50,Flour\n" * 150_000, encoding="utf-8")
    page.locator("#file").set_input_files(file)
    bar = page.locator("article.owner progress")
    page.wait_for_function("() => document.querySelector('article.owner progress')?.position > 0")
    expect(bar).to_have_count(0)
    expect(page.locator("article.unsent")).to_have_count(0)
